//! Recursions that hand their answer on: `R(x, z)` by `…x…y…, R(y, z)`. Which
//! `y` are reached from the first `x` is all that must be known; then the
//! clauses without recursion give the answers.

use super::Pattern;
use super::clause::{Clause, Clauses};
use super::rewrite::{Key, Known, Rewriter, guard, known_columns};
use crate::logic::typed::{Atom, HeadTerm, Literal, RelationId, Term, VarId};
use std::collections::BTreeSet;

/// What each clause of a relation does with what is wanted.
pub(super) struct Passing {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
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

impl Rewriter<'_> {
    /// The clauses of a relation that passes wanted values on.
    pub(super) fn pass(&mut self, id: RelationId, pattern: &Pattern, passing: Passing) {
        let columns = self.clauses.relation(id).columns.clone();
        let known: Vec<usize> = known_columns(pattern).collect();
        let clauses = self.clauses.of.get(&id).cloned().unwrap_or_default();
        let passed = Key::Passed(id, pattern.clone());
        let relation = self.key(passed.clone());
        if let Some(first) = clauses.first() {
            let mut seed = first.clone();
            seed.variables.clear();
            let vars: Vec<Term> = known.iter().map(|n| Term::Var(seed.fresh(&columns[*n]))).collect();
            let wanted = Atom { relation: self.key(Key::Wanted(id, pattern.clone())), terms: vars.clone() };
            let twice = vars.iter().chain(&vars).cloned().map(HeadTerm::Term).collect();
            self.add(seed, passed.clone(), twice, vec![Literal::Atom(wanted)]);
        }
        for (mut clause, step) in clauses.into_iter().zip(passing.steps) {
            let first: Vec<Term> = known.iter().map(|n| Term::Var(clause.fresh(&columns[*n]))).collect();
            let mut literals = std::mem::take(&mut clause.body);
            let mut sofar = Known::nothing();
            let mut head = clause.terms.clone();
            known.iter().zip(&first).for_each(|(n, var)| head[*n] = HeadTerm::Term(var.clone()));
            if let Step::Keeps(at) = step {
                let Literal::Atom(mut atom) = literals.remove(at) else { continue };
                known.iter().zip(&first).for_each(|(n, var)| atom.terms[*n] = var.clone());
                atom.relation = self.key(Key::Bound(id, pattern.clone()));
                sofar.bind(&atom);
                let mut body = vec![Literal::Atom(atom)];
                body.extend(self.body(&mut clause, &literals, &mut sofar));
                self.add(clause, Key::Bound(id, pattern.clone()), head, body);
                continue;
            }
            let own = known.iter().map(|n| clause.term(*n).clone());
            let types = known.iter().chain(&known).map(|n| columns[*n].1);
            let terms = first.iter().cloned().chain(own).zip(types).collect();
            let mut to = Key::Bound(id, pattern.clone());
            if let Step::Passes(at) = step {
                let Literal::Atom(atom) = literals.remove(at) else { continue };
                let next = known.iter().map(|n| atom.terms[*n].clone());
                head = first.iter().cloned().chain(next).map(HeadTerm::Term).collect();
                to = passed.clone();
            }
            let tests = guard(&mut clause, relation, terms, &mut sofar);
            let mut body = sofar.prefix.clone();
            body.extend(self.body(&mut clause, &literals, &mut sofar));
            body.extend(tests);
            self.add(clause, to, head, body);
        }
    }
}
