//! Limits of a run.

use std::time::Duration;

/// How far a run may go; checked inside the joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Rounds of one stratum.
    pub rounds: u32,
    /// Tuples derived in all.
    pub tuples: u64,
    /// Bytes held by derived tuples, estimated from their number and width.
    pub bytes: u64,
    /// Time from the start of the run.
    pub time: Option<Duration>,
}

impl Default for Budget {
    /// 1,000,000 rounds, 200 million tuples, 8 GiB, no limit of time.
    fn default() -> Budget {
        Budget { rounds: 1_000_000, tuples: 200_000_000, bytes: 8 << 30, time: None }
    }
}

/// How to run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Limits.
    pub budget: Budget,
    /// Whether to keep the round in which each row first appeared; proofs need it.
    pub provenance: bool,
    /// Threads; 0 is as many as there are cores.
    pub threads: usize,
}
