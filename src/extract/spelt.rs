//! Words and names by number.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// A vocabulary: numbers from 1 for what is written, all of it in lower case.
#[derive(Debug)]
pub(super) struct Spelt {
    numbers: HashTable<u32>,
    /// Everything, one behind the other, and where each ends.
    text: String,
    ends: Vec<u32>,
}

impl Default for Spelt {
    fn default() -> Spelt {
        Spelt { numbers: HashTable::new(), text: String::new(), ends: vec![0] }
    }
}

impl Spelt {
    /// Makes room for about so many more, of so many bytes together.
    pub(super) fn reserve(&mut self, count: usize, bytes: usize) {
        let (text, ends) = (&self.text, &self.ends);
        self.numbers.reserve(count, |number| digest(of(text, ends, *number)));
        self.text.reserve(bytes);
        self.ends.reserve(count);
    }

    /// One more than the highest number.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// What a number stands for.
    pub(super) fn of(&self, number: u32) -> &str {
        of(&self.text, &self.ends, number)
    }

    /// The number of what is written in lower case; 0 if it has none.
    pub(super) fn number(&self, lower: &str) -> u32 {
        let same = |number: &u32| is::<false>(bytes_of(&self.text, &self.ends, *number), lower.as_bytes());
        self.numbers.find(digest(lower), same).copied().unwrap_or(0)
    }

    /// The same for letters and figures of ASCII, whatever their case.
    pub(super) fn ascii_number(&self, written: &str) -> u32 {
        let same = |number: &u32| is::<true>(bytes_of(&self.text, &self.ends, *number), written.as_bytes());
        self.numbers.find(digest(written), same).copied().unwrap_or(0)
    }

    /// The number of what is written in lower case, a new one if it has none.
    pub(super) fn intern(&mut self, lower: &str) -> u32 {
        self.add(lower, |known| known == lower)
    }

    /// The same for what is written in ASCII, whatever its case.
    pub(super) fn ascii_intern(&mut self, written: &str) -> u32 {
        let start = self.text.len();
        let number = self.add(written, |known| known.eq_ignore_ascii_case(written));
        self.text[start..].make_ascii_lowercase();
        number
    }

    fn add(&mut self, written: &str, same: impl Fn(&str) -> bool) -> u32 {
        let (text, ends) = (&self.text, &self.ends);
        let new = ends.len() as u32;
        let entry = self.numbers.entry(
            digest(written),
            |number| same(of(text, ends, *number)),
            |number| digest(of(text, ends, *number)),
        );
        match entry {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                free.insert(new);
                self.text.push_str(written);
                self.ends.push(self.text.len() as u32);
                new
            }
        }
    }
}

fn of<'t>(text: &'t str, ends: &[u32], number: u32) -> &'t str {
    &text[ends[number as usize - 1] as usize..ends[number as usize] as usize]
}

/// The same without a look at its first and last character: that is not at hand.
#[inline]
fn bytes_of<'t>(text: &'t str, ends: &[u32], number: u32) -> &'t [u8] {
    &text.as_bytes()[ends[number as usize - 1] as usize..ends[number as usize] as usize]
}

/// Whether a word in lower case is written so; in any case, with `FOLD`, which takes
/// letters and figures of ASCII.
#[inline]
fn is<const FOLD: bool>(known: &[u8], written: &[u8]) -> bool {
    // Of these, letters alone have the bit before the one that makes them small.
    let small = |n: u64| if FOLD { n | (n & 0x4040_4040_4040_4040) >> 1 } else { n };
    if known.len() != written.len() {
        return false;
    }
    let eight = |a: &[u8; 8], b: &[u8; 8]| u64::from_le_bytes(*a) == small(u64::from_le_bytes(*b));
    match (known.first_chunk(), written.first_chunk(), known.last_chunk(), written.last_chunk()) {
        // The first and the last bytes may overlap.
        (Some(a), Some(b), Some(c), Some(d)) if known.len() <= 16 => eight(a, b) && eight(c, d),
        _ if FOLD => known.eq_ignore_ascii_case(written),
        _ => known == written,
    }
}

/// The digest of a word, the same for small letters and capitals of ASCII.
fn digest(word: &str) -> u64 {
    let word = word.as_bytes();
    const SMALL: u64 = 0x2020_2020_2020_2020;
    const KEYS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03];
    let fold = |a: u64, b: u64| {
        let product = u128::from((a | SMALL) ^ KEYS[0]) * u128::from((b | SMALL) ^ KEYS[1]);
        product as u64 ^ (product >> 64) as u64
    };
    let len = word.len();
    // The first and the last bytes may overlap.
    if let (Some(first), Some(last)) = (word.first_chunk::<8>(), word.last_chunk::<8>()) {
        let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        let middle = word.get(8..len - 8).unwrap_or_default().chunks(8);
        let middle = middle.fold(len as u64, |all, chunk| match chunk.first_chunk::<8>() {
            Some(chunk) => fold(all, u64::from_le_bytes(*chunk)),
            None => all,
        });
        return fold(first, last).wrapping_add(middle);
    }
    if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        return fold(
            u32::from_le_bytes(*first).into(),
            u64::from(u32::from_le_bytes(*last)) << 8 | len as u64,
        );
    }
    let [first, middle, last] =
        [0, len / 2, len.saturating_sub(1)].map(|n| word.get(n).map_or(0, |b| u64::from(*b)));
    fold(first << 16 | middle << 8 | last, len as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_has_one_number_whatever_its_case(words in proptest::collection::vec("[a-z0-9é]{0,30}", 1..40)) {
            let mut spelt = Spelt::default();
            let numbers: Vec<u32> = words.iter().map(|word| spelt.intern(word)).collect();
            for (word, number) in words.iter().zip(numbers) {
                prop_assert_eq!(spelt.of(number), word);
                prop_assert_eq!(spelt.number(word), number);
                prop_assert_eq!(spelt.intern(word), number);
                if word.is_ascii() {
                    prop_assert_eq!(spelt.ascii_intern(&word.to_ascii_uppercase()), number);
                    prop_assert_eq!(spelt.ascii_number(&word.to_ascii_uppercase()), number);
                }
            }
            prop_assert_eq!(spelt.number("Besar"), 0);
            for word in words.iter().filter(|w| w.is_ascii() && w.len() > 1) {
                let other = format!("{}{}", &word[1..], &word[..1]);
                let known = spelt.ascii_number(&other.to_ascii_uppercase());
                prop_assert_eq!(known > 0, words.contains(&other));
                prop_assert_eq!(known, spelt.number(&other));
            }
        }
    }
}
