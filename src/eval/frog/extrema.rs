//! The best values of relations with a `min` or `max` in their heads.

use super::Cells;
use crate::analysis::StratifiedProgram;
use crate::base::Type;
use crate::eval::builtin;
use crate::logic::AggregateOp;
use crate::logic::typed::RelationId;
use rustc_hash::FxHashMap;

/// For each relation with an extreme column, the best cell of each group (the
/// other columns, in order).
#[derive(Debug, Default)]
pub(super) struct Extrema {
    relations: FxHashMap<RelationId, Extremum>,
}

#[derive(Debug)]
struct Extremum {
    column: usize,
    op: AggregateOp,
    type_: Type,
    best: FxHashMap<Vec<u32>, u32>,
}

impl Extrema {
    pub(super) fn new(program: &StratifiedProgram) -> Extrema {
        let mut relations = FxHashMap::default();
        for (n, relation) in program.relations().iter().enumerate() {
            if let Some((column, op)) = relation.extremum {
                let type_ = relation.columns[column].1;
                let extremum = Extremum { column, op, type_, best: FxHashMap::default() };
                relations.insert(RelationId(n as u32), extremum);
            }
        }
        Extrema { relations }
    }

    /// Whether the relation keeps only extremes.
    pub(super) fn has(&self, relation: RelationId) -> bool {
        self.relations.contains_key(&relation)
    }

    /// Whether a row, its cells in the order of `columns`, has not been
    /// replaced by a better one.
    pub(super) fn is_current(&self, relation: RelationId, row: &[u32], columns: &[usize]) -> bool {
        if self.relations.is_empty() {
            return true;
        }
        let Some(extremum) = self.relations.get(&relation) else { return true };
        let mut natural = vec![0; row.len()];
        columns.iter().zip(row).for_each(|(column, cell)| natural[*column] = *cell);
        let cell = natural.remove(extremum.column);
        extremum.best.get(&natural) == Some(&cell)
    }

    /// Keeps the rows that are better than what their group had; distinct.
    pub(super) fn improve(
        &mut self,
        relation: RelationId,
        flat: &[u32],
        width: usize,
        cells: &Cells,
    ) -> Vec<u32> {
        let Some(extremum) = self.relations.get_mut(&relation) else { return flat.to_vec() };
        let mut touched: Vec<Vec<u32>> = Vec::new();
        for row in flat.chunks_exact(width) {
            let mut group = row.to_vec();
            let cell = group.remove(extremum.column);
            let better = extremum.best.get(&group).is_none_or(|best| {
                let order = builtin::compare(
                    &cells.decode(cell, extremum.type_),
                    &cells.decode(*best, extremum.type_),
                );
                if extremum.op == AggregateOp::Min { order.is_lt() } else { order.is_gt() }
            });
            if better {
                extremum.best.insert(group.clone(), cell);
                touched.push(group);
            }
        }
        touched.sort_unstable();
        touched.dedup();
        let mut kept = Vec::with_capacity(touched.len() * width);
        for mut group in touched {
            if let Some(cell) = extremum.best.get(&group) {
                group.insert(extremum.column, *cell);
                kept.extend(group);
            }
        }
        super::index::sorted(&kept, width)
    }
}
