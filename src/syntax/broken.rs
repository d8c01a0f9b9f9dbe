//! Texts that `ron` refuses: what is wrong in their pieces, and what can be
//! read nevertheless.

use super::file::Reader;
use super::{cursor::Cursor, outline};
use crate::base::{Diagnostic, Location, Span, nearest};
use ron::error::{Error, SpannedError};

const FILE_FIELDS: [&str; 5] = ["doc", "include", "relations", "rules", "facts"];
const RULE_FIELDS: [&str; 5] = ["name", "doc", "then", "when", "because"];

impl Reader<'_> {
    /// Finds what is wrong in the pieces of a file that is no RON.
    pub(super) fn broken_file(&mut self, span: Span, error: SpannedError) {
        if let Some(found) = outline::unbalanced(self.text, self.source) {
            self.found.push(found);
            return self.file.program.lost.anything();
        }
        self.refused = true;
        let first = self.found.len();
        let fields = outline::fields(self.text, span, self.source);
        let mut whole = fields.whole && outline::quotes_fit(self.text, self.source);
        for (name, value) in fields.all {
            match outline::items(self.text, value, '[', self.source) {
                Some(items) => {
                    whole &= items.whole && FILE_FIELDS[1..].contains(&&*name);
                    for (n, item) in items.all.into_iter().enumerate() {
                        self.item(&name, n + 1, item);
                    }
                }
                None => whole &= name == "doc" && self.is_text(value),
            }
        }
        if !whole {
            self.file.program.lost.anything();
        }
        self.unless_told(first, span, error, &FILE_FIELDS);
    }

    pub(super) fn broken_rule(&mut self, span: Span, error: SpannedError) {
        let first = self.found.len();
        let fields = outline::fields(self.text, span, self.source);
        let derives = fields.all.iter().any(|field| field.0 == "then");
        self.file.program.lost.heads |= !(derives && fields.whole);
        for (name, value) in fields.all {
            match &*name {
                "name" | "doc" => drop(self.piece(value, |c| c.string())),
                "then" => {
                    let heads = self.heads(value).unwrap_or_default();
                    self.lose(&heads);
                }
                "because" => drop(self.piece(value, |c| c.prose())),
                "when" => match outline::items(self.text, value, '[', self.source) {
                    Some(items) => {
                        for item in items.all {
                            self.piece(item, |c| c.literal());
                        }
                    }
                    None => {
                        let at = self.trimmed(value);
                        let error = Diagnostic::error("E0102", at, "`when` takes a list");
                        self.found.push(error.help("put the conditions in brackets: when: […]"));
                    }
                },
                _ => {}
            }
        }
        self.unless_told(first, span, error, &RULE_FIELDS);
    }

    /// Adds ron's finding, unless one of the own findings since `first` stands
    /// on the same line or just before.
    fn unless_told(&mut self, first: usize, span: Span, error: SpannedError, fields: &[&str]) {
        let found = self.explain(error, span, fields);
        let Some(at) = found.labels.first().map(|l| l.at.span) else { return };
        let told = self.found[first..].iter().filter_map(|f| f.labels.first()).any(|label| {
            let own = label.at.span;
            let gap = match own.end < at.start {
                true => own.end..at.start,
                false => at.end..own.start.max(at.end),
            };
            let between = &self.text.as_bytes()[gap.start as usize..gap.end as usize];
            between.iter().filter(|b| **b == b'\n').take(2).count() < 2
        });
        if !told {
            self.found.push(found);
        }
    }

    fn is_text(&self, span: Span) -> bool {
        let mut cursor = Cursor::new(self.text, span.start as usize, span.end as usize, self.source);
        cursor.string().is_ok() && cursor.at_end()
    }

    fn explain(&self, error: SpannedError, part: Span, fields: &[&str]) -> Diagnostic {
        let text = &self.text[part.range()];
        let base = part.start as usize;
        let start = base + byte_at(text, error.span.start.line, error.span.start.col);
        let end = base + byte_at(text, error.span.end.line, error.span.end.col);
        let at = Location::new(self.source, Span::new(start.min(end), end));
        let fields_are = format!("the fields are {}", fields.join(", "));
        match &error.code {
            Error::NoSuchStructField { found, .. } => {
                let help = match nearest(found, fields.iter().copied()) {
                    Some(meant) => {
                        format!("did you mean `{meant}`? {}", fields_are.replacen("the", "The", 1))
                    }
                    None => fields_are,
                };
                Diagnostic::error("E0121", self.word(at, found), format!("there is no field `{found}`"))
                    .help(help)
            }
            Error::MissingStructField { field, .. } => {
                let at = self.trimmed(part);
                let help = format!("add {field}: relation(x, y)");
                Diagnostic::error("E0121", at, format!("the field `{field}` is missing")).help(help)
            }
            Error::DuplicateStructField { field, .. } => {
                let message = format!("the field `{field}` is given twice");
                Diagnostic::error("E0121", self.word(at, field), message)
                    .help("keep one of the two, or join them")
            }
            Error::ExpectedDifferentStructName { found, .. } => {
                let at = self.word(at, found);
                let message = format!("found `{found}` where the opening bracket should be");
                let help =
                    "rules are RON, one pair of brackets with fields: (rules: [(then: p(x), when: [q(x)])])";
                Diagnostic::error("E0101", at, message).help(help)
            }
            Error::ExceededRecursionLimit => {
                let message = format!("nested deeper than {} levels", super::MAX_TERM_DEPTH);
                Diagnostic::error("E0104", at, message).help("split it over several rules")
            }
            other => {
                let said = other.to_string();
                let mut letters = said.chars();
                let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
                let message = format!("this is not RON as a rule file has it: {first}{}", letters.as_str());
                let shape = match fields == RULE_FIELDS {
                    true => "a rule is written (name: \"…\", then: p(x), when: [q(x)])",
                    false => "a rule file is written (relations: […], rules: […], facts: […])",
                };
                Diagnostic::error("E0101", at, message).help(shape)
            }
        }
    }

    /// The place of a word at or just before a place that ron gives, which may
    /// be past the word.
    fn word(&self, at: Location, word: &str) -> Location {
        let end = (at.span.end as usize).min(self.text.len());
        let near = self.text[..end].rfind(word).or_else(|| self.text.find(word));
        near.map_or(at, |start| Location::new(self.source, Span::new(start, start + word.len())))
    }
}

/// Byte offset of a line and column, both from 1 and the column in characters.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(n, _)| n)
}
