//! Keys and values in memory.

use super::StoreError;
use super::backing::{Backing, Space, Transaction, Visit};
use std::collections::BTreeMap;
use std::path::Path;

/// The twin of the base on disk, for tests and for bases that need not last.
#[derive(Debug, Default)]
pub(super) struct Memory {
    all: BTreeMap<(Space, Vec<u8>), Vec<u8>>,
}

impl Backing for Memory {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.all.get(&(space, key.to_vec())).cloned())
    }

    fn scan(&self, space: Space, prefix: &[u8], visit: Visit) -> Result<(), StoreError> {
        let from = (space, prefix.to_vec());
        for ((_, key), value) in
            self.all.range(from..).take_while(|((s, key), _)| *s == space && key.starts_with(prefix))
        {
            visit(key, value)?;
        }
        Ok(())
    }

    fn apply(&mut self, transaction: Transaction) -> Result<(), StoreError> {
        for (space, key, value) in transaction.changes {
            match value {
                Some(value) => self.all.insert((space, key), value),
                None => self.all.remove(&(space, key)),
            };
        }
        Ok(())
    }

    fn check(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn path(&self) -> Option<&Path> {
        None
    }

    fn is_read_only(&self) -> bool {
        false
    }
}
