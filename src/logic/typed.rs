//! Checked rules: relations and variables numbered, arguments complete and in
//! column order, constants of their column's type. Made by `analysis` alone.

use super::{AggregateOp, Function, Prose, Test};
use crate::base::{Location, Type, Value};
use std::sync::Arc;

/// Index into the program's relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(pub u32);

/// Index into a rule's variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VarId(pub u32);

/// Index into the program's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

/// A relation with everything known of it.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name.
    pub name: Arc<str>,
    /// Column names (`c0`, `c1` … where undeclared) and types.
    pub columns: Vec<(Arc<str>, Type)>,
    /// Head aggregate: the column, and `Min` or `Max`; for each value of the
    /// other columns only the extreme is kept.
    pub extremum: Option<(usize, AggregateOp)>,
    /// Whether some rule derives it or some rule file gives facts of it.
    pub derived: bool,
}

/// A variable of a rule.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its name; a wildcard's is `_`.
    pub name: Arc<str>,
    /// Its type.
    pub type_: Type,
}

/// A term of a checked rule. Wildcards have become variables of their own
/// that occur once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A variable.
    Var(VarId),
    /// A constant.
    Const(Value),
    /// A function, its arguments, and the type of its result. Int arguments
    /// beside decimals are widened when computed.
    Call(Function, Vec<Term>, Type),
    /// An aggregate; only as an argument of a comparison.
    Aggregate(Box<Aggregate>),
}

/// An aggregate of a checked rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// Which.
    pub op: AggregateOp,
    /// What is aggregated; `None` counts solutions.
    pub term: Option<Term>,
    /// The literals, ordered so that each can run after those before it.
    pub body: Vec<Literal>,
    /// Variables of the body also bound outside: the group, sorted.
    pub groups: Vec<VarId>,
    /// Named variables of the body that aren't bound outside, sorted: solutions
    /// are distinct over these. Wildcards are in neither.
    pub locals: Vec<VarId>,
    /// Type of the result.
    pub type_: Type,
}

/// A relation applied to terms, one per column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// The relation.
    pub relation: RelationId,
    /// Its arguments.
    pub terms: Vec<Term>,
}

/// A literal of a checked rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// There is such a row.
    Atom(Atom),
    /// There is no such row. Variables not bound outside (wildcards) are any.
    NotAtom(Atom),
    /// The test holds, or doesn't where `negated`.
    Test {
        /// Which.
        op: Test,
        /// Its arguments.
        terms: Vec<Term>,
        /// Whether it must fail.
        negated: bool,
    },
}

/// One argument of a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadTerm {
    /// A plain term.
    Term(Term),
    /// `min(t)` or `max(t)`: the relation's extremum column.
    Extremum(AggregateOp, Term),
}

/// A checked rule; a rule with several heads stays one rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its number.
    pub id: RuleId,
    /// Its name.
    pub name: Arc<str>,
    /// What it is for.
    pub doc: Option<Arc<str>>,
    /// What it derives.
    pub heads: Vec<(RelationId, Vec<HeadTerm>)>,
    /// Its conditions in an order in which each can run after those before it;
    /// the planner may choose another.
    pub body: Vec<Literal>,
    /// Its variables.
    pub variables: Vec<Variable>,
    /// The reason in prose; holes name variables.
    pub because: Prose,
    /// Where it stands.
    pub at: Location,
}

/// Relations that depend on each other, and the rules that derive them.
#[derive(Debug, Clone)]
pub struct Stratum {
    /// Relations derived here, sorted.
    pub relations: Vec<RelationId>,
    /// Rules with a head here, sorted. A rule whose heads lie in several strata
    /// is listed in each.
    pub rules: Vec<RuleId>,
    /// Whether a relation here depends on itself.
    pub recursive: bool,
}
