//! The evaluator against the same programs written by hand on datafrog, on
//! seeded random data, in one process. Prints one table; below 1 is faster.

use datafrog::{Iteration, Relation, RelationLeaper};
use katak::analysis::{StratifiedProgram, check};
use katak::base::{EntityNames, SourceId, Value};
use katak::eval::{Backend, Database, Frog, Options};
use katak::plan::plan;
use katak::syntax::parse_program;
use std::collections::BTreeSet;
use std::time::Instant;

type Pairs = Vec<(u32, u32)>;

/// A small generator of numbers that look random, the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(n)) as u32
    }

    fn pairs(&mut self, count: usize, n: u32) -> Pairs {
        (0..count).map(|_| (self.below(n), self.below(n))).collect()
    }
}

struct Case {
    name: &'static str,
    rules: &'static str,
    given: Vec<(&'static str, Pairs)>,
    counted: &'static str,
    by_hand: fn(&[(&'static str, Pairs)]) -> usize,
}

const CLOSURE: &str = "(relations: [e(a: int, b: int), p(a: int, b: int)], rules: [
    (name: \"1\", then: p(x, y), when: [e(x, y)]),
    (name: \"2\", then: p(x, z), when: [p(x, y), e(y, z)])])";

fn closure(given: &[(&'static str, Pairs)]) -> usize {
    let edges: Relation<(u32, u32)> = given[0].1.iter().copied().collect();
    let mut iteration = Iteration::new();
    let path = iteration.variable::<(u32, u32)>("path, turned");
    path.extend(edges.iter().map(|(x, y)| (*y, *x)));
    while iteration.changed() {
        path.from_join(&path, &edges, |_, x, z| (*z, *x));
    }
    path.complete().len()
}

fn generation(given: &[(&'static str, Pairs)]) -> usize {
    let children: Relation<(u32, u32)> = given[0].1.iter().map(|(x, p)| (*p, *x)).collect();
    let mut iteration = Iteration::new();
    let same = iteration.variable::<(u32, u32)>("same");
    let half = iteration.variable::<(u32, u32)>("half");
    same.insert(Relation::from_join(&children, &children, |_, x, y| (*x, *y)));
    while iteration.changed() {
        half.from_join(&same, &children, |_, b, x| (*b, *x));
        same.from_join(&half, &children, |_, x, y| (*x, *y));
    }
    same.complete().len()
}

fn triangle(given: &[(&'static str, Pairs)]) -> usize {
    let edges: Relation<(u32, u32)> = given[0].1.iter().copied().collect();
    let mut iteration = Iteration::new();
    let start = iteration.variable::<(u32, u32)>("edges");
    start.insert(edges.clone());
    let found = iteration.variable::<(u32, u32, u32)>("found");
    while iteration.changed() {
        found.from_leapjoin(
            &start,
            (edges.extend_with(|(_, y): &(u32, u32)| *y), edges.extend_with(|(x, _): &(u32, u32)| *x)),
            |(x, y), z| (*x, *y, *z),
        );
    }
    found.complete().len()
}

fn rivals(given: &[(&'static str, Pairs)]) -> usize {
    let by_rival: Relation<(u32, u32)> = given[0].1.iter().map(|(a, r)| (*r, *a)).collect();
    let partners: Relation<(u32, u32)> = given[1].1.iter().copied().collect();
    let mut shared: Vec<(u32, u32, u32)> = Vec::new();
    for group in by_rival.chunk_by(|a, b| a.0 == b.0) {
        for (n, (r, a)) in group.iter().enumerate() {
            for (_, b) in &group[n + 1..] {
                if partners.binary_search(&(*a, *b)).is_err() {
                    shared.push((*a, *b, *r));
                }
            }
        }
    }
    let shared: Relation<(u32, u32, u32)> = Relation::from_vec(shared);
    let counts: Relation<(u32, u32, u32)> =
        shared.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(|g| (g[0].0, g[0].1, g.len() as u32)).collect();
    shared.len() + counts.len()
}

fn checked(text: &str) -> StratifiedProgram {
    let parsed = parse_program(text, SourceId(0)).unwrap_or_else(|found| panic!("{found:#?}"));
    let checked = check(&parsed.program, &EntityNames::new());
    checked.program.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let mut random = Random(7);
    let runs = std::env::var("KATAK_RUNS").ok().and_then(|n| n.parse().ok()).unwrap_or(5);
    let cases = [
        Case {
            name: "closure, random graph",
            rules: CLOSURE,
            given: vec![("e", random.pairs(3_600, 1_800))],
            counted: "p",
            by_hand: closure,
        },
        Case {
            name: "closure, chain",
            rules: CLOSURE,
            given: vec![("e", (0..1_500).map(|n| (n, n + 1)).collect())],
            counted: "p",
            by_hand: closure,
        },
        Case {
            name: "same generation",
            rules: "(relations: [up(a: int, b: int), s(a: int, b: int)], rules: [
                (name: \"1\", then: s(x, y), when: [up(x, p), up(y, p)]),
                (name: \"2\", then: s(x, y), when: [up(x, a), s(a, b), up(y, b)])])",
            given: vec![("up", (1..4_000).map(|n| (n, random.below(n))).collect())],
            counted: "s",
            by_hand: generation,
        },
        Case {
            name: "triangle",
            rules: "(relations: [e(a: int, b: int), t(a: int, b: int, c: int)], rules: [
                (name: \"1\", then: t(x, y, z), when: [e(x, y), e(y, z), e(x, z)])])",
            given: vec![("e", random.pairs(60_000, 1_500))],
            counted: "t",
            by_hand: triangle,
        },
        Case {
            name: "shared rivals, counted",
            rules: "(relations: [rival(a: int, b: int), partner(a: int, b: int), s(a: int, b: int, r: int), n(a: int, b: int, n: int)], rules: [
                (name: \"1\", then: s(a, b, r), when: [rival(a, r), rival(b, r), lt(a, b), not(partner(a, b))]),
                (name: \"2\", then: n(a, b, n), when: [s(a, b, _), eq(n, count(r, [s(a, b, r)]))])])",
            given: vec![("rival", random.pairs(30_000, 1_000)), ("partner", random.pairs(5_000, 1_000))],
            counted: "s",
            by_hand: rivals,
        },
    ];
    println!("{:<24}{:>12}{:>12}{:>12}{:>8}", "program", "tuples", "katak s", "by hand s", "ratio");
    for case in cases {
        let program = checked(case.rules);
        let plan = plan(&program, None);
        let mut database = Database::new();
        for (relation, pairs) in &case.given {
            let rows: BTreeSet<_> = pairs.iter().collect();
            for (a, b) in rows {
                database.insert(relation, &[Value::Int((*a).into()), Value::Int((*b).into())]);
            }
        }
        let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        let (mut tuples, mut expected) = (0, 0);
        for _ in 0..runs {
            let given = database.clone();
            let start = Instant::now();
            let found = Frog.evaluate(&program, &plan, given, &Options::default());
            let found = found.unwrap_or_else(|error| panic!("{error}"));
            ours.push(start.elapsed().as_secs_f64());
            tuples = found.database.len(case.counted);
            tuples += if case.counted == "s" { found.database.len("n") } else { 0 };
            drop(found);
            let start = Instant::now();
            expected = (case.by_hand)(&case.given);
            theirs.push(start.elapsed().as_secs_f64());
            ratios.push(ours[ours.len() - 1] / theirs[theirs.len() - 1]);
        }
        assert_eq!(tuples, expected, "{}", case.name);
        let (ours, theirs) = (median(ours), median(theirs));
        println!("{:<24}{tuples:>12}{ours:>12.3}{theirs:>12.3}{:>8.2}", case.name, median(ratios));
    }
}
