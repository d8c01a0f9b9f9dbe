//! A place in a rule text, and the small tokens read from there.

use super::Parsed;
use crate::base::{Decimal, Diagnostic, Location, SourceId, Span};
use crate::logic::{Constant, Ident};
use std::sync::Arc;

/// Reads a text from `pos` to `end`; places count from the text's start.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) pos: usize,
    pub(super) end: usize,
    pub(super) source: SourceId,
    pub(super) depth: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, start: usize, end: usize, source: SourceId) -> Cursor<'a> {
        Cursor { text, pos: start, end, source, depth: 0 }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.pos..self.end]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn from(&self, start: usize) -> Location {
        Location::new(self.source, Span::new(start.min(self.pos), self.pos))
    }

    /// The next character's place, or the last one's at the end.
    pub(super) fn here(&self) -> Location {
        let (start, len) = match self.peek() {
            Some(c) => (self.pos, c.len_utf8()),
            None => (self.pos, 0),
        };
        Location::new(self.source, Span::new(start, start + len))
    }

    pub(super) fn fail<T>(
        &self,
        code: &'static str,
        at: Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Parsed<T> {
        Err(Box::new(Diagnostic::error(code, at, message).help(help)))
    }

    /// Skips white space and comments.
    pub(super) fn trivia(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.pos += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.pos += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.pos += comment_length(trimmed);
            } else {
                return;
            }
        }
    }

    /// Takes a character if it is next, after white space.
    pub(super) fn eat(&mut self, wanted: char) -> bool {
        self.trivia();
        let found = self.peek() == Some(wanted);
        if found {
            self.pos += wanted.len_utf8();
        }
        found
    }

    pub(super) fn at_end(&mut self) -> bool {
        self.trivia();
        self.pos >= self.end
    }

    /// A bare name, if one is next.
    pub(super) fn ident(&mut self) -> Option<Ident> {
        self.trivia();
        let rest = self.rest();
        let first = rest.chars().next()?;
        if !(first == '_' || first.is_alphabetic()) {
            return None;
        }
        let len = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
        let start = self.pos;
        self.pos += len;
        Some(Ident { text: rest[..len].into(), at: self.from(start) })
    }

    pub(super) fn at_string(&self) -> bool {
        let rest = self.rest();
        rest.starts_with('"')
            || rest.strip_prefix('r').is_some_and(|r| r.trim_start_matches('#').starts_with('"'))
    }

    /// Quoted text, also raw.
    pub(super) fn string(&mut self) -> Parsed<(Arc<str>, Location)> {
        self.trivia();
        let start = self.pos;
        if !self.at_string() {
            return self.fail("E0102", self.here(), "quoted text is wanted here", "write \"…\"");
        }
        if self.rest().starts_with('r') {
            let hashes = self.rest()[1..].bytes().take_while(|b| *b == b'#').count();
            let open = self.pos + hashes + 2;
            let close = format!("\"{}", "#".repeat(hashes));
            let Some(len) = self.text[open..self.end].find(&close) else {
                self.pos = self.end;
                return self.unclosed(start);
            };
            self.pos = open + len + close.len();
            return Ok((self.text[open..open + len].into(), self.from(start)));
        }
        self.pos += 1;
        let mut out = String::new();
        loop {
            let Some(c) = self.peek() else { return self.unclosed(start) };
            let at = self.pos;
            self.pos += c.len_utf8();
            match c {
                '"' => return Ok((out.into(), self.from(start))),
                '\\' => {
                    if let Some(c) = self.escape(at)? {
                        out.push(c);
                    }
                }
                c => out.push(c),
            }
        }
    }

    fn unclosed<T>(&self, start: usize) -> Parsed<T> {
        let at = Location::new(self.source, Span::new(start, start + 1));
        self.fail("E0102", at, "this quoted text never ends", "close it with \"")
    }

    fn escape(&mut self, start: usize) -> Parsed<Option<char>> {
        let Some(c) = self.peek() else { return self.unclosed(start) };
        self.pos += c.len_utf8();
        let plain = match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '0' => '\0',
            '\\' | '"' | '\'' => c,
            '\n' => {
                // A backslash before a line end joins the lines.
                let rest = self.rest();
                self.pos += rest.len() - rest.trim_start().len();
                return Ok(None);
            }
            'x' | 'u' => {
                let rest = self.rest();
                let (digits, len) = match (c, rest.strip_prefix('{').and_then(|r| r.split_once('}'))) {
                    ('u', Some((digits, _))) => (digits, digits.len() + 2),
                    _ => (rest.get(..2).unwrap_or(""), 2),
                };
                let found = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                if let Some(found) = found {
                    self.pos += len;
                    return Ok(Some(found));
                }
                return self.bad_escape(start);
            }
            _ => return self.bad_escape(start),
        };
        Ok(Some(plain))
    }

    fn bad_escape<T>(&self, start: usize) -> Parsed<T> {
        let help = "write \\\\ for a backslash, or r\"…\" for text without escapes";
        self.fail("E0102", self.from(start), "unknown escape in quoted text", help)
    }

    /// An int or a decimal.
    pub(super) fn number(&mut self) -> Parsed<Constant> {
        let start = self.pos;
        let rest = self.rest();
        let mut before = ' ';
        let len = rest
            .find(|c: char| {
                let sign = matches!(c, '+' | '-') && matches!(before, ' ' | 'e' | 'E');
                before = c;
                !(sign || c.is_alphanumeric() || c == '.' || c == '_')
            })
            .unwrap_or(rest.len());
        self.pos += len;
        let at = self.from(start);
        let digits = rest[..len].replace('_', "");
        let (sign, plain) = match digits.strip_prefix('-') {
            Some(plain) => ("-", plain),
            None => ("", digits.strip_prefix('+').unwrap_or(&digits)),
        };
        let radix = match plain.get(..2) {
            Some("0x") => 16,
            Some("0o") => 8,
            Some("0b") => 2,
            _ => 10,
        };
        let whole = plain.bytes().all(|b| b.is_ascii_digit()) && !plain.is_empty();
        if radix != 10 || whole {
            let plain = if radix == 10 { plain } else { &plain[2..] };
            if plain.is_empty() || !plain.chars().all(|c| c.is_digit(radix)) {
                return self.fail("E0103", at, format!("`{}` is no number", &rest[..len]), NUMBERS);
            }
            return match i64::from_str_radix(&format!("{sign}{plain}"), radix) {
                Ok(n) => Ok(Constant::Int(n)),
                Err(_) => {
                    let help = format!("an int lies between {} and {}", i64::MIN, i64::MAX);
                    self.fail("E0103", at, format!("`{}` doesn't fit an int", &rest[..len]), help)
                }
            };
        }
        let written = format!("{sign}{plain}");
        let fits = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
        let value = match fits {
            true if plain.contains(['e', 'E']) => Decimal::from_scientific(&written).ok(),
            true => Decimal::from_str_exact(&written).ok(),
            false => None,
        };
        match value {
            Some(n) => Ok(Constant::Decimal(n)),
            None => self.fail("E0103", at, format!("`{}` is no number", &rest[..len]), NUMBERS),
        }
    }
}

const NUMBERS: &str = "numbers are written 42, -7, 1_000, 0xff, or 0.5 with at most 28 digits";

/// Length of a block comment with those nested in it.
fn comment_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0usize);
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => (at, depth) = (at + 2, depth + 1),
            Some(b"*/") => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}
