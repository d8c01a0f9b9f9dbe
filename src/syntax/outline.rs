//! The outline of a text that `ron` refuses: brackets, items, fields. One
//! broken place then hides no other.

use super::cursor::Cursor;
use crate::base::{Diagnostic, Location, SourceId, Span};

/// What the scan stops at.
enum Mark {
    Open(usize, char),
    Close(usize, char),
    Comma(usize),
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

/// Calls `visit` with each bracket and comma outside of quotes and comments,
/// until it says stop; the place of a quote that never ends is the error.
fn scan(cursor: &mut Cursor, mut visit: impl FnMut(Mark) -> bool) -> Result<(), Location> {
    let mut after_name = false;
    loop {
        let before = cursor.pos;
        cursor.trivia();
        after_name &= cursor.pos == before;
        let Some(c) = cursor.peek() else { return Ok(()) };
        let at = cursor.pos;
        if !after_name && cursor.at_string() {
            // A bad escape is no business of the outline.
            if cursor.string().is_err() && !skip_string(cursor) {
                return Err(Location::new(cursor.source, Span::new(at, at + c.len_utf8())));
            }
            after_name = false;
            continue;
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
            Mark::Comma(_) => {}
        }
        found.is_none()
    });
    if let Err(at) = result {
        let error = Diagnostic::error("E0122", at, "this quoted text never ends");
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

/// Byte ranges between the commas inside the first bracket of a range; `None`
/// where the range doesn't begin with that bracket.
pub(super) fn items(text: &str, range: Span, bracket: char, source: SourceId) -> Option<Vec<Span>> {
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
            Mark::Comma(_) => {}
        }
        true
    });
    all.retain(|item| !Cursor::new(text, item.start as usize, item.end as usize, source).at_end());
    Some(all)
}

/// Fields of a struct: name and range of the value.
pub(super) fn fields(text: &str, range: Span, source: SourceId) -> Vec<(String, Span)> {
    let mut fields = Vec::new();
    for item in items(text, range, '(', source).unwrap_or_default() {
        let mut cursor = Cursor::new(text, item.start as usize, item.end as usize, source);
        if let Some(name) = cursor.ident()
            && cursor.eat(':')
        {
            fields.push((name.text.to_string(), Span::new(cursor.pos, cursor.end)));
        }
    }
    fields
}
