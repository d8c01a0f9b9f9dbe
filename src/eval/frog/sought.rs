//! The rounds of a closure's rows, found from a source when a proof wants one
//! of them. Proofs are rare and small, so that keeping all rounds would cost
//! far more.

use super::closure::{Closure, Graphs};
use crate::eval::rounds::{Later, Rounds};
use rustc_hash::FxHashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Rounds found so far.
#[derive(Debug)]
pub(super) struct Sought {
    closure: Closure,
    /// How many rows the closure has.
    rows: usize,
    threads: usize,
    graphs: OnceLock<Graphs>,
    from: Mutex<Known>,
    /// Those of all rows, once so many were asked for that it is worth it.
    all: OnceLock<Rounds>,
}

#[derive(Debug, Default)]
struct Known {
    /// By source, the nodes in order, each with its round.
    sources: FxHashMap<u32, Vec<(u32, u32)>>,
    /// How much work they took.
    work: usize,
}

impl Sought {
    pub(super) fn new(closure: Closure, rows: usize, threads: usize) -> Sought {
        let (graphs, from, all) = Default::default();
        Sought { closure, rows, threads, graphs, from, all }
    }

    fn graphs(&self) -> Graphs {
        self.graphs.get_or_init(|| self.closure.graphs()).clone()
    }
}

impl Later for Sought {
    fn round(&self, n: usize, row: &[u32]) -> u32 {
        if let Some(all) = self.all.get() {
            return all.get(n, row);
        }
        let mut known = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        // Not much more in all than finding all rounds at once.
        if !known.sources.contains_key(&row[0]) && known.work > self.rows {
            known.sources = FxHashMap::default();
            return self.all.get_or_init(|| self.closure.all_rounds(self.graphs(), self.threads)).get(n, row);
        }
        let Known { sources, work } = &mut *known;
        let found = sources.entry(row[0]).or_insert_with(|| {
            let (found, more) = self.closure.rounds_from(row[0], self.graphs());
            *work += more;
            found
        });
        // Every row of the closure is found from its source.
        found.binary_search_by_key(&row[1], |pair| pair.0).map_or(1, |at| found[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::frog::closure::Shape;
    use crate::eval::frog::limits::Limits;
    use crate::logic::typed::RelationId;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    type Pairs = BTreeSet<(u32, u32)>;

    fn pairs() -> impl Strategy<Value = Pairs> {
        proptest::collection::btree_set((3u32..13, 3u32..13), 0..25)
    }

    fn cells(pairs: &Pairs) -> Arc<Vec<u32>> {
        Arc::new(pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rounds_sought_from_a_source_are_those_of_all_rows_and_rest_on_earlier_ones(
            (base, edges, given) in (pairs(), pairs(), pairs()),
            same in any::<bool>(),
        ) {
            let edges = if same { base.clone() } else { edges };
            let given: Pairs = given.intersection(&base).copied().collect();
            for shape in [Shape::Left(RelationId(0)), Shape::Right(RelationId(0)), Shape::Both] {
                let new = || Closure::new(shape, cells(&base), cells(&edges), Some(cells(&given)));
                let Ok(found) = new().expect("close enough").run(&mut Limits::none(), 1) else {
                    return Err(TestCaseError::fail("no limit"));
                };
                let rows: Vec<&[u32]> = found.cells.chunks_exact(2).collect();
                let all = new().expect("close enough");
                let all = all.all_rounds(all.graphs(), 1);
                let kinds = [usize::MAX, 12, 0].map(|work| Sought::new(new().expect("close enough"), work, 1));
                let round = |row: [u32; 2]| rows.iter().position(|r| **r == row).map(|n| all.get(n, &row));
                for (n, row) in rows.iter().enumerate() {
                    let expected = all.get(n, row);
                    kinds.iter().for_each(|kind| assert_eq!(kind.round(n, row), expected));
                    let (x, z) = (row[0], row[1]);
                    prop_assert_eq!(given.contains(&(x, z)), expected == 0);
                    let earlier = |x: u32, z: u32| round([x, z]).is_some_and(|round| round < expected);
                    let reason = base.contains(&(x, z)) || (3..13).any(|y| match shape {
                        Shape::Left(_) => earlier(x, y) && edges.contains(&(y, z)),
                        Shape::Right(_) => edges.contains(&(x, y)) && earlier(y, z),
                        Shape::Both => earlier(x, y) && earlier(y, z),
                    });
                    prop_assert!(reason, "{shape:?} {row:?} in round {expected}");
                }
            }
        }
    }
}
