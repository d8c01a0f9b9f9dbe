//! Where a base fact stands in an article.

use crate::base::{Span, Value};
use rustc_hash::FxHashMap;
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

/// The citations of all base facts that have one.
#[derive(Debug, Clone, Default)]
pub(super) struct Citations {
    pub(super) claims: FxHashMap<i64, Citation>,
    pub(super) mentions: FxHashMap<(Arc<str>, Arc<str>), Citation>,
}

impl Citations {
    /// The citation of a row of `claim` or `mentioned`.
    pub(super) fn get(&self, relation: &str, row: &[Value]) -> Option<&Citation> {
        match (relation, row) {
            ("claim", [Value::Int(id), ..]) => self.claims.get(id),
            ("mentioned", [Value::Entity(entity), _, Value::Text(article)]) => {
                self.mentions.get(&(entity.clone(), article.clone()))
            }
            _ => None,
        }
    }
}
