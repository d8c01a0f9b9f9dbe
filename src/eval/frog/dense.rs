//! Rows as bits, where the values of their columns lie close together: whether
//! a row is known costs one look.

use crate::eval::rows;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Bits that any relation may take, 1 MiB.
const FREE: u64 = 1 << 23;
/// Bits a row that it may take beyond.
const PER_ROW: u64 = 64;

/// One column's place in a row's number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    low: u32,
    span: u32,
    step: usize,
}

impl Column {
    /// The part of this value, unless it lies outside.
    #[inline]
    pub(super) fn part(self, cell: u32) -> Option<usize> {
        let above = cell.wrapping_sub(self.low);
        (above < self.span).then(|| above as usize * self.step)
    }
}

/// A set of rows.
#[derive(Debug)]
pub(super) struct Dense {
    columns: Vec<Column>,
    words: Vec<AtomicU64>,
}

impl Dense {
    /// Room for rows within these least and greatest values, where a relation
    /// of so many rows is worth that much memory.
    pub(super) fn new(ranges: &[(u32, u32)], rows: usize) -> Option<Dense> {
        let mut bits = 1u64;
        let mut columns = Vec::with_capacity(ranges.len());
        for (low, high) in ranges.iter().rev() {
            let span = u64::from(high.checked_sub(*low)?) + 1;
            columns.push(Column { low: *low, span: u32::try_from(span).ok()?, step: bits as usize });
            bits = bits.checked_mul(span)?;
            if bits > FREE.max(PER_ROW * rows as u64) {
                return None;
            }
        }
        columns.reverse();
        let words = (0..bits.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Some(Dense { columns, words })
    }

    /// A row's number; `None` where it lies outside.
    #[inline]
    pub(super) fn place(&self, row: &[u32]) -> Option<usize> {
        let mut place = 0;
        for (column, cell) in self.columns.iter().zip(row) {
            place += column.part(*cell)?;
        }
        Some(place)
    }

    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    #[inline]
    pub(super) fn has(&self, place: usize) -> bool {
        self.words[place / 64].load(Relaxed) & 1 << (place % 64) != 0
    }

    /// Adds a row; whether it was new.
    #[inline]
    pub(super) fn add(&self, place: usize) -> bool {
        let (word, bit) = (&self.words[place / 64], 1 << (place % 64));
        word.load(Relaxed) & bit == 0 && word.fetch_or(bit, Relaxed) & bit == 0
    }

    /// Adds rows of so many cells, of which those beyond the columns are padding.
    pub(super) fn add_all(&self, cells: &[u32], stride: usize) {
        for row in cells.chunks_exact(stride) {
            if let Some(place) = self.place(row) {
                self.add(place);
            }
        }
    }

    /// The row of a number, as wide as that.
    fn row(&self, place: usize, stride: usize) -> Vec<u32> {
        let part = |column: &Column| column.low + (place / column.step % column.span as usize) as u32;
        let cells = self.columns.iter().map(part).chain(std::iter::repeat(0));
        cells.take(stride).collect()
    }

    /// Rows as numbers, which take half the memory of two cells; `None` where
    /// one has none.
    pub(super) fn places(&self, cells: &[u32], stride: usize) -> Option<Vec<u32>> {
        let place = |row| self.place(row).and_then(|place| u32::try_from(place).ok());
        cells.chunks_exact(stride).map(place).collect()
    }

    /// The set's rows in order.
    pub(super) fn ranks(&self) -> Ranks<'_> {
        let mut count = 0u32;
        let mut before = Vec::with_capacity(self.words.len());
        for word in &self.words {
            before.push(count);
            count += word.load(Relaxed).count_ones();
        }
        Ranks { before, dense: self, count: count as usize }
    }

    /// Memory in bytes.
    pub(super) fn bytes(&self) -> u64 {
        8 * self.words.len() as u64
    }
}

/// How many of a set's rows come before each.
pub(super) struct Ranks<'d> {
    before: Vec<u32>,
    dense: &'d Dense,
    /// The set's rows.
    pub(super) count: usize,
}

impl Ranks<'_> {
    /// Where the row of this number lies among sorted rows, if those are the
    /// set's, else by search from a place.
    #[inline]
    pub(super) fn find(&self, place: u32, cells: &[u32], stride: usize, from: usize) -> usize {
        let place = place as usize;
        if self.count * stride != cells.len() {
            let row = self.dense.row(place, stride);
            return rows::gallop(cells, stride, &row, from, cells.len() / stride);
        }
        let below = self.dense.words[place / 64].load(Relaxed) & ((1 << (place % 64)) - 1);
        (self.before[place / 64] + below.count_ones()) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_again_and_those_outside_have_no_place() {
        let set = Dense::new(&[(3, 5), (10, 10), (0, 99)], 0).unwrap();
        for row in [[3, 10, 0], [5, 10, 99], [4, 10, 50]] {
            let place = set.place(&row).unwrap();
            assert!(!set.has(place) && set.add(place) && set.has(place) && !set.add(place));
        }
        let sorted = [3, 10, 0, 0, 4, 10, 50, 0, 5, 10, 99, 0];
        let places = set.places(&sorted, 4).unwrap();
        let found =
            |cells: &[u32]| places.iter().map(|p| set.ranks().find(*p, cells, 4, 0)).collect::<Vec<_>>();
        assert_eq!(found(&sorted), [0, 1, 2]);
        let more = [&[0, 0, 0, 0], &sorted[..]].concat();
        assert_eq!(found(&more), [1, 2, 3], "rows that the set lacks");
        for row in [[2, 10, 0], [6, 10, 0], [3, 9, 0], [3, 10, 100]] {
            assert_eq!(set.place(&row), None);
        }
        assert!(Dense::new(&[(0, u32::MAX), (0, 9)], 1000).is_none());
        assert!(Dense::new(&[(1, 0)], 1000).is_none());
    }
}
