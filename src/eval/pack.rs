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

    fn keys<const N: usize>(&self, cells: &[u32]) -> Vec<u64> {
        let Some(columns) = self.columns.first_chunk::<N>() else { return Vec::new() };
        let key =
            |row: &[u32; N]| (0..N).fold(0, |key, n| key | u64::from(row[n] - columns[n].0) << columns[n].1);
        cells.as_chunks::<N>().0.iter().map(key).collect()
    }

    fn rows<const N: usize>(&self, keys: &[u64]) -> Vec<u32> {
        let Some(columns) = self.columns.first_chunk::<N>() else { return Vec::new() };
        let row = |key: &u64| columns.map(|(low, shift, mask)| low + (key >> shift & mask) as u32);
        keys.iter().map(row).collect::<Vec<[u32; N]>>().into_flattened()
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
    match stride {
        1 => return ranges_of::<1>(cells),
        2 => return ranges_of::<2>(cells),
        3 => return ranges_of::<3>(cells),
        4 => return ranges_of::<4>(cells),
        _ => {}
    }
    let mut ranges = vec![(u32::MAX, 0); stride];
    for row in cells.chunks_exact(stride) {
        for ((low, high), cell) in ranges.iter_mut().zip(row) {
            *low = (*low).min(*cell);
            *high = (*high).max(*cell);
        }
    }
    ranges
}

fn ranges_of<const N: usize>(cells: &[u32]) -> Vec<(u32, u32)> {
    let (mut lows, mut highs) = ([u32::MAX; N], [0; N]);
    for row in cells.as_chunks::<N>().0 {
        for n in 0..N {
            lows[n] = lows[n].min(row[n]);
            highs[n] = highs[n].max(row[n]);
        }
    }
    lows.into_iter().zip(highs).collect()
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
    let mut keys = match stride {
        2 => packing.keys::<2>(&cells),
        3 => packing.keys::<3>(&cells),
        4 => packing.keys::<4>(&cells),
        _ => cells.chunks_exact(stride).map(|row| packing.pack(row)).collect(),
    };
    drop(cells);
    if !by_digits(&mut keys, &packing) {
        keys.sort_unstable();
    }
    keys.dedup();
    Ok(match stride {
        2 => packing.rows::<2>(&keys),
        3 => packing.rows::<3>(&keys),
        4 => packing.rows::<4>(&keys),
        _ => {
            let mut out = Vec::with_capacity(keys.len() * stride);
            keys.iter().for_each(|key| packing.unpack(*key, &mut out));
            out
        }
    })
}

/// Bits of a digit, at most.
const DIGIT: u32 = 11;
/// Below so many numbers comparing them is as quick.
const MANY: usize = 48;

/// Sorts numbers by a column after the other, from the last, those that ascend
/// already left out; `false`, and nothing done, where comparing them is likely
/// to be quicker.
fn by_digits(keys: &mut Vec<u64>, packing: &Packing) -> bool {
    if keys.len() < MANY {
        return false;
    }
    let mut digits: Vec<(u32, u32)> = Vec::new();
    for (_, shift, mask) in packing.columns.iter().rev() {
        let width = mask.count_ones();
        let count = width.div_ceil(DIGIT);
        let column = |key: &u64| key >> shift & mask;
        // Only before the first digit is it known what follows ascending ones.
        if width == 0 || digits.is_empty() && keys.is_sorted_by_key(column) {
            continue;
        }
        let part = |n: u32| (width * n / count, width * (n + 1) / count);
        digits.extend((0..count).map(part).map(|(from, to)| (shift + from, to - from)));
    }
    let scattered: usize = digits.iter().map(|(_, bits)| 3 * keys.len() + (1 << bits)).sum();
    if scattered > 2 * keys.len() * keys.len().ilog2() as usize {
        return false;
    }
    let mut other = vec![0; keys.len()];
    let mut ends = [0usize; 1 << DIGIT];
    for (shift, bits) in digits {
        let digit = |key: u64| (key >> shift) as usize & ((1 << bits) - 1);
        let ends = &mut ends[..1 << bits];
        ends.fill(0);
        keys.iter().for_each(|key| ends[digit(*key)] += 1);
        let mut before = 0;
        for end in ends.iter_mut() {
            before += std::mem::replace(end, before);
        }
        for key in keys.iter() {
            let place = &mut ends[digit(*key)];
            other[*place] = *key;
            *place += 1;
        }
        std::mem::swap(keys, &mut other);
    }
    true
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
