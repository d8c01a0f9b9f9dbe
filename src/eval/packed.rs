//! Rows as cells from outside: for callers that know texts by symbols already.

use super::cells::Cells;
use super::database::Database;
use crate::base::{Interner, Symbol, Type, Value};
use std::sync::Arc;

/// A relation's rows as flat cells, with what the cells mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackedRows {
    /// The columns.
    pub types: Vec<Type>,
    /// One cell a column; in rows of nothing, one cell a row.
    pub cells: Vec<u32>,
}

impl Database {
    /// No rows yet; the cell of each of these texts is its symbol's number.
    pub fn with_texts(texts: Interner) -> Database {
        Database { cells: Cells::with_texts(texts), ..Database::default() }
    }

    /// The cell of a value, for [`Database::insert_cells`].
    pub fn cell(&mut self, value: &Value) -> u32 {
        self.cells.encode(value)
    }

    /// The cell of a text or entity.
    pub fn text_cell(&mut self, text: &str) -> u32 {
        self.cells.text(text)
    }

    /// The text of a cell of a text or entity.
    pub fn cell_text(&self, cell: u32) -> Option<&Arc<str>> {
        self.cells.known(Symbol(cell))
    }

    /// The value of a cell.
    pub fn cell_value(&self, type_: Type, cell: u32) -> Value {
        self.cells.decode(type_, cell)
    }

    /// Adds rows of cells that this database gave out. Rows that don't fit the
    /// relation make evaluation fail.
    pub fn insert_cells(&mut self, relation: &str, rows: &PackedRows) {
        let width = rows.types.len().max(1);
        let table = self.table(relation, rows.types.clone());
        if table.types != rows.types || !rows.cells.len().is_multiple_of(width) {
            table.misfits += 1;
        } else if rows.types.is_empty() {
            rows.cells.iter().for_each(|_| table.push([]));
        } else {
            table.push_all(&rows.cells);
        }
    }

    /// A relation's rows are no longer known.
    pub fn forget(&mut self, relation: &str) {
        self.tables.remove(relation);
    }

    /// Takes rows of cells away.
    pub fn remove_cells(&mut self, relation: &str, rows: &PackedRows) {
        let Some(table) = self.tables.get_mut(relation) else { return };
        if table.types == rows.types && !rows.cells.is_empty() {
            table.remove(&rows.cells);
        }
    }

    /// Takes over the meaning of cells from a state that this was cloned to.
    pub fn know_values_of(&mut self, later: &Database) {
        self.cells = later.cells.clone();
    }

    /// The rows that an earlier state of this database didn't have, and those
    /// of it that are gone.
    pub fn since(&self, before: &Database, relation: &str) -> (PackedRows, PackedRows) {
        let less = |these: &Database, those: &Database| {
            let Some(table) = these.tables.get(relation) else { return PackedRows::default() };
            let width = table.types.len().max(1);
            let mut rows = PackedRows { types: table.types.clone(), cells: Vec::new() };
            let others = those.tables.get(relation).filter(|others| others.types == table.types);
            let others = others.map_or(&[][..], |others| &others.cells[..]);
            let mut others = others.chunks_exact(table.stride).peekable();
            for row in table.cells.chunks_exact(table.stride) {
                while others.next_if(|other| *other < row).is_some() {}
                if others.next_if(|other| *other == row).is_none() {
                    rows.cells.extend_from_slice(&row[..width]);
                }
            }
            rows
        };
        (less(self, before), less(before, self))
    }

    /// A relation's rows as cells of this database.
    pub fn packed(&self, relation: &str) -> Option<PackedRows> {
        let table = self.tables.get(relation)?;
        let width = table.types.len().max(1);
        let rows = table.cells.chunks_exact(table.stride);
        let cells = rows.flat_map(|row| row[..width].iter().copied()).collect();
        Some(PackedRows { types: table.types.clone(), cells })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_rows_come_back_as_the_rows_they_were() {
        let mut first = Database::new();
        let row = |n: i64, text: &str| vec![Value::Int(n), Value::text(text), Value::Bool(n > 2)];
        for (n, text) in [(5_000_000_000, "b"), (1, "a"), (3, "b")] {
            first.insert("p", &row(n, text));
        }
        first.insert("q", &[]);
        first.settle();
        let mut texts = Interner::new();
        texts.intern("z");
        let mut second = Database::with_texts(texts);
        assert_eq!(second.text_cell("z"), 0);
        for relation in ["p", "q"] {
            let packed = first.packed(relation).unwrap();
            let width = packed.types.len();
            let mut moved = packed.clone();
            for (n, cell) in moved.cells.iter_mut().enumerate().filter(|_| width > 0) {
                *cell = second.cell(&first.cell_value(packed.types[n % width], *cell));
            }
            second.insert_cells(relation, &moved);
            second.settle();
            assert_eq!(second.rows(relation), first.rows(relation));
        }
        let before = first.clone();
        first.insert("p", &row(2, "c"));
        first.settle();
        let (added, lost) = first.since(&before, "p");
        assert_eq!((added.cells.len(), lost.cells.len()), (3, 0));
        assert!(first.since(&first, "p").0.cells.is_empty());
        assert_eq!(before.since(&first, "p").1, added);
        let mut back = first.clone();
        back.remove_cells("p", &added);
        assert_eq!(back.rows("p"), before.rows("p"));
        back.remove_cells("q", &back.packed("q").unwrap());
        assert!(back.is_empty("q"));
        first.forget("p");
        assert_eq!(first.since(&before, "p").1, before.packed("p").unwrap());
    }
}
