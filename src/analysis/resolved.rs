//! Rules halfway: relations and variables numbered, places kept, types not
//! known yet. Each term has a slot that the type solver fills.

use crate::base::Location;
use crate::logic::typed::{RelationId, VarId};
use crate::logic::{AggregateOp, Constant, Function, Prose, Test};
use std::sync::Arc;

/// Index of a type to be found.
pub(super) type Slot = usize;

#[derive(Debug, Clone)]
pub(super) struct Term {
    pub kind: Kind,
    pub at: Location,
    pub slot: Slot,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Var(VarId),
    Const(Constant),
    Call(Function, Vec<Term>),
    Aggregate(Box<Aggregate>),
}

#[derive(Debug, Clone)]
pub(super) struct Aggregate {
    pub op: AggregateOp,
    pub term: Option<Term>,
    pub body: Vec<Literal>,
    pub groups: Vec<VarId>,
    pub locals: Vec<VarId>,
}

#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub relation: RelationId,
    pub terms: Vec<Term>,
    pub at: Location,
}

#[derive(Debug, Clone)]
pub(super) enum Literal {
    Atom(Atom),
    NotAtom(Atom, Location),
    Test { op: Test, terms: Vec<Term>, negated: bool, at: Location },
}

impl Literal {
    pub(super) fn at(&self) -> Location {
        match self {
            Literal::Atom(atom) => atom.at,
            Literal::NotAtom(_, at) | Literal::Test { at, .. } => *at,
        }
    }

    pub(super) fn terms(&self) -> &[Term] {
        match self {
            Literal::Atom(atom) | Literal::NotAtom(atom, _) => &atom.terms,
            Literal::Test { terms, .. } => terms,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Head {
    pub atom: Atom,
    pub extremum: Option<(usize, AggregateOp)>,
}

/// How a variable is used at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// An argument of an atom, which binds it.
    Binding,
    /// Inside a function in an atom.
    Computed,
    /// In a test.
    Tested,
    /// In a negated literal.
    Negated,
    /// Inside an aggregate's list.
    Inner,
    /// In the head.
    Head,
}

#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub name: Arc<str>,
    pub slot: Slot,
    /// Number of the scope that it belongs to; 0 is the rule's own.
    pub scope: usize,
    pub places: Vec<(Location, Use)>,
}

impl Variable {
    pub(super) fn is_wildcard(&self) -> bool {
        &*self.name == "_"
    }
}

#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub name: Arc<str>,
    pub doc: Option<Arc<str>>,
    pub heads: Vec<Head>,
    pub body: Vec<Literal>,
    pub variables: Vec<Variable>,
    pub because: Prose,
    pub at: Location,
}

impl Term {
    /// Calls `visit` with each variable, also those of inner aggregates.
    pub(super) fn each_variable(&self, visit: &mut impl FnMut(VarId)) {
        match &self.kind {
            Kind::Var(v) => visit(*v),
            Kind::Const(_) => {}
            Kind::Call(_, terms) => terms.iter().for_each(|t| t.each_variable(visit)),
            Kind::Aggregate(aggregate) => {
                aggregate.term.iter().for_each(|t| t.each_variable(visit));
                for literal in &aggregate.body {
                    literal.terms().iter().for_each(|t| t.each_variable(visit));
                }
            }
        }
    }
}

/// Calls `visit` with each atom of a body, whether it is negated, and whether
/// it stands inside an aggregate.
pub(super) fn each_atom<'a>(body: &'a [Literal], inner: bool, visit: &mut impl FnMut(&'a Atom, bool, bool)) {
    for literal in body {
        match literal {
            Literal::Atom(atom) => visit(atom, false, inner),
            Literal::NotAtom(atom, _) => visit(atom, true, inner),
            Literal::Test { terms, .. } => {
                for term in terms {
                    if let Kind::Aggregate(aggregate) = &term.kind {
                        each_atom(&aggregate.body, true, visit);
                    }
                }
            }
        }
    }
}
