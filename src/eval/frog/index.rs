//! Rows sorted by some order of their columns, flat, in a few batches that
//! double in size, so that adding a round costs little.

/// Rows of one relation in one column order.
#[derive(Debug, Clone)]
pub(super) struct Index {
    /// `columns[n]` of the relation stands at place n.
    pub(super) columns: Vec<usize>,
    batches: Vec<Vec<u32>>,
    /// Whether a relation without columns has its row.
    pub(super) filled: bool,
}

impl Index {
    pub(super) fn new(columns: Vec<usize>) -> Index {
        Index { columns, batches: Vec::new(), filled: false }
    }

    fn width(&self) -> usize {
        self.columns.len()
    }

    /// Adds rows in the relation's own column order, none of which is there yet.
    pub(super) fn add(&mut self, flat: &[u32]) {
        let width = self.width();
        if width == 0 || flat.is_empty() {
            // A relation without columns has one cell for its row.
            self.filled |= !flat.is_empty();
            return;
        }
        let mut rows = Vec::with_capacity(flat.len());
        for row in flat.chunks_exact(width) {
            rows.extend(self.columns.iter().map(|column| row[*column]));
        }
        let natural = self.columns.iter().enumerate().all(|(n, column)| n == *column);
        let mut batch = if natural && is_sorted(&rows, width) { rows } else { sorted(&rows, width) };
        while self.batches.last().is_some_and(|last| last.len() <= 2 * batch.len()) {
            let last = self.batches.pop().unwrap_or_default();
            batch = merged(&last, &batch, width);
        }
        self.batches.push(batch);
    }

    /// Each run of rows that begin with `prefix`, as flat cells.
    pub(super) fn runs<'a>(&'a self, prefix: &'a [u32]) -> impl Iterator<Item = &'a [u32]> {
        let width = self.width();
        self.batches.iter().filter_map(move |batch| {
            let run = seek(batch, width, prefix);
            (!run.is_empty()).then_some(run)
        })
    }

    /// Whether a row is there; only for an index in the relation's own order.
    pub(super) fn contains(&self, row: &[u32]) -> bool {
        if row.is_empty() { self.filled } else { self.runs(row).next().is_some() }
    }
}

/// The rows of a sorted batch that begin with `prefix`.
fn seek<'a>(batch: &'a [u32], width: usize, prefix: &[u32]) -> &'a [u32] {
    if prefix.is_empty() {
        return batch;
    }
    let rows = batch.len() / width;
    let head = |at: usize| &batch[at * width..at * width + prefix.len()];
    let low = partition(0, rows, |at| head(at) < prefix);
    // Runs are short mostly: gallop to the end from the start.
    let mut step = 1;
    let mut high = low;
    while high < rows && head(high) == prefix {
        high += step;
        step *= 2;
    }
    let high = partition(low, high.min(rows), |at| head(at) <= prefix);
    &batch[low * width..high * width]
}

fn partition(mut low: usize, mut high: usize, below: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = low.midpoint(high);
        if below(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

fn is_sorted(flat: &[u32], width: usize) -> bool {
    flat.chunks_exact(width).zip(flat.chunks_exact(width).skip(1)).all(|(a, b)| a < b)
}

/// Rows sorted and distinct.
pub(super) fn sorted(flat: &[u32], width: usize) -> Vec<u32> {
    match width {
        0 => flat.iter().take(1).copied().collect(),
        1 => packed(flat.to_vec(), |cell| vec![cell]),
        2 => {
            let rows = flat.chunks_exact(2).map(|row| u64::from(row[0]) << 32 | u64::from(row[1])).collect();
            packed(rows, |row: u64| [(row >> 32) as u32, row as u32])
        }
        _ => {
            let mut rows: Vec<&[u32]> = flat.chunks_exact(width).collect();
            rows.sort_unstable();
            rows.dedup();
            rows.concat()
        }
    }
}

fn packed<T: Ord, C: IntoIterator<Item = u32>>(mut rows: Vec<T>, cells: impl Fn(T) -> C) -> Vec<u32> {
    rows.sort_unstable();
    rows.dedup();
    rows.into_iter().flat_map(cells).collect()
}

pub(super) fn merged(a: &[u32], b: &[u32], width: usize) -> Vec<u32> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a, b);
    while !a.is_empty() && !b.is_empty() {
        let from = if a[..width] <= b[..width] { &mut a } else { &mut b };
        out.extend_from_slice(&from[..width]);
        *from = &from[width..];
    }
    out.extend_from_slice(a);
    out.extend_from_slice(b);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_hold_just_the_rows_that_begin_with_the_prefix() {
        let mut index = Index::new(vec![1, 0]);
        for n in 0..50u32 {
            index.add(&[n, n % 3, n + 100, n % 3]);
        }
        for key in 0..4u32 {
            let mut found: Vec<u32> = index
                .runs(&[key])
                .flatten()
                .copied()
                .collect::<Vec<_>>()
                .chunks(2)
                .map(|row| row[1])
                .collect();
            found.sort_unstable();
            let mut expected: Vec<u32> =
                (0..50).filter(|n| n % 3 == key).flat_map(|n| [n, n + 100]).collect();
            expected.sort_unstable();
            assert_eq!(found, expected);
        }
        assert!(index.contains(&[1, 1]) && !index.contains(&[1, 2]));
    }
}
