//! Rows of cells, flat: one vector, `stride` cells a row.

use super::pack;

/// The widths that rows are kept in; narrower rows are padded with zeros.
const WIDTHS: [usize; 14] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 32, 64];

/// The width for a number of columns; `None` where there are too many.
pub(super) fn width(columns: usize) -> Option<usize> {
    WIDTHS.into_iter().find(|w| *w >= columns)
}

/// Sorts rows and drops repeats.
pub(super) fn sort(cells: Vec<u32>, stride: usize) -> Vec<u32> {
    if is_sorted(&cells, stride) {
        return cells;
    }
    let cells = match pack::sort(cells, stride) {
        Ok(sorted) => return sorted,
        Err(cells) => cells,
    };
    match stride {
        3 => sort_array::<3>(&cells),
        4 => sort_array::<4>(&cells),
        5 => sort_array::<5>(&cells),
        6 => sort_array::<6>(&cells),
        7 => sort_array::<7>(&cells),
        8 => sort_array::<8>(&cells),
        _ => {
            let mut rows: Vec<&[u32]> = cells.chunks_exact(stride).collect();
            rows.sort_unstable();
            rows.dedup();
            rows.concat()
        }
    }
}

/// Sorts a few rows into many that are sorted; as [`sort`] otherwise.
pub(super) fn sort_in(cells: Vec<u32>, stride: usize) -> Vec<u32> {
    let rows = cells.len() / stride;
    let ascends = |n: &usize| cells[(n - 1) * stride..n * stride] < cells[n * stride..(n + 1) * stride];
    let sorted = (1..rows).take_while(ascends).count() + usize::from(rows > 0);
    if (rows - sorted) * 8 > rows {
        return sort(cells, stride);
    }
    merge(cells, sorted, stride)
}

/// Sorts the rows behind the first `sorted` ones in, which are sorted.
pub(super) fn merge(mut cells: Vec<u32>, sorted: usize, stride: usize) -> Vec<u32> {
    let added = sort(cells.split_off(sorted * stride), stride);
    let mut places = Vec::new();
    for row in added.chunks_exact(stride) {
        let at = lower_bound(&cells, stride, row, 0, sorted);
        if at == sorted || cells[at * stride..(at + 1) * stride] != *row {
            places.push((at, row));
        }
    }
    let mut end = sorted;
    cells.resize((sorted + places.len()) * stride, 0);
    for (n, (at, row)) in places.iter().enumerate().rev() {
        // All rows from here to the last place move up at once.
        cells.copy_within(at * stride..end * stride, (at + n + 1) * stride);
        cells[(at + n) * stride..(at + n + 1) * stride].copy_from_slice(row);
        end = *at;
    }
    cells
}

#[inline]
pub(super) fn less<const N: usize>(a: &[u32; N], b: &[u32; N]) -> bool {
    match N {
        2 => pair(a[0], a[1 % N]) < pair(b[0], b[1 % N]),
        _ => a < b,
    }
}

fn sort_array<const N: usize>(cells: &[u32]) -> Vec<u32> {
    let mut rows: Vec<[u32; N]> = cells.as_chunks::<N>().0.to_vec();
    rows.sort_unstable();
    rows.dedup();
    rows.into_flattened()
}

/// Whether no row is less than the one before it.
pub(super) fn ascends(cells: &[u32], stride: usize) -> bool {
    let next = cells.chunks_exact(stride).skip(1);
    cells.chunks_exact(stride).zip(next).all(|(a, b)| a <= b)
}

/// Whether rows ascend strictly.
pub(super) fn is_sorted(cells: &[u32], stride: usize) -> bool {
    match stride {
        1 => cells.is_sorted_by(|a, b| a < b),
        2 => cells.as_chunks::<2>().0.is_sorted_by(|a, b| pair(a[0], a[1]) < pair(b[0], b[1])),
        3 => {
            let rows = cells.as_chunks::<3>().0;
            rows.is_sorted_by(|a, b| (pair(a[0], a[1]), a[2]) < (pair(b[0], b[1]), b[2]))
        }
        _ => {
            cells.len() <= stride || {
                let next = cells.chunks_exact(stride).skip(1);
                cells.chunks_exact(stride).zip(next).all(|(a, b)| a < b)
            }
        }
    }
}

/// The rows with their columns in another order, sorted, repeats dropped;
/// padded with zeros to a new stride.
pub(super) fn project(cells: &[u32], stride: usize, order: &[usize], new_stride: usize) -> Vec<u32> {
    // The first columns as they are need no sorting.
    if new_stride == order.len() && order.iter().enumerate().all(|(n, column)| n == *column) {
        let mut out: Vec<u32> = Vec::new();
        for row in cells.chunks_exact(stride) {
            if !out.ends_with(&row[..new_stride]) {
                out.extend_from_slice(&row[..new_stride]);
            }
        }
        return out;
    }
    if (stride, new_stride, order) == (2, 2, &[1, 0])
        && let Some(turned) = turn(cells.as_chunks().0)
    {
        return turned;
    }
    let mut out = vec![0; cells.len() / stride * new_stride];
    for (to, from) in out.chunks_exact_mut(new_stride).zip(cells.chunks_exact(stride)) {
        for (n, column) in order.iter().enumerate() {
            to[n] = from[*column];
        }
    }
    sort(out, new_stride)
}

/// Values of a column up to which rows are put in its order at once.
const NEAR: usize = 1 << 12;

/// Pairs turned round and sorted, where they are sorted as they are and their
/// second cells lie close together.
fn turn(pairs: &[[u32; 2]]) -> Option<Vec<u32>> {
    let (low, high) = pairs.iter().fold((u32::MAX, 0), |(low, high), p| (low.min(p[1]), high.max(p[1])));
    let span = high.checked_sub(low)? as usize + 1;
    if span > NEAR.min(2 * pairs.len()) || !pairs.is_sorted_by(less) {
        return None;
    }
    let mut places = vec![0; span + 1];
    pairs.iter().for_each(|p| places[(p[1] - low) as usize + 1] += 1);
    for n in 1..=span {
        places[n] += places[n - 1];
    }
    let mut out = vec![[0; 2]; pairs.len()];
    for [a, b] in pairs {
        let place: &mut usize = &mut places[(b - low) as usize];
        out[*place] = [*b, *a];
        *place += 1;
    }
    Some(out.into_flattened())
}

/// Whether a row's start is below a key. Short keys are compared as numbers.
#[inline]
pub(super) fn below(cells: &[u32], at: usize, key: &[u32]) -> bool {
    match (key, &cells[at..at + key.len()]) {
        ([a], [x]) => x < a,
        ([a, b], [x, y]) => pair(*x, *y) < pair(*a, *b),
        ([a, b, c], [x, y, z]) => (pair(*x, *y), *z) < (pair(*a, *b), *c),
        (key, row) => row < key,
    }
}

#[inline]
fn pair(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// Whether a row's start is above a key.
#[inline]
fn above(cells: &[u32], at: usize, key: &[u32]) -> bool {
    match (key, &cells[at..at + key.len()]) {
        ([a], [x]) => x > a,
        ([a, b], [x, y]) => pair(*x, *y) > pair(*a, *b),
        (key, row) => row > key,
    }
}

/// The first row not below a key, among rows `from..to`.
#[inline]
pub(super) fn lower_bound(cells: &[u32], stride: usize, key: &[u32], from: usize, to: usize) -> usize {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if below(cells, middle * stride, key) { low = middle + 1 } else { high = middle }
    }
    low
}

/// The same, by galloping from the start: the key is probably near.
#[inline]
pub(super) fn gallop(cells: &[u32], stride: usize, key: &[u32], from: usize, to: usize) -> usize {
    if from >= to || !below(cells, from * stride, key) {
        return from;
    }
    let (mut low, mut step) = (from, 1);
    while low + step < to && below(cells, (low + step) * stride, key) {
        low += step;
        step *= 2;
    }
    lower_bound(cells, stride, key, low + 1, (low + step).min(to))
}

/// The first row above all that start with a key, from a row that may start
/// with it; by galloping, since such rows are few.
#[inline]
pub(super) fn upper_bound(cells: &[u32], stride: usize, key: &[u32], from: usize, to: usize) -> usize {
    let (mut low, mut step) = (from, 1);
    while low + step < to && !above(cells, (low + step) * stride, key) {
        low += step;
        step *= 2;
    }
    let mut high = (low + step).min(to);
    while low < high {
        let middle = low + (high - low) / 2;
        if above(cells, middle * stride, key) { high = middle } else { low = middle + 1 }
    }
    low
}

/// Where each value of the first column begins, for columns that are dense.
#[derive(Debug)]
pub(super) struct Offsets {
    base: u32,
    starts: Vec<u32>,
}

impl Offsets {
    pub(super) fn new(cells: &[u32], stride: usize) -> Option<Offsets> {
        let rows = cells.len() / stride;
        let (first, last) = (*cells.first()?, cells[(rows - 1) * stride]);
        let span = (last - first) as usize;
        if span > rows * 8 + 1024 || rows >= u32::MAX as usize {
            return None;
        }
        let mut starts = Vec::with_capacity(span + 2);
        for (n, row) in cells.chunks_exact(stride).enumerate() {
            let value = (row[0] - first) as usize;
            if starts.len() <= value {
                starts.resize(value + 1, n as u32);
            }
        }
        starts.push(rows as u32);
        Some(Offsets { base: first, starts })
    }

    /// The same once rows were added that are among these sorted ones now;
    /// `None` where these don't fit in. Added rows are sorted.
    pub(super) fn grown(mut self, cells: &[u32], stride: usize, added: &[u32]) -> Option<Offsets> {
        let count = cells.len() / stride;
        let last =
            added.len().checked_sub(stride).map_or(0, |at| added[at].saturating_sub(self.base)) as usize;
        if last > count * 8 + 1024 || count >= u32::MAX as usize {
            return None;
        }
        let end = *self.starts.last()?;
        if self.starts.len() < last + 2 {
            self.starts.resize(last + 2, end);
        }
        let (mut more, mut moved) = (0u32, 1);
        for value in added.chunks_exact(stride).map(|row| row[0]).collect::<Vec<_>>().chunk_by(|a, b| a == b)
        {
            let n = value[0].checked_sub(self.base)? as usize;
            // Starts up to this value's move by the rows before it.
            self.starts.get_mut(moved..=n)?.iter_mut().for_each(|start| *start += more);
            let (from, known) = (self.starts[n] as usize, self.starts[n + 1] + more);
            let to = upper_bound(cells, stride, &value[..1], from, count) as u32;
            more += to.checked_sub(known)?;
            moved = n + 1;
        }
        self.starts[moved..].iter_mut().for_each(|start| *start += more);
        (*self.starts.last()? as usize == count).then_some(self)
    }

    pub(super) fn bytes(&self) -> u64 {
        4 * self.starts.len() as u64
    }

    /// The rows whose first column has this value.
    #[inline]
    pub(super) fn range(&self, value: u32) -> (usize, usize) {
        let n = value.wrapping_sub(self.base) as usize;
        match (self.starts.get(n), self.starts.get(n.wrapping_add(1))) {
            (Some(from), Some(to)) => (*from as usize, *to as usize),
            _ => (0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_sorts_and_drops_repeats() {
        for stride in WIDTHS {
            let rows: Vec<u32> =
                (0..50usize).flat_map(|n| (0..stride).map(move |c| (n * 7 % 10 + c) as u32)).collect();
            let sorted = sort(rows, stride);
            assert!(is_sorted(&sorted, stride), "{stride}");
            assert_eq!(sorted.len(), 10 * stride);
        }
    }

    #[test]
    fn a_few_rows_are_sorted_in_as_all_are_sorted() {
        for stride in [1, 2, 3, 8] {
            for seed in 0..60usize {
                let row = |n: usize| (0..stride).map(move |c| ((n * 7919 + seed * 31) % 97 + c) as u32);
                let many = sort((0..seed * 2).flat_map(row).collect(), stride);
                let few = (0..seed % 9).flat_map(|n| row(n * 5 + seed));
                let all: Vec<u32> = many.iter().copied().chain(few).collect();
                assert_eq!(sort_in(all.clone(), stride), sort(all, stride), "{stride} {seed}");
            }
        }
    }

    #[test]
    fn pairs_are_turned_round_as_by_sorting() {
        for few in [5u32, 70, 1 << 20] {
            let cells = sort((0..900u32).flat_map(|n| [n * 7919 % 61, n * 31 % few + 9]).collect(), 2);
            let turned = sort(cells.as_chunks::<2>().0.iter().flat_map(|[a, b]| [*b, *a]).collect(), 2);
            assert_eq!(project(&cells, 2, &[1, 0], 2), turned);
        }
    }

    #[test]
    fn keys_are_found_by_search_and_by_offsets() {
        let rows = sort((0..40u32).flat_map(|n| [n / 4 * 3 + 5, n]).collect(), 2);
        let offsets = Offsets::new(&rows, 2).unwrap();
        for value in 0..50 {
            let from = lower_bound(&rows, 2, &[value], 0, 40);
            let to = if from < 40 && rows[from * 2] == value {
                upper_bound(&rows, 2, &[value], from, 40)
            } else {
                from
            };
            let (a, b) = offsets.range(value);
            assert_eq!(to - from, b - a, "{value}");
            assert!(a == b || (a, b) == (from, to));
        }
    }
}
