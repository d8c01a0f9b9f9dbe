//! Several threads derive the same rows, at the same rounds, as one.

use super::checked;
use katak::base::Value;
use katak::eval::{Backend, Database, Frog, Options};
use katak::plan::plan;

/// Rows that look random: enough for every rule to be split.
fn given(nodes: u64, edges: usize) -> Database {
    let mut database = Database::new();
    let mut seed = 3u64;
    let mut next = |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 33) % n) as i64
    };
    for relation in ["e", "f"] {
        for _ in 0..edges {
            let row = [Value::Int(next(nodes)), Value::Int(next(nodes))];
            database.insert(relation, &row);
        }
    }
    database.settle();
    database
}

#[track_caller]
fn agrees(nodes: u64, edges: usize, rules: &[&str]) {
    let rules: Vec<String> =
        rules.iter().enumerate().map(|(n, r)| format!("(name: \"r{n}\", {r})")).collect();
    let text = format!("(relations: [e(a: int, b: int), f(a: int, b: int)], rules: [{}])", rules.join(", "));
    let program = checked(&text);
    let plan = plan(&program, None);
    let given = given(nodes, edges);
    for provenance in [false, true] {
        let by = |threads| {
            let options = Options { threads, provenance, ..Options::default() };
            let found = Frog.evaluate(&program, &plan, given.clone(), &options);
            let found = found.unwrap_or_else(|error| panic!("{error}"));
            let rows = program.relations().iter().map(|r| {
                let any: Vec<Option<Value>> = vec![None; r.columns.len()];
                (r.name.clone(), found.database.scan(&r.name, &any))
            });
            let rows: Vec<_> = rows.collect();
            let cost = found.stats.rules.iter().map(|r| (r.rule.clone(), r.new, r.known));
            (rows, cost.collect::<Vec<_>>())
        };
        let alone = by(1);
        assert!(alone.0.iter().any(|r| r.1.len() > 5000), "enough to be split");
        assert!(by(2) == alone, "two threads, provenance: {provenance}");
        assert!(by(5) == alone, "five threads, provenance: {provenance}");
    }
}

#[test]
fn closures_split_by_source() {
    for step in ["[p(x, y), e(y, z)]", "[e(x, y), p(y, z)]", "[p(x, y), p(y, z)]"] {
        let step = format!("then: p(x, z), when: {step}");
        agrees(300, 500, &["then: p(x, y), when: [e(x, y)]", "then: p(x, y), when: [f(x, y)]", &step]);
    }
    agrees(300, 400, &["then: p(x, y), when: [f(x, y)]", "then: p(x, z), when: [e(x, y), p(y, z)]"]);
}

#[test]
fn joins_intersections_and_negation_split_by_rows() {
    agrees(
        200,
        4000,
        &[
            "then: triangle(x, y, z), when: [e(x, y), e(y, z), e(x, z)]",
            "then: shared(x, y, z), when: [e(x, z), f(y, z), lt(x, y), not(e(x, y))]",
            "then: turned(z, x), when: [e(x, y), f(y, z)]",
            "then: counted(x, y, n), when: [shared(x, y, _), eq(n, count(z, [shared(x, y, z)]))]",
        ],
    );
}

#[test]
fn recursion_splits_the_new_rows_of_a_round() {
    agrees(
        130,
        150,
        &[
            "then: points(x, y), when: [f(x, y)]",
            "then: points(x, z), when: [e(x, y), points(y, z)]",
            "then: points(x, w), when: [f(y, x), points(y, z), points(z, w)]",
            "then: both(x, y), when: [points(x, y), points(y, x)]",
        ],
    );
}
