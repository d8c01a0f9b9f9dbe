use super::{checked, derived, rows};
use katak::eval::{Backend, Budget, Frog, Naive, Options};

#[track_caller]
fn gives(rules: &str, relation: &str, expected: &[&str]) {
    assert_eq!(rows(rules, relation), expected);
}

#[test]
fn recursion_reaches_everything_reachable() {
    let rules = r#"(rules: [
        (name: "one", then: path(x, y), when: [edge(x, y)]),
        (name: "more", then: path(x, z), when: [path(x, y), path(y, z)]),
    ], facts: [edge(1, 2), edge(2, 3), edge(3, 1), edge(4, 4)])"#;
    gives(
        rules,
        "path",
        &["(1, 1)", "(1, 2)", "(1, 3)", "(2, 1)", "(2, 2)", "(2, 3)", "(3, 1)", "(3, 2)", "(3, 3)", "(4, 4)"],
    );
}

#[test]
fn mutual_recursion_tells_even_from_odd() {
    let rules = r#"(rules: [
        (name: "zero", then: even(0)),
        (name: "odd", then: odd(add(n, 1)), when: [even(n), lt(n, 6)]),
        (name: "even", then: even(add(n, 1)), when: [odd(n), lt(n, 6)]),
    ])"#;
    gives(rules, "even", &["(0)", "(2)", "(4)", "(6)"]);
    gives(rules, "odd", &["(1)", "(3)", "(5)"]);
}

#[test]
fn negation_sees_the_finished_stratum_below() {
    let rules = r#"(rules: [
        (name: "r", then: linked(x), when: [edge(x, _)]),
        (name: "s", then: lonely(x), when: [node(x), not(linked(x)), not(edge(_, x))]),
    ], facts: [node(1), node(2), node(3), edge(1, 2)])"#;
    gives(rules, "lonely", &["(3)"]);
}

#[test]
fn aggregates_group_by_what_is_bound_outside() {
    let rules = r#"(rules: [
        (name: "n", then: sizes(d, n, s, low, high), when: [dept(d), eq(n, count(e, [works(e, d, _)])),
            eq(s, sum(p, [works(e, d, p)])), eq(low, min(p, [works(_, d, p)])), eq(high, max(p, [works(_, d, p)]))]),
        (name: "empty", then: empty(d), when: [dept(d), eq(0, count([works(_, d, _)]))]),
        (name: "big", then: big(d), when: [dept(d), gt(count([works(_, d, p)]), 1)]),
    ], facts: [dept("a"), dept("b"), dept("c"), works("x", "a", 10), works("y", "a", 10), works("z", "b", 5), works("z", "b", 7)])"#;
    gives(rules, "sizes", &["(a, 2, 20, 10, 10)", "(b, 1, 12, 5, 7)"]);
    gives(rules, "empty", &["(c)"]);
    gives(rules, "big", &["(b)"]);
}

#[test]
fn recursive_min_keeps_the_shortest_distance() {
    let rules = r#"(rules: [
        (name: "start", then: distance("a", min(0))),
        (name: "step", then: distance(y, min(add(d, w))), when: [distance(x, d), road(x, y, w)]),
    ], facts: [road("a", "b", 9), road("a", "c", 2), road("c", "b", 3), road("b", "a", 1), road("b", "d", 1)])"#;
    gives(rules, "distance", &["(a, 0)", "(b, 5)", "(c, 2)", "(d, 6)"]);
}

#[test]
fn recursive_max_keeps_the_widest_path() {
    let rules = r#"(rules: [
        (name: "start", then: width("a", max(100))),
        (name: "step", then: width(y, max(least(d, w))), when: [width(x, d), pipe(x, y, w)]),
    ], facts: [pipe("a", "b", 3), pipe("a", "c", 8), pipe("c", "b", 5), pipe("b", "a", 50)])"#;
    gives(rules, "width", &["(a, 100)", "(b, 5)", "(c, 8)"]);
}

#[test]
fn functions_stand_wherever_a_term_does() {
    let rules = r#"(rules: [
        (name: "head", then: t(concat(upper(slice(x, 0, 1)), slice(x, 1, 99)), length(x)), when: [p(x)]),
        (name: "body", then: next(n), when: [q(n), q(add(n, 1))]),
        (name: "bind", then: b(y), when: [q(n), eq(mul(n, n), y), ne(y, 4)]),
        (name: "bits", then: bits(band(6, 3), bor(6, 3), bxor(6, 3), shl(1, 4), shr(-8, 1))),
        (name: "ints", then: ints(div(-7, 2), rem(-7, 2), pow(2, 10), abs(-5), neg(5), greatest(3, 9))),
        (name: "mix", then: mix(add(n, 0.5)), when: [q(n)]),
        (name: "num", then: num(to_int("-42"), to_text(7), replace("a-b-c", "-", "+"))),
    ], facts: [p("katak"), p("élan"), q(1), q(2), q(4)])"#;
    gives(rules, "t", &["(Katak, 5)", "(Élan, 4)"]);
    gives(rules, "next", &["(1)"]);
    gives(rules, "b", &["(1)", "(16)"]);
    gives(rules, "bits", &["(2, 7, 5, 16, -4)"]);
    gives(rules, "ints", &["(-3, -1, 1024, 5, -5, 9)"]);
    gives(rules, "mix", &["(1.5)", "(2.5)", "(4.5)"]);
    gives(rules, "num", &["(-42, 7, a+b+c)"]);
}

#[test]
fn dates_compare_as_periods_and_lack_of_a_part_fails() {
    let rules = r#"(relations: [d(x: text, at: date)], rules: [
        (name: "y", then: y(x, year(at)), when: [d(x, at)]),
        (name: "m", then: m(x, month(at)), when: [d(x, at)]),
        (name: "before", then: earlier(x, y), when: [d(x, a), d(y, b), before(a, b)]),
        (name: "within", then: inside(x, y), when: [d(x, a), d(y, b), within(a, b), ne(x, y)]),
        (name: "days", then: days(days_between(date("2020-02-28"), date("2020-03-01")))),
    ], facts: [d("day", date("2018-03-26")), d("month", date("2018-03")), d("year", date("2019"))])"#;
    gives(rules, "y", &["(day, 2018)", "(month, 2018)", "(year, 2019)"]);
    gives(rules, "m", &["(day, 3)", "(month, 3)"]);
    gives(rules, "earlier", &["(day, year)", "(month, year)"]);
    gives(rules, "inside", &["(day, month)"]);
    gives(rules, "days", &["(2)"]);
}

#[test]
fn range_binds_and_tests_hold_by_value() {
    let rules = r#"(rules: [
        (name: "r", then: r(x), when: [range(x, 2, 5)]),
        (name: "lt", then: below(x, y), when: [w(x), w(y), lt(x, y)]),
        (name: "m", then: m(x), when: [w(x), matches(x, "k.*k"), contains(x, "ata"), starts_with(x, "k"), not(ends_with(x, "x"))]),
    ], facts: [w("katak"), w("Kodok"), w("kx")])"#;
    gives(rules, "r", &["(2)", "(3)", "(4)"]);
    gives(rules, "below", &["(Kodok, katak)", "(Kodok, kx)", "(katak, kx)"]);
    gives(rules, "m", &["(katak)"]);
}

#[test]
fn relations_without_columns_and_several_heads_work() {
    let rules = r#"(rules: [
        (name: "a", then: alarm(), when: [p(x), gt(x, 2)]),
        (name: "b", then: [calm(), quiet(1)], when: [p(_), not(alarm())]),
        (name: "c", then: [loud(x), louder(add(x, 1))], when: [alarm(), p(x)]),
    ], facts: [p(1), p(3)])"#;
    gives(rules, "alarm", &["()"]);
    gives(rules, "calm", &[]);
    gives(rules, "loud", &["(1)", "(3)"]);
    gives(rules, "louder", &["(2)", "(4)"]);
}

#[test]
fn repeated_variables_and_constants_select() {
    let rules = r#"(rules: [
        (name: "same", then: same(x), when: [p(x, x, _)]),
        (name: "const", then: c(y), when: [p(1, y, "a")]),
        (name: "named", then: n(x), when: [q(right: x)]),
    ], relations: [q(left: int, right: int)], facts: [p(1, 1, "a"), p(1, 2, "a"), p(3, 3, "b"), p(1, 5, "b"), q(7, 8)])"#;
    gives(rules, "same", &["(1)", "(3)"]);
    gives(rules, "c", &["(1)", "(2)"]);
    gives(rules, "n", &["(8)"]);
}

#[test]
fn large_and_negative_numbers_are_kept() {
    let rules = r#"(rules: [(name: "a", then: q(sub(x, 1)), when: [p(x)])],
        facts: [p(-9223372036854775807), p(9223372036854775807), p(2147483648), p(0)])"#;
    gives(rules, "q", &["(-9223372036854775808)", "(-1)", "(2147483647)", "(9223372036854775806)"]);
}

#[track_caller]
fn fails(rules: &str, budget: Budget, expected: &[&str]) {
    let program = checked(rules);
    for backend in [&Frog as &dyn Backend, &Naive] {
        let error =
            derived(backend, &program, &Options { budget, ..Options::default() }).unwrap_err().to_string();
        for part in expected {
            assert!(error.contains(part), "no `{part}` in: {error}");
        }
    }
}

#[test]
fn computations_without_result_name_rule_and_values() {
    let usual = Budget::default();
    fails(
        r#"(rules: [(name: "half", then: q(div(1, x)), when: [p(x)])], facts: [p(0)])"#,
        usual,
        &["half", "div(1, 0)"],
    );
    fails(
        r#"(rules: [(name: "up", then: q(add(x, 1)), when: [p(x)])], facts: [p(9223372036854775807)])"#,
        usual,
        &["up", "overflow"],
    );
    fails(
        r#"(rules: [(name: "int", then: q(to_int(x)), when: [p(x)])], facts: [p("x1")])"#,
        usual,
        &["int", "x1"],
    );
}

#[test]
fn runaway_recursion_ends_at_its_rounds() {
    let rules = r#"(rules: [(name: "onwards", then: n(add(x, 1)), when: [n(x)])], facts: [n(0)])"#;
    fails(rules, Budget { rounds: 50, ..Budget::default() }, &["onwards", "50 rounds"]);
    fails(rules, Budget { tuples: 60, ..Budget::default() }, &["onwards", "60 tuples"]);
}

#[test]
fn a_cross_product_ends_at_its_tuples() {
    let rules = r#"(rules: [
        (name: "all", then: p(x), when: [range(x, 0, 2000)]),
        (name: "pairs", then: q(x, y), when: [p(x), p(y)]),
    ])"#;
    fails(rules, Budget { tuples: 100_000, ..Budget::default() }, &["pairs", "100000 tuples"]);
}
