//! One rule text: the outer structs, by `ron`; atoms stay raw for `term`.

use super::Parsed;
use super::cursor::Cursor;
use super::term::Place;
use crate::base::{Diagnostic, Location, SourceId, Span, nearest};
use crate::logic::{Atom, Ident, Program, Prose, Rule};
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
    if reader.found.is_empty() { Ok(file) } else { Err(reader.found) }
}

struct Reader<'a> {
    text: &'a str,
    source: SourceId,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn file(&mut self) -> RuleFile {
        let mut file = RuleFile::default();
        let Some(raw) =
            self.read_struct::<RawFile>(self.text, &["doc", "include", "relations", "rules", "facts"])
        else {
            return file;
        };
        file.doc = self.optional(raw.doc, |c| c.string()).map(|d| d.0);
        let includes = raw.include.into_iter().filter_map(|raw| self.piece(raw, |c| c.string()));
        file.include = includes.map(|(path, at)| Include { path, at }).collect();
        let program = &mut file.program;
        program.relations =
            raw.relations.into_iter().filter_map(|r| self.piece(r, |c| c.declaration())).collect();
        for (n, raw) in raw.rules.into_iter().enumerate() {
            program.rules.extend(self.rule(n + 1, raw));
        }
        program.facts =
            raw.facts.into_iter().filter_map(|r| self.piece(r, |c| c.atom(Place::Head))).collect();
        file
    }

    fn rule(&mut self, number: usize, raw: &'a RawValue) -> Option<Rule> {
        let at = self.trimmed(raw);
        let raw = self.read_struct::<RawRule>(raw.get_ron(), &["name", "doc", "then", "when", "because"])?;
        let name = match self.optional(raw.name, |c| c.string()) {
            Some((text, at)) => Ident { text, at },
            None => Ident { text: format!("rule {number}").into(), at },
        };
        let doc = self.optional(raw.doc, |c| c.string()).map(|d| d.0);
        let then = self.heads(raw.then);
        let when = raw.when.into_iter().filter_map(|raw| self.piece(raw, |c| c.literal())).collect();
        let because: Prose = self.optional(raw.because, |c| c.prose()).unwrap_or_default();
        Some(Rule { name, doc, then, when, because, at })
    }

    fn heads(&mut self, raw: &'a RawValue) -> Vec<Atom> {
        let heads = self.piece(raw, |c| {
            let start = c.pos;
            if !c.eat('[') {
                return Ok(vec![c.atom(Place::Head)?]);
            }
            let mut heads = Vec::new();
            while !c.eat(']') {
                heads.push(c.atom(Place::Head)?);
                if !c.eat(',') && !c.at_end() && c.peek() != Some(']') {
                    return c.stray("`,` or `]`");
                }
            }
            if heads.is_empty() {
                return c.fail(
                    "E0102",
                    c.from(start),
                    "this rule derives nothing",
                    "name a relation in `then`",
                );
            }
            Ok(heads)
        });
        heads.unwrap_or_default()
    }

    /// Byte range of a raw value, without white space around it.
    fn trimmed(&self, raw: &RawValue) -> Location {
        let start = self.offset(raw.get_ron());
        let mut cursor = Cursor::new(self.text, start, start + raw.get_ron().len(), self.source);
        cursor.trivia();
        Location::new(
            self.source,
            Span::new(cursor.pos, cursor.pos.max(start + raw.get_ron().trim_end().len())),
        )
    }

    /// Where a slice of the text starts; its address tells.
    fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len())
    }

    fn optional<T>(
        &mut self,
        raw: Option<&'a RawValue>,
        read: impl FnOnce(&mut Cursor<'a>) -> Parsed<T>,
    ) -> Option<T> {
        raw.and_then(|raw| self.piece(raw, read))
    }

    fn piece<T>(&mut self, raw: &'a RawValue, read: impl FnOnce(&mut Cursor<'a>) -> Parsed<T>) -> Option<T> {
        let start = self.offset(raw.get_ron());
        let mut cursor = Cursor::new(self.text, start, start + raw.get_ron().len(), self.source);
        match read(&mut cursor).and_then(|value| cursor.finish().map(|()| value)) {
            Ok(value) => Some(value),
            Err(found) => {
                self.found.push(*found);
                None
            }
        }
    }

    fn read_struct<T: Deserialize<'a>>(&mut self, part: &'a str, fields: &[&str]) -> Option<T> {
        match ron::from_str(part) {
            Ok(value) => Some(value),
            Err(error) => {
                let base = self.offset(part);
                let found = self.explain(error, base, part, fields);
                self.found.push(found);
                None
            }
        }
    }

    fn explain(
        &self,
        error: ron::error::SpannedError,
        base: usize,
        part: &str,
        fields: &[&str],
    ) -> Diagnostic {
        use ron::error::Error;
        let start = base + byte_at(part, error.span.start.line, error.span.start.col);
        let end = base + byte_at(part, error.span.end.line, error.span.end.col);
        let at = Location::new(self.source, Span::new(start.min(end), end));
        match &error.code {
            Error::NoSuchStructField { found, .. } => {
                let known = fields.join(", ");
                let help = match nearest(found, fields.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`? The fields are {known}"),
                    None => format!("the fields are {known}"),
                };
                Diagnostic::error("E0121", at, format!("there is no field `{found}`")).help(help)
            }
            Error::ExceededRecursionLimit => {
                let message = format!("nested deeper than {} levels", super::MAX_TERM_DEPTH);
                Diagnostic::error("E0104", at, message).help("split it over several rules")
            }
            other => Diagnostic::error("E0101", at, other.to_string()),
        }
    }
}

/// Byte offset of a line and column, both from 1 and the column in characters.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(n, _)| n)
}
