//! What was done to a base since a version.

use crate::eval::PackedRows;
use crate::store::{FactBase, Operation, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What happened to base relations.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) grown: BTreeMap<Arc<str>, PackedRows>,
    pub(super) changed: BTreeSet<Arc<str>>,
}

/// What was done to a base since a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) struct Since {
    pub(in crate::engine) first_batch: usize,
    /// Whether article versions ceased to hold, or hold again.
    pub(in crate::engine) lost: bool,
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

    fn told(base: &FactBase, version: u64, with_names: bool) -> Result<Option<Since>, StoreError> {
        if version > base.version() {
            return Ok(None);
        }
        if version == base.version() {
            return Ok(Some(Since { first_batch: base.batches(), lost: false }));
        }
        let (mut first_batch, mut lost) = (0, false);
        for entry in base.log()? {
            let known = entry.number <= version;
            match entry.what {
                Operation::Ingest { .. } if known => first_batch += 1,
                Operation::Ingest { superseded, .. } => lost |= !superseded.is_empty(),
                _ if known => {}
                Operation::Retract { .. } | Operation::Restore { .. } => lost = true,
                _ if with_names => {}
                _ => return Ok(None),
            }
        }
        Ok(Some(Since { first_batch, lost }))
    }
}
