//! What came out, compared with what was expected.

use similar::TextDiff;

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As expected.
    Same,
    /// Otherwise; the lines that changed, `-` expected and `+` found.
    Changed(String),
    /// Nothing is expected yet.
    New,
}

impl Outcome {
    /// Compares two texts by line; white space at their ends doesn't count.
    pub(super) fn of(expected: &str, found: &str) -> Outcome {
        let (expected, found) = (format!("{}\n", expected.trim()), format!("{}\n", found.trim()));
        if expected == found {
            return Outcome::Same;
        }
        let diff = TextDiff::from_lines(&expected, &found);
        Outcome::Changed(diff.unified_diff().context_radius(2).to_string())
    }
}
