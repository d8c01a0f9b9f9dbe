//! The program as clauses of one head each, ready to be rewritten.

use super::super::StratifiedProgram;
use super::super::strata::components;
use crate::logic::typed::{Atom, HeadTerm, Literal, Relation, RelationId, Rule, Term, VarId, Variable};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Places of the known columns.
pub(super) fn known_columns(pattern: &[bool]) -> impl Iterator<Item = usize> {
    pattern.iter().enumerate().filter(|(_, known)| **known).map(|(n, _)| n)
}

/// A rule with one head.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    /// The rule it comes from, for its name, its prose and its place.
    pub rule: Rule,
    pub head: RelationId,
    pub terms: Vec<HeadTerm>,
    pub body: Vec<Literal>,
    pub variables: Vec<Variable>,
}

impl Clause {
    /// A variable that the clause hasn't yet.
    pub(super) fn fresh(&mut self, like: &(Arc<str>, crate::base::Type)) -> VarId {
        self.variables.push(Variable { name: like.0.clone(), type_: like.1 });
        VarId(self.variables.len() as u32 - 1)
    }

    pub(super) fn term(&self, column: usize) -> &Term {
        let (HeadTerm::Term(term) | HeadTerm::Extremum(_, term)) = &self.terms[column];
        term
    }

    /// The atoms over a relation: places in the body of plain ones, and whether
    /// there are others.
    pub(super) fn uses(&self, relation: RelationId) -> (Vec<usize>, bool) {
        let mut plain = Vec::new();
        let mut others = false;
        for (n, literal) in self.body.iter().enumerate() {
            match literal {
                Literal::Atom(atom) if atom.relation == relation => plain.push(n),
                other => each_relation(other, false, &mut |id, _| others |= id == relation),
            }
        }
        (plain, others)
    }

    /// How often a variable occurs.
    pub(super) fn occurrences(&self, var: VarId) -> usize {
        let mut count = 0;
        let mut visit = |v: VarId| count += usize::from(v == var);
        (0..self.terms.len()).for_each(|n| each_variable(self.term(n), &mut visit));
        for literal in &self.body {
            terms_of(literal).iter().for_each(|term| each_variable(term, &mut visit));
        }
        count
    }
}

/// The terms of a literal.
pub(super) fn terms_of(literal: &Literal) -> &[Term] {
    match literal {
        Literal::Atom(atom) | Literal::NotAtom(atom) => &atom.terms,
        Literal::Test { terms, .. } => terms,
    }
}

/// Calls `visit` with each variable, also those inside aggregates.
pub(super) fn each_variable(term: &Term, visit: &mut dyn FnMut(VarId)) {
    match term {
        Term::Var(v) => visit(*v),
        Term::Const(_) => {}
        Term::Call(_, terms, _) => terms.iter().for_each(|t| each_variable(t, visit)),
        Term::Aggregate(aggregate) => {
            aggregate.term.iter().for_each(|t| each_variable(t, visit));
            for literal in &aggregate.body {
                terms_of(literal).iter().for_each(|t| each_variable(t, visit));
            }
        }
    }
}

/// Calls `visit` with each relation of a literal and whether it must be
/// complete before: under `not` or in an aggregate.
pub(super) fn each_relation(literal: &Literal, complete: bool, visit: &mut dyn FnMut(RelationId, bool)) {
    fn in_term(term: &Term, visit: &mut dyn FnMut(RelationId, bool)) {
        match term {
            Term::Call(_, terms, _) => terms.iter().for_each(|t| in_term(t, visit)),
            Term::Aggregate(aggregate) => {
                aggregate.body.iter().for_each(|literal| each_relation(literal, true, visit));
            }
            Term::Var(_) | Term::Const(_) => {}
        }
    }
    match literal {
        Literal::Atom(atom) => visit(atom.relation, complete),
        Literal::NotAtom(atom) => visit(atom.relation, true),
        Literal::Test { .. } => {}
    }
    terms_of(literal).iter().for_each(|term| in_term(term, visit));
}

/// Relations with their clauses. Beyond the program's own relations there are
/// the rows that a derived relation was given (`given`), and the single steps
/// of a closure.
#[derive(Debug, Clone)]
pub(super) struct Clauses {
    pub relations: Vec<Relation>,
    pub of: BTreeMap<RelationId, Vec<Clause>>,
    /// Relations that stand for the given rows of another.
    pub given: BTreeMap<RelationId, RelationId>,
    /// Groups of relations that depend on each other: the number of each
    /// relation's group, and whether the group is a cycle.
    group: Vec<usize>,
    cyclic: Vec<bool>,
}

impl Clauses {
    /// The clauses of a program. Where a relation that isn't to be `full` is
    /// closed by joining it with itself, the clauses join it with its single
    /// steps instead.
    pub(super) fn new(
        program: &StratifiedProgram,
        full: &dyn Fn(&str) -> bool,
        given: &dyn Fn(&str) -> bool,
    ) -> Clauses {
        let mut of: BTreeMap<RelationId, Vec<Clause>> = BTreeMap::new();
        for rule in program.rules() {
            for (head, terms) in &rule.heads {
                of.entry(*head).or_default().push(Clause {
                    rule: rule.clone(),
                    head: *head,
                    terms: terms.clone(),
                    body: rule.body.clone(),
                    variables: rule.variables.clone(),
                });
            }
        }
        let relations = program.relations().to_vec();
        let mut all =
            Clauses { relations, of, given: BTreeMap::new(), group: Vec::new(), cyclic: Vec::new() };
        for id in all.of.keys().copied().collect::<Vec<_>>() {
            let name = all.relations[id.0 as usize].name.clone();
            if !full(&name) {
                all.split_closure(id, given(&name));
            }
        }
        for id in all.of.keys().copied().collect::<Vec<_>>() {
            let name = all.relations[id.0 as usize].name.clone();
            if given(&name) && !full(&name) && all.given.values().all(|done| *done != id) {
                all.given_of(id);
            }
        }
        all.find_groups();
        all
    }

    pub(super) fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.0 as usize]
    }

    pub(super) fn is_derived(&self, id: RelationId) -> bool {
        self.of.contains_key(&id)
    }

    /// Whether a relation depends on itself.
    pub(super) fn recurses(&self, id: RelationId) -> bool {
        self.cyclic[self.group[id.0 as usize]]
    }

    /// Whether a relation depends on itself through no other.
    pub(super) fn recurses_alone(&self, id: RelationId) -> bool {
        let group = self.group[id.0 as usize];
        self.cyclic[group] && self.group.iter().filter(|g| **g == group).count() == 1
    }

    /// Relations of the same cycle.
    pub(super) fn companions(&self, id: RelationId) -> Vec<RelationId> {
        let group = self.group[id.0 as usize];
        (0..self.group.len()).filter(|n| self.group[*n] == group).map(|n| RelationId(n as u32)).collect()
    }

    /// The columns that every clause of a relation that recurses alone hands
    /// on from its own atoms as they are.
    pub(super) fn carried(&self, id: RelationId) -> Vec<bool> {
        let mut carried = vec![self.recurses_alone(id); self.relation(id).columns.len()];
        for clause in self.of.get(&id).into_iter().flatten() {
            for literal in &clause.body {
                if let Literal::Atom(atom) = literal
                    && atom.relation == id
                {
                    for (n, term) in atom.terms.iter().enumerate() {
                        carried[n] &= matches!(term, Term::Var(_)) && term == clause.term(n);
                    }
                }
            }
        }
        carried
    }

    fn find_groups(&mut self) {
        let mut edges = vec![BTreeSet::new(); self.relations.len()];
        for clause in self.of.values().flatten() {
            for literal in &clause.body {
                each_relation(literal, false, &mut |id, _| {
                    edges[clause.head.0 as usize].insert(id.0 as usize);
                });
            }
        }
        let edges: Vec<Vec<usize>> = edges.into_iter().map(|set| set.into_iter().collect()).collect();
        self.group = vec![0; edges.len()];
        for (n, group) in components(&edges).into_iter().enumerate() {
            self.cyclic.push(group.len() > 1 || edges[group[0]].contains(&group[0]));
            group.into_iter().for_each(|member| self.group[member] = n);
        }
    }

    fn add(&mut self, like: RelationId, name: String) -> RelationId {
        let relation = Relation { name: name.into(), extremum: None, ..self.relation(like).clone() };
        self.relations.push(relation);
        RelationId(self.relations.len() as u32 - 1)
    }

    /// Makes a relation's given rows a relation of their own, read by a clause.
    fn given_of(&mut self, id: RelationId) {
        let given = self.add(id, format!("{} as given", self.relation(id).name));
        self.given.insert(given, id);
        let Some(clauses) = self.of.get_mut(&id) else { return };
        let Some(mut clause) = clauses.first().cloned() else { return };
        clause.variables.clear();
        let relation = &self.relations[id.0 as usize];
        let vars: Vec<Term> = relation.columns.iter().map(|c| Term::Var(clause.fresh(c))).collect();
        clause.terms = (vars.iter().enumerate())
            .map(|(n, var)| match relation.extremum {
                Some((column, op)) if column == n => HeadTerm::Extremum(op, var.clone()),
                _ => HeadTerm::Term(var.clone()),
            })
            .collect();
        clause.body = vec![Literal::Atom(Atom { relation: given, terms: vars })];
        clauses.push(clause);
    }

    /// `R(x, z)` by `R(x, y), R(y, z)`, with no other recursion, is `R(x, z)`
    /// by `R(x, y), S(y, z)`, where `S` is what the other clauses give.
    fn split_closure(&mut self, id: RelationId, has_given: bool) {
        let Some(clauses) = self.of.get(&id) else { return };
        let recursive = |clause: &Clause| clause.uses(id) != (Vec::new(), false);
        let Some(at) = clauses.iter().position(recursive) else { return };
        if self.relation(id).extremum.is_some() || clauses.iter().filter(|c| recursive(c)).count() > 1 {
            return;
        }
        let Some(second) = joins_itself(&clauses[at], id) else { return };
        let name = format!("{} in one step", self.relation(id).name);
        let mut clauses = self.of.remove(&id).unwrap_or_default();
        let mut closing = clauses.remove(at);
        if has_given {
            self.of.insert(id, clauses);
            self.given_of(id);
            clauses = self.of.remove(&id).unwrap_or_default();
        }
        let step = match &clauses[..] {
            [only] if renames(only).is_some() => renames(only).unwrap_or(id),
            [] => {
                self.of.insert(id, vec![closing]);
                return;
            }
            [first, ..] => {
                let mut base = first.clone();
                let step = self.add(id, name);
                clauses.iter_mut().for_each(|clause| clause.head = step);
                base.variables.clear();
                let columns = self.relation(id).columns.clone();
                let vars: Vec<Term> = columns.iter().map(|c| Term::Var(base.fresh(c))).collect();
                base.terms = vars.iter().cloned().map(HeadTerm::Term).collect();
                base.body = vec![Literal::Atom(Atom { relation: step, terms: vars })];
                self.of.insert(step, std::mem::replace(&mut clauses, vec![base]));
                step
            }
        };
        if let Literal::Atom(atom) = &mut closing.body[second] {
            atom.relation = step;
        }
        clauses.push(closing);
        self.of.insert(id, clauses);
    }
}

/// The place of `R(y, z)` in `R(x, z)` by `R(x, y), R(y, z)`.
fn joins_itself(clause: &Clause, id: RelationId) -> Option<usize> {
    let [Literal::Atom(one), Literal::Atom(two)] = &clause.body[..] else { return None };
    if one.relation != id || two.relation != id {
        return None;
    }
    let pair = |terms: &[Term]| match terms {
        [Term::Var(a), Term::Var(b)] if a != b => Some((*a, *b)),
        _ => None,
    };
    let (first, second) = (pair(&one.terms)?, pair(&two.terms)?);
    let [HeadTerm::Term(Term::Var(x)), HeadTerm::Term(Term::Var(z))] = clause.terms[..] else { return None };
    let fits = |a: (VarId, VarId), b: (VarId, VarId)| a.1 == b.0 && (a.0, b.1) == (x, z) && x != z;
    if fits(first, second) {
        Some(1)
    } else if fits(second, first) {
        Some(0)
    } else {
        None
    }
}

/// The relation that a clause gives under another name.
fn renames(clause: &Clause) -> Option<RelationId> {
    let [Literal::Atom(atom)] = &clause.body[..] else { return None };
    let mut seen = BTreeSet::new();
    let same = atom.terms.len() == clause.terms.len()
        && atom.terms.iter().enumerate().all(|(n, term)| {
            matches!(term, Term::Var(v) if seen.insert(*v))
                && matches!(&clause.terms[n], HeadTerm::Term(t) if t == term)
        });
    same.then_some(atom.relation)
}
