//! The order of a body's literals.

use crate::logic::Test;
use crate::logic::typed::{Literal, RelationId, Term, VarId};
use std::collections::BTreeSet;

/// What a literal needs bound, and what it binds.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    /// Variables that must be bound before.
    pub needs: BTreeSet<VarId>,
    /// Variables that are bound after.
    pub binds: BTreeSet<VarId>,
}

/// Orders a body: `first` leads if given; tests and absences come as soon as
/// they can; of the atoms the one with the most bound columns comes next, then
/// the smaller relation, then the one written first.
pub fn order_body(
    body: &[Literal],
    first: Option<usize>,
    bound: &BTreeSet<VarId>,
    size: &dyn Fn(RelationId) -> usize,
) -> Vec<usize> {
    let mut bindable = bound.clone();
    body.iter().for_each(|literal| bind_candidates(literal, &mut bindable));
    let mut bound = bound.clone();
    let mut left: Vec<usize> = (0..body.len()).collect();
    let mut order = Vec::with_capacity(body.len());
    while !left.is_empty() {
        let next = match first {
            Some(first) if order.is_empty() => first,
            _ => choose(body, &left, &bound, &bindable, size),
        };
        left.retain(|at| *at != next);
        bound.extend(needs(&body[next], &bound).binds);
        order.push(next);
    }
    order
}

fn choose(
    body: &[Literal],
    left: &[usize],
    bound: &BTreeSet<VarId>,
    bindable: &BTreeSet<VarId>,
    size: &dyn Fn(RelationId) -> usize,
) -> usize {
    let ready =
        |at: &&usize| needs(&body[**at], bound).needs.intersection(bindable).all(|var| bound.contains(var));
    let rank = |at: &&usize| match &body[**at] {
        Literal::Atom(atom) => {
            let fixed = atom.terms.iter().filter(|term| is_bound(term, bound)).count();
            let free = atom.terms.len() - fixed;
            (1, free > 0, fixed == 0, size(atom.relation) >> (8 * fixed.min(4)), **at)
        }
        Literal::Test { op: Test::Range, .. } => (2, true, true, 0, **at),
        _ => (0, false, false, 0, **at),
    };
    *left.iter().filter(ready).min_by_key(rank).unwrap_or(&left[0])
}

fn is_bound(term: &Term, bound: &BTreeSet<VarId>) -> bool {
    match term {
        Term::Var(var) => bound.contains(var),
        _ => true,
    }
}

/// What a literal needs and binds where `bound` is bound already.
pub(super) fn needs(literal: &Literal, bound: &BTreeSet<VarId>) -> Needs {
    let mut all = Needs::default();
    match literal {
        Literal::Atom(atom) => {
            for term in &atom.terms {
                match term {
                    Term::Var(var) => {
                        all.binds.insert(*var);
                    }
                    term => variables(term, &mut all.needs),
                }
            }
        }
        // A variable that is bound nowhere stands for anything; one that is bound later is waited for.
        Literal::NotAtom(atom) => atom.terms.iter().for_each(|term| variables(term, &mut all.needs)),
        Literal::Test { op, terms, negated } => {
            let free = |term: &Term| match term {
                Term::Var(var) if !bound.contains(var) => Some(*var),
                _ => None,
            };
            let target = match (op, negated) {
                (Test::Eq, false) => terms.iter().position(|term| free(term).is_some()),
                (Test::Range, false) => free(&terms[0]).map(|_| 0),
                _ => None,
            };
            for (n, term) in terms.iter().enumerate() {
                match free(term).filter(|_| target == Some(n)) {
                    Some(var) => {
                        all.binds.insert(var);
                    }
                    None => variables(term, &mut all.needs),
                }
            }
        }
    }
    all
}

/// Variables that a literal could bind.
fn bind_candidates(literal: &Literal, found: &mut BTreeSet<VarId>) {
    let terms = match literal {
        Literal::Atom(atom) => &atom.terms,
        Literal::Test { op: Test::Eq | Test::Range, terms, negated: false } => terms,
        _ => return,
    };
    found.extend(terms.iter().filter_map(|term| if let Term::Var(var) = term { Some(*var) } else { None }));
}

fn variables(term: &Term, found: &mut BTreeSet<VarId>) {
    match term {
        Term::Var(var) => {
            found.insert(*var);
        }
        Term::Const(_) => {}
        Term::Call(_, terms, _) => terms.iter().for_each(|term| variables(term, found)),
        Term::Aggregate(aggregate) => found.extend(&aggregate.groups),
    }
}
