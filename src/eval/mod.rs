//! Floor 5: runs plans. [`Database`] holds `table`s of `rows` of 32-bit `cells`;
//! [`Frog`] is semi-naive on datafrog, [`Naive`] the oracle that it is compared
//! with, on plain `sets` of values.

mod budget;
pub mod builtin;
mod cells;
mod database;
mod error;
mod facts_file;
mod frog;
mod held;
mod intake;
mod naive;
mod pack;
mod packed;
mod quotes;
mod rounds;
mod rows;
mod sets;
mod sorted;
mod stats;
mod table;
mod weave;

pub use budget::{Budget, Options};
pub use database::Database;
pub use error::EvalError;
pub use facts_file::MAX_FACT_FILE_BYTES;
pub use frog::Frog;
pub use naive::Naive;
pub use packed::PackedRows;
pub use sorted::{Field, Sorted};
pub use stats::{RuleStats, Stats, StratumStats};
pub use table::Birth;

use crate::analysis::StratifiedProgram;
use crate::plan::Plan;

/// What a run derived, and what it cost.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Given and derived rows.
    pub database: Database,
    /// Time, rounds and tuples per rule.
    pub stats: Stats,
}

/// A way of running plans. All back ends derive the same rows.
pub trait Backend {
    /// Derives what the plan covers from the given rows.
    ///
    /// # Errors
    /// A limit of the budget, or a computation without result; the rule is named.
    fn evaluate(
        &self,
        program: &StratifiedProgram,
        plan: &Plan,
        input: Database,
        options: &Options,
    ) -> Result<Evaluation, EvalError>;
}
