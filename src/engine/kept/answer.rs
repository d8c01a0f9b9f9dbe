//! Questions answered from derived rows at hand.

use super::portable::import;
use crate::analysis::{self, Columns, StratifiedProgram};
use crate::base::Type;
use crate::engine::delta;
use crate::engine::{Engine, EngineError, Input};
use crate::eval::{Backend, Database, Frog, PackedRows};
use crate::logic::{Literal, Program};
use crate::plan;
use crate::store::KeptRows;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

/// Beyond so many texts that the base has no number for, articles' ids are among them.
const MANY: usize = 1000;

impl Engine {
    /// A question checked with the rules that it may still need: relations at
    /// hand count as given.
    pub(in crate::engine) fn check_over_kept(&self, question: &[Literal]) -> (analysis::Checked, Columns) {
        let input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        let known: BTreeSet<Arc<str>> =
            input.derived.iter().flat_map(|derived| derived.states.keys().cloned()).collect();
        drop(input);
        if known.is_empty() {
            return analysis::check_with_question(&self.program, question, &self.names);
        }
        let mut program =
            Program { relations: delta::plain_declarations(&self.checked), ..Program::default() };
        for rule in &self.program.rules {
            let mut rule = rule.clone();
            rule.then.retain(|head| !known.contains(&head.relation.text));
            if !rule.then.is_empty() {
                program.rules.push(rule);
            }
        }
        let facts = self.program.facts.iter().filter(|fact| !known.contains(&fact.relation.text));
        program.facts = facts.cloned().collect();
        analysis::check_with_question(&program, question, &self.names)
    }

    /// Rows, given and kept, of what these relations need; `None` where kept
    /// ones can't be read, which then count as not kept.
    pub(in crate::engine) fn input_over_kept(
        &self,
        program: &StratifiedProgram,
        reads: &plan::Plan,
    ) -> Result<Option<Database>, EngineError> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        for id in reads.reads() {
            let name = &program.relation(*id).name;
            let Input { database, loaded, .. } = &mut *input;
            self.load_base(database, loaded, name)?;
            let kept = input.derived.as_ref().is_some_and(|derived| derived.states.contains_key(name));
            if kept && !self.load_kept(&mut input, name)? {
                self.give_up(&mut input, name);
                return Ok(None);
            }
        }
        input.database.freeze();
        Ok(Some(input.database.clone()))
    }

    /// Brings a derived relation's kept rows into the database; false where
    /// there are none that can be read.
    pub(super) fn load_kept(&self, input: &mut Input, name: &Arc<str>) -> Result<bool, EngineError> {
        let Some(derived) = &mut input.derived else { return Ok(false) };
        if derived.loaded.contains(name) {
            return Ok(true);
        }
        let more = match derived.states.get(name) {
            None | Some(super::State::New) => return Ok(false),
            Some(super::State::Kept) => None,
            Some(super::State::Grown(rows)) => Some(rows.clone()),
        };
        let pieces = derived.header.relations.get(&**name).cloned().unwrap_or_default();
        let relation = self.checked.find(name).map(|id| self.checked.relation(id));
        let types: Vec<Type> =
            relation.iter().flat_map(|r| r.columns.iter().map(|column| column.1)).collect();
        let mut whole = PackedRows { types, cells: Vec::new() };
        for piece in pieces {
            let kept = self.base().kept(&super::keeping::piece_key(&self.program_key(), name, piece))?;
            let Some(rows) = kept.and_then(|(_, bytes)| KeptRows::unpack(&bytes).ok()) else {
                return Ok(false);
            };
            if rows.values.len() > MANY {
                self.number_texts(&mut input.database, &mut input.loaded)?;
            }
            let Some(cells) = import(&rows, self.rows.shared, &mut input.database) else { return Ok(false) };
            if rows.types != whole.types {
                return Ok(false);
            }
            whole.cells.extend(cells);
        }
        whole.cells.extend(more.into_iter().flat_map(|rows| rows.cells));
        input.database.insert_cells(name, &whole);
        input.database.settle();
        derived.loaded.insert(name.clone());
        Ok(true)
    }

    /// Every row, given and derived, where derived rows are at hand; what was
    /// left out of them is derived with the engine's own budget.
    ///
    /// # Errors
    /// If the base can't be read, or a limit is reached, or a computation has
    /// no result.
    pub fn everything(&self) -> Result<Option<Database>, EngineError> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(derived) = &input.derived else { return Ok(None) };
        let missing = |n: &usize| {
            let relations = &self.checked.strata()[*n].relations;
            relations.iter().any(|id| !derived.states.contains_key(&self.checked.relation(*id).name))
        };
        let missing: Vec<usize> = (0..self.checked.strata().len()).filter(missing).collect();
        let at_hand: Vec<Arc<str>> = derived.states.keys().cloned().collect();
        for relation in self.checked.relations() {
            let Input { database, loaded, .. } = &mut *input;
            self.load_base(database, loaded, &relation.name)?;
        }
        for name in &at_hand {
            if !self.load_kept(&mut input, name)? {
                self.give_up(&mut input, name);
                return Ok(None);
            }
        }
        input.database.freeze();
        let database = input.database.clone();
        drop(input);
        if missing.is_empty() {
            return Ok(Some(database));
        }
        let plan = plan::strata_alone(&self.checked, &missing);
        Ok(Some(Frog.evaluate(&self.checked, &plan, database, &self.options)?.database))
    }
}
