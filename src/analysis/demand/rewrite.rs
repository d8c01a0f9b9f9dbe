//! Relation by relation, the clauses for what is asked for.

use super::clause::{Clause, Clauses, each_variable, known_columns, terms_of};
use super::passing::{self, Passing};
use super::{Pattern, Policy};
use crate::base::{Type, Value};
use crate::logic::Test;
use crate::logic::typed::{Aggregate, Atom, HeadTerm, Literal, RelationId, Term, VarId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// In how many ways a relation is asked for at most.
const MOST_WAYS: usize = 2;

/// A relation of the new program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// As it was.
    Plain(RelationId),
    /// The rows asked for with these columns known.
    Bound(RelationId, Pattern),
    /// The values of those columns that are asked for.
    Wanted(RelationId, Pattern),
    /// Values asked for, each with the first values that it is for.
    Passed(RelationId, Pattern),
}

/// What a body's literals can be asked with, so far.
#[derive(Clone)]
pub(super) struct Known {
    vars: BTreeSet<VarId>,
    constants: BTreeMap<VarId, Value>,
    /// Rewritten literals that bind them.
    pub(super) prefix: Vec<Literal>,
}

pub(super) struct Rewriter<'a> {
    pub(super) clauses: &'a Clauses,
    policy: &'a mut Policy,
    /// Whether a decision was made that what is done doesn't follow.
    pub(super) again: bool,
    keys: Vec<Key>,
    places: BTreeMap<Key, usize>,
    queue: VecDeque<Key>,
    rules: Vec<Clause>,
    asked: BTreeMap<RelationId, BTreeSet<Pattern>>,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(clauses: &'a Clauses, policy: &'a mut Policy) -> Rewriter<'a> {
        Rewriter {
            clauses,
            policy,
            again: false,
            keys: Vec::new(),
            places: BTreeMap::new(),
            queue: VecDeque::new(),
            rules: Vec::new(),
            asked: BTreeMap::new(),
        }
    }

    /// Rewrites all that the goal needs; `None` where nothing is asked for
    /// with a known column, or with too many rules.
    pub(super) fn run(&mut self, goal: &str, most: usize) -> Option<()> {
        let goal = self.clauses.relations.iter().position(|relation| *relation.name == *goal)?;
        let goal = RelationId(goal as u32);
        let free = vec![false; self.clauses.relation(goal).columns.len()];
        self.key(Key::Bound(goal, free));
        while let Some(key) = self.queue.pop_front() {
            match key {
                Key::Plain(id) => self.in_full(id),
                Key::Bound(id, pattern) => self.bound(id, &pattern),
                Key::Wanted(..) | Key::Passed(..) => {}
            }
            if self.rules.len() > most {
                return None;
            }
        }
        let wanted = |key: &Key| matches!(key, Key::Wanted(..));
        (self.again || self.keys.iter().any(wanted)).then_some(())
    }

    pub(super) fn result(self) -> (Vec<Key>, Vec<Clause>) {
        (self.keys, self.rules)
    }

    /// The new program's number for a relation, whose clauses will follow.
    pub(super) fn key(&mut self, key: Key) -> RelationId {
        let key = match key {
            Key::Plain(id) => Key::Plain(self.clauses.given.get(&id).copied().unwrap_or(id)),
            other => other,
        };
        let next = self.keys.len();
        let place = *self.places.entry(key.clone()).or_insert(next);
        if place == next {
            self.keys.push(key.clone());
            self.queue.push_back(key);
        }
        RelationId(place as u32)
    }

    fn in_full(&mut self, id: RelationId) {
        let name = &self.clauses.relation(id).name;
        if !self.policy.full.contains(name) {
            return;
        }
        for mut clause in self.clauses.of.get(&id).into_iter().flatten().cloned() {
            let mut known = Known::nothing();
            let body = std::mem::take(&mut clause.body);
            clause.body = self.body(&mut clause, &body, &mut known);
            clause.head = self.key(Key::Plain(id));
            self.rules.push(clause);
        }
    }

    fn bound(&mut self, id: RelationId, pattern: &Pattern) {
        let clauses: Vec<Clause> = self.clauses.of.get(&id).cloned().unwrap_or_default();
        if let Some(passing) = self.passing(id, pattern) {
            self.pass(id, pattern, passing);
            return;
        }
        for mut clause in clauses {
            let mut known = Known::nothing();
            let (mut body, mut tests) = (Vec::new(), Vec::new());
            if pattern.contains(&true) {
                let wanted = self.key(Key::Wanted(id, pattern.clone()));
                let columns = &self.clauses.relation(id).columns;
                let terms = known_columns(pattern).map(|n| (clause.term(n).clone(), columns[n].1)).collect();
                tests = guard(&mut clause, wanted, terms, &mut known);
                body.extend(known.prefix.clone());
            }
            let literals = std::mem::take(&mut clause.body);
            body.extend(self.body(&mut clause, &literals, &mut known));
            if tests.is_empty() && self.hands_on(&clause, &body, id, pattern) {
                body.remove(0);
            }
            clause.body = [body, tests].concat();
            clause.head = self.key(Key::Bound(id, pattern.clone()));
            self.rules.push(clause);
        }
    }

    /// Whether a body has an atom of its own head's relation for the very same
    /// values: then these are wanted, and need no guard.
    fn hands_on(&mut self, clause: &Clause, body: &[Literal], id: RelationId, pattern: &Pattern) -> bool {
        let own = self.key(Key::Bound(id, pattern.clone()));
        pattern.contains(&true)
            && body.iter().any(|literal| match literal {
                Literal::Atom(atom) if atom.relation == own => {
                    known_columns(pattern).all(|n| atom.terms[n] == *clause.term(n))
                }
                _ => false,
            })
    }

    /// How a relation passes wanted values on, if it does.
    fn passing(&self, id: RelationId, pattern: &Pattern) -> Option<Passing> {
        let refused =
            self.policy.not_passing.contains(&(self.clauses.relation(id).name.clone(), pattern.clone()));
        if refused || !pattern.contains(&true) { None } else { passing::of(self.clauses, id, pattern) }
    }

    pub(super) fn add(&mut self, mut clause: Clause, head: Key, terms: Vec<HeadTerm>, body: Vec<Literal>) {
        clause.head = self.key(head);
        (clause.terms, clause.body) = (terms, body);
        self.rules.push(clause);
    }

    /// Rewrites a body's literals, asking for what they need in the order in
    /// which most is known.
    pub(super) fn body(&mut self, clause: &mut Clause, body: &[Literal], known: &mut Known) -> Vec<Literal> {
        let mut out: Vec<Option<Literal>> = vec![None; body.len()];
        loop {
            for (n, literal) in body.iter().enumerate() {
                if out[n].is_none() && use_test(clause, literal, known) {
                    known.prefix.push(literal.clone());
                    out[n] = Some(literal.clone());
                }
            }
            let rank = |n: usize| match &body[n] {
                Literal::Atom(atom) if out[n].is_none() => {
                    let by = self.columns_known(clause, atom, known).iter().filter(|k| **k).count();
                    let calls = atom.terms.iter().any(|t| matches!(t, Term::Call(..)));
                    Some((calls, by == 0, self.clauses.is_derived(atom.relation), atom.terms.len() - by, n))
                }
                _ => None,
            };
            let Some((.., next)) = (0..body.len()).filter_map(rank).min() else { break };
            let Literal::Atom(atom) = &body[next] else { break };
            let new = self.ask(clause, atom, known);
            if !atom.terms.iter().any(|t| matches!(t, Term::Call(..))) {
                known.vars.extend(atom.terms.iter().filter_map(variable));
                known.prefix.push(Literal::Atom(new.clone()));
            }
            out[next] = Some(Literal::Atom(new));
        }
        let mut done = Vec::new();
        for (literal, new) in body.iter().zip(out) {
            done.push(match (new, literal) {
                (Some(new), _) => new,
                (None, Literal::NotAtom(atom)) => Literal::NotAtom(self.ask(clause, atom, known)),
                (None, Literal::Atom(atom)) => Literal::Atom(self.ask(clause, atom, known)),
                (None, Literal::Test { op, terms, negated }) => {
                    let terms = terms.iter().map(|term| self.term(clause, term, known)).collect();
                    Literal::Test { op: *op, terms, negated: *negated }
                }
            });
        }
        done
    }

    fn term(&mut self, clause: &mut Clause, term: &Term, known: &Known) -> Term {
        match term {
            Term::Aggregate(aggregate) => {
                let mut inner = known.clone();
                let body = self.body(clause, &aggregate.body, &mut inner);
                Term::Aggregate(Box::new(Aggregate { body, ..(**aggregate).clone() }))
            }
            Term::Call(function, terms, type_) => {
                let terms = terms.iter().map(|term| self.term(clause, term, known)).collect();
                Term::Call(*function, terms, *type_)
            }
            Term::Var(_) | Term::Const(_) => term.clone(),
        }
    }

    /// What a column can be asked with.
    fn asked_with(&self, clause: &Clause, term: &Term, type_: Type, known: &Known) -> Option<Term> {
        match term {
            Term::Const(value) if value.type_of() == type_ => Some(term.clone()),
            Term::Var(var) if clause.variables[var.0 as usize].type_ != type_ => None,
            Term::Var(var) => match known.constants.get(var) {
                Some(value) => Some(Term::Const(value.clone())),
                None => known.vars.contains(var).then(|| term.clone()),
            },
            _ => None,
        }
    }

    fn columns_known(&self, clause: &Clause, atom: &Atom, known: &Known) -> Vec<bool> {
        let columns = &self.clauses.relation(atom.relation).columns;
        (atom.terms.iter().zip(columns))
            .map(|(term, (_, type_))| self.asked_with(clause, term, *type_, known).is_some())
            .collect()
    }

    /// An atom of the new program, and a rule that says what is wanted of it.
    fn ask(&mut self, clause: &mut Clause, atom: &Atom, known: &Known) -> Atom {
        let id = atom.relation;
        let columns = &self.clauses.relation(id).columns;
        let with: Vec<Option<Term>> = (atom.terms.iter().zip(columns))
            .map(|(term, (_, type_))| self.asked_with(clause, term, *type_, known))
            .collect();
        let Some(pattern) = self.choose(id, &with) else {
            return Atom { relation: self.key(Key::Plain(id)), terms: atom.terms.clone() };
        };
        if pattern.contains(&true) {
            let terms: Vec<Term> = known_columns(&pattern).filter_map(|n| with[n].clone()).collect();
            self.want(clause, id, &pattern, terms, known);
        }
        Atom { relation: self.key(Key::Bound(id, pattern)), terms: atom.terms.clone() }
    }

    /// Says which values are wanted.
    fn want(&mut self, clause: &Clause, id: RelationId, pattern: &Pattern, terms: Vec<Term>, known: &Known) {
        let constant = terms.iter().all(|t| matches!(t, Term::Const(_)));
        if !constant && self.passing(id, pattern).is_some() {
            // Passing on costs as often as there are first values.
            self.policy.not_passing.insert((self.clauses.relation(id).name.clone(), pattern.clone()));
            self.again = true;
        }
        let wanted = self.key(Key::Wanted(id, pattern.clone()));
        let body = if constant { Vec::new() } else { connected(&terms, &known.prefix) };
        if matches!(&body[..], [Literal::Atom(atom)] if atom.relation == wanted && atom.terms == terms) {
            return;
        }
        let terms: Vec<HeadTerm> = terms.into_iter().map(HeadTerm::Term).collect();
        let same = |rule: &Clause| {
            rule.head == wanted && rule.terms == terms && rule.body == body && rule.rule.id == clause.rule.id
        };
        if !self.rules.iter().any(same) {
            self.add(clause.clone(), Key::Wanted(id, pattern.clone()), terms, body);
        }
    }

    /// The columns by which a relation is asked for; `None` where it has no
    /// clauses or is derived in full.
    fn choose(&mut self, id: RelationId, with: &[Option<Term>]) -> Option<Pattern> {
        let relation = self.clauses.relation(id);
        if !self.clauses.is_derived(id) || self.policy.full.contains(&relation.name) {
            return None;
        }
        let mut pattern: Pattern = with.iter().map(Option::is_some).collect();
        if let Some((column, _)) = relation.extremum {
            pattern[column] = false;
        }
        if self.clauses.recurses(id) && pattern.contains(&true) {
            let constant = |n: usize| matches!(with[n], Some(Term::Const(_)));
            let constants: Pattern = (0..pattern.len()).map(|n| pattern[n] && constant(n)).collect();
            if relation.extremum.is_none()
                && constants.contains(&true)
                && self.passing(id, &constants).is_some()
            {
                pattern = constants;
            } else {
                pattern = self.one_column(id, pattern, &constants);
            }
        }
        if let Some(forced) = self.policy.forced.get(&relation.name).cloned() {
            let both: Pattern = forced.iter().zip(with).map(|(a, b)| *a && b.is_some()).collect();
            if both != forced {
                self.policy.forced.insert(relation.name.clone(), both.clone());
                self.again = true;
            }
            return Some(both);
        }
        let asked = self.asked.entry(id).or_default();
        asked.insert(pattern.clone());
        // Whoever derives everything need not be asked for parts.
        if asked.len() > MOST_WAYS || asked.len() > 1 && asked.iter().any(|p| !p.contains(&true)) {
            let mut common = pattern.clone();
            for other in asked.iter() {
                common.iter_mut().zip(other).for_each(|(a, b)| *a &= *b);
            }
            self.policy.forced.insert(relation.name.clone(), common.clone());
            self.again = true;
            return Some(common);
        }
        Some(pattern)
    }

    /// Columns by which a recursion can be asked for without asking itself for
    /// combinations that nobody needs: those that it hands on, else one.
    fn one_column(&self, id: RelationId, mut pattern: Pattern, constants: &Pattern) -> Pattern {
        let carried = self.clauses.carried(id);
        if pattern.iter().zip(&carried).any(|(p, c)| *p && *c) {
            pattern.iter_mut().zip(&carried).for_each(|(p, c)| *p &= *c);
            return pattern;
        }
        if self.clauses.relation(id).extremum.is_some() {
            return vec![false; pattern.len()];
        }
        let first = constants.iter().position(|c| *c).or_else(|| pattern.iter().position(|p| *p));
        (0..pattern.len()).map(|n| Some(n) == first).collect()
    }
}

impl Known {
    /// What a guard makes known is still to come.
    pub(super) fn nothing() -> Known {
        Known { vars: BTreeSet::new(), constants: BTreeMap::new(), prefix: Vec::new() }
    }

    pub(super) fn bind(&mut self, atom: &Atom) {
        self.vars.extend(atom.terms.iter().filter_map(variable));
        self.prefix.push(Literal::Atom(atom.clone()));
    }
}

fn variable(term: &Term) -> Option<VarId> {
    match term {
        Term::Var(var) => Some(*var),
        _ => None,
    }
}

/// Makes columns of these types known by an atom, the first of what is known;
/// gives tests for those that are computed once the body has run.
pub(super) fn guard(
    clause: &mut Clause,
    relation: RelationId,
    terms: Vec<(Term, Type)>,
    known: &mut Known,
) -> Vec<Literal> {
    let mut tests = Vec::new();
    let mut arguments = Vec::new();
    for (term, type_) in terms {
        arguments.push(match &term {
            Term::Var(var) if clause.variables[var.0 as usize].type_ == type_ => {
                known.vars.insert(*var);
                term
            }
            Term::Const(value) if value.type_of() == type_ => term,
            _ => {
                let var = Term::Var(clause.fresh(&("computed".into(), type_)));
                tests.push(Literal::Test { op: Test::Eq, terms: vec![var.clone(), term], negated: false });
                var
            }
        });
    }
    known.prefix.push(Literal::Atom(Atom { relation, terms: arguments }));
    tests
}

/// Whether a test over variables and constants can narrow what is asked for;
/// what it makes known is noted.
fn use_test(clause: &Clause, literal: &Literal, known: &mut Known) -> bool {
    let Literal::Test { op, terms, negated } = literal else { return false };
    if *op == Test::Matches || !terms.iter().all(|t| matches!(t, Term::Var(_) | Term::Const(_))) {
        return false;
    }
    let is_known = |term: &Term| match term {
        Term::Var(var) => known.vars.contains(var),
        _ => true,
    };
    if terms.iter().all(is_known) {
        return true;
    }
    let type_of = |term: &Term| match term {
        Term::Var(var) => Some(clause.variables[var.0 as usize].type_),
        Term::Const(value) => Some(value.type_of()),
        _ => None,
    };
    let (Test::Eq, [a, b], false) = (op, &terms[..], negated) else { return false };
    let (free, other) = if is_known(a) { (b, a) } else { (a, b) };
    let Term::Var(var) = free else { return false };
    if !is_known(other) || type_of(free) != type_of(other) {
        return false;
    }
    let constant = match other {
        Term::Const(value) => Some(value.clone()),
        Term::Var(other) => known.constants.get(other).cloned(),
        _ => None,
    };
    known.vars.insert(*var);
    known.constants.extend(constant.map(|value| (*var, value)));
    true
}

/// The literals that share variables with the terms, directly or through
/// others, in their order.
fn connected(terms: &[Term], prefix: &[Literal]) -> Vec<Literal> {
    let mut vars = BTreeSet::new();
    terms.iter().for_each(|term| {
        each_variable(term, &mut |v| {
            vars.insert(v);
        });
    });
    let mut taken = vec![false; prefix.len()];
    loop {
        let before = vars.len();
        for (n, literal) in prefix.iter().enumerate() {
            let mut own = Vec::new();
            terms_of(literal).iter().for_each(|term| each_variable(term, &mut |v| own.push(v)));
            if own.iter().any(|v| vars.contains(v)) {
                taken[n] = true;
                vars.extend(own);
            }
        }
        if vars.len() == before {
            return prefix.iter().zip(taken).filter(|(_, t)| *t).map(|(l, _)| l.clone()).collect();
        }
    }
}

/// A name for the rows asked for with some columns known.
pub(super) fn name_of(name: &Arc<str>, pattern: &[bool]) -> String {
    let letters: String = pattern.iter().map(|known| if *known { 'b' } else { 'f' }).collect();
    format!("{name}[{letters}]")
}
