//! The rows of one relation.

use super::held::{Earlier, Held};
use super::rounds::Rounds;
use super::rows;
use crate::base::Type;
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// When a row first appeared: stratum 0 is given, later ones from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Birth {
    /// The stratum.
    pub stratum: u32,
    /// The round within it, from 1; 0 where provenance is not kept. What a row
    /// was derived from is older.
    pub round: u32,
}

/// Rows as cells, with the types of the columns.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) types: Vec<Type>,
    /// Cells a row, at least one.
    pub(super) stride: usize,
    /// Sorted and without repeats, unless rows were added since `settle`.
    pub(super) cells: Arc<Vec<u32>>,
    settled: bool,
    /// How many of the cells were sorted when a few rows were added.
    sorted: usize,
    /// How many rows were refused, as they don't fit the columns.
    pub(super) misfits: u64,
    /// The stratum that derived rows here, and the round of each row, where kept.
    pub(super) stratum: u32,
    pub(super) rounds: Option<Rounds>,
    /// Row numbers in the order of some column, made when asked for.
    by_column: Mutex<BTreeMap<usize, Arc<Vec<u32>>>>,
    /// What a back end made of the rows, by column order; shared by the clones
    /// of a table that was frozen.
    kept: Option<Arc<Held>>,
    /// The same of fewer rows.
    earlier: Earlier,
}

/// One row added to so many is few.
const FEW: usize = 64;

impl Clone for Table {
    fn clone(&self) -> Table {
        Table {
            types: self.types.clone(),
            stride: self.stride,
            cells: self.cells.clone(),
            settled: self.settled,
            sorted: self.sorted,
            misfits: self.misfits,
            stratum: self.stratum,
            rounds: self.rounds.clone(),
            by_column: Mutex::default(),
            kept: self.kept.clone(),
            earlier: self.earlier.clone(),
        }
    }
}

impl Table {
    pub(super) fn new(types: Vec<Type>) -> Table {
        let stride = rows::width(types.len()).unwrap_or(types.len());
        Table { types, stride, settled: true, ..Table::default() }
    }

    /// A table of rows that are sorted.
    pub(super) fn derived(
        types: Vec<Type>,
        cells: impl Into<Arc<Vec<u32>>>,
        stratum: u32,
        rounds: Option<Rounds>,
    ) -> Table {
        Table { cells: cells.into(), stratum, rounds, ..Table::new(types) }
    }

    /// How many rows; only right when settled.
    pub(super) fn len(&self) -> usize {
        self.cells.len() / self.stride
    }

    /// The rows will be others.
    fn change(&mut self) {
        self.kept = None;
        self.earlier.clear();
        self.sorted = 0;
        self.rounds = None;
        self.by_column = Mutex::default();
    }

    /// Adds a row without its padding.
    pub(super) fn push(&mut self, row: impl IntoIterator<Item = u32>) {
        self.change();
        let cells = Arc::make_mut(&mut self.cells);
        cells.extend(row);
        // A row without columns still takes a cell.
        let missing = if self.types.is_empty() { 1 } else { self.stride - self.types.len() };
        cells.extend(std::iter::repeat_n(0, missing));
        self.settled = false;
    }

    /// Adds rows, with their padding, that are sorted and without repeats.
    pub(super) fn add(&mut self, sorted: Vec<u32>) {
        self.change();
        if self.cells.is_empty() {
            (self.cells, self.settled) = (Arc::new(sorted), true);
        } else if !sorted.is_empty() {
            Arc::make_mut(&mut self.cells).extend(sorted);
            self.settled = false;
        }
    }

    /// Adds rows without their padding; there is at least one column.
    pub(super) fn push_all(&mut self, rows: &[u32]) {
        let width = self.types.len();
        let few = self.settled && rows.len() / width * FEW < self.len();
        let (held, known) = (self.kept.take(), self.cells.len());
        self.change();
        if let Some(held) = &held {
            held.let_go(width);
        }
        let cells = Arc::make_mut(&mut self.cells);
        if width == self.stride {
            cells.extend_from_slice(rows);
        } else {
            cells.reserve(rows.len() / width * self.stride);
            for row in rows.chunks_exact(width) {
                cells.extend_from_slice(row);
                cells.extend(std::iter::repeat_n(0, self.stride - width));
            }
        }
        if few {
            self.sorted = known;
            self.earlier = held.map_or(Vec::new(), |held| held.with(self.cells[known..].to_vec()));
        }
        self.settled = false;
    }

    /// Takes rows without their padding away.
    pub(super) fn remove(&mut self, rows: &[u32]) {
        self.settle();
        let width = self.types.len().max(1);
        let mut gone: Vec<&[u32]> = rows.chunks_exact(width).collect();
        gone.sort_unstable();
        let mut gone = gone.into_iter().peekable();
        let mut left = Vec::with_capacity(self.cells.len());
        for row in self.cells.chunks_exact(self.stride) {
            while gone.next_if(|gone| *gone < &row[..width]).is_some() {}
            if gone.peek().is_none_or(|gone| **gone != row[..width]) {
                left.extend_from_slice(row);
            }
        }
        self.change();
        self.cells = Arc::new(left);
    }

    /// Sorts added rows in.
    pub(super) fn settle(&mut self) {
        if !self.settled {
            let cells = std::mem::take(Arc::make_mut(&mut self.cells));
            self.cells = Arc::new(match self.sorted {
                0 => rows::sort_in(cells, self.stride),
                sorted => rows::merge(cells, sorted / self.stride, self.stride),
            });
            self.sorted = 0;
            self.settled = true;
            self.by_column = Mutex::default();
        }
    }

    /// Makes clones share what is kept of them.
    pub(super) fn freeze(&mut self) {
        self.settle();
        if self.kept.is_none() {
            self.kept = Some(Arc::new(Held::after(std::mem::take(&mut self.earlier))));
        }
    }

    /// What was kept for a column order.
    pub(super) fn kept<T: Any + Send + Sync>(&self, order: &[usize]) -> Option<Arc<T>> {
        self.kept.as_ref()?.get(order)
    }

    /// What was kept for a column order before these rows, with their padding,
    /// were added.
    pub(super) fn kept_before<T: Any + Send + Sync>(&self, order: &[usize]) -> Option<(Arc<T>, Vec<u32>)> {
        self.kept.as_ref()?.take_earlier(order)
    }

    /// Keeps something for a column order, if the table was frozen.
    pub(super) fn keep<T: Any + Send + Sync>(&self, order: &[usize], what: &Arc<T>) {
        if let Some(kept) = &self.kept {
            kept.put(order, what);
        }
    }

    pub(super) fn is_settled(&self) -> bool {
        self.settled
    }

    pub(super) fn row(&self, n: usize) -> &[u32] {
        &self.cells[n * self.stride..(n + 1) * self.stride]
    }

    pub(super) fn birth(&self, n: usize) -> Birth {
        match self.rounds.as_ref().map(|rounds| rounds.get(n, self.row(n))) {
            Some(0) => Birth::default(),
            Some(round) => Birth { stratum: self.stratum, round },
            None => Birth { stratum: self.stratum, round: 0 },
        }
    }

    /// Numbers of the rows whose columns have the given cells.
    pub(super) fn find(&self, pattern: &[Option<u32>]) -> Vec<usize> {
        let fits = |n: &usize| pattern.iter().zip(self.row(*n)).all(|(p, c)| p.is_none_or(|p| p == *c));
        if !self.settled {
            return (0..self.len()).filter(fits).collect();
        }
        let prefix: Vec<u32> = pattern.iter().map_while(|p| *p).collect();
        if !prefix.is_empty() {
            let from = rows::lower_bound(&self.cells, self.stride, &prefix, 0, self.len());
            let starts = |n: &usize| self.row(*n)[..prefix.len()] == prefix[..];
            return (from..self.len()).take_while(starts).filter(fits).collect();
        }
        let Some((column, cell)) = pattern.iter().enumerate().find_map(|(n, p)| Some((n, (*p)?))) else {
            return (0..self.len()).collect();
        };
        let order = self.order(column);
        let at = |n: u32| self.row(n as usize)[column];
        let from = order.partition_point(|n| at(*n) < cell);
        order[from..].iter().take_while(|n| at(**n) == cell).map(|n| *n as usize).filter(fits).collect()
    }

    fn order(&self, column: usize) -> Arc<Vec<u32>> {
        let mut known = self.by_column.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let mut order: Vec<u32> = (0..self.len() as u32).collect();
            order.sort_by_key(|n| self.row(*n as usize)[column]);
            Arc::new(order)
        };
        known.entry(column).or_insert_with(make).clone()
    }
}
