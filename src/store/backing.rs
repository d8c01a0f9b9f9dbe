//! What a fact base is kept in: ordered keys with values, changed in
//! transactions.

use super::StoreError;
use std::path::Path;

/// The parts of a fact base, each with its own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Space {
    /// Format and counters.
    Meta,
    /// What was done, by number.
    Log,
    /// Packed columns, by batch.
    Columns,
    /// The articles' texts, by batch.
    Texts,
    /// Derived relations, kept until the base changes.
    Kept,
}

impl Space {
    pub(super) const ALL: [Space; 5] = [Space::Meta, Space::Log, Space::Columns, Space::Texts, Space::Kept];

    pub(super) fn name(self) -> &'static str {
        match self {
            Space::Meta => "meta",
            Space::Log => "log",
            Space::Columns => "columns",
            Space::Texts => "texts",
            Space::Kept => "kept",
        }
    }
}

/// One key to write, or with no value to remove.
pub(super) type Change = (Space, Vec<u8>, Option<Vec<u8>>);

/// Changes that happen all together or not at all.
#[derive(Debug, Default)]
pub(super) struct Transaction {
    pub(super) changes: Vec<Change>,
}

impl Transaction {
    pub(super) fn put(&mut self, space: Space, key: &[u8], value: Vec<u8>) {
        self.changes.push((space, key.to_vec(), Some(value)));
    }

    pub(super) fn remove(&mut self, space: Space, key: &[u8]) {
        self.changes.push((space, key.to_vec(), None));
    }
}

/// What visits keys and values; an error ends the visit.
pub(super) type Visit<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> Result<(), StoreError>;

/// A keeper of keys and values. There is one on disk and one in memory.
pub(super) trait Backing: Send + Sync {
    /// The value of a key.
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Visits the keys that start with a prefix, in order.
    fn scan(&self, space: Space, prefix: &[u8], visit: Visit) -> Result<(), StoreError>;

    /// Makes all the changes or, with an error, none of them. What was changed
    /// is there to stay once this returns.
    fn apply(&mut self, transaction: Transaction) -> Result<(), StoreError>;

    /// Looks through the whole of what holds the keys.
    fn check(&mut self) -> Result<(), StoreError>;

    /// The file, if there is one.
    fn path(&self) -> Option<&Path>;

    /// Whether `apply` always refuses.
    fn is_read_only(&self) -> bool;
}
