//! Terms, atoms and literals as written, each with its place.

use super::{AggregateOp, Function, Test};
use crate::base::{Decimal, Location, PartialDate};
use std::sync::Arc;

/// A name with its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ident {
    /// The name.
    pub text: Arc<str>,
    /// Where it stands.
    pub at: Location,
}

/// A constant as written. Quoted text becomes an entity or a text by its column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Constant {
    /// `"…"`
    Quoted(Arc<str>),
    /// `42`
    Int(i64),
    /// `0.5`
    Decimal(Decimal),
    /// `date("2020-03")`
    Date(PartialDate),
    /// `true`, `false`
    Bool(bool),
}

/// One term with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// Where it stands.
    pub at: Location,
}

/// What a term can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermKind {
    /// A bare identifier.
    Variable(Arc<str>),
    /// `_`
    Wildcard,
    /// A constant.
    Constant(Constant),
    /// `add(x, 1)`; the location is the function name's.
    Call(Function, Location, Vec<Term>),
    /// `count(x, [p(x)])`, or in a head `min(x)`.
    Aggregate(Box<Aggregate>),
}

/// An aggregate as written. In a head (`min(add(d, w))`) there is no body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// Which.
    pub op: AggregateOp,
    /// What is aggregated; none in `count([…])`.
    pub term: Option<Term>,
    /// Over the distinct solutions of these literals; `None` in a head.
    pub body: Option<Vec<Literal>>,
}

/// The arguments of an atom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arguments {
    /// `p(a, b)`: complete, in the order of the columns.
    Positional(Vec<Term>),
    /// `p(subject: a)`: the rest is open.
    Named(Vec<(Ident, Term)>),
}

/// A relation applied to terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// The relation.
    pub relation: Ident,
    /// Its arguments.
    pub arguments: Arguments,
    /// The whole atom's place.
    pub at: Location,
}

/// One condition of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// There is such a row.
    Atom(Atom),
    /// The atom or test doesn't hold. The location is the whole literal's.
    Not(Box<Literal>, Location),
    /// A comparison or another test; the location is the whole literal's.
    Test(Test, Vec<Term>, Location),
}

impl Literal {
    /// The literal's place.
    pub fn at(&self) -> Location {
        match self {
            Literal::Atom(atom) => atom.at,
            Literal::Not(_, at) | Literal::Test(_, _, at) => *at,
        }
    }
}
