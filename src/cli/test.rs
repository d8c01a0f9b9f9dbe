//! `katak test`: run cases and compare with the expected facts.

use super::proof::proof_tree;
use super::report;
use super::rows::ron_atom;
use super::{Failure, Found};
use crate::engine::{Engine, EngineError};
use crate::logic::Tuple;
use crate::snapshot::{self, Case, Outcome};
use clap::Args;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

/// Run cases and compare with the expected facts
#[derive(Args)]
pub(super) struct Test {
    /// A case, or a folder of cases
    #[arg(default_value = "tests/cases")]
    folder: PathBuf,
    /// Keep what comes out as what is expected
    #[arg(long)]
    accept: bool,
}

impl Test {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let cases = snapshot::find(&self.folder).map_err(|error| Failure::Message(error.to_string()))?;
        let mut out = io::stdout().lock();
        let (mut passed, mut failed) = (0, 0);
        for case in &cases {
            let text = match case_text(case) {
                Ok(text) => text,
                Err(error) => {
                    failed += 1;
                    writeln!(out, "failed   {}", case.name)?;
                    Failure::from(error).tell();
                    continue;
                }
            };
            let kept = |error: snapshot::CaseError| Failure::Message(error.to_string());
            match case.compare(&text).map_err(kept)? {
                Outcome::Same => {
                    passed += 1;
                    writeln!(out, "passed   {}", case.name)?;
                }
                _ if self.accept => {
                    case.accept(&text).map_err(kept)?;
                    passed += 1;
                    writeln!(out, "accepted {}", case.name)?;
                }
                Outcome::Changed(diff) => {
                    failed += 1;
                    write!(out, "changed  {}\n{diff}", case.name)?;
                }
                Outcome::New => {
                    failed += 1;
                    write!(out, "new      {}\n{text}", case.name)?;
                }
            }
        }
        writeln!(out, "{passed} passed, {failed} failed")?;
        if failed > 0 {
            tell!("read the changes, and keep the right ones with --accept");
        }
        Ok(if failed == 0 { Found::Yes } else { Found::No })
    }
}

/// All that a case asks for, as text: rows, answers and proofs, sorted.
///
/// # Errors
/// What keeps the case from running.
pub fn case_text(case: &Case) -> Result<String, EngineError> {
    let mut builder = Engine::builder();
    if let Some(rules) = case.part("rules.ron") {
        builder = builder.rules([rules]);
    }
    builder = builder.articles(case.part("articles"));
    if let Some(facts) = case.part("facts") {
        builder = builder.facts(facts);
    }
    let engine = builder.build()?;
    let mut text = String::new();
    if !engine.warnings().is_empty() {
        text.push_str(&report::render(engine.warnings(), engine.sources(), false));
        text.push('\n');
    }
    let nothing_asked = case.print.is_empty() && case.ask.is_empty() && case.why.is_empty();
    if nothing_asked || !case.print.is_empty() {
        let derived = engine.run()?;
        for relation in engine.program().relations() {
            let wanted = if nothing_asked {
                relation.derived
            } else {
                case.print.contains(&relation.name.to_string())
            };
            let rows = if wanted { derived.database.rows(&relation.name) } else { Vec::new() };
            if wanted && (!rows.is_empty() || !nothing_asked) {
                writeln!(text, "# {}: {}", relation.name, rows.len()).expect("a String takes all");
                write_rows(&mut text, &relation.name, &rows);
            }
        }
    }
    for question in &case.ask {
        let answers = engine.ask(question)?;
        let names: Vec<&str> = answers.columns.iter().map(|(name, _)| &**name).collect();
        writeln!(text, "# ask {question}").expect("a String takes all");
        if names.is_empty() {
            text.push_str(if answers.holds() { "yes\n\n" } else { "no\n\n" });
        } else {
            write_rows(&mut text, &names.join(","), &answers.rows);
        }
    }
    for fact in &case.why {
        let explanation = engine.why(fact, 1)?;
        writeln!(text, "# why {fact}").expect("a String takes all");
        for proof in &explanation.proofs {
            text.push_str(&proof_tree(&engine, proof).draw());
        }
        text.push('\n');
    }
    Ok(text)
}

fn write_rows(text: &mut String, name: &str, rows: &[Tuple]) {
    for row in rows {
        let atom = ron_atom("", row);
        if name.contains(',') || rows.is_empty() {
            writeln!(text, "{name} = {atom}").expect("a String takes all");
        } else {
            writeln!(text, "{name}{atom}").expect("a String takes all");
        }
    }
    text.push('\n');
}
