//! Options that several commands share.

use super::base::{BaseOptions, tell_lacks};
use super::failure::{Failure, tell_findings};
use super::report::Progress;
use crate::base::PartialDate;
use crate::engine::{Engine, EngineBuilder};
use crate::eval::{Budget, Options};
use clap::Args;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

/// Which rules run, and within which limits.
#[derive(Args)]
pub(super) struct RuleOptions {
    /// Rule file, or folder of them, in place of the built-in rules; may be repeated
    #[arg(long, value_name = "PATH")]
    rules: Vec<PathBuf>,
    /// Most tuples that a run may derive
    #[arg(long, value_name = "N")]
    max_tuples: Option<u64>,
    /// Most rounds of one recursion
    #[arg(long, value_name = "N")]
    max_rounds: Option<u32>,
    /// Most memory for derived tuples, in MiB
    #[arg(long, value_name = "MIB")]
    max_memory: Option<u64>,
    /// Most seconds that a run may take
    #[arg(long, value_name = "SECONDS")]
    max_seconds: Option<u64>,
    /// Threads to parse and derive with; 0 is as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

/// Where base facts come from.
#[derive(Args)]
pub(super) struct FactOptions {
    /// Article (.txt, .jsonl), or folder of them, to parse; may be repeated
    #[arg(long, value_name = "PATH")]
    articles: Vec<PathBuf>,
    /// Folder with NAME.facts or NAME.csv for each relation
    #[arg(long, value_name = "DIR")]
    facts: Option<PathBuf>,
    #[command(flatten)]
    pub(super) base: BaseOptions,
    #[command(flatten)]
    reading: ReadingOptions,
}

/// How articles are read.
#[derive(Args)]
pub(super) struct ReadingOptions {
    /// Date that relative expressions count from in articles without one
    #[arg(long, value_name = "DATE")]
    pub(super) published: Option<PartialDate>,
    /// Folder of lexicons and patterns in place of the built-in Indonesian ones
    #[arg(long, value_name = "DIR")]
    pub(super) language: Option<PathBuf>,
}

impl FactOptions {
    /// Whether all facts come from a fact base as it is.
    pub(super) fn are_base_only(&self) -> bool {
        self.articles.is_empty() && self.facts.is_none()
    }
}

impl RuleOptions {
    /// Whether a run is held to limits of its own.
    pub(super) fn is_limited(&self) -> bool {
        self.max_tuples.is_some()
            || self.max_rounds.is_some()
            || self.max_memory.is_some()
            || self.max_seconds.is_some()
    }

    /// The built-in rules and the usual limits.
    pub(super) fn none() -> RuleOptions {
        RuleOptions {
            rules: Vec::new(),
            max_tuples: None,
            max_rounds: None,
            max_memory: None,
            max_seconds: None,
            threads: 0,
        }
    }

    pub(super) fn apply(&self, mut builder: EngineBuilder, provenance: bool) -> EngineBuilder {
        if !self.rules.is_empty() {
            builder = builder.rules(self.rules.clone());
        }
        let usual = Budget::default();
        let budget = Budget {
            rounds: self.max_rounds.unwrap_or(usual.rounds),
            tuples: self.max_tuples.unwrap_or(usual.tuples),
            bytes: self.max_memory.map_or(usual.bytes, |mib| mib.saturating_mul(1 << 20)),
            time: self.max_seconds.map(Duration::from_secs).or(usual.time),
        };
        builder.options(Options { budget, provenance, threads: self.threads })
    }
}

/// Builds an engine with progress shown, telling warnings on standard error.
pub(super) fn engine(rules: &RuleOptions, facts: &FactOptions, needs_facts: bool) -> Result<Engine, Failure> {
    let mut builder = rules.apply(Engine::builder(), false).articles(facts.articles.clone());
    let others = !facts.articles.is_empty() || facts.facts.is_some();
    let path = facts.base.path();
    if facts.base.db.is_some() || !others && path.exists() {
        // Articles given besides are tried and not written.
        let base = facts.base.read()?;
        tell_lacks(&base)?;
        builder = builder.base(if facts.articles.is_empty() { base } else { base.rehearsal() });
    } else if needs_facts && !others {
        let message = format!(
            "there are no facts to work on: give --articles PATH or --facts DIR, \
             or make the fact base {} with katak ingest",
            path.display()
        );
        return Err(Failure::Message(message));
    }
    if let Some(folder) = &facts.facts {
        builder = builder.facts(folder);
    }
    if let Some(folder) = &facts.reading.language {
        builder = builder.language(folder);
    }
    if let Some(date) = facts.reading.published {
        builder = builder.published(date);
    }
    let bar: OnceLock<Progress> = OnceLock::new();
    let engine = builder
        .progress(move |done, all| bar.get_or_init(|| Progress::new("parsing", all as u64)).at(done as u64))
        .build()?;
    tell_findings(engine.warnings(), engine.sources());
    Ok(engine)
}
