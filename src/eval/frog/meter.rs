//! The budget as it is used up.

use crate::eval::{Budget, EvalError};
use crate::logic::typed::Rule;
use std::time::Instant;

/// Steps between two looks at the clock.
const EVERY: u32 = 1 << 14;

/// What a run has used so far.
#[derive(Debug)]
pub(super) struct Meter {
    budget: Budget,
    start: Instant,
    left: u32,
    /// Tuples kept, and their bytes.
    pub(super) tuples: u64,
    pub(super) bytes: u64,
}

impl Meter {
    pub(super) fn new(budget: Budget) -> Meter {
        Meter { budget, start: Instant::now(), left: EVERY, tuples: 0, bytes: 0 }
    }

    fn limit(rule: &Rule, limit: &'static str, value: u64) -> EvalError {
        EvalError::Limit { rule: rule.name.clone(), limit, value }
    }

    /// Once for each row that a join looks at.
    pub(super) fn step(&mut self, rule: &Rule) -> Result<(), EvalError> {
        self.left -= 1;
        if self.left > 0 {
            return Ok(());
        }
        self.left = EVERY;
        match self.budget.time {
            Some(time) if self.start.elapsed() > time => Err(Meter::limit(rule, "seconds", time.as_secs())),
            _ => Ok(()),
        }
    }

    /// Whether so many more pending rows and bytes fit.
    pub(super) fn holds(&self, rule: &Rule, rows: u64, bytes: u64) -> Result<(), EvalError> {
        if self.tuples + rows > self.budget.tuples {
            return Err(Meter::limit(rule, "tuples", self.budget.tuples));
        }
        if self.bytes + bytes > self.budget.bytes {
            return Err(Meter::limit(rule, "bytes", self.budget.bytes));
        }
        Ok(())
    }

    pub(super) fn round(&self, rule: &Rule, round: u32) -> Result<(), EvalError> {
        if round > self.budget.rounds {
            Err(Meter::limit(rule, "rounds", self.budget.rounds.into()))
        } else {
            Ok(())
        }
    }
}
