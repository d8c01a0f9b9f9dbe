//! Phrases as rows of numbers of words.

use super::spelt::Spelt;
use super::token::{Token, lower, tokens};

/// Phrases by the numbers of their words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Phrases {
    numbers: Vec<u32>,
    ends: Vec<u32>,
}

impl Phrases {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The words of a phrase, by its place.
    pub(super) fn of(&self, place: usize) -> &[u32] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[place] as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|place| self.of(place))
    }

    /// Takes in phrases of others.
    pub(super) fn push(&mut self, words: &[u32]) {
        self.numbers.extend_from_slice(words);
        self.ends.push(self.numbers.len() as u32);
    }
}

/// Cuts phrases into words and numbers these.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    pub words: Spelt,
    /// Room that is used again.
    cut: Vec<Token>,
    buffer: String,
}

impl Cutter {
    pub(super) fn add(&mut self, phrase: &str, phrases: &mut Phrases) {
        self.cut.clear();
        tokens(phrase, 0, phrase.len(), &mut self.cut);
        for token in &self.cut {
            let word = token.text(phrase);
            phrases.numbers.push(match token.ascii {
                true => self.words.ascii_intern(word),
                false => self.words.intern(lower(word, &mut self.buffer)),
            });
        }
        phrases.ends.push(phrases.numbers.len() as u32);
    }

    pub(super) fn all<S: AsRef<str>>(&mut self, from: impl IntoIterator<Item = S>) -> Phrases {
        let mut phrases = Phrases::default();
        from.into_iter().for_each(|phrase| self.add(phrase.as_ref(), &mut phrases));
        phrases
    }
}
