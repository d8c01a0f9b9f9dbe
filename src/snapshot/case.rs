//! One case: its folder and what it asks.

use super::Outcome;
use serde::Deserialize;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const EXPECTED: &str = "expected.snap";

/// A folder with input and expected facts.
#[derive(Debug, Clone)]
pub struct Case {
    /// The folder's name.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// What the case shows.
    pub doc: String,
    /// Relations whose rows are expected; all non-empty derived ones where
    /// nothing is asked at all.
    pub print: Vec<String>,
    /// Questions whose answers are expected.
    pub ask: Vec<String>,
    /// Facts whose proofs are expected.
    pub why: Vec<String>,
}

/// The `case.ron` of a case.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct CaseFile {
    doc: String,
    print: Vec<String>,
    ask: Vec<String>,
    why: Vec<String>,
}

/// Why a case can't be read or kept.
#[derive(Debug)]
pub enum CaseError {
    /// A file or folder can't be read or written.
    Io(PathBuf, io::Error),
    /// A `case.ron` isn't one: file, line, column (from 1), what is wrong.
    Syntax(PathBuf, usize, usize, String),
    /// The folder holds no case.
    NoCases(PathBuf),
}

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CaseError::Io(path, error) => write!(f, "`{}`: {error}", path.display()),
            CaseError::Syntax(path, line, column, message) => {
                write!(
                    f,
                    "{}:{line}:{column}: {message}; a case is (doc: \"…\", print: [\"relation\"], ask: [\"question\"], why: [\"fact\"])",
                    path.display()
                )
            }
            CaseError::NoCases(path) => {
                write!(
                    f,
                    "`{}` holds no case: a case is a folder with articles/ or facts/, and rules.ron",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for CaseError {}

/// The cases in a folder, sorted by name; the folder may be a case itself.
///
/// # Errors
/// The first case that can't be read, or that there is none.
pub fn find(folder: &Path) -> Result<Vec<Case>, CaseError> {
    if is_case(folder) {
        return Ok(vec![Case::read(folder)?]);
    }
    let entries = fs::read_dir(folder).map_err(|error| CaseError::Io(folder.into(), error))?;
    let mut folders: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|p| is_case(p)).collect();
    folders.sort();
    if folders.is_empty() {
        return Err(CaseError::NoCases(folder.into()));
    }
    folders.iter().map(|folder| Case::read(folder)).collect()
}

fn is_case(folder: &Path) -> bool {
    ["articles", "facts", "rules.ron", "case.ron"].iter().any(|part| folder.join(part).exists())
        && folder.is_dir()
}

impl Case {
    fn read(folder: &Path) -> Result<Case, CaseError> {
        let path = folder.join("case.ron");
        let file = if path.exists() {
            let text = fs::read_to_string(&path).map_err(|error| CaseError::Io(path.clone(), error))?;
            ron::from_str::<CaseFile>(&text).map_err(|error| {
                let at = error.span.start;
                CaseError::Syntax(path.clone(), at.line, at.col, error.code.to_string())
            })?
        } else {
            CaseFile::default()
        };
        let name =
            folder.file_name().map_or_else(|| "case".into(), |name| name.to_string_lossy().into_owned());
        let CaseFile { doc, print, ask, why } = file;
        Ok(Case { name, folder: folder.into(), doc, print, ask, why })
    }

    /// A part of the case, if it is there: `articles`, `facts`, `rules.ron`.
    pub fn part(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.join(name)).filter(|path| path.exists())
    }

    /// Compares what came out with what is kept.
    ///
    /// # Errors
    /// The kept text can't be read.
    pub fn compare(&self, found: &str) -> Result<Outcome, CaseError> {
        let path = self.folder.join(EXPECTED);
        if !path.exists() {
            return Ok(Outcome::New);
        }
        let text = fs::read_to_string(&path).map_err(|error| CaseError::Io(path, error))?;
        Ok(Outcome::of(body(&text), found))
    }

    /// Keeps what came out as what is expected.
    ///
    /// # Errors
    /// The file can't be written; the old one is then as it was.
    pub fn accept(&self, found: &str) -> Result<(), CaseError> {
        let path = self.folder.join(EXPECTED);
        let aside = self.folder.join(".expected.part");
        let text =
            format!("---\nsource: tests/cases.rs\nexpression: {}\n---\n{}\n", self.name, found.trim_end());
        (fs::write(&aside, text).and_then(|()| fs::rename(&aside, &path)))
            .map_err(|error| CaseError::Io(path, error))
    }
}

/// A kept text without the header that snapshot tools put above it.
fn body(text: &str) -> &str {
    let rest = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    rest.map_or(text, |(_, body)| body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_facts_compare_as_equal() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        let case = &find(folder.path()).unwrap()[0];
        assert_eq!(case.compare("p(1)\n").unwrap(), Outcome::New);
        case.accept("p(1)\n").unwrap();
        assert_eq!(case.compare("p(1)").unwrap(), Outcome::Same);
        assert!(matches!(case.compare("p(2)").unwrap(), Outcome::Changed(diff) if diff.contains("-p(1)")));
    }

    #[test]
    fn a_broken_case_file_is_named_with_line_and_column() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("case.ron"), "(\n  asks: [])").unwrap();
        let told = find(folder.path()).unwrap_err().to_string();
        assert!(told.contains("case.ron:2:"), "{told}");
    }
}
