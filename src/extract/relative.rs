//! Noun phrases that a relative clause parts from their "itu".

use super::classes::Cue;
use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::parts::is_verb;

/// How many items may stand before "itu".
const CLAUSE: usize = 16;

/// "Perusahaan yang bermarkas di Beta, Gama, itu menggandeng": the place of the "itu" that
/// ends the noun phrase at `n`, where it is its clause's subject.
pub(super) fn relative_end(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> Option<usize> {
    let written = |at: usize| word(text, cut, &all[at]);
    let which = |at: usize| {
        all.get(at).is_some_and(|i| {
            i.kind == Kind::Word && (i.classes & cues.within_noun != 0 || written(at).starts_with("yang"))
        })
    };
    if !which(n + 1) || n > 0 && all[n - 1].mark != b',' {
        return None;
    }
    let inside = |at: &usize| match all[*at].kind {
        Kind::Mark => matches!(all[*at].mark, b',' | b'(' | b')' | b'-'),
        _ => all[*at].classes & (cues.speech | cues.copula) == 0,
    };
    let end = (n + 2..all.len().min(n + CLAUSE))
        .take_while(inside)
        .find(|at| matches!(written(*at), "itu" | "tersebut" | "ini"))?;
    let goes_on: Cue = cues.verb_like | cues.company_verb | cues.adverb | cues.planned | cues.negated;
    let acts = |at: usize| {
        let item = all.get(at).filter(|i| i.kind == Kind::Word);
        item.is_some_and(|i| {
            i.classes & goes_on != 0 || i.classes & cues.not_verb == 0 && is_verb(written(at))
        })
    };
    // "itu mulai menggandeng" as well.
    (acts(end + 1) || acts(end + 2)).then_some(end)
}
