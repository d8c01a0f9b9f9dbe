//! Lines of a fact file to rows of cells. What is odd (an error, a quote, a
//! sign nobody needs) is left to the plain reader, which also reports.

use super::sort::Share;
use super::spread::Spread;
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
    pub(super) fn short_ints(&self) -> bool {
        let own = |(n, field): (usize, &(Type, usize))| *field == (Type::Int, n);
        self.fields.len() == self.stride && self.fields.iter().enumerate().all(own)
    }
}

/// Rows of one piece of a file. Cells of texts, and of numbers without a cell
/// of their own, are numbers of the piece's own tables.
#[derive(Default)]
pub(super) struct Piece<'a> {
    /// Rows with cells that stay as they are are put into buckets by this.
    pub(super) spread: Option<&'a Spread>,
    pub(super) share: Share,
    pub(super) rows: usize,
    pub(super) texts: Words,
    pub(super) entities: Words,
    /// Values of decimals and of ints too large for a cell, by column kind.
    pub(super) ints: Vec<i64>,
    pub(super) decimals: Vec<crate::base::Decimal>,
}

/// Marks a cell as a place in `ints`.
pub(super) const LARGE: u32 = 1 << 31;

impl Piece<'_> {
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
            self.share.cells.extend_from_slice(&row);
            self.rows += 1;
        }
        Some(())
    }

    /// Reads lines as long as all are of ints from 0 to 9,999,999; gives the
    /// place of the first line that isn't, or that is among the last bytes.
    pub(super) fn short_ints(&mut self, layout: &Layout, block: &[u8]) -> usize {
        let Share { cells, buckets } = &mut self.share;
        let mark = layout.separator;
        let (done, rows) = match (self.spread, layout.stride) {
            (None, 2) => ints::<2>(block, mark, |row| cells.extend(*row)),
            (None, 3) => ints::<3>(block, mark, |row| cells.extend(*row)),
            (Some(to), 1) => ints::<1>(block, mark, |row| to.put(row, buckets)),
            (Some(to), 2) => ints::<2>(block, mark, |row| to.put(row, buckets)),
            (Some(to), 3) => ints::<3>(block, mark, |row| to.put(row, buckets)),
            (Some(to), 4) => ints::<4>(block, mark, |row| to.put(row, buckets)),
            (_, stride) => {
                let mut place = 0;
                let kept = cells.len();
                let (mut done, mut whole) = (0, kept);
                while let Some((cell, next)) =
                    short_int(block, place, if (cells.len() - whole + 1) == stride { b'\n' } else { mark })
                {
                    cells.push(cell);
                    place = next;
                    if cells.len() - whole == stride {
                        (done, whole) = (place, cells.len());
                    }
                }
                cells.truncate(whole);
                (done, (whole - kept) / stride)
            }
        };
        self.rows += rows;
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
        let at = self.share.cells.len();
        self.share.cells.resize(at + layout.stride, 0);
        for (field, (type_, column)) in fields.zip(&layout.fields) {
            self.share.cells[at + column] = match type_ {
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
                    for cell in self.share.cells.iter_mut().skip(*column).step_by(layout.stride) {
                        if *cell & LARGE != 0 {
                            *cell = globals.ints[(*cell & !LARGE) as usize];
                        }
                    }
                    continue;
                }
                Type::Date | Type::Bool => continue,
            };
            for cell in self.share.cells.iter_mut().skip(*column).step_by(layout.stride) {
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

/// Gives rows of short ints to `each`; where the first other line begins, and
/// how many rows.
#[inline]
fn ints<const N: usize>(block: &[u8], separator: u8, mut each: impl FnMut(&[u32; N])) -> (usize, usize) {
    let (mut done, mut rows) = (0, 0);
    // A field is read by the bytes that it ends with, so there have to be some.
    while done < 8 {
        let Some((row, next)) = row_of_ints(block, separator, done) else { return (done, rows) };
        each(&row);
        (done, rows) = (next, rows + 1);
    }
    // 64 bytes at a time, each with the 8 before them.
    let (mut start, mut from, mut column, mut row) = (done, 0, 0, [0; N]);
    let zero = inline(0).unwrap_or_default();
    while let Some(window) = block.get(start - 8..).and_then(|rest| rest.first_chunk::<72>())
        && let Some(chunk) = window.last_chunk()
    {
        let mut ends = ends_of_digits(chunk);
        while ends != 0 {
            let end = ends.trailing_zeros() as usize & 63;
            ends &= ends - 1;
            // A number may begin in the window before.
            let unused = 8usize.wrapping_add(from).wrapping_sub(end);
            let mark = if column == N - 1 { b'\n' } else { separator };
            if unused.wrapping_sub(1) > 6 || window[end + 8] != mark {
                return (done, rows);
            }
            let mut eight = [0; 8];
            eight.copy_from_slice(&window[end..end + 8]);
            let word = (u64::from_le_bytes(eight) ^ ZEROS) & BEHIND[unused & 7];
            row[column] = zero + digits_of(word) as u32;
            (from, column) = (end + 1, column + 1);
            if column == N {
                each(&row);
                (column, done, rows) = (0, start + from, rows + 1);
            }
        }
        start += 64;
        from = from.wrapping_sub(64);
    }
    while let Some((row, next)) = row_of_ints(block, separator, done) {
        each(&row);
        (done, rows) = (next, rows + 1);
    }
    (done, rows)
}

/// A row of short ints, and where the next begins.
#[inline]
fn row_of_ints<const N: usize>(block: &[u8], separator: u8, mut at: usize) -> Option<([u32; N], usize)> {
    let mut row = [0; N];
    for (n, cell) in row.iter_mut().enumerate() {
        (*cell, at) = short_int(block, at, if n == N - 1 { b'\n' } else { separator })?;
    }
    Some((row, at))
}

/// The cell of an int of at most seven digits before a mark, and the place
/// behind the mark; `None` for others and among the last bytes.
#[inline]
fn short_int(block: &[u8], at: usize, mark: u8) -> Option<(u32, usize)> {
    let (word, length) = leading_digits(block.get(at..)?.first_chunk()?);
    if length == 0 || length == 8 || block.get(at + length) != Some(&mark) {
        return None;
    }
    let cell = inline(digits_of(word << (64 - 8 * length)) as i64).unwrap_or_default();
    Some((cell, at + length + 1))
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

/// Eight digits 0.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// All bytes behind so many.
const BEHIND: [u64; 8] = {
    let mut masks = [u64::MAX; 8];
    let mut n = 1;
    while n < 8 {
        masks[n] = masks[n - 1] << 8;
        n += 1;
    }
    masks
};

/// A bit for each byte that is no digit.
#[inline]
fn ends_of_digits(bytes: &[u8; 64]) -> u64 {
    let eights = bytes.as_chunks::<8>().0;
    let mut halves = [0; 2];
    for n in 0..4 {
        for (half, bits) in halves.iter_mut().enumerate() {
            let word = u64::from_le_bytes(eights[4 * half + n]) ^ ZEROS;
            // Without a carry from byte to byte: the high bit where above 9.
            let above = (word & 0x7f7f_7f7f_7f7f_7f7f) + 0x7676_7676_7676_7676;
            let odd = (above | word) & 0x8080_8080_8080_8080;
            *bits |= odd >> (7 - n);
        }
    }
    // Byte by byte a bit for each of the eights; that table is turned over.
    let mut bits = halves[0] | halves[1] << 4;
    for (by, mask) in [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0xf0f0_f0f0)] {
        let moved = (bits ^ bits >> by) & mask;
        bits ^= moved ^ moved << by;
    }
    bits
}

/// Bytes as the values of digits, and how many at the start are digits.
#[inline]
fn leading_digits(eight: &[u8; 8]) -> (u64, usize) {
    let word = u64::from_le_bytes(*eight) ^ ZEROS;
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
    fn rows_of_short_ints_are_read_up_to_the_first_that_is_odd() {
        for length in [1, 7, 40, 300] {
            let row = |n: u32| [n * 7919 % 10_000_000, n % 13, 1 << (n % 20)];
            let mut text = String::new();
            for n in 0..length {
                let [a, b, c] = row(n);
                text += &format!("{a}\t{b:03}\t{c}\n");
            }
            let plain = "7\t8\t9\n".repeat(30);
            for odd in ["", "1\t2\n", "1\t2\t12345678\n", "1\t\t3\n", "1\t2\tx\n", "1,2\t3\n", "\n"] {
                let whole = format!("{text}{odd}{plain}");
                let mut found = Vec::new();
                let (done, rows) = ints::<3>(whole.as_bytes(), b'\t', |row| found.push(*row));
                let wanted = (0..length).map(|n| row(n).map(|n| inline(n.into()).unwrap()));
                assert!(wanted.eq(found[..length as usize].iter().copied()), "{whole}");
                assert_eq!((rows, whole[..done].lines().count()), (found.len(), found.len()));
                assert_eq!(odd.is_empty(), rows > length as usize, "{whole}");
            }
        }
    }

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
