//! Questions answered goal-directed: what is derived for them, and that the
//! answers are those of the whole.

use insta::assert_snapshot;
use katak::analysis::{self, StratifiedProgram, show_rule};
use katak::ask::{GOAL, answer, answer_in_full};
use katak::base::{EntityNames, SourceId};
use katak::eval::{Backend, Database, Frog, Naive, Options};
use katak::syntax::{parse_program, parse_question};

/// A program with a question, checked.
pub fn asked(rules: &str, question: &str) -> (StratifiedProgram, analysis::Columns) {
    let file = parse_program(rules, SourceId(0)).unwrap_or_else(|found| panic!("{rules}\n{found:#?}"));
    let literals =
        parse_question(question, SourceId(1)).unwrap_or_else(|found| panic!("{question}\n{found:#?}"));
    let (checked, columns) = analysis::check_with_question(&file.program, &literals, &EntityNames::new());
    let program =
        checked.program.unwrap_or_else(|| panic!("{rules}\n{question}\n{:#?}", checked.diagnostics));
    (program, columns)
}

/// The rules of the goal-directed program; empty where nothing is saved.
fn directed(rules: &str, question: &str) -> String {
    let (program, _) = asked(rules, question);
    let goal = program.find(GOAL).unwrap();
    let Some(directed) = analysis::goal_directed(&program, goal, &|_| false) else { return String::new() };
    directed.rules().iter().map(|rule| show_rule(&directed, rule.id) + "\n").collect()
}

#[track_caller]
fn agree(rules: &str, question: &str) -> usize {
    let (program, columns) = asked(rules, question);
    let options = Options::default();
    let full = answer_in_full(&program, columns.clone(), Database::new(), &Naive, &options).unwrap();
    for backend in [&Frog as &dyn Backend, &Naive] {
        let found = answer(&program, columns.clone(), Database::new(), backend, &options).unwrap();
        assert_eq!(found, full, "{question}\n{}", directed(rules, question));
    }
    full.rows.len()
}

const EDGES: &str = "edge(1, 2), edge(2, 3), edge(3, 1), edge(3, 4), edge(5, 6), edge(6, 6), edge(7, 1)";

fn closure(more: &str) -> String {
    format!(
        r#"(rules: [(name: "one", then: reach(x, y), when: [edge(x, y)]), (name: "more", then: reach(x, z), when: [{more}])],
        facts: [{EDGES}])"#
    )
}

#[test]
fn a_closure_is_asked_from_its_constant_however_it_is_written() {
    for more in ["reach(x, y), edge(y, z)", "edge(x, y), reach(y, z)", "reach(x, y), reach(y, z)"] {
        let rules = closure(more);
        assert_eq!(agree(&rules, "reach(1, y)"), 4);
        assert_eq!(agree(&rules, "reach(x, 6)"), 2);
        assert_eq!(agree(&rules, "reach(7, 4)"), 1);
        assert_eq!(agree(&rules, "reach(5, 4)"), 0);
        assert_eq!(agree(&rules, "eq(x, 5), reach(x, y)"), 1);
        assert_eq!(agree(&rules, "edge(3, x), reach(x, y), ne(y, 1)"), 3);
        assert_eq!(agree(&rules, "edge(3, x), not(reach(x, 2))"), 1);
        assert_eq!(agree(&rules, "edge(x, 6), gt(count(y, [reach(x, y)]), 0)"), 2);
    }
}

#[test]
fn a_closure_passes_on_what_is_reached_and_keeps_the_answers_of_the_first() {
    assert_snapshot!(directed(&closure("edge(x, y), reach(y, z)"), "reach(1, y)"));
    assert_snapshot!(directed(&closure("reach(x, y), reach(y, z)"), "reach(1, y)"));
    assert_snapshot!(directed(&closure("reach(x, y), edge(y, z)"), "reach(x, 4)"));
}

#[test]
fn a_question_without_constants_is_answered_as_before() {
    assert_eq!(directed(&closure("reach(x, y), edge(y, z)"), "reach(x, y)"), "");
}

#[test]
fn relations_below_negation_and_aggregates_are_asked_too() {
    let rules = r#"(rules: [
        (name: "reach", then: reach(x, y), when: [edge(x, y)]),
        (name: "on", then: reach(x, z), when: [reach(x, y), edge(y, z)]),
        (name: "lonely", then: dead(x, n), when: [node(x), not(reach(x, x)), eq(n, count(y, [reach(x, y)]))]),
    ], facts: [edge(1, 2), edge(2, 1), edge(2, 3), node(1), node(2), node(3), node(4)])"#;
    assert_eq!(agree(rules, "dead(3, n)"), 1);
    assert_eq!(agree(rules, "dead(1, n)"), 0);
    assert_snapshot!(directed(rules, "dead(3, n)"));
}

#[test]
fn what_would_need_itself_through_negation_is_derived_in_full() {
    let rules = r#"(rules: [
        (name: "closed", then: closed(x), when: [gate(x, y), edge(y, _)]),
        (name: "one", then: way(x, y), when: [edge(x, y), not(closed(y))]),
        (name: "on", then: way(x, z), when: [way(x, y), edge(y, z), not(closed(z))]),
    ], facts: [edge(1, 2), edge(2, 3), edge(3, 4), gate(4, 1), gate(2, 9)])"#;
    assert_eq!(agree(rules, "way(1, y)"), 2);
    assert_snapshot!(directed(rules, "way(1, y)"));
}

#[test]
fn shortest_ways_are_asked_by_the_place_they_start_from() {
    let rules = r#"(rules: [
        (name: "start", then: distance(x, x, min(0)), when: [road(x, _, _)]),
        (name: "step", then: distance(s, y, min(add(d, w))), when: [distance(s, x, d), road(x, y, w)]),
    ], facts: [road(1, 2, 9), road(1, 3, 2), road(3, 2, 3), road(2, 1, 1), road(2, 4, 1)])"#;
    assert_eq!(agree(rules, "distance(1, y, d)"), 4);
    assert_eq!(agree(rules, "distance(1, 4, d)"), 1);
    assert_eq!(agree(rules, "distance(s, 4, 1)"), 1);
    assert!(directed(rules, "distance(1, y, d)").contains("distance[bff] wanted(1)"));
    assert_eq!(directed(rules, "distance(s, 4, d)"), "");
}

#[test]
fn same_generation_asks_upwards_only() {
    let rules = r#"(rules: [
        (name: "self", then: peer(x, x), when: [up(x, _)]),
        (name: "up", then: peer(x, y), when: [up(x, a), peer(a, b), up(y, b)]),
    ], facts: [up(1, 3), up(2, 3), up(3, 5), up(4, 5), up(6, 4), up(5, 7), up(9, 10)])"#;
    assert_eq!(agree(rules, "peer(1, y)"), 3);
    assert_eq!(agree(rules, "peer(1, 6)"), 1);
    assert_snapshot!(directed(rules, "peer(1, y)"));
}

#[test]
fn rows_given_beside_rules_count() {
    let rules = r#"(rules: [
        (name: "one", then: reach(x, y), when: [edge(x, y)]),
        (name: "more", then: reach(x, z), when: [reach(x, y), reach(y, z)]),
    ], facts: [edge(1, 2), reach(2, 8), edge(8, 9), reach(4, 1)])"#;
    assert_eq!(agree(rules, "reach(1, y)"), 3);
    assert_eq!(agree(rules, "reach(x, 9)"), 4);
}

#[test]
fn functions_are_computed_for_what_is_asked_and_end() {
    let rules = r#"(rules: [
        (name: "zero", then: n(0, 1)),
        (name: "next", then: n(add(x, 1), mul(y, 2)), when: [n(x, y), lt(x, 20)]),
        (name: "sum", then: s(x, add(x, y)), when: [n(x, _), n(y, _), lt(y, 3)]),
        (name: "half", then: h(x, div(100, x)), when: [n(x, _), ne(x, 0)]),
    ])"#;
    assert_eq!(agree(rules, "n(5, y)"), 1);
    assert_eq!(agree(rules, "s(x, 4)"), 3);
    assert_eq!(agree(rules, "h(4, y)"), 1);
    assert_eq!(agree(rules, "n(x, 16), s(x, y), not(h(y, 25))"), 2);
}
