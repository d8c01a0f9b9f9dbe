//! Which articles there are, by id, by text, by outlet.

use super::batch::{ArticleRow, Digest};
use crate::article::Article;
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Ids and digests of all article versions.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    /// The newest version of each id.
    newest: FxHashMap<Arc<str>, (u32, Digest)>,
    /// The first version with each text, and whose it is.
    texts: FxHashMap<Digest, (u32, Arc<str>)>,
}

impl Catalogue {
    /// Adds a version; versions come in the order of their numbers.
    pub(super) fn add(&mut self, row: &ArticleRow) {
        self.newest.insert(row.id.clone(), (row.number, row.digest));
        self.texts.entry(row.digest).or_insert_with(|| (row.number, row.id.clone()));
    }

    /// The newest version of an article.
    pub(super) fn newest(&self, id: &str) -> Option<(u32, Digest)> {
        self.newest.get(id).copied()
    }

    pub(super) fn seen(&self) -> Seen {
        Seen(self.newest.iter().map(|(id, (_, digest))| (id.clone(), *digest)).collect())
    }

    /// The first version with this text, where that is another article's.
    pub(super) fn original(&self, id: &str, digest: &Digest) -> Option<u32> {
        self.texts.get(digest).filter(|(_, owner)| **owner != *id).map(|(number, _)| *number)
    }
}

/// The articles that a base had at some time, to tell quickly what is new.
#[derive(Debug, Clone, Default)]
pub struct Seen(FxHashMap<Arc<str>, Digest>);

impl Seen {
    /// Whether the article is there with the same text.
    pub fn has(&self, article: &Article) -> bool {
        self.0.get(&*article.id).is_some_and(|known| *known == digest(&article.text))
    }
}

/// Tells texts apart.
pub(super) fn digest(text: &str) -> Digest {
    let whole = Sha256::digest(text.as_bytes());
    let mut half = Digest::default();
    half.copy_from_slice(&whole[..16]);
    half
}
