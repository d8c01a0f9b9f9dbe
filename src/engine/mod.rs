//! Floor 7: the façade for embedding programs.
//!
//! An [`EngineBuilder`] takes articles, facts and rules; the [`Engine`] it
//! makes answers questions and explains answers. Nothing here prints, reads
//! the clock or the environment.

mod base_facts;
mod builder;
mod citation;
mod error;
mod explanation;
mod why_not;

pub use builder::{EngineBuilder, builtin_rules, extract_all};
pub use citation::Citation;
pub use error::EngineError;
pub use explanation::Explanation;
pub use why_not::{Near, WhyNot};

use crate::analysis::{self, StratifiedProgram};
use crate::ask::{self, Answers};
use crate::base::{Diagnostic, EntityNames, SourceMap};
use crate::eval::{Backend, Database, Evaluation, Frog, Options};
use crate::logic::{Literal, Program};
use crate::plan::{self, Plan};
use crate::syntax;

/// Rules over base facts, ready to be asked.
pub struct Engine {
    sources: SourceMap,
    program: Program,
    names: EntityNames,
    input: Database,
    checked: StratifiedProgram,
    warnings: Vec<Diagnostic>,
    citations: citation::Citations,
    options: Options,
}

impl Engine {
    /// Starts an engine with the built-in rules and no facts.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// The checked rules.
    pub fn program(&self) -> &StratifiedProgram {
        &self.checked
    }

    /// Every text read so far; diagnostics point into it.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// Findings about the rules and facts that don't prevent running them.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The names that entities go by.
    pub fn names(&self) -> &EntityNames {
        &self.names
    }

    /// The plan that [`Engine::run`] follows.
    pub fn plan(&self) -> Plan {
        plan::plan(&self.checked, None)
    }

    /// Derives everything.
    ///
    /// # Errors
    /// A limit of the budget, or a computation that has no result.
    pub fn run(&self) -> Result<Evaluation, EngineError> {
        Ok(Frog.evaluate(&self.checked, &self.plan(), self.input.clone(), &self.options)?)
    }

    /// Answers a question such as `shared_rival("Xiaomi", who, rival)`.
    ///
    /// # Errors
    /// Findings about the question, a limit, or a computation without result.
    pub fn ask(&self, question: &str) -> Result<Answers, EngineError> {
        let (literals, sources) = self.parse(question)?;
        let (checked, columns) = analysis::check_with_question(&self.program, &literals, &self.names);
        let Some(program) = checked.program else {
            return Err(EngineError::refused(checked.diagnostics, sources));
        };
        Ok(ask::answer(&program, columns, self.input.clone(), &Frog, &self.options)?)
    }

    /// Reads a question; its text becomes one more source.
    fn parse(&self, question: &str) -> Result<(Vec<Literal>, SourceMap), EngineError> {
        let mut sources = self.sources.clone();
        let source = sources.add("question", question);
        match syntax::parse_question(question, source) {
            Ok(literals) => Ok((literals, sources)),
            Err(diagnostics) => Err(EngineError::refused(diagnostics, sources)),
        }
    }
}
