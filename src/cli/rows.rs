//! Rows as a table, JSON lines, CSV or RON.

use super::report;
use crate::base::{Type, Value, escape_hostile};
use crate::logic::Tuple;
use clap::ValueEnum;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

/// How rows are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Format {
    /// A drawn table
    Table,
    /// One JSON object a line
    Jsonl,
    /// RFC 4180 with a header line
    Csv,
    /// One RON tuple struct a line
    Ron,
}

impl Format {
    /// The format asked for, else a table at a terminal and JSON lines elsewhere.
    pub(super) fn or_default(asked: Option<Format>) -> Format {
        asked.unwrap_or(if io::stdout().is_terminal() { Format::Table } else { Format::Jsonl })
    }

    /// The ending of files in this format.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Format::Table => "txt",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Ron => "ron",
        }
    }
}

/// Writes rows to standard output; CSV as to a file, if no terminal reads it.
pub(super) fn print(
    out: &mut dyn Write,
    format: Format,
    relation: &str,
    columns: &[(Arc<str>, Type)],
    rows: &[Tuple],
) -> io::Result<()> {
    write(out, format, !io::stdout().is_terminal(), relation, columns, rows)
}

/// Writes rows of a relation; CSV keeps `raw` text as it is, for files, and
/// escapes what could disturb a terminal otherwise.
pub(super) fn write(
    out: &mut dyn Write,
    format: Format,
    raw: bool,
    relation: &str,
    columns: &[(Arc<str>, Type)],
    rows: &[Tuple],
) -> io::Result<()> {
    match format {
        Format::Table => {
            let header: Vec<String> = columns.iter().map(|(name, _)| name.to_string()).collect();
            let cells: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(Value::to_string).collect()).collect();
            writeln!(out, "{}", report::table(&header, &cells))
        }
        Format::Jsonl => {
            let mut line = String::new();
            for row in rows {
                line.clear();
                json_object(&mut line, columns, row);
                writeln!(out, "{line}")?;
            }
            Ok(())
        }
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            let header = columns.iter().map(|(name, _)| name.as_bytes());
            csv.write_record(header).map_err(io::Error::other)?;
            for row in rows {
                let cells = row.iter().map(|value| match value.to_string() {
                    text if raw => text,
                    text => escape_hostile(&text).into_owned(),
                });
                csv.write_record(cells).map_err(io::Error::other)?;
            }
            csv.flush()
        }
        Format::Ron => {
            for row in rows {
                writeln!(out, "{}", ron_atom(relation, row))?;
            }
            Ok(())
        }
    }
}

/// A row as a rule file writes it: `partner("Huawei", "Sberbank")`.
pub(super) fn ron_atom(relation: &str, row: &[Value]) -> String {
    let mut text = format!("{relation}(");
    for (n, value) in row.iter().enumerate() {
        if n > 0 {
            text.push_str(", ");
        }
        match value {
            Value::Entity(name) | Value::Text(name) => text.push_str(&quote(name)),
            Value::Date(date) => write!(text, "date(\"{date}\")").expect("a String takes all"),
            Value::Decimal(n) if n.is_integer() => {
                write!(text, "{}.0", n.trunc().normalize()).expect("a String takes all")
            }
            other => write!(text, "{other}").expect("a String takes all"),
        }
    }
    text.push(')');
    text
}

fn quote(text: &str) -> String {
    let plain = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escape_hostile(&plain))
}

fn json_object(line: &mut String, columns: &[(Arc<str>, Type)], row: &[Value]) {
    line.push('{');
    for (n, ((name, _), value)) in columns.iter().zip(row).enumerate() {
        if n > 0 {
            line.push_str(", ");
        }
        line.push_str(&json_text(name));
        line.push_str(": ");
        line.push_str(&json_value(value));
    }
    line.push('}');
}

/// A value in JSON: numbers and truth values plain, an unknown date null, the rest text.
pub(super) fn json_value(value: &Value) -> String {
    match value {
        Value::Int(_) | Value::Decimal(_) | Value::Bool(_) => value.to_string(),
        Value::Date(date) if date.is_unknown() => "null".into(),
        other => json_text(&other.to_string()),
    }
}

/// A JSON string with control and bidirectional characters escaped.
pub(super) fn json_text(text: &str) -> String {
    escape_json(&serde_json::Value::from(text).to_string()).into_owned()
}

/// How many bytes are looked at together.
const CHUNK: usize = 64;

/// JSON with the invisible and reordering characters of its strings escaped.
pub(super) fn escape_json(json: &str) -> Cow<'_, str> {
    // Without a way out in between many bytes are looked at together.
    let plain = |chunk: &[u8]| chunk.iter().fold(true, |all, byte| all & (b' '..=b'~').contains(byte));
    if json.as_bytes().chunks(CHUNK).all(plain) {
        return json.into();
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let mut bytes = [0; 4];
        let one = &*c.encode_utf8(&mut bytes);
        if escape_hostile(one).len() == one.len() {
            out.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}").expect("a String takes all");
            }
        }
    }
    out.into()
}
