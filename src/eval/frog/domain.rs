//! Between which values the columns of growing relations lie, as far as the
//! rules tell.

use super::Session;
use crate::base::Value;
use crate::eval::pack;
use crate::logic::typed::{HeadTerm, Literal, RelationId, Rule, Term, VarId};
use rustc_hash::FxHashMap;

/// The least and greatest value of each column.
pub(super) type Ranges = Vec<(u32, u32)>;

/// Ranges so far, and the stratum's relations.
type Known<'k> = (&'k FxHashMap<RelationId, Ranges>, &'k [RelationId]);

const NOTHING: (u32, u32) = (u32::MAX, 0);
/// Turns after which ranges that still grow count as unknown.
const TURNS: usize = 64;

/// Ranges of a stratum's relations; those with computed columns are left out.
pub(super) fn ranges(session: &mut Session, n: usize) -> FxHashMap<RelationId, Ranges> {
    let program = session.program;
    let stratum = &program.strata()[n];
    let mut known: FxHashMap<RelationId, Ranges> = FxHashMap::default();
    for id in &stratum.relations {
        let given = session.table(*id).filter(|t| t.len() > 0).map(|t| pack::ranges(&t.cells, t.stride));
        let columns = program.relation(*id).columns.len();
        known.insert(*id, given.unwrap_or_else(|| vec![NOTHING; columns]));
    }
    let rules: Vec<&Rule> = stratum.rules.iter().map(|id| program.rule(*id)).collect();
    for turn in 0.. {
        let mut changed = false;
        for rule in &rules {
            for (head, terms) in rule.heads.iter().filter(|h| stratum.relations.contains(&h.0)) {
                let Some(before) = known.get(head).cloned() else { continue };
                match widened(session, (&known, &stratum.relations), rule, terms, before.clone()) {
                    Some(after) if after != before && turn < TURNS => {
                        known.insert(*head, after);
                        changed = true;
                    }
                    Some(after) if after == before => {}
                    _ => {
                        known.remove(head);
                        changed = true;
                    }
                }
            }
        }
        if !changed {
            break;
        }
    }
    known
}

/// Ranges with what a rule may add; `None` where that is not known.
fn widened(
    session: &mut Session,
    known: Known,
    rule: &Rule,
    terms: &[HeadTerm],
    mut ranges: Ranges,
) -> Option<Ranges> {
    let mut wider = Vec::new();
    for term in terms {
        wider.push(match term {
            HeadTerm::Term(Term::Var(var)) => {
                let range = of_variable(session, known, rule, *var)?;
                if range.0 > range.1 {
                    return Some(ranges);
                }
                range
            }
            HeadTerm::Term(Term::Const(value)) => constant(session, value),
            _ => return None,
        });
    }
    for ((low, high), wider) in ranges.iter_mut().zip(wider) {
        *low = (*low).min(wider.0);
        *high = (*high).max(wider.1);
    }
    Some(ranges)
}

fn constant(session: &mut Session, value: &Value) -> (u32, u32) {
    let cell = session.database.cells.encode(value);
    (cell, cell)
}

/// What all atoms leave a variable; `None` where none binds it.
fn of_variable(session: &mut Session, known: Known, rule: &Rule, var: VarId) -> Option<(u32, u32)> {
    let mut found = None;
    for literal in &rule.body {
        let Literal::Atom(atom) = literal else { continue };
        for (column, _) in atom.terms.iter().enumerate().filter(|(_, t)| **t == Term::Var(var)) {
            let range = match known.0.get(&atom.relation) {
                Some(ranges) => ranges.get(column).copied().unwrap_or(NOTHING),
                // Of this stratum, but unknown.
                None if known.1.contains(&atom.relation) => continue,
                None => session.ranges(atom.relation).get(column).copied().unwrap_or(NOTHING),
            };
            let (low, high) = found.unwrap_or((0, u32::MAX));
            found = Some((range.0.max(low), range.1.min(high)));
        }
    }
    found
}
