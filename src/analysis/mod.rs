//! Floor 3: what can be said of a program without running it.
//!
//! In order: `relations` (which there are), `resolve` (names to numbers),
//! `types`, `safety` (order of bodies), `strata`, `lint` (warnings), `build`.
//! Every step reports all that it finds; only a program without errors becomes
//! a [`StratifiedProgram`].

mod base_names;
mod build;
mod demand;
mod fold;
mod growing;
mod lint;
mod program;
mod relations;
mod resolve;
mod resolved;
mod safety;
mod show;
mod strata;
mod types;
mod typing;

pub use base_names::judge_base_names;
pub use demand::goal_directed;
pub use program::StratifiedProgram;
pub use show::show_rule;

use crate::base::{Diagnostic, EntityNames, Location, Type};
use crate::logic::typed::{self, RuleId};
use crate::logic::{AggregateOp, Literal, Program};
use relations::{Origin, Relations};
use std::collections::BTreeMap;
use std::sync::Arc;
use types::Solver;

/// What checking a program gives.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The program, unless there are errors or parts of it are missing.
    pub program: Option<StratifiedProgram>,
    /// Errors and warnings, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a person asks: literals as in a rule's `when`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The literals.
    pub literals: Vec<Literal>,
}

/// A question's columns: its named variables in order of first appearance.
pub type Columns = Vec<(Arc<str>, Type)>;

/// Checks a program. Entity constants are resolved through `names`. Of one that
/// lacks broken parts, what is wrong whatever those say is told.
pub fn check(program: &Program, names: &EntityNames) -> Checked {
    check_all(program, None, names).0
}

/// Checks a program together with a question, which becomes a rule named
/// `question` that derives the relation `?` with one column per named variable.
/// Only the question is warned about.
pub fn check_with_question(
    program: &Program,
    question: &[Literal],
    names: &EntityNames,
) -> (Checked, Columns) {
    check_all(program, Some(question), names)
}

fn check_all(program: &Program, question: Option<&[Literal]>, names: &EntityNames) -> (Checked, Columns) {
    let mut found = Vec::new();
    let partial = !program.lost.is_empty();
    let mut solver = Solver::default();
    solver.careful = partial;
    let columns = question.map(resolve::question_columns).unwrap_or_default();
    let asked = question.map(|q| (q, &columns[..]));
    let relations = Relations::collect(program, asked, &mut solver, &mut found);
    duplicate_names(program, &mut found);
    let mut rules: Vec<resolved::Rule> = Vec::new();
    for rule in &program.rules {
        rules.push(resolve::Resolver::new(&relations, &mut solver, &mut found).rule(rule));
    }
    let mut facts = Vec::new();
    for fact in &program.facts {
        facts.extend(resolve::Resolver::new(&relations, &mut solver, &mut found).fact(fact));
    }
    if let Some(question) = question {
        let at = question.iter().map(Literal::at).reduce(Location::join).unwrap_or_default();
        rules.push(resolve::Resolver::new(&relations, &mut solver, &mut found).question(question, at));
    }
    for rule in &rules {
        solver.rule(rule, &relations);
    }
    facts.iter().for_each(|fact| solver.atom(fact, &relations));
    solver.solve(&mut found);
    let own = &rules[..program.rules.len()];
    let filled = base_names::declared(program, own, &relations, &mut solver, &mut found);
    if question.is_some() {
        judge_base_names(&mut found, false);
    }
    for rule in &mut rules {
        safety::order(rule, &mut found);
    }
    let extrema = extrema(&rules, &relations, &mut found);
    let strata = strata::strata(&rules, &relations, &mut found);
    let mut computed = Vec::new();
    let mut builder = build::Builder { solver: &mut solver, names, found: &mut computed };
    let built: Vec<typed::Rule> =
        rules.iter().enumerate().map(|(n, rule)| builder.rule(RuleId(n as u32), rule)).collect();
    let mut rows: Vec<_> = facts.iter().filter_map(|fact| builder.fact(fact, &relations)).collect();
    rows.sort();
    rows.dedup();
    // What constants come to depends on their types.
    found.extend(computed.into_iter().filter(|one| !partial || one.code == "E0305"));
    let first = if question.is_some() { rules.len() - 1 } else { 0 };
    for (rule, built) in rules.iter().zip(&built).skip(first) {
        let broken = |f: &Diagnostic| {
            f.labels
                .first()
                .is_some_and(|l| l.at.source == rule.at.source && rule.at.span.contains(l.at.span))
        };
        // An error often makes a variable look unused.
        if !found.iter().any(broken) {
            lint::unused_variables(rule, &mut found);
        }
        if !partial {
            lint::contradictions(rule, built, &mut found);
        }
    }
    if question.is_none() && !partial && !found.iter().any(Diagnostic::is_error) {
        lint::relations(&rules, &relations, &filled, &mut found);
        lint::never_fire(&rules, &facts, &relations, &filled, &mut found);
    }
    let columns = columns.into_iter().enumerate().map(|(n, name)| {
        let id = relations.find("?").map(|id| relations.get(id).columns[n].1);
        (name, id.map_or(Type::Text, |slot| solver.type_of(slot)))
    });
    let columns = columns.collect();
    Diagnostic::sort(&mut found);
    if partial || found.iter().any(Diagnostic::is_error) {
        return (Checked { program: None, diagnostics: found }, columns);
    }
    let relations = relations.all.into_iter().enumerate().map(|(n, relation)| typed::Relation {
        name: relation.name,
        columns: relation.columns.into_iter().map(|(name, slot)| (name, solver.type_of(slot))).collect(),
        extremum: extrema.get(&typed::RelationId(n as u32)).copied(),
        derived: relation.derived,
    });
    let program = StratifiedProgram { relations: relations.collect(), rules: built, facts: rows, strata };
    (Checked { program: Some(program), diagnostics: found }, columns)
}

/// Reports rule names given twice.
fn duplicate_names(program: &Program, found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, Location> = BTreeMap::new();
    for rule in program.rules.iter().filter(|r| r.name.at != r.at) {
        match first.get(&*rule.name.text) {
            Some(earlier) => {
                let message = format!("two rules are called \"{}\"", rule.name.text);
                let error = Diagnostic::error("E0206", rule.name.at, message).saying("again here");
                found.push(
                    error.label(*earlier, "first here").help("proofs name rules, so give each its own name"),
                );
            }
            None => {
                first.insert(&rule.name.text, rule.name.at);
            }
        }
    }
}

/// Head aggregates by relation; every head of a relation must agree.
fn extrema(
    rules: &[resolved::Rule],
    relations: &Relations,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<typed::RelationId, (usize, AggregateOp)> {
    let mut by_relation: BTreeMap<typed::RelationId, Vec<&resolved::Head>> = BTreeMap::new();
    // Where columns aren't known, neither is their order.
    let known = |head: &&resolved::Head| relations.get(head.atom.relation).origin != Origin::Loose;
    for head in rules.iter().flat_map(|r| &r.heads).filter(known) {
        by_relation.entry(head.atom.relation).or_default().push(head);
    }
    let mut extrema = BTreeMap::new();
    for (relation, heads) in by_relation {
        let Some(first) = heads.iter().find(|h| h.extremum.is_some()) else { continue };
        let Some((column, op)) = first.extremum else { continue };
        extrema.insert(relation, (column, op));
        for other in heads.iter().filter(|h| h.extremum != first.extremum) {
            let message = "every head of a relation aggregates the same column in the same way";
            let text = match other.extremum {
                Some((n, op)) => format!("`{op}` of column {}", n + 1),
                None => "no aggregate".to_owned(),
            };
            let error = Diagnostic::error("E0503", other.atom.at, message).saying(text);
            let first_text = format!("`{op}` of column {}", column + 1);
            let help = format!("write {op}(…) in column {} here too, or derive another relation", column + 1);
            found.push(error.label(first.atom.at, first_text).help(help));
        }
    }
    extrema
}
