//! Lines of business: "bank itu" is no airline.

use super::data::LineEntry;
use super::phrases::Phrases;
use rustc_hash::FxHashMap;

/// A set of lines, one bit each.
pub(super) type LineSet = u64;

/// How many lines there may be.
pub(super) const MOST_LINES: usize = LineSet::BITS as usize;

/// What tells of a line of business.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// By the last word of a noun.
    nouns: FxHashMap<u32, LineSet>,
    /// By a word in a name.
    names: FxHashMap<u32, LineSet>,
    /// By a sort of the lexicons.
    sorts: FxHashMap<Box<str>, LineSet>,
    /// The file that gives them.
    pub file: usize,
}

impl Lines {
    pub(super) fn new(file: usize, lines: &[LineEntry], words: &[[Phrases; 2]]) -> Lines {
        let mut all = Lines { file, ..Lines::default() };
        for ((line, [nouns, names]), n) in lines.iter().zip(words).zip(0..LineSet::BITS) {
            let bit = 1 << n;
            let last = |phrases: &Phrases| -> Vec<u32> {
                phrases.iter().filter_map(|words| words.last().copied()).collect()
            };
            last(nouns).into_iter().for_each(|word| *all.nouns.entry(word).or_default() |= bit);
            last(names).into_iter().for_each(|word| *all.names.entry(word).or_default() |= bit);
            line.sorts.iter().for_each(|sort| *all.sorts.entry(sort.as_str().into()).or_default() |= bit);
        }
        all
    }

    /// The lines that a sort of the lexicons is of.
    pub(super) fn of_sort(&self, sort: &str) -> LineSet {
        self.sorts.get(sort).copied().unwrap_or_default()
    }

    /// The sorts that lines are told by.
    pub(super) fn sorts(&self) -> impl Iterator<Item = &str> {
        self.sorts.keys().map(|sort| &**sort)
    }

    /// The lines that each noun among some words tells of: "produsen mobil" makes things, and cars.
    pub(super) fn of_nouns(&self, words: impl Iterator<Item = u32>) -> Vec<LineSet> {
        words.filter_map(|word| self.nouns.get(&word)).copied().collect()
    }

    /// The lines that a word in a name tells of.
    pub(super) fn of_name(&self, word: u32) -> LineSet {
        self.names.get(&word).copied().unwrap_or_default()
    }
}
