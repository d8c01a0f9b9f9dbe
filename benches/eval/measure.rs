//! Times one case both ways, with the memory that each took.

use super::Case;
use katak::analysis::{StratifiedProgram, check};
use katak::base::{EntityNames, SourceId};
use katak::eval::{Backend, Frog, Options};
use katak::plan::plan;
use katak::syntax::parse_program;
use std::process::Command;
use std::time::Instant;

/// What the tables give of one case.
#[derive(Default)]
pub struct Figures {
    name: &'static str,
    tuples: usize,
    seconds: f64,
    ratio: f64,
    /// By hand nothing is kept, with or without.
    provenance: f64,
    threads: f64,
    /// Bytes a tuple, and by hand.
    bytes: [String; 2],
}

/// The table's first line.
pub fn heading() {
    println!(
        "{:<24}{:>10}{:>10}{:>10}{:>8}{:>12}{:>12}{:>13}{:>11}",
        "program",
        "tuples",
        "katak s",
        "by hand s",
        "ratio",
        "bytes/tuple",
        "by hand",
        "provenance",
        "2 threads"
    );
}

/// Runs a case both ways and prints its line.
pub fn measure(case: &Case, size: u32, runs: usize) -> Figures {
    let program = checked(case.rules);
    let plan = plan(&program, None);
    let mut given = case.given.clone();
    given.settle();
    let ours = |threads: usize, provenance: bool| {
        let options = Options { threads, provenance, ..Options::default() };
        let given = given.clone();
        let start = Instant::now();
        let found = Frog.evaluate(&program, &plan, given, &options);
        let seconds = start.elapsed().as_secs_f64();
        let found = found.unwrap_or_else(|error| panic!("{error}"));
        let rows = case.counted.iter().map(|name| found.database.len(name)).sum::<usize>();
        (rows, seconds)
    };
    // What an earlier run gave back stays with the process, so memory is seen
    // in one of its own.
    match std::env::var("KATAK_MEMORY").as_deref() {
        Ok("ours") => {
            let before = highest_memory();
            let rows = ours(1, false).0;
            println!("{}", (highest_memory() - before) / rows.max(1) as f64);
            return Figures::default();
        }
        Ok(_) => {
            let before = highest_memory();
            let rows = (case.by_hand)();
            println!("{}", (highest_memory() - before) / rows.max(1) as f64);
            return Figures::default();
        }
        Err(_) => {}
    }
    let mut columns: [Vec<f64>; 5] = Default::default();
    let mut tuples = 0;
    for _ in 0..runs.max(1) {
        let (rows, plain) = ours(1, false);
        let start = Instant::now();
        let expected = (case.by_hand)();
        let hand = start.elapsed().as_secs_f64();
        assert_eq!(rows, expected, "{}: both ways find the same", case.name);
        tuples = rows;
        let (_, with_provenance) = ours(1, true);
        let (_, two) = ours(2, false);
        let values = [plain, hand, plain / hand, with_provenance / hand, plain / two];
        columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
    }
    let [plain, hand, ratio, provenance, threads] = columns.map(median);
    let bytes = ["ours", "hand"].map(|way| memory(case.name, size, way));
    println!(
        "{:<24}{tuples:>10}{plain:>10.3}{hand:>10.3}{ratio:>8.2}{:>12}{:>12}{provenance:>13.2}{threads:>11.2}",
        case.name, bytes[0], bytes[1]
    );
    Figures { name: case.name, tuples, seconds: plain, ratio, provenance, threads, bytes }
}

/// The table's last line: geometric means.
pub fn summary(all: &[Figures]) {
    let mean = |of: fn(&Figures) -> f64| {
        let sum: f64 = all.iter().map(|r| of(r).ln()).sum();
        (sum / all.len().max(1) as f64).exp()
    };
    println!(
        "{:<54}{:>8.2}{:>37.2}{:>11.2}",
        "geometric mean",
        mean(|r| r.ratio),
        mean(|r| r.provenance),
        mean(|r| r.threads)
    );
}

/// A table of its own: what becomes of each program as its data grow.
pub fn growth(all: &[Figures]) {
    println!();
    println!("| program | tuples, thousands | seconds | time, ratio | bytes a tuple (by hand) |");
    println!("|---|---|---|---|---|");
    for sizes in all.chunk_by(|a, b| a.name == b.name) {
        let list = |of: &dyn Fn(&Figures) -> String| sizes.iter().map(of).collect::<Vec<_>>().join(", ");
        println!(
            "| {} | {} | {} | {} | {} ({}) |",
            sizes[0].name,
            list(&|f| (f.tuples as f64 / 1e3).round().to_string()),
            list(&|f| format!("{:.3}", f.seconds)),
            list(&|f| format!("{:.2}", f.ratio)),
            list(&|f| f.bytes[0].clone()),
            list(&|f| f.bytes[1].clone()),
        );
    }
}

/// Bytes a tuple at the peak, from a process that runs this case once.
fn memory(name: &str, size: u32, way: &str) -> String {
    let run = || {
        let mut command = Command::new(std::env::current_exe().ok()?);
        command.arg(name).env("KATAK_MEMORY", way).env("KATAK_SIZE", size.to_string());
        let output = command.output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        text.trim().parse::<f64>().ok()
    };
    run().map_or_else(String::new, |bytes| format!("{bytes:.0}"))
}

fn highest_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<f64> = line.and_then(|l| l.trim().strip_suffix("kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0.0) * 1024.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn checked(text: &str) -> StratifiedProgram {
    let parsed = parse_program(text, SourceId(0)).unwrap_or_else(|found| panic!("{found:#?}"));
    let checked = check(&parsed.program, &EntityNames::new());
    checked.program.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}
