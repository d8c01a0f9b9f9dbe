//! An item of a sentence: a group of entities, a date, a mark or a word.

use super::classes::Tags;
use super::cues::Cues;
use super::cut::Cut;
use super::members::Members;
use super::token::Token;
use crate::base::PartialDate;

/// What an item is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Group,
    Date(PartialDate, bool),
    Word,
    Mark,
}

/// Asked for every item again and again, so that it must be one comparison.
impl PartialEq for Kind {
    #[inline(always)]
    fn eq(&self, other: &Kind) -> bool {
        match (self, other) {
            (Kind::Group, Kind::Group) | (Kind::Word, Kind::Word) | (Kind::Mark, Kind::Mark) => true,
            (Kind::Date(date, bracketed), Kind::Date(other, also)) => date == other && bracketed == also,
            _ => false,
        }
    }
}

/// One item of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub kind: Kind,
    /// The byte of a mark of ASCII that it is; 0 for all else.
    pub mark: u8,
    pub classes: Tags,
    /// Tokens, first and one past the last.
    pub from: usize,
    pub to: usize,
    /// The members of a group.
    pub members: Members,
    /// It begins with a capital inside a sentence.
    pub capital: bool,
    /// It came from a word such as "keduanya".
    pub reference: bool,
    /// It is told by its leader: "Bupati Alfa".
    pub leader: bool,
}

impl Item {
    /// A word that is no more than its classes.
    #[inline(always)]
    pub(super) fn plain(classes: Tags, from: usize, to: usize) -> Item {
        let (kind, mark, members) = (Kind::Word, 0, Members::None);
        Item { kind, mark, classes, from, to, members, capital: false, reference: false, leader: false }
    }

    /// Goes on up to another token.
    pub(super) fn extend(&mut self, to: usize) {
        (self.to, self.mark) = (to, 0);
    }

    /// A noun made of a verb: "keinginan", "upaya".
    pub(super) fn is_nominal(&self, text: &str, cut: &Cut, cues: &Cues) -> bool {
        nominal(&cut.tokens[self.from], text) || cut.classes[self.from] & cues.purpose_noun != 0
    }
}

/// "ke…an", "pe…an": what somebody does, as a noun.
fn nominal(token: &Token, text: &str) -> bool {
    if token.end - token.start <= 7 {
        return false;
    }
    let word = &text.as_bytes()[token.start as usize..token.end as usize];
    word.ends_with(b"an") && (word.starts_with(b"ke") || word.starts_with(b"pe"))
}

/// The numbers of the words in some items.
pub(super) fn words_of(cut: &Cut, items: &[Item]) -> impl Iterator<Item = u32> {
    items.iter().flat_map(|i| &cut.tokens[i.from..i.to]).map(|t| t.word)
}

/// An item as written.
pub(super) fn word<'t>(text: &'t str, cut: &Cut, item: &Item) -> &'t str {
    &text[cut.tokens[item.from].start as usize..cut.tokens[item.to - 1].end as usize]
}
