//! One rule text: the outer structs, by `ron`; atoms stay raw for `term`.

use super::cursor::Cursor;
use super::term::Place;
use super::{Parsed, outline};
use crate::base::{Diagnostic, Location, SourceId, Span, nearest};
use crate::logic::{Atom, Ident, Program, Prose, Rule};
use ron::error::{Error, SpannedError};
use ron::value::RawValue;
use serde::{Deserialize, Deserializer};
use std::sync::Arc;

/// One file's path in `include`, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// The path.
    pub path: Arc<str>,
    /// Where it stands.
    pub at: Location,
}

/// What one rule text says, includes unresolved.
#[derive(Debug, Clone, Default)]
pub struct RuleFile {
    /// What the file is for.
    pub doc: Option<Arc<str>>,
    /// Files to read first.
    pub include: Vec<Include>,
    /// Declarations, rules and facts.
    pub program: Program,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "RuleFile")]
struct RawFile<'a> {
    #[serde(default, borrow, deserialize_with = "some")]
    doc: Option<&'a RawValue>,
    #[serde(default, borrow)]
    include: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    relations: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    rules: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    facts: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Rule")]
struct RawRule<'a> {
    #[serde(default, borrow, deserialize_with = "some")]
    name: Option<&'a RawValue>,
    #[serde(default, borrow, deserialize_with = "some")]
    doc: Option<&'a RawValue>,
    #[serde(borrow)]
    then: &'a RawValue,
    #[serde(default, borrow)]
    when: Vec<&'a RawValue>,
    #[serde(default, borrow, deserialize_with = "some")]
    because: Option<&'a RawValue>,
}

/// A field that is absent or a bare value, never `Some(…)`.
fn some<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(from).map(Some)
}

/// Reads one rule text.
pub fn parse_program(text: &str, source: SourceId) -> Result<RuleFile, Vec<Diagnostic>> {
    if text.len() as u64 > super::MAX_FILE_BYTES {
        let message =
            format!("a rule text may have {} bytes, this one has {}", super::MAX_FILE_BYTES, text.len());
        return Err(vec![Diagnostic::without_place("E0112", message).help("split it over several files")]);
    }
    let mut reader = Reader { text, source, found: Vec::new() };
    let file = reader.file();
    Diagnostic::sort(&mut reader.found);
    if reader.found.is_empty() { Ok(file) } else { Err(reader.found) }
}

const FILE_FIELDS: [&str; 5] = ["doc", "include", "relations", "rules", "facts"];
const RULE_FIELDS: [&str; 5] = ["name", "doc", "then", "when", "because"];
/// ron's own limit; terms have their own, lower one.
const RON_DEPTH: usize = 256;

struct Reader<'a> {
    text: &'a str,
    source: SourceId,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn file(&mut self) -> RuleFile {
        let mut file = RuleFile::default();
        let whole = Span::new(0, self.text.len());
        let raw = match self.read_struct::<RawFile>(whole) {
            Ok(raw) => raw,
            Err(error) => {
                self.broken_file(whole, error);
                return file;
            }
        };
        file.doc = self.optional(raw.doc, |c| c.string()).map(|d| d.0);
        let includes = raw.include.into_iter().filter_map(|raw| self.piece(self.span(raw), |c| c.string()));
        file.include = includes.map(|(path, at)| Include { path, at }).collect();
        let program = &mut file.program;
        let relations = raw.relations.into_iter();
        program.relations = relations.filter_map(|r| self.piece(self.span(r), |c| c.declaration())).collect();
        for (n, raw) in raw.rules.into_iter().enumerate() {
            program.rules.extend(self.rule(n + 1, self.span(raw)));
        }
        let facts = raw.facts.into_iter();
        program.facts = facts.filter_map(|r| self.piece(self.span(r), |c| c.atom(Place::Head))).collect();
        file
    }

    fn rule(&mut self, number: usize, span: Span) -> Option<Rule> {
        let at = self.trimmed(span);
        let raw = match self.read_struct::<RawRule>(span) {
            Ok(raw) => raw,
            Err(error) => {
                self.broken_rule(at.span, error);
                return None;
            }
        };
        let name = match self.optional(raw.name, |c| c.string()) {
            Some((text, at)) => Ident { text, at },
            None => Ident { text: format!("rule {number}").into(), at },
        };
        let doc = self.optional(raw.doc, |c| c.string()).map(|d| d.0);
        let then = self.piece(self.span(raw.then), heads).unwrap_or_default();
        let when = raw.when.into_iter();
        let when = when.filter_map(|raw| self.piece(self.span(raw), |c| c.literal())).collect();
        let because: Prose = self.optional(raw.because, |c| c.prose()).unwrap_or_default();
        Some(Rule { name, doc, then, when, because, at })
    }

    /// Finds what is wrong in the pieces of a file that is no RON.
    fn broken_file(&mut self, span: Span, error: SpannedError) {
        if let Some(found) = outline::unbalanced(self.text, self.source) {
            self.found.push(found);
            return;
        }
        let first = self.found.len();
        for (name, value) in outline::fields(self.text, span, self.source) {
            let items = outline::items(self.text, value, '[', self.source).unwrap_or_default();
            for (n, item) in items.into_iter().enumerate() {
                match &*name {
                    "include" => drop(self.piece(item, |c| c.string())),
                    "relations" => drop(self.piece(item, |c| c.declaration())),
                    "rules" => drop(self.rule(n + 1, item)),
                    "facts" => drop(self.piece(item, |c| c.atom(Place::Head))),
                    _ => {}
                }
            }
        }
        self.unless_told(first, span, error, &FILE_FIELDS);
    }

    fn broken_rule(&mut self, span: Span, error: SpannedError) {
        let first = self.found.len();
        for (name, value) in outline::fields(self.text, span, self.source) {
            match &*name {
                "name" | "doc" => drop(self.piece(value, |c| c.string())),
                "then" => drop(self.piece(value, heads)),
                "because" => drop(self.piece(value, |c| c.prose())),
                "when" => match outline::items(self.text, value, '[', self.source) {
                    Some(items) => {
                        for item in items {
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

    /// Byte range of a raw value. It borrows from the text, so that its address
    /// tells where it stands.
    fn span(&self, raw: &RawValue) -> Span {
        let part = raw.get_ron();
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        Span::new(start, (start + part.len()).min(self.text.len()))
    }

    /// A range without white space and comments around it.
    fn trimmed(&self, span: Span) -> Location {
        let mut cursor = Cursor::new(self.text, span.start as usize, span.end as usize, self.source);
        cursor.trivia();
        let end = span.start as usize + self.text[span.range()].trim_end().len();
        Location::new(self.source, Span::new(cursor.pos, end.max(cursor.pos)))
    }

    fn optional<T>(
        &mut self,
        raw: Option<&'a RawValue>,
        read: impl FnOnce(&mut Cursor<'a>) -> Parsed<T>,
    ) -> Option<T> {
        raw.and_then(|raw| self.piece(self.span(raw), read))
    }

    fn piece<T>(&mut self, span: Span, read: impl FnOnce(&mut Cursor<'a>) -> Parsed<T>) -> Option<T> {
        let mut cursor = Cursor::new(self.text, span.start as usize, span.end as usize, self.source);
        match read(&mut cursor).and_then(|value| cursor.finish().map(|()| value)) {
            Ok(value) => Some(value),
            Err(found) => {
                self.found.push(*found);
                None
            }
        }
    }

    fn read_struct<T: Deserialize<'a>>(&self, span: Span) -> Result<T, SpannedError> {
        ron::Options::default().with_recursion_limit(RON_DEPTH).from_str(&self.text[span.range()])
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

/// One atom or a list of them.
fn heads(cursor: &mut Cursor) -> Parsed<Vec<Atom>> {
    cursor.trivia();
    let start = cursor.pos;
    if !cursor.eat('[') {
        return Ok(vec![cursor.atom(Place::Head)?]);
    }
    let heads = cursor.items(']', |c| c.atom(Place::Head))?;
    if heads.is_empty() {
        return cursor.fail(
            "E0102",
            cursor.from(start),
            "this rule derives nothing",
            "name a relation in `then`",
        );
    }
    Ok(heads)
}

/// Byte offset of a line and column, both from 1 and the column in characters.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(n, _)| n)
}
