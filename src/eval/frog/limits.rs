//! Keeping a run within its budget.

use crate::eval::{Budget, EvalError, Options};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Why a rule's run stopped.
pub(super) enum Stop {
    Limit(&'static str, u64),
    Run(String),
    /// A run beside others needs a value that isn't there yet.
    Alone,
}

impl Stop {
    pub(super) fn at(self, rule: &Arc<str>) -> EvalError {
        match self {
            Stop::Limit(limit, value) => EvalError::Limit { rule: rule.clone(), limit, value },
            Stop::Run(message) => EvalError::Run { rule: rule.clone(), message },
            Stop::Alone => EvalError::Run { rule: rule.clone(), message: "a value is missing".to_owned() },
        }
    }
}

/// Steps between looks at the clock.
const STEPS: u64 = 1 << 16;
/// What the process takes before anything is derived, and its part of a small
/// limit at most.
const PROCESS: u64 = 12 << 20;
const PART: u64 = 6;
/// What the allocator keeps of smaller buffers as these grow on several threads,
/// at most.
const SCRAPS: u64 = 24 << 20;
/// Rows between first looks at a growing buffer.
const ROWS: usize = 1 << 18;

/// What is used, and what may be.
#[derive(Clone)]
pub(super) struct Limits {
    rounds: u32,
    tuples: u64,
    bytes: u64,
    time: Option<Duration>,
    start: Instant,
    steps: u64,
    /// Derived tuples and bytes held so far.
    pub(super) held: u64,
    pub(super) held_bytes: u64,
    /// Bytes of values, and of the buffer that was looked at last.
    value_bytes: u64,
    buffer_bytes: u64,
    /// Cells under way on all threads, and how many of them are here.
    under_way: Option<(Arc<AtomicU64>, u64)>,
    /// How many threads fill buffers at once.
    threads: u64,
}

impl Limits {
    pub(super) fn new(options: &Options) -> Limits {
        let budget = &options.budget;
        Limits {
            rounds: budget.rounds,
            tuples: budget.tuples,
            bytes: budget.bytes,
            time: budget.time,
            start: Instant::now(),
            steps: 0,
            held: 0,
            held_bytes: PROCESS.min(budget.bytes / PART),
            value_bytes: 0,
            buffer_bytes: 0,
            under_way: None,
            threads: 1,
        }
    }

    /// Limits that nothing passes.
    pub(super) fn none() -> Limits {
        let budget = Budget { rounds: u32::MAX, tuples: u64::MAX, bytes: u64::MAX, time: None };
        Limits::new(&Options { budget, ..Options::default() })
    }

    #[inline]
    pub(super) fn tick(&mut self) -> Result<(), Stop> {
        self.ticks(1)
    }

    #[inline]
    pub(super) fn ticks(&mut self, steps: u64) -> Result<(), Stop> {
        self.steps += steps;
        if self.steps >= STEPS { self.check_time() } else { Ok(()) }
    }

    pub(super) fn check_time(&mut self) -> Result<(), Stop> {
        self.steps = 0;
        match self.time {
            Some(time) if self.start.elapsed() > time => Err(Stop::Limit("seconds", time.as_secs())),
            _ => Ok(()),
        }
    }

    /// Checks the rows of a buffer beside what is held.
    pub(super) fn check_rows(&mut self, rows: usize, stride: usize) -> Result<(), Stop> {
        let mut rows = rows;
        if let Some((all, mine)) = &mut self.under_way {
            let now = rows as u64;
            let before = all.fetch_add(now.wrapping_sub(*mine), Relaxed);
            rows = before.wrapping_add(now.wrapping_sub(*mine)) as usize;
            *mine = now;
        }
        if self.held + rows as u64 > self.tuples {
            return Err(Stop::Limit("tuples", self.tuples));
        }
        self.check_cells(rows * stride)
    }

    /// Checks the bytes of a buffer, which is there twice while it is sorted.
    fn check_cells(&mut self, cells: usize) -> Result<(), Stop> {
        let bytes = 4 * cells as u64;
        self.check_buffers(2 * bytes + bytes.min(self.scraps()))
    }

    fn scraps(&self) -> u64 {
        if self.threads > 1 { SCRAPS } else { 0 }
    }

    /// Checks the bytes of all that lies beside what is held.
    pub(super) fn check_buffers(&mut self, bytes: u64) -> Result<(), Stop> {
        self.buffer_bytes = bytes;
        self.check_bytes()
    }

    fn check_bytes(&self) -> Result<(), Stop> {
        if self.held_bytes + self.value_bytes + self.buffer_bytes > self.bytes {
            return Err(Stop::Limit("bytes", self.bytes));
        }
        Ok(())
    }

    /// A buffer of so many rows, which was checked, is held from now on, while
    /// others are filled.
    pub(super) fn set_aside(&mut self, rows: usize, stride: usize) -> Result<(), Stop> {
        self.check_rows(rows, stride)?;
        if let Some((_, mine)) = &mut self.under_way {
            *mine = 0;
        }
        Ok(())
    }

    /// The same limits for each of several threads.
    pub(super) fn split(&self, threads: usize) -> Vec<Limits> {
        let all = Arc::new(AtomicU64::new(0));
        let one = |_| Limits { under_way: Some((all.clone(), 0)), threads: threads as u64, ..self.clone() };
        (0..threads).map(one).collect()
    }

    /// Checks the bytes that values take.
    #[inline]
    pub(super) fn check_values(&mut self, bytes: u64) -> Result<(), Stop> {
        self.value_bytes = bytes;
        self.check_bytes()
    }

    pub(super) fn check_round(&self, round: u32) -> Result<(), Stop> {
        if round > self.rounds {
            return Err(Stop::Limit("rounds", self.rounds.into()));
        }
        Ok(())
    }

    /// After how many rows a new buffer is looked at.
    pub(super) fn first_check(&self, stride: usize) -> usize {
        (self.room(0, stride) / stride).clamp(1024, ROWS)
    }

    /// After how many cells a buffer is looked at next, when it was still
    /// large after `now` cells.
    pub(super) fn next_check(&self, now: usize, stride: usize) -> usize {
        (now * 2).min(now + self.room(now, stride)).max(now + 1024 * stride)
    }

    /// How many cells of rows may be added to a buffer of so many before a limit
    /// is passed, if all threads add as many.
    fn room(&self, now: usize, stride: usize) -> usize {
        let under_way =
            self.under_way.as_ref().map_or(now as u64, |(all, _)| all.load(Relaxed) * stride as u64);
        let tuples = self.tuples.saturating_sub(self.held).saturating_add(1).saturating_mul(stride as u64);
        let bytes = self.bytes.saturating_sub(self.held_bytes + self.value_bytes);
        let cells = (bytes / 12).max(bytes.saturating_sub(self.scraps()) / 8).saturating_add(stride as u64);
        let left = tuples.min(cells).saturating_sub(under_way) / self.threads;
        usize::try_from(left).unwrap_or(usize::MAX >> 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_looked_at_before_it_is_far_above_the_limit() {
        for (bytes, stride) in [(64 << 20, 3), (1 << 20, 2), (100 << 20, 7)] {
            let budget = Budget { bytes, tuples: u64::MAX, ..Budget::default() };
            let mut limits = Limits::new(&Options { budget, ..Options::default() });
            let mut cells = limits.first_check(stride) * stride;
            while limits.check_rows(cells / stride, stride).is_ok() {
                cells = limits.next_check(cells, stride);
            }
            // Twice these, as they are sorted.
            assert!(8 * cells as u64 <= bytes * 11 / 10, "{bytes} {stride}: {cells}");
        }
    }
}
