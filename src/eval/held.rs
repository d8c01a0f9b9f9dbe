//! What a back end made of a table's rows, by column order, and of the rows
//! that the table had before a few were added.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many additions are gone back to find what was made.
const FAR: usize = 64;

/// Shared by the clones of a table that was frozen.
#[derive(Debug, Default)]
pub(super) struct Held {
    made: Mutex<BTreeMap<Vec<usize>, Arc<dyn Any + Send + Sync>>>,
    earlier: Mutex<Earlier>,
}

/// What was made before, the latest last, each with the rows added since then
/// and before the next.
pub(super) type Earlier = Vec<(Arc<Held>, Arc<Vec<u32>>)>;

impl Held {
    /// Nothing yet, but for what was made of fewer rows.
    pub(super) fn after(earlier: Earlier) -> Held {
        Held { earlier: Mutex::new(earlier), ..Held::default() }
    }

    /// What was made of fewer rows than there are now, with this and `added`.
    /// It is taken from here, or else nothing of it would ever go.
    pub(super) fn with(self: Arc<Held>, added: Vec<u32>) -> Earlier {
        let mut earlier = std::mem::take(&mut *self.earlier.lock().unwrap_or_else(PoisonError::into_inner));
        earlier.push((self, Arc::new(added)));
        if earlier.len() > FAR {
            earlier.remove(0);
        }
        earlier
    }

    pub(super) fn get<T: Any + Send + Sync>(&self, order: &[usize]) -> Option<Arc<T>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.get(order)?.clone().downcast().ok()
    }

    pub(super) fn put<T: Any + Send + Sync>(&self, order: &[usize], what: &Arc<T>) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.insert(order.to_vec(), what.clone());
    }

    /// Lets go of what is made of the rows as they are, which shares them.
    pub(super) fn let_go(&self, width: usize) {
        let order: Vec<usize> = (0..width).collect();
        self.made.lock().unwrap_or_else(PoisonError::into_inner).remove(&order);
    }

    /// What was made of fewer rows, taken from there, and the rows since.
    pub(super) fn take_earlier<T: Any + Send + Sync>(&self, order: &[usize]) -> Option<(Arc<T>, Vec<u32>)> {
        let mut added = Vec::new();
        let earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        for (held, rows) in earlier.iter().rev() {
            added.extend_from_slice(rows);
            let taken = held.made.lock().unwrap_or_else(PoisonError::into_inner).remove(order);
            if let Some(taken) = taken {
                return Some((taken.downcast().ok()?, added));
            }
        }
        None
    }
}
