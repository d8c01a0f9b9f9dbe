//! Power cuts, and a failure of each call to the disk in turn.

use super::made::{at, content, told};
use super::shaky::{Dice, Failing, Shaky};
use crate::store::backing::Backing;
use crate::store::base::first;
use crate::store::disk::Disk;
use crate::store::{FactBase, StoreError};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many cuts a run makes, unless this variable says.
const CUTS: &str = "KATAK_CUTS";
const USUAL_CUTS: usize = 300;

/// A file with an empty base. Files are made aside and renamed when they are
/// whole, so that no cut falls into their making.
fn empty() -> Vec<u8> {
    static IMAGE: OnceLock<Vec<u8>> = OnceLock::new();
    let make = || {
        let shaky = Shaky::new(Vec::new(), Failing::Never);
        let mut disk = Disk::on(shaky.clone()).unwrap();
        disk.apply(first()).unwrap();
        drop(disk);
        shaky.image()
    };
    IMAGE.get_or_init(make).clone()
}

/// The base in this storage, which is perhaps shortened when it is closed.
fn open(shaky: &Shaky, shortens: bool) -> Result<FactBase, StoreError> {
    let disk = Disk::on(shaky.clone())?;
    FactBase::on(Box::new(if shortens { disk.shortening() } else { disk }))
}

/// The step of this number of a history, the same for every base.
fn step(base: &mut FactBase, history: u64, n: u64) -> Result<(), StoreError> {
    let mut dice = Dice(history << 20 | n);
    const NAMES: [&str; 5] = ["Katak", "Kodok", "Ular", "Bangau", "Berang-berang"];
    let mut name = || NAMES[dice.below(5)];
    let (a, b) = (name(), name());
    let now = at(n as i64);
    match dice.below(10) {
        0 => {
            let holding: Vec<u32> = (0..base.state.articles()).filter(|n| base.holds(*n)).collect();
            if holding.is_empty() {
                return Ok(());
            }
            base.retract(vec![holding[dice.below(holding.len())]], "x", now).map(drop)
        }
        1 if a != b => match base.merge(a, b, "x", now) {
            Err(StoreError::Refused(_)) => Ok(()),
            other => other.map(drop),
        },
        2 => base.keep(vec![(vec![dice.below(3) as u8], Some(vec![n as u8; dice.below(9000)]))]),
        _ => {
            let more = "x".repeat([10, 3000, 200_000][dice.below(16) / 7]);
            let all: Vec<_> = (0..=dice.below(4))
                .map(|k| told(&format!("{}", dice.below(9) * 5 + k), a, b, &more))
                .collect();
            base.ingest(&all, now).map(drop)
        }
    }
}

/// A history of this number, cut off at some call; then some recoveries that
/// are cut off too. Every acknowledged step is there, and the next one wholly
/// or not at all. Gives the number of cuts.
fn cut(history: u64) -> usize {
    let mut dice = Dice(history);
    let shortens = history.is_multiple_of(2);
    let shaky = Shaky::new(empty(), Failing::From(dice.below(400) as u64));
    let mut twin = FactBase::in_memory();
    let mut acknowledged = content(&mut twin);
    let mut done = 0;
    if let Ok(mut base) = open(&shaky, shortens) {
        while done < 12 && step(&mut base, history, done).is_ok() {
            step(&mut twin, history, done).unwrap();
            acknowledged = content(&mut twin);
            done += 1;
        }
        // A process that lives on and closes the file, or one that dies too.
        if dice.below(2) == 0 {
            shaky.die();
        }
        drop(base);
    }
    let mut image = shaky.after_cut(&mut dice);
    let mut cuts = 1;
    for _ in 0..dice.below(3) {
        let again = Shaky::new(image, Failing::From(dice.below(60) as u64));
        drop(open(&again, shortens));
        image = again.after_cut(&mut dice);
        cuts += 1;
    }
    let healthy = Shaky::new(image, Failing::Never);
    let mut base = open(&healthy, shortens).unwrap_or_else(|e| panic!("history {history} doesn't open: {e}"));
    base.verify().unwrap_or_else(|e| panic!("history {history}: {e}"));
    let found = content(&mut base);
    if found != acknowledged {
        step(&mut twin, history, done).unwrap();
        assert!(found == content(&mut twin), "history {history} lost or tore step {done}");
        done += 1;
    }
    // And it can be used on.
    step(&mut base, history, done).unwrap();
    step(&mut twin, history, done).unwrap();
    assert!(content(&mut base) == content(&mut twin), "history {history} is not usable");
    cuts
}

#[test]
fn no_power_cut_loses_or_tears_what_was_acknowledged() {
    let wanted = std::env::var(CUTS).ok().and_then(|n| n.parse().ok()).unwrap_or(USUAL_CUTS);
    let (next, cuts) = (AtomicUsize::new(1), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while cuts.load(Ordering::Relaxed) < wanted {
                    let history = next.fetch_add(1, Ordering::Relaxed) as u64;
                    cuts.fetch_add(cut(history), Ordering::Relaxed);
                }
            });
        }
    });
    let (histories, cuts) = (next.into_inner() - 1, cuts.into_inner());
    println!("{cuts} cuts in {histories} histories, none lost anything");
}

/// Runs three steps with a failing disk. Whatever fails, the base is as before
/// the step or after it, and goes on once the disk does.
fn fail(failing: Failing) -> bool {
    let history = 7;
    let mut twin = FactBase::in_memory();
    let shaky = Shaky::new(empty(), failing);
    let mut done = 0;
    if let Ok(mut base) = open(&shaky, true) {
        while done < 3 && step(&mut base, history, done).is_ok() {
            step(&mut twin, history, done).unwrap();
            done += 1;
        }
        if done < 3 {
            // Reading on may fail, but not lie or panic.
            if let Ok(text) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| base.articles(0))) {
                assert!(text.is_err() || text.unwrap() == twin.articles(0).unwrap_or_default() || done == 0);
            }
        }
    }
    let mut base = open(&Shaky::new(shaky.image(), Failing::Never), true).unwrap();
    base.verify().unwrap();
    if content(&mut base) != content(&mut twin) {
        step(&mut twin, history, done).unwrap();
        done += 1;
        assert!(content(&mut base) == content(&mut twin), "{failing:?}");
    }
    step(&mut base, history, done).unwrap();
    step(&mut twin, history, done).unwrap();
    assert!(content(&mut base) == content(&mut twin), "{failing:?}");
    shaky.failed()
}

#[test]
fn each_call_to_the_disk_may_fail_and_nothing_is_lost() {
    for make in [Failing::Once as fn(u64) -> Failing, Failing::From, Failing::Full] {
        let calls = (0..).find(|n| !fail(make(*n))).unwrap();
        assert!(calls > 30, "{calls}");
    }
}
