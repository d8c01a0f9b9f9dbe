//! Values as 32-bit cells: equal values of a type have equal cells.

use super::builtin;
use crate::base::{Decimal, Interner, PartialDate, Symbol, Type, Value};
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::cmp::Ordering;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

/// Ints from -2^30 up to 2^30 are their own cell, in order.
const INLINE: i64 = 1 << 30;
const TABLED: u32 = 1 << 31;

/// The tables that cells point into.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells {
    texts: Interner,
    text_bytes: u64,
    ints: Numbered<i64>,
    decimals: Numbered<Decimal>,
}

/// Values in the order in which they came, each once.
#[derive(Debug, Clone, Default)]
struct Numbered<T> {
    values: Vec<T>,
    /// Places of the values, by their hashes.
    places: HashTable<u32>,
}

impl<T: Copy + Eq + Hash> Numbered<T> {
    fn hash(value: &T) -> u64 {
        FxBuildHasher.hash_one(value)
    }

    fn find(&self, value: T) -> Option<u32> {
        self.places.find(Self::hash(&value), |at| self.values[*at as usize] == value).copied()
    }

    fn number(&mut self, value: T) -> u32 {
        self.find(value).unwrap_or_else(|| {
            let (at, values) = (self.values.len() as u32, &mut self.values);
            values.push(value);
            self.places.insert_unique(Self::hash(&value), at, |at| Self::hash(&values[*at as usize]));
            at
        })
    }

    fn get(&self, number: u32) -> T
    where
        T: Default,
    {
        self.values.get(number as usize).copied().unwrap_or_default()
    }

    /// While the table grows there are two of them.
    fn bytes(&self) -> u64 {
        (size_of::<T>() as u64 + 17) * self.values.len() as u64
    }
}

impl Cells {
    /// Cells over texts that are known.
    pub(super) fn with_texts(texts: Interner) -> Cells {
        let text_bytes = 80 * texts.len() as u64;
        Cells { texts, text_bytes, ..Cells::default() }
    }

    /// The text of a symbol, if there is one.
    pub(super) fn known(&self, symbol: Symbol) -> Option<&Arc<str>> {
        ((symbol.0 as usize) < self.texts.len()).then(|| self.texts.text(symbol))
    }

    /// The cell of a text or entity.
    pub(super) fn text(&mut self, text: &str) -> u32 {
        self.text_hashed(text, Interner::hash(text))
    }

    /// The cell of a text or entity whose hash is known.
    pub(super) fn text_hashed(&mut self, text: &str, hash: u64) -> u32 {
        let before = self.texts.len();
        let Symbol(cell) = self.texts.intern_hashed(text, hash);
        if self.texts.len() > before {
            self.text_bytes += text.len() as u64 + 80;
        }
        cell
    }

    /// The cell of an int.
    pub(super) fn int(&mut self, n: i64) -> u32 {
        if let Some(cell) = inline(n) {
            return cell;
        }
        self.ints.number(n) | TABLED
    }

    /// The cell of a value, new or known.
    pub(super) fn encode(&mut self, value: &Value) -> u32 {
        match value {
            Value::Entity(text) | Value::Text(text) => self.text(text),
            Value::Int(n) => self.int(*n),
            Value::Decimal(n) => self.decimal(*n),
            Value::Date(date) => date.pack(),
            Value::Bool(b) => u32::from(*b),
        }
    }

    /// The cell of a decimal.
    pub(super) fn decimal(&mut self, n: Decimal) -> u32 {
        self.decimals.number(n.normalize())
    }

    /// Makes clones cheap: they share the texts that are there now.
    pub(super) fn freeze(&mut self) {
        self.texts.freeze();
    }

    /// The cell of a value, if it has one.
    pub(super) fn find(&self, value: &Value) -> Option<u32> {
        match value {
            Value::Entity(text) | Value::Text(text) => self.texts.get(text).map(|s| s.0),
            Value::Int(n) => inline(*n).or_else(|| Some(self.ints.find(*n)? | TABLED)),
            Value::Decimal(n) => self.decimals.find(n.normalize()),
            Value::Date(date) => Some(date.pack()),
            Value::Bool(b) => Some(u32::from(*b)),
        }
    }

    /// The int of a cell.
    pub(super) fn to_int(&self, cell: u32) -> i64 {
        if cell & TABLED == 0 {
            return i64::from(cell) - INLINE;
        }
        self.ints.get(cell & !TABLED)
    }

    /// The text of a cell.
    pub(super) fn to_text(&self, cell: u32) -> &str {
        self.known(Symbol(cell)).map_or("", |text| text)
    }

    /// The value of a cell of a column of this type.
    pub(super) fn decode(&self, type_: Type, cell: u32) -> Value {
        let text = || {
            let known = (cell as usize) < self.texts.len();
            if known { self.texts.text(Symbol(cell)).clone() } else { Arc::from("") }
        };
        match type_ {
            Type::Entity => Value::Entity(text()),
            Type::Text => Value::Text(text()),
            Type::Int => Value::Int(self.to_int(cell)),
            Type::Decimal => Value::Decimal(self.decimals.get(cell)),
            Type::Date => Value::Date(PartialDate::unpack(cell).unwrap_or(PartialDate::UNKNOWN)),
            Type::Bool => Value::Bool(cell != 0),
        }
    }

    /// The order of two values, each with its type.
    pub(super) fn compare(&self, (a_type, a): (Type, u32), (b_type, b): (Type, u32)) -> Ordering {
        match (a_type, b_type) {
            (Type::Int, Type::Int) => self.to_int(a).cmp(&self.to_int(b)),
            (Type::Text | Type::Entity, Type::Text | Type::Entity) => {
                if a == b {
                    Ordering::Equal
                } else {
                    self.to_text(a).cmp(self.to_text(b))
                }
            }
            (Type::Date, Type::Date) | (Type::Bool, Type::Bool) => a.cmp(&b),
            _ => builtin::compare(&self.decode(a_type, a), &self.decode(b_type, b)),
        }
    }

    /// Whether two cells of this type compare as their values do.
    pub(super) fn ordered(type_: Type, a: u32, b: u32) -> bool {
        match type_ {
            Type::Int => (a | b) & TABLED == 0,
            Type::Date | Type::Bool => true,
            _ => false,
        }
    }

    /// About how much memory the tables take.
    pub(super) fn bytes(&self) -> u64 {
        self.text_bytes + self.ints.bytes() + self.decimals.bytes()
    }
}

/// The cell of an int that needs no table.
#[inline]
pub(super) fn inline(n: i64) -> Option<u32> {
    (-INLINE..INLINE).contains(&n).then(|| (n + INLINE) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_survive_as_cells_and_equal_ones_share_a_cell() {
        let mut cells = Cells::default();
        let decimal = |t: &str| Value::Decimal(t.parse().unwrap());
        let mut values = vec![Value::text("a"), Value::entity("é"), Value::Bool(true), decimal("-1.25")];
        values.extend([i64::MIN, i64::MAX, -INLINE - 1, -INLINE, -1, 0, INLINE - 1, INLINE].map(Value::Int));
        values.extend(["", "2020", "2020-02-29"].map(|d| Value::Date(d.parse().unwrap())));
        for value in &values {
            assert_eq!(cells.find(value), cells.find(value).is_some().then(|| cells.encode(value)));
            let cell = cells.encode(value);
            assert_eq!(cells.decode(value.type_of(), cell), *value);
            assert_eq!(cells.find(value), Some(cell));
        }
        assert_eq!(cells.encode(&decimal("1.0")), cells.encode(&decimal("1")));
        assert!(inline(-5).unwrap() < inline(3).unwrap());
    }
}
