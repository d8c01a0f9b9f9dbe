//! Relations as CSV files (RFC 4180 with a header line), row by row from the
//! database, for as many rows as there are.

use crate::base::Type;
use crate::eval::{Field, Sorted};
use memchr::memchr3;
use std::io::{self, Write};
use std::sync::Arc;

pub(super) fn write(out: &mut impl Write, columns: &[(Arc<str>, Type)], rows: &Sorted) -> io::Result<()> {
    let mut line = Vec::new();
    let alone = columns.len() == 1;
    for (n, (name, _)) in columns.iter().enumerate() {
        comma(&mut line, n);
        text(&mut line, name, alone);
    }
    end(&mut line);
    out.write_all(&line)?;
    let mut digits = itoa::Buffer::new();
    for row in rows.rows() {
        line.clear();
        for (n, field) in row.enumerate() {
            comma(&mut line, n);
            match field {
                Field::Int(number) => line.extend_from_slice(digits.format(number).as_bytes()),
                Field::Text(field) => text(&mut line, field, alone),
                Field::Other(value) => text(&mut line, &value.to_string(), alone),
            }
        }
        end(&mut line);
        out.write_all(&line)?;
    }
    Ok(())
}

/// Ends a line; one of no columns isn't empty either.
fn end(line: &mut Vec<u8>) {
    if line.is_empty() {
        line.extend_from_slice(b"\"\"");
    }
    line.push(b'\n');
}

fn comma(line: &mut Vec<u8>, n: usize) {
    if n > 0 {
        line.push(b',');
    }
}

/// A field, in quotes where it must be. An empty one that is alone would be an
/// empty line, which readers pass over.
fn text(line: &mut Vec<u8>, field: &str, alone: bool) {
    let bytes = field.as_bytes();
    if memchr3(b',', b'\n', b'\r', bytes).is_none() && !bytes.contains(&b'"') && !(alone && bytes.is_empty())
    {
        line.extend_from_slice(bytes);
        return;
    }
    line.push(b'"');
    for byte in bytes {
        if *byte == b'"' {
            line.push(b'"');
        }
        line.push(*byte);
    }
    line.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Value;
    use crate::eval::Database;

    #[test]
    fn what_is_written_is_what_the_csv_crate_writes() {
        let mut database = Database::new();
        let texts = ["", "a", "a,b", "say \"so\"", "two\nlines", "cr\r", " spaced ", "é"];
        for (n, field) in texts.iter().enumerate() {
            database.insert("one", &[Value::text(*field)]);
            database.insert("two", &[Value::Int(n as i64 - 3), Value::text(*field)]);
        }
        database.insert("none", &[]);
        for (relation, names) in [("one", vec!["a b"]), ("two", vec!["n", "x,y"]), ("none", vec![])] {
            let columns: Vec<(Arc<str>, Type)> = names.iter().map(|n| (Arc::from(*n), Type::Text)).collect();
            let mut expected = csv::Writer::from_writer(Vec::new());
            expected.write_record(&names).unwrap();
            for row in database.rows(relation) {
                expected.write_record(row.iter().map(ToString::to_string)).unwrap();
            }
            let mut found = Vec::new();
            write(&mut found, &columns, &database.sorted(relation).unwrap()).unwrap();
            let expected = String::from_utf8(expected.into_inner().unwrap()).unwrap();
            assert_eq!(String::from_utf8(found).unwrap(), expected);
        }
    }
}
