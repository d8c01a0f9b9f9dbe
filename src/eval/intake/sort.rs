//! Sorting many rows on several threads: rows go into buckets by their first
//! two cells, in order, and each bucket is sorted where it stands.

use std::thread;

/// Rows of a bucket, on average; few enough to sort within the nearest cache.
const BUCKET: usize = 1 << 11;
const MOST_BUCKETS: usize = 1 << 15;

/// Bounds of the first two cells, by which rows find their bucket.
struct Span {
    first: u32,
    second: u32,
    /// How many values the second cell may have.
    seconds: u64,
    shift: u32,
    buckets: usize,
}

impl Span {
    fn of<const N: usize>(pieces: &[&[[u32; N]]], rows: usize) -> Span {
        let second = |row: &[u32; N]| row.get(1).copied().unwrap_or(0);
        let bounds = on_threads(pieces.to_vec(), |piece: &[[u32; N]]| {
            piece.iter().fold([u32::MAX, 0, u32::MAX, 0], |[a, b, c, d], row| {
                [a.min(row[0]), b.max(row[0]), c.min(second(row)), d.max(second(row))]
            })
        });
        let [low, high, least, most] = (bounds.into_iter())
            .reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].max(b[3])])
            .unwrap_or_default();
        let (firsts, seconds) = (u64::from(high - low) + 1, u64::from(most - least) + 1);
        let wanted = (rows / BUCKET).clamp(1, MOST_BUCKETS) as u128;
        let all = u128::from(firsts) * u128::from(seconds);
        let mut shift = 0;
        while all >> shift > wanted && shift < 63 {
            shift += 1;
        }
        let buckets = ((all - 1) >> shift) as usize + 1;
        Span { first: low, second: least, seconds, shift, buckets }
    }

    #[inline]
    fn bucket<const N: usize>(&self, row: &[u32; N]) -> usize {
        let second = if N > 1 { row[1 % N] - self.second } else { 0 };
        let at = u64::from(row[0] - self.first) * self.seconds + u64::from(second);
        (at >> self.shift) as usize
    }
}

/// The rows of all pieces, sorted and without repeats.
pub(super) fn sort<const N: usize>(mut pieces: Vec<Vec<u32>>, threads: usize) -> Vec<u32> {
    pieces.retain(|piece| !piece.is_empty());
    if pieces.len() == 1 && pieces[0].as_chunks::<N>().0.is_sorted_by(|a, b| a < b) {
        return pieces.pop().unwrap_or_default();
    }
    let views: Vec<&[[u32; N]]> = pieces.iter().map(|piece| piece.as_chunks::<N>().0).collect();
    if ascends(&views) {
        return pieces.concat();
    }
    let rows = views.iter().map(|piece| piece.len()).sum();
    let span = Span::of(&views, rows);
    // Where each bucket ends, over all pieces.
    let mut ends = vec![0usize; span.buckets];
    for counted in on_threads(views.clone(), |piece: &[[u32; N]]| count(piece, &span)) {
        ends.iter_mut().zip(counted).for_each(|(end, n)| *end += n);
    }
    for n in 1..ends.len() {
        ends[n] += ends[n - 1];
    }
    let mut out = vec![[0; N]; rows];
    let mut shares = Vec::new();
    let (mut rest, mut from) = (&mut out[..], 0);
    for share in 1..=threads {
        let upto = ends.partition_point(|end| *end <= rows * share / threads).max(from);
        let upto = if share == threads { ends.len() } else { upto };
        let start = if from == 0 { 0 } else { ends[from - 1] };
        let end = if upto == 0 { 0 } else { ends[upto - 1] };
        let (mine, later) = rest.split_at_mut(end - start);
        shares.push((mine, from..upto, start));
        (rest, from) = (later, upto);
    }
    on_threads(shares, |(mine, buckets, start)| fill(mine, &views, &span, &ends, buckets, start));
    out.dedup();
    out.into_flattened()
}

fn ascends<const N: usize>(pieces: &[&[[u32; N]]]) -> bool {
    let between = pieces.windows(2).all(|two| two[0].last() < two[1].first());
    between
        && on_threads(pieces.to_vec(), |piece| piece.is_sorted_by(|a, b| a < b)).into_iter().all(|yes| yes)
}

fn count<const N: usize>(piece: &[[u32; N]], span: &Span) -> Vec<usize> {
    let mut counts = vec![0; span.buckets];
    piece.iter().for_each(|row| counts[span.bucket(row)] += 1);
    counts
}

/// Puts the rows of some buckets in their place and sorts them.
fn fill<const N: usize>(
    out: &mut [[u32; N]],
    pieces: &[&[[u32; N]]],
    span: &Span,
    ends: &[usize],
    buckets: std::ops::Range<usize>,
    start: usize,
) {
    let begin = |bucket: usize| if bucket == 0 { 0 } else { ends[bucket - 1] };
    let mut next: Vec<usize> = buckets.clone().map(|bucket| begin(bucket) - start).collect();
    for row in pieces.iter().copied().flatten() {
        let bucket = span.bucket(row);
        if buckets.contains(&bucket) {
            let place = &mut next[bucket - buckets.start];
            out[*place] = *row;
            *place += 1;
        }
    }
    for bucket in buckets {
        let rows = &mut out[begin(bucket) - start..ends[bucket] - start];
        match N {
            2 => rows.sort_unstable_by_key(|row| u64::from(row[0]) << 32 | u64::from(row[1 % N])),
            _ => rows.sort_unstable(),
        }
    }
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
