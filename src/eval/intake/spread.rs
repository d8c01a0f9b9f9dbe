//! Which rows go together: buckets of about equally many rows, in order, as a
//! sample of the rows has it.

/// Rows of a bucket, on average: what a near cache holds twice.
const BUCKET: usize = 1 << 15;
/// More buckets than these make writing to them slow.
const MOST: usize = 1 << 10;
/// Bits of the slots that make up buckets.
const SLOTS: u32 = 12;
/// Room in a bucket beyond what is expected, in eighths.
const ROOM: usize = 11;

/// Bounds of the first two cells, and the bucket of each slot between them.
pub(super) struct Spread {
    low: [u32; 2],
    /// Greatest distance of a first cell from its bound.
    reach: u32,
    /// Bits of the second cell.
    seconds: u32,
    shift: u32,
    slots: Vec<u16>,
    buckets: usize,
}

/// Rows by bucket, flat.
pub(super) type Buckets = Vec<Vec<u32>>;

impl Spread {
    /// For so many rows, of which some are these.
    pub(super) fn of(sample: &[[u32; 2]], rows: usize) -> Spread {
        let (mut low, mut high) = ([u32::MAX; 2], [0; 2]);
        for row in sample {
            for n in 0..2 {
                low[n] = low[n].min(row[n]);
                high[n] = high[n].max(row[n]);
            }
        }
        let bits = |n: usize| 32 - high[n].saturating_sub(low[n]).leading_zeros();
        let reach = high[0].saturating_sub(low[0]);
        let all = bits(0) + bits(1);
        let shift = all.saturating_sub(SLOTS);
        let mut spread = Spread { low, reach, seconds: bits(1), shift, slots: Vec::new(), buckets: 1 };
        let mut keys: Vec<u64> = sample.iter().map(|row| spread.key(row) >> shift).collect();
        keys.sort_unstable();
        let buckets = (rows / BUCKET).clamp(1, MOST);
        let last = keys.last().copied().unwrap_or_default();
        let mut before = 0;
        for slot in 0..=last {
            before += keys[before..].iter().take_while(|key| **key < slot).count();
            spread.slots.push((before * buckets / keys.len().max(1)) as u16);
        }
        spread.buckets = buckets;
        spread
    }

    #[inline]
    fn key<const N: usize>(&self, row: &[u32; N]) -> u64 {
        let first = row[0].wrapping_sub(self.low[0]);
        if first > self.reach {
            return if row[0] < self.low[0] { 0 } else { u64::MAX };
        }
        let most = ((1u64 << self.seconds) - 1) as u32;
        let second = if N > 1 { row[1 % N].saturating_sub(self.low[1]).min(most) } else { 0 };
        u64::from(first) << self.seconds | u64::from(second)
    }

    /// A row's bucket; a greater row's is not less.
    #[inline]
    pub(super) fn bucket<const N: usize>(&self, row: &[u32; N]) -> usize {
        let slot = ((self.key(row) >> self.shift) as usize).min(self.slots.len() - 1);
        usize::from(self.slots[slot])
    }

    /// Empty buckets for so many rows.
    pub(super) fn buckets(&self, rows: usize, stride: usize) -> Buckets {
        let each = (rows / self.buckets * ROOM / 8 + 8) * stride;
        (0..self.buckets).map(|_| Vec::with_capacity(each)).collect()
    }

    /// Puts a row into its bucket.
    #[inline]
    pub(super) fn put<const N: usize>(&self, row: &[u32; N], buckets: &mut Buckets) {
        buckets[self.bucket(row)].extend(*row);
    }

    /// Puts rows into their buckets.
    pub(super) fn share<const N: usize>(&self, rows: &[u32], buckets: &mut Buckets) {
        for row in rows.as_chunks::<N>().0 {
            self.put(row, buckets);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row() -> impl Strategy<Value = [u32; 2]> {
        let far = (any::<u32>(), 5..7u32).prop_map(|(a, b)| [a, b]);
        prop_oneof![[0..90u32, 0..9u32], far, any::<[u32; 2]>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_row_comes_into_a_bucket_before_that_of_a_lesser_one(
            sample in prop::collection::vec(row(), 1..90),
            mut rows in prop::collection::vec(row(), 1..90),
        ) {
            let spread = Spread::of(&sample, 40 * BUCKET);
            rows.extend_from_slice(&sample);
            rows.sort();
            let buckets: Vec<usize> = rows.iter().map(|row| spread.bucket(row)).collect();
            prop_assert!(buckets.is_sorted() && buckets.iter().all(|n| *n < 40));
            let firsts: Vec<usize> = rows.iter().map(|row| spread.bucket(&[row[0]])).collect();
            prop_assert!(firsts.is_sorted());
        }
    }
}
