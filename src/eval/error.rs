//! Why a run ended early.

use std::fmt;
use std::sync::Arc;

/// A run that couldn't end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvalError {
    /// A limit was reached while this rule ran.
    Limit {
        /// The rule.
        rule: Arc<str>,
        /// Which limit: `rounds`, `tuples`, `bytes` or `seconds`.
        limit: &'static str,
        /// Its value.
        value: u64,
    },
    /// A computation has no result: overflow, division by zero, no number.
    Run {
        /// The rule.
        rule: Arc<str>,
        /// What went wrong, with the values.
        message: String,
    },
}

impl EvalError {
    /// Whether a limit was reached.
    pub fn is_limit(&self) -> bool {
        matches!(self, EvalError::Limit { .. })
    }
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvalError::Limit { rule, limit, value } => {
                let option = match *limit {
                    "rounds" => "--max-rounds",
                    "tuples" => "--max-tuples",
                    "bytes" => "--max-memory",
                    _ => "--max-seconds",
                };
                write!(f, "the limit of {value} {limit} was reached in the rule `{rule}`; ")?;
                write!(f, "bound its recursion or its join, or raise the limit with {option}")
            }
            EvalError::Run { rule, message } => write!(f, "in the rule `{rule}`: {message}"),
        }
    }
}

impl std::error::Error for EvalError {}
