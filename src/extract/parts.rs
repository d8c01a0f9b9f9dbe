//! What each item of a sentence is to its clause: a shallow view, enough to find
//! subjects and objects.

use super::classes::Cue;
use super::cues::Cues;
use super::cut::Cut;
use super::items::{Item, Kind};
use super::token::{Shape, lower};

/// An item's part in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Entities.
    Name,
    /// A verb, by its prefix or as the data has it.
    Verb,
    /// A preposition.
    Prep,
    /// "yang".
    Which,
    /// A word that opens a clause with a subject of its own.
    Clause,
    /// A word that opens a clause of the same subject, such as "setelah".
    Same,
    /// "dan" and the like.
    And,
    /// "seperti", "yakni": what follows names what stands before.
    Like,
    /// A comma or a dash between words.
    Comma,
    /// A mark that ends what goes before: ";" or ":".
    Stop,
    /// Marks that don't matter.
    Mark,
    /// A date.
    Date,
    /// Any other word.
    Word,
}

/// The parts of a sentence's items.
pub(super) fn parts(text: &str, cut: &Cut, items: &[Item], cues: &Cues) -> Vec<Part> {
    let mut buffer = String::new();
    let mut all: Vec<Part> = items.iter().map(|item| part(text, cut, item, cues, &mut buffer)).collect();
    // What only looks like a verb after a preposition of place is a noun.
    for n in 1..all.len() {
        let place = items[n - 1].classes & cues.place_prep != 0;
        if all[n] == Part::Verb && place {
            all[n] = Part::Word;
        }
    }
    all
}

fn part(text: &str, cut: &Cut, item: &Item, cues: &Cues, buffer: &mut String) -> Part {
    let first = cut.tokens[item.from];
    let c = item.classes;
    match item.kind {
        Kind::Group => return Part::Name,
        Kind::Date(..) => return Part::Date,
        Kind::Mark => {
            return match item.mark {
                b',' => Part::Comma,
                b';' | b':' | b'?' | b'!' => Part::Stop,
                b'-' if !first.glued => Part::Comma,
                0 if matches!(first.text(text), "–" | "—") => Part::Comma,
                _ => Part::Mark,
            };
        }
        Kind::Word => {}
    }
    let written = &text.as_bytes()[first.start as usize..first.end as usize];
    let is = |word: &[u8; 4]| written.len() == word.len() && written.eq_ignore_ascii_case(word);
    // As most words: no class tells more, and it isn't "yang" or "oleh".
    let plain = c & telling(cues) == 0 && written.len() != 4;
    match () {
        () if plain && first.shape == Shape::Lower && first.ascii => word_part(written),
        () if is(b"yang") => Part::Which,
        () if c & cues.same_subject != 0 => Part::Same,
        () if c & cues.clause != 0 => Part::Clause,
        () if c & cues.and != 0 => Part::And,
        () if c & cues.like != 0 => Part::Like,
        () if c & (cues.oblique | cues.with | cues.place_prep | cues.upon) != 0 || is(b"oleh") => Part::Prep,
        () if c & (cues.verb_like | cues.company_verb) & !cues.adverb != 0 => Part::Verb,
        () if c & cues.not_verb != 0 => Part::Word,
        () if first.shape == Shape::Lower && first.ascii => word_part(written),
        // A verb that opens a sentence has a capital.
        () if first.shape == Shape::Lower || cut.headline || item.from == 0 => {
            word_part(lower(first.text(text), buffer).as_bytes())
        }
        () => Part::Word,
    }
}

/// The classes that tell a word's part.
#[inline(always)]
fn telling(cues: &Cues) -> Cue {
    let preps = cues.oblique | cues.with | cues.place_prep | cues.upon;
    let verbs = cues.verb_like | cues.company_verb | cues.not_verb;
    cues.same_subject | cues.clause | cues.and | cues.like | preps | verbs
}

#[inline]
fn word_part(word: &[u8]) -> Part {
    if has_prefix(word) { Part::Verb } else { Part::Word }
}

/// Whether an item is written as a verb, in small letters.
pub(super) fn acts(text: &str, cut: &Cut, item: &Item, cues: &Cues) -> bool {
    let first = cut.tokens[item.from];
    first.shape == Shape::Lower && item.classes & cues.not_verb == 0 && is_verb(first.text(text))
}

/// Whether a word has a verb's prefix: "me-", "ber-", "di-" or "ter-" before
/// what can begin a root.
pub(super) fn is_verb(word: &str) -> bool {
    has_prefix(word.as_bytes())
}

#[inline]
fn has_prefix(word: &[u8]) -> bool {
    // "-nya" after "me-" is still a verb; nouns of the same look are listed.
    word.len() >= 6
        && match word {
            [b'm', b'e', third, ..] => b"mnlrwy".contains(third),
            [b'b', b'e', b'r', ..] | [b'd', b'i', ..] => true,
            [b't', b'e', b'r', ..] => word.len() >= 7,
            _ => false,
        }
}
