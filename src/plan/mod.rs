//! Floor 4: stratum to plan: in which order a rule's conditions are met, by
//! what is bound and how large relations are. Knows no back end.

mod order;

pub use order::{aggregates_any, order, recursive_atoms};

use crate::analysis::StratifiedProgram;
use crate::logic::typed::{Literal, RelationId, Rule, Term};
use std::collections::BTreeSet;
use std::fmt;

/// The strata to run, and for the printed plan their rules.
#[derive(Debug, Clone)]
pub struct Plan {
    reads: BTreeSet<RelationId>,
    covered: Vec<bool>,
    text: String,
}

impl Plan {
    /// The relations that a run needs or derives.
    pub fn reads(&self) -> &BTreeSet<RelationId> {
        &self.reads
    }

    /// Whether the stratum of this index runs.
    pub fn covers(&self, stratum: usize) -> bool {
        self.covered.get(stratum).copied().unwrap_or(false)
    }
}

/// The plan's strata, each with its rules in the order of their conditions
/// before sizes are known.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Plans everything, or just what these relations depend on.
pub fn plan(program: &StratifiedProgram, only: Option<&[RelationId]>) -> Plan {
    let strata = program.strata();
    let mut wanted: BTreeSet<RelationId> = match only {
        Some(only) => only.iter().copied().collect(),
        None => strata.iter().flat_map(|stratum| stratum.relations.iter().copied()).collect(),
    };
    let mut covered = vec![false; strata.len()];
    for (n, stratum) in strata.iter().enumerate().rev() {
        if stratum.relations.iter().any(|relation| wanted.contains(relation)) {
            covered[n] = true;
            for id in &stratum.rules {
                program.rule(*id).body.iter().for_each(|literal| gather(literal, &mut wanted));
            }
        }
    }
    let mut text = String::new();
    for (n, stratum) in strata.iter().enumerate().filter(|(n, _)| covered[*n]) {
        let names: Vec<&str> = stratum.relations.iter().map(|id| &*program.relation(*id).name).collect();
        let kind = if stratum.recursive { ", recursive" } else { "" };
        text.push_str(&format!("stratum {}{kind}: {}\n", n + 1, names.join(", ")));
        for id in &stratum.rules {
            let rule = program.rule(*id);
            text.push_str(&format!("  rule \"{}\"\n", rule.name));
            let order = order(&rule.body, rule.variables.len(), &[], None, &|_| 1000);
            for (step, at) in order.iter().enumerate() {
                text.push_str(&format!("    {}. {}\n", step + 1, shown(program, rule, &rule.body[*at])));
            }
        }
    }
    Plan { reads: wanted, covered, text }
}

/// Plans single strata, for where what they read is at hand.
pub fn strata_alone(program: &StratifiedProgram, alone: &[usize]) -> Plan {
    let (mut reads, mut covered) = (BTreeSet::new(), vec![false; program.strata().len()]);
    for (n, stratum) in program.strata().iter().enumerate().filter(|(n, _)| alone.contains(n)) {
        covered[n] = true;
        reads.extend(stratum.relations.iter().copied());
        for id in &stratum.rules {
            program.rule(*id).body.iter().for_each(|literal| gather(literal, &mut reads));
        }
    }
    Plan { reads, covered, text: String::new() }
}

/// Relations that a literal reads, those of aggregates too.
fn gather(literal: &Literal, relations: &mut BTreeSet<RelationId>) {
    let terms = match literal {
        Literal::Atom(atom) | Literal::NotAtom(atom) => {
            relations.insert(atom.relation);
            &atom.terms
        }
        Literal::Test { terms, .. } => terms,
    };
    terms.iter().for_each(|term| gather_term(term, relations));
}

fn gather_term(term: &Term, relations: &mut BTreeSet<RelationId>) {
    match term {
        Term::Call(_, terms, _) => terms.iter().for_each(|term| gather_term(term, relations)),
        Term::Aggregate(aggregate) => aggregate.body.iter().for_each(|literal| gather(literal, relations)),
        Term::Var(_) | Term::Const(_) => {}
    }
}

/// A literal as Datalog, its terms shortened to variables and constants.
fn shown(program: &StratifiedProgram, rule: &Rule, literal: &Literal) -> String {
    let list =
        |terms: &[Term]| terms.iter().map(|term| shown_term(rule, term)).collect::<Vec<_>>().join(", ");
    match literal {
        Literal::Atom(atom) => format!("{}({})", program.relation(atom.relation).name, list(&atom.terms)),
        Literal::NotAtom(atom) => {
            format!("not {}({})", program.relation(atom.relation).name, list(&atom.terms))
        }
        Literal::Test { op, terms, negated } => {
            format!("{}{op}({})", if *negated { "not " } else { "" }, list(terms))
        }
    }
}

fn shown_term(rule: &Rule, term: &Term) -> String {
    match term {
        Term::Var(var) => rule.variables[var.0 as usize].name.to_string(),
        Term::Const(value) => format!("{:?}", value.to_string()),
        Term::Call(function, terms, _) => {
            format!(
                "{function}({})",
                terms.iter().map(|term| shown_term(rule, term)).collect::<Vec<_>>().join(", ")
            )
        }
        Term::Aggregate(aggregate) => format!("{}([…])", aggregate.op),
    }
}
