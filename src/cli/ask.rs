//! `katak ask`: the bindings that make a question true.

use super::base::keep;
use super::options::{FactOptions, RuleOptions, engine};
use super::rows::{self, Format};
use super::{Failure, Found};
use crate::eval::{Budget, Options};
use clap::Args;
use std::io::{self, BufWriter, Write};
use std::time::Duration;

/// Beyond these no relation is derived in full for one question's sake.
const KEPT_TUPLES: u64 = 2_000_000;
const KEPT_TIME: Duration = Duration::from_secs(1);

/// Ask a question: one literal or several, as in a rule's `when`
#[derive(Args)]
pub(super) struct Ask {
    /// Such as: shared_rival("Xiaomi", who, rival)
    question: String,
    #[command(flatten)]
    facts: FactOptions,
    #[command(flatten)]
    rules: RuleOptions,
    /// How rows are printed; a table at a terminal, else JSON lines
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Print the plan and don't run it
    #[arg(long)]
    explain_plan: bool,
}

impl Ask {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let engine = engine(&self.rules, &self.facts, true)?;
        if self.explain_plan {
            let mut out = io::stdout().lock();
            write!(out, "{}", engine.plan_of(&self.question)?)?;
            out.flush()?;
            return Ok(Found::Yes);
        }
        let keeps = self.facts.are_base_only() && engine.base().is_read_only() && !self.rules.is_limited();
        if keeps {
            // What takes too long is derived for the question alone.
            let budget = Budget { tuples: KEPT_TUPLES, time: Some(KEPT_TIME), ..Budget::default() };
            engine.settle_for(&self.question, &Options { budget, ..Options::default() })?;
        }
        let answers = engine.ask(&self.question)?;
        let mut out = BufWriter::new(io::stdout().lock());
        let format = Format::or_default(self.format);
        if answers.columns.is_empty() {
            match format {
                Format::Table => writeln!(out, "{}", if answers.holds() { "yes" } else { "no" })?,
                Format::Jsonl => writeln!(out, "{{\"holds\": {}}}", answers.holds())?,
                Format::Csv => writeln!(out, "holds\n{}", answers.holds())?,
                Format::Ron => writeln!(out, "holds({})", answers.holds())?,
            }
        } else if answers.holds() || format == Format::Csv {
            rows::print(&mut out, format, "answer", &answers.columns, &answers.rows)?;
        } else {
            tell!("nothing found");
        }
        out.flush()?;
        if keeps {
            keep(engine, &self.facts.base);
        }
        Ok(if answers.holds() { Found::Yes } else { Found::No })
    }
}
