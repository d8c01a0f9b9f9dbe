//! The clauses of a recursion that hands its answer on.

use super::Pattern;
use super::clause::known_columns;
use super::passing::{Passing, Step};
use super::rewrite::{Key, Known, Rewriter, guard};
use crate::logic::typed::{Atom, HeadTerm, Literal, RelationId, Term};

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
