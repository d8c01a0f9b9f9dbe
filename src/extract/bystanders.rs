//! Who is named beside the point: a text does not go on to be about them.

use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::parts::acts;
use super::token::Shape;

/// Who speaks of other firms.
const ANALYSTS: [&str; 6] = ["analis", "ekonom", "pengamat", "peneliti", "periset", "konsultan"];

/// "dikuasai Alfa", "menurut analis Alfa": who did something, or whose people say something, of
/// another.
pub(super) fn is_bystander(text: &str, cut: &Cut, items: &[Item], n: usize, cues: &Cues) -> bool {
    let Some(before) = n.checked_sub(1).map(|b| &items[b]).filter(|b| b.kind == Kind::Word) else {
        return false;
    };
    let written = word(text, cut, before);
    // "Kasus serupa menimpa Alfa" as well, but not "mengatakan Alfa naik", "membuat Alfa bicara".
    let says = cues.speech | cues.reporting | cues.copula;
    let helps = cues.adverb | cues.verb_like | cues.company_verb | cues.planned | cues.negated;
    let goes_on = |i: &Item| i.kind == Kind::Word && (i.classes & helps != 0 || acts(text, cut, i, cues));
    let done =
        acts(text, cut, before, cues) && before.classes & says == 0 && !items.get(n + 1).is_some_and(goes_on);
    // "dijual di toko Alfa".
    let titles = cues.person_title | cues.company_title;
    let part = cues.oblique | cues.with | cues.like | cues.place_prep;
    let led = n > 1 && items[n - 2].classes & part != 0 && items[n - 2].classes & cues.source == 0;
    // "dihadiri perwakilan Alfa".
    let by = || {
        let verb = &items[n - 2];
        word(text, cut, verb).starts_with("di") && acts(text, cut, verb, cues)
    };
    done || led && n > 2 && before.classes & titles == 0
        || n > 1 && by() && !items.get(n + 1).is_some_and(goes_on)
        || ANALYSTS.iter().any(|w| written.eq_ignore_ascii_case(w))
}

/// "Saham Alfa", "pinjaman Alfa": something of Alfa's, by a common noun.
pub(super) fn is_possessor(text: &str, cut: &Cut, items: &[Item], n: usize, cues: &Cues) -> bool {
    let plain = cues.common | cues.company_object;
    n.checked_sub(1).map(|b| &items[b]).is_some_and(|b| {
        b.kind == Kind::Word
            && b.classes & !plain == 0
            && (b.from == 0 && b.classes != 0 || cut.tokens[b.from].shape == Shape::Lower)
            && !acts(text, cut, b, cues)
    })
}
