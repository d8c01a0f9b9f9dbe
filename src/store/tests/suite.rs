//! What holds for every kind of base.

use super::made::{at, content, of, told};
use crate::store::{Access, FactBase, Ingested, Known, Operation, Selection, StoreError};
use proptest::prelude::*;
use std::path::PathBuf;

/// A base on disk or in memory.
enum Kind {
    Memory(Box<FactBase>),
    Disk(tempfile::TempDir),
}

impl Kind {
    fn both() -> [Kind; 2] {
        let folder = tempfile::tempdir().unwrap();
        FactBase::create(&folder.path().join("b")).unwrap();
        [Kind::Memory(Box::new(FactBase::in_memory())), Kind::Disk(folder)]
    }

    fn path(&self) -> Option<PathBuf> {
        match self {
            Kind::Memory(_) => None,
            Kind::Disk(folder) => Some(folder.path().join("b")),
        }
    }

    /// Uses the base; the one on disk is opened for it and closed again.
    fn with<T>(&mut self, run: impl FnOnce(&mut FactBase) -> T) -> T {
        let path = self.path();
        match (self, path) {
            (Kind::Memory(base), _) => run(base),
            (_, path) => run(&mut FactBase::open(&path.unwrap(), Access::Write).unwrap()),
        }
    }
}

fn ingest(base: &mut FactBase, all: &[(&str, &str, &str, &str)], now: i64) -> Ingested {
    let all: Vec<_> = all.iter().map(|(id, a, b, more)| told(id, a, b, more)).collect();
    base.ingest(&all, at(now)).unwrap()
}

#[test]
fn what_was_ingested_is_read_back() {
    for mut kind in Kind::both() {
        let done =
            kind.with(|base| ingest(base, &[("1", "Katak", "Kodok", ""), ("2", "Kodok", "Ular", "x")], 0));
        assert_eq!(done, Ingested { new: 2, claims: 2, ..Ingested::default() });
        kind.with(|base| {
            let batch = base.batch(0).unwrap();
            let claim = batch.claims[1];
            assert_eq!((claim.id, claim.article), (2, 1));
            assert_eq!((&**base.text(claim.a), &**base.text(claim.b)), ("Kodok", "Ular"));
            assert_eq!(base.claim(2).unwrap(), Some(claim));
            assert_eq!(base.claim(3).unwrap(), None);
            let (row, text) = base.article(1).unwrap();
            assert_eq!((&*row.id, &*text), ("2", "Kodok menggandeng Ular sejak 2020.\nx"));
            assert_eq!(&text[claim.sentence.range()], "Kodok menggandeng Ular sejak 2020.");
            assert_eq!(base.version(), 1);
        });
    }
}

#[test]
fn the_same_text_is_skipped_and_another_text_is_a_new_version() {
    for mut kind in Kind::both() {
        kind.with(|base| ingest(base, &[("1", "Katak", "Kodok", "")], 0));
        let again = kind.with(|base| ingest(base, &[("1", "Katak", "Kodok", "")], 1));
        assert_eq!(again, Ingested { skipped: 1, ..Ingested::default() });
        let changed =
            kind.with(|base| ingest(base, &[("1", "Katak", "Ular", ""), ("1", "Katak", "Ular", "")], 2));
        assert_eq!(changed, Ingested { changed: 1, skipped: 1, claims: 1, ..Ingested::default() });
        kind.with(|base| {
            assert_eq!(base.version(), 2, "an ingestion that adds nothing leaves no trace");
            assert!(!base.holds(0) && base.holds(1));
            assert_eq!(
                base.article(0).unwrap().1,
                told("1", "Katak", "Kodok", "").0.text,
                "the old one is kept"
            );
            assert_eq!(base.known(&told("1", "Katak", "Ular", "").0).unwrap(), Known::Same);
            assert_eq!(base.known(&told("1", "Katak", "Kodok", "").0).unwrap(), Known::Changed);
            assert_eq!(base.known(&told("9", "Katak", "Kodok", "").0).unwrap(), Known::New);
        });
    }
}

#[test]
fn reprints_are_linked_to_the_first_print() {
    for mut kind in Kind::both() {
        kind.with(|base| ingest(base, &[("1", "Katak", "Kodok", "")], 0));
        let done =
            kind.with(|base| ingest(base, &[("2", "Katak", "Kodok", ""), ("3", "Katak", "Kodok", "")], 1));
        assert_eq!((done.new, done.reprints), (2, 2));
        kind.with(|base| match &base.log().unwrap()[1].what {
            Operation::Ingest { reprints, .. } => assert_eq!(*reprints, [(1, 0), (2, 0)]),
            other => panic!("{other:?}"),
        });
    }
}

#[test]
fn retracted_articles_come_back_when_restored() {
    for mut kind in Kind::both() {
        kind.with(|base| ingest(base, &[("1", "Katak", "Kodok", ""), ("2", "Kodok", "Ular", "")], 0));
        kind.with(|base| base.retract(of(base, "1"), "salah", at(1)).unwrap());
        kind.with(|base| {
            assert!(!base.holds(0) && base.holds(1));
            assert_eq!(base.known(&told("1", "Katak", "Kodok", "").0).unwrap(), Known::Retracted);
            assert_eq!(ingest(base, &[("1", "Katak", "Kodok", "")], 2).skipped, 1);
            assert!(base.retract(vec![0], "", at(2)).is_err(), "it is retracted already");
            assert!(base.restore(vec![1], "", at(2)).is_err(), "it never was retracted");
            assert!(base.retract(vec![7], "", at(2)).is_err(), "it doesn't exist");
            assert!(base.retract(vec![], "", at(2)).is_err());
        });
        kind.with(|base| base.restore(vec![0], "", at(3)).unwrap());
        kind.with(|base| {
            assert!(base.holds(0));
            assert_eq!(base.version(), 3);
        });
    }
}

#[test]
fn articles_are_selected_by_id_outlet_and_date() {
    for mut kind in Kind::both() {
        kind.with(|base| {
            ingest(base, &[("1", "Katak", "Kodok", ""), ("2", "Kodok", "Ular", "")], 0);
            let by = |s: Selection| base.select(&s, false).ok();
            let all = Selection::default();
            assert_eq!(
                by(Selection { outlet: Some("harian  KOLAM".into()), ..all.clone() }),
                Some(vec![0, 1])
            );
            assert_eq!(by(Selection { outlet: Some("Lain".into()), ..all.clone() }), None);
            assert_eq!(by(Selection { before: "2020-05-02".parse().ok(), ..all.clone() }), Some(vec![0, 1]));
            assert_eq!(by(Selection { before: "2020-05".parse().ok(), ..all.clone() }), None);
            assert_eq!(by(Selection { ids: vec!["2".into()], ..all.clone() }), Some(vec![1]));
            assert_eq!(by(Selection { ids: vec!["2".into(), "3".into()], ..all }), None);
        });
    }
}

#[test]
fn merges_and_splits_undo_each_other_and_can_be_taken_back() {
    for mut kind in Kind::both() {
        kind.with(|base| {
            let merge = base.merge("GoTo", "Gojek Tokopedia", "satu perusahaan", at(0)).unwrap();
            assert!(base.merge("goto", "Gojek  Tokopedia", "", at(1)).is_err());
            assert!(base.merge("GoTo", "GOTO", "", at(1)).is_err());
            base.split("GoTo", "Gojek Tokopedia", "ternyata bukan", at(2)).unwrap();
            assert!(!base.name_changes().next().unwrap().holds);
            base.renew(merge, "", at(3)).unwrap();
            assert!(base.renew(merge, "", at(4)).is_err());
            base.withdraw(merge, "", at(5)).unwrap();
            let split = base.split("GoTo", "Gojek Tokopedia", "", at(6)).unwrap();
            base.merge("GoTo", "Gojek Tokopedia", "", at(7)).unwrap();
            assert!(base.name_changes().all(|change| !change.holds));
            assert!(base.withdraw(split, "", at(8)).is_err() && base.withdraw(99, "", at(8)).is_err());
        });
        kind.with(|base| assert_eq!((base.version(), base.name_changes().count()), (6, 2)));
    }
}

#[test]
fn an_article_that_cannot_be_kept_leaves_the_base_as_it_was() {
    for mut kind in Kind::both() {
        let good = told("1", "Katak", "Kodok", "");
        let mut bad = told("2", "Katak", "Kodok", "");
        bad.1.claims[0].evidence.span.end = 9999;
        let nameless = told("", "Katak", "Kodok", "");
        for wrong in [bad, nameless] {
            let refused = kind.with(|base| base.ingest(&[good.clone(), wrong], at(0)));
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        }
        kind.with(|base| {
            assert_eq!((base.version(), base.known(&good.0).unwrap()), (0, Known::New));
            assert_eq!(base.ingest(&[good], at(0)).unwrap().new, 1);
        });
    }
}

#[test]
fn what_is_kept_is_known_with_its_version() {
    for mut kind in Kind::both() {
        kind.with(|base| {
            base.keep(vec![(b"a".to_vec(), Some(vec![1, 2])), (b"b".to_vec(), Some(vec![]))]).unwrap()
        });
        kind.with(|base| ingest(base, &[("1", "Katak", "Kodok", "")], 0));
        kind.with(|base| base.keep(vec![(b"b".to_vec(), None), (b"c".to_vec(), Some(vec![3]))]).unwrap());
        kind.with(|base| {
            assert_eq!(base.kept(b"a").unwrap(), Some((0, vec![1, 2])));
            assert_eq!(base.kept(b"b").unwrap(), None);
            assert_eq!(base.kept(b"c").unwrap(), Some((1, vec![3])));
            assert_eq!(base.kept_keys().unwrap(), [b"a", b"c"]);
        });
    }
}

#[test]
fn texts_longer_than_a_piece_are_whole() {
    for mut kind in Kind::both() {
        let long = "é katak ".repeat(30_000);
        kind.with(|base| {
            ingest(base, &[("1", "A", "B", "x"), ("2", "A", "B", &long), ("3", "C", "D", "")], 0)
        });
        kind.with(|base| {
            assert_eq!(base.article(1).unwrap().1, told("2", "A", "B", &long).0.text);
            assert_eq!(base.article(2).unwrap().1, told("3", "C", "D", "").0.text);
        });
    }
}

/// One step of a random history.
#[derive(Debug, Clone)]
enum Step {
    Ingest(Vec<(u8, u8, u8, u8)>),
    Retract(u8),
    Restore(u8),
    Merge(u8, u8),
    Split(u8, u8),
    Withdraw(u8),
    Renew(u8),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec((0..9u8, 0..5u8, 0..5u8, 0..3u8), 0..5).prop_map(Step::Ingest),
        2 => (0..12u8).prop_map(Step::Retract),
        2 => (0..12u8).prop_map(Step::Restore),
        1 => (0..5u8, 0..5u8).prop_map(|(a, b)| Step::Merge(a, b)),
        1 => (0..5u8, 0..5u8).prop_map(|(a, b)| Step::Split(a, b)),
        1 => (0..9u8).prop_map(Step::Withdraw),
        1 => (0..9u8).prop_map(Step::Renew),
        1 => Just(Step::Reopen),
    ]
}

const NAMES: [&str; 5] = ["Katak", "Kodok", "Ular", "Bangau", "Berang-berang"];

fn take(base: &mut FactBase, step: &Step, now: i64) -> Result<String, String> {
    let name = |n: &u8| NAMES[usize::from(*n)];
    let result = match step {
        Step::Ingest(all) => {
            let told = |(id, a, b, more): &(u8, u8, u8, u8)| {
                super::made::told(&id.to_string(), name(a), name(b), &more.to_string())
            };
            let all: Vec<_> = all.iter().map(told).collect();
            base.ingest(&all, at(now)).map(|done| format!("{done:?}"))
        }
        Step::Retract(n) => base.retract(vec![u32::from(*n)], "x", at(now)).map(|n| n.to_string()),
        Step::Restore(n) => base.restore(vec![u32::from(*n)], "x", at(now)).map(|n| n.to_string()),
        Step::Merge(a, b) => base.merge(name(a), name(b), "x", at(now)).map(|n| n.to_string()),
        Step::Split(a, b) => base.split(name(a), name(b), "x", at(now)).map(|n| n.to_string()),
        Step::Withdraw(n) => base.withdraw(u64::from(*n), "x", at(now)).map(|n| n.to_string()),
        Step::Renew(n) => base.renew(u64::from(*n), "x", at(now)).map(|n| n.to_string()),
        Step::Reopen => Ok(String::new()),
    };
    result.map_err(|error| error.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn disk_and_memory_agree_on_random_histories(steps in prop::collection::vec(step(), 1..25)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b");
        let mut disk = FactBase::create(&path).unwrap();
        let mut memory = FactBase::in_memory();
        // A rehearsal over what the first half of the history made.
        let mut tried = Some(FactBase::create(&folder.path().join("t")).unwrap());
        for (now, step) in (0..).zip(&steps) {
            if matches!(step, Step::Reopen) {
                drop(disk);
                disk = FactBase::open(&path, Access::Write).unwrap();
            }
            prop_assert_eq!(take(&mut disk, step, now), take(&mut memory, step, now));
            prop_assert_eq!(&disk.state, &memory.state);
            if now as usize == steps.len() / 2 {
                tried = tried.map(FactBase::rehearsal);
            }
            let _ = tried.as_mut().map(|tried| take(tried, step, now));
        }
        prop_assert_eq!(tried.map(|mut tried| content(&mut tried)), Some(content(&mut memory)));
        prop_assert_eq!(content(&mut disk), content(&mut memory));
        prop_assert_eq!(disk.verify().unwrap(), memory.verify().unwrap());
        let mut dump = Vec::new();
        disk.dump(&mut dump).unwrap();
        let mut again = FactBase::in_memory();
        prop_assert_eq!(again.load(&mut &dump[..]).unwrap(), disk.version());
        prop_assert_eq!(content(&mut again), content(&mut memory));
        let mut second = Vec::new();
        again.dump(&mut second).unwrap();
        prop_assert!(dump == second, "a dump of the loaded dump is another");
    }
}
