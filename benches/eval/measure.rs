//! Times one case both ways, with the memory that each took.

use super::Case;
use katak::analysis::{StratifiedProgram, check};
use katak::base::{EntityNames, SourceId};
use katak::eval::{Backend, Frog, Options};
use katak::plan::plan;
use katak::syntax::parse_program;
use std::process::Command;
use std::time::Instant;

/// What the table gives of one case.
pub struct Ratios {
    ratio: f64,
    /// By hand nothing is kept, with or without.
    provenance: f64,
    threads: f64,
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
pub fn measure(case: &Case, size: u32, runs: usize) -> Ratios {
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
            return Ratios { ratio: 1.0, provenance: 1.0, threads: 1.0 };
        }
        Ok(_) => {
            let before = highest_memory();
            let rows = (case.by_hand)();
            println!("{}", (highest_memory() - before) / rows.max(1) as f64);
            return Ratios { ratio: 1.0, provenance: 1.0, threads: 1.0 };
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
    println!(
        "{:<24}{tuples:>10}{plain:>10.3}{hand:>10.3}{ratio:>8.2}{:>12}{:>12}{provenance:>13.2}{threads:>11.2}",
        case.name,
        memory(case.name, size, "ours"),
        memory(case.name, size, "hand")
    );
    Ratios { ratio, provenance, threads }
}

/// The table's last line: geometric means.
pub fn summary(all: &[Ratios]) {
    let mean = |of: fn(&Ratios) -> f64| {
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
