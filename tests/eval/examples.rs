//! Rows and births that programs should give, on both back ends; limits.

use super::checked as program;
use katak::base::Value;
use katak::eval::{Backend, Budget, Database, EvalError, Evaluation, Frog, Naive, Options};
use katak::plan::plan;
use std::time::Duration;

fn run(text: &str, options: &Options) -> Result<Evaluation, EvalError> {
    let program = program(text);
    let plan = plan(&program, None);
    let frog = Frog.evaluate(&program, &plan, Database::new(), options);
    let naive = Naive.evaluate(&program, &plan, Database::new(), options);
    if let (Ok(frog), Ok(naive)) = (&frog, &naive) {
        for relation in program.relations() {
            let any: Vec<Option<Value>> = vec![None; relation.columns.len()];
            let (a, b) =
                (frog.database.scan(&relation.name, &any), naive.database.scan(&relation.name, &any));
            assert_eq!(a, b, "{}", relation.name);
        }
    }
    let error = |e: &EvalError| matches!(e, EvalError::Run { .. });
    assert_eq!(frog.as_ref().err().map(error), naive.as_ref().err().map(error));
    frog
}

/// Rows of one relation of a program, as text.
fn rows(text: &str, relation: &str) -> Vec<String> {
    let options = Options { provenance: true, ..Options::default() };
    let found = run(text, &options).unwrap_or_else(|error| panic!("{error}"));
    let rows = found.database.rows(relation);
    assert_eq!(found.database.len(relation), rows.len());
    rows.iter().map(|r| r.iter().map(Value::to_string).collect::<Vec<_>>().join(" ")).collect()
}

/// A program of rules (each `then: … , when: …`) and facts.
fn source(relations: &str, facts: &str, rules: &[&str]) -> String {
    let rules: Vec<String> =
        rules.iter().enumerate().map(|(n, r)| format!("(name: \"r{n}\", {r})")).collect();
    format!("(relations: [{relations}], facts: [{facts}], rules: [{}])", rules.join(",\n"))
}

const EDGES: &str = "edge(1, 2), edge(2, 3), edge(3, 1), edge(3, 4), edge(7, 7)";

#[test]
fn recursion_reaches_the_fixpoint() {
    for step in ["[path(x, y), edge(y, z)]", "[edge(x, y), path(y, z)]", "[path(x, y), path(y, z)]"] {
        let rules = ["then: path(x, y), when: [edge(x, y)]", &format!("then: path(x, z), when: {step}")];
        let text = source("edge(a: int, b: int)", EDGES, &rules);
        let found = rows(&text, "path");
        let expected = "1 1,1 2,1 3,1 4,2 1,2 2,2 3,2 4,3 1,3 2,3 3,3 4,7 7";
        assert_eq!(found.join(","), expected);
    }
}

#[test]
fn closures_of_every_shape_agree_with_and_without_rounds() {
    let mut seed = 5u64;
    let mut next = |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % n
    };
    for step in [
        "[p(x, y), e(y, z)]",
        "[e(y, z), p(x, y)]",
        "[e(x, y), p(y, z)]",
        "[p(x, y), p(y, z)]",
        "[p(y, x), e(y, z)]",
        "[p(x, y), e(z, y)]",
    ] {
        for base in ["e(x, y)", "f(x, y)", "f(y, x), not(e(x, y))"] {
            let rules = [format!("then: p(x, y), when: [{base}]"), format!("then: p(x, z), when: {step}")];
            let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
            for name in ["e", "f", "p"] {
                let far = ["", "0000000000"][next(2) as usize];
                let mut facts = format!("e(1, 2), f(2, 3), e(4, 4), {name}(7{far}, 1)");
                for _ in 0..next(14) {
                    facts += &format!(", {}({}, {})", ["e", "f"][next(2) as usize], next(9), next(9));
                }
                let relations = "e(a: int, b: int), f(a: int, b: int), p(a: int, b: int)";
                let text = source(relations, &facts, &rules);
                let program = program(&text);
                let plan = plan(&program, None);
                let by = |backend: &dyn Backend, provenance| {
                    let options = Options { provenance, ..Options::default() };
                    let found = backend.evaluate(&program, &plan, Database::new(), &options);
                    found.unwrap_or_else(|error| panic!("{error}")).database.rows("p")
                };
                let expected = by(&Naive, true);
                assert_eq!(by(&Frog, false), expected, "{text}");
                assert_eq!(by(&Frog, true), expected, "{text}");
            }
        }
    }
}

#[test]
fn given_rows_of_a_derived_relation_take_part() {
    let rules = ["then: path(x, z), when: [path(x, y), edge(y, z)]"];
    let text = source("edge(a: int, b: int)", "edge(1, 2), edge(2, 3), path(0, 1)", &rules);
    assert_eq!(rows(&text, "path").join(","), "0 1,0 2,0 3");
}

#[test]
fn mutual_recursion_and_several_heads() {
    let rules = [
        "then: even(0)",
        "then: [odd(m), seen(n, m)], when: [even(n), eq(m, add(n, 1)), lt(m, 6)]",
        "then: [even(m), seen(n, m)], when: [odd(n), eq(m, add(n, 1)), lt(m, 6)]",
    ];
    let text = source("even(n: int)", "", &rules);
    assert_eq!(rows(&text, "even").join(","), "0,2,4");
    assert_eq!(rows(&text, "odd").join(","), "1,3,5");
    assert_eq!(rows(&text, "seen").len(), 5);
}

#[test]
fn negation_sees_complete_relations_and_wildcards_are_any() {
    let rules = [
        "then: path(x, y), when: [edge(x, y)]",
        "then: path(x, z), when: [path(x, y), edge(y, z)]",
        "then: node(x), when: [edge(x, _)]",
        "then: node(x), when: [edge(_, x)]",
        "then: apart(x, y), when: [node(x), node(y), not(path(x, y))]",
        "then: end(x), when: [node(x), not(edge(x, _))]",
        "then: start(x), when: [node(x), not(edge(_, x))]",
    ];
    let text = source("edge(a: int, b: int)", EDGES, &rules);
    assert_eq!(rows(&text, "apart").join(","), "1 7,2 7,3 7,4 1,4 2,4 3,4 4,4 7,7 1,7 2,7 3,7 4");
    assert_eq!(rows(&text, "end").join(","), "4");
    assert_eq!(rows(&text, "start").join(","), "");
}

#[test]
fn aggregates_group_nest_and_test() {
    let facts = "rival(\"a\", \"b\"), rival(\"a\", \"c\"), rival(\"b\", \"a\"), worth(\"a\", 3), worth(\"b\", 5), worth(\"c\", 5)";
    let rules = [
        "then: firm(x), when: [worth(x, _)]",
        "then: rivals(x, n), when: [firm(x), eq(n, count(r, [rival(x, r)]))]",
        "then: many(x), when: [firm(x), gt(count([rival(x, _)]), 0)]",
        "then: pairs(n), when: [eq(n, count([rival(x, y)]))]",
        "then: total(n), when: [eq(n, sum(w, [worth(x, w)]))]",
        "then: values(n), when: [eq(n, count(w, [worth(_, w)]))]",
        "then: top(x), when: [worth(x, w), eq(w, max(v, [worth(_, v)]))]",
        "then: low(x, n), when: [firm(x), eq(n, min(w, [rival(x, r), worth(r, w)]))]",
        "then: busy(n), when: [eq(n, count(x, [firm(x), gt(count(r, [rival(x, r)]), 1)]))]",
        "then: rivalworth(x, n), when: [firm(x), eq(n, sum(w, [rival(x, r), worth(r, w)]))]",
        "then: plain(n), when: [eq(n, sum(w, [worth(_, w)]))]",
    ];
    let text = source("rival(a: text, b: text), worth(a: text, n: int)", facts, &rules);
    assert_eq!(rows(&text, "rivals").join(","), "a 2,b 1,c 0");
    assert_eq!(rows(&text, "many").join(","), "a,b");
    assert_eq!(rows(&text, "pairs").join(","), "3");
    assert_eq!(rows(&text, "total").join(","), "13");
    assert_eq!(rows(&text, "values").join(","), "2");
    assert_eq!(rows(&text, "top").join(","), "b,c");
    assert_eq!(rows(&text, "low").join(","), "a 5,b 3");
    assert_eq!(rows(&text, "busy").join(","), "1");
    assert_eq!(rows(&text, "rivalworth").join(","), "a 10,b 3,c 0");
    // Wildcards are projected away: 5 stands once.
    assert_eq!(rows(&text, "plain").join(","), "8");
}

#[test]
fn the_least_is_kept_while_recursing() {
    let rules = [
        "then: distance(\"s\", min(0))",
        "then: distance(y, min(add(d, w))), when: [distance(x, d), road(x, y, w)]",
        "then: farthest(x, max(d)), when: [distance(x, d)]",
    ];
    let facts = "road(\"s\", \"a\", 9), road(\"s\", \"b\", 1), road(\"b\", \"c\", 1), road(\"c\", \"a\", 1), road(\"a\", \"s\", 1), road(\"a\", \"t\", 100000000000)";
    let text = source("road(a: text, b: text, w: int)", facts, &rules);
    assert_eq!(rows(&text, "distance").join(","), "a 3,b 1,c 2,s 0,t 100000000003");
}

#[test]
fn functions_and_tests_compute() {
    let rules = [
        "then: n(add(x, 1), mul(x, x), neg(x), div(x, 2), rem(x, 2), pow(x, 2)), when: [v(x)]",
        "then: t(upper(s), length(s), slice(s, 1, 2), concat(s, \"-\", s), replace(s, \"a\", \"b\")), when: [w(s)]",
        "then: bits(band(x, 6), bor(x, 8), bxor(x, 1), shl(x, 2), shr(x, 1)), when: [v(x)]",
        "then: dates(year(d), month(d)), when: [day(d)]",
        "then: early(d), when: [day(d), before(d, date(\"2020-03\"))]",
        "then: inside(d), when: [day(d), within(d, date(\"2020\"))]",
        "then: span(days_between(a, b)), when: [day(a), day(b), lt(a, b)]",
        "then: word(s), when: [w(s), matches(s, \"[a-z]+\"), not(contains(s, \"zz\"))]",
        "then: r(x, y), when: [v(y), range(x, 0, y)]",
        "then: wide(z), when: [v(x), price(p), eq(z, mul(x, p)), gt(p, 1)]",
        "then: same(x), when: [price(x), eq(x, n), v(n)]",
        "then: lo(least(x, 2), greatest(x, 2)), when: [v(x)]",
        "then: next(x), when: [v(x), v(add(x, 4))]",
        "then: num(to_int(\"+12\"), to_text(x)), when: [v(x)]",
    ];
    let facts = "v(-3), v(1), v(3), w(\"añb\"), w(\"abc\"), day(date(\"2020-02-29\")), day(date(\"2021\")), price(1.50), price(3), price(0.1)";
    let text = source("v(x: int), w(s: text), day(d: date), price(p: decimal)", facts, &rules);
    let all = |relation: &str| rows(&text, relation).join(",");
    assert_eq!(all("n"), "-2 9 3 -1 -1 9,2 1 -1 0 1 1,4 9 -3 1 1 9");
    assert_eq!(all("t"), "ABC 3 bc abc-abc bbc,AÑB 3 ñb añb-añb bñb");
    assert_eq!(all("bits"), "0 9 0 4 0,2 11 2 12 1,4 -3 -4 -12 -2");
    // The month of 2021 is not known.
    assert_eq!(all("dates"), "2020 2");
    assert_eq!(all("early"), "2020-02-29");
    assert_eq!(all("inside"), "2020-02-29");
    assert_eq!(all("span"), "307");
    assert_eq!(all("word"), "abc");
    assert_eq!(all("r"), "0 1,0 3,1 3,2 3");
    assert_eq!(all("wide"), "-9,-4.5,1.5,3,4.5,9");
    assert_eq!(all("same"), "3");
    assert_eq!(all("lo"), "-3 2,1 2,2 3");
    assert_eq!(all("next"), "-3");
    assert_eq!(all("num"), "12 -3,12 1,12 3");
}

#[test]
fn nullary_relations_and_repeated_variables() {
    let rules = [
        "then: alarm(), when: [edge(x, x)]",
        "then: calm(), when: [not(alarm())]",
        "then: follows(x), when: [alarm(), edge(x, 4)]",
    ];
    let text = source("edge(a: int, b: int)", EDGES, &rules);
    assert_eq!(rows(&text, "alarm").len(), 1);
    assert_eq!(rows(&text, "calm").len(), 0);
    assert_eq!(rows(&text, "follows").join(","), "3");
}

#[test]
fn births_are_older_than_what_they_bring() {
    let rules = ["then: path(x, y), when: [edge(x, y)]", "then: path(x, z), when: [path(x, y), edge(y, z)]"];
    let text = source("edge(a: int, b: int)", "edge(1, 2), edge(2, 3), edge(3, 4)", &rules);
    let found = run(&text, &Options { provenance: true, ..Options::default() }).unwrap();
    let round =
        |a, b| found.database.birth("path", &[Value::Int(a), Value::Int(b)]).map(|b| (b.stratum, b.round));
    assert_eq!(round(1, 2), Some((1, 1)));
    assert_eq!(round(1, 3), Some((1, 2)));
    assert_eq!(round(1, 4), Some((1, 3)));
    assert_eq!(round(4, 1), None);
    let edge = found.database.birth("edge", &[Value::Int(1), Value::Int(2)]);
    assert_eq!(edge.map(|b| b.stratum), Some(0));
    let second = found.database.scan("path", &[None, Some(Value::Int(4))]);
    assert_eq!(second.len(), 3);
}

#[test]
fn runaway_recursion_names_rule_and_limit() {
    let rules = ["then: nat(0)", "then: nat(add(n, 1)), when: [nat(n)]"];
    let budget = Budget { rounds: 50, ..Budget::default() };
    let error = run(&source("", "", &rules), &Options { budget, ..Options::default() }).unwrap_err();
    assert_eq!(error, EvalError::Limit { rule: "r1".into(), limit: "rounds", value: 50 });
}

#[test]
fn a_cross_product_stops_inside_the_loop() {
    let rules = ["then: v(x), when: [range(x, 0, 20000)]", "then: pair(x, y), when: [v(x), v(y)]"];
    let program = program(&source("", "", &rules));
    let plan = plan(&program, None);
    for (budget, limit) in [
        (Budget { tuples: 100_000, ..Budget::default() }, "tuples"),
        (Budget { bytes: 8 << 20, ..Budget::default() }, "bytes"),
        (Budget { time: Some(Duration::from_millis(50)), ..Budget::default() }, "seconds"),
    ] {
        let start = std::time::Instant::now();
        let options = Options { budget, ..Options::default() };
        match Frog.evaluate(&program, &plan, Database::new(), &options) {
            Err(EvalError::Limit { rule, limit: reached, .. }) => {
                assert_eq!((&*rule, reached), ("r1", limit));
            }
            other => panic!("{limit}: {:?}", other.map(|e| e.stats)),
        }
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn what_a_rule_found_counts_while_the_next_one_runs() {
    let pairs = ["then: v(x), when: [range(x, 0, 225)]", "then: pair(x, y), when: [v(x), v(y)]"];
    let more = "then: pair(add(x, 1000), y), when: [v(x), v(y)]";
    let budget = Budget { bytes: 1 << 20, ..Budget::default() };
    for threads in [1, 2] {
        let options = Options { budget, threads, ..Options::default() };
        let found = |rules: &[&str]| {
            let program = program(&source("", "", rules));
            Frog.evaluate(&program, &plan(&program, None), Database::new(), &options)
        };
        assert!(found(&pairs).is_ok());
        let error = found(&[pairs[0], pairs[1], more]).unwrap_err();
        assert_eq!(error, EvalError::Limit { rule: "r2".into(), limit: "bytes", value: 1 << 20 });
    }
}

#[test]
fn what_cannot_be_computed_names_rule_and_values() {
    let rules = ["then: q(div(7, x)), when: [v(x)]"];
    let error = run(&source("v(x: int)", "v(0)", &rules), &Options::default()).unwrap_err();
    assert!(matches!(&error, EvalError::Run { rule, .. } if &**rule == "r0"), "{error}");
    // A filter runs first, wherever it is written.
    let rules = ["then: q(z), when: [v(x), eq(z, div(7, x)), ne(x, 0)]"];
    let program = program(&source("v(x: int)", "v(0), v(2)", &rules));
    let found = Frog.evaluate(&program, &plan(&program, None), Database::new(), &Options::default()).unwrap();
    assert_eq!(found.database.rows("q"), [[Value::Int(3)]]);
}

#[test]
fn only_what_is_asked_for_runs() {
    let rules = ["then: a(x), when: [v(x)]", "then: b(x), when: [a(x)]", "then: c(x), when: [v(x)]"];
    let program = program(&source("v(x: int)", "v(1)", &rules));
    let only = plan(&program, program.find("b").as_ref().map(std::slice::from_ref));
    let found = Frog.evaluate(&program, &only, Database::new(), &Options::default()).unwrap();
    assert_eq!((found.database.len("b"), found.database.len("c")), (1, 0));
    assert_eq!(found.stats.rules.len(), 2);
    assert_eq!(found.stats.rules[0].new, 1);
}

#[test]
fn texts_that_double_end_at_their_limit() {
    let rules = ["then: t(\"ab\")", "then: t(concat(x, x)), when: [t(x)]"];
    let program = program(&source("t(x: text)", "", &rules));
    let error = Frog.evaluate(&program, &plan(&program, None), Database::new(), &Options::default());
    let error = error.map(|e| e.stats).unwrap_err();
    assert!(matches!(&error, EvalError::Run { rule, .. } if &**rule == "r1"), "{error}");
}
