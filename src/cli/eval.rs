//! `katak eval`: what extraction finds, against labelled articles.

use super::failure::tell_findings;
use super::options::ReadingOptions;
use super::report::{self, Progress};
use super::{Failure, Found};
use crate::article;
use crate::base::{Diagnostic, SourceMap, escape_hostile};
use crate::engine::{EngineError, extract_all};
use crate::extract::Extractor;
use crate::measure::{Changes, Figures, Finding, GoldArticle, Measure, RELATIONS, Report, read_gold};
use clap::{Args, ValueEnum};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Articles parsed at once.
const BATCH: usize = 256;

/// Measure extraction against labelled articles
#[derive(Args)]
pub(super) struct Eval {
    /// Article (.txt, .jsonl), or folder of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Labels, one article a line: {"id", "entities", "facts", "dates"}
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// Show what changed since a saved report
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Keep the report for a later --baseline
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// List what was missed and what is wrong, with the sentences
    #[arg(long)]
    misses: bool,
    /// Fail (code 1) below this F1; `relations` is partner, rival and sanction together
    #[arg(long, value_name = "RELATION=F1", value_parser = floor)]
    floor: Vec<(String, f64)>,
    /// How the report is printed; a table at a terminal, else JSON
    #[arg(long, value_enum)]
    format: Option<ReportFormat>,
    #[command(flatten)]
    reading: ReadingOptions,
    /// Threads to parse with; 0 is as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

/// How a report is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum ReportFormat {
    /// Drawn tables
    Table,
    /// One JSON object
    Json,
}

fn floor(text: &str) -> Result<(String, f64), String> {
    let (name, value) = text.split_once('=').ok_or("a floor is written partner=0.8")?;
    if name != "relations" && !RELATIONS.contains(&name) {
        return Err(format!("\"{name}\" is none of {}, relations", RELATIONS.join(", ")));
    }
    let value: f64 = value.parse().map_err(|_| format!("\"{value}\" is no number"))?;
    Ok((name.to_string(), value))
}

impl Eval {
    pub(super) fn run(self) -> Result<Found, Failure> {
        if let Some(path) = &self.save {
            let real = |path: &Path| fs::canonicalize(path).ok();
            if real(path).is_some_and(|saved| real(&self.gold) == Some(saved)) {
                let shown = path.display();
                return Err(Failure::Message(format!(
                    "`{shown}` holds the labels: save the report elsewhere"
                )));
            }
        }
        let mut sources = SourceMap::new();
        let (gold, mut findings) = read_gold(&self.gold, &mut sources);
        let before = self.before()?;
        let (articles, unread) = article::read_paths(&self.paths, &mut sources);
        findings.extend(unread);
        let own = match &self.reading.language {
            None => None,
            Some(folder) => Some(Extractor::load(folder, &mut sources).map_err(|diagnostics| {
                Failure::from(EngineError::Refused { diagnostics, sources: sources.clone() })
            })?),
        };
        tell_findings(&findings, &sources);
        if findings.iter().any(Diagnostic::is_error) {
            return Err(Failure::Told);
        }
        let report = self.measure(own.as_ref().unwrap_or_else(|| Extractor::builtin()), articles, &gold);
        if report.articles == 0 {
            return Err(Failure::Message("none of the articles is labelled".into()));
        }
        let json = |value: serde_json::Result<String>| value.map_err(io::Error::other);
        if let Some(path) = &self.save {
            let text = json(serde_json::to_string_pretty(&report))?;
            fs::write(path, text + "\n")
                .map_err(|e| Failure::Message(format!("{} can't be written: {e}", path.display())))?;
        }
        let changes = before.as_ref().map(|before| Changes::between(before, &report));
        let usual = if io::stdout().is_terminal() { ReportFormat::Table } else { ReportFormat::Json };
        let mut out = BufWriter::new(io::stdout().lock());
        match self.format.unwrap_or(usual) {
            ReportFormat::Json => {
                let mut value = serde_json::to_value(&report).map_err(io::Error::other)?;
                if let Some(changes) = &changes {
                    value["changes"] = serde_json::to_value(changes).map_err(io::Error::other)?;
                }
                let text = json(serde_json::to_string_pretty(&value))?;
                for line in text.lines() {
                    writeln!(out, "{}", super::rows::escape_json(line))?;
                }
            }
            ReportFormat::Table => self.print(&mut out, &report, changes.as_ref())?,
        }
        out.flush()?;
        let mut low = false;
        for (name, least) in &self.floor {
            let f1 = report.relations.get(name).map_or(0.0, |figures| figures.f1);
            if f1 < *least {
                low = true;
                tell!("below the floor: {name} has F1 {f1:.3}, not {least}");
            }
        }
        Ok(if low { Found::No } else { Found::Yes })
    }

    fn before(&self) -> Result<Option<Report>, Failure> {
        let Some(path) = &self.baseline else { return Ok(None) };
        let wrong = |what: String| Failure::Message(format!("{} {what}", path.display()));
        let text = fs::read_to_string(path).map_err(|e| wrong(format!("can't be read: {e}")))?;
        let report = serde_json::from_str(&text);
        report.map(Some).map_err(|e| wrong(format!("is no saved report: {e}")))
    }

    fn measure(&self, x: &Extractor, mut articles: Vec<article::Article>, gold: &[GoldArticle]) -> Report {
        let by_id: BTreeMap<&str, &GoldArticle> = gold.iter().map(|g| (&*g.id, g)).collect();
        let given: BTreeSet<String> = articles.iter().map(|a| a.id.clone()).collect();
        articles.retain(|a| by_id.contains_key(&*a.id));
        let unlabelled = given.len() - articles.len();
        let absent = gold.iter().filter(|g| !given.contains(&g.id)).count();
        for (count, what) in [(unlabelled, "given without labels"), (absent, "labelled but not given")] {
            if count > 0 {
                tell!("note: articles {what}, so left out: {count}");
            }
        }
        let all = articles.len();
        let bar: OnceLock<Progress> = OnceLock::new();
        let mut measure = Measure::new();
        let mut base = 0;
        for batch in articles.chunks_mut(BATCH) {
            let tell = |done: usize, _: usize| {
                bar.get_or_init(|| Progress::new("parsing", all as u64)).at((base + done) as u64);
            };
            let found = extract_all(x, batch, self.reading.published, self.threads, &tell);
            for (article, found) in batch.iter().zip(&found) {
                measure.add(article, found, by_id[&*article.id]);
            }
            base += batch.len();
        }
        measure.report()
    }

    fn print(&self, out: &mut dyn Write, report: &Report, changes: Option<&Changes>) -> io::Result<()> {
        let mut header = vec!["relation", "status", "gold", "found", "right", "P", "R", "F1"];
        if changes.is_some() {
            header.extend(["ΔP", "ΔR", "ΔF1"]);
        }
        let header: Vec<String> = header.into_iter().map(String::from).collect();
        let mut rows = Vec::new();
        for name in RELATIONS.into_iter().chain(["relations"]) {
            let gained = changes.map(|c| c.gained.get(name).copied().unwrap_or_default());
            rows.push(row(name, "", &report.relations[name], gained));
            for status in ["asserted", "reported", "planned", "negated"] {
                let figures = report.by_status.get(name).and_then(|of| of.get(status));
                if let Some(figures) = figures {
                    rows.push(row("", status, figures, None));
                }
            }
        }
        writeln!(out, "{}", report::table(&header, &rows))?;
        writeln!(
            out,
            "status right {:.3}   when right {:.3}   articles {}",
            report.status_right, report.when_right, report.articles
        )?;
        if let Some(changes) = changes {
            list(out, "found now", &changes.now_found)?;
            list(out, "missed now", &changes.now_missed)?;
            list(out, "wrong now", &changes.now_wrong)?;
            list(out, "no longer wrong", &changes.no_longer_wrong)?;
            if changes.is_empty() {
                writeln!(out, "\nnothing changed since the baseline")?;
            }
        }
        if self.misses {
            list(out, "missed", &report.missed)?;
            list(out, "wrong", &report.wrong)?;
            list(out, "right with another status", &report.status_off)?;
        }
        Ok(())
    }
}

fn row(name: &str, status: &str, f: &Figures, gained: Option<[f64; 3]>) -> Vec<String> {
    let shares = [f.precision, f.recall, f.f1].map(|share| format!("{share:.3}"));
    let counts = [f.gold, f.found, f.right].map(|n| n.to_string());
    let gained = gained.into_iter().flatten().map(|by| format!("{by:+.3}"));
    [name.to_string(), status.to_string()].into_iter().chain(counts).chain(shares).chain(gained).collect()
}

fn list(out: &mut dyn Write, what: &str, findings: &[Finding]) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{what} ({}):", findings.len())?;
    for f in findings {
        let claimed = !matches!(&*f.relation, "company" | "date");
        let mut line = format!("{} {} {}", f.article, f.relation, f.args.join(" · "));
        if claimed {
            line.push_str(&format!(", {}", f.status));
        }
        if let Some(instead) = f.instead.as_ref().filter(|other| claimed && **other != f.status) {
            line.push_str(&format!(", else {instead}"));
        }
        if let Some(pattern) = &f.pattern {
            line.push_str(&format!(" ({pattern})"));
        }
        writeln!(out, "  {}", escape_hostile(&line))?;
        if !f.sentence.is_empty() {
            writeln!(out, "    “{}”", escape_hostile(&f.sentence))?;
        }
    }
    Ok(())
}
