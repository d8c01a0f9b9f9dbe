//! Floor 6: questions to answers.
//!
//! A question is a body without a head. Checking turns it into a rule that
//! derives the relation [`GOAL`], one column per named variable; answering
//! derives what that relation depends on, and of that only the rows that the
//! question's constants lead to.

use crate::analysis::{self, StratifiedProgram};
use crate::base::Type;
use crate::eval::{Backend, Database, EvalError, Options};
use crate::logic::Tuple;
use crate::logic::typed::RelationId;
use crate::plan::{self, Plan};
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

/// The plan by which a checked question is answered first.
pub fn plan(program: &StratifiedProgram, input: &Database) -> Plan {
    match directed(program, input) {
        Some(directed) => plan::plan(&directed, None),
        None => plan::plan(program, Some(&goal(program))),
    }
}

fn goal(program: &StratifiedProgram) -> Vec<RelationId> {
    program.find(GOAL).into_iter().collect()
}

fn directed(program: &StratifiedProgram, input: &Database) -> Option<StratifiedProgram> {
    analysis::goal_directed(program, program.find(GOAL)?, &|name| !input.is_empty(name))
}

/// Answers a checked question (see `analysis::check_with_question`) over base
/// facts, deriving only what it asks for.
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
    if let Some(directed) = directed(program, &input) {
        let plan = plan::plan(&directed, None);
        match backend.evaluate(&directed, &plan, input.clone(), options) {
            Ok(evaluation) => return Ok(Answers { columns, rows: evaluation.database.rows(GOAL) }),
            Err(error @ EvalError::Limit { limit: "seconds", .. }) => return Err(error),
            // Another order of the same conditions may compute what has no
            // result; the word of the rules as written counts.
            Err(_) => {}
        }
    }
    answer_in_full(program, columns, input, backend, options)
}

/// Answers a checked question by deriving all of the relations that it depends on.
///
/// # Errors
/// A limit of the budget, or a computation that has no result.
pub fn answer_in_full(
    program: &StratifiedProgram,
    columns: Vec<(Arc<str>, Type)>,
    input: Database,
    backend: &dyn Backend,
    options: &Options,
) -> Result<Answers, EvalError> {
    let plan = plan::plan(program, Some(&goal(program)));
    let evaluation = backend.evaluate(program, &plan, input, options)?;
    Ok(Answers { columns, rows: evaluation.database.rows(GOAL) })
}
