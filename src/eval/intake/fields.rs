//! Lines of a fact file to rows of cells. What is odd (an error, a quote, a
//! sign nobody needs) is left to the plain reader, which also reports.

use super::words::Words;
use crate::base::{PartialDate, Type, fold_name};
use crate::eval::cells::{Cells, inline};
use crate::eval::facts_file::unescaped;
use std::borrow::Cow;

/// What the columns of a file are.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Type of each field, and the column that it goes to.
    pub(super) fields: Vec<(Type, usize)>,
    pub(super) separator: u8,
    pub(super) stride: usize,
}

impl Layout {
    /// Whether every field is an int and its own cell.
    fn short_ints(&self) -> bool {
        let own = |(n, field): (usize, &(Type, usize))| *field == (Type::Int, n);
        self.fields.len() == self.stride && self.fields.iter().enumerate().all(own)
    }
}

/// Rows of one piece of a file. Cells of texts, and of numbers without a cell
/// of their own, are numbers of the piece's own tables.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) cells: Vec<u32>,
    pub(super) rows: usize,
    pub(super) texts: Words,
    pub(super) entities: Words,
    /// Values of decimals and of ints too large for a cell, by column kind.
    pub(super) ints: Vec<i64>,
    pub(super) decimals: Vec<crate::base::Decimal>,
}

/// Marks a cell as a place in `ints`.
pub(super) const LARGE: u32 = 1 << 31;

impl Piece {
    /// Reads whole lines; `None` where something is odd.
    pub(super) fn lines(&mut self, layout: &Layout, block: &[u8]) -> Option<()> {
        let last = layout.fields.len().checked_sub(1)?;
        let quoting = layout.separator == b',';
        let mut row = vec![0; layout.stride];
        let mut at = if layout.short_ints() { self.short_ints(layout, block) } else { 0 };
        while at < block.len() {
            if quoting && matches!(block[at], b'\n' | b'\r') {
                // An empty line is no record.
                at += if block[at..].starts_with(b"\r\n") { 2 } else { 1 };
                continue;
            }
            if !quoting && block[at] == b'\n' {
                return None;
            }
            for (n, (type_, column)) in layout.fields.iter().enumerate() {
                let rest = &block[at..];
                let (cell, length) = match type_ {
                    Type::Int => match int(rest) {
                        Some((n, length)) => (self.int(n), length),
                        None => return None,
                    },
                    _ => {
                        let length = if quoting {
                            memchr::memchr3(b',', b'\n', b'"', rest)?
                        } else {
                            memchr::memchr2(b'\t', b'\n', rest)?
                        };
                        let field = rest[..length].strip_suffix(b"\r").unwrap_or(&rest[..length]);
                        if field.len() < length && rest[length] != b'\n'
                            || quoting && memchr::memchr(b'\r', field).is_some()
                        {
                            return None;
                        }
                        (self.field(*type_, field, quoting)?, field.len())
                    }
                };
                at += length;
                row[*column] = cell;
                if n < last {
                    if block.get(at) != Some(&layout.separator) {
                        return None;
                    }
                } else {
                    at += usize::from(block.get(at) == Some(&b'\r'));
                    if block.get(at) != Some(&b'\n') {
                        return None;
                    }
                }
                at += 1;
            }
            self.cells.extend_from_slice(&row);
            self.rows += 1;
        }
        Some(())
    }

    /// Reads lines as long as all are of ints from 0 to 9,999,999; gives the
    /// place of the first line that isn't, or that is among the last bytes.
    fn short_ints(&mut self, layout: &Layout, block: &[u8]) -> usize {
        let (mut at, mut done, mut field) = (0, 0, 0);
        let kept = self.cells.len();
        while let Some(eight) = block[at..].first_chunk::<8>() {
            let (word, length) = leading_digits(eight);
            if length == 0 || length == 8 {
                break;
            }
            at += length;
            field += 1;
            let end = field == layout.stride;
            if block.get(at) != Some(if end { &b'\n' } else { &layout.separator }) {
                break;
            }
            at += 1;
            self.cells.push(inline(digits_of(word << (64 - 8 * length)) as i64).unwrap_or_default());
            if end {
                (done, field) = (at, 0);
            }
        }
        let whole = (self.cells.len() - kept) / layout.stride;
        self.cells.truncate(kept + whole * layout.stride);
        self.rows += whole;
        done
    }

    /// Reads one record whose quotes are resolved.
    pub(super) fn record<'a>(
        &mut self,
        layout: &Layout,
        fields: impl ExactSizeIterator<Item = &'a [u8]>,
    ) -> Option<()> {
        if fields.len() != layout.fields.len() {
            return None;
        }
        let at = self.cells.len();
        self.cells.resize(at + layout.stride, 0);
        for (field, (type_, column)) in fields.zip(&layout.fields) {
            self.cells[at + column] = match type_ {
                Type::Int => {
                    let (n, length) = int(field)?;
                    (length == field.len()).then(|| self.int(n))?
                }
                _ => self.field(*type_, field, true)?,
            };
        }
        self.rows += 1;
        Some(())
    }

    #[inline]
    fn int(&mut self, n: i64) -> u32 {
        inline(n).unwrap_or_else(|| {
            self.ints.push(n);
            LARGE | (self.ints.len() - 1) as u32
        })
    }

    fn field(&mut self, type_: Type, field: &[u8], quoting: bool) -> Option<u32> {
        let text = || std::str::from_utf8(field).ok();
        Some(match type_ {
            Type::Text | Type::Entity => {
                let words = if type_ == Type::Text { &mut self.texts } else { &mut self.entities };
                if quoting || memchr::memchr(b'\\', field).is_none() {
                    if type_ == Type::Entity && !names_something(field) {
                        return None;
                    }
                    return words.number(field);
                }
                match unescaped(text()?) {
                    Ok(Cow::Owned(text)) if type_ == Type::Text => words.number(text.as_bytes())?,
                    _ => return None,
                }
            }
            Type::Date => text()?.parse::<PartialDate>().ok()?.pack(),
            Type::Decimal => {
                let n: crate::base::Decimal = text()?.parse().ok()?;
                self.decimals.push(n.normalize());
                (self.decimals.len() - 1) as u32
            }
            Type::Bool => match field {
                b"true" => 1,
                b"false" => 0,
                _ => return None,
            },
            Type::Int => return None,
        })
    }

    /// The final cells for the piece's own numbers.
    pub(super) fn globals(&self, cells: &mut Cells, names: &crate::base::EntityNames) -> Globals {
        Globals {
            texts: self.texts.texts().map(|(text, hash)| cells.text_hashed(text, hash)).collect(),
            entities: self.entities.texts().map(|(name, _)| cells.text(&names.resolve(name))).collect(),
            ints: self.ints.iter().map(|n| cells.int(*n)).collect(),
            decimals: self.decimals.iter().map(|n| cells.decimal(*n)).collect(),
        }
    }

    /// Puts the final cells in.
    pub(super) fn settle(&mut self, layout: &Layout, globals: &Globals) {
        for (type_, column) in &layout.fields {
            let to = match type_ {
                Type::Text => &globals.texts,
                Type::Entity => &globals.entities,
                Type::Decimal => &globals.decimals,
                Type::Int if globals.ints.is_empty() => continue,
                Type::Int => {
                    for cell in self.cells.iter_mut().skip(*column).step_by(layout.stride) {
                        if *cell & LARGE != 0 {
                            *cell = globals.ints[(*cell & !LARGE) as usize];
                        }
                    }
                    continue;
                }
                Type::Date | Type::Bool => continue,
            };
            for cell in self.cells.iter_mut().skip(*column).step_by(layout.stride) {
                *cell = to[*cell as usize];
            }
        }
    }
}

/// Final cells by a piece's own numbers.
pub(super) struct Globals {
    texts: Vec<u32>,
    entities: Vec<u32>,
    ints: Vec<u32>,
    decimals: Vec<u32>,
}

/// Whether an entity's name is more than white space.
fn names_something(field: &[u8]) -> bool {
    let plain = field.first().is_some_and(u8::is_ascii_alphanumeric);
    plain || std::str::from_utf8(field).is_ok_and(|name| !fold_name(name).is_empty())
}

/// The int that bytes begin with, and its length; at most 18 digits.
#[inline]
fn int(bytes: &[u8]) -> Option<(i64, usize)> {
    let minus = usize::from(bytes.first() == Some(&b'-'));
    let digits = &bytes[minus..];
    let (mut n, mut length) = (0i64, 0);
    if let Some(eight) = digits.first_chunk::<8>() {
        let word;
        (word, length) = leading_digits(eight);
        if length > 0 {
            n = digits_of(word << (64 - 8 * length)) as i64;
        }
        if length < 8 {
            return if length > 0 { Some((if minus == 1 { -n } else { n }, length + minus)) } else { None };
        }
    }
    while let Some(digit) = digits.get(length).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10) {
        if length == 18 {
            return None;
        }
        n = n * 10 + i64::from(digit);
        length += 1;
    }
    if length == 0 { None } else { Some((if minus == 1 { -n } else { n }, length + minus)) }
}

/// Bytes as the values of digits, and how many at the start are digits.
#[inline]
fn leading_digits(eight: &[u8; 8]) -> (u64, usize) {
    let word = u64::from_le_bytes(*eight) ^ 0x3030_3030_3030_3030;
    // The high bit of each byte that is above 9; right up to the first such byte.
    let odd = (word.wrapping_add(0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080;
    (word, (odd.trailing_zeros() / 8) as usize)
}

/// The number of eight digits, the first in the lowest byte.
#[inline]
fn digits_of(word: u64) -> u64 {
    let pairs = (word.wrapping_mul(10) + (word >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul(10_000) + (fours >> 32)) & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints_are_read_up_to_the_first_byte_that_is_no_digit() {
        for text in ["0", "7", "-12", "12345678", "123456789", "-99999999", "100000000000000000", "00012"] {
            for tail in ["", "\t", "\t1\t2\t3\t4", "\n", "x9999999", "\u{ff}", ":/0000000"] {
                let whole = format!("{text}{tail}");
                assert_eq!(int(whole.as_bytes()), Some((text.parse().unwrap(), text.len())), "{whole}");
            }
        }
        for text in ["", "-", "+1", "x", "1234567890123456789", "--1", "\t12345678"] {
            assert_eq!(int(text.as_bytes()), None, "{text}");
        }
    }
}
