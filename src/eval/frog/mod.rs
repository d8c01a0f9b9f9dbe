//! The back end on datafrog, and the only place that names it.
//!
//! `code` turns a rule into steps; `kernel` runs them over flat rows, `leaf` its
//! innermost loop, and `emit` takes what they derive; `express` and `compute`
//! are for terms and tests. `factor` and `gather` share work between rows,
//! `bounds` lets comparisons narrow searches, `stamps` lets a value on once.
//! `job` runs a rule on one thread or several. `live` are relations that grow,
//! by `store` as datafrog's variables, with known rows as bits (`dense`) within
//! what `domain` finds out, complete ones in the orders that `scans` finds worth
//! it, each an `index`; `limits` is the budget. `closure`, by components in
//! `condense`, and from few sources `follow` are shorter ways for one shape of
//! recursion. The rounds of a closure's rows are `sought` when a proof asks, those
//! of other recursions found in what was `logged`. This file goes through the
//! strata; `stratum` runs one.

mod bounds;
mod closure;
mod code;
mod compute;
mod condense;
mod dense;
mod domain;
mod emit;
mod express;
mod factor;
mod follow;
mod gather;
mod index;
mod job;
mod kernel;
mod leaf;
mod limits;
mod live;
mod logged;
mod scans;
mod sought;
mod stamps;
mod store;
mod stratum;

use super::pack;
use super::rows;
use super::stats::{Stats, StratumStats};
use super::table::Table;
use super::{Backend, Database, EvalError, Evaluation, Options};
use crate::analysis::StratifiedProgram;
use crate::logic::typed::RelationId;
use crate::plan::Plan;
use domain::Ranges;
use index::{Index, Lookups};
use limits::Limits;
use rustc_hash::FxHashMap;
use scans::Scans;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

/// Semi-naive evaluation on datafrog.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frog;

/// What a table keeps the ranges of its columns under, which is no order.
const RANGES: &[usize] = &[usize::MAX];
/// Beside the order of all columns, what a table keeps their lookups under.
const LOOKUPS: usize = usize::MAX - 1;

/// What strata share.
struct Session<'p> {
    program: &'p StratifiedProgram,
    database: Database,
    limits: Limits,
    provenance: bool,
    threads: usize,
    indexes: FxHashMap<(RelationId, Vec<usize>), Arc<Index>>,
    /// Bytes of further column orders of relations that grew.
    orders_bytes: u64,
    ranges: FxHashMap<RelationId, Arc<Ranges>>,
    /// Whether each value of a column stands in one row of a complete relation.
    unique: FxHashMap<(RelationId, usize), bool>,
    scans: Scans,
}

impl Session<'_> {
    fn table(&self, relation: RelationId) -> Option<&Table> {
        self.database.tables.get(&self.program.relation(relation).name)
    }

    /// Bytes of the column orders and lookup tables so far.
    fn index_bytes(&self) -> u64 {
        let own = |relation: RelationId, index: &Index| {
            let shared = self.table(relation).is_some_and(|table| Arc::ptr_eq(&table.cells, &index.cells));
            if shared { 0 } else { 4 * index.cells.len() as u64 }
        };
        let indexes =
            self.indexes.iter().map(|((relation, _), index)| own(*relation, index) + index.lookups.bytes());
        self.orders_bytes + indexes.sum::<u64>()
    }

    /// The least and greatest value of each column of a complete relation.
    fn ranges(&mut self, relation: RelationId) -> &Ranges {
        if !self.ranges.contains_key(&relation) {
            let found = self.table(relation).map(|table| {
                table.kept(RANGES).unwrap_or_else(|| {
                    let ranges = match table.kept_before::<Ranges>(RANGES) {
                        None => pack::ranges(&table.cells, table.stride),
                        Some((known, added)) => {
                            let added = pack::ranges(&added, table.stride);
                            let both = |(a, b): (&(u32, u32), (u32, u32))| (a.0.min(b.0), a.1.max(b.1));
                            known.iter().zip(added).map(both).collect()
                        }
                    };
                    let ranges = Arc::new(ranges);
                    table.keep(RANGES, &ranges);
                    ranges
                })
            });
            self.ranges.insert(relation, found.unwrap_or_default());
        }
        &self.ranges[&relation]
    }

    fn is_unique(&mut self, relation: RelationId, column: usize) -> bool {
        if let Some(known) = self.unique.get(&(relation, column)) {
            return *known;
        }
        let found = self.table(relation).is_none_or(|table| {
            let values = rows::project(&table.cells, table.stride, &[column], 1);
            values.len() == table.len()
        });
        self.unique.insert((relation, column), found);
        found
    }

    /// A complete relation with its columns in this order; columns left out
    /// are projected away.
    fn index(&mut self, relation: RelationId, order: &[usize]) -> Arc<Index> {
        let key = (relation, order.to_vec());
        if let Some(index) = self.indexes.get(&key) {
            return index.clone();
        }
        let index = match self.table(relation) {
            None => Index::new(Arc::default(), 1),
            Some(table) => {
                if let Some(index) = table.kept::<Index>(order) {
                    self.indexes.insert(key, index.clone());
                    return index;
                }
                let whole =
                    order.len() == table.types.len() && order.iter().enumerate().all(|(n, c)| n == *c);
                if whole {
                    let name = [order, &[LOOKUPS]].concat();
                    let (cells, stride) = (&table.cells, table.stride);
                    let lookups = match table.kept_before::<Lookups>(&name) {
                        Some((known, added)) => known.grown(cells, stride, &rows::sort(added, stride)),
                        None => Lookups::default(),
                    };
                    let index = Index::with_lookups(cells.clone(), stride, lookups);
                    table.keep(&name, &index.lookups);
                    index
                } else if let Some((known, added)) = table.kept_before::<Index>(order) {
                    let stride = known.stride;
                    known.grown(rows::project(&added, table.stride, order, stride))
                } else {
                    let stride = order.len().max(1);
                    Index::new(Arc::new(rows::project(&table.cells, table.stride, order, stride)), stride)
                }
            }
        };
        let index = Arc::new(index);
        if let Some(table) = self.table(relation) {
            table.keep(order, &index);
        }
        self.indexes.insert(key, index.clone());
        index
    }
}

impl Backend for Frog {
    fn evaluate(
        &self,
        program: &StratifiedProgram,
        plan: &Plan,
        mut input: Database,
        options: &Options,
    ) -> Result<Evaluation, EvalError> {
        input.prepare(program)?;
        let mut session = Session {
            program,
            database: input,
            limits: Limits::new(options),
            provenance: options.provenance,
            threads: match options.threads {
                0 => thread::available_parallelism().map_or(1, usize::from),
                threads => threads,
            },
            indexes: FxHashMap::default(),
            orders_bytes: 0,
            ranges: FxHashMap::default(),
            unique: FxHashMap::default(),
            scans: Scans::default(),
        };
        let mut stats = Stats::default();
        let started = Instant::now();
        for (n, stratum) in program.strata().iter().enumerate() {
            let (begun, bytes) = (Instant::now(), session.index_bytes());
            let rounds = if plan.covers(n) { stratum::run(&mut session, n, &mut stats)? } else { 0 };
            stats.strata.push(StratumStats {
                relations: stratum.relations.iter().map(|id| program.relation(*id).name.clone()).collect(),
                rounds,
                seconds: begun.elapsed().as_secs_f64(),
                index_bytes: session.index_bytes().saturating_sub(bytes),
            });
        }
        stats.seconds = started.elapsed().as_secs_f64();
        Ok(Evaluation { database: session.database, stats })
    }
}
