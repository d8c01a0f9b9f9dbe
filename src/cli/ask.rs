//! `katak ask`: the bindings that make a question true.

use super::options::{FactOptions, RuleOptions, engine};
use super::rows::{self, Format};
use super::{Failure, Found};
use clap::Args;
use std::io::{self, BufWriter, Write};

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
}

impl Ask {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let engine = engine(&self.rules, &self.facts, true)?;
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
            rows::write(&mut out, format, false, "answer", &answers.columns, &answers.rows)?;
        } else {
            eprintln!("nothing found");
        }
        out.flush()?;
        Ok(if answers.holds() { Found::Yes } else { Found::No })
    }
}
