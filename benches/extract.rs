//! Extraction on one thread, from bytes to claims, on articles made of the
//! samples' sentences in random order; and what making an extractor takes.
//! `KATAK_BENCH_ARTICLES` names another folder of `.txt` articles to draw from.

use katak::article::read_text;
use katak::base::SourceMap;
use katak::extract::Extractor;
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 7;
const BYTES: usize = 4 << 20;

/// A small generator of numbers that look random, the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// Articles of about the samples' length, in bytes.
fn made(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("samples").flatten().map(|e| e.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let samples: Vec<String> =
        paths.iter().map(|path| std::fs::read_to_string(path).expect("a sample")).collect();
    let heads: Vec<&str> = samples.iter().map(|s| s.split("\n\n").next().unwrap_or("")).collect();
    let parts: Vec<&str> = samples.iter().flat_map(|s| s.split("\n\n").skip(1)).collect();
    let mean = samples.iter().map(String::len).sum::<usize>() / samples.len().max(1);
    let mut random = Random(7);
    let mut all = Vec::new();
    let mut bytes = 0;
    while bytes < BYTES {
        let mut text = heads[random.below(heads.len())].to_string();
        while text.len() < mean && !parts.is_empty() {
            text.push_str("\n\n");
            text.push_str(parts[random.below(parts.len())]);
        }
        bytes += text.len();
        all.push(text.into_bytes());
    }
    all
}

/// The processor time of this process so far, in seconds, where the system
/// tells it: on a shared machine it says more than the clock.
fn used() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    Some((fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?) / 100.0)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let start = || {
        let begun = Instant::now();
        Extractor::load(&root.join("data/id"), &mut SourceMap::new()).expect("the data");
        begun.elapsed()
    };
    let times: Vec<Duration> = (0..ROUNDS).map(|_| start()).collect();
    println!("an extractor from its files: {:.1} ms", median(times).as_secs_f64() * 1e3);
    let folder = std::env::var("KATAK_BENCH_ARTICLES").map_or(root.join("data/articles"), Into::into);
    let articles = made(&folder);
    let bytes: usize = articles.iter().map(Vec::len).sum();
    let extractor = Extractor::builtin();
    let mut counts = (0, 0, 0);
    let mut run = || {
        let begun = Instant::now();
        counts = (0, 0, 0);
        for article in &articles {
            let text = std::str::from_utf8(article).expect("UTF-8");
            let found = extractor.extract(&read_text("a", text));
            counts.0 += found.entities.len();
            counts.1 += found.claims.len();
            counts.2 += found.dates.len();
        }
        begun.elapsed()
    };
    let before = used();
    let times: Vec<Duration> = (0..ROUNDS).map(|_| run()).collect();
    let cpu = before.and_then(|b| Some(used()? - b));
    let best = *times.iter().min().expect("rounds");
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    if let Some(cpu) = cpu.filter(|cpu| *cpu > 0.0) {
        println!("{:.1} MB/s of processor time", (bytes * ROUNDS) as f64 / 1e6 / cpu);
    }
    println!(
        "{} articles, {:.1} MB: {:.1} MB/s (median), {:.1} MB/s (best); {} entities, {} claims, {} dates",
        articles.len(),
        bytes as f64 / 1e6,
        speed(median(times)),
        speed(best),
        counts.0,
        counts.1,
        counts.2,
    );
}
