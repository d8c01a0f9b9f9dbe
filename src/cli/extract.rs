//! `katak extract`: what the parser finds, without rules.

use super::failure::tell_findings;
use super::options::ReadingOptions;
use super::report::{self, Progress};
use super::rows::{Format, escape_json};
use super::{Failure, Found};
use crate::article::{ArticleStream, RawArticle, ReadError, same_id};
use crate::base::{Diagnostic, SourceMap, escape_hostile};
use crate::engine::{EngineError, extract_one, in_order};
use crate::extract::{self, Extraction, Extractor};
use clap::{Args, ValueEnum};
use rustc_hash::FxHashSet;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Articles that a thread parses at a time.
const BATCH: usize = 256;
/// Errors told one by one.
const MOST_TOLD: usize = 100;

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
    format: Option<Shown>,
    /// Tell for each sentence its tokens, names and references, the patterns
    /// that matched, and those that nearly did: as trees, with `--format jsonl`
    /// as a JSON object a sentence, with `--format html` in the page
    #[arg(long)]
    explain: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Shown {
    /// A drawn table
    Table,
    /// One JSON object a line
    Jsonl,
    /// RFC 4180 with a header line
    Csv,
    /// One RON tuple struct a line
    Ron,
    /// A page with the articles' text and the findings marked in it
    Html,
}

/// What is made of an article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    Rows(Format),
    Page { explain: bool },
    Trees,
    TreesJson,
}

impl Output {
    fn of(asked: Option<Shown>, explain: bool) -> Result<Output, Failure> {
        let rows = |format| match (explain, format) {
            (false, _) => Ok(Output::Rows(format)),
            (true, Format::Jsonl) => Ok(Output::TreesJson),
            _ => {
                let message = "`--explain` gives trees, or with `--format` jsonl or html";
                Err(Failure::Message(message.into()))
            }
        };
        match asked {
            Some(Shown::Html) => Ok(Output::Page { explain }),
            Some(Shown::Table) => rows(Format::Table),
            Some(Shown::Jsonl) => rows(Format::Jsonl),
            Some(Shown::Csv) => rows(Format::Csv),
            Some(Shown::Ron) => rows(Format::Ron),
            None if explain => Ok(Output::Trees),
            None => rows(Format::or_default(None)),
        }
    }
}

impl Extract {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let mut sources = SourceMap::new();
        let own = match &self.reading.language {
            None => None,
            Some(folder) => Some(Extractor::load(folder, &mut sources).map_err(|diagnostics| {
                Failure::from(EngineError::Refused { diagnostics, sources: sources.clone() })
            })?),
        };
        let extractor = own.as_ref().unwrap_or_else(|| Extractor::builtin());
        let output = Output::of(self.format, self.explain)?;
        let mut out = BufWriter::new(io::stdout().lock());
        if matches!(output, Output::Page { .. }) {
            out.write_all(report::page_start().as_bytes())?;
        }
        if output == Output::Rows(Format::Csv) {
            writeln!(out, "article,relation,args,status,when,start,end,pattern")?;
        }
        let stream = ArticleStream::new(&self.paths);
        let bar = Progress::new("parsing, bytes", stream.bytes());
        let mut wrong = Wrong { sources, found: Vec::new(), more: 0, ids: FxHashSet::default() };
        let mut cells = Vec::new();
        let (mut any, mut done, mut written) = (false, 0, Ok::<(), io::Error>(()));
        let work = |batch: Vec<Result<RawArticle, ReadError>>| -> Vec<Result<Piece, ReadError>> {
            batch.into_iter().map(|raw| self.piece(extractor, output, raw?)).collect()
        };
        in_order(stream.batches(BATCH), self.threads, work, |batch| {
            for piece in batch {
                match piece {
                    Err(error) => wrong.add(error),
                    Ok(piece) if wrong.repeats(&piece.id) => {}
                    Ok(piece) => {
                        any |= piece.any;
                        done += piece.size as u64;
                        cells.extend(piece.cells);
                        if written.is_ok() {
                            written = out.write_all(piece.text.as_bytes());
                        }
                    }
                }
            }
            bar.at(done);
            written.is_ok()
        });
        drop(bar);
        written?;
        if matches!(output, Output::Page { .. }) {
            out.write_all(report::page_end().as_bytes())?;
        }
        if output == Output::Rows(Format::Table) {
            let header =
                ["article", "relation", "args", "status", "when", "bytes", "pattern"].map(String::from);
            writeln!(out, "{}", report::table(&header, &cells))?;
        }
        out.flush()?;
        tell_findings(&wrong.found, &wrong.sources);
        if wrong.more > 0 {
            tell!("error: {} more articles can't be read", wrong.more);
        }
        if wrong.found.iter().any(Diagnostic::is_error) {
            return Err(Failure::Told);
        }
        Ok(if any { Found::Yes } else { Found::No })
    }

    /// What is printed of one article.
    fn piece(&self, extractor: &Extractor, output: Output, raw: RawArticle) -> Result<Piece, ReadError> {
        let size = raw.size();
        let mut article = raw.read()?;
        let found = extract_one(extractor, &mut article, self.reading.published);
        let any = !found.entities.is_empty() || !found.dates.is_empty();
        let mut cells = Vec::new();
        let text = match output {
            Output::Rows(format) => {
                let mut text = Vec::new();
                // A Vec takes all, and an extraction is sound JSON.
                let _ = write_one(&mut text, format, &found, &mut cells);
                String::from_utf8(text).unwrap_or_default()
            }
            Output::Trees => report::trace_text(&article.text, &extractor.explain(&article)),
            Output::TreesJson => report::trace_json(&extractor.explain(&article))
                .iter()
                .map(|sentence| escape_json(&sentence.to_string()).into_owned() + "\n")
                .collect(),
            Output::Page { explain } => {
                let mut anchor = DefaultHasher::new();
                anchor.write(article.id.as_bytes());
                report::page_article(anchor.finish(), &article, &extractor.explain(&article), explain)
            }
        };
        Ok(Piece { id: article.id, size, any, text, cells })
    }
}

/// One article's part of the output.
struct Piece {
    id: String,
    size: usize,
    any: bool,
    text: String,
    cells: Vec<Vec<String>>,
}

/// Articles that can't be read.
struct Wrong {
    sources: SourceMap,
    found: Vec<Diagnostic>,
    more: usize,
    /// Digests of the ids so far.
    ids: FxHashSet<u64>,
}

impl Wrong {
    fn add(&mut self, error: ReadError) {
        if self.found.len() < MOST_TOLD {
            let found = error.diagnostic(&mut self.sources);
            self.found.push(found);
        } else {
            self.more += 1;
        }
    }

    /// Whether an article with this id was there before.
    fn repeats(&mut self, id: &str) -> bool {
        let mut digest = DefaultHasher::new();
        digest.write(id.as_bytes());
        let repeats = !self.ids.insert(digest.finish());
        if repeats && self.found.len() < MOST_TOLD {
            self.found.push(same_id(id));
        } else if repeats {
            self.more += 1;
        }
        repeats
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
