//! Work on several threads, with the results in the order of the work.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many pieces of work per thread may be under way.
const AHEAD: usize = 4;

/// Gives every item to `work`, on so many threads (0 = as many as there are
/// cores), and every result to `sink` in the items' order, until it says no.
/// Only a few items are held at a time.
pub fn in_order<I: Send, R: Send>(
    items: impl Iterator<Item = I> + Send,
    threads: usize,
    work: impl Fn(I) -> R + Sync,
    mut sink: impl FnMut(R) -> bool,
) {
    let cores = thread::available_parallelism().map_or(1, |n| n.get());
    let threads = if threads == 0 { cores } else { threads };
    if threads == 1 {
        for item in items {
            if !sink(work(item)) {
                return;
            }
        }
        return;
    }
    let stop = AtomicBool::new(false);
    let (give, take) = sync_channel::<(u64, I)>(threads);
    let take = Mutex::new(take);
    let (enter, leave) = sync_channel::<()>(threads * AHEAD);
    let (tell, results) = channel();
    let mut panicked = None;
    thread::scope(|scope| {
        let stop = &stop;
        scope.spawn(move || {
            for item in (0..).zip(items) {
                if stop.load(Ordering::Relaxed) || enter.send(()).is_err() || give.send(item).is_err() {
                    break;
                }
            }
        });
        for _ in 0..threads {
            let (tell, take, work) = (tell.clone(), &take, &work);
            scope.spawn(move || {
                loop {
                    let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((n, item)) = next else { break };
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if tell.send((n, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(tell);
        let mut waiting = BTreeMap::new();
        let mut next = 0u64;
        for (n, result) in results {
            waiting.insert(n, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                // The one who waits to enter may have gone.
                let _ = leave.recv();
                match result {
                    _ if stop.load(Ordering::Relaxed) => {}
                    Ok(result) => stop.store(!sink(result), Ordering::Relaxed),
                    Err(cause) => {
                        stop.store(true, Ordering::Relaxed);
                        panicked = Some(cause);
                    }
                }
            }
        }
    });
    if let Some(cause) = panicked {
        resume_unwind(cause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_stop_when_told() {
        for threads in [1, 2, 5] {
            let mut seen = Vec::new();
            let slow = |n: u64| {
                if n.is_multiple_of(7) {
                    thread::sleep(std::time::Duration::from_micros(300));
                }
                n * 2
            };
            in_order(0..500, threads, slow, |n| {
                seen.push(n);
                seen.len() < 400
            });
            assert_eq!(seen, (0..400).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_is_passed_on() {
        let run = || in_order(0..100, 3, |n| assert!(n < 50), |()| true);
        assert!(catch_unwind(run).is_err());
    }
}
