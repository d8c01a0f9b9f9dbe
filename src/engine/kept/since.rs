//! What was done to a base since a version.

use crate::eval::PackedRows;
use crate::store::{FactBase, Operation, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What happened to base relations.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) grown: BTreeMap<Arc<str>, PackedRows>,
    pub(super) shrunk: BTreeMap<Arc<str>, PackedRows>,
    pub(super) changed: BTreeSet<Arc<str>>,
}

/// What was done to a base since a version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::engine) struct Since {
    pub(in crate::engine) first_batch: usize,
    /// Article versions of earlier batches that ceased to hold.
    pub(super) gone: BTreeSet<u32>,
    /// Those that hold again.
    pub(super) back: BTreeSet<u32>,
}

impl Since {
    /// What was done since; `None` where names were merged or split, or the
    /// version is from elsewhere.
    pub(in crate::engine) fn of(base: &FactBase, version: u64) -> Result<Option<Since>, StoreError> {
        Since::told(base, version, false)
    }

    /// The same, whatever was done to names.
    pub(in crate::engine) fn of_articles(base: &FactBase, version: u64) -> Result<Option<Since>, StoreError> {
        Since::told(base, version, true)
    }

    /// Whether articles were only added.
    pub(in crate::engine) fn only_adds(&self) -> bool {
        self.gone.is_empty() && self.back.is_empty()
    }

    fn told(base: &FactBase, version: u64, with_names: bool) -> Result<Option<Since>, StoreError> {
        if version > base.version() {
            return Ok(None);
        }
        if version == base.version() {
            return Ok(Some(Since { first_batch: base.batches(), ..Since::default() }));
        }
        let (mut first_batch, mut known_articles) = (0, 0);
        // Versions that didn't hold then, and those that something was done to since.
        let (mut fallen, mut touched) = (BTreeSet::new(), BTreeSet::new());
        for entry in base.log()? {
            let known = entry.number <= version;
            match entry.what {
                Operation::Ingest { articles, superseded, .. } if known => {
                    first_batch += 1;
                    known_articles += articles;
                    fallen.extend(superseded.into_iter().map(|article| (article, false)));
                }
                Operation::Retract { articles, .. } if known => {
                    fallen.extend(articles.into_iter().map(|article| (article, true)));
                }
                Operation::Restore { articles, .. } if known => {
                    fallen.retain(|(article, taken_back)| {
                        !taken_back || articles.binary_search(article).is_err()
                    });
                }
                _ if known => {}
                Operation::Ingest { superseded: articles, .. }
                | Operation::Retract { articles, .. }
                | Operation::Restore { articles, .. } => touched.extend(articles),
                _ if with_names => {}
                _ => return Ok(None),
            }
        }
        let mut since = Since { first_batch, ..Since::default() };
        for article in touched.into_iter().filter(|article| *article < known_articles) {
            let held = !fallen.contains(&(article, false)) && !fallen.contains(&(article, true));
            if held && !base.holds(article) {
                since.gone.insert(article);
            } else if !held && base.holds(article) {
                since.back.insert(article);
            }
        }
        Ok(Some(since))
    }
}
