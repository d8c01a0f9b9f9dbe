//! `katak why`: the proof of a fact, down to the sentences.

use super::options::{FactOptions, RuleOptions, engine};
use super::proof::{proof_json, proof_tree};
use super::rows::Format;
use super::{Failure, Found};
use clap::Args;
use std::io::{self, BufWriter, Write};

/// Explain a fact down to the sentences that it rests on
#[derive(Args)]
pub(super) struct Why {
    /// Such as: shared_rival("Huawei", "Xiaomi", "WeChat"); open arguments explain the rows that fit
    fact: String,
    #[command(flatten)]
    facts: FactOptions,
    #[command(flatten)]
    rules: RuleOptions,
    /// Most rows to explain where arguments are open
    #[arg(long, value_name = "N", default_value_t = 5)]
    limit: usize,
    /// `table` draws a tree (the default), `jsonl` gives one proof a line
    #[arg(long, value_enum)]
    format: Option<Format>,
}

impl Why {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let format = self.format.unwrap_or(Format::Table);
        if matches!(format, Format::Csv | Format::Ron) {
            return Err(Failure::Message(
                "a proof as CSV or RON is not supported; use table or jsonl".into(),
            ));
        }
        let engine = engine(&self.rules, &self.facts, true)?;
        let explanation = engine.why(&self.fact, self.limit)?;
        let mut out = BufWriter::new(io::stdout().lock());
        for (n, proof) in explanation.proofs.iter().enumerate() {
            match format {
                Format::Table => {
                    if n > 0 {
                        writeln!(out)?;
                    }
                    write!(out, "{}", proof_tree(&engine, proof).draw())?;
                }
                _ => writeln!(out, "{}", proof_json(&engine, &explanation.program, proof))?,
            }
        }
        out.flush()?;
        if explanation.total == 0 {
            tell!("this doesn't hold");
        } else if explanation.total > explanation.proofs.len() {
            let (shown, total) = (explanation.proofs.len(), explanation.total);
            tell!("{shown} of {total} rows explained; --limit shows more");
        }
        Ok(if explanation.total > 0 { Found::Yes } else { Found::No })
    }
}
