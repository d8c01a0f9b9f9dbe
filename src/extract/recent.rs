//! Words that were looked up lately: most words of a text come again and again.

/// How many places there are, as a power of two.
const PLACES: u32 = 11;
/// The longest word that is kept.
const LONGEST: usize = 16;

/// Words by how they are written, with their numbers in one vocabulary.
#[derive(Debug, Default)]
pub(super) struct Recent {
    vocabulary: u64,
    slots: Vec<Slot>,
    /// Room for words in lower case.
    pub buffer: String,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: Key,
    number: u32,
}

/// A short word, whole: none is of length 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Key {
    first: u64,
    last: u64,
    length: u16,
    small: bool,
}

impl Key {
    #[inline]
    fn of(word: &[u8], small: bool) -> Option<Key> {
        let length = word.len();
        if length == 0 || length > LONGEST {
            return None;
        }
        // The first and the last bytes may overlap.
        let (first, last) = match (word.first_chunk(), word.last_chunk()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (word.first_chunk(), word.last_chunk()) {
                (Some(first), Some(last)) => {
                    (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
                }
                _ => {
                    let [a, b, c] = [0, length / 2, length - 1].map(|n| u64::from(word[n]));
                    (a | b << 8 | c << 16, 0)
                }
            },
        };
        Some(Key { first, last, length: length as u16, small })
    }

    fn place(&self) -> usize {
        let mixed = (self.first ^ self.last.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> (u64::BITS - PLACES)) as usize
    }
}

impl Recent {
    /// Makes ready for words of a vocabulary.
    pub(super) fn turn_to(&mut self, vocabulary: u64) {
        if self.vocabulary != vocabulary {
            self.vocabulary = vocabulary;
            self.slots.clear();
            self.slots.resize(1 << PLACES, Slot::default());
        }
    }

    /// The number of a word, which is found out if it was not looked up lately.
    #[inline]
    pub(super) fn number(&mut self, word: &str, small: bool, find: impl FnOnce() -> u32) -> u32 {
        let Some(key) = Key::of(word.as_bytes(), small) else { return find() };
        match self.slots.get_mut(key.place()) {
            Some(slot) if slot.key == key => slot.number,
            Some(slot) => {
                *slot = Slot { key, number: find() };
                slot.number
            }
            None => find(),
        }
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
                prop_assert_eq!(recent.number(word, false, || number(word)), number(word));
                prop_assert_eq!(recent.number(word, true, || number(word) + 1), number(word) + 1);
            }
            recent.turn_to(2);
            prop_assert_eq!(recent.number(&words[0], false, || 0), 0);
        }
    }
}
