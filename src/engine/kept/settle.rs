//! Having derived rows at hand: those that the base keeps, brought up to date,
//! and the others derived.

use super::since::{Changes, Since};
use super::{Derived, Header, Settled, State, Unkept};
use crate::base::Type;
use crate::engine::continuing::{Continuing, Done, Work};
use crate::engine::{Engine, EngineError, Input};
use crate::eval::{Backend, Budget, Database, EvalError, Frog, Options, PackedRows};
use crate::logic::BASE_RELATIONS;
use crate::plan;
use crate::store::StoreError;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// Tuples that a stratum may derive to be kept, at most: more are a burden to
/// the file, and to whoever reads them.
pub(super) const MOST_TUPLES: u64 = 5_000_000;

/// What became of a try.
enum Try {
    Done(bool),
    /// Kept rows of this relation can't be read.
    Damaged(Arc<str>),
}

impl Engine {
    /// Whether derived rows can be kept: they come from the base alone.
    pub(super) fn can_keep(&self) -> bool {
        let derived =
            |name: &str| self.checked.find(name).is_some_and(|id| self.checked.relation(id).derived);
        !self.with_facts && !BASE_RELATIONS.iter().any(|base| derived(base.0))
    }

    pub(super) fn derived_names(&self) -> impl Iterator<Item = &Arc<str>> {
        (0..self.checked.strata().len()).flat_map(|n| self.own(n))
    }

    /// The relations of a stratum.
    fn own(&self, stratum: usize) -> impl Iterator<Item = &Arc<str>> {
        self.checked.strata()[stratum].relations.iter().map(|id| &self.checked.relation(*id).name)
    }

    /// Has all derived rows at hand, so that questions need not derive them:
    /// those that the base keeps, or brought up to date, or derived. Each
    /// stratum may derive what the budget allows, up to 5 million tuples;
    /// relations that need more are left out (see [`Engine::unkept`]). `None`
    /// where facts don't come from the base alone.
    ///
    /// # Errors
    /// If the base can't be read.
    pub fn settle(&self, options: &Options) -> Result<Option<Settled>, EngineError> {
        self.settle_strata(&vec![true; self.checked.strata().len()], options)
    }

    /// The same for what a question needs only.
    ///
    /// # Errors
    /// Findings about the question, or the base can't be read.
    pub fn settle_for(&self, question: &str, options: &Options) -> Result<Option<Settled>, EngineError> {
        let (program, _) = self.check_question(question)?;
        let goal: Vec<_> = program.find(crate::ask::GOAL).into_iter().collect();
        let plan = plan::plan(&program, Some(&goal));
        let needed: BTreeSet<&Arc<str>> = plan.reads().iter().map(|id| &program.relation(*id).name).collect();
        let strata = 0..self.checked.strata().len();
        let wanted: Vec<bool> = strata.map(|n| self.own(n).any(|name| needed.contains(name))).collect();
        self.settle_strata(&wanted, options)
    }

    fn settle_strata(&self, wanted: &[bool], options: &Options) -> Result<Option<Settled>, EngineError> {
        if !self.can_keep() {
            return Ok(None);
        }
        let begun = Instant::now();
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        let continued = if input.derived.is_none() { self.recall(&mut input, options)? } else { None };
        loop {
            match self.derive_missing(&mut input, wanted, options, begun)? {
                Try::Damaged(name) => self.give_up(&mut input, &name),
                Try::Done(true) => return Ok(Some(Settled::Derived)),
                Try::Done(false) => return Ok(Some(continued.map_or(Settled::Kept, Settled::Continued))),
            }
        }
    }

    /// Derived relations that [`Engine::settle`] left out, and why.
    pub fn unkept(&self) -> Vec<(Arc<str>, Unkept)> {
        let input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        let all = input.derived.iter().flat_map(|derived| &derived.unkept);
        all.map(|(name, why)| (name.clone(), why.clone())).collect()
    }

    /// Kept rows that can't be read are as good as not there.
    pub(super) fn give_up(&self, input: &mut Input, name: &Arc<str>) {
        input.database.forget(name);
        if let Some(derived) = &mut input.derived {
            derived.states.remove(name);
            derived.loaded.remove(name);
            derived.is_kept = false;
        }
    }

    /// Takes what the base keeps as at hand, brought up to date if need be.
    fn recall(&self, input: &mut Input, options: &Options) -> Result<Option<Work>, EngineError> {
        input.derived = Some(Derived::default());
        let Some((version, header)) = self.header()? else { return Ok(None) };
        let same_names = header.identity == self.rows.identity.fingerprint();
        if same_names && version == self.base().version() {
            input.derived = Some(Derived::of(header));
            return Ok(None);
        }
        let since = if same_names { Since::of(self.base(), version)? } else { None };
        let Some(since) = since else {
            // Its pieces are to go.
            input.derived = Some(Derived { header, ..Derived::default() });
            return Ok(None);
        };
        input.derived = Some(Derived::of(header));
        let mut changes = Changes::default();
        self.gather(&since, &mut input.database, &mut changes)?;
        Ok(self.bring_up_to_date(input, changes, options))
    }

    pub(super) fn header(&self) -> Result<Option<(u64, Header)>, EngineError> {
        let Some((version, bytes)) = self.base().kept(&self.program_key())? else { return Ok(None) };
        let header: Option<Header> = serde_json::from_slice(&bytes).ok();
        Ok(header.filter(|header| header.format == super::FORMAT).map(|header| (version, header)))
    }

    /// Derives the wanted strata that are not at hand; whether there were any.
    fn derive_missing(
        &self,
        input: &mut Input,
        wanted: &[bool],
        options: &Options,
        begun: Instant,
    ) -> Result<Try, EngineError> {
        let mut any = false;
        for n in (0..wanted.len()).filter(|n| wanted[*n]) {
            let Some(derived) = &mut input.derived else { return Ok(Try::Done(any)) };
            let own: Vec<Arc<str>> = self.own(n).cloned().collect();
            if own.iter().all(|name| derived.states.contains_key(name)) {
                continue;
            }
            let given_up = own.iter().filter_map(|name| derived.unkept.get(name));
            if given_up.clone().next().is_some()
                && !given_up.clone().any(|why| why.deserves(&within(options)))
            {
                continue;
            }
            let plan = plan::strata_alone(&self.checked, &[n]);
            let reads: Vec<&Arc<str>> =
                plan.reads().iter().map(|id| &self.checked.relation(*id).name).collect();
            let lower = |name: &&&Arc<str>| !own.contains(name);
            let lacking =
                reads.iter().filter(lower).find_map(|name| Some((*name, derived.unkept.get(*name)?)));
            if let Some((name, why)) = lacking {
                let why = Unkept::resting_on(name, why);
                own.iter().for_each(|name| derived.leave_out(name, why.clone()));
                continue;
            }
            for name in reads.into_iter().filter(|name| !own.contains(name)) {
                let Input { database, loaded, .. } = &mut *input;
                self.load_base(database, loaded, name)?;
                if self.derived_names().any(|derived| derived == name) && !self.load_kept(input, name)? {
                    return Ok(Try::Damaged(name.clone()));
                }
            }
            any = true;
            own.iter().for_each(|name| input.database.forget(name));
            input.database.freeze();
            let found = match left(options, begun) {
                Some(left) => Frog.evaluate(&self.checked, &plan, input.database.clone(), &left),
                None => Err(out_of_time(&own, options)),
            };
            let Some(derived) = &mut input.derived else { return Ok(Try::Done(any)) };
            derived.is_kept = false;
            match found {
                Ok(found) => {
                    input.database = found.database;
                    for name in own {
                        derived.unkept.remove(&name);
                        derived.loaded.insert(name.clone());
                        derived.states.insert(name, State::New);
                    }
                }
                Err(error) => {
                    let why = Unkept::failed(&error, &within(options));
                    own.iter().for_each(|name| derived.leave_out(name, why.clone()));
                }
            }
        }
        input.database.freeze();
        Ok(Try::Done(any))
    }

    /// Rows of base relations that came since, or that some went.
    fn gather(
        &self,
        since: &Since,
        database: &mut Database,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        for (name, columns) in BASE_RELATIONS {
            if self.checked.find(name).is_none() {
                continue;
            }
            let named = self.base().name_changes().any(|change| change.holds);
            if matches!(name, "alias" | "merged" | "parted") && (named || !since.only_adds()) {
                // Which names came is not told apart from those that went.
                changes.changed.insert(name.into());
                continue;
            }
            let types: Vec<Type> = columns.iter().map(|column| column.1).collect();
            let mut rows = PackedRows { types, cells: Vec::new() };
            for batch in since.first_batch..self.base().batches() {
                match name {
                    "alias" => self.rows.load_aliases(batch, database, &mut rows.cells)?,
                    _ => self.rows.load_batch(name, batch, None, database, &mut rows.cells)?,
                }
            }
            if !matches!(name, "alias" | "merged" | "parted") {
                self.load_articles(name, &since.back, database, &mut rows.cells)?;
                let mut gone = PackedRows { types: rows.types.clone(), cells: Vec::new() };
                self.load_articles(name, &since.gone, database, &mut gone.cells)?;
                if !gone.cells.is_empty() {
                    changes.shrunk.insert(name.into(), gone);
                }
            }
            if !rows.cells.is_empty() {
                changes.grown.insert(name.into(), rows);
            }
        }
        Ok(())
    }

    /// The cells of the rows that these article versions give, or gave.
    fn load_articles(
        &self,
        name: &str,
        articles: &BTreeSet<u32>,
        database: &mut Database,
        cells: &mut Vec<u32>,
    ) -> Result<(), StoreError> {
        let batches: BTreeSet<usize> =
            articles.iter().filter_map(|article| self.base().batch_number(*article)).collect();
        for batch in batches {
            self.rows.load_batch(name, batch, Some(articles), database, cells)?;
        }
        Ok(())
    }

    /// Brings derived rows at hand up to date after changes. Where that fails
    /// as a whole, none are at hand.
    fn bring_up_to_date(&self, input: &mut Input, changes: Changes, options: &Options) -> Option<Work> {
        let Some(derived) = &input.derived else { return None };
        // Giving up for want of time would lose what was kept.
        let mut options = within(options);
        options.budget.time = None;
        let continuing = Continuing {
            program: &self.program,
            checked: &self.checked,
            names: &self.names,
            options: &options,
            known: derived.states.keys().cloned().collect(),
            grown: changes.grown,
            shrunk: changes.shrunk,
            changed: changes.changed,
        };
        let mut database = std::mem::take(&mut input.database);
        let done = continuing.run(&mut database, &mut |database, name| {
            std::mem::swap(database, &mut input.database);
            let Input { database: within, loaded, .. } = &mut *input;
            let found = self.load_base(within, loaded, name).map_err(EngineError::from);
            let derived = input.derived.as_ref().is_some_and(|derived| derived.states.contains_key(name));
            let found = found.and_then(|()| if derived { self.load_kept(input, name) } else { Ok(true) });
            std::mem::swap(database, &mut input.database);
            match found? {
                true => Ok(()),
                false => {
                    let what = format!("kept rows of {name} can't be read");
                    Err(StoreError::Damaged { file: None, what }.into())
                }
            }
        });
        let done: Result<Done, EngineError> = done;
        let Ok(Done { outcomes, failed, work }) = done else {
            let header = input.derived.take().map(|derived| derived.header).unwrap_or_default();
            *input = Input::new(self.rows.database());
            input.derived = Some(Derived { header, ..Derived::default() });
            return None;
        };
        database.freeze();
        input.database = database;
        if let Some(derived) = &mut input.derived {
            derived.add(outcomes, failed);
        }
        Some(work)
    }

    /// Takes over what an engine on an earlier version of the base had at hand.
    pub(in crate::engine) fn take_over(&self, mut input: Input, since: &Since) -> Result<(), EngineError> {
        let mut changes = Changes::default();
        self.gather(since, &mut input.database, &mut changes)?;
        for (name, rows) in changes.shrunk.iter().filter(|(name, _)| input.loaded.contains(*name)) {
            input.database.remove_cells(name, rows);
        }
        for (name, rows) in &changes.grown {
            if input.loaded.contains(name) {
                input.database.insert_cells(name, rows);
            }
        }
        for name in &changes.changed {
            if input.loaded.remove(name) {
                input.database.forget(name);
            }
        }
        input.database.freeze();
        if input.derived.is_some() {
            self.bring_up_to_date(&mut input, changes, &self.options);
        }
        *self.input.lock().unwrap_or_else(PoisonError::into_inner) = input;
        Ok(())
    }

    /// Leaves given rows alone.
    pub(in crate::engine) fn forget_derived(&self, input: &mut Input) {
        self.derived_names().for_each(|name| input.database.forget(name));
        input.derived = None;
    }

    /// Gives away what there is at hand.
    pub(in crate::engine) fn at_hand(&self) -> Input {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *input, Input::new(Database::new()))
    }
}

/// The options of one stratum.
fn within(options: &Options) -> Options {
    let tuples = options.budget.tuples.min(MOST_TUPLES);
    Options { budget: Budget { tuples, ..options.budget }, ..options.clone() }
}

/// The same with the time that is left, if there is any.
fn left(options: &Options, begun: Instant) -> Option<Options> {
    let mut within = within(options);
    if let Some(time) = within.budget.time {
        within.budget.time = Some(time.checked_sub(begun.elapsed()).filter(|left| *left > Duration::ZERO)?);
    }
    Some(within)
}

fn out_of_time(own: &[Arc<str>], options: &Options) -> EvalError {
    let seconds = options.budget.time.map_or(0, |time| time.as_secs());
    EvalError::Limit { rule: own.first().cloned().unwrap_or_default(), limit: "seconds", value: seconds }
}
