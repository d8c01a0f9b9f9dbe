//! Floor 2: the rule language as pure data: no files, no RON, no evaluation.
//!
//! Two forms: what a person wrote ([`Program`], names and spans as written),
//! and what checking made of it ([`typed`], everything resolved and numbered).
//! `Display` prints either as Datalog.

mod function;
mod program;
mod show;
mod term;
pub mod typed;

pub use function::{AggregateOp, Function, Test};
pub use program::{FactRow, Lost, Program, Prose, RelationDecl, Rule};
pub use term::{Aggregate, Arguments, Atom, Constant, Ident, Literal, Term, TermKind};

use crate::base::{Type, Value};

/// A row of a relation, one value per column.
pub type Tuple = Vec<Value>;

/// The relations that the parser writes, and the merges and splits of names
/// that analysts write: name and columns.
pub const BASE_RELATIONS: [(&str, &[(&str, Type)]); 7] = [
    (
        "article",
        &[("id", Type::Text), ("outlet", Type::Text), ("published", Type::Date), ("title", Type::Text)],
    ),
    (
        "claim",
        &[
            ("id", Type::Int),
            ("kind", Type::Text),
            ("a", Type::Entity),
            ("b", Type::Entity),
            ("status", Type::Text),
            ("when", Type::Date),
            ("article", Type::Text),
        ],
    ),
    ("mentioned", &[("entity", Type::Entity), ("kind", Type::Text), ("article", Type::Text)]),
    ("date", &[("article", Type::Text), ("date", Type::Date)]),
    ("alias", &[("entity", Type::Entity), ("name", Type::Text)]),
    ("merged", &[("entity", Type::Entity), ("name", Type::Text), ("because", Type::Text)]),
    ("parted", &[("entity", Type::Entity), ("name", Type::Text), ("because", Type::Text)]),
];
