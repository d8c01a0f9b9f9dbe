//! Floor 7: the façade for embedding programs.
//!
//! An [`EngineBuilder`] takes articles, facts and rules; the [`Engine`] it
//! makes answers questions and explains answers. Nothing here prints, reads
//! the clock or the environment.

mod amended;
mod base_rows;
mod builder;
mod citation;
mod consequences;
mod continuing;
mod delta;
mod duplicates;
mod error;
mod explanation;
mod fact_folder;
mod identity;
mod in_order;
mod ingestion;
mod kept;
mod why_not;

pub use builder::{EngineBuilder, builtin_rules, extract_all, extract_one};
pub use citation::Citation;
pub use consequences::Consequences;
pub use continuing::Work;
pub use duplicates::{Duplicate, duplicates};
pub use error::EngineError;
pub use explanation::Explanation;
pub use in_order::in_order;
pub use ingestion::{IngestReport, Ingestion};
pub use kept::{KeptProgram, Settled, Unkept, kept_programs};
pub use why_not::{Near, WhyNot};

use crate::analysis::{self, StratifiedProgram};
use crate::ask::{self, Answers, GOAL};
use crate::base::{Diagnostic, EntityNames, SourceMap};
use crate::eval::{Backend, Database, Evaluation, Frog, Options};
use crate::logic::{BASE_RELATIONS, Literal, Program};
use crate::plan::{self, Plan};
use crate::store::{FactBase, StoreError};
use crate::syntax;
use base_rows::BaseRows;
use kept::{Derived, Since};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Rows as far as they were asked for.
#[derive(Clone)]
struct Input {
    database: Database,
    /// Base relations whose rows are there; an empty name where ids are numbered.
    loaded: BTreeSet<Arc<str>>,
    /// Derived relations whose rows are there or in the base.
    derived: Option<Derived>,
}

impl Input {
    fn new(database: Database) -> Input {
        Input { database, loaded: BTreeSet::new(), derived: None }
    }
}

/// Rules over base facts, ready to be asked.
pub struct Engine {
    sources: SourceMap,
    program: Program,
    names: EntityNames,
    rows: BaseRows,
    input: Mutex<Input>,
    checked: StratifiedProgram,
    warnings: Vec<Diagnostic>,
    options: Options,
    /// Whether fact files were read too.
    with_facts: bool,
    /// Tells programs apart, once asked for.
    key: OnceLock<[u8; 16]>,
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
        let plan = self.plan();
        Ok(Frog.evaluate(&self.checked, &plan, self.input(&self.checked, &plan)?, &self.options)?)
    }

    /// Answers a question such as `shared_rival("Xiaomi", who, rival)`.
    ///
    /// # Errors
    /// Findings about the question, a limit, or a computation without result.
    pub fn ask(&self, question: &str) -> Result<Answers, EngineError> {
        let (literals, sources) = self.parse(question)?;
        loop {
            let (checked, columns) = self.check_over_kept(&literals);
            let Some(program) = checked.program else {
                return Err(EngineError::refused(checked.diagnostics, sources));
            };
            let goal: Vec<_> = program.find(GOAL).into_iter().collect();
            // Damaged rows that were kept are given up, one relation a time.
            if let Some(input) = self.input_over_kept(&program, &plan::plan(&program, Some(&goal)))? {
                return Ok(ask::answer(&program, columns, input, &Frog, &self.options)?);
            }
        }
    }

    /// The plan that [`Engine::ask`] follows: of each relation what the
    /// question's constants lead to.
    ///
    /// # Errors
    /// Findings about the question.
    pub fn plan_of(&self, question: &str) -> Result<Plan, EngineError> {
        let (program, _) = self.check_question(question)?;
        Ok(ask::plan(&program, &self.input_of(&program)?))
    }

    fn check_question(&self, question: &str) -> Result<(StratifiedProgram, analysis::Columns), EngineError> {
        let (literals, sources) = self.parse(question)?;
        let (checked, columns) = analysis::check_with_question(&self.program, &literals, &self.names);
        match checked.program {
            Some(program) => Ok((program, columns)),
            None => Err(EngineError::refused(checked.diagnostics, sources)),
        }
    }

    /// Given rows of what a question needs.
    fn input_of(&self, program: &StratifiedProgram) -> Result<Database, EngineError> {
        let goal: Vec<_> = program.find(GOAL).into_iter().collect();
        self.input(program, &plan::plan(program, Some(&goal)))
    }

    /// Budget, threads, provenance.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The fact base under the engine.
    pub fn base(&self) -> &FactBase {
        &self.rows.base
    }

    /// Gives the fact base back, to change it or to build another engine on it.
    pub fn into_base(self) -> FactBase {
        self.rows.base
    }

    /// Changes the fact base under the engine. What was derived is brought up
    /// to date where it was at hand. Facts that came from fact files are not in
    /// the engine that this gives.
    ///
    /// # Errors
    /// If the change is refused, or the rules don't fit the names any more.
    pub fn rebased<T>(
        self,
        change: impl FnOnce(&mut FactBase) -> Result<T, StoreError>,
    ) -> Result<(Engine, T), EngineError> {
        let at_hand = if self.with_facts { None } else { Some(self.at_hand()) };
        let key = self.program_key();
        let Engine { sources, program, rows, options, warnings, names, .. } = self;
        // The names that come are added where nobody else has them.
        drop(names);
        let BaseRows { mut base, identity, shared } = rows;
        let version = base.version();
        let made = change(&mut base)?;
        let since = Since::of(&base, version)?;
        let before = identity.fingerprint();
        let mut rows = match &since {
            Some(since) if since.only_adds() => {
                BaseRows { identity: identity.extended(&base, since.first_batch)?, shared, base }
            }
            _ => BaseRows::new(base)?,
        };
        let names = rows.identity.names.clone();
        let mut checked = analysis::check(&program, &names);
        analysis::judge_base_names(&mut checked.diagnostics, rows.base.version() > 0);
        let fits = !checked.diagnostics.iter().any(Diagnostic::is_error);
        let Some(checked) = checked.program.filter(|_| fits) else {
            return Err(EngineError::refused(checked.diagnostics, sources));
        };
        let same_names = rows.identity.fingerprint() == before;
        let at_hand = at_hand.filter(|_| same_names).zip(since);
        rows.shared = if at_hand.is_some() { shared } else { rows.base.symbols().len() as u32 };
        // What is taken over stands in for it.
        let database = if at_hand.is_some() { Database::new() } else { rows.database() };
        let input = Mutex::new(Input::new(database));
        let (with_facts, new_key) = (false, OnceLock::new());
        let engine = Engine {
            sources,
            program,
            names,
            rows,
            input,
            checked,
            warnings,
            options,
            with_facts,
            key: new_key,
        };
        if let Some((mut at_hand, since)) = at_hand {
            if engine.program_key() != key {
                // Constants mean other entities than before.
                engine.forget_derived(&mut at_hand);
            }
            engine.take_over(at_hand, &since)?;
        }
        Ok((engine, made))
    }

    /// Given rows of what a plan reads, and none that were derived.
    fn input(&self, program: &StratifiedProgram, plan: &Plan) -> Result<Database, EngineError> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        for id in plan.reads() {
            let Input { database, loaded, .. } = &mut *input;
            self.load_base(database, loaded, &program.relation(*id).name)?;
        }
        let mut given = input.clone();
        if given.derived.is_some() {
            self.forget_derived(&mut given);
        }
        Ok(given.database)
    }

    /// Base relations are read from the fact base when first asked for.
    fn load_base(
        &self,
        database: &mut Database,
        loaded: &mut BTreeSet<Arc<str>>,
        name: &Arc<str>,
    ) -> Result<(), StoreError> {
        if BASE_RELATIONS.iter().any(|base| *base.0 == **name) && !loaded.contains(name) {
            if !matches!(&**name, "alias" | "merged" | "parted") {
                self.number_texts(database, loaded)?;
            }
            self.rows.load(name, 0..self.rows.base.batches(), database)?;
            loaded.insert(name.clone());
            database.freeze();
        }
        Ok(())
    }

    /// Has the articles' ids numbered, once.
    fn number_texts(
        &self,
        database: &mut Database,
        loaded: &mut BTreeSet<Arc<str>>,
    ) -> Result<(), StoreError> {
        // No relation has an empty name.
        if loaded.insert("".into()) { self.rows.number_texts(database) } else { Ok(()) }
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
