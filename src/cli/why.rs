//! `katak why`: the proof of a fact, down to the sentences.

use super::options::{FactOptions, RuleOptions, engine};
use super::proof::{proof_json, proof_tree};
use super::rows::Format;
use super::{Failure, Found};
use crate::explain::Limits;
use clap::Args;
use clap::builder::TypedValueParser;
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
    #[command(flatten)]
    limits: ProofLimits,
    /// `table` draws a tree (the default), `jsonl` gives one proof a line
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// How much of a proof is looked for and shown.
#[derive(Args)]
struct ProofLimits {
    /// Most rules one below the other, at most 300
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth,
          value_parser = clap::value_parser!(u16).range(1..=Limits::DEEPEST as i64).map(usize::from))]
    depth: usize,
    /// Most facts by rule in one proof
    #[arg(long, value_name = "N", default_value_t = Limits::default().nodes)]
    nodes: usize,
    /// Most rows shown of a count, sum, min or max
    #[arg(long, value_name = "N", default_value_t = Limits::default().rows)]
    rows: usize,
    /// Most rows looked at in the search for one proof
    #[arg(long, value_name = "N", default_value_t = Limits::default().steps)]
    steps: usize,
}

impl ProofLimits {
    fn limits(&self) -> Limits {
        let usual = Limits::default();
        // Both bound the same search.
        let ranked = usual.ranked.max(self.steps / (usual.steps / usual.ranked));
        Limits { depth: self.depth, nodes: self.nodes, rows: self.rows, steps: self.steps, ranked, ..usual }
    }
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
        let explanation = engine.why_within(&self.fact, self.limit, &self.limits.limits())?;
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
