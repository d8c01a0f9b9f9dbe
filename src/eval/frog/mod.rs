//! The back end on datafrog, and the only place that names it.
//!
//! `code` turns a rule into steps, `kernel` runs them over flat rows, `store`
//! keeps growing relations as datafrog's variables, `limits` the budget,
//! `compute` what kernels compute with; `closure` is a shorter way for one shape
//! of recursion. This
//! file goes through the strata; `stratum` runs one.

mod closure;
mod code;
mod compute;
mod kernel;
mod limits;
mod store;
mod stratum;

use super::rows::{self, Offsets};
use super::stats::Stats;
use super::table::Table;
use super::{Backend, Database, EvalError, Evaluation, Options};
use crate::analysis::StratifiedProgram;
use crate::logic::typed::RelationId;
use crate::plan::Plan;
use limits::Limits;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Semi-naive evaluation on datafrog.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frog;

/// A complete relation in some column order.
struct Index {
    cells: Arc<Vec<u32>>,
    stride: usize,
    offsets: Option<Offsets>,
}

/// What strata share.
struct Session<'p> {
    program: &'p StratifiedProgram,
    database: Database,
    limits: Limits,
    provenance: bool,
    indexes: FxHashMap<(RelationId, Vec<usize>), Rc<Index>>,
}

impl Session<'_> {
    fn table(&self, relation: RelationId) -> Option<&Table> {
        self.database.tables.get(&self.program.relation(relation).name)
    }

    /// A complete relation with its columns in this order; columns left out
    /// are projected away.
    fn index(&mut self, relation: RelationId, order: &[usize]) -> Rc<Index> {
        let key = (relation, order.to_vec());
        if let Some(index) = self.indexes.get(&key) {
            return index.clone();
        }
        let index = match self.table(relation) {
            None => Index { cells: Arc::default(), stride: 1, offsets: None },
            Some(table) => {
                let whole =
                    order.len() == table.types.len() && order.iter().enumerate().all(|(n, c)| n == *c);
                let (cells, stride) = match whole {
                    true => (table.cells.clone(), table.stride),
                    false => {
                        let stride = order.len().max(1);
                        (Arc::new(rows::project(&table.cells, table.stride, order, stride)), stride)
                    }
                };
                let offsets = Offsets::new(&cells, stride);
                Index { cells, stride, offsets }
            }
        };
        let index = Rc::new(index);
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
            indexes: FxHashMap::default(),
        };
        let mut stats = Stats::default();
        for n in 0..program.strata().len() {
            if plan.covers(n) {
                stratum::run(&mut session, n, &mut stats)?;
            } else {
                stats.rounds.push(0);
            }
        }
        Ok(Evaluation { database: session.database, stats })
    }
}
