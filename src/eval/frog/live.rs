//! Relations that grow while their stratum runs.

use super::Session;
use super::code::Part;
use super::dense::Dense;
use super::domain::Ranges;
use super::job::Variant;
use super::kernel::Best;
use super::logged::Log;
use super::store::{Store, store};
use crate::eval::rounds::Rounds;
use crate::eval::table::Table;
use crate::eval::{builtin, rows};
use crate::logic::AggregateOp;
use crate::logic::typed::RelationId;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A relation that grows.
pub(super) struct Live {
    pub(super) store: Box<dyn Store>,
    pub(super) orders: Vec<(Vec<usize>, Box<dyn Store>)>,
    /// This round's new rows in orders that only they are needed in.
    pub(super) news: Vec<(Vec<usize>, Vec<u32>)>,
    pub(super) best: Option<(Best, AggregateOp)>,
    pub(super) stride: usize,
    /// What is known, as bits, where that is worth its memory.
    pub(super) filter: Option<Dense>,
    ranges: Option<Ranges>,
    rows: usize,
    /// Rows by round, where provenance is wanted.
    log: Log,
}

/// Bytes of a group of which the best is kept.
const KEPT: u64 = 128;

pub(super) fn open(
    session: &Session,
    n: usize,
    variants: &[Variant],
    mut ranges: FxHashMap<RelationId, Ranges>,
) -> BTreeMap<RelationId, Live> {
    let program = session.program;
    let mut live = BTreeMap::new();
    for id in &program.strata()[n].relations {
        let relation = program.relation(*id);
        let columns = relation.columns.len();
        let Some(table) = session.table(*id) else { continue };
        let best = relation.extremum.map(|(column, op)| {
            let type_ = relation.columns[column].1;
            (Best { column, columns, type_, kept: FxHashMap::default() }, op)
        });
        let mut one = Live {
            store: store(columns, true, session.threads),
            orders: Vec::new(),
            news: Vec::new(),
            best,
            stride: table.stride,
            filter: None,
            ranges: ranges.remove(id),
            rows: 0,
            log: Log::default(),
        };
        for need in variants.iter().flat_map(|v| &v.code.needs) {
            let whole = need.order.iter().enumerate().all(|(n, c)| n == *c);
            let wanted = need.relation == *id && matches!(need.part, Part::Old | Part::All) && !whole;
            if wanted && one.orders.iter().all(|o| o.0 != need.order) {
                one.orders.push((need.order.clone(), store(columns, false, session.threads)));
            }
        }
        for need in variants.iter().flat_map(|v| &v.code.needs).filter(|n| n.relation == *id) {
            let whole = need.order.iter().enumerate().all(|(n, c)| n == *c);
            let there =
                one.orders.iter().any(|o| o.0 == need.order) || one.news.iter().any(|o| o.0 == need.order);
            if need.part == Part::New && !whole && !there {
                one.news.push((need.order.clone(), Vec::new()));
            }
        }
        let given = one.improve(&table.cells, session).unwrap_or_else(|| table.cells.to_vec());
        one.advance(given, 0, session.provenance);
        live.insert(*id, one);
    }
    live
}

impl Live {
    /// Ends the round with these sorted rows; how many of them are new.
    pub(super) fn advance(&mut self, sorted: Vec<u32>, round: u32, log: bool) -> usize {
        self.news.iter_mut().for_each(|(_, cells)| *cells = Vec::new());
        // What passed the filter is new.
        self.store.advance(sorted, self.filter.is_some());
        let guard = self.store.new_rows();
        let batches = guard.batches();
        let new = batches.first().copied().unwrap_or_default();
        for (order, store) in &mut self.orders {
            store.advance(rows::project(new, self.stride, order, self.stride), true);
        }
        for (order, cells) in &mut self.news {
            *cells = rows::project(new, self.stride, order, self.stride);
        }
        if log {
            self.log.add(round, new, self.stride, self.filter.as_ref());
        }
        let count = new.len() / self.stride;
        drop(guard);
        self.rows += count;
        self.consider_filter();
        count
    }

    /// Makes the filter as soon as it is worth its memory.
    fn consider_filter(&mut self) {
        let (None, None, Some(ranges)) = (&self.filter, &self.best, &self.ranges) else { return };
        self.filter = Dense::new(ranges, self.rows);
        if let Some(filter) = &self.filter {
            for guard in [self.store.old(), self.store.new_rows()] {
                guard.batches().iter().for_each(|cells| filter.add_all(cells, self.stride));
            }
        }
    }

    /// Bytes held, about: when rows are merged, at most half of them are there
    /// twice.
    pub(super) fn bytes(&self) -> u64 {
        let row = 4 * self.stride as u64;
        let logged = if self.log.is_empty() { 0 } else { row };
        let best = self.best.as_ref().map_or(0, |best| KEPT * best.0.kept.len() as u64);
        let rows = (row * (1 + self.orders.len() as u64) + row / 2 + logged) * self.rows as u64;
        let news = self.news.iter().map(|(_, cells)| 4 * cells.len() as u64).sum::<u64>();
        rows + news + best + self.filter.as_ref().map_or(0, Dense::bytes)
    }

    /// How often the memory of new rows is taken when a round ends: as they were
    /// found, as they are kept, as they are put in order, in each order, and by
    /// what the allocator doesn't give back, of other threads above all.
    pub(super) fn copies(&self, threads: usize) -> u64 {
        let orders = (self.orders.len() + self.news.len()) as u64;
        3 + orders + u64::from(orders > 0) + if threads > 1 { 2 } else { 0 }
    }

    /// Of rows for a relation with an extreme, the best of each group where it
    /// is better than what is kept, sorted; the kept ones are replaced. `None`
    /// for other relations.
    pub(super) fn improve(&mut self, cells: &[u32], session: &Session) -> Option<Vec<u32>> {
        let stride = self.stride;
        let (best, op) = self.best.as_mut()?;
        let mut improved: FxHashMap<Vec<u32>, Vec<u32>> = FxHashMap::default();
        for row in cells.chunks_exact(stride) {
            let key = best.key(row);
            let better = match best.kept.get(&key) {
                None => true,
                Some(kept) => is_better(session, best, *op, row[best.column], *kept),
            };
            if better {
                best.kept.insert(key.clone(), row[best.column]);
                improved.insert(key, row.to_vec());
            }
        }
        let rows: Vec<u32> = improved.into_values().flatten().collect();
        Some(rows::sort(rows, stride))
    }

    /// The rows, once nothing is new, with the round of each.
    fn complete(mut self, provenance: bool) -> (Arc<Vec<u32>>, Option<Rounds>) {
        let stride = self.stride;
        self.orders.clear();
        let mut cells = self.store.complete();
        if let Some((best, _)) = &self.best {
            let current = |row: &&[u32]| best.kept.get(&best.key(row)) == Some(&row[best.column]);
            cells = cells.chunks_exact(stride).filter(current).flatten().copied().collect();
        }
        let cells = Arc::new(cells);
        let rounds = provenance.then(|| self.log.of(cells.clone(), stride, self.filter));
        (cells, rounds)
    }
}

fn is_better(session: &Session, best: &Best, op: AggregateOp, new: u32, kept: u32) -> bool {
    let type_ = best.type_;
    let cells = &session.database.cells;
    let order = builtin::compare(&cells.decode(type_, new), &cells.decode(type_, kept));
    order == if op == AggregateOp::Max { Ordering::Greater } else { Ordering::Less }
}

/// Makes tables of what has grown.
pub(super) fn close(session: &mut Session, live: BTreeMap<RelationId, Live>, n: usize) {
    for (id, one) in live {
        let (cells, rounds) = one.complete(session.provenance);
        let relation = session.program.relation(id);
        let types = relation.columns.iter().map(|c| c.1).collect();
        let name: Arc<str> = relation.name.clone();
        session.database.tables.insert(name, Table::derived(types, cells, n as u32 + 1, rounds));
    }
}
