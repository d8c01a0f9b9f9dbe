//! A folder of facts: which of its files are a relation's, and their rows.

use crate::analysis::{self, StratifiedProgram};
use crate::base::{Diagnostic, EntityNames, by_nearness, nearest};
use crate::eval::Database;
use crate::logic::Program;
use std::path::{Path, PathBuf};

/// The endings of files of facts.
const ENDINGS: [&str; 2] = ["facts", "csv"];
/// Files without a relation that are told one by one.
const MOST_TOLD: usize = 20;

/// The files of a relation in a folder of facts.
pub(super) fn fact_files(folder: &Path, relation: &str) -> Vec<PathBuf> {
    let paths = ENDINGS.map(|ending| folder.join(format!("{relation}.{ending}")));
    paths.into_iter().filter(|path| path.is_file()).collect()
}

/// Reads the facts of every relation that the rules know, and warns of files
/// that belong to none. Names come first, since rows and rules are read by them.
pub(super) fn load_facts(
    folder: &Path,
    program: &Program,
    names: &mut EntityNames,
    input: &mut Database,
    threads: usize,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if !folder.is_dir() {
        let message = format!("`{}` is not a folder of facts", folder.display());
        findings.push(
            Diagnostic::without_place("E0820", message)
                .help("give a folder with NAME.facts or NAME.csv files"),
        );
        return findings;
    }
    let Some(checked) = analysis::check(program, names).program else { return findings };
    findings.extend(strangers(folder, &checked));
    let (first, rest): (Vec<_>, Vec<_>) = checked.relations().iter().partition(|r| &*r.name == "alias");
    for relation in first.into_iter().chain(rest) {
        for path in fact_files(folder, &relation.name) {
            if let Err(found) = input.load_file(relation, &path, names, threads) {
                findings.extend(found);
            }
        }
        if &*relation.name == "alias" {
            for row in input.rows("alias") {
                if let [entity, name] = &row[..]
                    && let (Some(entity), Some(name)) = (entity.as_text(), name.as_text())
                {
                    names.add_name(entity, name);
                }
            }
        }
    }
    findings
}

/// A warning for each file of facts whose name no relation has: its rows are
/// not read.
fn strangers(folder: &Path, program: &StratifiedProgram) -> Vec<Diagnostic> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| {
        let ours = path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
        let known = path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| {
            // Another program's unfinished file.
            stem.starts_with('.') || program.find(stem).is_some()
        });
        ours && !known && path.is_file()
    });
    files.sort();
    let mut findings: Vec<Diagnostic> = Vec::new();
    for path in files.iter().take(MOST_TOLD) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let message = format!("{} is not read: there is no relation `{name}`", path.display());
        findings.push(Diagnostic::warning_without_place("W0823", message).help(meant(&name, program)));
    }
    if let Some(more) = files.len().checked_sub(MOST_TOLD + 1) {
        let message = format!("{}: and {} more files of no relation", folder.display(), more + 1);
        findings.push(Diagnostic::warning_without_place("W0823", message).help("name each after a relation"));
    }
    findings
}

/// Which relation a file is perhaps of.
fn meant(name: &str, program: &StratifiedProgram) -> String {
    let known = || program.relations().iter().map(|relation| &*relation.name);
    if let Some(meant) = nearest(name, known()).or_else(|| nearest(&name.to_lowercase(), known())) {
        return format!("did you mean `{meant}`? Rename the file, or declare `{name}` under `relations`");
    }
    let near: Vec<String> =
        by_nearness(name, known()).into_iter().take(3).map(|n| format!("`{n}`")).collect();
    format!("declare `{name}` under `relations`; the relations nearest in spelling are {}", near.join(", "))
}
