//! Semi-naive evaluation on datafrog, for rules known only at run time.
//!
//! Values become 32-bit [`Cells`]. Each relation of a stratum is one datafrog
//! variable over rows of fixed width ([`row`]); datafrog keeps them distinct
//! and says which are new in a round. Rules become [`steps`], run by one
//! [`kernel`]: it loops over the new rows of one atom and seeks in flat sorted
//! [`index`]es of the others, and emits straight into the head, with no
//! intermediate relation. What a rule derives is sorted, and what is known
//! already dropped, before datafrog sees it. `min` and `max` in heads are kept
//! as [`extrema`]: a better row replaces a worse one, which joins then pass over.

mod cells;
mod extrema;
mod index;
mod kernel;
mod meter;
mod row;
mod steps;
mod stratum;

use cells::Cells;
use extrema::Extrema;

use super::{Backend, Database, EvalError, Evaluation, Options, Stats};
use crate::analysis::StratifiedProgram;
use crate::logic::typed::RelationId;
use crate::plan::Plan;
use index::Index;
use meter::Meter;
use rustc_hash::FxHashMap;

/// The back end on datafrog.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frog;

/// What strata share: cells, known rows, and indexes in the orders that joins need.
struct State {
    cells: Cells,
    /// Rows of each relation as flat cells, in no order; one cell for a row without columns.
    tables: Vec<Vec<u32>>,
    indexes: Vec<Index>,
    by_order: FxHashMap<(RelationId, Vec<usize>), usize>,
    extrema: Extrema,
    meter: Meter,
    stats: Stats,
}

impl State {
    /// The number of an index, built from what is known of its relation if it is new.
    fn want(
        tables: &[Vec<u32>],
        indexes: &mut Vec<Index>,
        by_order: &mut FxHashMap<(RelationId, Vec<usize>), usize>,
        relation: RelationId,
        order: Vec<usize>,
    ) -> usize {
        *by_order.entry((relation, order)).or_insert_with_key(|(relation, order)| {
            let mut index = Index::new(order.clone());
            index.add(&tables[relation.0 as usize]);
            indexes.push(index);
            indexes.len() - 1
        })
    }

    fn rows(&self, program: &StratifiedProgram, relation: RelationId) -> usize {
        self.tables[relation.0 as usize].len() / program.relation(relation).columns.len().max(1)
    }
}

impl Backend for Frog {
    fn evaluate(
        &self,
        program: &StratifiedProgram,
        plan: &Plan,
        input: Database,
        options: &Options,
    ) -> Result<Evaluation, EvalError> {
        let mut database = input;
        for (relation, row) in program.facts() {
            database.insert(&program.relation(*relation).name, row);
        }
        let mut cells = Cells::default();
        let mut tables = Vec::with_capacity(program.relations().len());
        for relation in program.relations() {
            if relation.columns.len() > row::WIDEST {
                let message = format!("`{}` has more than {} columns", relation.name, row::WIDEST);
                return Err(EvalError::Run { rule: relation.name.clone(), message });
            }
            let mut flat = Vec::new();
            for row in database.matching(&relation.name, &[]) {
                flat.extend(row.iter().map(|value| cells.encode(value)));
                if row.is_empty() {
                    flat.push(1);
                }
            }
            tables.push(flat);
        }
        let mut state = State {
            cells,
            tables,
            indexes: Vec::new(),
            by_order: FxHashMap::default(),
            extrema: Extrema::new(program),
            meter: Meter::new(options.budget),
            stats: Stats::default(),
        };
        for number in 0..program.strata().len() {
            if plan.covers(number) {
                stratum::run(program, number, &mut state, &mut database)?;
            } else {
                state.stats.rounds.push(0);
            }
        }
        Ok(Evaluation { database, stats: state.stats })
    }
}
