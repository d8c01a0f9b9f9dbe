//! Which patterns a word may trigger.

use super::classes::ClassSet;
use super::items::Item;
use super::load::Extractor;
use super::needs::{AllNeeds, Around, Lacking};
use super::pattern::Pattern;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::OnceLock;

/// How many patterns a row has at most: a bit each.
const ROW: usize = u64::BITS as usize;

/// Patterns that the same classes trigger, in order.
#[derive(Debug, Clone)]
struct Row {
    /// The places of the patterns.
    places: Vec<u32>,
    /// What is asked for, and which of them ask for it, anywhere in the sentence.
    asked: Vec<Asked>,
    names: Lacking,
}

/// Classes of which some patterns of a row ask for one: most sets are of one word of bits.
#[derive(Debug, Clone, Copy)]
struct Asked {
    word: usize,
    bits: u128,
    by: u64,
}

/// The patterns by the sets of triggers that the data's words have.
#[derive(Debug, Default)]
pub(super) struct Triggers {
    /// The places of the patterns of each trigger, by its bit.
    by_trigger: Vec<Vec<u32>>,
    /// Made once they are asked for: a text has few of them.
    by_classes: FxHashMap<ClassSet, OnceLock<Vec<Row>>>,
}

impl Row {
    fn of(places: &[u32], needs: &AllNeeds) -> Row {
        let mut found: Vec<(u32, u64)> = Vec::new();
        for (n, place) in places.iter().enumerate() {
            for set in needs.asked(*place as usize) {
                match found.iter_mut().find(|(known, _)| *known == set) {
                    Some((_, by)) => *by |= 1 << n,
                    None => found.push((set, 1 << n)),
                }
            }
        }
        // What most of them ask for is looked at first.
        found.sort_by_key(|(_, by)| std::cmp::Reverse(by.count_ones()));
        // Sets of several words of bits are left to a closer look.
        let one = |(set, by): (u32, u64)| {
            let mut words = needs.set(set).words().into_iter().enumerate().filter(|(_, bits)| *bits != 0);
            let (word, bits) = words.next()?;
            words.next().is_none().then_some(Asked { word, bits, by })
        };
        let asked = found.into_iter().filter_map(one).collect();
        Row { places: places.into(), asked, names: Lacking::of(places, needs) }
    }

    /// Those of them that ask for little that a sentence of these classes lacks.
    #[inline]
    fn open(&self, all: &[u128; 5], lacking: u64) -> u64 {
        let mut open = u64::MAX >> (ROW - self.places.len()) & !lacking;
        for asked in &self.asked {
            open &= if all[asked.word] & asked.bits == 0 { !asked.by } else { u64::MAX };
            if open == 0 {
                break;
            }
        }
        open
    }
}

impl Triggers {
    /// Of these patterns, for words that have such sets of triggers.
    pub(super) fn new(patterns: &[Pattern], sets: impl Iterator<Item = ClassSet>) -> Triggers {
        let mut by_trigger = vec![Vec::new(); ClassSet::MOST as usize];
        for (pattern, place) in patterns.iter().zip(0u32..) {
            pattern.trigger.bits().for_each(|bit| by_trigger[bit as usize].push(place));
        }
        Triggers { by_trigger, by_classes: sets.map(|set| (set, OnceLock::new())).collect() }
    }

    fn made(&self, classes: ClassSet, needs: &AllNeeds) -> Vec<Row> {
        let mut places: Vec<u32> =
            classes.bits().flat_map(|bit| &self.by_trigger[bit as usize]).copied().collect();
        places.sort_unstable();
        places.dedup();
        places.chunks(ROW).map(|places| Row::of(places, needs)).collect()
    }

    fn rows(&self, classes: ClassSet, needs: &AllNeeds) -> Cow<'_, [Row]> {
        match self.by_classes.get(&classes) {
            Some(rows) => Cow::Borrowed(rows.get_or_init(|| self.made(classes, needs))),
            None => Cow::Owned(self.made(classes, needs)),
        }
    }
}

impl Extractor {
    /// The patterns that any of these classes triggers at an item and that ask for nothing
    /// that isn't around it, in order.
    #[inline]
    pub(super) fn triggered(
        &self,
        classes: ClassSet,
        around: &Around,
        items: &[Item],
        at: usize,
    ) -> impl Iterator<Item = &Pattern> {
        let rows = self.by_classes.rows(classes, &self.needs);
        let (mut next, mut open) = (0, 0u64);
        let all = around.words();
        std::iter::from_fn(move || {
            loop {
                if open == 0 {
                    let row = rows.get(next)?;
                    open = row.open(all, row.names.around(around));
                    next += 1;
                    continue;
                }
                let place = rows[next - 1].places[open.trailing_zeros() as usize] as usize;
                open &= open - 1;
                if self.needs.met(place, around, items, at) {
                    return Some(&self.patterns[place]);
                }
            }
        })
    }

    /// Whether any pattern that these classes trigger may match in a sentence that has the
    /// classes `all` and at most so many names.
    pub(super) fn may_tell(&self, classes: ClassSet, all: ClassSet, names: usize) -> bool {
        let words = all.words();
        let may = |row: &Row| {
            let open = row.open(&words, 0);
            let mut places = row.places.iter().enumerate().filter(|(n, _)| open >> n & 1 != 0);
            places.any(|(_, place)| self.needs.may_be_met(*place as usize, all, names))
        };
        classes != 0 && self.by_classes.rows(classes, &self.needs).iter().any(may)
    }
}
