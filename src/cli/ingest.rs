//! `katak ingest`: articles into a fact base.

use super::base::{BaseOptions, TimeOptions, counted};
use super::failure::tell_findings;
use super::options::ReadingOptions;
use super::report::Progress;
use super::{Failure, Found};
use crate::base::{Diagnostic, SourceMap};
use crate::engine::{EngineError, Ingestion};
use crate::extract::Extractor;
use crate::store::FactBase;
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Parse articles into a fact base
///
/// Articles go in batches, each wholly or not at all, so the work may be
/// interrupted and run again: an article that is there with the same text is
/// skipped, one with another text becomes a new version.
#[derive(Args)]
pub(super) struct Ingest {
    /// Article (.txt, .jsonl), or folder of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    base: BaseOptions,
    #[command(flatten)]
    reading: ReadingOptions,
    #[command(flatten)]
    time: TimeOptions,
    /// Threads to parse with; 0 is as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// Most articles in one transaction
    #[arg(long, value_name = "N", default_value_t = 1000)]
    batch: usize,
    /// Parse and compare, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Ingest {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let mut sources = SourceMap::new();
        let own = match &self.reading.language {
            None => None,
            Some(folder) => Some(
                Extractor::load(folder, &mut sources)
                    .map_err(|diagnostics| EngineError::Refused { diagnostics, sources: sources.clone() })?,
            ),
        };
        let extractor = own.as_ref().unwrap_or_else(|| Extractor::builtin());
        self.base.change(self.dry_run, |base| self.ingest(extractor, base))
    }

    fn ingest(&self, extractor: &Extractor, base: &mut FactBase) -> Result<Found, Failure> {
        let bar: OnceLock<Progress> = OnceLock::new();
        let tell = |done, all| bar.get_or_init(|| Progress::new("ingesting, bytes", all)).at(done);
        let ingestion = Ingestion {
            published: self.reading.published,
            threads: self.threads,
            batch: self.batch,
            ..Ingestion::new(extractor)
        };
        let report = ingestion.run(base, &self.paths, self.time.moment(), &tell)?;
        drop(bar);
        let done = report.done;
        let mut parts = vec![counted(done.new, "new article", "new articles")];
        let mut say = |n: usize, one: &str, many: &str| {
            if n > 0 {
                parts.push(counted(n, one, many));
            }
        };
        say(done.changed, "new version", "new versions");
        say(done.reprints, "reprint", "reprints");
        say(done.skipped, "skipped as known", "skipped as known");
        say(done.claims, "claim", "claims");
        let would = if self.dry_run { " (nothing was written)" } else { "" };
        writeln!(io::stdout(), "{}{would}", parts.join(", "))?;
        tell_findings(&report.wrong, &report.sources);
        if report.more_wrong > 0 {
            tell!("error: {} more articles can't be read", report.more_wrong);
        }
        if let Some(error) = report.stopped {
            return Err(error.into());
        }
        match report.wrong.iter().any(Diagnostic::is_error) {
            true => Err(Failure::Told),
            false => Ok(Found::Yes),
        }
    }
}
