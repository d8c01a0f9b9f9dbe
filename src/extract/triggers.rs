//! Which patterns a word may trigger.

use super::classes::{ClassSet, Halves, Tags};
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
    bits: u64,
    by: u64,
}

/// The patterns by the sets of triggers that the data's words have.
#[derive(Debug, Default)]
pub(super) struct Triggers {
    /// The places of the patterns of each trigger, by its bit.
    by_trigger: Vec<Vec<u32>>,
    /// The triggers of the patterns that don't only go on with what was left open, and of all.
    sets: [ClassSet; 2],
    /// Where the rows stand of those that a word of each of the vocabulary's sets triggers,
    /// of the ones and the others.
    places: Vec<[u32; 2]>,
    /// Made once they are asked for: a text has few of them.
    rows: Vec<OnceLock<Vec<Row>>>,
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
            let (word, bits) = needs.set(set).one()?;
            Some(Asked { word, bits, by })
        };
        let asked = found.into_iter().filter_map(one).collect();
        Row { places: places.into(), asked, names: Lacking::of(places, needs) }
    }

    /// Those of them that ask for little that a sentence of these classes lacks.
    #[inline]
    fn open(&self, all: &Halves, lacking: u64) -> u64 {
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
    /// Of these patterns, for the vocabulary's sets of classes.
    pub(super) fn new(patterns: &[Pattern], triggers: [ClassSet; 2], all: &[ClassSet]) -> Triggers {
        let mut by_trigger = vec![Vec::new(); ClassSet::MOST as usize];
        for (pattern, place) in patterns.iter().zip(0u32..) {
            pattern.trigger.bits().for_each(|bit| by_trigger[bit as usize].push(place));
        }
        let mut known = FxHashMap::default();
        let mut place = |set: ClassSet| {
            let next = known.len() as u32;
            *known.entry(set).or_insert(next)
        };
        let places = all.iter().map(|set| triggers.map(|of| place(*set & of))).collect();
        let rows = (0..known.len()).map(|_| OnceLock::new()).collect();
        Triggers { by_trigger, sets: triggers, places, rows }
    }

    /// The triggers of the patterns that don't only go on with what was left open.
    pub(super) fn own(&self) -> &ClassSet {
        &self.sets[0]
    }

    fn made(&self, classes: ClassSet, needs: &AllNeeds) -> Vec<Row> {
        let mut places: Vec<u32> =
            classes.bits().flat_map(|bit| &self.by_trigger[bit as usize]).copied().collect();
        places.sort_unstable();
        places.dedup();
        places.chunks(ROW).map(|places| Row::of(places, needs)).collect()
    }

    fn rows(&self, x: &Extractor, tags: Tags, all: bool) -> Cow<'_, [Row]> {
        let triggers = &self.sets[usize::from(all)];
        let whole = &x.trie.class_sets()[tags.set()];
        let classes = || whole.with_cues(tags.cues()) & *triggers;
        // A stage may have changed a cue that is a trigger, too.
        if (tags.cues() & triggers.cues()) != (whole.cues() & triggers.cues()) {
            return Cow::Owned(self.made(classes(), &x.needs));
        }
        let place = self.places[tags.set()][usize::from(all)];
        Cow::Borrowed(self.rows[place as usize].get_or_init(|| self.made(classes(), &x.needs)))
    }
}

/// The patterns that a word triggers, row by row.
pub(super) struct Triggered<'a> {
    x: &'a Extractor,
    rows: Cow<'a, [Row]>,
    next: usize,
    /// Those of the row before the next that are left to look at.
    open: u64,
    around: &'a Around<'a>,
    at: usize,
}

impl Triggered<'_> {
    /// Turns to the next row that has patterns to look at.
    fn turn(&mut self) -> Option<()> {
        while self.open == 0 {
            let row = self.rows.get(self.next)?;
            self.open = row.open(self.around.halves(), row.names.around(self.around));
            self.next += 1;
        }
        Some(())
    }
}

impl<'a> Iterator for Triggered<'a> {
    type Item = &'a Pattern;

    #[inline]
    fn next(&mut self) -> Option<&'a Pattern> {
        loop {
            if self.open == 0 {
                self.turn()?;
            }
            let (row, n) = (&self.rows[self.next - 1], self.open.trailing_zeros());
            let place = row.places[n as usize] as usize;
            self.open &= self.open - 1;
            if row.names.close >> n & 1 == 0 || self.x.needs.met(place, self.around, self.at) {
                return Some(&self.x.patterns[place]);
            }
        }
    }
}

impl Extractor {
    /// The patterns that a word of these classes triggers at an item and that ask for nothing
    /// that isn't around it, in order; those among them that only go on with what was left
    /// open if `all` are wanted.
    #[inline]
    pub(super) fn triggered<'a>(
        &'a self,
        classes: Tags,
        all: bool,
        around: &'a Around<'a>,
        at: usize,
    ) -> Triggered<'a> {
        let rows = self.by_classes.rows(self, classes, all);
        Triggered { x: self, rows, next: 0, open: 0, around, at }
    }

    /// Whether any pattern that a word of these classes triggers may match in a sentence that
    /// has the classes `all` and at most so many names.
    pub(super) fn may_tell(&self, classes: Tags, all: &ClassSet, names: usize) -> bool {
        let halves = all.halves();
        let may = |row: &Row| {
            let open = row.open(&halves, 0);
            let mut places = row.places.iter().enumerate().filter(|(n, _)| open >> n & 1 != 0);
            places.any(|(_, place)| self.needs.may_be_met(*place as usize, all, names))
        };
        classes & self.triggers != 0 && self.by_classes.rows(self, classes, false).iter().any(may)
    }
}
