//! What is wrong with a file, where, and what would mend it.

use super::Location;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input can't be used.
    Error,
    /// The input can be used, but likely doesn't say what was meant.
    Warning,
}

/// One underlined place with what is to be said of it; the text may be empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// What to underline.
    pub at: Location,
    /// What to write beside it.
    pub text: String,
}

/// One finding about rules, lexicons, patterns or facts.
///
/// The order is by first place, so that sorted findings read like the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, such as `E0101`: a letter for the severity, then the
    /// number. The first two digits say who speaks: 01 syntax, 02 names and
    /// arity, 03 types, 04 safety, 05 strata, 06 style, 07 lexicons and
    /// patterns, 08 articles and facts.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where; the first is the main place. Empty where no text is concerned.
    pub labels: Vec<Label>,
    /// Further facts that help to understand.
    pub notes: Vec<String>,
    /// What would mend it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error with its main place.
    pub fn error(code: &'static str, at: Location, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, Some(at), message)
    }

    /// A warning with its main place.
    pub fn warning(code: &'static str, at: Location, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Warning, Some(at), message)
    }

    /// An error that concerns no place in a text, such as an unreadable file.
    pub fn without_place(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, None, message)
    }

    /// A warning that concerns no place in a text, such as a file that isn't read.
    pub fn warning_without_place(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Warning, None, message)
    }

    fn new(
        code: &'static str,
        severity: Severity,
        at: Option<Location>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            message: message.into(),
            labels: at.map(|at| Label { at, text: String::new() }).into_iter().collect(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// Writes a text beside the main place.
    pub fn saying(mut self, text: impl Into<String>) -> Diagnostic {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Underlines one more place.
    pub fn label(mut self, at: Location, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { at, text: text.into() });
        self
    }

    /// Adds a note.
    pub fn note(mut self, text: impl Into<String>) -> Diagnostic {
        self.notes.push(text.into());
        self
    }

    /// Says what would mend it.
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help = Some(text.into());
        self
    }

    /// Whether the input can't be used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Sorts findings by place, then code, then message, and drops repeats.
    pub fn sort(all: &mut Vec<Diagnostic>) {
        let key = |d: &Diagnostic| (d.labels.first().map(|l| l.at), d.code, d.message.clone());
        all.sort_by_key(key);
        all.dedup();
    }
}
