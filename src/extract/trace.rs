//! What extraction saw, sentence by sentence: the types.

use super::{Claim, EntityKind, Extraction};
use crate::article::Zone;
use crate::base::{PartialDate, Span};
use std::sync::Arc;

/// An extraction with the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// The findings.
    pub found: Extraction,
    /// The article's parts.
    pub zones: Vec<Zone>,
    /// The sentences that were looked at.
    pub sentences: Vec<SentenceTrace>,
}

/// A sentence and all that was seen in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SentenceTrace {
    /// Where it stands.
    pub span: Span,
    /// Its words, numbers and marks; a phrase of the word lists is one.
    pub tokens: Vec<TokenTrace>,
    /// The names in it.
    pub mentions: Vec<MentionTrace>,
    /// The dates in it.
    pub dates: Vec<(PartialDate, Span)>,
    /// Words that point back to entities.
    pub references: Vec<ReferenceTrace>,
    /// The patterns that matched.
    pub fired: Vec<FiredTrace>,
    /// The patterns that nearly did, the nearest first.
    pub near: Vec<NearTrace>,
}

/// A word, number, mark or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenTrace {
    /// Where it stands.
    pub span: Span,
    /// The word classes that it has in the data.
    pub classes: Vec<Arc<str>>,
    /// The trigger word that it was taken for, if it is a typing error.
    pub meant: Option<Arc<str>>,
}

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionTrace {
    /// Where it stands.
    pub span: Span,
    /// The entity that it means, if any.
    pub entity: Option<(Arc<str>, EntityKind)>,
    /// How that is known, or why it is no entity.
    pub how: &'static str,
}

/// A word such as "keduanya".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceTrace {
    /// Where it stands.
    pub span: Span,
    /// What it means here.
    pub entities: Vec<Arc<str>>,
    /// How that is known.
    pub how: &'static str,
}

/// A pattern that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiredTrace {
    /// The pattern's name.
    pub pattern: Arc<str>,
    /// The word that it begins from.
    pub trigger: Span,
    /// The word that gives its claims their status; asserted where none does.
    pub because: Option<Span>,
    /// What it claims; the article's findings keep the strongest of each pair.
    pub claims: Vec<Claim>,
}

/// A pattern whose trigger is there, and that matched in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearTrace {
    /// The pattern's name.
    pub pattern: Arc<str>,
    /// The word that it begins from.
    pub trigger: Span,
    /// The pattern's shape.
    pub shape: String,
    /// The part of the shape that fits nothing.
    pub failed: Option<String>,
    /// What the text has where that was looked for first; empty at an edge.
    pub at: Span,
    /// What is wrong, in words.
    pub reason: String,
}
