//! What the shapes of patterns are made of.

use super::EntityKind;
use super::classes::Wanted;
use super::role::Role;

/// One element of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Element {
    /// The group in this slot.
    Slot(u8, Option<EntityKind>),
    /// The group in a grammatical role, in this slot.
    Role(Role, u8, Option<EntityKind>),
    /// Whom the text has been about, in this slot.
    Topic(u8, Past),
    /// A word of one of these classes.
    Class(Wanted),
    /// This word, in lower case.
    Word(Box<str>),
    /// Up to so many words; wide ones pass over names and commas.
    Gap { most: u8, wide: bool },
    /// The sentence's first edge.
    Start,
    /// Nobody follows behind "dengan".
    Alone,
    /// There or not.
    Maybe(Box<Element>),
}

/// Whom earlier sentences named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Past {
    /// Whom the text has been about.
    Topic,
    /// The two whom it has been about.
    Pair,
    /// Who was left without the other side, a sentence or two before.
    Open,
    /// The same, where one more may be told of by itself.
    More,
    /// Who punished last.
    Issuer,
    /// The second side of what was told last.
    Same,
    /// The alliance named last.
    Alliance,
    /// Whom a penalty struck, a sentence or two before, without a word of who punished.
    Struck,
}
