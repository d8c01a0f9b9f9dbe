//! The values that tuples are made of.

use super::{Decimal, PartialDate};
use std::fmt;
use std::sync::Arc;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// A company, government, alliance or organisation, by its canonical name.
    Entity,
    /// Any text.
    Text,
    /// A 64-bit signed integer.
    Int,
    /// A decimal fraction, exact to 28 digits.
    Decimal,
    /// A day, month or year.
    Date,
    /// True or false.
    Bool,
}

impl Type {
    /// Every type.
    pub const ALL: [Type; 6] = [Type::Entity, Type::Text, Type::Int, Type::Decimal, Type::Date, Type::Bool];

    /// The type's name in rule files.
    pub fn name(self) -> &'static str {
        match self {
            Type::Entity => "entity",
            Type::Text => "text",
            Type::Int => "int",
            Type::Decimal => "decimal",
            Type::Date => "date",
            Type::Bool => "bool",
        }
    }

    /// The type of a name in rule files.
    pub fn from_name(name: &str) -> Option<Type> {
        Type::ALL.into_iter().find(|t| t.name() == name)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One value. The order is by type, then entities and texts by Unicode code
/// point, numbers by value, dates by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// An entity by its canonical name.
    Entity(Arc<str>),
    /// A text.
    Text(Arc<str>),
    /// An integer.
    Int(i64),
    /// A decimal fraction.
    Decimal(Decimal),
    /// A date.
    Date(PartialDate),
    /// A truth value.
    Bool(bool),
}

impl Value {
    /// An entity value.
    pub fn entity(name: impl Into<Arc<str>>) -> Value {
        Value::Entity(name.into())
    }

    /// A text value.
    pub fn text(text: impl Into<Arc<str>>) -> Value {
        Value::Text(text.into())
    }

    /// The value's type.
    pub fn type_of(&self) -> Type {
        match self {
            Value::Entity(_) => Type::Entity,
            Value::Text(_) => Type::Text,
            Value::Int(_) => Type::Int,
            Value::Decimal(_) => Type::Decimal,
            Value::Date(_) => Type::Date,
            Value::Bool(_) => Type::Bool,
        }
    }

    /// The text of an entity or text value.
    pub fn as_text(&self) -> Option<&Arc<str>> {
        match self {
            Value::Entity(text) | Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The bare value, as in a table's cell or a `.facts` file: no quotes, nothing escaped.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Entity(text) | Value::Text(text) => f.write_str(text),
            Value::Int(n) => n.fmt(f),
            Value::Decimal(n) => n.normalize().fmt(f),
            Value::Date(date) => date.fmt(f),
            Value::Bool(b) => b.fmt(f),
        }
    }
}
