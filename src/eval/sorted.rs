//! A relation's rows in the order that people see, sorted as cells: what is no
//! number or date is replaced by its rank among the values of its column.

use super::cells::Cells;
use super::rows;
use super::table::Table;
use crate::base::{Type, Value};
use crate::logic::Tuple;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// One value of a row; texts are borrowed.
#[derive(Debug, Clone, PartialEq)]
pub enum Field<'a> {
    /// A text or the name of an entity.
    Text(&'a str),
    /// An int.
    Int(i64),
    /// Anything else.
    Other(Value),
}

/// Rows sorted by text and value, each once.
#[derive(Debug)]
pub struct Sorted<'a> {
    cells: &'a Cells,
    types: &'a [Type],
    stride: usize,
    rows: Cow<'a, [u32]>,
    /// Of columns that are ranked, the cell of each rank.
    ranked: Vec<Option<Vec<u32>>>,
}

impl<'a> Sorted<'a> {
    pub(super) fn new(cells: &'a Cells, table: &'a Table) -> Sorted<'a> {
        let (types, stride) = (&table.types[..], table.stride);
        let mut rows: Cow<'a, [u32]> = Cow::Borrowed(&table.cells[..]);
        let mut ranked = Vec::new();
        for (column, type_) in types.iter().enumerate() {
            let in_order = matches!(type_, Type::Int | Type::Date | Type::Bool)
                && rows.chunks_exact(stride).all(|row| Cells::ordered(*type_, row[column], row[column]));
            if in_order {
                ranked.push(None);
                continue;
            }
            let by_rank = distinct(cells, *type_, rows.chunks_exact(stride).map(|row| row[column]));
            replace(rows.to_mut(), stride, column, &by_rank);
            ranked.push(Some(by_rank));
        }
        let sorted = match rows {
            Cow::Borrowed(rows) if table.is_settled() => Cow::Borrowed(rows),
            rows => Cow::Owned(rows::sort(rows.into_owned(), stride)),
        };
        Sorted { cells, types, stride, rows: sorted, ranked }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.rows.len() / self.stride
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = Field<'_>>> {
        self.cell_rows().map(|row| row.map(|(type_, cell)| self.field(type_, cell)))
    }

    /// The rows in order, as tuples.
    pub fn tuples(&self) -> Vec<Tuple> {
        self.cell_rows()
            .map(|row| row.map(|(type_, cell)| self.cells.decode(type_, cell)).collect())
            .collect()
    }

    fn cell_rows(&self) -> impl Iterator<Item = impl Iterator<Item = (Type, u32)>> {
        self.rows.chunks_exact(self.stride).map(|row| {
            let columns = self.types.iter().zip(row).zip(&self.ranked);
            columns.map(|((type_, cell), ranked)| {
                (*type_, ranked.as_ref().map_or(*cell, |by_rank| by_rank[*cell as usize]))
            })
        })
    }

    fn field(&self, type_: Type, cell: u32) -> Field<'_> {
        match type_ {
            Type::Int => Field::Int(self.cells.to_int(cell)),
            Type::Text | Type::Entity => Field::Text(self.cells.to_text(cell)),
            _ => Field::Other(self.cells.decode(type_, cell)),
        }
    }
}

/// The distinct cells of a column by the order of their values.
fn distinct(cells: &Cells, type_: Type, column: impl Iterator<Item = u32> + Clone) -> Vec<u32> {
    let (count, most) = column.clone().fold((0, 0), |(count, most), cell| (count + 1, cell.max(most)));
    let mut found: Vec<u32>;
    if count == 0 {
        return Vec::new();
    } else if (most as usize) < 8 * count + 4096 {
        let mut seen = vec![false; most as usize + 1];
        column.for_each(|cell| seen[cell as usize] = true);
        found = (0..=most).filter(|cell| seen[*cell as usize]).collect();
    } else {
        found = column.collect();
        found.sort_unstable();
        found.dedup();
    }
    match type_ {
        Type::Text | Type::Entity => found.sort_by(|a, b| cells.to_text(*a).cmp(cells.to_text(*b))),
        Type::Int => found.sort_by_key(|cell| cells.to_int(*cell)),
        _ => found.sort_by_cached_key(|cell| cells.decode(type_, *cell)),
    }
    found
}

/// Replaces the cells of a column by their ranks.
fn replace(cells: &mut [u32], stride: usize, column: usize, by_rank: &[u32]) {
    let most = by_rank.iter().max().copied().unwrap_or_default() as usize;
    if most < 8 * by_rank.len() + 4096 {
        let mut ranks = vec![0; most + 1];
        by_rank.iter().zip(0..).for_each(|(cell, rank)| ranks[*cell as usize] = rank);
        cells.chunks_exact_mut(stride).for_each(|row| row[column] = ranks[row[column] as usize]);
    } else {
        let ranks: FxHashMap<u32, u32> = by_rank.iter().copied().zip(0..).collect();
        cells.chunks_exact_mut(stride).for_each(|row| {
            row[column] = ranks.get(&row[column]).copied().unwrap_or_default();
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::base::Value;
    use crate::eval::Database;

    #[test]
    fn rows_come_in_the_order_of_their_values_whatever_came_first() {
        let decimal = |t: &str| Value::Decimal(t.parse().unwrap());
        let texts = ["b", "", "é", "a", "B", "ab"].map(Value::text);
        let ints = [5, i64::MIN, -3, i64::MAX, 1 << 30, -1 << 31].map(Value::Int);
        let dates = ["2020", "2020-03", "", "2020-03-01", "1999-12-31", "2021"]
            .map(|d| Value::Date(d.parse().unwrap()));
        let decimals = ["1.5", "-2", "1", "10", "0.25", "-2.5"].map(decimal);
        let mut database = Database::new();
        let mut expected = Vec::new();
        for n in 0..36usize {
            let at = |by: usize| (n * by + n / 6) % 6;
            let row = vec![
                texts[at(1)].clone(),
                ints[at(5)].clone(),
                dates[at(2)].clone(),
                decimals[at(3)].clone(),
                Value::Bool(n % 2 == 0),
                Value::entity(texts[at(4)].to_string()),
            ];
            database.insert("all", &row);
            database.insert("ints", &row[1..2]);
            database.insert("pairs", &[Value::Int(n as i64 % 7), Value::Int(50 - n as i64)]);
            expected.push(row);
        }
        expected.sort();
        expected.dedup();
        for settled in [false, true] {
            assert_eq!(database.rows("all"), expected);
            assert_eq!(database.rows("ints").len(), 6);
            assert!(database.rows("ints").is_sorted() && database.rows("pairs").is_sorted());
            assert_eq!(database.len("pairs"), 36, "{settled}");
            database.settle();
        }
    }
}
