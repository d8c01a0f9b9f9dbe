//! Words that were looked up lately: most words of a text come again and again.

/// How many places there are, as a power of two: two for words that share one.
const PLACES: u32 = 14;
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

/// A short word, whole, with zeros behind it: no word has a zero, and none is of length 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Key([u64; 2]);

impl Key {
    /// Of a word in ASCII, which leaves each byte's top bit free.
    #[inline]
    fn of(text: &[u8], start: usize, end: usize, small: bool) -> Option<Key> {
        let length = end.wrapping_sub(start);
        if length.wrapping_sub(1) >= LONGEST {
            return None;
        }
        let eight = |from: usize, length: usize| {
            let bytes = match text.get(from..).and_then(<[u8]>::first_chunk) {
                Some(bytes) => u64::from_le_bytes(*bytes),
                None => text.get(from..end)?.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)),
            };
            Some(bytes & u64::MAX >> (64 - 8 * length))
        };
        let first = eight(start, length.min(8))? | u64::from(small) << 7;
        Some(Key([first, if length > 8 { eight(start + 8, length - 8)? } else { 0 }]))
    }

    fn place(&self) -> usize {
        let mixed = (self.0[0] ^ self.0[1].rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // The first of two.
        (mixed >> (u64::BITS - PLACES)) as usize & !1
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

    /// The number of `text[start..end]`, a word in ASCII, which is found out if it was not
    /// looked up lately.
    #[inline]
    pub(super) fn number(
        &mut self,
        text: &[u8],
        (start, end): (u32, u32),
        small: bool,
        find: impl FnOnce() -> u32,
    ) -> u32 {
        let Some(key) = Key::of(text, start as usize, end as usize, small) else { return find() };
        let place = key.place();
        let Some([first, second]) = self.slots.get_mut(place..).and_then(<[Slot]>::first_chunk_mut) else {
            return find();
        };
        if first.key != key {
            // The word looked up last stands first.
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
                for text in [word.clone(), format!("{word} {word}{word}")] {
                    let mut of = |small, number| {
                        recent.number(text.as_bytes(), (0, word.len() as u32), small, || number)
                    };
                    prop_assert_eq!(of(false, number(word)), number(word));
                    prop_assert_eq!(of(true, number(word) + 1), number(word) + 1);
                }
            }
            recent.turn_to(2);
            prop_assert_eq!(recent.number(words[0].as_bytes(), (0, words[0].len() as u32), false, || 0), 0);
        }
    }
}
