//! Typing errors of one letter in trigger words.
//!
//! Only long words are forgiven, only where the text has a word that no data
//! knows, and only errors as fingers make them: two letters exchanged, one
//! left out, one doubled, or the key beside the right one; never in the first
//! two letters or the last, where prefixes and suffixes tell words apart. Real
//! words that look like such an error stand in `triggers.ron`, as `real_words`.

use rustc_hash::FxHashMap;

/// The fewest letters of a trigger word that is forgiven an error.
const SHORTEST: usize = 7;
/// The most.
const LONGEST: usize = 24;
/// How many bits of digests the filter has, as a power of two.
const FILTER: u32 = 16;

/// Trigger words by what is left of them without one letter.
#[derive(Debug, Default)]
pub(super) struct Typos {
    /// Whether any trigger has this digest.
    filter: Vec<u64>,
    by_digest: FxHashMap<u64, Vec<u32>>,
    words: Vec<(Box<str>, u32)>,
    /// By their first two letters and the last, how long words are that may be
    /// meant as triggers, a bit each; different letters may share a place.
    lengths: Vec<u32>,
}

/// How many places `lengths` has.
const PLACES: usize = 4096;

/// The place of a word's first two letters and its last.
fn outline(word: &[u8]) -> usize {
    match word {
        [a, b, .., c] => (usize::from(*a) + usize::from(*b) * 23 + usize::from(*c) * 337) % PLACES,
        _ => 0,
    }
}

impl Typos {
    /// For words with their numbers; short ones are left out.
    pub(super) fn new<'a>(words: impl Iterator<Item = (&'a str, u32)>) -> Typos {
        let mut typos =
            Typos { filter: vec![0; 1 << (FILTER - 6)], lengths: vec![0; PLACES], ..Typos::default() };
        let fits = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase());
        for (word, number) in words.filter(|(w, _)| (SHORTEST..=LONGEST).contains(&w.len()) && fits(w)) {
            let place = typos.words.len() as u32;
            typos.words.push((word.into(), number));
            typos.lengths[outline(word.as_bytes())] |= 0b111 << (word.len() - 1);
            digests(word.as_bytes(), |digest| {
                let bit = digest >> (64 - FILTER);
                typos.filter[(bit >> 6) as usize] |= 1 << (bit & 63);
                typos.by_digest.entry(digest).or_default().push(place);
                true
            });
        }
        typos
    }

    /// The number of the trigger that a word in small letters was meant to be;
    /// 0 for none, and where two would do.
    pub(super) fn meant(&self, word: &str) -> u32 {
        if !(SHORTEST - 1..=LONGEST + 1).contains(&word.len()) || self.words.is_empty() {
            return 0;
        }
        if self.lengths[outline(word.as_bytes())] >> word.len() & 1 == 0 {
            return 0;
        }
        let mut meant = 0;
        digests(word.as_bytes(), |digest| {
            let bit = digest >> (64 - FILTER);
            if self.filter[(bit >> 6) as usize] >> (bit & 63) & 1 == 0 {
                return true;
            }
            for place in self.by_digest.get(&digest).into_iter().flatten() {
                let (trigger, number) = &self.words[*place as usize];
                if *number != meant && is_slip(word.as_bytes(), trigger.as_bytes()) {
                    let first = meant == 0;
                    meant = if first { *number } else { 0 };
                    if !first {
                        return false;
                    }
                }
            }
            true
        });
        meant
    }
}

/// Gives the digest of a word, and of the word without each of its letters,
/// until told to stop.
fn digests(word: &[u8], mut give: impl FnMut(u64) -> bool) {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut suffixes = [0u64; LONGEST + 2];
    let mut powers = [1u64; LONGEST + 2];
    for n in 0..word.len() {
        powers[n + 1] = powers[n].wrapping_mul(BASE);
    }
    // A suffix's digest: its letters as digits, the first one highest.
    for n in (0..word.len()).rev() {
        let digit = u64::from(word[n]).wrapping_mul(powers[word.len() - 1 - n]);
        suffixes[n] = suffixes[n + 1].wrapping_add(digit);
    }
    // The top bits are taken, so they must depend on all digits.
    let mix = |digest: u64| (digest ^ digest >> 32).wrapping_mul(BASE);
    if !give(mix(suffixes[0])) {
        return;
    }
    let mut prefix = 0u64;
    for n in 0..word.len() {
        let rest = powers[word.len() - 1 - n];
        if !give(mix(prefix.wrapping_mul(rest).wrapping_add(suffixes[n + 1]))) {
            return;
        }
        prefix = prefix.wrapping_mul(BASE).wrapping_add(u64::from(word[n]));
    }
}

/// Whether `word` is `trigger` with one slip of the fingers.
fn is_slip(word: &[u8], trigger: &[u8]) -> bool {
    let (n, m) = (word.len(), trigger.len());
    if word[..2] != trigger[..2] || word[n - 1] != trigger[m - 1] {
        return false;
    }
    let same = word.iter().zip(trigger).take_while(|(a, b)| a == b).count();
    match n.cmp(&m) {
        std::cmp::Ordering::Less => word[same..] == trigger[same + 1..],
        std::cmp::Ordering::Greater => {
            // The letter too many is the same as the one before, or lies beside a neighbour.
            let extra = word[same];
            let beside = [word[same - 1], trigger[same.min(m - 1)]];
            word[same + 1..] == trigger[same..] && beside.iter().any(|b| *b == extra || adjacent(*b, extra))
        }
        std::cmp::Ordering::Equal if same + 1 < n => {
            let exchanged = word[same] == trigger[same + 1] && word[same + 1] == trigger[same];
            let rest = |from: usize| word[from..] == trigger[from..];
            exchanged && rest(same + 2) || adjacent(word[same], trigger[same]) && rest(same + 1)
        }
        std::cmp::Ordering::Equal => false,
    }
}

/// Whether two keys touch on the usual keyboard.
fn adjacent(a: u8, b: u8) -> bool {
    const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    let place = |key: u8| {
        ROWS.iter().enumerate().find_map(|(r, row)| row.iter().position(|k| *k == key).map(|n| (r, n)))
    };
    match (place(a), place(b)) {
        // A row is shifted to the right by half a key against the row above.
        (Some((r, n)), Some((s, m))) => match s as isize - r as isize {
            0 => n.abs_diff(m) == 1,
            1 => m == n || m + 1 == n,
            -1 => n == m || n + 1 == m,
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: &[&str] =
        &["menggandeng", "berkolaborasi", "bersaing", "memblokir", "larangan", "saing", "sekutunya"];

    fn typos() -> Typos {
        Typos::new(WORDS.iter().copied().zip(1..))
    }

    fn meant(word: &str) -> Option<&'static str> {
        (typos().meant(word) as usize).checked_sub(1).map(|n| WORDS[n])
    }

    #[test]
    fn slips_of_the_fingers_are_forgiven() {
        for (word, want) in [
            ("mengandeng", "menggandeng"),
            ("mengggandeng", "menggandeng"),
            ("menggadneng", "menggandeng"),
            ("menggandemg", "menggandeng"),
            ("berkolabroasi", "berkolaborasi"),
            ("bersaig", "bersaing"),
            ("memlbokir", "memblokir"),
        ] {
            assert_eq!(meant(word), Some(want), "{word}");
        }
    }

    #[test]
    fn other_words_are_left_alone() {
        let others = [
            "menggandeng",
            "karangan",
            "larang",
            "bersain",
            "menggendong",
            "bersanding",
            "siang",
            "memblokade",
            "barangan",
            "memblokirx",
            "mblokir",
            "menggandung",
            "",
        ];
        for word in others {
            assert_eq!(meant(word), None, "{word}");
        }
    }

    proptest! {
        #[test]
        fn the_filter_loses_no_slip(word in "[a-z]{5,27}", n in 0..WORDS.len(), at in 0..14usize, put in "[a-z]{0,2}") {
            let typos = typos();
            let mut edited = WORDS[n].to_string();
            let at = at.min(edited.len() - 1);
            edited.replace_range(at..=at, &put);
            for word in [word, edited] {
                let slips: Vec<u32> = typos.words.iter()
                    .filter(|(trigger, _)| word.len().abs_diff(trigger.len()) <= 1 && word.len() > 2)
                    .filter(|(trigger, _)| **trigger != *word && is_slip(word.as_bytes(), trigger.as_bytes()))
                    .map(|(_, number)| *number).collect();
                let found = typos.meant(&word);
                prop_assert_eq!(found, if slips.len() == 1 { slips[0] } else { 0 }, "{}", word);
            }
        }
    }
}
