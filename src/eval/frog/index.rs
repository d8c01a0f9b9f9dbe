//! A complete relation in some column order, with what makes searches in it
//! fast; both are carried on when a few rows are added.

use super::dense::Dense;
use crate::eval::pack;
use crate::eval::rows::{self, Offsets};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

/// A complete relation in some column order.
pub(super) struct Index {
    pub(super) cells: Arc<Vec<u32>>,
    pub(super) stride: usize,
    pub(super) lookups: Arc<Lookups>,
    /// Searches so far, at most.
    searches: AtomicUsize,
}

/// What is made of an index's rows when it is first worth it.
#[derive(Default)]
pub(super) struct Lookups {
    offsets: OnceLock<Option<Offsets>>,
    dense: OnceLock<Option<Dense>>,
}

/// Rows below which a search is as good as bits.
const FEW: usize = 64;
/// Rows beyond which a few more don't make lookups worth their memory.
const MANY: usize = 1 << 12;
/// How many rows are gone through in the time of a search.
const ROWS_A_SEARCH: usize = 8;

impl Index {
    pub(super) fn new(cells: Arc<Vec<u32>>, stride: usize) -> Index {
        Index::with_lookups(cells, stride, Lookups::default())
    }

    pub(super) fn with_lookups(cells: Arc<Vec<u32>>, stride: usize, lookups: Lookups) -> Index {
        Index { cells, stride, lookups: Arc::new(lookups), searches: AtomicUsize::new(0) }
    }

    /// The rows with a few more, in this order; taken from it where nobody
    /// else needs it.
    pub(super) fn grown(self: Arc<Index>, added: Vec<u32>) -> Index {
        let stride = self.stride;
        let (cells, lookups) = match Arc::try_unwrap(self) {
            Ok(own) => (own.cells, own.lookups),
            Err(shared) => (shared.cells.clone(), shared.lookups.clone()),
        };
        let mut cells = Arc::unwrap_or_clone(cells);
        let sorted = cells.len() / stride;
        cells.extend_from_slice(&added);
        let cells = rows::merge(cells, sorted, stride);
        let lookups = Lookups::grown(lookups, &cells, stride, &added);
        Index::with_lookups(Arc::new(cells), stride, lookups)
    }

    /// Notes up to so many searches to come; whether all of them are worth
    /// going through the rows.
    pub(super) fn is_searched(&self, times: usize) -> bool {
        let before = self.searches.load(Relaxed);
        let all = before.saturating_add(times);
        self.searches.store(all, Relaxed);
        all.saturating_mul(ROWS_A_SEARCH) >= self.cells.len() / self.stride
    }

    /// Where each value of the first column begins, made when first worth it.
    pub(super) fn offsets(&self, worth: bool) -> Option<&Offsets> {
        let offsets = &self.lookups.offsets;
        match worth {
            true => offsets.get_or_init(|| Offsets::new(&self.cells, self.stride)).as_ref(),
            false => offsets.get()?.as_ref(),
        }
    }

    /// The rows as bits, made when first asked for, if that is worth its memory.
    pub(super) fn dense(&self) -> Option<&Dense> {
        let make = || {
            let rows = self.cells.len() / self.stride;
            let ranges = || pack::ranges(&self.cells, self.stride);
            let dense = (rows >= FEW).then(|| Dense::new(&ranges(), rows)).flatten()?;
            dense.add_all(&self.cells, self.stride);
            Some(dense)
        };
        self.lookups.dense.get_or_init(make).as_ref()
    }
}

impl Lookups {
    /// Bytes of memory.
    pub(super) fn bytes(&self) -> u64 {
        let offsets = self.offsets.get().and_then(|o| o.as_ref()).map_or(0, Offsets::bytes);
        offsets + self.dense.get().and_then(|d| d.as_ref()).map_or(0, Dense::bytes)
    }

    /// What was made, of the rows with some more, which are among these sorted
    /// ones now. What can't take them in is made anew when asked for.
    pub(super) fn grown(self: Arc<Lookups>, cells: &[u32], stride: usize, added: &[u32]) -> Lookups {
        let Ok(Lookups { offsets, dense }) = Arc::try_unwrap(self) else { return Lookups::default() };
        let is_large = cells.len() / stride >= MANY;
        let offsets = match offsets.into_inner() {
            Some(Some(known)) => known.grown(cells, stride, added).map(Some),
            none => none.filter(|_| is_large),
        };
        let dense = match dense.into_inner() {
            Some(Some(known)) => {
                let inside = added.chunks_exact(stride).all(|row| known.place(row).is_some());
                inside.then(|| {
                    known.add_all(added, stride);
                    Some(known)
                })
            }
            none => none.filter(|_| is_large),
        };
        Lookups {
            offsets: offsets.map_or_else(OnceLock::new, OnceLock::from),
            dense: dense.map_or_else(OnceLock::new, OnceLock::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lookups_of_grown_rows_are_those_of_all_rows() {
        for seed in 0..80u32 {
            let row = |n: u32| [n.wrapping_mul(7919) % 61 + 5, n.wrapping_mul(31) % 17];
            let few = rows::sort((seed..seed + 120).flat_map(row).collect(), 2);
            let added: Vec<u32> = (seed * 3..seed * 3 + seed % 7).flat_map(|n| row(n * 13)).collect();
            let added = [added, if seed % 3 == 0 { vec![90, seed] } else { Vec::new() }].concat();
            let index = Arc::new(Index::new(Arc::new(few.clone()), 2));
            index.offsets(true);
            index.dense();
            let added = rows::sort(added, 2);
            let grown = index.grown(added.clone());
            let all = rows::sort([few, added].concat(), 2);
            assert_eq!(*grown.cells, all);
            let fresh = Index::new(Arc::new(all.clone()), 2);
            for value in 0..100 {
                let range = |index: &Index| index.offsets(true).map(|o| o.range(value));
                let ((a, b), (c, d)) = (range(&grown).unwrap(), range(&fresh).unwrap());
                assert_eq!(b - a, d - c, "{value}");
                assert!(a == b || (a, b) == (c, d));
            }
            for a in 0..100 {
                for b in 0..90 {
                    let has = |index: &Index| {
                        let dense = index.dense().unwrap();
                        dense.place(&[a, b]).is_some_and(|place| dense.has(place))
                    };
                    assert_eq!(has(&grown), has(&fresh), "{a} {b}");
                }
            }
        }
    }
}
