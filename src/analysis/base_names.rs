//! Declarations with the name of a base relation. One that says what the base
//! relation has is filled from the fact base; any other stands for itself,
//! which does only where there is no fact base to fill it.

use super::relations::{Origin, Relation, Relations};
use super::resolved::{Rule, each_atom};
use super::types::Solver;
use crate::base::{Diagnostic, Location, Severity, Type};
use crate::logic::typed::RelationId;
use crate::logic::{BASE_RELATIONS, Program, RelationDecl};
use std::collections::BTreeSet;

const REFUSED: &str = "E0211";
const WARNED: &str = "W0606";
const OTHER_NAME: &str = "leave the declaration out, or give a relation of your own another name";

/// What the warnings of this come to once it is known whether there is a fact
/// base with anything in it.
pub fn judge_base_names(findings: &mut Vec<Diagnostic>, filled: bool) {
    if !filled {
        return findings.retain(|found| found.code != WARNED);
    }
    for found in findings.iter_mut().filter(|found| found.code == WARNED) {
        (found.code, found.severity) = (REFUSED, Severity::Error);
        found.help = Some(OTHER_NAME.into());
    }
}

/// Reports declarations that don't fit the base relation of their name: errors
/// where the rules need a fact base anyway. Gives those that fit.
pub(super) fn declared(
    program: &Program,
    rules: &[Rule],
    relations: &Relations,
    solver: &mut Solver,
    found: &mut Vec<Diagnostic>,
) -> BTreeSet<RelationId> {
    let mut fitting = BTreeSet::new();
    // A type that was inferred beside what is wrong or missing may be wrong for that.
    let sure = program.lost.is_empty() && !found.iter().any(Diagnostic::is_error);
    let needs_base = needs_base(rules, relations);
    for decl in &program.relations {
        let Some((name, columns)) = BASE_RELATIONS.iter().find(|base| *base.0 == *decl.name.text) else {
            continue;
        };
        let Some(id) = relations.find(name) else { continue };
        let relation = relations.get(id);
        if relation.origin == Origin::Loose {
            continue;
        }
        // The second of two declarations is told of already.
        if relation.at != Some(decl.name.at) {
            continue;
        }
        let places = differences(decl, relation, columns, solver, sure);
        let Some((first, text)) = places.first() else {
            fitting.insert(id);
            continue;
        };
        let message = format!("`{name}` is declared otherwise than the base relation of this name");
        let mut told = match needs_base {
            true => Diagnostic::error(REFUSED, *first, message).help(OTHER_NAME),
            false => Diagnostic::warning(WARNED, *first, message)
                .help(format!("this runs only without a fact base: {OTHER_NAME}")),
        };
        told = told.saying(text);
        for (place, text) in &places[1..] {
            told = told.label(*place, text);
        }
        let columns: Vec<String> = columns.iter().map(|(name, type_)| format!("{name}: {type_}")).collect();
        found.push(told.note(format!("the fact base fills {name}({})", columns.join(", "))));
    }
    fitting
}

/// Whether the rules name a base relation that isn't declared anew.
fn needs_base(rules: &[Rule], relations: &Relations) -> bool {
    let is_base = |relation: &Relation| relation.origin == Origin::Base;
    let mut needs = relations.all.iter().any(|relation| is_base(relation) && relation.derived);
    for rule in rules {
        each_atom(&rule.body, false, &mut |atom, _, _| needs |= is_base(relations.get(atom.relation)));
    }
    needs
}

/// Where a declaration differs from its base relation, and how.
fn differences(
    decl: &RelationDecl,
    relation: &Relation,
    base: &[(&str, Type)],
    solver: &mut Solver,
    sure: bool,
) -> Vec<(Location, String)> {
    if decl.columns.len() != base.len() {
        let text = format!("{} here, the base relation has {}", count(decl.columns.len()), count(base.len()));
        return vec![(decl.name.at, text)];
    }
    let columns = decl.columns.iter().zip(&relation.columns).zip(base);
    let differing = columns.filter_map(|(((column, written), (_, slot)), (name, wanted))| {
        let (type_, at) = match written {
            Some((type_, at)) => (*type_, *at),
            None if sure => (solver.type_of(*slot), column.at),
            None => return None,
        };
        let text = format!("`{type_}` here, `{name}` of the base relation is `{wanted}`");
        (type_ != *wanted).then_some((at, text))
    });
    differing.collect()
}

fn count(columns: usize) -> String {
    format!("{columns} column{}", if columns == 1 { "" } else { "s" })
}
