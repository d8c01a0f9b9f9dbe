//! Sorted lists without a row in common become one, in hardly more memory than
//! that takes, on several threads where they are long.

use super::pack;
use super::rows::less;
use std::thread;

/// Rows that are worth a thread of their own.
const ROWS_A_THREAD: usize = 1 << 14;
/// Rows that are looked at to share out the rest, of each thread.
const SAMPLE: usize = 1 << 7;

/// Two lists as one, in the memory of the longer.
pub(super) fn absorb<const N: usize>(a: Vec<[u32; N]>, b: Vec<[u32; N]>, threads: usize) -> Vec<[u32; N]> {
    let (mut all, few) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let own = all.len();
    all.reserve_exact(few.len());
    all.extend_from_slice(&few);
    weave(&mut all, own, &few, threads.min(few.len() / ROWS_A_THREAD));
    all
}

/// The first `own` rows and others, for which there is room behind them, as one
/// list.
fn weave<const N: usize>(all: &mut [[u32; N]], own: usize, others: &[[u32; N]], threads: usize) {
    if threads < 2 {
        return weave_after(&[], all, own, others);
    }
    let middle = others.len() / 2;
    let place = all[..own].partition_point(|row| less(row, &others[middle]));
    let ((fewer, more), (low, high)) = (others.split_at(middle), all.split_at_mut(place + middle));
    // Rows of the upper half that are in the way of the lower one.
    let before = low[place..own.min(place + middle)].to_vec();
    thread::scope(|scope| {
        scope.spawn(|| weave(low, place, fewer, threads / 2));
        weave_after(&before, high, own.saturating_sub(place + middle), more);
    });
}

/// The same with rows that come before the own ones. The list grows from its
/// end, so that each row moves into room that is free.
fn weave_after<const N: usize>(
    before: &[[u32; N]],
    all: &mut [[u32; N]],
    mut own: usize,
    others: &[[u32; N]],
) {
    let (mut to, mut left) = (all.len(), others.len());
    while own > 0 && left > 0 {
        let (a, b) = (all[own - 1], others[left - 1]);
        let is_own = less(&b, &a);
        to -= 1;
        all[to] = if is_own { a } else { b };
        own -= usize::from(is_own);
        left -= usize::from(!is_own);
    }
    if left == 0 {
        all.copy_within(..own, before.len());
        all[..before.len()].copy_from_slice(before);
    } else {
        merge(&mut all[..to], before, &others[..left]);
    }
}

/// Two lists into the room for them.
fn merge<const N: usize>(out: &mut [[u32; N]], a: &[[u32; N]], b: &[[u32; N]]) {
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        let is_first = less(&x, &y);
        out[i + j] = if is_first { x } else { y };
        i += usize::from(is_first);
        j += usize::from(!is_first);
    }
    out[i + j..j + a.len()].copy_from_slice(&a[i..]);
    out[a.len() + j..].copy_from_slice(&b[j..]);
}

/// Lists as one.
pub(super) fn unite(mut lists: Vec<Vec<u32>>, stride: usize, threads: usize) -> Vec<u32> {
    lists.retain(|list| !list.is_empty());
    match stride {
        _ if lists.len() < 2 => lists.pop().unwrap_or_default(),
        1 => unite_rows::<1>(lists, threads),
        2 => unite_rows::<2>(lists, threads),
        3 => unite_rows::<3>(lists, threads),
        4 => unite_rows::<4>(lists, threads),
        _ => lists.into_iter().reduce(|a, b| pack::merge(&a, &b, stride)).unwrap_or_default(),
    }
}

fn unite_rows<const N: usize>(mut lists: Vec<Vec<u32>>, threads: usize) -> Vec<u32> {
    let cells: usize = lists.iter().map(Vec::len).sum();
    let threads = threads.min(cells / N / ROWS_A_THREAD);
    if threads > 1 {
        return beside::<N>(&lists, cells, threads);
    }
    if lists.is_sorted_by(|a, b| a[a.len() - N..] < b[..N]) {
        let mut all = Vec::with_capacity(cells);
        lists.drain(..).for_each(|list| all.extend(list));
        return all;
    }
    lists.sort_by_key(Vec::len);
    let both = |few: Vec<u32>, mut all: Vec<u32>| {
        let own = all.len() / N;
        all.reserve_exact(few.len());
        all.extend_from_slice(&few);
        weave_after(&[], all.as_chunks_mut::<N>().0, own, few.as_chunks().0);
        all
    };
    lists.into_iter().reduce(both).unwrap_or_default()
}

/// Lists of so many cells as one, each thread with rows between others'.
fn beside<const N: usize>(lists: &[Vec<u32>], cells: usize, threads: usize) -> Vec<u32> {
    let mut rest: Vec<&[[u32; N]]> = lists.iter().map(|list| list.as_chunks().0).collect();
    let every = (cells / N / (threads * SAMPLE)).max(1);
    let mut sample: Vec<[u32; N]> =
        rest.iter().flat_map(|list| list.iter().step_by(every)).copied().collect();
    sample.sort_unstable();
    let mut out = vec![0; cells];
    thread::scope(|scope| {
        let mut room = out.as_chunks_mut::<N>().0;
        for n in 1..threads {
            let bound = sample[sample.len() * n / threads];
            let mut mine = Vec::new();
            for list in &mut rest {
                let (below, above) = list.split_at(list.partition_point(|row| less(row, &bound)));
                mine.push(below);
                *list = above;
            }
            let (here, there) = room.split_at_mut(mine.iter().map(|list| list.len()).sum());
            room = there;
            scope.spawn(move || fill(here, &mine));
        }
        fill(room, &rest);
    });
    out
}

/// Lists into the room for them.
fn fill<const N: usize>(out: &mut [[u32; N]], lists: &[&[[u32; N]]]) {
    match lists {
        [] => {}
        [one] => out.copy_from_slice(one),
        [a, b] => merge(out, a, b),
        many => {
            let (first, second) = many.split_at(many.len() / 2);
            let part = |lists: &[&[[u32; N]]]| {
                let mut part = vec![[0; N]; lists.iter().map(|list| list.len()).sum()];
                fill(&mut part, lists);
                part
            };
            merge(out, &part(first), &part(second));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows;
    use super::*;

    /// Different rows in some order.
    fn rows(count: usize, stride: usize) -> Vec<u32> {
        let row = |n: usize| (0..stride).map(move |c| (n.wrapping_mul(2_654_435_761) >> (3 * c)) as u32);
        rows::sort((0..count).flat_map(row).collect(), stride)
    }

    #[test]
    fn lists_without_a_common_row_become_one_as_they_would_by_sorting() {
        for (stride, count) in [(1, 90), (2, 400), (3, 70_000), (4, 300), (5, 90), (2, 70_000)] {
            let all = rows(count, stride);
            for (lists, threads) in [(1, 2), (2, 1), (3, 1), (2, 2), (5, 3)] {
                let mut parts = vec![Vec::new(); lists];
                for (n, row) in all.chunks_exact(stride).enumerate() {
                    parts[n * n / 7 % lists].extend_from_slice(row);
                }
                assert!(unite(parts, stride, threads) == all, "{stride} {count} {lists} {threads}");
            }
            let (low, high) = all.split_at(all.len() / stride / 3 * stride);
            assert!(unite(vec![low.to_vec(), high.to_vec()], stride, 1) == all);
        }
    }

    #[test]
    fn a_list_takes_another_in_on_one_thread_as_on_several() {
        let all = rows(140_000, 2);
        let all = all.as_chunks::<2>().0;
        let mixed: fn(usize) -> bool = |n| n * n / 7 % 2 == 0;
        let takes = [
            ("mixed", mixed),
            ("in blocks", |n| n / 40_000 % 2 == 0),
            ("before", |n| n < 65_000),
            ("behind", |n| n > 75_000),
            ("nothing", |_| false),
        ];
        for (name, takes) in takes {
            let part = |wanted: bool| {
                let some = all.iter().enumerate().filter(|(n, _)| takes(*n) == wanted);
                some.map(|(_, row)| *row).collect::<Vec<_>>()
            };
            for threads in [1, 2, 4] {
                assert!(absorb(part(true), part(false), threads) == all, "{name}, {threads}");
            }
        }
    }
}
