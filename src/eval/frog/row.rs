//! Rows as datafrog holds them, and a variable of any width behind one face.

use datafrog::{Iteration, Relation, Variable};

/// The widest relation, in columns.
pub(super) const WIDEST: usize = 32;

/// A row of fixed width; ordered as its cells are.
pub(super) trait Row: Ord + Copy + 'static {
    fn pack(cells: &[u32]) -> Self;
    fn unpack(self, width: usize, out: &mut Vec<u32>);
}

impl Row for u64 {
    fn pack(cells: &[u32]) -> u64 {
        cells.iter().fold(0, |row, cell| row << 32 | u64::from(*cell))
    }

    fn unpack(self, width: usize, out: &mut Vec<u32>) {
        out.extend((0..width).rev().map(|n| (self >> (32 * n)) as u32));
    }
}

impl Row for u128 {
    fn pack(cells: &[u32]) -> u128 {
        cells.iter().fold(0, |row, cell| row << 32 | u128::from(*cell))
    }

    fn unpack(self, width: usize, out: &mut Vec<u32>) {
        out.extend((0..width).rev().map(|n| (self >> (32 * n)) as u32));
    }
}

impl<const N: usize> Row for [u32; N] {
    fn pack(cells: &[u32]) -> [u32; N] {
        let mut row = [0; N];
        row[..cells.len()].copy_from_slice(cells);
        row
    }

    fn unpack(self, width: usize, out: &mut Vec<u32>) {
        out.extend_from_slice(&self[..width]);
    }
}

/// The distinct rows of one derived relation over the rounds of a stratum.
pub(super) trait AnyVariable {
    /// Adds rows, sorted and distinct, given as flat cells; seen from the next round on.
    fn insert(&self, flat: &[u32]);
    /// The rows that are new in this round, as flat sorted cells.
    fn recent(&self, out: &mut Vec<u32>);
}

struct Held<R: Row> {
    variable: Variable<R>,
    width: usize,
}

impl<R: Row> AnyVariable for Held<R> {
    fn insert(&self, flat: &[u32]) {
        let elements: Vec<R> = match self.width {
            0 => flat.iter().take(1).map(|_| R::pack(&[])).collect(),
            width => flat.chunks_exact(width).map(R::pack).collect(),
        };
        // Sorted already: datafrog's own sort is skipped.
        self.variable.insert(Relation { elements });
    }

    fn recent(&self, out: &mut Vec<u32>) {
        for row in self.variable.recent.borrow().iter() {
            if self.width == 0 {
                // One cell stands for the row without columns.
                out.push(1);
            }
            row.unpack(self.width, out);
        }
    }
}

/// A variable for rows of this width, at most [`WIDEST`].
pub(super) fn variable(iteration: &mut Iteration, name: &str, width: usize) -> Box<dyn AnyVariable> {
    fn held<R: Row>(iteration: &mut Iteration, name: &str, width: usize) -> Box<dyn AnyVariable> {
        Box::new(Held::<R> { variable: iteration.variable(name), width })
    }
    match width {
        0..=2 => held::<u64>(iteration, name, width),
        3..=4 => held::<u128>(iteration, name, width),
        5..=8 => held::<[u32; 8]>(iteration, name, width),
        9..=16 => held::<[u32; 16]>(iteration, name, width),
        _ => held::<[u32; WIDEST]>(iteration, name, width),
    }
}
