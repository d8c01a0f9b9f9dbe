//! `katak ingest` killed again and again, several processes on one base,
//! and files that can only be read.

use super::base::Base;
use super::{Scratch, katak};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often the process is killed, unless this variable says.
const KILLS: &str = "KATAK_KILLS";
const USUAL_KILLS: usize = 4;

fn lines() -> String {
    let line = |n: usize| {
        let (a, b) = (["Huawei", "Grab", "Gojek"][n % 3], ["Xiaomi", "Apple"][n % 2]);
        format!(
            "{{\"id\": \"a{n}\", \"text\": \"{a} menggandeng {b} pada {} Mei 2019. Katak ke-{n}.\"}}\n",
            n % 28 + 1
        )
    };
    (0..300).map(line).collect()
}

#[test]
fn a_killed_ingestion_leaves_whole_batches_and_goes_on_when_run_again() {
    let kills = std::env::var(KILLS).ok().and_then(|n| n.parse().ok()).unwrap_or(USUAL_KILLS);
    let scratch = Scratch::new(&[("a.jsonl", &lines())]);
    let whole = scratch.path("whole.katak");
    let articles = scratch.path("a.jsonl");
    let begun = Instant::now();
    assert_eq!(katak(&["ingest", &articles, "--db", &whole, "--batch", "2"]).code, 0);
    let usual = begun.elapsed().as_micros() as u64;
    let print = ["run", "--print", "partner", "--print", "article", "--format", "csv", "--db"];
    let wanted = katak(&[&print[..], &[&whole]].concat()).out;
    let (mut rounds, mut killed, mut bases) = (0, 0, 0);
    while rounds < kills {
        bases += 1;
        let db = scratch.path(&format!("{bases}.katak"));
        for n in 0.. {
            let mut child = Command::new(env!("CARGO_BIN_EXE_katak"))
                .args(["ingest", &articles, "--db", &db, "--batch", "2", "--threads", "1"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            rounds += 1;
            // A different moment each time, early and late.
            sleep(Duration::from_micros(usual * (rounds as u64 * 37 % 100) / 100));
            child.kill().unwrap();
            killed += usize::from(child.wait().unwrap().code().is_none());
            if !fs::exists(&db).unwrap() {
                continue;
            }
            let verify = katak(&["verify", "--db", &db]);
            assert_eq!(verify.code, 0, "{}", verify.err);
            let whole = verify.out.contains("150 entries, 300 article versions");
            let told = katak(&["info", "--db", &db]).err.contains("didn't end");
            assert!(told || whole || verify.out.contains(": 0 entries"), "{}", verify.out);
            if whole || n > 10 || rounds >= kills {
                break;
            }
        }
        let last = katak(&["ingest", &articles, "--db", &db, "--batch", "2"]);
        assert_eq!(last.code, 0, "{}", last.err);
        assert_eq!(katak(&["info", "--db", &db]).err, "");
        assert!(katak(&[&print[..], &[&db]].concat()).out == wanted, "base {bases} differs");
        let verify = katak(&["verify", "--db", &db]);
        assert!(verify.out.contains("300 article versions"), "{}", verify.out);
        fs::remove_file(&db).unwrap();
    }
    println!("killed {killed} times in {rounds} rounds on {bases} bases");
}

/// A process that holds a base for writing until it is dropped: it waits for
/// the rest of a dump.
struct Writer(Child);

impl Writer {
    fn start(base: &Base) -> Writer {
        let dump = base.run(&["dump"]).out;
        let mut child = Command::new(env!("CARGO_BIN_EXE_katak"))
            .args(["load", "-", "--db", &base.db()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let first = dump.lines().next().unwrap();
        writeln!(child.stdin.as_mut().unwrap(), "{first}").unwrap();
        Writer(child)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn who_holds_a_base_is_told() {
    let base = Base::new();
    let writer = Writer::start(&base);
    let ask = || base.run(&["ask", "partner(a, b)", "--format", "csv"]);
    let begun = Instant::now();
    let mut ran = ask();
    // It takes the writer a moment to begin.
    while ran.code == 0 && begun.elapsed() < Duration::from_secs(20) {
        sleep(Duration::from_millis(50));
        ran = ask();
    }
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert!(ran.err.contains("in use"), "{}", ran.err);
    if cfg!(target_os = "linux") && fs::exists("/proc/locks").unwrap() {
        let pid = format!("process {} (katak) writes it", writer.0.id());
        assert!(ran.err.contains(&pid), "{}", ran.err);
    }
    drop(writer);
    assert_eq!(ask().code, 0);
}

#[test]
fn a_reader_waits_for_a_short_write() {
    let base = Base::new();
    let writer = Writer::start(&base);
    sleep(Duration::from_millis(300));
    let waiting = std::thread::spawn(move || {
        sleep(Duration::from_millis(600));
        drop(writer);
    });
    let ran = base.run(&["ask", "partner(a, b)"]);
    waiting.join().unwrap();
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn several_processes_read_at_once() {
    let base = Base::new();
    let wanted = base.run(&["ask", "partner(a, b)"]).out;
    let asking: Vec<Child> = (0..6)
        .map(|_| {
            Command::new(env!("CARGO_BIN_EXE_katak"))
                .args(["ask", "partner(a, b)", "--db", &base.db()])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in asking {
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        let lines: Vec<String> = BufReader::new(&output.stdout[..]).lines().map(Result::unwrap).collect();
        assert!(lines.iter().eq(wanted.lines()), "{err}");
    }
}

#[cfg(unix)]
#[test]
fn a_base_that_can_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let base = Base::new();
    let wanted = base.run(&["ask", "partner(a, b)"]).out;
    let folder = base.0.path("closed");
    fs::create_dir(&folder).unwrap();
    let db = format!("{folder}/b.katak");
    fs::copy(base.db(), &db).unwrap();
    let allow = |path: &str, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    allow(&db, 0o444);
    allow(&folder, 0o555);
    let before = fs::read(&db).unwrap();
    // One who may do everything is refused nothing, so only reading is tried.
    let free = fs::write(format!("{folder}/x"), "").is_ok();
    for _ in 0..2 {
        let ran = katak(&["ask", "partner(a, b)", "--db", &db]);
        assert_eq!((ran.code, &ran.out), (0, &wanted), "{}", ran.err);
    }
    assert_eq!(katak(&["verify", "--db", &db]).code, 0);
    if !free {
        let more = base.0.path("a.jsonl");
        let ran = katak(&["ingest", &more, "--db", &db]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("ermission"), "{}", ran.err);
        assert!(fs::read(&db).unwrap() == before, "reading changed the file");
    }
    allow(&folder, 0o755);
}
