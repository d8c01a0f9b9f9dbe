//! The outline of a text that `ron` refuses: brackets, items, fields. One
//! broken place then hides no other.

use super::cursor::Cursor;
use crate::base::{Diagnostic, Location, SourceId, Span};
use std::sync::Arc;

/// What the scan stops at.
enum Mark {
    Open(usize, char),
    Close(usize, char),
    Comma(usize),
    Quoted(usize, usize),
}

/// Goes behind the end of a quoted text that went wrong at an escape; whether it has one.
fn skip_string(cursor: &mut Cursor) -> bool {
    while let Some(c) = cursor.peek() {
        cursor.pos += c.len_utf8();
        match c {
            '"' => return true,
            '\\' => cursor.pos += cursor.peek().map_or(0, char::len_utf8),
            _ => {}
        }
    }
    false
}

/// Calls `visit` with each bracket, comma and quoted text outside of comments,
/// until it says stop; the place of a quote that never ends is the error.
fn scan(cursor: &mut Cursor, mut visit: impl FnMut(Mark) -> bool) -> Result<(), Location> {
    let mut after_name = false;
    loop {
        let before = cursor.pos;
        cursor.trivia();
        after_name &= cursor.pos == before;
        let Some(c) = cursor.peek() else { return Ok(()) };
        let at = cursor.pos;
        // The `r` that ends a name begins no raw text.
        if c == '"' || !after_name && cursor.at_string() {
            // A bad escape is no business of the outline.
            if cursor.string().is_err() && !skip_string(cursor) {
                return Err(Location::new(cursor.source, Span::new(at, at + c.len_utf8())));
            }
            after_name = false;
            if visit(Mark::Quoted(at, cursor.pos)) {
                continue;
            }
            return Ok(());
        }
        cursor.pos += c.len_utf8();
        after_name = c == '_' || c.is_alphanumeric();
        let go_on = match c {
            '(' | '[' | '{' => visit(Mark::Open(at, c)),
            ')' | ']' | '}' => visit(Mark::Close(at, c)),
            ',' => visit(Mark::Comma(at)),
            '\'' => {
                // A character such as '(' is no bracket.
                let mut rest = cursor.rest().chars();
                if let (Some(inner), Some('\'')) = (rest.next(), rest.next()) {
                    cursor.pos += inner.len_utf8() + 1;
                }
                true
            }
            _ => true,
        };
        if !go_on {
            return Ok(());
        }
    }
}

fn partner(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// The first bracket without its partner.
pub(super) fn unbalanced(text: &str, source: SourceId) -> Option<Diagnostic> {
    let place = |at: usize| Location::new(source, Span::new(at, at + 1));
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut found = None;
    let mut suspect = None;
    let mut too_long = None;
    let result = scan(&mut Cursor::new(text, 0, text.len(), source), |mark| {
        match mark {
            Mark::Open(at, c) => open.push((at, c)),
            Mark::Close(at, c) => match open.pop() {
                Some((first, o)) if partner(o) == c => {
                    if suspect.is_none()
                        && indent(text, at).is_some_and(|i| line_indent(text, first).is_some_and(|f| f != i))
                    {
                        suspect = Some((at, first, o));
                    }
                }
                Some((first, o)) => {
                    let message = format!("`{c}` closes `{o}`");
                    let error =
                        Diagnostic::error("E0122", place(at), message).label(place(first), "opened here");
                    let help = format!("close `{o}` with `{}`, or remove one of the two", partner(o));
                    found = Some(error.help(help));
                }
                None => {
                    let message = format!("`{c}` closes nothing");
                    found = Some(
                        Diagnostic::error("E0122", place(at), message).help("remove it, or open it before"),
                    );
                }
            },
            // A name right behind a text is one that stood in the next.
            Mark::Quoted(start, end)
                if text[end..].starts_with(|c: char| c == '_' || c.is_alphanumeric()) =>
            {
                too_long = too_long.or(Some(start));
            }
            Mark::Comma(_) | Mark::Quoted(..) => {}
        }
        found.is_none()
    });
    if let Err(at) = result {
        let mut error = Diagnostic::error("E0122", at, "this quoted text never ends");
        if let Some(start) = too_long {
            error = error.label(place(start), "perhaps this text is meant to end earlier");
        }
        return Some(error.help("close it with a quotation mark"));
    }
    if let (None, Some((at, c))) = (&found, open.last()) {
        let error = Diagnostic::error("E0122", place(*at), format!("`{c}` is never closed"));
        let mut error = error.help(format!("close it with `{}`", partner(*c)));
        // A bracket closed on a line that is indented otherwise is a likely cause.
        if let Some((close, first, o)) = suspect {
            error = error
                .label(place(first), format!("perhaps `{o}` is meant to be closed earlier"))
                .label(place(close), "as it is closed only here");
        }
        found = Some(error);
    }
    found
}

/// Whether every quoted text stands where one may, on one line. Where two
/// quotation marks are missing, what lies between passes for quoted.
pub(super) fn quotes_fit(text: &str, source: SourceId) -> bool {
    let mut fit = true;
    let ended = scan(&mut Cursor::new(text, 0, text.len(), source), |mark| {
        if let Mark::Quoted(start, end) = mark {
            let mut behind = Cursor::new(text, end, text.len(), source);
            behind.trivia();
            fit &= !text[start..end].contains('\n');
            fit &= text[..start].trim_end().ends_with(['(', '[', '{', ',', ':']);
            fit &= behind.peek().is_none_or(|c| matches!(c, ')' | ']' | '}' | ',' | ':'));
        }
        fit
    });
    ended.is_ok() && fit
}

/// How far back a line's start is looked for; longer lines are nobody's layout.
const LONGEST_LINE: usize = 300;

/// White space before the first character of the line that holds an offset.
fn line_indent(text: &str, at: usize) -> Option<usize> {
    let before = &text.as_bytes()[at.saturating_sub(LONGEST_LINE)..at];
    let start = match before.iter().rposition(|b| *b == b'\n') {
        Some(n) => at - before.len() + n + 1,
        None => (before.len() == at).then_some(0)?,
    };
    Some(text.as_bytes()[start..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count())
}

/// The same, where the offset is that first character.
fn indent(text: &str, at: usize) -> Option<usize> {
    let before = text.as_bytes()[..at].iter().rev().take(LONGEST_LINE);
    let blank = before.take_while(|b| matches!(b, b' ' | b'\t')).count();
    (line_indent(text, at)? == blank && (blank == at || text.as_bytes()[at - blank - 1] == b'\n'))
        .then_some(blank)
}

/// What stands between the commas of a bracket.
pub(super) struct Items<T> {
    pub(super) all: Vec<T>,
    /// Whether that is all that the range holds: a missing comma or colon hides more.
    pub(super) whole: bool,
}

/// Byte ranges between the commas inside the first bracket of a range; `None`
/// where the range doesn't begin with that bracket.
pub(super) fn items(text: &str, range: Span, bracket: char, source: SourceId) -> Option<Items<Span>> {
    let mut cursor = Cursor::new(text, range.start as usize, range.end as usize, source);
    if bracket == '(' {
        // A struct may begin with its name.
        cursor.ident();
    }
    if !cursor.eat(bracket) {
        return None;
    }
    let (mut depth, mut start, mut all) = (0usize, cursor.pos, Vec::new());
    let _ = scan(&mut cursor, |mark| {
        match mark {
            Mark::Open(..) => depth += 1,
            Mark::Close(at, _) if depth == 0 => {
                all.push(Span::new(start, at));
                return false;
            }
            Mark::Close(..) => depth -= 1,
            Mark::Comma(at) if depth == 0 => {
                all.push(Span::new(start, at));
                start = at + 1;
            }
            Mark::Comma(_) | Mark::Quoted(..) => {}
        }
        true
    });
    all.retain(|item| !Cursor::new(text, item.start as usize, item.end as usize, source).at_end());
    Some(Items { all, whole: cursor.at_end() })
}

/// Fields of a struct: name and range of the value.
pub(super) fn fields(text: &str, range: Span, source: SourceId) -> Items<(String, Span)> {
    let Some(items) = items(text, range, '(', source) else { return Items { all: Vec::new(), whole: false } };
    let mut fields = Items { all: Vec::new(), whole: items.whole };
    for item in items.all {
        let mut cursor = Cursor::new(text, item.start as usize, item.end as usize, source);
        match cursor.ident() {
            Some(name) if cursor.eat(':') => {
                fields.all.push((name.text.to_string(), Span::new(cursor.pos, cursor.end)));
            }
            _ => fields.whole = false,
        }
    }
    fields
}

/// The relation of an atom or a declaration, where a range holds one and no more.
pub(super) fn relation(text: &str, range: Span, source: SourceId) -> Option<Arc<str>> {
    let name = Cursor::new(text, range.start as usize, range.end as usize, source).ident()?;
    items(text, range, '(', source)?.whole.then_some(name.text)
}
