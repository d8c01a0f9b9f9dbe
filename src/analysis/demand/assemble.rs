//! The rewritten clauses as a checked program.

use super::super::StratifiedProgram;
use super::super::strata::components;
use super::clause::{Clause, Clauses, each_relation, known_columns};
use super::rewrite::{Key, name_of};
use crate::logic::typed::{Aggregate, Atom, Literal, Relation, RelationId, Rule, RuleId, Stratum, Term};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) enum Outcome {
    Done(Box<StratifiedProgram>),
    /// This relation would depend on itself through negation or aggregation.
    Cycle(Arc<str>),
}

pub(super) fn assemble(
    program: &StratifiedProgram,
    clauses: &Clauses,
    keys: Vec<Key>,
    rules: Vec<Clause>,
    goal: &str,
) -> Outcome {
    let derived: BTreeSet<RelationId> = rules.iter().map(|rule| rule.head).collect();
    let mut needs: Vec<Vec<(usize, bool)>> = vec![Vec::new(); keys.len()];
    for rule in &rules {
        for literal in &rule.body {
            each_relation(literal, false, &mut |id, complete| {
                needs[rule.head.0 as usize].push((id.0 as usize, complete));
            });
        }
    }
    let edges: Vec<Vec<usize>> = needs.iter().map(|list| list.iter().map(|need| need.0).collect()).collect();
    let groups = components(&edges);
    let mut group_of = vec![0; keys.len()];
    for (n, group) in groups.iter().enumerate() {
        group.iter().for_each(|member| group_of[*member] = n);
    }
    for (from, list) in needs.iter().enumerate() {
        for (on, complete) in list {
            if *complete && group_of[from] == group_of[*on] {
                let (Key::Plain(id) | Key::Bound(id, _) | Key::Wanted(id, _) | Key::Passed(id, _)) =
                    &keys[*on];
                return Outcome::Cycle(clauses.relation(*id).name.clone());
            }
        }
    }
    // By name, as relations of a program are.
    let mut relations: Vec<(usize, Relation)> =
        keys.iter().enumerate().map(|(n, key)| (n, relation(clauses, key, goal))).collect();
    relations.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    let mut to = vec![RelationId(0); keys.len()];
    for (n, (old, _)) in relations.iter().enumerate() {
        to[*old] = RelationId(n as u32);
    }
    let mut strata = Vec::new();
    for group in &groups {
        let inside = |rule: &Clause| group.contains(&(rule.head.0 as usize));
        let rules: Vec<RuleId> =
            (0..rules.len()).filter(|n| inside(&rules[*n])).map(|n| RuleId(n as u32)).collect();
        if !rules.is_empty() {
            let mut relations: Vec<RelationId> = group.iter().map(|member| to[*member]).collect();
            relations.sort();
            let recursive = group.iter().any(|m| edges[*m].iter().any(|on| group_of[*on] == group_of[*m]));
            strata.push(Stratum { relations, rules, recursive });
        }
    }
    let mut facts = Vec::new();
    for (id, row) in program.facts() {
        if let Some(n) = keys.iter().position(|key| *key == Key::Plain(*id)) {
            facts.push((to[n], row.clone()));
        }
    }
    facts.sort();
    let rules = rules.into_iter().enumerate().map(|(n, clause)| Rule {
        id: RuleId(n as u32),
        heads: vec![(to[clause.head.0 as usize], clause.terms)],
        body: clause.body.into_iter().map(|literal| renumber(literal, &to)).collect(),
        variables: clause.variables,
        ..clause.rule
    });
    let rules = rules.collect();
    let relations = (relations.into_iter())
        .map(|(old, relation)| Relation { derived: derived.contains(&RelationId(old as u32)), ..relation })
        .collect();
    Outcome::Done(Box::new(StratifiedProgram { relations, rules, facts, strata }))
}

fn relation(clauses: &Clauses, key: &Key, goal: &str) -> Relation {
    let (id, name, columns): (_, _, Vec<usize>) = match key {
        Key::Plain(id) => return clauses.relation(*id).clone(),
        Key::Bound(id, _) if *clauses.relation(*id).name == *goal => return clauses.relation(*id).clone(),
        Key::Bound(id, pattern) => {
            let relation = clauses.relation(*id);
            return Relation { name: name_of(&relation.name, pattern).into(), ..relation.clone() };
        }
        Key::Wanted(id, pattern) => (
            id,
            format!("{} wanted", name_of(&clauses.relation(*id).name, pattern)),
            known_columns(pattern).collect(),
        ),
        Key::Passed(id, pattern) => (
            id,
            format!("{} passed", name_of(&clauses.relation(*id).name, pattern)),
            known_columns(pattern).chain(known_columns(pattern)).collect(),
        ),
    };
    let of = clauses.relation(*id);
    let columns = columns.into_iter().map(|n| of.columns[n].clone()).collect();
    Relation { name: name.into(), columns, extremum: None, derived: true }
}

fn renumber(literal: Literal, to: &[RelationId]) -> Literal {
    let atom = |atom: Atom| Atom {
        relation: to[atom.relation.0 as usize],
        terms: atom.terms.into_iter().map(|term| renumber_term(term, to)).collect(),
    };
    match literal {
        Literal::Atom(a) => Literal::Atom(atom(a)),
        Literal::NotAtom(a) => Literal::NotAtom(atom(a)),
        Literal::Test { op, terms, negated } => Literal::Test {
            op,
            terms: terms.into_iter().map(|term| renumber_term(term, to)).collect(),
            negated,
        },
    }
}

fn renumber_term(term: Term, to: &[RelationId]) -> Term {
    match term {
        Term::Call(function, terms, type_) => {
            Term::Call(function, terms.into_iter().map(|term| renumber_term(term, to)).collect(), type_)
        }
        Term::Aggregate(aggregate) => Term::Aggregate(Box::new(Aggregate {
            body: aggregate.body.into_iter().map(|literal| renumber(literal, to)).collect(),
            ..*aggregate
        })),
        Term::Var(_) | Term::Const(_) => term,
    }
}
