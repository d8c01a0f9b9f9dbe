//! What can go wrong with a fact base.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a fact base can't be used, or an operation was refused.
#[derive(Debug)]
pub enum StoreError {
    /// There is no file of this name.
    Missing(PathBuf),
    /// The file is something else than a fact base.
    NotABase(PathBuf),
    /// Another process holds the file.
    Held {
        /// The file.
        path: PathBuf,
        /// Who holds it, if that is known.
        by: Option<String>,
    },
    /// The base was opened for reading.
    ReadOnly,
    /// The file was written in another format.
    Format {
        /// The file's format.
        found: u64,
        /// The format that this program writes.
        known: u64,
    },
    /// The file's content contradicts itself.
    Damaged {
        /// The file, unless the base is none on disk.
        file: Option<PathBuf>,
        /// What is wrong in it.
        what: String,
    },
    /// Pages of the file were wrong, and are in order again.
    Mended(PathBuf),
    /// The operating system refused.
    Io {
        /// What was being done.
        doing: String,
        /// What the system says.
        error: io::Error,
    },
    /// What was asked for makes no sense for this base; nothing was changed.
    Refused(String),
}

/// What damage means, and what mends it.
const WAYS_OUT: &str = "what it says can't be relied on: put an undamaged copy in its place, \
     or make a new base from a dump (katak load) or from the articles (katak ingest)";

impl StoreError {
    /// Content that contradicts itself.
    pub(super) fn damaged(what: impl Into<String>) -> StoreError {
        StoreError::Damaged { file: None, what: what.into() }
    }

    /// The same error, with the damaged file named.
    pub(super) fn in_file(self, path: &Path) -> StoreError {
        match self {
            StoreError::Damaged { file: None, what } => StoreError::Damaged { file: Some(path.into()), what },
            other => other,
        }
    }

    /// A refusal of the operating system.
    pub(super) fn io(doing: impl Into<String>, error: io::Error) -> StoreError {
        StoreError::Io { doing: doing.into(), error }
    }

    /// A refusal of the operating system about a file.
    pub(super) fn file(doing: &str, path: &Path, error: io::Error) -> StoreError {
        StoreError::io(format!("{doing} {}", path.display()), error)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Missing(path) => write!(f, "there is no fact base {}", path.display()),
            StoreError::NotABase(path) => write!(f, "{} is not a fact base", path.display()),
            StoreError::Held { path, by } => {
                let by = by.as_deref().unwrap_or("another process holds it");
                write!(f, "the fact base {} is in use: {by}", path.display())
            }
            StoreError::ReadOnly => f.write_str("the fact base can only be read"),
            StoreError::Format { found, known } if found > known => write!(
                f,
                "the fact base has format {found}, this program knows formats up to {known}: use a newer katak"
            ),
            StoreError::Format { found, known } => write!(
                f,
                "the fact base has format {found}, this program reads format {known}: \
                 dump it with the katak that wrote it and load the dump"
            ),
            StoreError::Damaged { file, what } => {
                f.write_str("the fact base ")?;
                if let Some(file) = file {
                    write!(f, "{} ", file.display())?;
                }
                write!(f, "is damaged: {what}; {WAYS_OUT}")
            }
            StoreError::Mended(path) => write!(
                f,
                "pages of the fact base {} were wrong and have been mended: verify it once more",
                path.display()
            ),
            StoreError::Io { doing, error } => write!(f, "{doing}: {error}"),
            StoreError::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StoreError::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
