//! Growing relations on datafrog: what is known, and what is new this round.

use crate::eval::rows;
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
    /// Adds sorted rows, to become new at the next round.
    fn insert(&self, sorted: &[u32]);
    /// Ends a round; whether there is anything new.
    fn advance(&mut self) -> bool;
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
}

impl<const N: usize> Store for Wide<N> {
    fn insert(&self, sorted: &[u32]) {
        if !sorted.is_empty() {
            self.variable.insert(Relation { elements: sorted.as_chunks::<N>().0.to_vec() });
        }
    }

    fn advance(&mut self) -> bool {
        self.iteration.changed()
    }

    fn old(&self) -> Box<dyn Guard + '_> {
        Box::new(self.variable.stable.borrow())
    }

    fn new_rows(&self) -> Box<dyn Guard + '_> {
        Box::new(self.variable.recent.borrow())
    }

    fn complete(self: Box<Self>) -> Vec<u32> {
        self.variable.complete().elements.into_flattened()
    }
}

/// An empty store. `distinct` for a relation itself, which drops known rows;
/// not for a further column order, which is fed new rows alone.
pub(super) fn store(columns: usize, distinct: bool) -> Box<dyn Store> {
    fn of<const N: usize>(distinct: bool) -> Box<dyn Store> {
        let mut iteration = Iteration::new();
        let variable =
            if distinct { iteration.variable("rows") } else { iteration.variable_indistinct("order") };
        Box::new(Wide::<N> { variable, iteration })
    }
    match rows::width(columns).unwrap_or(64) {
        1 => of::<1>(distinct),
        2 => of::<2>(distinct),
        3 => of::<3>(distinct),
        4 => of::<4>(distinct),
        5 => of::<5>(distinct),
        6 => of::<6>(distinct),
        7 => of::<7>(distinct),
        8 => of::<8>(distinct),
        10 => of::<10>(distinct),
        12 => of::<12>(distinct),
        16 => of::<16>(distinct),
        24 => of::<24>(distinct),
        32 => of::<32>(distinct),
        _ => of::<64>(distinct),
    }
}
