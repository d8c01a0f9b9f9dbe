//! A fact base of generated articles: how much of the time the store takes,
//! how large the file is, how soon a question is answered, and what one more
//! article costs. `cargo bench --bench base -- 100000 news` takes so many articles
//! of this kind (see `articles`).

mod articles;

use articles::{Kind, article};
use katak::article::Article;
use katak::base::Moment;
use katak::engine::{Engine, extract_one};
use katak::eval::Options;
use katak::extract::{Extraction, Extractor};
use katak::store::{Access, FactBase};
use std::path::Path;
use std::time::{Duration, Instant};

fn parsed(
    extractor: &Extractor,
    kind: Kind,
    numbers: std::ops::Range<usize>,
    count: usize,
) -> Vec<(Article, Extraction)> {
    let one = |n| {
        let mut article = article(kind, n, count);
        let found = extract_one(extractor, &mut article, None);
        (article, found)
    };
    numbers.map(one).collect()
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let made = run();
    (made, begun.elapsed())
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// The middle of five tries.
fn median(mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..5).map(|_| run()).collect();
    times.sort();
    times[2]
}

const QUESTION: &str = r#"partner("Huawei", who)"#;

/// Opens the base, asks, and closes it.
fn ask(path: &Path, settles: bool) -> (usize, Duration) {
    timed(|| {
        let base = FactBase::open(path, Access::Read).expect("it opens");
        let engine = Engine::builder().base(base).build().expect("it builds");
        if settles {
            // What can't be derived in full is derived for the question.
            let _ = engine.settle(&Options::default());
        }
        engine.ask(QUESTION).expect("it answers").rows.len()
    })
}

/// The same, step by step.
fn steps(path: &Path) {
    let (base, opening) = timed(|| FactBase::open(path, Access::Read).expect("it opens"));
    let (engine, building) = timed(|| Engine::builder().base(base).build().expect("it builds"));
    let (_, settling) = timed(|| engine.settle(&Options::default()).is_ok());
    let (_, asking) = timed(|| engine.ask(QUESTION).expect("it answers"));
    println!(
        "  opening {}, rules and names {}, finding what is kept {}, answering {}",
        ms(opening),
        ms(building),
        ms(settling),
        ms(asking)
    );
}

fn main() {
    let count = std::env::args().filter_map(|n| n.parse().ok()).next().unwrap_or(5_000);
    let only = |word: &str| std::env::args().any(|given| given == word);
    for (kind, word) in [(Kind::News, "news"), (Kind::Dense, "dense")] {
        if only(word) || !(only("news") || only("dense")) {
            println!("{word}");
            measure(kind, count);
        }
    }
}

fn measure(kind: Kind, count: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("b.katak");
    let extractor = Extractor::builtin();
    let mut base = FactBase::create(&path).expect("it is made");
    let (mut extracting, mut storing) = (Duration::ZERO, Duration::ZERO);
    let mut next = 0;
    while next < count {
        let to = count.min(next + 1000);
        let (batch, time) = timed(|| parsed(extractor, kind, next..to, count));
        extracting += time;
        let (_, time) = timed(|| base.ingest(&batch, Moment::default()).expect("it goes in"));
        storing += time;
        next = to;
    }
    let info = base.info().expect("it reads");
    let (_, closing) = timed(|| drop(base));
    let share = storing.as_secs_f64() / (extracting + storing).as_secs_f64();
    println!("  {count} articles, {} claims, {} names", info.claims, info.symbols);
    println!(
        "  extraction {}, store {} ({:.1} % of both), closing {}",
        ms(extracting),
        ms(storing),
        100.0 * share,
        ms(closing)
    );
    tell_size("  ", &path, info.text_bytes);
    println!(
        "  opened and asked, nothing kept, deriving what is asked: {}",
        ms(median(|| ask(&path, false).1))
    );
    keep(&path);
    tell_size("  ", &path, info.text_bytes);
    println!("  opened and asked, from what is kept, median of 5: {}", ms(median(|| ask(&path, true).1)));
    steps(&path);
    let one = |n| parsed(extractor, kind, n..n + 1, count);
    grow(&path, count, &one);
}

fn tell_size(indent: &str, path: &Path, text_bytes: u64) {
    let meta = std::fs::metadata(path).expect("a file");
    let times = |bytes: u64| format!("{bytes} bytes, {:.2} times the text", bytes as f64 / text_bytes as f64);
    println!("{indent}text {text_bytes} bytes; file {}", times(meta.len()));
    // The file grows in large steps, whose unwritten ends take no room.
    #[cfg(unix)]
    println!("{indent}on the disk {}", times(512 * std::os::unix::fs::MetadataExt::blocks(&meta)));
}

fn writing(path: &Path) -> Engine {
    let base = FactBase::open(path, Access::Write).expect("it opens");
    Engine::builder().base(base).build().expect("it builds")
}

/// Derives everything, as far as it can be, and keeps it.
fn keep(path: &Path) {
    let mut engine = writing(path);
    let (settled, deriving) = timed(|| engine.settle(&Options::default()));
    match settled {
        Ok(_) => println!("  deriving everything {}", ms(deriving)),
        Err(error) => println!("  deriving everything ended after {}: {error}", ms(deriving)),
    }
    let (_, keeping) = timed(|| engine.keep().expect("it keeps"));
    println!("  keeping it {}", ms(keeping));
    for (name, unkept) in engine.unkept() {
        println!("  not kept: {name}: {}", unkept.why);
    }
    if let Ok(Some(all)) = engine.everything() {
        let rows = |name: &std::sync::Arc<str>| format!("{name} {}", all.len(name));
        let rows: Vec<String> = all.relations().iter().map(rows).collect();
        println!("  rows: {}", rows.join(", "));
    }
}

/// One more article, time and again, in an engine that lives.
fn grow(path: &Path, count: usize, one: &dyn Fn(usize) -> Vec<(Article, Extraction)>) {
    let mut engine = writing(path);
    engine.settle(&Options::default()).expect("the base can be read");
    let mut times = Vec::new();
    for more in count..count + 6 {
        let batch = one(more);
        let begun = Instant::now();
        let mut committed = Duration::ZERO;
        let change = |base: &mut FactBase| {
            let done = base.ingest(&batch, Moment::default());
            committed = begun.elapsed();
            done
        };
        engine = engine.rebased(change).expect("it goes in").0;
        let rows = engine.ask(QUESTION).expect("it answers").rows.len();
        if more > count {
            times.push((begun.elapsed(), committed, rows));
        } else {
            println!(
                "  the first article more, which brings everything into memory: {}",
                ms(begun.elapsed())
            );
        }
    }
    times.sort();
    let (whole, committed, rows) = times[2];
    println!(
        "  one more article in a living engine, median of 5: in {}, and answered {} ({rows} rows)",
        ms(committed),
        ms(whole)
    );
}
