//! Dumps that are wrong, and loads that are repeated.

use super::made::{at, content, of, told};
use crate::store::FactBase;
use proptest::prelude::*;

fn base() -> FactBase {
    let mut base = FactBase::in_memory();
    base.ingest(&[told("1", "Katak", "Kodok", ""), told("2", "Kodok", "Ular", "\u{2028}\"\t")], at(0))
        .unwrap();
    base.merge("Katak", "Kodok", "satu", at(1)).unwrap();
    base.retract(of(&base, "2"), "salah", at(2)).unwrap();
    base.ingest(&[told("1", "Katak", "Bangau", "")], at(3)).unwrap();
    base
}

fn dump(base: &FactBase) -> String {
    let mut out = Vec::new();
    base.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn load(base: &mut FactBase, text: &str) -> Result<u64, String> {
    base.load(&mut text.as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn a_dump_is_readable() {
    insta::assert_snapshot!(dump(&base()));
}

#[test]
fn an_interrupted_load_goes_on_where_it_was() {
    let whole = dump(&base());
    let mut half = FactBase::in_memory();
    let lines: Vec<&str> = whole.lines().take(5).collect();
    assert!(load(&mut half, &(lines.join("\n") + "\n")).unwrap_err().contains("ends too early"));
    assert_eq!(half.version(), 2);
    assert!(half.lacks().unwrap()[0].to_string().contains("a part of a dump"));
    for _ in 0..2 {
        assert_eq!(load(&mut half, &whole), Ok(4));
        assert_eq!(content(&mut half), content(&mut base()));
        assert_eq!(half.lacks().unwrap(), []);
    }
}

#[test]
fn a_base_that_holds_something_else_is_not_loaded_into() {
    let whole = dump(&base());
    let mut other = FactBase::in_memory();
    other.ingest(&[told("1", "Katak", "Ular", "")], at(0)).unwrap();
    assert!(load(&mut other, &whole).unwrap_err().contains("something else"));
    let mut more = base();
    more.merge("Ular", "Bangau", "", at(9)).unwrap();
    assert!(load(&mut more, &whole).unwrap_err().contains("holds more"));
}

#[test]
fn what_is_wrong_in_a_dump_is_told_by_line() {
    let whole = dump(&base());
    let changes: [(&str, &str, &str); 8] = [
        ("{\"katak_dump\":1}", "{\"katak_dump\":2}", "format 2"),
        ("\"number\":2", "\"number\":3", "line 5 of the dump: this entry should have the number 2"),
        ("\"company\"", "\"kompeni\"", "\"kompeni\" is unknown"),
        ("\"articles\":[1]", "\"articles\":[7]", "doesn't exist"),
        ("\"articles\":[1]", "\"articles\":[1,1]", "doesn't hold"),
        ("\"articles\":[1]", "\"articles\":[]", "doesn't hold"),
        ("{\"end\":4}", "{\"end\":5}", "an entry of the log is missing"),
        ("\"span\":[0,5]", "\"span\":[5,0]", "outside its text"),
    ];
    for (from, to, told) in changes {
        assert!(whole.contains(from), "{from}");
        let error = load(&mut FactBase::in_memory(), &whole.replacen(from, to, 1)).unwrap_err();
        assert!(error.contains(told), "{to}: {error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_mangled_dump_is_refused_or_makes_a_sound_base(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = dump(&base()).into_bytes();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let mut base = FactBase::in_memory();
        let _ = base.load(&mut &bytes[..]);
        base.verify().unwrap();
    }
}
