//! Recursions that hand their answer on: `R(x, z)` by `…x…y…, R(y, z)`. Which
//! `y` are reached from the first `x` is all that must be known; then the
//! clauses without recursion give the answers.

use super::Pattern;
use super::clause::{Clause, Clauses, known_columns};
use crate::logic::typed::{Literal, RelationId, Term, VarId};
use std::collections::BTreeSet;

/// What each clause of a relation does with what is wanted.
pub(super) struct Passing {
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// No recursion.
    Ends,
    /// Asks for other values and hands the answers on; the place of its atom.
    Passes(usize),
    /// Asks for the same values; the place of its atom.
    Keeps(usize),
}

/// How a relation passes wanted values on; `None` where it doesn't, or where
/// that can't be told.
pub(super) fn of(clauses: &Clauses, id: RelationId, pattern: &Pattern) -> Option<Passing> {
    if !clauses.recurses_alone(id) || clauses.relation(id).extremum.is_some() || pattern.len() > 32 {
        return None;
    }
    let steps: Vec<Step> =
        clauses.of.get(&id)?.iter().map(|clause| step(clause, id, pattern)).collect::<Option<_>>()?;
    steps.iter().any(|step| matches!(step, Step::Passes(_))).then_some(Passing { steps })
}

fn step(clause: &Clause, id: RelationId, pattern: &Pattern) -> Option<Step> {
    let at = match clause.uses(id) {
        (places, false) if places.is_empty() => return Some(Step::Ends),
        (places, false) if places.len() == 1 => places[0],
        _ => return None,
    };
    let Literal::Atom(atom) = &clause.body[at] else { return None };
    let same = |known: bool| {
        let mut columns = (0..pattern.len()).filter(|n| pattern[*n] == known);
        // The same variables as in the head, and nowhere else.
        columns.all(|n| match &atom.terms[n] {
            Term::Var(v) => clause.term(n) == &atom.terms[n] && clause.occurrences(*v) == 2,
            _ => false,
        })
    };
    if same(true) {
        return Some(Step::Keeps(at));
    }
    let mut bound: BTreeSet<VarId> = BTreeSet::new();
    let mut bind = |term: &Term| {
        if let Term::Var(v) = term {
            bound.insert(*v);
        }
    };
    known_columns(pattern).for_each(|n| bind(clause.term(n)));
    for (n, literal) in clause.body.iter().enumerate() {
        if let Literal::Atom(other) = literal
            && n != at
        {
            other.terms.iter().for_each(&mut bind);
        }
    }
    // What is asked for must be known without the recursive atom.
    let found = known_columns(pattern).all(|n| match &atom.terms[n] {
        Term::Var(v) => bound.contains(v),
        Term::Const(_) => true,
        _ => false,
    });
    (found && same(false)).then_some(Step::Passes(at))
}
