//! The innermost loop where a row has nothing left to do but to meet
//! conditions: each condition goes over many rows at once.

use super::code::{Expr, Operand, Probe, Step};
use super::emit::{Buffer, Piece, get};
use super::kernel::Run;
use super::limits::Stop;
use crate::eval::cells::Cells;
use crate::logic::Test;

/// Rows that are looked at together; few enough to stay in the nearest cache.
const TOGETHER: usize = 1 << 10;

/// Where a condition finds a cell.
#[derive(Clone, Copy)]
enum Side {
    Place(usize),
    Fixed(u32),
}

impl Side {
    #[inline]
    fn of(self, row: &[u32]) -> u32 {
        match self {
            Side::Place(place) => row[place],
            Side::Fixed(cell) => cell,
        }
    }
}

/// Whether a step is a condition that this loop knows.
pub(super) fn is_condition(step: &Step) -> bool {
    let plain = |expr: &Expr| matches!(expr, Expr::Slot(..) | Expr::Const(..));
    match step {
        Step::Exists(_) => true,
        Step::Absent(computed, _) => computed.is_empty(),
        Step::Test(test, terms, _) => {
            let order = matches!(test, Test::Eq | Test::Ne | Test::Lt | Test::Le | Test::Gt | Test::Ge);
            order && terms.len() == 2 && terms.iter().all(plain)
        }
        _ => false,
    }
}

impl Run<'_> {
    /// Takes those of a search's rows that meet all conditions.
    pub(super) fn leaf(
        &mut self,
        (probe, conditions): (&Probe, &[Step]),
        part: &[u32],
        pieces: &[Piece],
        slots: &mut [u32],
        buffer: &mut Buffer,
    ) -> Result<(), Stop> {
        let stride = self.sources[probe.source].stride;
        let mut kept = std::mem::take(&mut self.kept);
        for some in part.chunks(stride * TOGETHER) {
            self.limits.ticks((some.len() / stride) as u64)?;
            kept.clear();
            kept.extend_from_slice(some);
            for (place, is) in &probe.checks {
                let is = side(probe, *is, slots);
                retain(&mut kept, stride, |row| row[*place] == is.of(row));
            }
            for condition in conditions {
                if kept.is_empty() {
                    break;
                }
                match condition {
                    Step::Test(test, terms, negated) => {
                        self.test_all(probe, (*test, terms, *negated), slots, &mut kept);
                    }
                    Step::Exists(other) => self.exist(probe, other, true, slots, &mut kept)?,
                    Step::Absent(_, other) => self.exist(probe, other, false, slots, &mut kept)?,
                    _ => {}
                }
            }
            buffer.push_all(pieces, slots, &kept, stride, self.limits)?;
        }
        self.kept = kept;
        Ok(())
    }

    fn test_all(
        &self,
        probe: &Probe,
        (test, terms, negated): (Test, &[Expr], bool),
        slots: &[u32],
        kept: &mut Vec<u32>,
    ) {
        let plain = |expr: &Expr| match expr {
            Expr::Slot(slot, type_) => Some((side(probe, Operand::Slot(*slot), slots), *type_)),
            Expr::Const(value, cell) => Some((Side::Fixed(*cell), value.type_of())),
            _ => None,
        };
        let [Some((a, type_a)), Some((b, type_b))] = [&terms[0], &terms[1]].map(plain) else { return };
        let stride = self.sources[probe.source].stride;
        let cells = self.values.get();
        if type_a == type_b && test == Test::Eq {
            return retain(kept, stride, |row| (a.of(row) == b.of(row)) != negated);
        }
        if type_a == type_b && test == Test::Ne {
            return retain(kept, stride, |row| (a.of(row) != b.of(row)) != negated);
        }
        let holds = |order: std::cmp::Ordering| match test {
            Test::Eq => order.is_eq(),
            Test::Ne => order.is_ne(),
            Test::Lt => order.is_lt(),
            Test::Le => order.is_le(),
            Test::Gt => order.is_gt(),
            _ => order.is_ge(),
        };
        retain(kept, stride, |row| {
            let (a, b) = (a.of(row), b.of(row));
            let quick = type_a == type_b && Cells::ordered(type_a, a, b);
            let order = if quick { a.cmp(&b) } else { cells.compare((type_a, a), (type_b, b)) };
            holds(order) != negated
        });
    }

    /// Keeps rows for which another search finds something, or those for which
    /// it doesn't.
    fn exist(
        &mut self,
        probe: &Probe,
        other: &Probe,
        wanted: bool,
        slots: &mut [u32],
        kept: &mut Vec<u32>,
    ) -> Result<(), Stop> {
        let stride = self.sources[probe.source].stride;
        if let (Some(dense), []) = (self.sources[other.source].dense, &other.checks[..])
            && other.key.len() == dense.columns().len()
        {
            let (mut base, mut moving) = (Some(0), Vec::new());
            for (column, operand) in dense.columns().iter().zip(&other.key) {
                match side(probe, *operand, slots) {
                    Side::Fixed(cell) => {
                        base = base.zip(column.part(cell)).map(|(base, part)| base + part);
                    }
                    Side::Place(place) => moving.push((*column, place)),
                }
            }
            match (base, &moving[..]) {
                (None, _) => {
                    if wanted {
                        kept.clear();
                    }
                }
                (Some(base), [(column, place)]) => retain(kept, stride, |row| {
                    column.part(row[*place]).is_some_and(|part| dense.has(base + part)) == wanted
                }),
                (Some(base), moving) => retain(kept, stride, |row| {
                    let part = |at: usize, (column, place): &(super::dense::Column, usize)| {
                        column.part(row[*place]).map(|part| at + part)
                    };
                    moving.iter().try_fold(base, part).is_some_and(|place| dense.has(place)) == wanted
                }),
            }
            return Ok(());
        }
        let mut stop = None;
        retain(kept, stride, |row| {
            probe.loads.iter().for_each(|(place, slot)| slots[*slot] = row[*place]);
            match self.exists(other, slots) {
                Ok(found) => found == wanted,
                Err(limit) => {
                    stop = Some(limit);
                    false
                }
            }
        });
        stop.map_or(Ok(()), Err)
    }
}

/// Where the rows of a search, or the slots before it, have an operand.
fn side(probe: &Probe, operand: Operand, slots: &[u32]) -> Side {
    let load = probe.loads.iter().find(|load| operand == Operand::Slot(load.1));
    load.map_or_else(|| Side::Fixed(get(operand, slots)), |load| Side::Place(load.0))
}

/// Keeps the rows that fit, in their order.
fn retain(cells: &mut Vec<u32>, stride: usize, fits: impl FnMut(&[u32]) -> bool) {
    match stride {
        1 => retain_array::<1>(cells, fits),
        2 => retain_array::<2>(cells, fits),
        3 => retain_array::<3>(cells, fits),
        4 => retain_array::<4>(cells, fits),
        _ => {
            let (mut fits, mut to) = (fits, 0);
            for from in (0..cells.len()).step_by(stride) {
                let stays = fits(&cells[from..from + stride]);
                cells.copy_within(from..from + stride, to);
                to += if stays { stride } else { 0 };
            }
            cells.truncate(to);
        }
    }
}

fn retain_array<const N: usize>(cells: &mut Vec<u32>, mut fits: impl FnMut(&[u32]) -> bool) {
    let rows = cells.as_chunks_mut::<N>().0;
    let mut to = 0;
    for n in 0..rows.len() {
        let row = rows[n];
        rows[to] = row;
        to += usize::from(fits(&row));
    }
    cells.truncate(to * N);
}
