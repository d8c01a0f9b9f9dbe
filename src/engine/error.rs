//! What can keep an engine from answering.

use crate::base::{Diagnostic, SourceMap};
use crate::eval::EvalError;
use crate::store::StoreError;
use std::fmt;

/// Bad input with everything found in it, or a run that couldn't end.
#[derive(Debug)]
pub enum EngineError {
    /// The rules, facts, articles or the question can't be used.
    Refused {
        /// All findings; at least one is an error.
        diagnostics: Vec<Diagnostic>,
        /// The texts they point into.
        sources: SourceMap,
    },
    /// A limit was reached, or a computation had no result.
    Eval(EvalError),
    /// The fact base can't be used.
    Store(StoreError),
}

impl EngineError {
    /// Bad input.
    pub(crate) fn refused(mut diagnostics: Vec<Diagnostic>, sources: SourceMap) -> EngineError {
        Diagnostic::sort(&mut diagnostics);
        EngineError::Refused { diagnostics, sources }
    }
}

impl From<EvalError> for EngineError {
    fn from(error: EvalError) -> EngineError {
        EngineError::Eval(error)
    }
}

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> EngineError {
        EngineError::Store(error)
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EngineError::Refused { diagnostics, sources } => {
                for (n, finding) in diagnostics.iter().enumerate() {
                    if n > 0 {
                        f.write_str("\n")?;
                    }
                    if let Some(label) = finding.labels.first() {
                        let source = sources.get(label.at.source);
                        let (line, column) = source.line_column(label.at.span.start);
                        write!(f, "{}:{line}:{column}: ", source.name)?;
                    }
                    write!(f, "{}: {}", finding.code, finding.message)?;
                }
                Ok(())
            }
            EngineError::Eval(error) => error.fmt(f),
            EngineError::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EngineError {}
