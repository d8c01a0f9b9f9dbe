//! Goal-directed programs: of each relation only the rows that a goal asks
//! for, directly or through other rules (magic sets).
//!
//! For a relation that is asked for with some columns known (`reach[bf]`: the
//! first of two), the new program has the values wanted (`reach[bf] wanted`)
//! and the rows for them. Wanted values are constants, or columns of relations
//! that the original program has too, never results of functions: so whatever
//! ends in the original ends here. What is negated or aggregated over is asked
//! for in the same way, unless that would close a cycle through it; then that
//! relation is derived in full. Recursion through `min` and `max` is asked for
//! by columns that it hands on unchanged, else derived in full.
//!
//! A recursion that asks itself for other values, such as `reach(x, z)` by
//! `edge(x, y), reach(y, z)`, would answer each of them, though just the first
//! matter. If those are constants, the values asked for are passed on with the
//! constants that they are for (`reach[bf] passed`), and only the rows of the
//! constants are kept.

mod assemble;
mod clause;
mod handing;
mod passing;
mod rewrite;

use super::StratifiedProgram;
use crate::logic::typed::RelationId;
use assemble::{Outcome, assemble};
use clause::{Clauses, each_relation};
use rewrite::Rewriter;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Which columns are known.
type Pattern = Vec<bool>;

/// How many more rules than the program's own a rewriting may have.
const MOST_RULES: usize = 2_000;

/// What is decided about relations while rewriting, by name; each decision
/// starts it anew.
#[derive(Debug, Clone, Default)]
struct Policy {
    /// To be derived in full.
    full: BTreeSet<Arc<str>>,
    /// To be asked for in one way only.
    forced: BTreeMap<Arc<str>, Pattern>,
    /// Not to pass wanted values on.
    not_passing: BTreeSet<(Arc<str>, Pattern)>,
}

/// A program that derives the same rows of the goal, and of other relations
/// what the goal needs; `None` where that would save nothing. `given` tells
/// which relations have rows of their own besides those that rules derive.
pub fn goal_directed(
    program: &StratifiedProgram,
    goal: RelationId,
    given: &dyn Fn(&str) -> bool,
) -> Option<StratifiedProgram> {
    let goal = program.relation(goal).name.clone();
    let mut stated = BTreeSet::new();
    program.facts().iter().for_each(|(id, _)| {
        stated.insert(program.relation(*id).name.clone());
    });
    let given = |name: &str| given(name) || stated.contains(name);
    let mut policy = Policy::default();
    // Every round makes a decision, of which there are few.
    for _ in 0..4 * program.relations().len() + 8 {
        let clauses = close_full(program, &mut policy, &given);
        let mut rewriter = Rewriter::new(&clauses, &mut policy);
        rewriter.run(&goal, program.rules().len() + MOST_RULES)?;
        if rewriter.again {
            continue;
        }
        let (keys, rules) = rewriter.result();
        match assemble(program, &clauses, keys, rules, &goal) {
            Outcome::Done(program) => return Some(*program),
            Outcome::Cycle(relation) => {
                if !policy.full.insert(relation) {
                    return None;
                }
            }
        }
    }
    None
}

/// The clauses, with whatever full relations need made full too.
fn close_full(program: &StratifiedProgram, policy: &mut Policy, given: &dyn Fn(&str) -> bool) -> Clauses {
    loop {
        let clauses = Clauses::new(program, &|name| policy.full.contains(name), given);
        let mut more = BTreeSet::new();
        let ids: Vec<RelationId> = clauses.of.keys().copied().collect();
        for id in ids {
            let relation = clauses.relation(id);
            if relation.extremum.is_some() && clauses.recurses(id) && !clauses.recurses_alone(id) {
                more.extend(clauses.companions(id));
            }
            if policy.full.contains(&relation.name) {
                for literal in clauses.of[&id].iter().flat_map(|clause| &clause.body) {
                    each_relation(literal, false, &mut |id, _| {
                        if clauses.is_derived(id) {
                            more.insert(id);
                        }
                    });
                }
            }
        }
        let before = policy.full.len();
        policy.full.extend(more.into_iter().map(|id| clauses.relation(id).name.clone()));
        if policy.full.len() == before {
            return clauses;
        }
    }
}
