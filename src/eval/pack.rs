//! Sorting rows as single numbers, which also drops repeats.
//!
//! A row's columns, each less its least value, side by side in one number: so
//! few bits where values are close together that a bitmap sorts at once.

/// Where each column lies in the number.
struct Packing {
    /// Least value, shift and mask of each column.
    columns: Vec<(u32, u32, u64)>,
    bits: u32,
}

impl Packing {
    /// `None` where rows need more than 64 bits.
    fn new(cells: &[u32], stride: usize) -> Option<Packing> {
        let ranges = ranges(cells, stride);
        let widths: Vec<u32> = ranges.iter().map(|(low, high)| 32 - (high - low).leading_zeros()).collect();
        let bits: u32 = widths.iter().sum();
        if bits > 64 {
            return None;
        }
        let mut shift = bits;
        let columns = ranges.iter().zip(widths).map(|((low, _), width)| {
            shift -= width;
            // A column without bits may come last, where a shift by 64 is none.
            (*low, shift.min(63), (1u64 << width) - 1)
        });
        Some(Packing { columns: columns.collect(), bits })
    }

    #[inline]
    fn pack(&self, row: &[u32]) -> u64 {
        let parts = self.columns.iter().zip(row);
        parts.fold(0, |key, ((low, shift, _), cell)| key | u64::from(cell - low) << shift)
    }

    #[inline]
    fn unpack(&self, key: u64, out: &mut Vec<u32>) {
        out.extend(self.columns.iter().map(|(low, shift, mask)| low + (key >> shift & mask) as u32));
    }
}

/// The least and greatest value of each column.
pub(super) fn ranges(cells: &[u32], stride: usize) -> Vec<(u32, u32)> {
    let mut ranges = vec![(u32::MAX, 0); stride];
    if stride == 2 {
        let (mut a, mut b) = ((u32::MAX, 0), (u32::MAX, 0));
        for row in cells.as_chunks::<2>().0 {
            a = (a.0.min(row[0]), a.1.max(row[0]));
            b = (b.0.min(row[1]), b.1.max(row[1]));
        }
        return vec![a, b];
    }
    for row in cells.chunks_exact(stride) {
        for ((low, high), cell) in ranges.iter_mut().zip(row) {
            *low = (*low).min(*cell);
            *high = (*high).max(*cell);
        }
    }
    ranges
}

/// Below so many rows a bitmap isn't worth its while.
const FEW: usize = 256;

/// Sorts rows and drops repeats; `None`, and nothing lost, where they don't fit
/// into numbers.
pub(super) fn sort(cells: Vec<u32>, stride: usize) -> Result<Vec<u32>, Vec<u32>> {
    let rows = cells.len() / stride;
    let Some(packing) = (rows > 0).then(|| Packing::new(&cells, stride)).flatten() else { return Err(cells) };
    // Not more than half of what the rows themselves take.
    if rows >= FEW && packing.bits < 48 && 1u64 << packing.bits <= 16 * cells.len() as u64 {
        return Ok(by_bitmap(cells, stride, &packing));
    }
    let mut keys: Vec<u64> = if stride == 2 {
        cells.as_chunks::<2>().0.iter().map(|row| packing.pack(row)).collect()
    } else {
        cells.chunks_exact(stride).map(|row| packing.pack(row)).collect()
    };
    drop(cells);
    keys.sort_unstable();
    keys.dedup();
    let mut out = Vec::with_capacity(keys.len() * stride);
    keys.iter().for_each(|key| packing.unpack(*key, &mut out));
    Ok(out)
}

fn by_bitmap(cells: Vec<u32>, stride: usize, packing: &Packing) -> Vec<u32> {
    let mut words = vec![0u64; (1usize << packing.bits).div_ceil(64)];
    for row in cells.chunks_exact(stride) {
        let key = packing.pack(row) as usize;
        words[key / 64] |= 1 << (key % 64);
    }
    drop(cells);
    let rows: usize = words.iter().map(|word| word.count_ones() as usize).sum();
    let mut out = Vec::with_capacity(rows * stride);
    for (n, word) in words.into_iter().enumerate() {
        let mut left = word;
        while left != 0 {
            packing.unpack(n as u64 * 64 + u64::from(left.trailing_zeros()), &mut out);
            left &= left - 1;
        }
    }
    out
}

/// Two sorted lists of rows as one, without repeats.
pub(super) fn merge(a: &[u32], b: &[u32], stride: usize) -> Vec<u32> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (&a[i..i + stride], &b[j..j + stride]);
        let order = x.cmp(y);
        out.extend_from_slice(if order.is_le() { x } else { y });
        i += if order.is_le() { stride } else { 0 };
        j += if order.is_ge() { stride } else { 0 };
    }
    out.extend_from_slice(&a[i..]);
    out.extend_from_slice(&b[j..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rows_sort_as_lists_do(
            stride in 1..6usize,
            few in 1..40u32,
            far in prop::bool::ANY,
            cells in prop::collection::vec(any::<u32>(), 0..3000),
        ) {
            let mut cells: Vec<u32> = cells.iter().map(|c| if far { *c } else { c % few + 7 }).collect();
            cells.truncate(cells.len() / stride * stride);
            let rows: BTreeSet<Vec<u32>> = cells.chunks_exact(stride).map(<[u32]>::to_vec).collect();
            let expected: Vec<u32> = rows.into_iter().flatten().collect();
            match sort(cells.clone(), stride) {
                Ok(sorted) => prop_assert_eq!(sorted, expected.clone()),
                Err(back) => prop_assert_eq!(back, cells.clone()),
            }
            let (a, b) = cells.split_at(cells.len() / stride / 2 * stride);
            let (a, b) = (super::super::rows::sort(a.to_vec(), stride), super::super::rows::sort(b.to_vec(), stride));
            prop_assert_eq!(merge(&a, &b, stride), expected);
        }
    }
}
