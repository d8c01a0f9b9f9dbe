//! Growing relations on datafrog: what is known, and what is new this round.

use crate::eval::{rows, weave};
use datafrog::{Iteration, Relation, Variable};
use std::cell::Ref;

/// Keeps borrowed rows alive while a round reads them.
pub(super) trait Guard {
    fn batches(&self) -> Vec<&[u32]>;
}

impl<const N: usize> Guard for Ref<'_, Vec<Relation<[u32; N]>>> {
    fn batches(&self) -> Vec<&[u32]> {
        self.iter().map(|r| r.elements.as_flattened()).collect()
    }
}

impl<const N: usize> Guard for Ref<'_, Relation<[u32; N]>> {
    fn batches(&self) -> Vec<&[u32]> {
        if self.elements.is_empty() { Vec::new() } else { vec![self.elements.as_flattened()] }
    }
}

/// One growing relation in one column order, of any width.
pub(super) trait Store {
    /// Ends a round: these sorted rows become new, or those of them that are
    /// not known, where that isn't settled.
    fn advance(&mut self, sorted: Vec<u32>, settled: bool);
    /// What was known before this round.
    fn old(&self) -> Box<dyn Guard + '_>;
    /// What is new this round.
    fn new_rows(&self) -> Box<dyn Guard + '_>;
    /// All rows, sorted, once nothing is new.
    fn complete(self: Box<Self>) -> Vec<u32>;
}

struct Wide<const N: usize> {
    variable: Variable<[u32; N]>,
    iteration: Iteration,
    threads: usize,
}

impl<const N: usize> Store for Wide<N> {
    fn advance(&mut self, sorted: Vec<u32>, settled: bool) {
        self.put_away();
        let elements = chunks(sorted);
        if settled || elements.is_empty() {
            *self.variable.recent.borrow_mut() = Relation { elements };
        } else {
            self.variable.insert(Relation { elements });
            self.iteration.changed();
        }
    }

    fn old(&self) -> Box<dyn Guard + '_> {
        Box::new(self.variable.stable.borrow())
    }

    fn new_rows(&self) -> Box<dyn Guard + '_> {
        Box::new(self.variable.recent.borrow())
    }

    fn complete(self: Box<Self>) -> Vec<u32> {
        self.put_away();
        let threads = self.threads;
        let mut batches = self.variable.stable.take().into_iter().map(|batch| batch.elements).rev();
        let last = batches.next().unwrap_or_default();
        batches.fold(last, |less, more| weave::absorb(more, less, threads)).into_flattened()
    }
}

impl<const N: usize> Wide<N> {
    /// What was new is known from now on. Datafrog would do the same, but copy
    /// both lists to merge them.
    fn put_away(&self) {
        let mut rows = std::mem::take(&mut self.variable.recent.borrow_mut().elements);
        let mut known = self.variable.stable.borrow_mut();
        while let Some(last) = known.pop_if(|last| last.len() <= 2 * rows.len()) {
            rows = weave::absorb(last.elements, rows, self.threads);
        }
        if !rows.is_empty() {
            known.push(Relation { elements: rows });
        }
    }
}

/// Rows that are moved at once.
const PIECE: usize = 1 << 16;

/// Cells as rows. They go over from the end, piece by piece, so that they are
/// never there twice.
fn chunks<const N: usize>(mut cells: Vec<u32>) -> Vec<[u32; N]> {
    let mut rows = vec![[0; N]; cells.len() / N];
    let mut end = rows.len();
    while end > 0 {
        let from = end.saturating_sub(PIECE);
        rows[from..end].copy_from_slice(cells[from * N..].as_chunks().0);
        cells.truncate(from * N);
        cells.shrink_to_fit();
        end = from;
    }
    rows
}

/// An empty store. `distinct` for a relation itself, which drops known rows;
/// not for a further column order, which is fed new rows alone.
pub(super) fn store(columns: usize, distinct: bool, threads: usize) -> Box<dyn Store> {
    fn of<const N: usize>(distinct: bool, threads: usize) -> Box<dyn Store> {
        let mut iteration = Iteration::new();
        let variable =
            if distinct { iteration.variable("rows") } else { iteration.variable_indistinct("order") };
        Box::new(Wide::<N> { variable, iteration, threads })
    }
    match rows::width(columns).unwrap_or(64) {
        1 => of::<1>(distinct, threads),
        2 => of::<2>(distinct, threads),
        3 => of::<3>(distinct, threads),
        4 => of::<4>(distinct, threads),
        5 => of::<5>(distinct, threads),
        6 => of::<6>(distinct, threads),
        7 => of::<7>(distinct, threads),
        8 => of::<8>(distinct, threads),
        10 => of::<10>(distinct, threads),
        12 => of::<12>(distinct, threads),
        16 => of::<16>(distinct, threads),
        24 => of::<24>(distinct, threads),
        32 => of::<32>(distinct, threads),
        _ => of::<64>(distinct, threads),
    }
}
