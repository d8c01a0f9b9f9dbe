//! Which patterns a word may trigger.

use super::classes::{ClassSet, Halves, Tags};
use super::needs::{AllNeeds, Lacking};
use super::pattern::Pattern;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::OnceLock;

/// How many patterns a row has at most: a bit each.
const ROW: usize = u64::BITS as usize;

/// Patterns that the same classes trigger, in order.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The places of the patterns.
    pub places: Vec<u32>,
    /// What is asked for, and which of them ask for it, anywhere in the sentence.
    asked: Vec<Asked>,
    /// The names that are asked for.
    pub names: Lacking,
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
    pub(super) fn open(&self, all: &Halves, lacking: u64) -> u64 {
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

    /// The rows of what a word triggers, whose sets of classes stand in this table; of all
    /// patterns, or but those that don't only go on with what was left open.
    pub(super) fn rows(&self, sets: &[ClassSet], needs: &AllNeeds, tags: Tags, all: bool) -> Cow<'_, [Row]> {
        let triggers = &self.sets[usize::from(all)];
        let whole = &sets[tags.set()];
        let classes = || whole.with_cues(tags.cues()) & *triggers;
        // A stage may have changed a cue that is a trigger, too.
        if (tags.cues() & triggers.cues()) != (whole.cues() & triggers.cues()) {
            return Cow::Owned(self.made(classes(), needs));
        }
        let place = self.places[tags.set()][usize::from(all)];
        Cow::Borrowed(self.rows[place as usize].get_or_init(|| self.made(classes(), needs)))
    }
}
