//! Names that no lexicon has, known by their heads, tails and neighbours.

use super::EntityKind;
use super::load::{Cues, Sort};
use super::mention::Cut;
use super::token::Shape;

/// What the surroundings say of a run of capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// It is such a thing.
    Sure(Sort),
    /// It may be an organisation of some kind.
    Maybe,
    /// It names no entity.
    No,
}

/// Judges the run `from..to` of a sentence.
pub(super) fn judge(cut: &Cut, cues: &Cues, text: &str, from: usize, to: usize) -> Guess {
    let class = |at: usize| cut.classes[at];
    let before = |n: usize| from.checked_sub(n).map(&class).unwrap_or(0);
    let after = |n: usize| cut.classes.get(to + n).copied().unwrap_or(0);
    let mark = |at: usize, m: &str| cut.tokens.get(at).is_some_and(|t| t.text(text) == m);
    let head = class(from);
    let kinds = [
        (cues.alliance_head, EntityKind::Alliance),
        (cues.government_head, EntityKind::Government),
        (cues.organisation_head, EntityKind::Organisation),
        (cues.company_head, EntityKind::Company),
    ];
    if let Some((_, kind)) = kinds.iter().find(|(c, _)| to - from > 1 && head & c != 0) {
        return Guess::Sure(Sort::Entity(*kind));
    }
    if to - from > 1 && class(to - 1) & cues.company_tail != 0 {
        return Guess::Sure(Sort::Entity(EntityKind::Company));
    }
    if to - from > 1 && class(to - 1) & cues.organisation_tail != 0 {
        return Guess::Sure(Sort::Entity(EntityKind::Organisation));
    }
    if from > 0 && mark(from - 1, "(") && mark(to, ")") {
        return Guess::No;
    }
    if head & cues.event_head != 0 || before(1) & (cues.product_word | cues.event_head) != 0 {
        return Guess::No;
    }
    let maker = |n: usize| after(n) & cues.company_verb != 0;
    let adverb = after(0) & cues.adverb != 0;
    if maker(0) || adverb && maker(1) {
        // A word at a sentence's start has its capital anyway.
        let word = cut.tokens[from].text(text);
        let camel = word.chars().skip(1).any(char::is_uppercase);
        let plain = to == from + 1
            && !camel
            && (from == 0
                || !cut.tokens[from - 1].is_name_like() && cut.tokens[from - 1].shape == Shape::Mark);
        return if plain { Guess::Maybe } else { Guess::Sure(Sort::Entity(EntityKind::Company)) };
    }
    // "CEO Alfa, Budi": the title is of a company, the name after the comma its bearer's.
    let bearer = cut.tokens.get(to + 1).is_some_and(|t| t.is_name_like());
    if before(1) & cues.company_title != 0 && mark(to, ",") && bearer {
        return Guess::Sure(Sort::Entity(EntityKind::Company));
    }
    let title_before = before(1) & (cues.person_title | cues.person_prefix) != 0;
    let speech_around = before(1) & cues.speech != 0;
    let title_after = mark(to, ",") && after(1) & cues.person_title != 0;
    if title_before || speech_around || title_after {
        return Guess::Sure(Sort::Person);
    }
    if before(1) & cues.company_word != 0 {
        return Guess::Sure(Sort::Entity(EntityKind::Company));
    }
    if mark(to, ",") && after(1) & cues.company_word != 0 {
        return Guess::Sure(Sort::Entity(EntityKind::Company));
    }
    if before(1) & cues.government_word != 0 {
        return Guess::Sure(Sort::Entity(EntityKind::Government));
    }
    if from > 0 && (mark(from - 1, "di") || mark(from - 1, "ke")) {
        return Guess::Sure(Sort::Place);
    }
    if before(1) & cues.oblique != 0 && !mark(from.wrapping_sub(1), "dari") {
        return Guess::No;
    }
    Guess::Maybe
}
