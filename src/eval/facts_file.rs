//! Rows from `.facts` and `.csv` files (language: settled point 11).

use super::quotes::{Quoted, Quotes};
use super::{Database, intake};
use crate::base::{Decimal, Diagnostic, EntityNames, PartialDate, Type, Value, fold_name};
use crate::logic::Tuple;
use crate::logic::typed::Relation;
use std::borrow::Cow;
use std::fmt::Display;
use std::fs::{self, File};
use std::path::Path;

/// How large a fact file may be, in bytes.
pub const MAX_FACT_FILE_BYTES: u64 = 16 << 30;
/// How many findings of one file are told; the rest are counted.
const MOST_FINDINGS: usize = 50;

struct Reader<'a> {
    relation: &'a Relation,
    names: &'a EntityNames,
    shown: String,
    findings: Vec<Diagnostic>,
    more: usize,
}

impl Database {
    /// Adds the rows of a `.facts` file (tab-separated, no header) or a `.csv`
    /// file (a header names the columns in any order). Entities are taken by
    /// any of their names. Reads on so many threads, 0 being as many as there
    /// are cores. Gives the number of rows read.
    ///
    /// # Errors
    /// Every bad row, with file, line and column; then no row is added.
    pub fn load_file(
        &mut self,
        relation: &Relation,
        path: &Path,
        names: &EntityNames,
        threads: usize,
    ) -> Result<usize, Vec<Diagnostic>> {
        let shown = path.display().to_string();
        let unreadable = |why: &dyn Display| {
            vec![
                Diagnostic::without_place("E0821", format!("{shown} can't be read: {why}"))
                    .help("check the file and its permissions"),
            ]
        };
        let size = fs::metadata(path).map_err(|error| unreadable(&error))?.len();
        if size > MAX_FACT_FILE_BYTES {
            return Err(unreadable(&format!(
                "it is larger than {MAX_FACT_FILE_BYTES} bytes, the limit for a fact file"
            )));
        }
        let types: Vec<Type> = relation.columns.iter().map(|column| column.1).collect();
        if self.tables.get(&relation.name).is_none_or(|table| table.types == types)
            && let Some(intake) = intake::read(relation, path, names, &mut self.cells, threads)
        {
            self.table(&relation.name, types).add(intake.cells);
            return Ok(intake.rows);
        }
        let bytes = fs::read(path).map_err(|error| unreadable(&error))?;
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => {
                let line = bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
                return Err(unreadable(&format!("line {line} is not UTF-8")));
            }
        };
        let mut reader = Reader { relation, names, shown, findings: Vec::new(), more: 0 };
        let rows = if path.extension().is_some_and(|ending| ending == "csv") {
            reader.csv(text)
        } else {
            reader.facts(text)
        };
        if reader.findings.is_empty() {
            rows.iter().for_each(|row| self.insert(&relation.name, row));
            return Ok(rows.len());
        }
        if reader.more > 0 {
            let message = format!("{}: and {} more bad rows", reader.shown, reader.more);
            reader.findings.push(Diagnostic::without_place("E0822", message));
        }
        Err(reader.findings)
    }
}

impl Reader<'_> {
    fn bad(&mut self, line: usize, column: usize, message: impl Display) {
        if self.findings.len() == MOST_FINDINGS {
            self.more += 1;
            return;
        }
        let columns: Vec<String> = self.relation.columns.iter().map(|(n, t)| format!("{n}: {t}")).collect();
        let message = format!("{}:{line}:{column}: {message}", self.shown);
        let help = format!("a row is {}({})", self.relation.name, columns.join(", "));
        self.findings.push(Diagnostic::without_place("E0822", message).help(help));
    }

    fn facts(&mut self, text: &str) -> Vec<Tuple> {
        let width = self.relation.columns.len();
        let mut rows = Vec::new();
        let text = text.strip_suffix('\n').unwrap_or(text);
        for (n, line) in text.split('\n').enumerate().filter(|_| !text.is_empty()) {
            let line = line.strip_suffix('\r').unwrap_or(line);
            if width == 0 {
                if line.is_empty() {
                    rows.push(Vec::new())
                } else {
                    self.bad(n + 1, 1, "the relation has no columns")
                }
                continue;
            }
            let fields = line.split('\t').count();
            if fields != width {
                self.bad(n + 1, 1, format!("{fields} fields where {width} belong"));
                continue;
            }
            let mut row = Vec::with_capacity(width);
            let mut start = 0;
            for (field, (_, type_)) in line.split('\t').zip(&self.relation.columns) {
                match unescaped(field).and_then(|field| self.value(&field, *type_)) {
                    Ok(value) => row.push(value),
                    Err(message) => self.bad(n + 1, line[..start].chars().count() + 1, message),
                }
                start += field.len() + 1;
            }
            if row.len() == width {
                rows.push(row);
            }
        }
        rows
    }

    fn csv(&mut self, text: &str) -> Vec<Tuple> {
        if let Err((line, column, message)) = Quotes::of(text.as_bytes()) {
            self.bad(line, column, message);
            return Vec::new();
        }
        let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let header = match csv.headers() {
            Ok(header) => header.clone(),
            Err(error) => {
                self.bad(1, 1, error);
                return Vec::new();
            }
        };
        let mut order = Vec::new();
        for (name, _) in &self.relation.columns {
            match header.iter().position(|title| title.trim() == &**name) {
                Some(at) => order.push(at),
                None => self.bad(1, 1, format!("the header has no column `{name}`")),
            }
        }
        if header.len() != self.relation.columns.len() {
            let (found, width) = (header.len(), self.relation.columns.len());
            self.bad(1, 1, format!("the header names {found} columns where {width} belong"));
        }
        let mut rows = Vec::new();
        for record in csv.records().take_while(|_| order.len() == self.relation.columns.len()) {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(1, |at| at.line() as usize);
                    self.bad(line, 1, error);
                    continue;
                }
            };
            let line = record.position().map_or(1, |at| at.line() as usize);
            if record.len() != header.len() {
                self.bad(line, 1, format!("{} fields where {} belong", record.len(), header.len()));
                continue;
            }
            let mut row = Vec::with_capacity(order.len());
            for (at, (_, type_)) in order.iter().zip(&self.relation.columns) {
                match self.value(&record[*at], *type_) {
                    Ok(value) => row.push(value),
                    Err(message) => {
                        let before: usize =
                            record.iter().take(*at).map(|field| field.chars().count() + 1).sum();
                        self.bad(line, before + 1, message);
                    }
                }
            }
            if row.len() == order.len() {
                rows.push(row);
            }
        }
        rows
    }

    fn value(&self, field: &str, type_: Type) -> Result<Value, String> {
        let wrong = |what: &str| format!("`{field}` is not {what}");
        Ok(match type_ {
            Type::Entity if fold_name(field).is_empty() => return Err("an entity needs a name".into()),
            Type::Entity => Value::Entity(self.names.resolve(field)),
            Type::Text => Value::text(field),
            Type::Int => Value::Int(field.parse().map_err(|_| wrong("an int of 64 bits"))?),
            Type::Decimal => {
                let number = Decimal::from_str_exact(field);
                let what = "a decimal number of at most 28 digits";
                Value::Decimal(number.map_err(|_| wrong(what))?.normalize())
            }
            Type::Date => {
                let date: PartialDate = field
                    .parse()
                    .map_err(|error: crate::base::DateError| format!("{}: {error}", wrong("a date")))?;
                Value::Date(date)
            }
            Type::Bool => match field {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => return Err(wrong("true or false")),
            },
        })
    }
}

/// The records of a CSV file without its header; `None` as soon as the file or
/// what is done with a record fails.
pub(super) fn records(path: &Path, each: &mut dyn FnMut(&csv::ByteRecord) -> Option<()>) -> Option<()> {
    let file = Quoted::new(File::open(path).ok()?);
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let mut record = csv::ByteRecord::new();
    while csv.read_byte_record(&mut record).ok()? {
        each(&record)?;
    }
    csv.into_inner().quotes.end().ok()
}

/// A field of a `.facts` file with its escapes resolved.
pub(super) fn unescaped(field: &str) -> Result<Cow<'_, str>, String> {
    if !field.contains('\\') {
        return Ok(Cow::Borrowed(field));
    }
    let mut text = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('t') => text.push('\t'),
                Some('n') => text.push('\n'),
                Some('\\') => text.push('\\'),
                _ => {
                    return Err(format!(
                        "`{field}` has a backslash that begins no escape; there are \\t, \\n and \\\\"
                    ));
                }
            },
            c => text.push(c),
        }
    }
    Ok(Cow::Owned(text))
}
