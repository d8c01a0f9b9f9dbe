//! Sorting many rows on several threads by their first two cells: each piece
//! into coarse buckets that fit a near cache, each of those into fine ones of
//! a few rows, which are sorted where they stand.

use crate::eval::rows;
use std::thread;

/// Rows of a coarse and of a fine bucket, on average.
const COARSE: usize = 1 << 15;
const FINE: usize = 1 << 2;
/// More coarse buckets than these make writing to them slow.
const MOST: usize = 1 << 9;
/// Fewer rows than these are sorted at once, as are more than have numbers.
const FEW: usize = 1 << 12;

/// Bounds of the first two cells, by which rows find their buckets.
struct Span {
    first: u32,
    second: u32,
    /// Bits of the second cell.
    seconds: u32,
    /// Bits within a coarse and within a fine bucket.
    coarse: u32,
    fine: u32,
    buckets: usize,
}

impl Span {
    fn of<const N: usize>(pieces: &[&[[u32; N]]], rows: usize) -> Span {
        let bounds = on_threads(pieces.to_vec(), |piece: &[[u32; N]]| {
            piece.iter().fold([u32::MAX, 0, u32::MAX, 0], |[a, b, c, d], row| {
                [a.min(row[0]), b.max(row[0]), c.min(row[1 % N]), d.max(row[1 % N])]
            })
        });
        let [low, high, least, most] = (bounds.into_iter())
            .reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].max(b[3])])
            .unwrap_or_default();
        let width = |range: u32| 32 - range.leading_zeros();
        let seconds = if N > 1 { width(most - least) } else { 0 };
        let all = width(high - low) + seconds;
        let mut span = Span { first: low, second: least, seconds, coarse: 0, fine: 0, buckets: 0 };
        let highest = span.key(&[high, most]);
        let wanted = (rows / COARSE).clamp(1, MOST) as u64;
        span.coarse = (0..all).find(|bits| highest >> bits < wanted).unwrap_or(all.min(63));
        span.fine = span.coarse.saturating_sub((COARSE / FINE).ilog2());
        span.buckets = (highest >> span.coarse) as usize + 1;
        span
    }

    #[inline]
    fn key<const N: usize>(&self, row: &[u32; N]) -> u64 {
        let second = if N > 1 { row[1 % N] - self.second } else { 0 };
        u64::from(row[0] - self.first) << self.seconds | u64::from(second)
    }

    #[inline]
    fn coarse<const N: usize>(&self, row: &[u32; N]) -> usize {
        (self.key(row) >> self.coarse) as usize
    }

    /// The fine bucket within a coarse one.
    #[inline]
    fn fine<const N: usize>(&self, row: &[u32; N]) -> usize {
        (self.key(row) >> self.fine) as usize & ((1 << (self.coarse - self.fine)) - 1)
    }
}

/// The rows of all pieces, sorted and without repeats.
pub(super) fn sort<const N: usize>(mut pieces: Vec<Vec<u32>>, threads: usize) -> Vec<u32> {
    pieces.retain(|piece| !piece.is_empty());
    let views: Vec<&[[u32; N]]> = pieces.iter().map(|piece| piece.as_chunks::<N>().0).collect();
    let rows = views.iter().map(|piece| piece.len()).sum();
    if ascends(&views) {
        let mut rest = pieces.into_iter();
        let mut all = rest.next().unwrap_or_default();
        all.reserve_exact(rows * N - all.len());
        rest.for_each(|piece| all.extend(piece));
        return all;
    }
    if rows < FEW || rows > u32::MAX as usize {
        let mut all = views.concat();
        all.sort_unstable();
        all.dedup();
        return all.into_flattened();
    }
    let span = Span::of(&views, rows);
    drop(views);
    let parts: Vec<Part<N>> = on_threads(pieces, |piece| Part::new(piece.as_chunks::<N>().0, &span));
    let end = |bucket: usize| parts.iter().map(|part| part.ends[bucket] as usize).sum::<usize>();
    let mut out = vec![[0; N]; rows];
    let mut shares = Vec::new();
    let (mut rest, mut from, mut start) = (&mut out[..], 0, 0);
    for share in 1..=threads {
        let mut upto = from;
        while upto < span.buckets && (share == threads || end(upto) <= rows * share / threads) {
            upto += 1;
        }
        let stop = if upto == 0 { 0 } else { end(upto - 1) };
        let (mine, later) = rest.split_at_mut(stop - start);
        shares.push((mine, from..upto));
        (rest, from, start) = (later, upto, stop);
    }
    on_threads(shares, |(mut mine, buckets)| {
        for bucket in buckets {
            let segments: Vec<&[[u32; N]]> = parts.iter().map(|part| part.bucket(bucket)).collect();
            let (rows, later) = mine.split_at_mut(segments.iter().map(|segment| segment.len()).sum());
            fill(rows, &segments, &span);
            mine = later;
        }
    });
    out.dedup();
    out.into_flattened()
}

/// A piece's rows by coarse bucket.
struct Part<const N: usize> {
    rows: Vec<[u32; N]>,
    ends: Vec<u32>,
}

impl<const N: usize> Part<N> {
    fn new(piece: &[[u32; N]], span: &Span) -> Part<N> {
        let mut ends = vec![0; span.buckets];
        let mut rows = vec![[0; N]; piece.len()];
        scatter(&mut rows, &[piece], &mut ends, |row| span.coarse(row));
        Part { rows, ends }
    }

    fn bucket(&self, bucket: usize) -> &[[u32; N]] {
        let start = if bucket == 0 { 0 } else { self.ends[bucket - 1] };
        &self.rows[start as usize..self.ends[bucket] as usize]
    }
}

/// Puts rows in the order of their buckets, and where each bucket ends.
fn scatter<const N: usize>(
    out: &mut [[u32; N]],
    pieces: &[&[[u32; N]]],
    ends: &mut [u32],
    bucket: impl Fn(&[u32; N]) -> usize,
) {
    pieces.iter().copied().flatten().for_each(|row| ends[bucket(row)] += 1);
    let mut before = 0;
    for end in ends.iter_mut() {
        before += std::mem::replace(end, before);
    }
    for row in pieces.iter().copied().flatten() {
        let place = &mut ends[bucket(row)];
        out[*place as usize] = *row;
        *place += 1;
    }
}

/// Sorts the rows of one coarse bucket into their place.
fn fill<const N: usize>(out: &mut [[u32; N]], segments: &[&[[u32; N]]], span: &Span) {
    let mut ends = [0u32; COARSE / FINE];
    let ends = &mut ends[..1 << (span.coarse - span.fine)];
    scatter(out, segments, ends, |row| span.fine(row));
    let mut start = 0;
    for end in ends {
        let rows = &mut out[start as usize..*end as usize];
        match N {
            2 => rows.sort_unstable_by_key(|row| u64::from(row[0]) << 32 | u64::from(row[1 % N])),
            _ => rows.sort_unstable(),
        }
        start = *end;
    }
}

fn ascends<const N: usize>(pieces: &[&[[u32; N]]]) -> bool {
    let between = pieces.windows(2).all(|two| two[0].last() < two[1].first());
    between
        && on_threads(pieces.to_vec(), |piece| rows::is_sorted(piece.as_flattened(), N))
            .into_iter()
            .all(|yes| yes)
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
                sort::<N>(pieces, threads) == expected.into_flattened(),
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
        assert!(sort::<2>(Vec::new(), 2).is_empty());
        assert_eq!(sort::<2>(vec![vec![1, 2], vec![1, 2]], 2), [1, 2]);
        assert_eq!(sort::<2>(vec![vec![1, 2, 3, 0], vec![4, 2]], 2), [1, 2, 3, 0, 4, 2]);
        assert_eq!(
            sort::<2>(vec![vec![0, 0, u32::MAX, u32::MAX, 5, 5]], 2),
            [0, 0, 5, 5, u32::MAX, u32::MAX]
        );
    }
}
