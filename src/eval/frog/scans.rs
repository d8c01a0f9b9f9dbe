//! Putting a large relation in order for a single search costs more than going
//! through it; only a search that comes back often is worth it.

use super::Index;
use crate::eval::table::Table;
use crate::logic::typed::RelationId;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// How often a relation is gone through before it is put in order.
const MOST: usize = 8;
/// Rows that are put in order at once.
const FEW: usize = 1 << 12;
/// Beside a column order, what a table keeps its count under.
const COUNT: usize = usize::MAX;

/// How often relations were gone through instead of put in an order. Tables
/// that are frozen keep their counts.
#[derive(Default)]
pub(super) struct Scans(FxHashMap<(RelationId, Vec<usize>), Arc<AtomicUsize>>);

impl Scans {
    /// Whether a single search should go through the rows, which is counted.
    pub(super) fn next(&mut self, relation: RelationId, table: &Table, order: &[usize]) -> bool {
        if table.len() < FEW || table.kept::<Index>(order).is_some() {
            return false;
        }
        let count = self.0.entry((relation, order.to_vec())).or_insert_with(|| {
            let name = [order, &[COUNT]].concat();
            table.kept(&name).unwrap_or_else(|| {
                let count = Arc::default();
                table.keep(&name, &count);
                count
            })
        });
        count.fetch_add(1, Relaxed) < MOST
    }
}
