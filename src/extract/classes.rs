//! Classes of words, and sets of them.

use rustc_hash::FxHashMap;
use std::hash::{Hash, Hasher};
use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

/// A set of word classes, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ClassSet {
    cues: Cue,
    others: u128,
    more: u128,
    rest: u128,
    last: u128,
}

/// A set of those classes that the stages themselves ask for. They have the
/// first bits, so that asking for them is fast.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Cue(u128);

impl ClassSet {
    /// No class.
    pub(super) const NONE: ClassSet = ClassSet { cues: Cue(0), others: 0, more: 0, rest: 0, last: 0 };
    /// How many classes there can be: the data's own take about three quarters.
    pub(super) const MOST: u32 = 5 * u128::BITS;

    fn of(bit: u32) -> ClassSet {
        let (word, one) = (bit / u128::BITS, 1 << (bit % u128::BITS));
        match word {
            0 => ClassSet { cues: Cue(one), ..ClassSet::NONE },
            1 => ClassSet { others: one, ..ClassSet::NONE },
            2 => ClassSet { more: one, ..ClassSet::NONE },
            3 => ClassSet { rest: one, ..ClassSet::NONE },
            _ => ClassSet { last: one, ..ClassSet::NONE },
        }
    }

    /// The set as words of bits.
    #[inline]
    pub(super) fn words(self) -> [u128; 5] {
        [self.cues.0, self.others, self.more, self.rest, self.last]
    }

    /// Those that may be cues.
    pub(super) fn cues(self) -> Cue {
        self.cues
    }

    /// The bits of its classes.
    pub(super) fn bits(self) -> impl Iterator<Item = u32> {
        let ones = |word: u128| {
            let next = |rest: &u128| Some(rest & (rest - 1)).filter(|rest| *rest != 0);
            std::iter::successors(Some(word).filter(|word| *word != 0), next).map(u128::trailing_zeros)
        };
        let words = self.words().into_iter().zip((0..).step_by(u128::BITS as usize));
        words.flat_map(move |(word, first)| ones(word).map(move |bit| bit + first))
    }
}

impl Hash for ClassSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Most sets have a few bits, which stay apart where each word is turned in its own way.
        let turned = self.words().into_iter().zip([0, 29, 53, 83, 107]);
        state.write_u128(turned.fold(0, |all, (word, by)| all ^ word.rotate_left(by)));
    }
}

impl Cue {
    /// How many cues there can be.
    pub(super) const MOST: usize = u128::BITS as usize;

    /// The cue of a bit.
    pub(super) const fn of(bit: u32) -> Cue {
        Cue(1 << bit)
    }
}

impl BitAnd for ClassSet {
    type Output = ClassSet;
    #[inline(always)]
    fn bitand(self, other: ClassSet) -> ClassSet {
        ClassSet {
            cues: self.cues & other.cues,
            others: self.others & other.others,
            more: self.more & other.more,
            rest: self.rest & other.rest,
            last: self.last & other.last,
        }
    }
}

impl BitAnd<Cue> for ClassSet {
    type Output = Cue;
    #[inline(always)]
    fn bitand(self, cue: Cue) -> Cue {
        self.cues & cue
    }
}

impl BitAnd<Cue> for &ClassSet {
    type Output = Cue;
    #[inline(always)]
    fn bitand(self, cue: Cue) -> Cue {
        self.cues & cue
    }
}

impl BitAnd for Cue {
    type Output = Cue;
    #[inline(always)]
    fn bitand(self, other: Cue) -> Cue {
        Cue(self.0 & other.0)
    }
}

impl BitAnd<ClassSet> for Cue {
    type Output = Cue;
    #[inline(always)]
    fn bitand(self, set: ClassSet) -> Cue {
        self & set.cues
    }
}

impl BitOr for ClassSet {
    type Output = ClassSet;
    #[inline(always)]
    fn bitor(self, other: ClassSet) -> ClassSet {
        ClassSet {
            cues: self.cues | other.cues,
            others: self.others | other.others,
            more: self.more | other.more,
            rest: self.rest | other.rest,
            last: self.last | other.last,
        }
    }
}

impl BitOr for Cue {
    type Output = Cue;
    #[inline(always)]
    fn bitor(self, other: Cue) -> Cue {
        Cue(self.0 | other.0)
    }
}

impl BitOrAssign for ClassSet {
    #[inline(always)]
    fn bitor_assign(&mut self, other: ClassSet) {
        *self = *self | other;
    }
}

impl BitOrAssign<Cue> for ClassSet {
    #[inline(always)]
    fn bitor_assign(&mut self, cue: Cue) {
        self.cues = self.cues | cue;
    }
}

/// All classes but these.
impl Not for Cue {
    type Output = ClassSet;
    #[inline(always)]
    fn not(self) -> ClassSet {
        ClassSet { cues: Cue(!self.0), others: !0, more: !0, rest: !0, last: !0 }
    }
}

/// `set & cue != 0` reads as it does of any number.
impl PartialEq<u128> for ClassSet {
    #[inline(always)]
    fn eq(&self, number: &u128) -> bool {
        (self.cues.0 ^ number) | self.others | self.more | self.rest | self.last == 0
    }
}

impl PartialEq<u128> for Cue {
    #[inline(always)]
    fn eq(&self, number: &u128) -> bool {
        self.0 == *number
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

/// All classes but these.
impl Not for ClassSet {
    type Output = ClassSet;
    #[inline(always)]
    fn not(self) -> ClassSet {
        ClassSet {
            cues: Cue(!self.cues.0),
            others: !self.others,
            more: !self.more,
            rest: !self.rest,
            last: !self.last,
        }
    }
}
