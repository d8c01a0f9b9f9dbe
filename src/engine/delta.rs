//! Rules about what changes: for each relation a second one with the rows
//! that are affected, and rules that follow a change through the program.

use crate::analysis::StratifiedProgram;
use crate::base::Location;
use crate::logic::typed::Relation;
use crate::logic::{Aggregate, Arguments, Atom, Ident, Literal, Program, RelationDecl, Rule, Term, TermKind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The relation of a relation's affected rows. No rule file can name it.
pub(super) fn affected(relation: &str) -> Arc<str> {
    format!("{relation}'").into()
}

/// Every relation of the program, and one for its affected rows.
pub(super) fn declarations(program: &StratifiedProgram) -> Vec<RelationDecl> {
    let mut all = plain_declarations(program);
    let second = |decl: &RelationDecl| {
        let name = Ident { text: affected(&decl.name.text), at: decl.name.at };
        RelationDecl { name, ..decl.clone() }
    };
    all.extend(all.iter().map(second).collect::<Vec<_>>());
    all
}

/// Every relation of the program.
pub(super) fn plain_declarations(program: &StratifiedProgram) -> Vec<RelationDecl> {
    let ident = |text: &Arc<str>| Ident { text: text.clone(), at: Location::default() };
    let declared = |relation: &Relation| {
        let columns = relation.columns.iter().map(|(n, t)| (ident(n), Some((*t, Location::default()))));
        RelationDecl { name: ident(&relation.name), columns: columns.collect(), at: Location::default() }
    };
    program.relations().iter().map(declared).collect()
}

/// Rules that derive every row that some derivation takes from an affected
/// row. Rows that lose to a better one of a recursive `min` or `max` are among them.
pub(super) fn reached(program: &Program, checked: &StratifiedProgram) -> Program {
    let mut rules = Vec::new();
    for rule in &program.rules {
        for (at, literal) in rule.when.iter().enumerate() {
            let Literal::Atom(atom) = literal else { continue };
            let mut when = rule.when.clone();
            when[at] = Literal::Atom(renamed(atom));
            for head in &rule.then {
                let head = plain(head);
                let mut when = when.clone();
                // Only rows that there are: a plain head may say more.
                when.push(Literal::Atom(head.clone()));
                rules.push(made(rule, rules.len(), renamed(&head), when));
            }
        }
    }
    Program { relations: declarations(checked), rules, ..Program::default() }
}

/// Rules that derive the rows that are new in these relations, which depend on
/// each other or not at all, once rows were added to others: `grown` says to
/// which. `None` where rules don't only ever add, or would become too many.
pub(super) fn continued(
    program: &Program,
    checked: &StratifiedProgram,
    stratum: &BTreeSet<Arc<str>>,
    grown: &BTreeSet<Arc<str>>,
) -> Option<Program> {
    /// Atoms of the stratum itself in one body.
    const MOST_OWN: usize = 4;
    let mut rules = Vec::new();
    for rule in &program.rules {
        for head in rule.then.iter().filter(|head| stratum.contains(&head.relation.text)) {
            if is_extreme(head) {
                return None;
            }
            let mut own = Vec::new();
            let mut others = Vec::new();
            for (at, literal) in rule.when.iter().enumerate() {
                match literal {
                    Literal::Atom(atom) if stratum.contains(&atom.relation.text) => own.push(at),
                    Literal::Atom(atom) if grown.contains(&atom.relation.text) => others.push(at),
                    Literal::Atom(_) => {}
                    other if reads_any(other, &|name| stratum.contains(name) || grown.contains(name)) => {
                        return None;
                    }
                    _ => {}
                }
                if let Literal::Atom(atom) = literal
                    && arguments(atom).any(|term| term_reads_any(term, &|name| grown.contains(name)))
                {
                    return None;
                }
            }
            if own.len() > MOST_OWN {
                return None;
            }
            let mut add = |news: &[usize]| {
                let mut when = rule.when.clone();
                for at in news {
                    if let Literal::Atom(atom) = &rule.when[*at] {
                        when[*at] = Literal::Atom(renamed(atom));
                    }
                }
                when.push(Literal::Not(Box::new(Literal::Atom(head.clone())), head.at));
                rules.push(made(rule, rules.len(), renamed(head), when));
            };
            // A solution is new by a row of another relation, with the
            // stratum's rows as they were, or by new rows of the stratum.
            others.iter().for_each(|at| add(&[*at]));
            for which in 1..1usize << own.len() {
                let news: Vec<usize> =
                    own.iter().enumerate().filter(|(n, _)| which >> n & 1 == 1).map(|(_, at)| *at).collect();
                add(&news);
            }
        }
    }
    let mut relations = declarations(checked);
    let mut named = BTreeSet::new();
    for rule in &rules {
        named.extend(rule.then.iter().map(|head| head.relation.text.clone()));
        rule.when.iter().for_each(|literal| read_names(literal, &mut named));
    }
    relations.retain(|relation| named.contains(&relation.name.text));
    Some(Program { relations, rules, ..Program::default() })
}

/// Whether a body reads a relation under negation or in an aggregate.
pub(super) fn reads_any(literal: &Literal, which: &dyn Fn(&str) -> bool) -> bool {
    match literal {
        Literal::Atom(atom) => {
            which(&atom.relation.text) || arguments(atom).any(|term| term_reads_any(term, which))
        }
        Literal::Not(inner, _) => reads_any(inner, which),
        Literal::Test(_, terms, _) => terms.iter().any(|term| term_reads_any(term, which)),
    }
}

fn term_reads_any(term: &Term, which: &dyn Fn(&str) -> bool) -> bool {
    match &term.kind {
        TermKind::Call(_, _, terms) => terms.iter().any(|term| term_reads_any(term, which)),
        TermKind::Aggregate(aggregate) => {
            aggregate.term.iter().any(|term| term_reads_any(term, which))
                || aggregate.body.iter().flatten().any(|literal| reads_any(literal, which))
        }
        _ => false,
    }
}

/// The relations that a literal names.
pub(super) fn read_names(literal: &Literal, named: &mut BTreeSet<Arc<str>>) {
    // Looking for none of them visits them all.
    let seen = std::cell::RefCell::new(named);
    reads_any(literal, &|name| {
        seen.borrow_mut().insert(name.into());
        false
    });
}

/// The terms of an atom.
pub(super) fn arguments(atom: &Atom) -> Box<dyn Iterator<Item = &Term> + '_> {
    match &atom.arguments {
        Arguments::Positional(terms) => Box::new(terms.iter()),
        Arguments::Named(terms) => Box::new(terms.iter().map(|(_, term)| term)),
    }
}

fn renamed(atom: &Atom) -> Atom {
    renamed_to(atom, affected)
}

/// The atom of the relation that is made of its relation's name.
pub(super) fn renamed_to(atom: &Atom, name: fn(&str) -> Arc<str>) -> Atom {
    let relation = Ident { text: name(&atom.relation.text), at: atom.relation.at };
    Atom { relation, ..atom.clone() }
}

/// Whether a head keeps the least or greatest value.
pub(super) fn is_extreme(head: &Atom) -> bool {
    arguments(head).any(|term| matches!(term.kind, TermKind::Aggregate(_)))
}

/// A head with what `min` or `max` would choose from.
fn plain(head: &Atom) -> Atom {
    let plain = |term: &Term| match &term.kind {
        TermKind::Aggregate(aggregate) => {
            let Aggregate { term: chosen, .. } = &**aggregate;
            chosen.clone().unwrap_or_else(|| term.clone())
        }
        _ => term.clone(),
    };
    let arguments = match &head.arguments {
        Arguments::Positional(terms) => Arguments::Positional(terms.iter().map(plain).collect()),
        Arguments::Named(terms) => {
            Arguments::Named(terms.iter().map(|(name, term)| (name.clone(), plain(term))).collect())
        }
    };
    Atom { arguments, ..head.clone() }
}

pub(super) fn made(rule: &Rule, n: usize, then: Atom, when: Vec<Literal>) -> Rule {
    let name = Ident { text: format!("{}, change {n}", rule.name.text).into(), at: rule.name.at };
    Rule { name, then: vec![then], when, ..rule.clone() }
}
