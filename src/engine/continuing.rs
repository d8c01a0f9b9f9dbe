//! Derived rows brought up to date after a change, stratum by stratum: left
//! alone, continued from what was added, or derived again.

use super::delta::{affected, continued, reads_any};
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
    /// Relations that lost rows.
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

type Added = Vec<(Arc<str>, PackedRows)>;

/// How going on from what was added went.
enum Gone {
    /// With these new rows.
    On(Added),
    /// Nothing was done: the rules don't only ever add.
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
    /// Strata that went on from what was added.
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
            let lost = self.touches(&own, &|name| self.changed.contains(name));
            if !lost && !self.touches(&own, &|name| self.grown.contains_key(name)) {
                done.work.left += 1;
                continue;
            }
            if !lost {
                match self.go_on(&own, database, need)? {
                    Gone::On(added) => {
                        done.work.continued += 1;
                        for (name, rows) in added {
                            done.outcomes.insert(name.clone(), Outcome::Grown(rows.clone()));
                            self.grown.insert(name, rows);
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
                if lost {
                    done.outcomes.insert(name.clone(), Outcome::Changed);
                    self.changed.insert(name);
                } else if !added.cells.is_empty() {
                    done.outcomes.insert(name.clone(), Outcome::Grown(added.clone()));
                    self.grown.insert(name, added);
                }
            }
        }
        Ok(done)
    }

    /// Whether a rule for one of these relations reads such a relation.
    fn touches(&self, own: &BTreeSet<Arc<str>>, which: &dyn Fn(&str) -> bool) -> bool {
        let rules = self.program.rules.iter();
        let mut rules = rules.filter(|rule| rule.then.iter().any(|head| own.contains(&head.relation.text)));
        rules.any(|rule| rule.when.iter().any(|literal| reads_any(literal, which)))
    }

    /// Derives the new rows of a stratum whose rules only ever add.
    fn go_on<E: From<EvalError>>(
        &self,
        own: &BTreeSet<Arc<str>>,
        database: &mut Database,
        need: Need<E>,
    ) -> Result<Gone, E> {
        let grown: BTreeSet<Arc<str>> = self.grown.keys().cloned().collect();
        let Some(program) = continued(self.program, self.checked, own, &grown) else {
            return Ok(Gone::Nowhere);
        };
        let Some(program) = analysis::check(&program, self.names).program else { return Ok(Gone::Nowhere) };
        for relation in program.relations() {
            if !relation.name.ends_with('\'') {
                need(database, &relation.name)?;
            }
        }
        for (name, rows) in &self.grown {
            database.insert_cells(&affected(name), rows);
        }
        let plan = plan::plan(&program, None);
        // Clones share what is there.
        database.freeze();
        let found = match Frog.evaluate(&program, &plan, database.clone(), self.options) {
            Ok(found) => found.database,
            Err(error) => {
                self.grown.keys().for_each(|name| database.forget(&affected(name)));
                return Ok(Gone::Wrong(error));
            }
        };
        *database = found;
        let mut added = Vec::new();
        for name in own {
            let rows = database.packed(&affected(name)).unwrap_or_default();
            database.forget(&affected(name));
            if !rows.cells.is_empty() {
                database.insert_cells(name, &rows);
                added.push((name.clone(), rows));
            }
        }
        for name in self.grown.keys() {
            database.forget(&affected(name));
        }
        database.freeze();
        Ok(Gone::On(added))
    }
}
