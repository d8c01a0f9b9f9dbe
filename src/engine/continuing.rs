//! Derived rows brought up to date after a change, stratum by stratum: left
//! alone, continued from what was added, or derived again.

use super::delta::{affected, continued, reads_any};
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
    pub(super) options: &'a Options,
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

impl Continuing<'_> {
    /// Brings the derived relations in `database` up to date; `need` brings
    /// the rows of a base relation.
    pub(super) fn run<E: From<EvalError>>(
        mut self,
        mut database: Database,
        need: Need<E>,
    ) -> Result<(Database, Outcomes, Work), E> {
        let mut work = Work::default();
        let mut outcomes = BTreeMap::new();
        for n in 0..self.checked.strata().len() {
            let stratum = &self.checked.strata()[n];
            let own: BTreeSet<Arc<str>> =
                stratum.relations.iter().map(|id| self.checked.relation(*id).name.clone()).collect();
            let touches = |which: &dyn Fn(&str) -> bool| {
                let rules = self.program.rules.iter();
                let mut rules =
                    rules.filter(|rule| rule.then.iter().any(|head| own.contains(&head.relation.text)));
                rules.any(|rule| rule.when.iter().any(|literal| reads_any(literal, which)))
            };
            let lost = touches(&|name| self.changed.contains(name));
            if !lost && !touches(&|name| self.grown.contains_key(name)) {
                work.left += 1;
                continue;
            }
            if !lost && let Some(added) = self.go_on(&own, &mut database, need)? {
                work.continued += 1;
                for (name, rows) in added {
                    outcomes.insert(name.clone(), Outcome::Grown(rows.clone()));
                    self.grown.insert(name, rows);
                }
                continue;
            }
            work.again += 1;
            let plan = plan::strata_alone(self.checked, &[n]);
            for id in plan.reads() {
                need(&mut database, &self.checked.relation(*id).name)?;
            }
            let before = database.clone();
            own.iter().for_each(|name| database.forget(name));
            database = Frog.evaluate(self.checked, &plan, database, self.options)?.database;
            for name in own {
                let (added, lost) = database.since(&before, &name);
                if lost {
                    outcomes.insert(name.clone(), Outcome::Changed);
                    self.changed.insert(name);
                } else if !added.cells.is_empty() {
                    outcomes.insert(name.clone(), Outcome::Grown(added.clone()));
                    self.grown.insert(name, added);
                }
            }
        }
        Ok((database, outcomes, work))
    }

    /// The new rows of a stratum whose rules only ever add; `None`, and nothing
    /// done, where they don't.
    fn go_on<E: From<EvalError>>(
        &self,
        own: &BTreeSet<Arc<str>>,
        database: &mut Database,
        need: Need<E>,
    ) -> Result<Option<Added>, E> {
        let grown: BTreeSet<Arc<str>> = self.grown.keys().cloned().collect();
        let Some(program) = continued(self.program, self.checked, own, &grown) else { return Ok(None) };
        let Some(program) = analysis::check(&program, self.names).program else { return Ok(None) };
        for relation in program.relations() {
            if !relation.name.ends_with('\'') {
                need(database, &relation.name)?;
            }
        }
        for (name, rows) in &self.grown {
            database.insert_cells(&affected(name), rows);
        }
        let plan = plan::plan(&program, None);
        let found = Frog.evaluate(&program, &plan, std::mem::take(database), self.options)?.database;
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
        Ok(Some(added))
    }
}
