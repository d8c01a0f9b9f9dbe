//! Why a command can't go on, told once, with its exit code.

use super::report;
use crate::base::{Diagnostic, SourceMap, escape_hostile};
use crate::engine::EngineError;
use crate::eval::EvalError;
use crate::store::StoreError;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

/// What ends a command early.
pub(super) enum Failure {
    /// Rules, facts, articles or the question can't be used.
    Engine(Box<EngineError>),
    /// Findings were told already.
    Told,
    /// Wrong use, or a file that can't be written: one line that says so.
    Message(String),
    /// Standard output can't be written.
    Output(io::Error),
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Failure {
        Failure::Engine(Box::new(error))
    }
}

impl From<EvalError> for Failure {
    fn from(error: EvalError) -> Failure {
        Failure::Engine(Box::new(error.into()))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Message(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

impl Failure {
    /// Tells it on standard error and gives the exit code.
    pub(super) fn tell(self) -> ExitCode {
        match self {
            Failure::Engine(error) => match *error {
                EngineError::Refused { diagnostics, sources } => {
                    tell_findings(&diagnostics, &sources);
                    ExitCode::from(2)
                }
                EngineError::Store(error) => Failure::from(error).tell(),
                EngineError::Eval(error) => {
                    tell!("error: {}", escape_hostile(&error.to_string()));
                    ExitCode::from(if error.is_limit() { 3 } else { 2 })
                }
            },
            Failure::Told => ExitCode::from(2),
            Failure::Message(message) => {
                tell!("error: {}", escape_hostile(&message));
                ExitCode::from(2)
            }
            // Whoever reads the pipe has seen enough.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Failure::Output(error) => {
                tell!("error: standard output can't be written: {error}");
                ExitCode::from(2)
            }
        }
    }
}

/// Draws findings on standard error.
pub(super) fn tell_findings(findings: &[Diagnostic], sources: &SourceMap) {
    let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let _ = write!(io::stderr(), "{}", report::render(findings, sources, color));
}
