//! Rows of relations as plain sorted sets, for the naive evaluator.

use super::{Birth, Database};
use crate::analysis::StratifiedProgram;
use crate::base::Value;
use crate::logic::{AggregateOp, Tuple};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows of relations, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Sets {
    relations: BTreeMap<Arc<str>, BTreeMap<Tuple, Birth>>,
}

impl Sets {
    /// The rows that a program's relations have.
    pub(super) fn new(program: &StratifiedProgram, database: &Database) -> Sets {
        let mut sets = Sets::default();
        for relation in program.relations() {
            for row in database.rows(&relation.name) {
                sets.insert(&relation.name, &row);
            }
        }
        sets
    }

    /// A relation's rows with their births.
    pub(super) fn take(&mut self, relation: &str) -> BTreeMap<Tuple, Birth> {
        self.relations.remove(relation).unwrap_or_default()
    }

    /// Adds a given row.
    pub(super) fn insert(&mut self, relation: &str, row: &[Value]) {
        self.table(relation).entry(row.to_vec()).or_default();
    }

    fn table(&mut self, relation: &str) -> &mut BTreeMap<Tuple, Birth> {
        if !self.relations.contains_key(relation) {
            self.relations.insert(relation.into(), BTreeMap::new());
        }
        self.relations.get_mut(relation).expect("inserted above")
    }

    /// Adds a derived row; whether that changed anything.
    pub(super) fn derive(
        &mut self,
        relation: &str,
        row: Tuple,
        birth: Birth,
        extremum: Option<(usize, AggregateOp)>,
    ) -> bool {
        if let Some((column, op)) = extremum {
            let pattern: Vec<_> =
                row.iter().enumerate().map(|(n, v)| (n != column).then(|| v.clone())).collect();
            let rival = self.matching(relation, &pattern).next().cloned();
            if let Some(rival) = rival {
                let better = super::builtin::compare(&row[column], &rival[column]);
                if !(if op == AggregateOp::Min { better.is_lt() } else { better.is_gt() }) {
                    return false;
                }
                self.table(relation).remove(&rival);
            }
        }
        let table = self.table(relation);
        let new = !table.contains_key(&row);
        table.entry(row).or_insert(birth);
        new
    }

    /// The rows that fit the bound columns, sorted; a bound prefix is sought.
    pub(super) fn matching(&self, relation: &str, pattern: &[Option<Value>]) -> impl Iterator<Item = &Tuple> {
        let prefix: Tuple = pattern.iter().map_while(Clone::clone).collect();
        let rest: Vec<_> = pattern.to_vec();
        let table = self.relations.get(relation);
        let end = prefix.clone();
        (table.into_iter().flat_map(move |table| table.range(prefix.clone()..)))
            .map(|(row, _)| row)
            .take_while(move |row| row.starts_with(&end))
            .filter(move |row| {
                row.iter().zip(&rest).all(|(value, want)| want.as_ref().is_none_or(|want| want == value))
            })
    }
}
