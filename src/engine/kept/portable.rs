//! Kept rows as they can be read by another process, and back.

use crate::base::{Type, Value};
use crate::eval::{Database, PackedRows};
use crate::store::KeptRows;
use rustc_hash::FxHashMap;

/// Rows with what their cells mean, for other processes.
pub(super) fn export(rows: &PackedRows, shared: u32, database: &Database) -> KeptRows {
    let mut places: FxHashMap<(usize, u32), u32> = FxHashMap::default();
    let mut kept = KeptRows { types: rows.types.clone(), symbols: shared, ..KeptRows::default() };
    for (n, cell) in rows.cells.iter().enumerate() {
        let column = n % rows.types.len().max(1);
        let Some(type_) = rows.types.get(column).copied() else {
            kept.cells.push(*cell);
            continue;
        };
        let is_text = matches!(type_, Type::Entity | Type::Text);
        let plain = match type_ {
            Type::Entity | Type::Text => *cell < shared,
            Type::Decimal => false,
            Type::Int | Type::Date | Type::Bool => *cell < 1 << 31,
        };
        if plain {
            kept.cells.push(*cell);
            continue;
        }
        let values = &mut kept.values;
        let place = *places.entry((if is_text { 0 } else { column + 1 }, *cell)).or_insert_with(|| {
            values.push(match database.cell_value(type_, *cell) {
                Value::Entity(text) | Value::Text(text) => text.to_string(),
                other => other.to_string(),
            });
            values.len() as u32 - 1
        });
        kept.cells.push(if is_text { shared + place } else { u32::MAX - place });
    }
    kept
}

/// The cells of kept rows in this database; `None` where they don't fit.
pub(super) fn import(rows: &KeptRows, shared: u32, database: &mut Database) -> Option<Vec<u32>> {
    if rows.symbols > shared {
        return None;
    }
    let mut known: FxHashMap<(Type, u32), u32> = FxHashMap::default();
    // Of texts, which are many, by place.
    let mut texts: Vec<Option<u32>> = vec![None; rows.values.len()];
    let mut cells = Vec::with_capacity(rows.cells.len());
    let width = rows.types.len().max(1);
    for (n, cell) in rows.cells.iter().enumerate() {
        let Some(type_) = rows.types.get(n % width).copied() else {
            cells.push(*cell);
            continue;
        };
        let place = match type_ {
            Type::Entity | Type::Text if *cell < rows.symbols => None,
            Type::Entity | Type::Text => Some(cell - rows.symbols),
            Type::Decimal => Some(u32::MAX - cell),
            Type::Int | Type::Date | Type::Bool => (*cell >= 1 << 31).then(|| u32::MAX - cell),
        };
        let Some(place) = place else {
            cells.push(*cell);
            continue;
        };
        let text = rows.values.get(place as usize)?;
        if matches!(type_, Type::Entity | Type::Text) {
            let cell = *texts[place as usize].get_or_insert_with(|| database.text_cell(text));
            cells.push(cell);
            continue;
        }
        if let Some(known) = known.get(&(type_, place)) {
            cells.push(*known);
            continue;
        }
        let value = match type_ {
            Type::Int => Value::Int(text.parse().ok()?),
            Type::Decimal => Value::Decimal(text.parse().ok()?),
            Type::Entity | Type::Text | Type::Date | Type::Bool => return None,
        };
        let cell = database.cell(&value);
        known.insert((type_, place), cell);
        cells.push(cell);
    }
    Some(cells)
}
