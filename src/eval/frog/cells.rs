//! Values as 32-bit cells. Equal values of one type have equal cells; dates,
//! truth values and small ints are their own cells, the rest is interned.

use crate::base::{Decimal, Interner, PartialDate, Symbol, Type, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Ints from this on, and negative ones, stand in a table.
const INLINE: i64 = 1 << 31;

/// The tables behind cells.
#[derive(Debug, Default)]
pub(super) struct Cells {
    texts: Interner,
    ints: Table<i64>,
    decimals: Table<Decimal>,
}

#[derive(Debug)]
struct Table<T> {
    ids: FxHashMap<T, u32>,
    values: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { ids: FxHashMap::default(), values: Vec::new() }
    }
}

impl<T: Copy + Eq + std::hash::Hash> Table<T> {
    fn id(&mut self, value: T) -> u32 {
        *self.ids.entry(value).or_insert_with(|| {
            self.values.push(value);
            self.values.len() as u32 - 1
        })
    }
}

impl Cells {
    /// The cell of a value.
    pub(super) fn encode(&mut self, value: &Value) -> u32 {
        match value {
            Value::Entity(text) | Value::Text(text) => self.texts.intern(text).0,
            Value::Int(n) if (0..INLINE).contains(n) => *n as u32,
            Value::Int(n) => INLINE as u32 | self.ints.id(*n),
            Value::Decimal(n) => self.decimals.id(n.normalize()),
            Value::Date(date) => date.pack(),
            Value::Bool(b) => u32::from(*b),
        }
    }

    /// The value of a cell of this type.
    pub(super) fn decode(&self, cell: u32, type_: Type) -> Value {
        let text = || -> Arc<str> { self.texts.text(Symbol(cell)).clone() };
        match type_ {
            Type::Entity => Value::Entity(text()),
            Type::Text => Value::Text(text()),
            Type::Int if i64::from(cell) < INLINE => Value::Int(cell.into()),
            Type::Int => Value::Int(self.ints.values[(cell & !(INLINE as u32)) as usize]),
            Type::Decimal => Value::Decimal(self.decimals.values[cell as usize]),
            Type::Date => Value::Date(PartialDate::unpack(cell).unwrap_or(PartialDate::UNKNOWN)),
            Type::Bool => Value::Bool(cell != 0),
        }
    }
}
