//! Floor 6: questions to answers.
//!
//! A question is a body without a head. Checking turns it into a rule that
//! derives the relation [`GOAL`], one column per named variable; answering
//! derives what that relation depends on and nothing else.

use crate::analysis::StratifiedProgram;
use crate::base::Type;
use crate::eval::{Backend, Database, EvalError, Options};
use crate::logic::Tuple;
use crate::plan;
use std::sync::Arc;

/// The relation that a checked question derives.
pub const GOAL: &str = "?";

/// What a question's variables can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The question's variables in order of first appearance, with their types.
    pub columns: Vec<(Arc<str>, Type)>,
    /// The distinct bindings, sorted by value. A question without variables
    /// has one empty row if it holds.
    pub rows: Vec<Tuple>,
}

impl Answers {
    /// Whether the question holds for any binding.
    pub fn holds(&self) -> bool {
        !self.rows.is_empty()
    }
}

/// Answers a checked question (see `analysis::check_with_question`) over base facts.
///
/// # Errors
/// A limit of the budget, or a computation that has no result.
pub fn answer(
    program: &StratifiedProgram,
    columns: Vec<(Arc<str>, Type)>,
    input: Database,
    backend: &dyn Backend,
    options: &Options,
) -> Result<Answers, EvalError> {
    let goal: Vec<_> = program.find(GOAL).into_iter().collect();
    let plan = plan::plan(program, Some(&goal));
    let evaluation = backend.evaluate(program, &plan, input, options)?;
    Ok(Answers { columns, rows: evaluation.database.rows(GOAL) })
}
