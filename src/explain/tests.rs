//! Small programs, their proofs, and broken proofs.

use super::*;
use crate::analysis::{StratifiedProgram, check};
use crate::base::{EntityNames, SourceId, Value};
use crate::eval::{Backend, Database, Frog, Naive, Options};

mod broken;
mod random;

/// A checked program, evaluated.
pub(super) struct World {
    pub program: StratifiedProgram,
    pub database: Database,
}

impl World {
    pub fn new(text: &str) -> World {
        World::by(&Naive, text)
    }

    pub fn by(backend: &dyn Backend, text: &str) -> World {
        let text = format!("({text})");
        let parsed = crate::syntax::parse_program(&text, SourceId::default());
        let parsed = parsed.unwrap_or_else(|found| panic!("{found:#?}\n{text}"));
        let checked = check(&parsed.program, &EntityNames::new());
        let found = checked.diagnostics;
        let program = checked.program.unwrap_or_else(|| panic!("{found:#?}\n{text}"));
        let plan = crate::plan::plan(&program, None);
        let options = Options { provenance: true, ..Options::default() };
        let run = backend.evaluate(&program, &plan, Database::new(), &options).expect("the program runs");
        World { program, database: run.database }
    }

    pub fn prove(&self, relation: &str, row: &[Value]) -> Proof {
        prove(&self.program, &self.database, relation, row, &Limits::default()).expect("the fact holds")
    }

    pub fn verify(&self, proof: &Proof) -> Result<(), String> {
        verify(&self.program, &self.database, proof)
    }

    /// The proof as lines, and that it is accepted.
    fn shown(&self, relation: &str, row: &[Value]) -> String {
        let proof = self.prove(relation, row);
        assert_eq!(self.verify(&proof), Ok(()), "{}", draw(&proof));
        draw(&proof)
    }
}

/// A proof as indented lines.
pub(super) fn draw(proof: &Proof) -> String {
    let mut out = String::new();
    draw_under(proof, 0, &mut out);
    out
}

fn draw_under(proof: &Proof, level: usize, out: &mut String) {
    let mut line = |level: usize, text: String| {
        out.push_str(&"  ".repeat(level));
        out.push_str(&text);
        out.push('\n');
    };
    match &proof.reason {
        Reason::Given => line(level, format!("{} given", proof.fact)),
        Reason::Unshown(why) => line(level, format!("{} {why:?}", proof.fact)),
        Reason::Rule(derivation) => {
            line(level, format!("{} by {}", proof.fact, derivation.name));
            for (language, prose) in &derivation.prose {
                line(level + 1, format!("{language}: {prose}"));
            }
            for premise in &derivation.premises {
                match premise {
                    Premise::Fact(proof) => draw_under(proof, level + 1, out),
                    Premise::Absent { relation, pattern } => {
                        out.push_str(&"  ".repeat(level + 1));
                        out.push_str(&format!("no {}\n", text::pattern(relation, pattern)));
                    }
                    Premise::Test(text) => {
                        out.push_str(&"  ".repeat(level + 1));
                        out.push_str(&format!("{text}\n"));
                    }
                    Premise::Aggregate(said) => {
                        out.push_str(&"  ".repeat(level + 1));
                        out.push_str(&format!("{} = {} over {}\n", said.text, said.result, said.solutions));
                        for proof in said.rows.iter().flat_map(|row| &row.facts) {
                            draw_under(proof, level + 2, out);
                        }
                    }
                }
            }
        }
    }
}

fn t(text: &str) -> Value {
    Value::text(text)
}

/// A pattern that only this row fits.
pub(super) fn open(row: &[Value]) -> Vec<Option<Value>> {
    row.iter().cloned().map(Some).collect()
}

fn e(name: &str) -> Value {
    Value::entity(name)
}

pub(super) const PATHS: &str = r#"
    relations: [edge(a: text, b: text), path(a: text, b: text)],
    rules: [
        (name: "step", then: path(a, b), when: [edge(a, b)], because: (en: "{a} leads to {b}")),
        (name: "further", then: path(a, c), when: [path(a, b), edge(b, c)]),
    ],
    facts: [edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("c", "d"), edge("a", "c")],
"#;

#[test]
fn a_recursive_fact_rests_on_earlier_ones() {
    insta::assert_snapshot!(World::new(PATHS).shown("path", &[t("a"), t("a")]));
    insta::assert_snapshot!(World::new(PATHS).shown("path", &[t("b"), t("d")]));
}

#[test]
fn given_facts_need_no_rule_and_missing_ones_have_no_proof() {
    let world = World::new(PATHS);
    assert_eq!(world.prove("edge", &[t("a"), t("b")]).reason, Reason::Given);
    let limits = Limits::default();
    assert_eq!(prove(&world.program, &world.database, "path", &[t("d"), t("a")], &limits), None);
    assert_eq!(prove(&world.program, &world.database, "nothing", &[], &limits), None);
}

pub(super) const COMPANIES: &str = r#"
    relations: [
        rival(a: entity, b: entity), company(c: entity), rivals(c: entity, n: int), alone(c: entity),
        feared(c: entity), claim(id: int, c: entity), score(c: entity, n: int),
    ],
    rules: [
        (name: "counted", then: rivals(c, n), when: [company(c), eq(n, count(r, [rival(c, r)]))]),
        (name: "alone", then: alone(c), when: [company(c), not(rival(c, _))],
         because: (en: "{c} has no rival", id: "{c} tak punya pesaing")),
        (name: "claimed", then: company(c), when: [claim(_, c)]),
        (name: "feared", then: [feared(c), score(c, add(n, 1))],
         when: [rivals(c, n), gt(count(x, [rival(x, c)]), 1), ge(n, max(m, [rivals(_, m)]))]),
    ],
    facts: [claim(1, "A"), claim(2, "B"), claim(3, "C"), claim(4, "A"),
            rival("A", "B"), rival("A", "C"), rival("B", "A"), rival("C", "A"), rival("B", "C"), claim(5, "D")],
"#;

#[test]
fn absences_tests_and_aggregates_are_stated_with_their_values() {
    let world = World::new(COMPANIES);
    insta::assert_snapshot!(world.shown("alone", &[e("D")]));
    insta::assert_snapshot!(world.shown("rivals", &[e("D"), Value::Int(0)]));
    insta::assert_snapshot!(world.shown("score", &[e("A"), Value::Int(3)]));
    let limits = Limits::default();
    let claims = supports(&world.program, &world.database, "feared", &[e("A")], &limits);
    assert_eq!(Vec::from_iter(claims), [1]);
}

#[test]
fn every_reason_is_listed_once() {
    let world = World::new(COMPANIES);
    let limits = Limits::default();
    let all = all_reasons(&world.program, &world.database, "rivals", &[e("A"), Value::Int(2)], &limits);
    assert_eq!(all.len(), 1);
    let world = World::new(PATHS);
    let all = all_reasons(&world.program, &world.database, "path", &[t("a"), t("c")], &limits);
    insta::assert_snapshot!(all.iter().map(draw).collect::<Vec<_>>().join("\n"));
    all.iter().for_each(|proof| assert_eq!(world.verify(proof), Ok(())));
    let one = Limits { reasons: 1, ..limits };
    assert_eq!(all_reasons(&world.program, &world.database, "path", &[t("a"), t("c")], &one).len(), 1);
}

pub(super) const DISTANCES: &str = r#"
    relations: [way(a: text, b: text, w: int), distance(x: text, d: int), near(x: text), capped(x: text, d: int)],
    rules: [
        (name: "start", then: distance("a", min(0)), when: []),
        (name: "onwards", then: distance(y, min(add(d, w))), when: [distance(x, d), way(x, y, w)]),
        (name: "capped", then: capped(y, min(greatest(d, 3))), when: [capped(x, d), way(x, y, _)]),
        (name: "capped start", then: capped("a", min(d)), when: [way("a", _, d)]),
        (name: "capped other", then: capped("b", min(sub(w, 4))), when: [way("c", "d", w)]),
    ],
    facts: [way("a", "b", 9), way("a", "c", 1), way("c", "d", 1), way("d", "b", 1), way("b", "e", 1)],
"#;

#[test]
fn a_least_value_is_proved_by_the_way_that_attains_it() {
    insta::assert_snapshot!(World::new(DISTANCES).shown("distance", &[t("e"), Value::Int(4)]));
}

pub(super) const VARIETY: &str = r#"
    relations: [
        seen(who: entity, on: date, price: decimal), year_of(who: entity, y: int), small(n: int), price(who: entity, p: decimal),
        sum_of(who: entity, p: decimal), busiest(y: int, n: int), label(t: text), flag(b: bool), alarm(), odd(n: int),
    ],
    rules: [
        (name: "year", then: year_of(w, year(d)), when: [seen(w, d, _)]),
        (name: "range", then: small(n), when: [range(n, 0, 3), not(eq(n, 1))]),
        (name: "fixed", then: price(w, 2), when: [seen(w, _, p), gt(p, 2)]),
        (name: "sum", then: sum_of(w, s), when: [seen(w, _, _), eq(s, sum(mul(p, 2), [seen(w, d, p)]))]),
        (name: "busy", then: busiest(y, n), when: [
            year_of(_, y), eq(n, count(w, [year_of(w, y)])),
            eq(n, max(k, [year_of(_, z), eq(k, count(v, [year_of(v, z)]))])),
        ]),
        (name: "both", then: [label(concat("a", t)), flag(true)], when: [eq(t, "b"), seen("X", _, _)]),
        (name: "alarm", then: alarm(), when: [flag(f), eq(f, true)]),
        (name: "next", then: odd(add(n, 2)), when: [odd(n), lt(n, 9)]),
        (name: "first", then: odd(1), when: [alarm()]),
        (name: "diagonal", then: small(n), when: [odd(n), odd(n), year_of(_, m), eq(sub(m, 2015), n)]),
    ],
    facts: [seen("X", date("2020-03"), 1.5), seen("X", date("2020"), 2.5), seen("Y", date("2020-01-02"), 3),
            seen("Z", date("2018"), 1), seen("Z", date(""), 1)],
"#;

#[test]
fn functions_types_ranges_and_nested_aggregates_are_explained() {
    let world = World::new(VARIETY);
    insta::assert_snapshot!(world.shown("busiest", &[Value::Int(2020), Value::Int(2)]));
    insta::assert_snapshot!(world.shown("odd", &[Value::Int(3)]));
    insta::assert_snapshot!(world.shown("sum_of", &[e("X"), Value::Decimal("8".parse().unwrap())]));
}

#[test]
fn every_fact_of_the_small_programs_is_proved_and_accepted() {
    let back_ends: [&dyn Backend; 2] = [&Naive, &Frog];
    for text in [PATHS, COMPANIES, DISTANCES, VARIETY] {
        for world in back_ends.map(|back_end| World::by(back_end, text)) {
            for relation in world.program.relations() {
                for row in world.database.rows(&relation.name) {
                    world.shown(&relation.name, &row);
                }
            }
        }
    }
}

/// Facts whose births say nothing: all of the stratum in one round.
struct AtOnce<'a>(&'a Database);

impl FactSource for AtOnce<'_> {
    fn scan(
        &self,
        relation: &str,
        pattern: &[Option<Value>],
    ) -> Vec<(crate::logic::Tuple, crate::eval::Birth)> {
        let mut rows = self.0.scan(relation, pattern);
        rows.iter_mut().for_each(|row| row.1.round = 0);
        rows
    }

    fn birth(&self, relation: &str, row: &[Value]) -> Option<crate::eval::Birth> {
        self.0.birth(relation, row).map(|birth| crate::eval::Birth { round: 0, ..birth })
    }
}

#[test]
fn facts_are_proved_where_births_decide_nothing() {
    for text in [PATHS, COMPANIES, DISTANCES, VARIETY] {
        let world = World::new(text);
        let source = AtOnce(&world.database);
        for relation in world.program.relations() {
            for row in world.database.rows(&relation.name) {
                let proof = prove(&world.program, &source, &relation.name, &row, &Limits::default()).unwrap();
                assert_eq!(world.verify(&proof), Ok(()), "{}", draw(&proof));
            }
        }
    }
}

#[test]
fn limits_cut_a_proof_and_the_checker_says_so() {
    let world = World::new(PATHS);
    let row = [t("a"), t("d")];
    for limits in [
        Limits { depth: 1, ..Limits::default() },
        Limits { nodes: 1, ..Limits::default() },
        Limits { steps: 3, ..Limits::default() },
    ] {
        let proof = prove(&world.program, &world.database, "path", &row, &limits).unwrap();
        assert!(!proof.is_complete(), "{}", draw(&proof));
        assert!(world.verify(&proof).unwrap_err().contains("cut short"));
    }
}

#[test]
fn what_a_replaced_minimum_led_to_is_called_superseded() {
    let world = World::new(
        r#"relations: [way(a: text, b: text, w: int), d(x: text, n: int), seen(x: text, n: int)],
        rules: [
            (name: "start", then: d("a", min(0)), when: []),
            (name: "on", then: d(y, min(add(n, w))), when: [seen(x, n), way(x, y, w)]),
            (name: "seen", then: seen(x, n), when: [d(x, n)]),
        ],
        facts: [way("a", "b", 9), way("a", "c", 1), way("c", "b", 1)]"#,
    );
    let proof = world.prove("seen", &[t("b"), Value::Int(9)]);
    assert_eq!(proof.reason, Reason::Unshown(Unshown::Superseded));
    assert!(world.verify(&proof).is_err());
    assert_eq!(world.verify(&world.prove("seen", &[t("b"), Value::Int(2)])), Ok(()));
}

#[test]
fn undefined_terms_mean_the_same_to_both_back_ends_and_the_checker() {
    let text = r#"relations: [q(x: int, d: date), r(y: int), p(x: int), s(x: int), u(x: int)],
        rules: [
            (name: "absent", then: p(x), when: [q(x, d), not(r(year(d)))]),
            (name: "unequal", then: s(x), when: [q(x, d), not(eq(year(d), 2020))]),
            (name: "year", then: u(year(d)), when: [q(_, d)]),
        ],
        facts: [q(1, date("2020")), q(2, date("")), q(3, date("2021")), r(2020)]"#;
    let (naive, frog) = (World::by(&Naive, text), World::by(&Frog, text));
    for relation in ["p", "s", "u"] {
        assert_eq!(naive.database.rows(relation), frog.database.rows(relation), "{relation}");
        for row in naive.database.rows(relation) {
            naive.shown(relation, &row);
        }
    }
    insta::assert_snapshot!(naive.shown("p", &[Value::Int(2)]));
}

/// A chain of edges and its closure, made up as it is asked for.
struct Chain(i64);

impl FactSource for Chain {
    fn scan(
        &self,
        relation: &str,
        pattern: &[Option<Value>],
    ) -> Vec<(crate::logic::Tuple, crate::eval::Birth)> {
        let range = |column: usize| match pattern[column] {
            Some(Value::Int(n)) => n..n + 1,
            _ => 0..self.0 + 1,
        };
        let pairs = range(0).flat_map(|a| range(1).map(move |b| vec![Value::Int(a), Value::Int(b)]));
        pairs.filter_map(|row| Some((row.clone(), self.birth(relation, &row)?))).collect()
    }

    fn birth(&self, relation: &str, row: &[Value]) -> Option<crate::eval::Birth> {
        let [Value::Int(a), Value::Int(b)] = row else { return None };
        match (relation, b - a) {
            ("edge", 1) => Some(crate::eval::Birth { stratum: 0, round: 0 }),
            ("path", 1..) => Some(crate::eval::Birth { stratum: 1, round: (b - a) as u32 }),
            _ => None,
        }
    }
}

#[test]
fn a_long_chain_is_proved_as_far_as_the_limits_go_and_onwards_from_there() {
    let world = World::new(PATHS.replace("text", "int").split("facts").next().unwrap());
    let chain = Chain(500);
    let limits = Limits { depth: usize::MAX, ..Limits::default() };
    let mut row = vec![Value::Int(0), Value::Int(500)];
    let mut whole = 0;
    loop {
        let proof = prove(&world.program, &chain, "path", &row, &limits).unwrap();
        let cut: Vec<Fact> = proof.cuts().into_iter().cloned().collect();
        match &cut[..] {
            [] => {
                assert_eq!(verify(&world.program, &chain, &proof), Ok(()));
                break;
            }
            [fact] => row = fact.row.clone(),
            more => panic!("{more:?}"),
        }
        whole += 1;
    }
    assert_eq!((whole, row), (1, vec![Value::Int(0), Value::Int(200)]));
}

/// Tallies of what is derived from what is given, one under the other.
const TALLIES: &str = r#"
    relations: [said(a: text, b: text), rival(a: text, b: text), tally(a: text, n: int), top(n: int)],
    rules: [
        (name: "either way", then: rival(a, b), when: [said(b, a)]),
        (name: "tallied", then: tally(a, n), when: [said(_, a), eq(n, count(b, [rival(a, b)]))]),
        (name: "most", then: top(n), when: [eq(n, max(k, [tally(_, k)]))]),
    ],
    facts: [said("b", "a"), said("c", "a"), said("d", "a"), said("a", "b")]
"#;

#[test]
fn the_rows_of_aggregates_are_proved_down_to_given_facts() {
    let world = World::new(TALLIES);
    let proof = world.prove("top", &[Value::Int(3)]);
    assert_eq!(world.verify(&proof), Ok(()));
    assert!(proof.cuts().is_empty() && !proof.leaves_rows_out(), "{}", draw(&proof));
    let given: Vec<String> =
        proof.facts().into_iter().filter(|f| &*f.relation == "said").map(Fact::to_string).collect();
    assert_eq!(given, [r#"said("b", "a")"#, r#"said("c", "a")"#, r#"said("d", "a")"#]);
}

#[test]
fn rows_that_an_aggregate_leaves_out_and_cuts_under_it_are_told() {
    let world = World::new(TALLIES);
    let within = |limits: Limits| {
        prove(&world.program, &world.database, "top", &[Value::Int(3)], &limits).expect("it holds")
    };
    assert!(within(Limits { rows: 2, ..Limits::default() }).leaves_rows_out());
    for limits in [Limits { depth: 2, ..Limits::default() }, Limits { nodes: 3, ..Limits::default() }] {
        let proof = within(limits);
        assert!(!proof.cuts().is_empty() && !proof.leaves_rows_out(), "{}", draw(&proof));
    }
}

#[test]
fn equal_columns_are_a_condition_of_the_nearest_miss() {
    let world = World::new(COMPANIES);
    let mut row = Missing::new("rival", &[None, None]);
    assert!(misses_of(&world, &row).is_empty(), "there are such rows");
    row.shared = [(0, "x".into()), (1, "x".into())].into();
    assert_eq!(row.to_string(), "rival(x, x)");
    let world = World::new(&PATHS.replace("edge(\"c\", \"a\"), ", ""));
    let loops =
        Missing { shared: [(0, "x".into()), (1, "x".into())].into(), ..Missing::new("path", &[None, None]) };
    let misses = misses_of(&world, &loops);
    assert_eq!(misses.len(), 2);
    assert_eq!(misses[0].failing[0].text, r#"eq("a", "b")"#);
    assert!(misses_of(&World::new(PATHS), &loops).is_empty(), "a leads to itself by c");
}

#[test]
fn a_fact_under_two_premises_is_shown_once() {
    let world = World::new(
        r#"rules: [
            (name: "base", then: p(x), when: [q(x)]),
            (name: "twice", then: pair(x, y), when: [p(x), p(y)]),
        ], facts: [q(1)]"#,
    );
    insta::assert_snapshot!(world.shown("pair", &[Value::Int(1), Value::Int(1)]));
}

#[test]
fn the_nearest_miss_names_what_holds_and_what_fails() {
    let world = World::new(COMPANIES);
    let miss = |relation: &str, row: &[Value]| {
        let misses = misses_of(&world, &Missing::new(relation, &open(row)));
        misses.iter().map(draw_miss).collect::<String>()
    };
    insta::assert_snapshot!(miss("alone", &[e("A")]));
    insta::assert_snapshot!(miss("feared", &[e("B")]));
    insta::assert_snapshot!(miss("rivals", &[e("A"), Value::Int(5)]));
    insta::assert_snapshot!(miss("alone", &[e("Nobody")]));
    assert_eq!(miss("alone", &[e("D")]), "");
    let rumour = World::new(
        r#"relations: [said(who: text, how: text), true_of(who: text)],
        rules: [(name: "believed", then: true_of(x), when: [said(x, "asserted")])],
        facts: [said("a", "reported"), said("b", "asserted"), said("c", "planned")]"#,
    );
    let row = [Some(t("a"))];
    let misses = misses_of(&rumour, &Missing::new("true_of", &row));
    insta::assert_snapshot!(misses.iter().map(draw_miss).collect::<String>(), @r#"
    believed with [("x", Text("a"))]
      fails said("a", "asserted")
        missing said("a", "asserted")
        almost said("a", "reported")
    "#);
    let any = misses_of(&world, &Missing::new("rivals", &[None, Some(Value::Int(5))]));
    insta::assert_snapshot!(any.iter().map(draw_miss).collect::<String>());
    let world = World::new(DISTANCES);
    let misses = misses_of(&world, &Missing::new("distance", &open(&[t("b"), Value::Int(9)])));
    insta::assert_snapshot!(misses[1].failing[0].text);
}

fn misses_of(world: &World, row: &Missing) -> Vec<Miss> {
    nearest_miss(&world.program, &world.database, row, &Limits::default())
}

fn draw_miss(miss: &Miss) -> String {
    let mut out = format!("{} with {:?}\n", miss.name, miss.bindings);
    miss.satisfied.iter().for_each(|text| out.push_str(&format!("  holds {text}\n")));
    for failure in &miss.failing {
        out.push_str(&format!("  fails {}\n", failure.text));
        failure.missing.iter().for_each(|fact| out.push_str(&format!("    missing {fact}\n")));
        failure.almost.iter().for_each(|fact| out.push_str(&format!("    almost {fact}\n")));
        for (text, result) in &failure.aggregates {
            out.push_str(&format!(
                "    {text} = {}\n",
                result.as_ref().map_or("nothing".into(), Value::to_string)
            ));
        }
        failure.in_the_way.iter().for_each(|fact| out.push_str(&format!("    in the way {fact}\n")));
    }
    miss.untried.iter().for_each(|text| out.push_str(&format!("  untried {text}\n")));
    out
}
