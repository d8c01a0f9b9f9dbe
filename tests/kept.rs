//! Derived rows that are kept and brought up to date are those of a full run.

use katak::article::Article;
use katak::base::{Moment, Span};
use katak::engine::{Engine, Settled, kept_programs};
use katak::eval::{Budget, Database, Options};
use katak::extract::{Claim, ClaimKind, EntityKind, Evidence, Extraction, FoundDate, FoundEntity, Status};
use katak::store::FactBase;
use proptest::prelude::*;

/// Recursion, mutual recursion, through a count too, negation, aggregates, a
/// least value, facts.
const RULES: &str = r#"(
    include: ["builtin/base.ron"],
    relations: [
        near(a: entity, b: entity), odd(a: entity, b: entity), even(a: entity, b: entity), alone(a: entity),
        friends(a: entity, n: int), many(a: entity), first(a: entity, d: date), far(a: entity, n: int),
        apart(a: entity, b: entity), last(a: entity, d: date), spread(a: entity, n: int), fewest(n: int),
        calm(a: entity), busy(a: entity, b: entity), once(a: entity, kind: text), lonely(a: entity, d: date),
        known(a: entity), both(a: entity, b: entity, t: text), named(a: entity, n: text),
        swayed(a: entity),
    ],
    rules: [
        (name: "near", then: near(a, b), when: [partner(a, b)]),
        (name: "nearer", then: near(a, c), when: [near(a, b), near(b, c)]),
        (name: "odd", then: odd(a, b), when: [rival(a, b)]),
        (name: "odd again", then: odd(a, c), when: [even(a, b), rival(b, c)]),
        (name: "even", then: even(a, c), when: [odd(a, b), rival(b, c)]),
        (name: "alone", then: alone(a), when: [company(a), not(near(a, _))]),
        (name: "friends", then: friends(a, n), when: [company(a), eq(n, count(b, [near(a, b)]))]),
        (name: "many", then: many(a), when: [friends(a, n), gt(n, 2)]),
        (name: "first", then: first(a, min(d)), when: [claim(_, _, a, _, _, _, id), article(id, _, d, _)]),
        (name: "start", then: far(a, 0), when: [sanction(a, _)]),
        (name: "far", then: far(b, min(add(n, 1))), when: [far(a, n), rival(a, b)]),
        (name: "known", then: known(a), when: [many(a)]),
        (name: "both", then: both(a, b, concat(kind, "/", id)), when: [claim(_, kind, a, b, _, _, id), near(a, b)]),
        (name: "named", then: named(a, n), when: [alias(a, n), alone(a)]),
        (name: "apart", then: apart(a, b), when: [rival(a, b), near(b, c), not(near(a, c)), not(near(a, b))]),
        (name: "apart still", then: apart(b, a), when: [apart(a, b), not(partner(a, b))]),
        (name: "last", then: last(a, max(d)), when: [affirmed(_, a, _, _, d), not(alone(a))]),
        (name: "lonely", then: lonely(a, min(d)), when: [affirmed(_, a, _, _, d), not(near(a, _))]),
        (name: "lonely too", then: lonely(a, min(d)), when: [denied(_, a, _, _, d), alone(a)]),
        (name: "spread", then: spread(a, n), when: [
            company(a), eq(m, count(b, [rival(a, b), not(near(a, b))])), eq(k, count([affirmed(_, a, b, _, d), rival(b, a)])), eq(n, sub(m, k)),
        ]),
        (name: "fewest", then: fewest(n), when: [eq(n, min(m, [spread(_, m)]))]),
        (name: "calm", then: calm(a), when: [spread(a, n), fewest(n), not(busy(a, _))]),
        (name: "busy", then: [busy(a, b), busy(b, a)], when: [both(a, b, _), apart(b, c), ne(a, c)]),
        (name: "swayed", then: swayed(a), when: [known(a)]),
        (name: "swayed by others", then: swayed(a), when: [company(a), ge(count(b, [rival(a, b), swayed(b)]), 1), not(sanction(_, a))]),
        (name: "once", then: once(a, kind), when: [claim(_, kind, a, _, _, _, id), eq(1, count(x, [claim(x, kind, a, _, _, _, _)]))]),
    ],
    facts: [calm("Bangau"), apart("Katak", "Kodok"), known("Kodok")],
)"#;

/// The same without one rule, so that its digest is another.
fn rules(n: usize) -> String {
    match n {
        0 => RULES.to_owned(),
        _ => RULES.replace(r#"(name: "nearer", then: near(a, c), when: [near(a, b), near(b, c)]),"#, ""),
    }
    // A head that keeps the least has no other heads.
    .replace("far(a, 0), when: [sanction(a, _)]", "far(a, min(0)), when: [sanction(a, _)]")
}

const NAMES: [&str; 6] = ["Katak", "Kodok", "Ular", "Bangau", "BRB", "Burung Rawa Besar"];

fn told(id: u8, a: usize, b: usize, how: u8) -> (Article, Extraction) {
    let (a, b) = (NAMES[a], NAMES[b]);
    let text = format!("{a} dan {b} disebut di sini, cara {how}.");
    let at = |part: &str| {
        let start = text.find(part).unwrap_or(0);
        Span::new(start, start + part.len())
    };
    let entity = |name: &str| {
        let mut names = vec![name.into()];
        if name.starts_with("Burung") && how.is_multiple_of(2) {
            names.push("BRB".into());
        }
        if how == 5 {
            names.push(format!("PT {name}").into());
        }
        FoundEntity { name: name.into(), kind: EntityKind::Company, names, span: at(name) }
    };
    let claim = Claim {
        kind: [ClaimKind::Partner, ClaimKind::Rival, ClaimKind::Sanction][usize::from(how) % 3],
        a: a.into(),
        b: b.into(),
        status: if how == 4 { Status::Negated } else { Status::Asserted },
        when: None,
        evidence: Evidence {
            span: at("disebut"),
            sentence: Span::new(0, text.len()),
            pattern: "A dan B".into(),
        },
    };
    let found = Extraction {
        article: id.to_string(),
        published: format!("20{:02}-0{}-01", 10 + how, id % 9 + 1).parse().ok(),
        entities: vec![entity(a), entity(b)],
        claims: if a == b { vec![] } else { vec![claim] },
        dates: vec![FoundDate { date: "2020".parse().unwrap(), span: at("sini") }],
        ..Extraction::default()
    };
    (Article::new(id.to_string(), text), found)
}

#[derive(Debug, Clone)]
enum Step {
    Ingest(Vec<(u8, usize, usize, u8)>),
    Retract(u32),
    Restore(u32),
    Merge(usize, usize),
    Split(usize, usize),
    Rules(usize),
    /// The base is closed with what it keeps, or without, and opened again.
    Reopen(bool),
    /// With so many tuples a stratum.
    Settle(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => prop::collection::vec((0..40u8, 0..6usize, 0..6usize, 0..6u8), 1..4).prop_map(Step::Ingest),
        1 => (0..12u32).prop_map(Step::Retract),
        1 => (0..12u32).prop_map(Step::Restore),
        1 => (0..6usize, 0..6usize).prop_map(|(a, b)| Step::Merge(a, b)),
        1 => (0..6usize, 0..6usize).prop_map(|(a, b)| Step::Split(a, b)),
        1 => (0..2usize).prop_map(Step::Rules),
        2 => any::<bool>().prop_map(Step::Reopen),
        3 => prop_oneof![Just(2), Just(9), Just(1_000_000)].prop_map(Step::Settle),
    ]
}

fn engine(base: FactBase, n: usize) -> Engine {
    Engine::builder().rule_text("r.ron", rules(n)).base(base).build().unwrap()
}

fn settle(engine: &Engine) -> Settled {
    settle_within(engine, 1_000_000)
}

fn settle_within(engine: &Engine, tuples: u64) -> Settled {
    let budget = Budget { tuples, ..Budget::default() };
    engine.settle(&Options { budget, ..Options::default() }).unwrap().unwrap()
}

fn shown(engine: &Engine, database: &Database) -> String {
    let relations = engine.program().relations().iter().filter(|relation| relation.derived);
    relations.map(|r| format!("{} {:?}\n", r.name, database.rows(&r.name))).collect()
}

/// An engine on a copy of the base that keeps nothing.
fn fresh(engine: &Engine, n: usize) -> Engine {
    let mut dump = Vec::new();
    engine.base().dump(&mut dump).unwrap();
    let mut base = FactBase::in_memory();
    base.load(&mut &dump[..]).unwrap();
    self::engine(base, n)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("KATAK_SEQUENCES").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
    ))]

    #[test]
    fn what_is_kept_and_continued_equals_a_full_run(steps in prop::collection::vec(step(), 1..14)) {
        let mut which = 0;
        let mut living = engine(FactBase::in_memory(), which);
        settle(&living);
        for step in steps {
            let now = Moment::default();
            match &step {
                Step::Ingest(all) => {
                    let all: Vec<_> = all.iter().map(|(id, a, b, how)| told(*id, *a, *b, *how)).collect();
                    living = living.rebased(|base| base.ingest(&all, now)).unwrap().0;
                }
                Step::Retract(n) => living = living.rebased(|base| Ok(base.retract(vec![*n], "", now).is_ok())).unwrap().0,
                Step::Restore(n) => living = living.rebased(|base| Ok(base.restore(vec![*n], "", now).is_ok())).unwrap().0,
                Step::Merge(a, b) => {
                    living = living.rebased(|base| Ok(base.merge(NAMES[*a], NAMES[*b], "", now).is_ok())).unwrap().0;
                }
                Step::Split(a, b) => {
                    living = living.rebased(|base| Ok(base.split(NAMES[*a], NAMES[*b], "", now).is_ok())).unwrap().0;
                }
                Step::Rules(n) => {
                    living.keep().unwrap();
                    which = *n;
                    living = engine(living.into_base(), which);
                }
                Step::Reopen(keeps) => {
                    if *keeps {
                        living.keep().unwrap();
                    }
                    living = engine(living.into_base(), which);
                }
                Step::Settle(tuples) => {
                    settle_within(&living, *tuples);
                }
            }
            let full = fresh(&living, which);
            let wanted = shown(&full, &full.run().unwrap().database);
            if let Some(at_hand) = living.everything().unwrap() {
                prop_assert_eq!(&shown(&living, &at_hand), &wanted, "at hand after {:?}", step);
            }
            let question = r#"near("Katak", x)"#;
            prop_assert_eq!(living.ask(question).unwrap().rows, full.ask(question).unwrap().rows);
            if matches!(step, Step::Settle(_)) {
                prop_assert!(living.everything().unwrap().is_some());
            }
            // What proofs rest on is never what was kept.
            prop_assert_eq!(&shown(&living, &living.run().unwrap().database), &wanted);
        }
    }
}

#[test]
fn an_unchanged_base_derives_nothing_and_one_more_article_little() {
    let mut base = FactBase::in_memory();
    let all: Vec<_> = (0..20).map(|n| told(n, usize::from(n) % 4, usize::from(n) / 2 % 4, n % 3)).collect();
    base.ingest(&all, Moment::default()).unwrap();
    let mut first = engine(base, 0);
    assert_eq!(settle(&first), Settled::Derived);
    first.keep().unwrap();
    let again = engine(first.into_base(), 0);
    assert_eq!(settle(&again), Settled::Kept);
    let mut base = again.into_base();
    base.ingest(&[told(30, 0, 3, 0)], Moment::default()).unwrap();
    let after = engine(base, 0);
    let Settled::Continued(work) = settle(&after) else { panic!("not continued") };
    assert!(work.continued > 3 && work.left > 3 && work.again <= 1, "{work:?}");
    let other = engine(after.into_base(), 1);
    assert_eq!(settle(&other), Settled::Derived, "other rules derive other rows");
}

#[test]
fn a_rule_that_explodes_spoils_no_other_relation() {
    let explosive =
        RULES.replace("relations: [", "relations: [pair(a: text, b: text), one(a: text), chosen(a: text), ");
    let explosive = explosive.replace(
        "rules: [",
        r#"rules: [
            (name: "pair", then: pair(a, b), when: [article(a, _, _, _), article(b, _, _, _), ne(a, b)]),
            (name: "one", then: one(a), when: [pair(a, _)]),
            (name: "chosen", then: chosen(a), when: [one(a), not(named(_, a))]),"#,
    );
    let explosive = explosive.replace("far(a, 0), when", "far(a, min(0)), when");
    let engine = |base| Engine::builder().rule_text("r.ron", explosive.clone()).base(base).build().unwrap();
    let mut base = FactBase::in_memory();
    let all: Vec<_> = (0..40).map(|n| told(n, usize::from(n) % 6, usize::from(n) / 3 % 6, n % 4)).collect();
    base.ingest(&all, Moment::default()).unwrap();
    let mut first = engine(base);
    assert_eq!(settle_within(&first, 1000), Settled::Derived);
    let unkept = first.unkept();
    let names: Vec<&str> = unkept.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["chosen", "one", "pair"]);
    assert_eq!(unkept[1].1.why, "it rests on pair, which isn't kept");
    assert_eq!(unkept[2].1.why, "the rule \"pair\" reached the limit of 1000 tuples");
    first.keep().unwrap();
    let told_kept = kept_programs(first.base()).unwrap();
    assert_eq!((told_kept.len(), told_kept[0].unkept.len()), (1, 3));
    let again = engine(first.into_base());
    assert_eq!(settle_within(&again, 1000), Settled::Kept, "what failed is not tried again");
    assert_eq!(again.unkept().len(), 3);
    for (question, relation) in [("near(a, b)", "near"), ("pair(a, b)", "pair"), ("chosen(a)", "chosen")] {
        assert_eq!(again.ask(question).unwrap().rows, again.run().unwrap().database.rows(relation));
    }
    assert!(again.ask(r#"pair("1", "2")"#).unwrap().holds());
    let mut base = again.into_base();
    base.ingest(&[told(50, 0, 3, 0)], Moment::default()).unwrap();
    let after = engine(base);
    assert!(matches!(settle_within(&after, 1000), Settled::Continued(_)), "the others go on");
    assert_eq!(settle(&after), Settled::Derived, "with more tuples it is tried again");
    assert!(after.unkept().is_empty());
    assert_eq!(after.everything().unwrap().unwrap().rows("one"), after.run().unwrap().database.rows("one"));
}

#[test]
fn damaged_kept_rows_are_derived_again() {
    let mut base = FactBase::in_memory();
    base.ingest(&[told(1, 0, 1, 0), told(2, 1, 2, 1)], Moment::default()).unwrap();
    let mut first = engine(base, 0);
    settle(&first);
    let wanted = shown(&first, &first.everything().unwrap().unwrap());
    first.keep().unwrap();
    let mut base = first.into_base();
    let keys = base.kept_keys().unwrap();
    assert!(keys.len() > 5);
    for key in keys.iter().filter(|key| key.len() > 16) {
        let good = base.kept(key).unwrap().unwrap().1;
        base.keep(vec![(key.clone(), Some(vec![1, 2, 3]))]).unwrap();
        let engine = engine(base, 0);
        settle(&engine);
        assert_eq!(engine.ask("near(a, b)").unwrap().rows, engine.run().unwrap().database.rows("near"));
        base = engine.into_base();
        base.keep(vec![(key.clone(), Some(good))]).unwrap();
    }
    let last = engine(base, 0);
    assert_eq!(settle(&last), Settled::Kept);
    assert_eq!(shown(&last, &last.everything().unwrap().unwrap()), wanted);
}
