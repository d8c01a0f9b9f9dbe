//! What a change of the fact base makes fall, rise and survive.

use super::delta::{affected, reached};
use super::{Engine, EngineError};
use crate::analysis;
use crate::eval::{Backend, Database, Frog};
use crate::explain::Fact;
use crate::logic::{BASE_RELATIONS, Tuple};
use crate::plan;
use crate::store::{FactBase, StoreError};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a change came to, as facts sorted by text. Base relations are not among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consequences {
    /// Derived before, and no longer.
    pub falls: Vec<Fact>,
    /// Derived now, and not before.
    pub rises: Vec<Fact>,
    /// Had a derivation from what was taken away, and has another.
    pub survives: Vec<Fact>,
}

impl Engine {
    /// Changes the fact base and derives everything before and after. Gives an
    /// engine on the changed base; facts from fact files are left out of it.
    ///
    /// # Errors
    /// If the change is refused, a limit of the budget, or a computation that
    /// has no result. An error of the run before leaves the base unchanged.
    pub fn change<T>(
        self,
        change: impl FnOnce(&mut FactBase) -> Result<T, StoreError>,
    ) -> Result<(Engine, T, Consequences), EngineError> {
        let before = self.run()?.database;
        let (old_program, old_checked, old_names) =
            (self.program.clone(), self.checked.clone(), self.names.clone());
        let (engine, made) = self.rebased(change)?;
        let after = engine.run()?.database;
        let mut all = Consequences::default();
        let is_base = |name: &str| BASE_RELATIONS.iter().any(|base| base.0 == name);
        let mut traced = before.clone();
        for relation in old_checked.relations() {
            let (old, new) = (before.rows(&relation.name), after.rows(&relation.name));
            let fallen = less(&old, &new);
            if is_base(&relation.name) {
                let gone = affected(&relation.name);
                fallen.iter().for_each(|row| traced.insert(&gone, row));
            } else {
                all.rises.extend(facts(&relation.name, less(&new, &old)));
                all.falls.extend(facts(&relation.name, fallen));
            }
        }
        let tracing = reached(&old_program, &old_checked);
        if let Some(tracing) = analysis::check(&tracing, &old_names).program {
            let plan = plan::plan(&tracing, None);
            let found = Frog.evaluate(&tracing, &plan, traced, &engine.options)?.database;
            for relation in old_checked.relations().iter().filter(|relation| !is_base(&relation.name)) {
                let reached = found.rows(&affected(&relation.name));
                let still = reached.into_iter().filter(|row| has(&after, &relation.name, row));
                all.survives.extend(facts(&relation.name, still.collect()));
            }
        }
        Ok((engine, made, all))
    }
}

fn has(database: &Database, relation: &str, row: &Tuple) -> bool {
    database.contains(relation, row)
}

/// What is in the first only.
fn less(these: &[Tuple], those: &[Tuple]) -> Vec<Tuple> {
    let those: BTreeSet<&Tuple> = those.iter().collect();
    these.iter().filter(|row| !those.contains(row)).cloned().collect()
}

fn facts(relation: &Arc<str>, rows: Vec<Tuple>) -> impl Iterator<Item = Fact> {
    rows.into_iter().map(|row| Fact { relation: relation.clone(), row })
}
