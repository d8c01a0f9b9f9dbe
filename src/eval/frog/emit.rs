//! Where rows go that a rule derives.

use super::code::Operand;
use super::dense::Dense;
use super::limits::{Limits, Stop};
use crate::eval::rows;

/// A column of a head in the innermost loop.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece {
    /// The same for all of the loop's rows.
    Fixed(Operand),
    /// Taken from this place of the row.
    Place(usize),
}

/// Rows under way, compacted when there are many.
pub(super) struct Buffer<'f> {
    pub(super) stride: usize,
    pub(super) cells: Vec<u32>,
    compact_at: usize,
    /// Rows pushed in all.
    pub(super) pushed: u64,
    /// Rows that are known already, which are dropped; new ones are added.
    filter: Option<&'f Dense>,
    /// Where the rows of the driver's present value begin.
    block: usize,
}

#[inline]
pub(super) fn get(operand: Operand, slots: &[u32]) -> u32 {
    match operand {
        Operand::Slot(n) => slots[n],
        Operand::Cell(cell) => cell,
    }
}

impl<'f> Buffer<'f> {
    pub(super) fn new(stride: usize, limits: &Limits, filter: Option<&'f Dense>) -> Buffer<'f> {
        let compact_at = limits.first_check(stride) * stride;
        Buffer { stride, cells: Vec::new(), compact_at, pushed: 0, filter, block: 0 }
    }

    /// Whether no other buffer with the same filter has any of the rows.
    pub(super) fn is_filtered(&self) -> bool {
        self.filter.is_some()
    }

    #[inline]
    pub(super) fn push(&mut self, row: &[Operand], slots: &[u32], limits: &mut Limits) -> Result<(), Stop> {
        self.pushed += 1;
        let at = self.cells.len();
        for operand in row {
            self.cells.push(get(*operand, slots));
        }
        if let Some(filter) = self.filter
            && let Some(place) = filter.place(&self.cells[at..])
            && !filter.add(place)
        {
            self.cells.truncate(at);
            return Ok(());
        }
        if self.cells.len() >= self.compact_at { self.compact(limits) } else { Ok(()) }
    }

    /// One row for each of these.
    pub(super) fn push_all(
        &mut self,
        pieces: &[Piece],
        slots: &[u32],
        rows: &[u32],
        stride: usize,
        limits: &mut Limits,
    ) -> Result<(), Stop> {
        let mut taken = pieces.iter().enumerate().filter_map(|(n, piece)| match piece {
            Piece::Place(place) => Some((n, *place)),
            Piece::Fixed(_) => None,
        });
        let mut row = [0; 64];
        let row = &mut row[..pieces.len()];
        for (to, piece) in row.iter_mut().zip(pieces) {
            if let Piece::Fixed(operand) = piece {
                *to = get(*operand, slots);
            }
        }
        let one = match (taken.next(), taken.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        };
        self.pushed += (rows.len() / stride) as u64;
        match (one, self.filter, row.len()) {
            (Some((n, place)), Some(filter), _) if n < filter.columns().len() => {
                let column = filter.columns()[n];
                let mut base = Some(0);
                for (at, (column, cell)) in filter.columns().iter().zip(&*row).enumerate() {
                    if at != n {
                        base = base.zip(column.part(*cell)).map(|(base, part)| base + part);
                    }
                }
                for from in rows.chunks_exact(stride) {
                    let cell = from[place];
                    if let (Some(base), Some(part)) = (base, column.part(cell))
                        && !filter.add(base + part)
                    {
                        continue;
                    }
                    row[n] = cell;
                    self.take(row, limits)?;
                }
            }
            (Some((n, place)), None, 2) => {
                let fixed = row[1 - n];
                // In pieces, so that limits are seen.
                for part in rows.chunks(stride << 12) {
                    let taken = part.chunks_exact(stride).map(|from| from[place]);
                    if n == 1 {
                        self.cells.extend(taken.flat_map(|cell| [fixed, cell]));
                    } else {
                        self.cells.extend(taken.flat_map(|cell| [cell, fixed]));
                    }
                    if self.cells.len() >= self.compact_at {
                        self.compact(limits)?;
                    }
                }
            }
            _ => {
                for from in rows.chunks_exact(stride) {
                    for (to, piece) in row.iter_mut().zip(pieces) {
                        if let Piece::Place(place) = piece {
                            *to = from[*place];
                        }
                    }
                    if let Some(filter) = self.filter
                        && let Some(place) = filter.place(row)
                        && !filter.add(place)
                    {
                        continue;
                    }
                    self.take(row, limits)?;
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn take(&mut self, row: &[u32], limits: &mut Limits) -> Result<(), Stop> {
        match row {
            [a, b] => self.cells.extend([*a, *b]),
            [a, b, c] => self.cells.extend([*a, *b, *c]),
            _ => self.cells.extend_from_slice(row),
        }
        if self.cells.len() >= self.compact_at { self.compact(limits) } else { Ok(()) }
    }

    /// Sorts what came since the last call; if the heads start with what the
    /// driver ascends by, all is sorted in the end.
    pub(super) fn end_block(&mut self) {
        if self.cells.len() > self.block + self.stride {
            let part = &self.cells[self.block..];
            if !rows::is_sorted(part, self.stride) {
                let sorted = rows::sort(part.to_vec(), self.stride);
                self.cells.truncate(self.block);
                self.cells.extend(sorted);
            }
        }
        self.block = self.cells.len();
    }

    #[cold]
    fn compact(&mut self, limits: &mut Limits) -> Result<(), Stop> {
        let before = self.cells.len();
        // What passed the filter is there once.
        if self.block > 0 {
            self.end_block();
        } else if self.filter.is_none() {
            self.cells = rows::sort(std::mem::take(&mut self.cells), self.stride);
        }
        limits.check_rows(self.cells.len() / self.stride, self.stride)?;
        limits.check_time()?;
        if self.cells.len() * 2 > before {
            self.compact_at = limits.next_check(self.compact_at, self.stride);
        }
        Ok(())
    }

    /// The distinct rows, sorted.
    pub(super) fn finish(self) -> Vec<u32> {
        rows::sort(self.cells, self.stride)
    }
}
