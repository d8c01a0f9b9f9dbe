//! Random programs: every derived fact has a proof that the checker accepts.

use super::broken::mutants;
use super::*;
use proptest::prelude::*;

/// A body from a menu that is safe in any combination.
fn body(stratum: usize) -> impl Strategy<Value = String> {
    let lower = ["e(x, y)", "e(y, x)", "p0(x, y)", "p0(y, z)", "e(y, z)"];
    let same = [format!("p{stratum}(x, y)"), format!("p{stratum}(z, y)"), format!("p{stratum}(y, z)")];
    let tests = [
        "ne(x, y)",
        "lt(x, y)",
        "not(e(y, x))",
        "not(e(x, _))",
        "gt(count([e(x, _)]), 1)",
        "eq(y, max(m, [e(x, m)]))",
        "le(count(m, [e(y, m), ne(m, x)]), 2)",
        "eq(x, least(x, y))",
        "gt(sum(m, [e(x, m)]), y)",
    ];
    let lower: Vec<String> =
        lower.iter().map(|text| text.replace("p0", if stratum > 1 { "p1" } else { "e" })).collect();
    let atom = prop_oneof![
        prop::sample::select(lower.clone()),
        prop::sample::select(same.to_vec()),
        prop::sample::select(lower),
    ];
    let test = prop::sample::select(tests.to_vec());
    (prop::collection::vec(atom, 0..3), prop::option::of(test)).prop_map(|(mut atoms, test)| {
        atoms.insert(0, "e(x, y)".to_owned());
        atoms.extend(test.map(str::to_owned));
        atoms.join(", ")
    })
}

fn rule(stratum: usize) -> impl Strategy<Value = String> {
    let head = prop::sample::select(vec!["(x, y)", "(y, x)", "(x, x)", "(x, 3)"]);
    (head, body(stratum)).prop_map(move |(head, body)| format!("(then: p{stratum}{head}, when: [{body}])"))
}

fn program() -> impl Strategy<Value = String> {
    let edges = prop::collection::vec((0..5i64, 0..5i64), 1..10);
    let rules = (prop::collection::vec(rule(1), 1..4), prop::collection::vec(rule(2), 0..4));
    (edges, rules, any::<bool>()).prop_map(|(edges, (first, second), least)| {
        let mut rules = first;
        rules.extend(second);
        if least {
            rules.push("(then: d(x, min(0)), when: [e(x, 0)])".to_owned());
            rules.push("(then: d(y, min(add(n, x))), when: [d(x, n), e(x, y)])".to_owned());
            rules.push("(then: d(y, min(greatest(n, 3))), when: [d(x, n), e(y, x)])".to_owned());
        }
        let edges: Vec<String> = edges.iter().map(|(a, b)| format!("e({a}, {b})")).collect();
        format!(
            "relations: [e(a: int, b: int), p1(a: int, b: int), p2(a: int, b: int)], rules: [{}], facts: [{}]",
            rules.join(", "),
            edges.join(", ")
        )
    })
}

/// Rules over dates and texts, with functions, several heads and bound results.
fn varied_program() -> impl Strategy<Value = String> {
    let date = prop::sample::select(vec!["", "2020", "2020-03", "2020-03-09", "2021-05-06"]);
    let text = prop::sample::select(vec!["a", "ab", "b", "ba"]);
    let fact =
        (0..4i64, date, text).prop_map(|(n, date, text)| format!("s({n}, date(\"{date}\"), \"{text}\")"));
    let binders = vec![
        "eq(n, year(d))",
        "eq(days_between(d, f), n)",
        "range(n, x, y)",
        "eq(n, length(t))",
        "eq(n, count(v, [s(v, d, _)]))",
        "eq(n, count([s(_, d, w)]))",
        "eq(sum(v, [s(v, _, t)]), n)",
        "eq(n, min(v, [s(v, f, _), lt(v, x)]))",
        "eq(n, max(k, [s(v, _, _), eq(k, count([s(v, g, _), before(g, f)]))]))",
    ];
    let tests = vec![
        "before(d, f)",
        "within(d, f)",
        "not(after(d, f))",
        "not(s(_, f, t))",
        "not(s(x, _, concat(t, u)))",
        "not(w(year(d)))",
        "contains(t, u)",
        "not(eq(year(d), year(f)))",
        "o(y, z)",
        "o(x, x)",
        "w(add(x, y))",
    ];
    let heads =
        prop::sample::select(vec!["o(x, y)", "o(x, HEAD)", "[o(HEAD, x), l(concat(t, u))]", "l(lower(t))"]);
    let rule = (
        heads,
        prop::option::of(prop::sample::select(binders)),
        prop::collection::vec(prop::sample::select(tests), 0..3),
    );
    let rule = rule.prop_map(|(head, binder, tests)| {
        let head = head.replace("HEAD", if binder.is_some() { "n" } else { "y" });
        let body: Vec<&str> = ["s(x, d, t)", "s(y, f, u)"].into_iter().chain(binder).chain(tests).collect();
        format!("(then: {head}, when: [{}])", body.join(", "))
    });
    (prop::collection::vec(fact, 1..7), prop::collection::vec(rule, 1..4)).prop_map(|(facts, rules)| {
        format!(
            "relations: [s(x: int, d: date, t: text), w(y: int), o(a: int, b: int), l(t: text)],
            rules: [{}], facts: [w(2020), w(2), {}]",
            rules.join(", "),
            facts.join(", ")
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_derived_fact_of_a_random_program_is_proved(text in program()) {
        let world = World::new(&text);
        let frog = World::by(&Frog, &text);
        for relation in world.program.relations() {
            for row in world.database.rows(&relation.name) {
                let proof = world.prove(&relation.name, &row);
                prop_assert_eq!(world.verify(&proof), Ok(()), "{}", draw(&proof));
                for mutant in mutants(&proof).into_iter().step_by(7) {
                    prop_assert!(world.verify(&mutant).is_err(), "accepted:\n{}", draw(&mutant));
                }
                let source = AtOnce(&world.database);
                let proof = prove(&world.program, &source, &relation.name, &row, &Limits::default()).unwrap();
                prop_assert_eq!(world.verify(&proof), Ok(()), "at once: {}", draw(&proof));
                let proof = frog.prove(&relation.name, &row);
                prop_assert_eq!(frog.verify(&proof), Ok(()), "by frog: {}", draw(&proof));
                if relation.extremum.is_none() {
                    // Without a `min` in between, births alone lead to a proof.
                    let births = Limits { ranked: 0, ..Limits::default() };
                    for world in [&world, &frog] {
                        let proof = prove(&world.program, &world.database, &relation.name, &row, &births);
                        prop_assert!(proof.is_some_and(|proof| proof.is_complete()), "{:?}", row);
                    }
                }
                let all = all_reasons(&world.program, &world.database, &relation.name, &row, &Limits::default());
                prop_assert!(!all.is_empty());
                for proof in all {
                    prop_assert_eq!(world.verify(&proof), Ok(()), "{}", draw(&proof));
                }
            }
        }
    }

    #[test]
    fn what_does_not_hold_has_a_nearest_miss_and_no_proof(text in program(), a in 0..6i64, b in 0..6i64) {
        let world = World::new(&text);
        let row = [Value::Int(a), Value::Int(b)];
        let limits = Limits::default();
        let misses = nearest_miss(&world.program, &world.database, &Missing::new("p1", &open(&row)), &limits);
        let proof = prove(&world.program, &world.database, "p1", &row, &limits);
        let rules = world.program.rules().iter();
        let about = rules.filter(|rule| rule.heads.iter().any(|head| &*world.program.relation(head.0).name == "p1"));
        prop_assert_eq!(misses.len(), if proof.is_some() { 0 } else { about.count() });
    }

    #[test]
    fn functions_dates_and_several_heads_are_proved_too(text in varied_program()) {
        for world in [World::by(&Naive, &text), World::by(&Frog, &text)] {
            for relation in world.program.relations() {
                for row in world.database.rows(&relation.name) {
                    let proof = world.prove(&relation.name, &row);
                    prop_assert_eq!(world.verify(&proof), Ok(()), "{}", draw(&proof));
                    for proof in
                        all_reasons(&world.program, &world.database, &relation.name, &row, &Limits::default())
                    {
                        prop_assert_eq!(world.verify(&proof), Ok(()), "{}", draw(&proof));
                    }
                }
            }
        }
    }
}
