//! Words that were looked up lately: most words of a text come again and again.

use super::token::Letters;

/// How many places there are, as a power of two.
const PLACES: u32 = 13;
/// The longest word that is kept.
const LONGEST: usize = 16;

/// Words by how they are written, with their numbers in one vocabulary.
#[derive(Debug, Default)]
pub(super) struct Recent {
    vocabulary: u64,
    /// Two words for each place, of which the one looked up last stands first.
    slots: Vec<[Slot; 2]>,
    /// Room for words in lower case.
    pub buffer: String,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: Key,
    number: u32,
}

/// A short word, whole, with zeros behind it: no word has a zero, and none is of length 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Key(Letters);

impl Key {
    /// Of a word in ASCII, which leaves each byte's top bit free.
    pub(super) fn of(word: &[u8], small: bool) -> Option<Key> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut bytes = [0; LONGEST];
        bytes[..word.len()].copy_from_slice(word);
        let (first, rest) = bytes.split_first_chunk()?;
        let letters = [u64::from_le_bytes(*first), u64::from_le_bytes(*rest.first_chunk()?)];
        Some(Key::of_letters(letters, small))
    }

    /// The same of its letters.
    #[inline]
    pub(super) fn of_letters([first, rest]: Letters, small: bool) -> Key {
        Key([first | u64::from(small) << 7, rest])
    }

    #[inline]
    fn place(&self) -> usize {
        let mixed = (self.0[0] ^ self.0[1].rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> (u64::BITS - PLACES)) as usize
    }
}

impl Recent {
    /// Makes ready for words of a vocabulary.
    pub(super) fn turn_to(&mut self, vocabulary: u64) {
        if self.vocabulary != vocabulary {
            self.vocabulary = vocabulary;
            self.slots.clear();
            self.slots.resize(1 << PLACES, Default::default());
        }
    }

    /// The number of a word, which is found out if it was not looked up lately.
    #[inline]
    pub(super) fn number(&mut self, key: Key, find: impl FnOnce() -> u32) -> u32 {
        let Some([first, second]) = self.slots.get_mut(key.place()) else { return find() };
        if first.key != key {
            let number = if second.key == key { second.number } else { find() };
            *second = std::mem::replace(first, Slot { key, number });
        }
        first.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
            #[test]
            fn a_word_keeps_its_number(words in proptest::collection::vec("[a-c]{1,3}|[a-cA-C0]{1,20}", 1..400)) {
                let mut recent = Recent::default();
                recent.turn_to(1);
                let number = |word: &str| word.bytes().fold(7, |n, b| n * 31 % 65_521 + u32::from(b));
                for word in &words {
                    let mut of = |small, number| match Key::of(word.as_bytes(), small) {
                        Some(key) => recent.number(key, || number),
                        None => number,
                    };
                    prop_assert_eq!(of(false, number(word)), number(word));
                    prop_assert_eq!(of(true, number(word) + 1), number(word) + 1);
                }
                recent.turn_to(2);
    let first = Key::of(words[0].as_bytes(), false);
                prop_assert_eq!(first.map_or(0, |key| recent.number(key, || 0)), 0);
            }
        }
}
