//! What each item of a sentence is to its clause: a shallow view, enough to find
//! subjects and objects.

use super::classes::Cue;
use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind};
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
    let bytes = text.as_bytes();
    let mut place = false;
    let of = |item: &Item| {
        // As most: a word of which no class tells more, and not "yang" or "oleh".
        let plain = item.kind == Kind::Word && item.classes & telling(cues) == 0;
        let first = &cut.tokens[item.from];
        let written = &bytes[first.start as usize..first.end as usize];
        let found = match plain && first.shape == Shape::Lower && first.ascii && written.len() != 4 {
            true => word_part(written),
            false => part(text, cut, item, cues, &mut buffer),
        };
        // What only looks like a verb after a preposition of place is a noun.
        let noun = found == Part::Verb && place;
        place = item.classes & cues.place_prep != 0;
        if noun { Part::Word } else { found }
    };
    items.iter().map(of).collect()
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
    match () {
        () if is(b"yang") => Part::Which,
        () if c & cues.same_subject != 0 => Part::Same,
        () if c & cues.clause != 0 => Part::Clause,
        () if c & cues.and != 0 => Part::And,
        () if c & cues.like != 0 => Part::Like,
        () if c & (cues.oblique | cues.with | cues.place_prep | cues.upon) != 0 || is(b"oleh") => Part::Prep,
        () if c & (cues.verb_like | cues.company_verb) & !cues.adverb != 0 => Part::Verb,
        // "Direktur Alfa" and "menteri" have no verb's prefix.
        () if c & (cues.not_verb | cues.person_title | cues.company_title) != 0 => Part::Word,
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
    let verbs = cues.verb_like | cues.company_verb | cues.not_verb | cues.person_title | cues.company_title;
    cues.same_subject | cues.clause | cues.and | cues.like | preps | verbs
}

#[inline]
fn word_part(word: &[u8]) -> Part {
    if has_prefix(word) { Part::Verb } else { Part::Word }
}

/// Whether an item is written as a verb, in small letters.
pub(super) fn acts(text: &str, cut: &Cut, item: &Item, cues: &Cues) -> bool {
    let first = cut.tokens[item.from];
    let none = cues.not_verb | cues.person_title | cues.company_title;
    first.shape == Shape::Lower && item.classes & none == 0 && is_verb(first.text(text))
}

/// Whether a word has a verb's prefix: "me-", "ber-", "di-" or "ter-" before
/// what can begin a root.
pub(super) fn is_verb(word: &str) -> bool {
    has_prefix(word.as_bytes())
}

#[inline]
fn has_prefix(word: &[u8]) -> bool {
    // "-nya" after "me-" is still a verb; nouns of the same look are listed. "berlakunya",
    // "terjadinya" are nouns.
    let noun = !word.starts_with(b"m") && !word.starts_with(b"di") && word.ends_with(b"nya");
    word.len() >= 6
        && (!noun || word == b"bertanya")
        && match word {
            [b'm', b'e', third, ..] => matches!(third, b'm' | b'n' | b'l' | b'r' | b'w' | b'y'),
            [b'b', b'e', b'r', ..] | [b'd', b'i', ..] => true,
            [b't', b'e', b'r', ..] => word.len() >= 7,
            _ => false,
        }
}
