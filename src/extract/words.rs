//! Classes of words, and the forms of Indonesian roots.

use rustc_hash::FxHashMap;
use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

/// How many words of bits a set has: the data's own classes take about half.
const WORDS: usize = 4;

/// A set of word classes, one bit each: a number of 256 bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ClassSet([u64; WORDS]);

impl ClassSet {
    /// No class.
    pub(super) const NONE: ClassSet = ClassSet([0; WORDS]);
    /// How many classes there can be.
    pub(super) const MOST: usize = 64 * WORDS;

    fn of(bit: usize) -> ClassSet {
        let mut set = ClassSet::NONE;
        set.0[bit / 64] = 1 << (bit % 64);
        set
    }

    /// Whether it has the class of this bit.
    pub(super) fn has(self, bit: usize) -> bool {
        self & ClassSet::of(bit) != 0
    }
}

impl BitAnd for ClassSet {
    type Output = ClassSet;
    #[inline(always)]
    fn bitand(self, other: ClassSet) -> ClassSet {
        ClassSet(std::array::from_fn(|n| self.0[n] & other.0[n]))
    }
}

impl BitAnd<ClassSet> for &ClassSet {
    type Output = ClassSet;
    #[inline(always)]
    fn bitand(self, other: ClassSet) -> ClassSet {
        *self & other
    }
}

impl BitOr for ClassSet {
    type Output = ClassSet;
    #[inline(always)]
    fn bitor(self, other: ClassSet) -> ClassSet {
        ClassSet(std::array::from_fn(|n| self.0[n] | other.0[n]))
    }
}

impl BitOrAssign for ClassSet {
    #[inline(always)]
    fn bitor_assign(&mut self, other: ClassSet) {
        *self = *self | other;
    }
}

impl Not for ClassSet {
    type Output = ClassSet;
    #[inline(always)]
    fn not(self) -> ClassSet {
        ClassSet(self.0.map(|word| !word))
    }
}

/// `set & cue != 0` reads as it does of any number.
impl PartialEq<u32> for ClassSet {
    #[inline(always)]
    fn eq(&self, number: &u32) -> bool {
        (self.0[0] ^ u64::from(*number)) | self.0[1..].iter().fold(0, |all, word| all | word) == 0
    }
}

/// The classes by name.
#[derive(Debug, Default)]
pub(super) struct Classes {
    bits: FxHashMap<Box<str>, usize>,
}

impl Classes {
    /// The bit of a class, new or known; none once all bits are taken.
    pub(super) fn add(&mut self, name: &str) -> Option<ClassSet> {
        if let Some(bit) = self.bits.get(name) {
            return Some(ClassSet::of(*bit));
        }
        let bit = self.bits.len();
        (bit < ClassSet::MOST).then(|| {
            self.bits.insert(name.into(), bit);
            ClassSet::of(bit)
        })
    }

    /// The names, by bit.
    pub(super) fn names(&self) -> Vec<Box<str>> {
        let mut all: Vec<(usize, Box<str>)> =
            self.bits.iter().map(|(name, bit)| (*bit, name.clone())).collect();
        all.sort_unstable();
        all.into_iter().map(|(_, name)| name).collect()
    }

    /// The bit of a class; no bits if there is none of that name.
    pub(super) fn get(&self, name: &str) -> ClassSet {
        self.bits.get(name).map_or(ClassSet::NONE, |bit| ClassSet::of(*bit))
    }
}

/// A root in one form: `meN-kan` on `kerja` is `mengerjakan`, `ber-` on
/// `saing` is `bersaing`, `-` is the root alone. `None` for a form that isn't
/// known.
pub(super) fn inflect(root: &str, form: &str) -> Option<String> {
    let (prefix, suffix) = form.split_once('-')?;
    let suffix_ok = matches!(suffix, "" | "kan" | "i" | "an" | "nya" | "annya");
    let stem = match prefix {
        "" => root.to_string(),
        "meN" => nasal(root, "me"),
        "peN" => nasal(root, "pe"),
        "ber" if root.starts_with('r') => format!("be{root}"),
        "ter" if root.starts_with('r') => format!("te{root}"),
        "per" if root.starts_with('r') => format!("pe{root}"),
        "ber" | "di" | "ter" | "per" | "ke" | "se" | "pe" | "diper" | "memper" => format!("{prefix}{root}"),
        _ => return None,
    };
    suffix_ok.then(|| format!("{stem}{suffix}"))
}

/// The prefix `meN-` or `peN-` before a root, by its first sound.
fn nasal(root: &str, prefix: &str) -> String {
    let rest = |n: usize| &root[n..];
    let first = root.chars().next().unwrap_or(' ');
    let second_vowel = root.chars().nth(1).is_some_and(|c| "aiueo".contains(c));
    match first {
        'p' if second_vowel => format!("{prefix}m{}", rest(1)),
        't' if second_vowel => format!("{prefix}n{}", rest(1)),
        's' if second_vowel => format!("{prefix}ny{}", rest(1)),
        'k' if second_vowel => format!("{prefix}ng{}", rest(1)),
        'b' | 'f' | 'v' | 'p' => format!("{prefix}m{root}"),
        'd' | 'j' | 'c' | 'z' | 't' | 's' => format!("{prefix}n{root}"),
        'g' | 'h' | 'k' | 'a' | 'i' | 'u' | 'e' | 'o' => format!("{prefix}ng{root}"),
        _ => format!("{prefix}{root}"),
    }
}

#[cfg(test)]
mod tests {
    use super::inflect;

    #[test]
    fn roots_take_the_nasal_of_their_first_sound() {
        let forms = [
            ("gandeng", "meN-", "menggandeng"),
            ("saing", "meN-i", "menyaingi"),
            ("saing", "ber-", "bersaing"),
            ("tantang", "peN-", "penantang"),
            ("blokir", "peN-an", "pemblokiran"),
            ("kecam", "di-", "dikecam"),
            ("rangkul", "meN-", "merangkul"),
            ("rival", "be-", ""),
            ("sanksi", "meN-", "menyanksi"),
            ("larang", "-an", "larangan"),
        ];
        for (root, form, want) in forms {
            assert_eq!(inflect(root, form).unwrap_or_default(), want);
        }
    }
}
