//! Where a base fact stands in an article.

use crate::base::Span;
use std::sync::Arc;

/// The sentence that a base fact rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The article's id.
    pub article: Arc<str>,
    /// Bytes of the article's text that state the fact.
    pub span: Span,
    /// The sentence around them, as printed.
    pub sentence: Arc<str>,
    /// The pattern that found it; empty for a mention.
    pub pattern: Arc<str>,
    /// `asserted`, `reported`, `planned` or `negated`; empty for a mention.
    pub status: Arc<str>,
}
