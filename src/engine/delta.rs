//! Rules about what changes: for each relation a second one with the rows
//! that are affected, and rules that follow a change through the program.

use crate::analysis::StratifiedProgram;
use crate::base::Location;
use crate::logic::{Aggregate, Arguments, Atom, Ident, Literal, Program, RelationDecl, Rule, Term, TermKind};
use std::sync::Arc;

/// The relation of a relation's affected rows. No rule file can name it.
pub(super) fn affected(relation: &str) -> Arc<str> {
    format!("{relation}'").into()
}

/// Every relation of the program, and one for its affected rows.
pub(super) fn declarations(program: &StratifiedProgram) -> Vec<RelationDecl> {
    let ident = |text: &Arc<str>| Ident { text: text.clone(), at: Location::default() };
    let mut all = Vec::new();
    for relation in program.relations() {
        for name in [relation.name.clone(), affected(&relation.name)] {
            let columns = relation.columns.iter().map(|(n, t)| (ident(n), Some((*t, Location::default()))));
            let (columns, at) = (columns.collect(), Location::default());
            all.push(RelationDecl { name: ident(&name), columns, at });
        }
    }
    all
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
    Program { relations: declarations(checked), rules, facts: Vec::new() }
}

fn renamed(atom: &Atom) -> Atom {
    let relation = Ident { text: affected(&atom.relation.text), at: atom.relation.at };
    Atom { relation, ..atom.clone() }
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

fn made(rule: &Rule, n: usize, then: Atom, when: Vec<Literal>) -> Rule {
    let name = Ident { text: format!("{}, change {n}", rule.name.text).into(), at: rule.name.at };
    Rule { name, then: vec![then], when, ..rule.clone() }
}
