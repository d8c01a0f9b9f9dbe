//! One rule text: the outer structs, by `ron`; atoms stay raw for `term`.

use super::cursor::Cursor;
use super::term::Place;
use super::{Parsed, outline};
use crate::base::{Diagnostic, Location, SourceId, Span};
use crate::logic::{Atom, Ident, Program, Prose, Rule};
use ron::error::SpannedError;
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
    let (file, found) = read_program(text, source);
    if found.is_empty() { Ok(file) } else { Err(found) }
}

/// Reads what can be read of one rule text, with everything wrong in it.
pub fn read_program(text: &str, source: SourceId) -> (RuleFile, Vec<Diagnostic>) {
    let mut reader = Reader { text, source, found: Vec::new(), file: RuleFile::default(), refused: false };
    if text.len() as u64 > super::MAX_FILE_BYTES {
        let message =
            format!("a rule text may have {} bytes, this one has {}", super::MAX_FILE_BYTES, text.len());
        reader.found.push(Diagnostic::without_place("E0112", message).help("split it over several files"));
        reader.file.program.lost.anything();
    } else {
        reader.read();
    }
    Diagnostic::sort(&mut reader.found);
    (reader.file, reader.found)
}

/// ron's own limit; terms have their own, lower one.
const RON_DEPTH: usize = 256;

/// Reads a text; what is wrong in it is collected.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) source: SourceId,
    pub(super) found: Vec<Diagnostic>,
    pub(super) file: RuleFile,
    /// Whether `ron` refuses something in the text; it may be what the own
    /// parser passes.
    pub(super) refused: bool,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let whole = Span::new(0, self.text.len());
        let raw = match self.read_struct::<RawFile>(whole) {
            Ok(raw) => raw,
            Err(error) => return self.broken_file(whole, error),
        };
        self.file.doc = self.optional(raw.doc, |c| c.string()).map(|d| d.0);
        let lists = [
            ("include", raw.include),
            ("relations", raw.relations),
            ("rules", raw.rules),
            ("facts", raw.facts),
        ];
        for (name, items) in lists {
            for (n, raw) in items.into_iter().enumerate() {
                self.item(name, n + 1, self.span(raw));
            }
        }
    }

    /// Reads an item of one of the file's lists.
    pub(super) fn item(&mut self, list: &str, number: usize, span: Span) {
        match list {
            "include" => match self.piece(span, |c| c.string()) {
                Some((path, at)) => self.file.include.push(Include { path, at }),
                None => self.file.program.lost.anything(),
            },
            "relations" => match self.piece(span, |c| c.declaration()).filter(|_| self.is_ron(span)) {
                Some(declaration) => self.file.program.relations.push(declaration),
                None => {
                    let lost = &mut self.file.program.lost;
                    match outline::relation(self.text, span, self.source) {
                        Some(name) => drop(lost.declared.insert(name)),
                        None => lost.declarations = true,
                    }
                }
            },
            "rules" => {
                let rule = self.rule(number, span);
                self.file.program.rules.extend(rule);
            }
            "facts" => match self.piece(span, |c| c.atom(Place::Head)).filter(|_| self.is_ron(span)) {
                Some(fact) => self.file.program.facts.push(fact),
                None => self.lost_head(span),
            },
            _ => {}
        }
    }

    fn is_ron(&self, span: Span) -> bool {
        !self.refused || self.read_struct::<&RawValue>(span).is_ok()
    }

    /// A rule, unless what it derives, or when, or why can't be read.
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
        let first = self.found.len();
        let then = self.heads(self.span(raw.then)).unwrap_or_default();
        let when = raw.when.into_iter();
        let when = when.filter_map(|raw| self.piece(self.span(raw), |c| c.literal())).collect();
        let because: Prose = self.optional(raw.because, |c| c.prose()).unwrap_or_default();
        if self.found.len() > first {
            self.lose(&then);
            return None;
        }
        Some(Rule { name, doc, then, when, because, at })
    }

    /// What a rule derives; what can't be read of it counts as lost.
    pub(super) fn heads(&mut self, span: Span) -> Option<Vec<Atom>> {
        let heads = self.piece(span, heads);
        if heads.is_none() {
            match outline::items(self.text, span, '[', self.source) {
                Some(items) => {
                    self.file.program.lost.heads |= !items.whole;
                    items.all.into_iter().for_each(|item| self.lost_head(item));
                }
                None => self.lost_head(span),
            }
        }
        heads
    }

    fn lost_head(&mut self, span: Span) {
        let lost = &mut self.file.program.lost;
        match outline::relation(self.text, span, self.source) {
            Some(name) => drop(lost.filled.insert(name)),
            None => lost.heads = true,
        }
    }

    /// What a rule derives that isn't whole.
    pub(super) fn lose(&mut self, heads: &[Atom]) {
        let names = heads.iter().map(|head| head.relation.text.clone());
        self.file.program.lost.filled.extend(names);
    }

    /// Byte range of a raw value. It borrows from the text, so that its address
    /// tells where it stands.
    fn span(&self, raw: &RawValue) -> Span {
        let part = raw.get_ron();
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        Span::new(start, (start + part.len()).min(self.text.len()))
    }

    /// A range without white space and comments around it.
    pub(super) fn trimmed(&self, span: Span) -> Location {
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

    pub(super) fn piece<T>(
        &mut self,
        span: Span,
        read: impl FnOnce(&mut Cursor<'a>) -> Parsed<T>,
    ) -> Option<T> {
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
