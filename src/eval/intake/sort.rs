//! Sorting many rows on several threads by their first two cells: buckets of
//! rows that a near cache holds, each sorted by digits into its place.

use super::spread::{Buckets, Spread};
use crate::eval::rows::less;
use std::thread;

/// More columns than these are sorted elsewhere.
pub(super) const WIDEST: usize = 4;
/// Fewer rows than these are sorted at once, as are more than have numbers.
const FEW: usize = 1 << 12;
/// Rows that are looked at to share out the rest.
const SAMPLE: usize = 1 << 16;
/// Bits of a digit, of which there are two.
const DIGIT: u32 = 11;
/// Bits by which a bucket's rows are told apart, beyond those of their number.
const FINE: u32 = 8;
/// How many places rows may move, on average, until they are sorted anew.
const MOVES: usize = 8;

/// Rows of one piece: those that are in buckets, and others.
#[derive(Default)]
pub(super) struct Share {
    pub(super) buckets: Buckets,
    pub(super) cells: Vec<u32>,
}

/// The rows of all pieces, sorted and without repeats; by this spread, where
/// some are in its buckets.
pub(super) fn sort<const N: usize>(
    mut pieces: Vec<Share>,
    spread: Option<Spread>,
    threads: usize,
) -> Vec<u32> {
    let spread = match spread {
        Some(spread) => spread,
        None => {
            pieces.retain(|piece| !piece.cells.is_empty());
            let views: Vec<&[[u32; N]]> = pieces.iter().map(|piece| piece.cells.as_chunks::<N>().0).collect();
            let rows: usize = views.iter().map(|piece| piece.len()).sum();
            if ascends(&views) {
                let once = |Share { mut cells, .. }| {
                    let kept = distinct(cells.as_chunks_mut::<N>().0);
                    cells.truncate(kept * N);
                    cells
                };
                let mut rest = on_threads(pieces, once).into_iter();
                let mut all = rest.next().unwrap_or_default();
                all.reserve_exact(rows * N - all.len());
                for cells in rest {
                    let known = if all.ends_with(&cells[..N]) { N } else { 0 };
                    all.extend_from_slice(&cells[known..]);
                }
                return all;
            }
            if rows < FEW || rows > u32::MAX as usize {
                let mut all = views.concat();
                all.sort_unstable();
                all.dedup();
                return all.into_flattened();
            }
            let sample = views.iter().copied().flatten().step_by(rows.div_ceil(SAMPLE));
            let sample: Vec<[u32; 2]> =
                sample.map(|row| [row[0], if N > 1 { row[1 % N] } else { 0 }]).collect();
            Spread::of(&sample, rows)
        }
    };
    let parts: Vec<Buckets> = on_threads(pieces, |Share { mut buckets, cells }| {
        if buckets.is_empty() {
            buckets = spread.buckets(cells.len() / N, N);
        }
        spread.share::<N>(&cells, &mut buckets);
        buckets
    });
    let buckets = parts.first().map_or(0, Vec::len);
    let lengths: Vec<usize> =
        (0..buckets).map(|n| parts.iter().map(|part| part[n].len() / N).sum()).collect();
    let rows: usize = lengths.iter().sum();
    let mut out = vec![[0; N]; rows];
    let mut shares = Vec::new();
    let (mut rest, mut from, mut done) = (&mut out[..], 0, 0);
    for share in 1..=threads {
        let (mut upto, start) = (from, done);
        while upto < buckets && (share == threads || done + lengths[upto] <= rows * share / threads) {
            done += lengths[upto];
            upto += 1;
        }
        let (mine, later) = rest.split_at_mut(done - start);
        shares.push((mine, start, from..upto));
        (rest, from) = (later, upto);
    }
    let kept = on_threads(shares, |(mine, start, buckets)| {
        let (mut scratch, mut kept) = (Vec::new(), 0);
        for bucket in buckets {
            let segments: Vec<&[[u32; N]]> = parts.iter().map(|part| part[bucket].as_chunks().0).collect();
            let rows = &mut mine[kept..kept + lengths[bucket]];
            fill(rows, &segments, &mut scratch);
            kept += distinct(rows);
        }
        (start, kept)
    });
    on_threads(parts, drop);
    let mut end = 0;
    for (start, kept) in kept {
        if end < start {
            out.copy_within(start..start + kept, end);
        }
        end += kept;
    }
    out.truncate(end);
    out.into_flattened()
}

/// Sorts the rows of one bucket into their place.
fn fill<const N: usize>(out: &mut [[u32; N]], segments: &[&[[u32; N]]], scratch: &mut Vec<[u32; N]>) {
    let rows = || segments.iter().copied().flatten();
    if out.is_empty() {
        return;
    }
    let (mut low, mut high) = ([u32::MAX; N], [0; N]);
    let mut ascends = true;
    let mut last = None;
    for segment in segments {
        ascends = ascends
            && last.is_none_or(|last| segment.first().is_none_or(|row| last <= row))
            && in_order(segment);
        last = segment.last().or(last);
        for row in *segment {
            for n in 0..N.min(2) {
                low[n] = low[n].min(row[n]);
                high[n] = high[n].max(row[n]);
            }
        }
    }
    if ascends {
        out.iter_mut().zip(rows()).for_each(|(to, row)| *to = *row);
        return;
    }
    let bits = |n: usize| 32 - (high[n] - low[n]).leading_zeros();
    let seconds = if N > 1 { bits(1 % N) } else { 0 };
    let all = bits(0) + seconds;
    let wanted = (out.len().ilog2() + FINE).min(2 * DIGIT).min(all);
    let (shift, width) = (all - wanted, wanted / 2);
    let key = |row: &[u32; N]| {
        let second = if N > 1 { row[1 % N] - low[1 % N] } else { 0 };
        (u64::from(row[0] - low[0]) << seconds | u64::from(second)) >> shift
    };
    let (lower, upper) = (|key: u64| key as usize & ((1 << width) - 1), |key: u64| (key >> width) as usize);
    let mut places = [[0u32; 1 << DIGIT]; 2];
    for row in rows() {
        let key = key(row);
        places[0][lower(key)] += 1;
        places[1][upper(key)] += 1;
    }
    for places in &mut places {
        let mut before = 0;
        places.iter_mut().for_each(|place| before += std::mem::replace(place, before));
    }
    if scratch.len() < out.len() {
        scratch.resize(out.len(), [0; N]);
    }
    let scratch = &mut scratch[..out.len()];
    for row in rows() {
        let place = &mut places[0][lower(key(row))];
        scratch[*place as usize] = *row;
        *place += 1;
    }
    for row in &*scratch {
        let place = &mut places[1][upper(key(row))];
        out[*place as usize] = *row;
        *place += 1;
    }
    settle(out);
}

/// Sorts rows of which nearly all are in their place.
fn settle<const N: usize>(rows: &mut [[u32; N]]) {
    let mut left = MOVES * rows.len();
    for n in 1..rows.len() {
        let row = rows[n];
        if !less(&row, &rows[n - 1]) {
            continue;
        }
        let mut at = n;
        while at > 0 && less(&row, &rows[at - 1]) {
            rows[at] = rows[at - 1];
            at -= 1;
        }
        rows[at] = row;
        match left.checked_sub(n - at) {
            Some(fewer) => left = fewer,
            None => return rows.sort_unstable(),
        }
    }
}

fn in_order<const N: usize>(rows: &[[u32; N]]) -> bool {
    rows.is_sorted_by(|a, b| !less(b, a))
}

/// Moves each row's first one to the front of sorted rows; how many these are.
fn distinct<const N: usize>(rows: &mut [[u32; N]]) -> usize {
    let Some(first) = rows.windows(2).position(|two| two[0] == two[1]) else { return rows.len() };
    let mut kept = first + 1;
    for n in first + 1..rows.len() {
        if rows[n] != rows[kept - 1] {
            rows[kept] = rows[n];
            kept += 1;
        }
    }
    kept
}

fn ascends<const N: usize>(pieces: &[&[[u32; N]]]) -> bool {
    let between = pieces.windows(2).all(|two| two[0].last() <= two[1].first());
    between && on_threads(pieces.to_vec(), in_order).into_iter().all(|yes| yes)
}

/// Runs a job for each item, each on its own thread, the last on this one.
pub(super) fn on_threads<T: Send, R: Send>(mut items: Vec<T>, job: impl Fn(T) -> R + Sync) -> Vec<R> {
    let last = items.pop();
    thread::scope(|scope| {
        let handles: Vec<_> = items.into_iter().map(|item| scope.spawn(|| job(item))).collect();
        let last = last.map(&job);
        let done = handles.into_iter().map(|h| h.join().unwrap_or_else(|e| std::panic::resume_unwind(e)));
        done.chain(last).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<const N: usize>(pieces: Vec<Vec<u32>>, threads: usize) -> Vec<u32> {
        let pieces = pieces.into_iter().map(|cells| Share { cells, ..Share::default() });
        sort::<N>(pieces.collect(), None, threads)
    }

    fn check<const N: usize>(spread: u32, rows: u32) {
        for threads in [1, 2, 3] {
            let mut state = 7u32;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) % spread + if state.is_multiple_of(64) { u32::MAX / 2 } else { 0 }
            };
            let pieces: Vec<Vec<[u32; N]>> =
                (0..3).map(|_| (0..rows).map(|_| std::array::from_fn(|_| next())).collect()).collect();
            let mut expected = pieces.concat();
            expected.sort();
            expected.dedup();
            let pieces = pieces.into_iter().map(Vec::into_flattened).collect();
            assert!(
                sorted::<N>(pieces, threads) == expected.into_flattened(),
                "{N} cells, {spread} values, {threads} threads"
            );
        }
    }

    #[test]
    fn rows_of_any_width_and_spread_are_sorted_without_repeats() {
        for spread in [1, 3, 1000, 1 << 24] {
            check::<1>(spread, 9_000);
            check::<2>(spread, 9_000);
            check::<2>(spread, 70_000);
            check::<3>(spread, 5_000);
            check::<5>(spread, 20);
        }
        assert!(sorted::<2>(Vec::new(), 2).is_empty());
        assert_eq!(sorted::<2>(vec![vec![1, 2], vec![1, 2]], 2), [1, 2]);
        assert_eq!(sorted::<2>(vec![vec![1, 2, 3, 0], vec![4, 2]], 2), [1, 2, 3, 0, 4, 2]);
        assert_eq!(
            sorted::<2>(vec![vec![0, 0, u32::MAX, u32::MAX, 5, 5]], 2),
            [0, 0, 5, 5, u32::MAX, u32::MAX]
        );
    }
}
