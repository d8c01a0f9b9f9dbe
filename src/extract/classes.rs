//! Classes of words, and sets of them.

use rustc_hash::FxHashMap;
use std::hash::{Hash, Hasher};
use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

/// How many words of bits a set has.
const WORDS: usize = 6;

/// A set as words of half the size: what most patterns ask for is in one of them.
pub(super) type Halves = [u64; 2 * WORDS];

/// A set of word classes, one bit each; those that the stages ask for come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ClassSet([u128; WORDS]);

/// A set of those classes that the stages themselves ask for, so that asking for them is
/// fast, and of what is asked most of the others: a few [`marks`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cue {
    low: u64,
    high: u64,
    marks: u32,
}

/// The classes of a word: the cues, and where the whole set stands in the vocabulary's
/// table. Stages may add and take away cues, and nothing else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tags {
    low: u64,
    high: u64,
    marks: u32,
    set: u32,
}

/// Classes of which a word is to have one: most such sets are of one word of bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    word: usize,
    bits: u128,
    /// The whole set, where it has several words of bits.
    several: Option<Box<ClassSet>>,
}

/// What is told of the classes that are no cues.
pub(super) mod marks {
    use super::Cue;

    const fn mark(marks: u32) -> Cue {
        Cue { low: 0, high: 0, marks }
    }

    /// There is one.
    pub(in super::super) const OTHER: Cue = mark(1);
    /// One of them triggers a pattern that doesn't only go on with what was left open.
    pub(in super::super) const TRIGGER: Cue = mark(2);
    /// One of them triggers any pattern.
    pub(in super::super) const LIVE: Cue = mark(4);
    /// A pattern asks for one.
    pub(in super::super) const ASKED: Cue = mark(8);
    /// One triggers a pattern that goes on with two whom the text has been about.
    pub(in super::super) const OF_PAIR: Cue = mark(16);
    /// One triggers a pattern that asks for no name of the sentence itself.
    pub(in super::super) const NAMELESS: Cue = mark(32);
}

impl ClassSet {
    /// No class.
    pub(super) const NONE: ClassSet = ClassSet([0; WORDS]);
    /// All classes.
    pub(super) const ALL: ClassSet = ClassSet([u128::MAX; WORDS]);
    /// How many classes there can be: the data's own take about three quarters.
    pub(super) const MOST: u32 = WORDS as u32 * u128::BITS;

    fn of(bit: u32) -> ClassSet {
        let mut set = ClassSet::NONE;
        set.0[(bit / u128::BITS) as usize] = 1 << (bit % u128::BITS);
        set
    }

    /// The set as smaller words of bits.
    #[inline]
    pub(super) fn halves(&self) -> Halves {
        let mut halves = [0; 2 * WORDS];
        for (two, word) in halves.chunks_exact_mut(2).zip(&self.0) {
            (two[0], two[1]) = (*word as u64, (word >> u64::BITS) as u64);
        }
        halves
    }

    /// Those that may be cues.
    #[inline]
    pub(super) fn cues(&self) -> Cue {
        Cue { low: self.0[0] as u64, high: (self.0[0] >> u64::BITS) as u64, marks: 0 }
    }

    /// The same with these cues in place of its own.
    #[inline]
    pub(super) fn with_cues(mut self, cues: Cue) -> ClassSet {
        self.0[0] = u128::from(cues.high) << u64::BITS | u128::from(cues.low);
        self
    }

    /// Whether they have any class in common.
    #[inline]
    pub(super) fn meets(&self, other: &ClassSet) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// The bits of its classes.
    pub(super) fn bits(self) -> impl Iterator<Item = u32> {
        let ones = |word: u128| {
            let next = |rest: &u128| Some(rest & (rest - 1)).filter(|rest| *rest != 0);
            std::iter::successors(Some(word).filter(|word| *word != 0), next).map(u128::trailing_zeros)
        };
        let words = self.0.into_iter().zip((0..).step_by(u128::BITS as usize));
        words.flat_map(move |(word, first)| ones(word).map(move |bit| bit + first))
    }

    fn joined(self, other: ClassSet, join: impl Fn(u128, u128) -> u128) -> ClassSet {
        let mut all = self;
        all.0.iter_mut().zip(other.0).for_each(|(word, other)| *word = join(*word, other));
        all
    }
}

impl Hash for ClassSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Most sets have a few bits, which stay apart where each word is turned in its own way.
        let turned = self.0.into_iter().zip([0, 29, 53, 83, 107]);
        state.write_u128(turned.fold(0, |all, (word, by)| all ^ word.rotate_left(by)));
    }
}

impl Wanted {
    pub(super) fn new(set: ClassSet) -> Wanted {
        let mut words = set.0.into_iter().enumerate().filter(|(_, bits)| *bits != 0);
        let (word, bits) = words.next().unwrap_or_default();
        let several = words.next().map(|_| Box::new(set));
        Wanted { word, bits, several }
    }

    pub(super) fn set(&self) -> ClassSet {
        match &self.several {
            Some(set) => **set,
            None => {
                let mut set = ClassSet::NONE;
                set.0[self.word] = self.bits;
                set
            }
        }
    }

    /// Its bits and their place among smaller words, unless it has several.
    pub(super) fn one(&self) -> Option<(usize, u64)> {
        let (low, high) = (self.bits as u64, (self.bits >> u64::BITS) as u64);
        match (low, high) {
            _ if self.several.is_some() => None,
            (0, 0) => None,
            (low, 0) => Some((2 * self.word, low)),
            (0, high) => Some((2 * self.word + 1, high)),
            _ => None,
        }
    }

    /// Whether a set has any of them.
    #[inline]
    pub(super) fn met_by(&self, all: &ClassSet) -> bool {
        match &self.several {
            None => all.0[self.word] & self.bits != 0,
            Some(set) => set.meets(all),
        }
    }

    /// Whether a word has any of them, by the table in which its whole set stands.
    #[inline]
    pub(super) fn met(&self, tags: Tags, sets: &[ClassSet]) -> bool {
        match &self.several {
            None if self.word == 0 => {
                tags.low & self.bits as u64 | tags.high & (self.bits >> u64::BITS) as u64 != 0
            }
            None => tags.marks != 0 && sets[tags.set()].0[self.word] & self.bits != 0,
            Some(set) => sets[tags.set()].with_cues(tags.cues()).meets(set),
        }
    }
}

impl Cue {
    /// No class.
    pub(super) const NONE: Cue = Cue { low: 0, high: 0, marks: 0 };
    /// How many cues there can be.
    pub(super) const MOST: usize = u128::BITS as usize;

    /// The cue of a bit.
    pub(super) const fn of(bit: u32) -> Cue {
        match bit.checked_sub(u64::BITS) {
            None => Cue { low: 1 << bit, high: 0, marks: 0 },
            Some(bit) => Cue { low: 0, high: 1 << bit, marks: 0 },
        }
    }
}

impl Tags {
    /// No class.
    pub(super) const NONE: Tags = Tags { low: 0, high: 0, marks: 0, set: 0 };

    /// The tags of a set that stands at a place of the table.
    pub(super) fn new(cues: Cue, set: u32) -> Tags {
        Tags { low: cues.low, high: cues.high, marks: cues.marks, set }
    }

    /// The cues, with what is told of the other classes.
    #[inline(always)]
    pub(super) fn cues(self) -> Cue {
        Cue { low: self.low, high: self.high, marks: self.marks }
    }

    /// Where the whole set stands, but for the cues.
    #[inline(always)]
    pub(super) fn set(self) -> usize {
        self.set as usize
    }

    /// The same but for these cues.
    #[inline(always)]
    pub(super) fn without(self, cue: Cue) -> Tags {
        Tags { low: self.low & !cue.low, high: self.high & !cue.high, ..self }
    }
}

impl BitAnd for ClassSet {
    type Output = ClassSet;
    fn bitand(self, other: ClassSet) -> ClassSet {
        self.joined(other, |a, b| a & b)
    }
}

impl BitOr for ClassSet {
    type Output = ClassSet;
    fn bitor(self, other: ClassSet) -> ClassSet {
        self.joined(other, |a, b| a | b)
    }
}

impl BitOrAssign for ClassSet {
    fn bitor_assign(&mut self, other: ClassSet) {
        *self = *self | other;
    }
}

/// All classes but these.
impl Not for ClassSet {
    type Output = ClassSet;
    fn not(self) -> ClassSet {
        ClassSet(self.0.map(|word| !word))
    }
}

/// `set & cue != 0` reads as it does of any number.
impl PartialEq<u128> for ClassSet {
    #[inline]
    fn eq(&self, number: &u128) -> bool {
        let [first, rest @ ..] = self.0;
        (first ^ number) | rest.iter().fold(0, |all, word| all | word) == 0
    }
}

impl BitAnd for Cue {
    type Output = Cue;
    #[inline(always)]
    fn bitand(self, other: Cue) -> Cue {
        Cue { low: self.low & other.low, high: self.high & other.high, marks: self.marks & other.marks }
    }
}

impl BitAnd<Cue> for Tags {
    type Output = Cue;
    #[inline(always)]
    fn bitand(self, cue: Cue) -> Cue {
        self.cues() & cue
    }
}

impl BitAnd<Cue> for &Tags {
    type Output = Cue;
    #[inline(always)]
    fn bitand(self, cue: Cue) -> Cue {
        self.cues() & cue
    }
}

impl BitOr for Cue {
    type Output = Cue;
    #[inline(always)]
    fn bitor(self, other: Cue) -> Cue {
        Cue { low: self.low | other.low, high: self.high | other.high, marks: self.marks | other.marks }
    }
}

impl BitOr<Tags> for Cue {
    type Output = Cue;
    #[inline(always)]
    fn bitor(self, tags: Tags) -> Cue {
        self | tags.cues()
    }
}

impl BitOrAssign for Cue {
    #[inline(always)]
    fn bitor_assign(&mut self, other: Cue) {
        *self = *self | other;
    }
}

impl BitOrAssign<Cue> for Tags {
    #[inline(always)]
    fn bitor_assign(&mut self, cue: Cue) {
        (self.low, self.high) = (self.low | cue.low, self.high | cue.high);
    }
}

/// All classes but these.
impl Not for Cue {
    type Output = Cue;
    #[inline(always)]
    fn not(self) -> Cue {
        Cue { low: !self.low, high: !self.high, marks: !self.marks }
    }
}

impl PartialEq<u128> for Cue {
    #[inline(always)]
    fn eq(&self, number: &u128) -> bool {
        (self.low ^ *number as u64) | (self.high ^ (number >> u64::BITS) as u64) | u64::from(self.marks) == 0
    }
}

impl PartialEq<u128> for Tags {
    #[inline(always)]
    fn eq(&self, number: &u128) -> bool {
        self.cues() == *number
    }
}

/// The classes by name.
#[derive(Debug, Default)]
pub(super) struct Classes {
    bits: FxHashMap<Box<str>, u32>,
}

impl Classes {
    /// The bit of a class, new or known; none once all bits are taken.
    pub(super) fn add(&mut self, name: &str) -> Option<ClassSet> {
        if let Some(bit) = self.bits.get(name) {
            return Some(ClassSet::of(*bit));
        }
        let bit = self.bits.len() as u32;
        (bit < ClassSet::MOST).then(|| {
            self.bits.insert(name.into(), bit);
            ClassSet::of(bit)
        })
    }

    /// The names, by bit.
    pub(super) fn names(&self) -> Vec<Box<str>> {
        let mut all: Vec<(u32, Box<str>)> =
            self.bits.iter().map(|(name, bit)| (*bit, name.clone())).collect();
        all.sort_unstable();
        all.into_iter().map(|(_, name)| name).collect()
    }

    /// The bit of a class; no bits if there is none of that name.
    pub(super) fn get(&self, name: &str) -> ClassSet {
        self.bits.get(name).map_or(ClassSet::NONE, |bit| ClassSet::of(*bit))
    }
}
