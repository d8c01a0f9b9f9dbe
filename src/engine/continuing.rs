//! Derived rows brought up to date after a change, stratum by stratum: left
//! alone, continued from what came and went, or derived again.

use super::amended::{self, Amending, gained};
use super::delta::{continued, reads_any};
use super::kept::Unkept;
use crate::analysis::{self, StratifiedProgram};
use crate::base::EntityNames;
use crate::eval::{Backend, Database, EvalError, Frog, Options, PackedRows};
use crate::logic::Program;
use crate::plan;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is to be brought up to date, and with what.
pub(super) struct Continuing<'a> {
    pub(super) program: &'a Program,
    pub(super) checked: &'a StratifiedProgram,
    pub(super) names: &'a EntityNames,
    /// Limits of one stratum.
    pub(super) options: &'a Options,
    /// The derived relations that are at hand.
    pub(super) known: BTreeSet<Arc<str>>,
    /// Rows that were added, by relation.
    pub(super) grown: BTreeMap<Arc<str>, PackedRows>,
    /// Rows that went, by relation.
    pub(super) shrunk: BTreeMap<Arc<str>, PackedRows>,
    /// Relations of which nothing is known but that they are others.
    pub(super) changed: BTreeSet<Arc<str>>,
}

/// What a relation came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// These rows were added.
    Grown(PackedRows),
    /// It is another.
    Changed,
}

/// What relations came to, but those that are as they were.
pub(super) type Outcomes = BTreeMap<Arc<str>, Outcome>;

/// What a relation gained and lost.
#[derive(Debug, Clone, Default)]
struct Change {
    added: PackedRows,
    lost: PackedRows,
}

/// How going on from changes went.
enum Gone {
    /// With these changes of the stratum's relations.
    On(Vec<(Arc<str>, Change)>),
    /// Nothing was done: there are no rules for it.
    Nowhere,
    /// The stratum can't be derived.
    Wrong(EvalError),
}

/// Brings the rows of a base relation into the database.
pub(super) type Need<'a, E> = &'a mut dyn FnMut(&mut Database, &Arc<str>) -> Result<(), E>;

/// How much was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Strata whose rows were left as they were.
    pub left: usize,
    /// Strata that went on from what came and went.
    pub continued: usize,
    /// Strata that were derived again.
    pub again: usize,
}

/// What bringing up to date came to.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) outcomes: Outcomes,
    /// Relations that are no longer at hand.
    pub(super) failed: BTreeMap<Arc<str>, Unkept>,
    pub(super) work: Work,
}

impl Continuing<'_> {
    /// Brings the derived relations in `database` up to date; `need` brings
    /// the rows of a given relation, or of a derived one that isn't there yet.
    pub(super) fn run<E: From<EvalError>>(
        mut self,
        database: &mut Database,
        need: Need<E>,
    ) -> Result<Done, E> {
        let mut done = Done::default();
        for n in 0..self.checked.strata().len() {
            let stratum = &self.checked.strata()[n];
            let own: BTreeSet<Arc<str>> =
                stratum.relations.iter().map(|id| self.checked.relation(*id).name.clone()).collect();
            if !own.iter().all(|name| self.known.contains(name)) {
                continue;
            }
            if let Some((name, why)) =
                done.failed.iter().find(|(name, _)| self.touches(&own, &|n| *n == ***name))
            {
                let why = Unkept::resting_on(name, why);
                own.iter().for_each(|name| database.forget(name));
                done.failed.extend(own.into_iter().map(|name| (name, why.clone())));
                continue;
            }
            let unknown = self.touches(&own, &|name| self.changed.contains(name));
            let touched = |name: &str| self.grown.contains_key(name) || self.shrunk.contains_key(name);
            if !unknown && !self.touches(&own, &touched) {
                done.work.left += 1;
                continue;
            }
            if !unknown {
                match self.go_on(&own, database, need)? {
                    Gone::On(changes) => {
                        done.work.continued += 1;
                        for (name, change) in changes {
                            self.note(name, change, &mut done.outcomes);
                        }
                        continue;
                    }
                    Gone::Wrong(error) => {
                        let why = Unkept::failed(&error, self.options);
                        own.iter().for_each(|name| database.forget(name));
                        done.failed.extend(own.into_iter().map(|name| (name, why.clone())));
                        continue;
                    }
                    Gone::Nowhere => {}
                }
            }
            done.work.again += 1;
            let plan = plan::strata_alone(self.checked, &[n]);
            for id in plan.reads() {
                need(database, &self.checked.relation(*id).name)?;
            }
            database.freeze();
            let before = database.clone();
            own.iter().for_each(|name| database.forget(name));
            *database = match Frog.evaluate(self.checked, &plan, std::mem::take(database), self.options) {
                Ok(found) => found.database,
                Err(error) => {
                    *database = before;
                    let why = Unkept::failed(&error, self.options);
                    own.iter().for_each(|name| database.forget(name));
                    done.failed.extend(own.into_iter().map(|name| (name, why.clone())));
                    continue;
                }
            };
            for name in own {
                let (added, lost) = database.since(&before, &name);
                self.note(name, Change { added, lost }, &mut done.outcomes);
            }
        }
        Ok(done)
    }

    /// What a relation came to.
    fn note(&mut self, name: Arc<str>, change: Change, outcomes: &mut Outcomes) {
        let Change { added, lost } = change;
        if !lost.cells.is_empty() {
            outcomes.insert(name.clone(), Outcome::Changed);
            self.shrunk.insert(name.clone(), lost);
        } else if !added.cells.is_empty() {
            outcomes.insert(name.clone(), Outcome::Grown(added.clone()));
        }
        if !added.cells.is_empty() {
            self.grown.insert(name, added);
        }
    }

    /// Whether a rule for one of these relations reads such a relation.
    fn touches(&self, own: &BTreeSet<Arc<str>>, which: &dyn Fn(&str) -> bool) -> bool {
        let rules = self.program.rules.iter();
        let mut rules = rules.filter(|rule| rule.then.iter().any(|head| own.contains(&head.relation.text)));
        rules.any(|rule| rule.when.iter().any(|literal| reads_any(literal, which)))
    }

    /// Derives what a stratum gained and lost.
    fn go_on<E: From<EvalError>>(
        &self,
        own: &BTreeSet<Arc<str>>,
        database: &mut Database,
        need: Need<E>,
    ) -> Result<Gone, E> {
        let Some(program) = self.change_rules(own) else { return Ok(Gone::Nowhere) };
        for relation in program.relations() {
            if !relation.name.ends_with('\'') {
                need(database, &relation.name)?;
            }
        }
        // Clones share what is there.
        database.freeze();
        let mut with_changes = database.clone();
        for (rows, called) in [(&self.grown, gained as fn(&str) -> Arc<str>), (&self.shrunk, amended::lost)] {
            for (name, rows) in rows {
                with_changes.insert_cells(&called(name), rows);
            }
        }
        let plan = plan::plan(&program, None);
        let found = match Frog.evaluate(&program, &plan, with_changes, self.options) {
            Ok(found) => found.database,
            Err(error) => return Ok(Gone::Wrong(error)),
        };
        database.know_values_of(&found);
        let of_name = |name: &Arc<str>| {
            let rows = |name: Arc<str>| found.packed(&name).unwrap_or_default();
            (name.clone(), Change { added: rows(gained(name)), lost: rows(amended::lost(name)) })
        };
        let changes: Vec<_> = own.iter().map(of_name).collect();
        // What shares rows with the database would make it copy them.
        drop(found);
        for (name, Change { added, lost }) in &changes {
            database.remove_cells(name, lost);
            if !added.cells.is_empty() {
                database.insert_cells(name, added);
            }
        }
        database.freeze();
        Ok(Gone::On(changes))
    }

    /// Rules for what a stratum gained and lost, if there are any.
    fn change_rules(&self, own: &BTreeSet<Arc<str>>) -> Option<StratifiedProgram> {
        let [grown, shrunk] =
            [&self.grown, &self.shrunk].map(|all| all.keys().cloned().collect::<BTreeSet<_>>());
        if !self.touches(own, &|name| shrunk.contains(name))
            && let Some(program) = continued(self.program, self.checked, own, &grown)
        {
            return analysis::check(&program, self.names).program;
        }
        let amended = |loose: bool| {
            let (program, checked, grown, shrunk) = (self.program, self.checked, &grown, &shrunk);
            let rules = Amending { program, checked, own, grown, shrunk, loose }.rules()?;
            analysis::check(&rules, self.names).program
        };
        amended(false).or_else(|| amended(true))
    }
}
