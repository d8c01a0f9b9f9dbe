//! A closure from few sources, followed from row to row by search, so that
//! most of a large relation is never looked at.

use super::Index;
use super::limits::{Limits, Stop};
use crate::eval::rows;
use rustc_hash::FxHashSet;

/// How many times more rows than sources there must be, and how large a share
/// of them may be followed before a sweep over all is cheaper.
const FEW: usize = 32;

/// The closure of sorted pairs along an index of pairs, and how many
/// derivations it took; `None` where that leads too far.
pub(super) fn follow(
    base: &[u32],
    edges: &Index,
    limits: &mut Limits,
) -> Result<Option<(Vec<u32>, u64)>, Stop> {
    let most = edges.cells.len() / 2 / FEW;
    if base.len() / 2 > most {
        return Ok(None);
    }
    let rows = edges.cells.as_chunks::<2>().0;
    let offsets = edges.offsets(false);
    let range = |node: u32| match offsets {
        Some(offsets) => offsets.range(node),
        None => {
            let from = rows::lower_bound(&edges.cells, 2, &[node], 0, rows.len());
            match rows.get(from) {
                Some(row) if row[0] == node => {
                    (from, rows::upper_bound(&edges.cells, 2, &[node], from, rows.len()))
                }
                _ => (from, from),
            }
        }
    };
    let (mut out, mut steps, mut looked) = (Vec::new(), 0, 0);
    let mut list: Vec<u32> = Vec::new();
    let mut reached = FxHashSet::default();
    for group in base.as_chunks::<2>().0.chunk_by(|a, b| a[0] == b[0]) {
        list.clear();
        reached.clear();
        list.extend(group.iter().map(|pair| pair[1]).filter(|node| reached.insert(*node)));
        let mut at = 0;
        while at < list.len() {
            let (from, to) = range(list[at]);
            list.extend(rows[from..to].iter().map(|pair| pair[1]).filter(|node| reached.insert(*node)));
            (steps, looked, at) = (steps + (to - from) as u64, looked + to - from + 1, at + 1);
            if looked > most {
                return Ok(None);
            }
        }
        list.sort_unstable();
        out.extend(list.iter().flat_map(|node| [group[0][0], *node]));
        limits.ticks(list.len() as u64)?;
        limits.check_rows(out.len() / 2, 2)?;
    }
    edges.is_searched(looked);
    Ok(Some((out, steps)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{Budget, Options};
    use std::sync::Arc;

    #[test]
    fn few_sources_are_followed_and_many_are_not() {
        let cells: Vec<u32> = (0..400).flat_map(|n| [n, n / 20 * 20 + (n + 1) % 20]).collect();
        let mut limits = Limits::new(&Options { budget: Budget::default(), ..Options::default() });
        let mut from = |base: &[u32], index: &Index| match follow(base, index, &mut limits) {
            Ok(found) => found.map(|(rows, steps)| (rows.len() / 2, steps)),
            Err(_) => None,
        };
        let index = Index::new(Arc::new(cells), 2);
        assert_eq!(from(&[7, 8], &index), None, "a cycle of 20 is more than a share of 400");
        let cells: Vec<u32> = (0..4000).flat_map(|n| [n, n / 20 * 20 + (n + 1) % 20]).collect();
        for with_offsets in [true, false] {
            let index = Index::new(Arc::new(cells.clone()), 2);
            assert_eq!(index.offsets(with_offsets).is_some(), with_offsets);
            assert_eq!(from(&[7, 8], &index), Some((20, 20)));
            assert_eq!(from(&[9, 5000, 4001, 3], &index), Some((21, 20)));
            assert_eq!(from(&cells, &index), None);
        }
    }
}
