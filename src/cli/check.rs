//! `katak check`: diagnostics for rule files, lexicons and patterns.

use super::failure::tell_findings;
use super::{Failure, Found};
use crate::analysis;
use crate::base::{Diagnostic, EntityNames, SourceMap};
use crate::engine::builtin_rules;
use crate::extract::{Extractor, is_extraction_data};
use crate::syntax::Loader;
use clap::Args;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Check rule files, lexicons and patterns; all findings at once
#[derive(Args)]
pub(super) struct Check {
    /// Rule file, lexicon or pattern file, or folder of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

impl Check {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let mut rules: Vec<PathBuf> = Vec::new();
        let mut languages: BTreeSet<PathBuf> = BTreeSet::new();
        let mut word_files = 0;
        for path in &self.paths {
            let mut files = Vec::new();
            collect(path, &mut files)?;
            let (words, plain): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|f| is_words(f));
            word_files += words.len();
            languages.extend(words.iter().map(|file| language_of(file)));
            if words.is_empty() {
                rules.push(path.clone());
            } else {
                rules.extend(plain);
            }
        }
        let mut sources = SourceMap::new();
        let mut findings = Vec::new();
        let mut checked_rules = 0;
        if !rules.is_empty() {
            let (program, found) = Loader::new(builtin_rules).read_files(&rules, &mut sources);
            checked_rules = program.rules.len();
            findings.extend(found);
            findings.extend(analysis::check(&program, &EntityNames::new()).diagnostics);
        }
        let rule_files = sources.iter().count();
        for language in &languages {
            match Extractor::load(language, &mut sources) {
                Ok(extractor) => findings.extend(extractor.check(&mut sources)),
                Err(found) => findings.extend(found),
            }
        }
        Diagnostic::sort(&mut findings);
        tell_findings(&findings, &sources);
        let errors = findings.iter().filter(|finding| finding.is_error()).count();
        let files = rule_files + word_files;
        tell!(
            "{files} {}, {checked_rules} {}: {errors} {}, {} {}",
            plural(files, "file"),
            plural(checked_rules, "rule"),
            plural(errors, "error"),
            findings.len() - errors,
            plural(findings.len() - errors, "warning"),
        );
        Ok(if errors == 0 { Found::Yes } else { Found::No })
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.into() } else { format!("{noun}s") }
}

/// Every `.ron` file of a path, sorted.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error| Failure::Message(format!("`{}` can't be read: {error}", path.display()));
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        files.push(path.into());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(unreadable)?;
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    inside.sort();
    for entry in inside {
        let is_link = entry.is_symlink();
        if entry.is_dir() && !is_link || entry.extension().is_some_and(|ending| ending == "ron") {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

fn is_words(file: &Path) -> bool {
    fs::read_to_string(file).is_ok_and(|text| is_extraction_data(&text))
}

/// The language folder that a lexicon or pattern file belongs to.
fn language_of(file: &Path) -> PathBuf {
    let folders = || file.ancestors().skip(1).take(3);
    let named = folders().find(|folder| folder.join("patterns.ron").exists());
    let folder = named.or_else(|| folders().next()).unwrap_or(Path::new("."));
    if folder.as_os_str().is_empty() { Path::new(".").into() } else { folder.into() }
}
