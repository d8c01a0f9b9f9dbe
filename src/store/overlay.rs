//! Changes that are never written, seen over what is.

use super::StoreError;
use super::backing::{Backing, Space, Transaction, Visit};
use std::collections::BTreeMap;
use std::path::Path;

/// Another backing with changes in memory on top.
pub(super) struct Overlay {
    under: Box<dyn Backing>,
    changes: BTreeMap<(Space, Vec<u8>), Option<Vec<u8>>>,
}

impl Overlay {
    pub(super) fn over(under: Box<dyn Backing>) -> Overlay {
        Overlay { under, changes: BTreeMap::new() }
    }
}

impl Backing for Overlay {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.changes.get(&(space, key.to_vec())) {
            Some(changed) => Ok(changed.clone()),
            None => self.under.get(space, key),
        }
    }

    fn scan(&self, space: Space, prefix: &[u8], visit: Visit) -> Result<(), StoreError> {
        let range = self.changes.range((space, prefix.to_vec())..);
        let mut changed = range.take_while(|((s, key), _)| *s == space && key.starts_with(prefix)).peekable();
        self.under.scan(space, prefix, &mut |key, value| {
            while let Some(((_, earlier), value)) = changed.next_if(|((_, other), _)| **other < *key) {
                if let Some(value) = value {
                    visit(earlier, value)?;
                }
            }
            match changed.next_if(|((_, other), _)| **other == *key) {
                None => visit(key, value),
                Some((_, Some(value))) => visit(key, value),
                Some((_, None)) => Ok(()),
            }
        })?;
        for ((_, key), value) in changed {
            if let Some(value) = value {
                visit(key, value)?;
            }
        }
        Ok(())
    }

    fn apply(&mut self, transaction: Transaction) -> Result<(), StoreError> {
        let changes = transaction.changes.into_iter();
        self.changes.extend(changes.map(|(space, key, value)| ((space, key), value)));
        Ok(())
    }

    fn check(&mut self) -> Result<(), StoreError> {
        self.under.check()
    }

    fn path(&self) -> Option<&Path> {
        self.under.path()
    }

    fn is_read_only(&self) -> bool {
        false
    }
}
