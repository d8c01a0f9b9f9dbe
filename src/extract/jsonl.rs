//! An extraction as JSON lines.

use super::Extraction;
use crate::base::{PartialDate, Span};
use std::fmt::Write;

/// About how long a line is.
const ROW: usize = 160;

/// What one line tells.
struct Row<'a> {
    relation: &'a str,
    args: &'a [&'a str],
    status: Option<&'a str>,
    when: Option<PartialDate>,
    span: Span,
    pattern: Option<&'a str>,
    typo: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn new(relation: &'a str, args: &'a [&'a str], span: Span) -> Row<'a> {
        Row { relation, args, span, status: None, when: None, pattern: None, typo: None }
    }

    fn write(&self, found: &Extraction, out: &mut String) {
        field(out, "{\"article\":", &found.article);
        field(out, ",\"relation\":", self.relation);
        let written = self.args.iter().map(|name| found.as_written(name));
        list(out, ",\"args\":", written.clone());
        if written.ne(self.args.iter().copied()) {
            list(out, ",\"names\":", self.args.iter().copied());
        }
        let mut maybe = |key, value: Option<&str>| value.into_iter().for_each(|v| field(out, key, v));
        maybe(",\"status\":", self.status);
        if let Some(when) = self.when {
            write(out, format_args!(",\"when\":\"{when}\""));
        }
        number(out, ",\"start\":", self.span.start);
        number(out, ",\"end\":", self.span.end);
        let mut maybe = |key, value: Option<&str>| value.into_iter().for_each(|v| field(out, key, v));
        maybe(",\"pattern\":", self.pattern);
        maybe(",\"typo\":", self.typo);
        out.push_str("}\n");
    }
}

fn write(out: &mut String, what: std::fmt::Arguments) {
    // A string takes everything.
    let _ = out.write_fmt(what);
}

fn number(out: &mut String, key: &str, value: u32) {
    out.push_str(key);
    out.push_str(itoa::Buffer::new().format(value));
}

fn field(out: &mut String, key: &str, value: &str) {
    out.push_str(key);
    quote(out, value);
}

fn list<'a>(out: &mut String, key: &str, values: impl Iterator<Item = &'a str>) {
    out.push_str(key);
    out.push('[');
    for (n, value) in values.enumerate() {
        if n > 0 {
            out.push(',');
        }
        quote(out, value);
    }
    out.push(']');
}

/// A text in quotes; few have anything to escape.
fn quote(out: &mut String, text: &str) {
    // Without a way out in between many bytes are looked at together.
    let escapes = text.bytes().fold(false, |any, b| any | (b < 0x20) | (b == b'"') | (b == b'\\'));
    if escapes {
        out.push_str(&serde_json::Value::from(text).to_string());
    } else {
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}

/// One line for each entity, claim and date: `{"article", "relation", "args",
/// "names", "status", "when", "start", "end", "pattern", "typo"}`, where keys
/// without a value are left out. The args are what the article itself calls the
/// entities; "names" has the lexicon's names where they differ, "typo" what a
/// mistyped word of the evidence was taken for.
pub fn jsonl(found: &Extraction) -> String {
    let rows = found.entities.len() + found.claims.len() + found.dates.len();
    let mut out = String::with_capacity(rows * ROW);
    for e in &found.entities {
        Row::new(e.kind.name(), &[&e.name], e.span).write(found, &mut out);
    }
    for c in &found.claims {
        let typo = found.typos.iter().find(|t| c.evidence.span.contains(t.span)).map(|t| &*t.meant);
        let (status, pattern) = (Some(c.status.name()), Some(&*c.evidence.pattern));
        let args = [&*c.a, &*c.b];
        let row = Row::new(c.kind.name(), &args, c.evidence.span);
        Row { status, when: c.when, pattern, typo, ..row }.write(found, &mut out);
    }
    for d in &found.dates {
        Row::new("date", &[&d.date.to_string()], d.span).write(found, &mut out);
    }
    out
}
