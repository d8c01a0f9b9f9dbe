//! Bodies that are counted and not named: "tiga kampus", "kedua penyedia itu".

use super::classes::Cue;
use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::token::Shape;

/// The number that a phrase begins with, from two on: "dua", "ketiga".
pub(super) fn count_of(phrase: &str) -> Option<usize> {
    let first = phrase.split(' ').next()?;
    let ke = first.get(..2).is_some_and(|ke| ke.eq_ignore_ascii_case("ke"));
    let bare = if ke && !first[2..].starts_with('-') { &first[2..] } else { first };
    let end = bare.len().saturating_sub(3);
    let nya = bare.get(end..).is_some_and(|nya| nya.eq_ignore_ascii_case("nya"));
    let bare = if nya { &bare[..end] } else { bare };
    COUNTS.iter().position(|w| w.eq_ignore_ascii_case(bare)).map(|n| n + 2)
}

/// "ketiga", "kelima": all of those told of.
fn is_ordinal(written: &str) -> bool {
    written.get(..2).is_some_and(|ke| ke.eq_ignore_ascii_case("ke"))
}

/// The numerals from two on.
const COUNTS: [&str; 9] = ["dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"];
/// How many may be counted whom another sentence names.
const MOST: usize = 20;

/// Whether a sentence has a noun for bodies that may be counted.
pub(super) fn may_count(seen: Cue, cues: &Cues) -> bool {
    seen & (cues.peer_noun | cues.bearer_noun | cues.company_word) != 0
}

/// "Tiga kampus", "5 klub": how many, and the noun's place.
#[inline]
pub(super) fn counted(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> Option<(usize, usize)> {
    let item = &all[n];
    let figure = cut.tokens[item.from].shape == Shape::Number && item.kind == Kind::Word;
    if figure || item.classes & cues.count != 0 {
        noun_counted(text, cut, all, n, figure, cues)
    } else {
        None
    }
}

/// The same, where item `n` is a number, as a figure or a word.
fn noun_counted(
    text: &str,
    cut: &Cut,
    all: &[Item],
    n: usize,
    figure: bool,
    cues: &Cues,
) -> Option<(usize, usize)> {
    // "lebih dari dua negara": any that are so many.
    let before = n.checked_sub(1).map_or("", |b| word(text, cut, &all[b]));
    let more = before.ends_with("lebih dari")
        || before == "dari" && n > 1 && word(text, cut, &all[n - 2]) == "lebih";
    if more {
        return None;
    }
    let nouns = cues.peer_noun | cues.bearer_noun | cues.company_word;
    let item = &all[n];
    all.get(n + 1).filter(|i| i.kind == Kind::Word && i.classes & nouns != 0)?;
    let written = word(text, cut, item);
    let count = if figure { written.parse().ok() } else { count_of(written) };
    count.filter(|k| (2..=MOST).contains(k)).map(|k| (k, n + 1))
}

/// "tiga penyedia dompet itu", "ketiga bank": whether those counted at item `n` were told of
/// before.
pub(super) fn is_told(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
    let ends = cues.with | cues.verb_like | cues.clause | cues.company_verb;
    let plain = |i: &&Item| i.kind == Kind::Word && i.classes & ends == 0;
    let mut phrase = all.iter().skip(n + 2).take(4).take_while(plain);
    is_ordinal(word(text, cut, &all[n])) || phrase.any(|i| i.classes & cues.that != 0)
}

/// "Kedua penyedia dompet itu": the noun's place.
pub(super) fn two_of_kind(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> Option<usize> {
    let nouns = cues.peer_noun | cues.bearer_noun | cues.company_word;
    let plain =
        |i: &Item| i.kind == Kind::Word && i.classes & (cues.with | cues.verb_like | cues.clause) == 0;
    let kedua = all[n].kind == Kind::Word && word(text, cut, &all[n]).eq_ignore_ascii_case("kedua");
    let noun = all.get(n + 1).filter(|i| kedua && i.kind == Kind::Word && i.classes & nouns != 0);
    noun?;
    let behind = all[n + 2..].iter().take(3);
    let end = behind.take_while(|i| plain(i)).find(|i| i.classes & cues.that != 0);
    end.map(|_| n + 1)
}
