//! Rows of relations by name.

use crate::base::Value;
use crate::logic::{AggregateOp, Tuple};
use std::collections::BTreeMap;
use std::sync::Arc;

/// When a row first appeared: stratum 0 is given, later ones from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Birth {
    /// The stratum.
    pub stratum: u32,
    /// The round within it, from 1.
    pub round: u32,
}

/// Rows of relations, sorted.
#[derive(Debug, Clone, Default)]
pub struct Database {
    relations: BTreeMap<Arc<str>, BTreeMap<Tuple, Birth>>,
}

impl Database {
    /// No rows.
    pub fn new() -> Database {
        Database::default()
    }

    /// Adds a given row.
    pub fn insert(&mut self, relation: &str, row: &[Value]) {
        self.table(relation).entry(row.to_vec()).or_default();
    }

    fn table(&mut self, relation: &str) -> &mut BTreeMap<Tuple, Birth> {
        if !self.relations.contains_key(relation) {
            self.relations.insert(relation.into(), BTreeMap::new());
        }
        self.relations.get_mut(relation).expect("inserted above")
    }

    /// Adds a derived row, unless it is there.
    pub(super) fn insert_born(&mut self, relation: &str, row: Tuple, birth: Birth) {
        self.table(relation).entry(row).or_insert(birth);
    }

    /// Takes every row of a relation away.
    pub(super) fn clear(&mut self, relation: &str) {
        self.relations.remove(relation);
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

    /// Every row, sorted.
    pub fn rows(&self, relation: &str) -> Vec<Tuple> {
        self.relations.get(relation).map(|table| table.keys().cloned().collect()).unwrap_or_default()
    }

    /// How many rows there are.
    pub fn len(&self, relation: &str) -> usize {
        self.relations.get(relation).map_or(0, BTreeMap::len)
    }

    /// Whether a relation has no rows.
    pub fn is_empty(&self, relation: &str) -> bool {
        self.len(relation) == 0
    }

    /// Whether there is such a row.
    pub fn contains(&self, relation: &str, row: &[Value]) -> bool {
        self.birth(relation, row).is_some()
    }

    /// When a row first appeared.
    pub fn birth(&self, relation: &str, row: &[Value]) -> Option<Birth> {
        self.relations.get(relation)?.get(row).copied()
    }

    /// The rows that fit the bound columns, sorted, with their births.
    pub fn scan(&self, relation: &str, pattern: &[Option<Value>]) -> Vec<(Tuple, Birth)> {
        let table = self.relations.get(relation);
        let birth = |row: &Tuple| table.and_then(|t| t.get(row)).copied().unwrap_or_default();
        self.matching(relation, pattern).map(|row| (row.clone(), birth(row))).collect()
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
