//! Random programs: both back ends derive the same, whatever the order of rules and literals.

use super::{checked, derived};
use katak::eval::{Backend, Frog, Naive, Options};
use proptest::prelude::*;

const VARS: [&str; 4] = ["x", "y", "z", "w"];

/// One condition before it is written: relation, two arguments, and a kind.
type Part = (u8, u8, u8, u8);

fn term(n: u8) -> String {
    if n < 10 { VARS[usize::from(n) % 4].to_string() } else { (n % 5).to_string() }
}

/// A rule for relation `d{level}`; negation and aggregates look at lower levels only.
fn rule(number: usize, level: u8, parts: &[Part], head: (u8, u8)) -> (String, Vec<String>) {
    let mut body = Vec::new();
    let mut bound: Vec<String> = Vec::new();
    for (relation, a, b, kind) in parts {
        let (a, b) = (term(*a), term(*b));
        let lower = |n: u8| if level == 0 { format!("e{}", n % 2) } else { format!("d{}", n % level) };
        match kind % 8 {
            0 => body.push(format!("not({}({a}, {b}))", lower(*relation))),
            1 => body.push(format!("{}({a}, {b})", ["ne", "lt", "ge", "eq"][usize::from(relation % 4)])),
            2 => body.push(format!("gt(count(k, [{}({a}, k)]), 1)", lower(*relation))),
            kind => {
                let name = if kind < 5 {
                    format!("e{}", relation % 2)
                } else {
                    format!("d{}", relation % (level + 1))
                };
                body.push(format!("{name}({a}, {b})"));
                bound.extend([a, b].into_iter().filter(|t| VARS.contains(&t.as_str())));
            }
        }
    }
    // Whatever isn't bound by an atom is bound here, so that the rule is safe.
    for var in VARS {
        let used =
            body.iter().any(|part| part.contains(var)) || [head.0, head.1].iter().any(|n| term(*n) == var);
        if used && !bound.iter().any(|b| b == var) {
            body.push(format!("e0({var}, _)"));
        }
    }
    (format!("(name: \"r{number}\", then: d{level}({}, {}), when: [@])", term(head.0), term(head.1)), body)
}

fn write(rules: &[(String, Vec<String>)], facts: &[(u8, u8, u8)]) -> String {
    let rules: Vec<String> = rules.iter().map(|(rule, body)| rule.replace('@', &body.join(", "))).collect();
    let facts: Vec<String> =
        facts.iter().map(|(r, a, b)| format!("e{}({}, {})", r % 2, a % 5, b % 5)).collect();
    format!(
        "(relations: [e0(a: int, b: int), e1(a: int, b: int), d0(a: int, b: int), d1(a: int, b: int), d2(a: int, b: int)], rules: [{}], facts: [{}])",
        rules.join(", "),
        facts.join(", ")
    )
}

type Draft = (Vec<(u8, Vec<Part>, (u8, u8))>, Vec<(u8, u8, u8)>);

fn draft() -> impl Strategy<Value = Draft> {
    let part = (0..6u8, 0..12u8, 0..12u8, 0..16u8);
    let rule = (0..3u8, prop::collection::vec(part, 1..4), (0..11u8, 0..11u8));
    (prop::collection::vec(rule, 1..7), prop::collection::vec((0..2u8, 0..5u8, 0..5u8), 0..14))
}

fn cases() -> u32 {
    std::env::var("KATAK_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(3_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn frog_and_naive_derive_the_same_in_any_order((rules, facts) in draft(), turn in 0..6usize) {
        let rules: Vec<_> = rules.iter().enumerate().map(|(n, (level, parts, head))| rule(n, *level, parts, *head)).collect();
        let options = Options::default();
        let run = |backend: &dyn Backend, rules: &[(String, Vec<String>)]| {
            derived(backend, &checked(&write(rules, &facts)), &options).expect("it ends")
        };
        let expected = run(&Naive, &rules);
        prop_assert_eq!(&run(&Frog, &rules), &expected);
        let mut turned: Vec<_> = rules.iter().rev().cloned().collect();
        for (_, body) in &mut turned {
            let by = turn % body.len();
            body.rotate_left(by);
        }
        prop_assert_eq!(&run(&Frog, &turned), &expected);
    }
}
