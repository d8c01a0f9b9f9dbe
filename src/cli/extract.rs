//! `katak extract`: what the parser finds, without rules.

use super::failure::tell_findings;
use super::options::ReadingOptions;
use super::report::{self, Progress};
use super::rows::{Format, escape_json};
use super::{Failure, Found};
use crate::article;
use crate::base::{Diagnostic, SourceMap, escape_hostile};
use crate::engine::{EngineError, extract_all};
use crate::extract::{self, Extraction, Extractor};
use clap::Args;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Articles parsed at once; bounds memory, and lets output begin early.
const BATCH: usize = 256;

/// Parse articles and print what was found
#[derive(Args)]
pub(super) struct Extract {
    /// Article (.txt, .jsonl), or folder of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingOptions,
    /// Threads to parse with; 0 is as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// How findings are printed; a table at a terminal, else JSON lines
    #[arg(long, value_enum)]
    format: Option<Format>,
}

impl Extract {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let mut sources = SourceMap::new();
        let (mut articles, findings) = article::read_paths(&self.paths, &mut sources);
        let own = match &self.reading.language {
            None => None,
            Some(folder) => Some(Extractor::load(folder, &mut sources).map_err(|diagnostics| {
                Failure::from(EngineError::Refused { diagnostics, sources: sources.clone() })
            })?),
        };
        let extractor = own.as_ref().unwrap_or_else(|| Extractor::builtin());
        let format = Format::or_default(self.format);
        let mut out = BufWriter::new(io::stdout().lock());
        let bar: OnceLock<Progress> = OnceLock::new();
        let (mut any, mut base, all) = (false, 0, articles.len());
        if format == Format::Csv {
            writeln!(out, "article,relation,args,status,when,start,end,pattern")?;
        }
        let mut cells = Vec::new();
        for batch in articles.chunks_mut(BATCH) {
            let size = batch.len();
            let tell = |done: usize, _: usize| {
                bar.get_or_init(|| Progress::new("parsing", all as u64)).at((base + done) as u64);
            };
            for extraction in extract_all(extractor, batch, self.reading.published, self.threads, &tell) {
                any |= !extraction.entities.is_empty() || !extraction.dates.is_empty();
                write_one(&mut out, format, &extraction, &mut cells)?;
            }
            base += size;
        }
        drop(bar);
        if format == Format::Table {
            let header =
                ["article", "relation", "args", "status", "when", "bytes", "pattern"].map(String::from);
            writeln!(out, "{}", report::table(&header, &cells))?;
        }
        out.flush()?;
        tell_findings(&findings, &sources);
        if findings.iter().any(Diagnostic::is_error) {
            return Err(Failure::Told);
        }
        Ok(if any { Found::Yes } else { Found::No })
    }
}

fn write_one(
    out: &mut dyn Write,
    format: Format,
    extraction: &Extraction,
    cells: &mut Vec<Vec<String>>,
) -> io::Result<()> {
    for line in extract::jsonl(extraction).lines() {
        if format == Format::Jsonl {
            writeln!(out, "{}", escape_json(line))?;
            continue;
        }
        let row: serde_json::Value = serde_json::from_str(line).map_err(io::Error::other)?;
        let text = |key: &str| match &row[key] {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Array(all) => {
                all.iter().filter_map(|one| one.as_str()).collect::<Vec<_>>().join(" · ")
            }
            other => other.to_string(),
        };
        let bytes = format!("{}..{}", text("start"), text("end"));
        let fields = ["article", "relation", "args", "status", "when"].map(text);
        match format {
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(&mut *out);
                let rest = ["start", "end", "pattern"].map(text);
                let all = fields.iter().chain(&rest).map(|field| escape_hostile(field).into_owned());
                csv.write_record(all).map_err(io::Error::other)?;
                csv.flush()?;
            }
            Format::Ron => writeln!(out, "{}", ron_line(&row))?,
            _ => cells.push(fields.into_iter().chain([bytes, text("pattern")]).collect()),
        }
    }
    Ok(())
}

/// A finding as a RON struct with the same fields.
fn ron_line(row: &serde_json::Value) -> String {
    let fields = row.as_object().into_iter().flatten();
    let fields = fields.filter(|(_, value)| !value.is_null());
    let parts: Vec<String> =
        fields.map(|(key, value)| format!("{key}: {}", escape_hostile(&value.to_string()))).collect();
    format!("({})", parts.join(", "))
}
