//! Relations by name.

use super::EvalError;
use super::cells::Cells;
use super::sorted::Sorted;
use super::table::{Birth, Table};
use crate::analysis::StratifiedProgram;
use crate::base::{Type, Value};
use crate::logic::Tuple;
use crate::logic::typed::RelationId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows of relations by name, each row once.
#[derive(Debug, Clone, Default)]
pub struct Database {
    pub(super) cells: Cells,
    pub(super) tables: BTreeMap<Arc<str>, Table>,
}

impl Database {
    /// No rows.
    pub fn new() -> Database {
        Database::default()
    }

    /// Adds a given row. A relation's first row fixes its columns; a row that
    /// doesn't fit them makes evaluation fail.
    pub fn insert(&mut self, relation: &str, row: &[Value]) {
        if !self.tables.contains_key(relation) {
            self.table(relation, row.iter().map(Value::type_of).collect());
        }
        let Some(table) = self.tables.get_mut(relation) else { return };
        if row.iter().map(Value::type_of).eq(table.types.iter().copied()) {
            let cells = &mut self.cells;
            table.push(row.iter().map(|v| cells.encode(v)));
        } else {
            table.misfits += 1;
        }
    }

    /// The table of a relation, made if there is none.
    pub(super) fn table(&mut self, relation: &str, types: Vec<Type>) -> &mut Table {
        self.tables.entry(relation.into()).or_insert_with(|| Table::new(types))
    }

    /// Names of the relations, sorted.
    pub fn relations(&self) -> Vec<Arc<str>> {
        self.tables.keys().cloned().collect()
    }

    fn decode(&self, table: &Table, n: usize) -> Tuple {
        table.types.iter().zip(table.row(n)).map(|(t, c)| self.cells.decode(*t, *c)).collect()
    }

    /// A relation's rows, sorted by text and value.
    pub fn rows(&self, relation: &str) -> Vec<Tuple> {
        self.sorted(relation).map_or(Vec::new(), |sorted| sorted.tuples())
    }

    /// A relation's rows, sorted by text and value, without a tuple for each.
    pub fn sorted(&self, relation: &str) -> Option<Sorted<'_>> {
        self.tables.get(relation).map(|table| Sorted::new(&self.cells, table))
    }

    /// How many rows a relation has.
    pub fn len(&self, relation: &str) -> usize {
        match self.tables.get(relation) {
            Some(table) if table.is_settled() => table.len(),
            Some(_) => self.rows(relation).len(),
            None => 0,
        }
    }

    /// Whether a relation has no rows.
    pub fn is_empty(&self, relation: &str) -> bool {
        self.tables.get(relation).is_none_or(|table| table.len() == 0)
    }

    /// Whether a relation has a row.
    pub fn contains(&self, relation: &str, row: &[Value]) -> bool {
        self.birth(relation, row).is_some()
    }

    /// When a row first held; `None` where it doesn't.
    pub fn birth(&self, relation: &str, row: &[Value]) -> Option<Birth> {
        let pattern: Vec<Option<Value>> = row.iter().cloned().map(Some).collect();
        let (table, found) = self.find(relation, &pattern)?;
        found.first().map(|n| table.birth(*n))
    }

    /// The rows that have the given values in their columns, sorted.
    pub fn scan(&self, relation: &str, pattern: &[Option<Value>]) -> Vec<(Tuple, Birth)> {
        let Some((table, found)) = self.find(relation, pattern) else { return Vec::new() };
        let mut rows: Vec<_> = found.into_iter().map(|n| (self.decode(table, n), table.birth(n))).collect();
        rows.sort();
        rows.dedup();
        rows
    }

    fn find(&self, relation: &str, pattern: &[Option<Value>]) -> Option<(&Table, Vec<usize>)> {
        let table = self.tables.get(relation)?;
        if table.types.len() != pattern.len() {
            return None;
        }
        let mut cells = Vec::new();
        for (value, type_) in pattern.iter().zip(&table.types) {
            cells.push(match value {
                Some(value) if value.type_of() != *type_ => return None,
                Some(value) => Some(self.cells.find(value)?),
                None => None,
            });
        }
        Some((table, table.find(&cells)))
    }

    /// Sorts what was inserted in, so that lookups are fast.
    pub fn settle(&mut self) {
        self.tables.values_mut().for_each(Table::settle);
    }

    /// Settles, and makes clones cheap: they share what is there now, and the
    /// column orders that runs over them make.
    pub fn freeze(&mut self) {
        self.tables.values_mut().for_each(Table::freeze);
        self.cells.freeze();
    }

    /// Adds the program's relations and its facts; everything in `tables` then
    /// fits the program and is settled.
    pub(super) fn prepare(&mut self, program: &StratifiedProgram) -> Result<(), EvalError> {
        for relation in program.relations() {
            let wanted: Vec<Type> = relation.columns.iter().map(|c| c.1).collect();
            let wrong = |message: String| EvalError::Run { rule: relation.name.clone(), message };
            if super::rows::width(wanted.len()).is_none() {
                return Err(wrong("more than 64 columns are not supported".to_owned()));
            }
            let table = self.table(&relation.name, wanted.clone());
            if table.misfits > 0 {
                return Err(wrong("given rows have different columns".to_owned()));
            }
            if table.types != wanted {
                if table.len() == 0 {
                    *table = Table::new(wanted);
                    continue;
                }
                let list = |types: &[Type]| types.iter().map(|t| t.name()).collect::<Vec<_>>().join(", ");
                return Err(wrong(format!(
                    "the program has columns ({}), the rows ({})",
                    list(&wanted),
                    list(&table.types)
                )));
            }
        }
        for (relation, row) in program.facts() {
            let name = &program.relation(*relation).name;
            // What is there already needn't be copied for it.
            if !self.tables.get(name).is_some_and(Table::is_settled) || !self.contains(name, row) {
                self.insert(name, row);
            }
        }
        self.settle();
        Ok(())
    }

    /// Puts rows with their births in the place of a relation's rows.
    pub(super) fn replace(
        &mut self,
        program: &StratifiedProgram,
        id: RelationId,
        rows: BTreeMap<Tuple, Birth>,
    ) {
        let relation = program.relation(id);
        let mut table = Table::new(relation.columns.iter().map(|c| c.1).collect());
        let mut births = BTreeMap::new();
        for (row, birth) in rows {
            let cells: Vec<u32> = row.iter().map(|v| self.cells.encode(v)).collect();
            table.push(cells.iter().copied());
            births.insert(cells, birth);
        }
        table.settle();
        let width = table.types.len();
        let found: Vec<Birth> =
            (0..table.len()).filter_map(|n| births.get(&table.row(n)[..width]).copied()).collect();
        table.stratum = found.iter().map(|b| b.stratum).max().unwrap_or_default();
        table.rounds = Some(found.iter().map(|b| b.round).collect::<Vec<_>>().into());
        self.tables.insert(relation.name.clone(), table);
    }
}
