//! A question with a constant beside deriving everything, over a closure: how
//! many times faster it is, forwards and backwards, the first time and again.
//!
//! `KATAK_EDGES` sets the number of edges (10 million if not set). The graph is
//! of many small parts, so that its closure can be derived at all.

use katak::engine::Engine;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const RULES: &str = r#"(
    relations: [edge(a: int, b: int), reach(a: int, b: int)],
    rules: [
        (name: "one", then: reach(x, y), when: [edge(x, y)]),
        (name: "more", then: reach(x, z), when: [reach(x, y), edge(y, z)]),
    ],
)"#;

/// Nodes of each part; its edges lead from one of them to another at random.
const PART: u64 = 16;

fn main() {
    let edges: u64 = std::env::var("KATAK_EDGES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000_000);
    let folder = tempfile::tempdir().expect("a folder for the graph");
    write_graph(&folder.path().join("edge.facts"), edges);
    let started = Instant::now();
    let engine = Engine::builder().rule_text("reach.ron", RULES).facts(folder.path()).build();
    let engine = engine.unwrap_or_else(|_| panic!("the graph is read"));
    println!("{edges} edges read in {:.2} s", started.elapsed().as_secs_f64());
    let mut questions = Vec::new();
    for node in [5, edges / 3, edges / 2] {
        questions.extend([
            format!("reach({node}, y)"),
            format!("reach(x, {node})"),
            format!("reach({node}, {})", node + 1),
        ]);
    }
    let asked: Vec<(Duration, Duration, usize)> = (questions.iter())
        .map(|question| {
            let once = || {
                let started = Instant::now();
                let answers = engine.ask(question).unwrap_or_else(|_| panic!("{question} is answered"));
                (started.elapsed(), answers.rows.len())
            };
            let (first, rows) = once();
            let mut again: Vec<Duration> = (0..5).map(|_| once().0).collect();
            again.sort();
            (first, again[2], rows)
        })
        .collect();
    let started = Instant::now();
    let all = engine.run().unwrap_or_else(|_| panic!("everything is derived"));
    let full = started.elapsed();
    println!("{} pairs derived in {:.2} s", all.database.len("reach"), full.as_secs_f64());
    println!(
        "{:<34} {:>8} {:>11} {:>8} {:>11} {:>8}",
        "question", "answers", "first ms", "times", "again ms", "times"
    );
    for (question, (first, again, rows)) in questions.iter().zip(asked) {
        let times = |time: Duration| full.as_secs_f64() / time.as_secs_f64();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "{question:<34} {rows:>8} {:>11.3} {:>8.0} {:>11.3} {:>8.0}",
            ms(first),
            times(first),
            ms(again),
            times(again)
        );
    }
}

fn write_graph(path: &std::path::Path, edges: u64) {
    let mut state = 1u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut text = String::new();
    for n in 0..edges {
        let part = n / (PART * 5 / 4) * PART;
        let _ = writeln!(text, "{}\t{}", part + random(PART), part + random(PART));
    }
    std::fs::write(path, text).expect("the graph is written");
}
