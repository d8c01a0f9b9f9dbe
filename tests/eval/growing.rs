//! Sums and counts that recursion goes through.

use super::{checked, derived, rows};
use katak::base::Value;
use katak::engine::Engine;
use katak::eval::{Backend, Database, Frog, Naive, Options};
use katak::explain::{Limits, Premise, Reason, prove, verify};
use katak::plan::plan;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;

const CONTROL: &str = r#"
    (name: "own shares", then: held(x, x, y, n), when: [owns(x, y, n)]),
    (name: "shares of those controlled", then: held(x, z, y, n), when: [controls(x, z), owns(z, y, n)]),
    (name: "control", then: controls(x, y), when: [held(x, _, y, _), gt(sum(n, [held(x, z, y, n), ge(n, 0)]), 50)]),
"#;

fn control(owns: &[(i64, i64, i64)]) -> String {
    let mut facts = String::new();
    for (x, y, n) in owns {
        write!(facts, "owns({x}, {y}, {n}), ").unwrap();
    }
    format!("(relations: [owns(x: int, y: int, n: int)], rules: [{CONTROL}], facts: [{facts}])")
}

/// Who controls whom, company by company, until nothing changes.
fn by_hand(owns: &[(i64, i64, i64)]) -> BTreeSet<(i64, i64)> {
    let owns: BTreeSet<_> = owns.iter().copied().collect();
    let mut found = BTreeSet::new();
    loop {
        let mut more = found.clone();
        for x in 0..7 {
            for y in 0..7 {
                let counts = |z: i64| z == x || found.contains(&(x, z));
                // By the holder and the number of shares, each once.
                let sum: i64 = owns.iter().filter(|o| o.1 == y && counts(o.0)).map(|o| o.2).sum();
                if sum > 50 {
                    more.insert((x, y));
                }
            }
        }
        if more == found {
            return found;
        }
        found = more;
    }
}

#[test]
fn shares_of_controlled_companies_count_as_own() {
    // 1 controls 2 directly, 3 with 2's help, 4 with 2's and 3's; 5 and 6 own each other by half.
    let owns =
        [(1, 2, 60), (1, 3, 30), (2, 3, 25), (2, 4, 20), (3, 4, 31), (5, 6, 50), (6, 5, 50), (4, 1, 50)];
    assert_eq!(rows(&control(&owns), "controls"), ["(1, 2)", "(1, 3)", "(1, 4)"]);
}

#[test]
fn those_follow_whom_enough_precede() {
    let rules = r#"(rules: [
        (name: "first", then: joins(x), when: [starts(x)]),
        (name: "led", then: joins(x), when: [knows(x, _), le(2, count(y, [knows(x, y), joins(y)]))]),
    ], facts: [starts(1), starts(2), knows(3, 1), knows(3, 2), knows(4, 3), knows(4, 2), knows(5, 4), knows(5, 6), knows(6, 5), knows(6, 1)])"#;
    assert_eq!(rows(rules, "joins"), ["(1)", "(2)", "(3)", "(4)"]);
}

#[test]
fn a_proof_sums_up_what_was_there_before() {
    // 2 holds more of 3 once 3 is controlled, by a circle that proves nothing.
    let program = checked(&control(&[(1, 2, 60), (1, 3, 30), (2, 3, 25), (3, 3, 9)]));
    let options = Options { provenance: true, ..Options::default() };
    let found = Frog.evaluate(&program, &plan(&program, None), Database::new(), &options).unwrap().database;
    let proof =
        prove(&program, &found, "controls", &[Value::Int(1), Value::Int(3)], &Limits::default()).unwrap();
    assert_eq!(verify(&program, &found, &proof), Ok(()));
    let Reason::Rule(derivation) = &proof.reason else { panic!("{proof:?}") };
    let sums: Vec<_> = derivation
        .premises
        .iter()
        .filter_map(|premise| match premise {
            Premise::Aggregate(said) => Some((said.result.clone(), said.solutions)),
            _ => None,
        })
        .collect();
    assert_eq!(sums, [(Value::Int(55), 2)]);
}

#[test]
fn a_question_about_one_company_is_answered_as_from_all() {
    let owns = [(1, 2, 60), (1, 3, 30), (2, 3, 25), (2, 4, 20), (3, 4, 31), (4, 5, 90)];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rules.ron");
    std::fs::write(&path, control(&owns)).unwrap();
    let engine = Engine::builder().rules([&path]).build().unwrap();
    let rows = engine.ask("controls(1, y)").unwrap().rows;
    assert_eq!(rows, [2, 3, 4, 5].map(|n| vec![Value::Int(n)]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn control_over_any_companies_is_what_it_is_by_hand(
        owns in prop::collection::vec((0..7i64, 0..7i64, prop_oneof![Just(0i64), 10..60i64]), 0..30),
    ) {
        let expected = by_hand(&owns);
        let program = checked(&control(&owns));
        let plan = plan(&program, None);
        for (threads, provenance) in [(1, false), (1, true), (3, true)] {
            let options = Options { threads, provenance, ..Options::default() };
            let whole = derived(&Naive, &program, &options).unwrap();
            prop_assert_eq!(&derived(&Frog, &program, &options).unwrap(), &whole);
            if !provenance {
                continue;
            }
            let found = Frog.evaluate(&program, &plan, Database::new(), &options).unwrap().database;
            let slow = Naive.evaluate(&program, &plan, Database::new(), &options).unwrap().database;
            prop_assert_eq!(found.len("controls"), expected.len());
            for (x, y) in &expected {
                let row = [Value::Int(*x), Value::Int(*y)];
                prop_assert_eq!(found.birth("controls", &row), slow.birth("controls", &row));
                let limits = Limits { rows: 99, row_depth: 99, ..Limits::default() };
                let proof = prove(&program, &found, "controls", &row, &limits).unwrap();
                prop_assert_eq!(verify(&program, &found, &proof), Ok(()));
            }
        }
    }
}
