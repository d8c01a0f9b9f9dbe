//! Derived rows that the base keeps: read, brought up to date, written.

use super::continuing::{Continuing, Outcome, Outcomes, Work};
use super::{Engine, EngineError, Input};
use crate::analysis::StratifiedProgram;
use crate::ask::GOAL;
use crate::base::{Type, Value};
use crate::eval::{Backend, Database, Frog, Options, PackedRows};
use crate::logic::{BASE_RELATIONS, Tuple};
use crate::plan;
use crate::store::{FactBase, Keeping, KeptRows, Operation, StoreError, fingerprint};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

/// What is written now; another program may write otherwise.
const FORMAT: &str = concat!("1 ", env!("CARGO_PKG_VERSION"));
/// Pieces of one relation beyond which they become one.
const MOST_PIECES: usize = 24;
/// Programs whose rows are kept; those kept longest ago go first.
const MOST_PROGRAMS: usize = 4;

/// How derived rows came to be at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// They were there.
    Kept,
    /// Those of an earlier version were brought up to date.
    Continued(Work),
    /// Everything was derived.
    Derived,
}

/// What is kept of one program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    format: String,
    /// Which names mean which entities.
    identity: String,
    /// Each derived relation's pieces.
    relations: BTreeMap<String, Vec<u32>>,
    next: u32,
}

/// Derived relations at hand, in the database or still in the base.
#[derive(Debug, Clone, Default)]
pub(super) struct Derived {
    present: BTreeSet<Arc<str>>,
    header: Header,
    /// What became of relations since the base kept them; none where it
    /// doesn't keep them at all.
    unkept: Option<Outcomes>,
    /// Whether the base has exactly this.
    is_kept: bool,
}

impl Engine {
    /// Whether derived rows can be kept: they come from the base alone.
    fn can_keep(&self) -> bool {
        let derived =
            |name: &str| self.checked.find(name).is_some_and(|id| self.checked.relation(id).derived);
        !self.with_facts && !BASE_RELATIONS.iter().any(|base| derived(base.0))
    }

    /// Tells programs apart, with the entities that their constants mean.
    pub(super) fn program_key(&self) -> [u8; 16] {
        *self.key.get_or_init(|| {
            let checked = &self.checked;
            let text = format!("{:?}\n{:?}\n{:?}", checked.rules(), checked.facts(), checked.relations());
            fingerprint(text.as_bytes())
        })
    }

    fn derived_names(&self) -> impl Iterator<Item = &Arc<str>> {
        let derived = |id: &crate::logic::typed::RelationId| &self.checked.relation(*id).name;
        self.checked.strata().iter().flat_map(|stratum| &stratum.relations).map(derived)
    }

    /// Has all derived rows at hand, so that questions need not derive them:
    /// those that the base keeps, or brought up to date, or derived. `None`
    /// where facts don't come from the base alone.
    ///
    /// # Errors
    /// A limit of these options, or a computation that has no result.
    pub fn settle(&self, options: &Options) -> Result<Option<Settled>, EngineError> {
        if !self.can_keep() {
            return Ok(None);
        }
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        if input.derived.is_some() {
            return Ok(Some(Settled::Kept));
        }
        if let Some((version, header)) = self.header()? {
            if version == self.base().version() {
                input.derived = Some(Derived { header, is_kept: true, ..Derived::default() });
                return Ok(Some(Settled::Kept));
            }
            if let Some(work) = self.continue_kept(&mut input, version, header, options)? {
                return Ok(Some(Settled::Continued(work)));
            }
        }
        let plan = self.plan();
        for id in plan.reads() {
            let Input { database, loaded, .. } = &mut *input;
            self.load_base(database, loaded, &self.checked.relation(*id).name)?;
        }
        let mut database = Frog.evaluate(&self.checked, &plan, input.database.clone(), options)?.database;
        database.freeze();
        input.database = database;
        let present = self.derived_names().cloned().collect();
        input.derived = Some(Derived { present, ..Derived::default() });
        Ok(Some(Settled::Derived))
    }

    fn header(&self) -> Result<Option<(u64, Header)>, EngineError> {
        let Some((version, bytes)) = self.base().kept(&self.program_key())? else { return Ok(None) };
        let header: Option<Header> = serde_json::from_slice(&bytes).ok();
        Ok(header.filter(|header| header.format == FORMAT).map(|header| (version, header)))
    }

    /// Brings what was kept at an earlier version up to date.
    fn continue_kept(
        &self,
        input: &mut Input,
        version: u64,
        header: Header,
        options: &Options,
    ) -> Result<Option<Work>, EngineError> {
        let Some(since) = Since::of(self.base(), version)? else { return Ok(None) };
        if header.identity != self.rows.identity.fingerprint() {
            return Ok(None);
        }
        input.derived = Some(Derived { header: header.clone(), ..Derived::default() });
        let names: Vec<Arc<str>> = self.derived_names().cloned().collect();
        for name in &names {
            if !self.load_kept(input, name)? {
                // Something is damaged or of another kind.
                names.iter().for_each(|name| input.database.forget(name));
                input.derived = None;
                return Ok(None);
            }
        }
        let mut changes = Changes::default();
        self.gather(&since, &mut input.database, &mut changes)?;
        let (outcomes, work) = self.continue_with(input, changes, options)?;
        let present = names.into_iter().collect();
        input.derived = Some(Derived { present, header, unkept: Some(outcomes), is_kept: false });
        Ok(Some(work))
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
            if name == "alias" || name == "merged" || name == "parted" || since.lost {
                // Which names came is not told apart from those that went.
                changes.changed.insert(name.into());
                continue;
            }
            let types = columns.iter().map(|column| column.1).collect();
            let mut rows = PackedRows { types, cells: Vec::new() };
            for batch in since.first_batch..self.base().batches() {
                self.rows.load_batch(name, batch, database, &mut rows.cells)?;
            }
            if !rows.cells.is_empty() {
                changes.grown.insert(name.into(), rows);
            }
        }
        Ok(())
    }

    fn continue_with(
        &self,
        input: &mut Input,
        changes: Changes,
        options: &Options,
    ) -> Result<(Outcomes, Work), EngineError> {
        let continuing = Continuing {
            program: &self.program,
            checked: &self.checked,
            names: &self.names,
            options,
            grown: changes.grown,
            changed: changes.changed,
        };
        let mut loaded = std::mem::take(&mut input.loaded);
        let result = continuing.run(std::mem::take(&mut input.database), &mut |database, name| {
            self.load_base(database, &mut loaded, name).map_err(EngineError::from)
        });
        input.loaded = loaded;
        let (mut database, outcomes, work) = match result {
            Ok(done) => done,
            Err(error) => {
                *input = Input::new(self.rows.database());
                return Err(error);
            }
        };
        database.freeze();
        input.database = database;
        Ok((outcomes, work))
    }

    /// Brings a derived relation's kept rows into the database; false where
    /// they are damaged.
    pub(super) fn load_kept(&self, input: &mut Input, name: &Arc<str>) -> Result<bool, EngineError> {
        let Some(derived) = &mut input.derived else { return Ok(false) };
        if derived.present.contains(name) {
            return Ok(true);
        }
        let Some(pieces) = derived.header.relations.get(&**name) else { return Ok(false) };
        let relation = self.checked.find(name).map(|id| self.checked.relation(id));
        let types: Vec<Type> =
            relation.iter().flat_map(|r| r.columns.iter().map(|column| column.1)).collect();
        let mut whole = PackedRows { types, cells: Vec::new() };
        for piece in pieces {
            let kept = self.base().kept(&piece_key(&self.program_key(), name, *piece))?;
            let Some(rows) = kept.and_then(|(_, bytes)| KeptRows::unpack(&bytes).ok()) else {
                return Ok(false);
            };
            let Some(cells) = import(&rows, self.rows.shared, &mut input.database) else { return Ok(false) };
            if rows.types != whole.types {
                return Ok(false);
            }
            whole.cells.extend(cells);
        }
        input.database.insert_cells(name, &whole);
        input.database.settle();
        derived.present.insert(name.clone());
        Ok(true)
    }

    /// What the base should keep of the derived rows at hand, for
    /// [`FactBase::keep`]. Nothing where it keeps that already.
    ///
    /// # Errors
    /// If the base can't be read.
    pub fn keepable(&self) -> Result<Vec<Keeping>, EngineError> {
        let input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(derived) = input.derived.as_ref().filter(|derived| !derived.is_kept) else {
            return Ok(Vec::new());
        };
        let key = self.program_key();
        let mut header = Header {
            identity: self.rows.identity.fingerprint(),
            format: FORMAT.into(),
            ..derived.header.clone()
        };
        let mut keepings = Vec::new();
        for name in self.derived_names() {
            let pieces = header.relations.entry(name.to_string()).or_default();
            let rows = match &derived.unkept {
                Some(outcomes) if !outcomes.contains_key(name) => continue,
                Some(outcomes) => match &outcomes[name] {
                    Outcome::Grown(rows) if pieces.len() < MOST_PIECES => Some(rows.clone()),
                    _ => None,
                },
                None => None,
            };
            let rows = rows.unwrap_or_else(|| {
                keepings.extend(pieces.drain(..).map(|piece| (piece_key(&key, name, piece), None)));
                input.database.packed(name).unwrap_or_default()
            });
            if !rows.cells.is_empty() {
                pieces.push(header.next);
                let packed = export(&rows, self.rows.shared, &input.database).pack();
                keepings.push((piece_key(&key, name, header.next), Some(packed)));
                header.next += 1;
            }
        }
        let bytes = serde_json::to_vec(&header).map_err(|e| StoreError::Refused(e.to_string()))?;
        keepings.push((key.to_vec(), Some(bytes)));
        keepings.extend(self.outdated(&key)?);
        Ok(keepings)
    }

    /// Keys of the programs that were kept longest ago.
    fn outdated(&self, own: &[u8; 16]) -> Result<Vec<Keeping>, EngineError> {
        let keys = self.base().kept_keys()?;
        let mut programs = Vec::new();
        for key in keys.iter().filter(|key| key.len() == own.len() && key[..] != own[..]) {
            let version = self.base().kept(key)?.map_or(0, |(version, _)| version);
            programs.push((std::cmp::Reverse(version), key.clone()));
        }
        programs.sort();
        let kept: BTreeSet<&[u8]> =
            programs.iter().take(MOST_PROGRAMS - 1).map(|(_, key)| &key[..]).chain([&own[..]]).collect();
        let gone = keys.iter().filter(|key| key.len() < own.len() || !kept.contains(&key[..own.len()]));
        Ok(gone.map(|key| (key.clone(), None)).collect())
    }

    /// Keeps the derived rows at hand in the base, if it may be written.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn keep(&mut self) -> Result<(), EngineError> {
        let keepings = self.keepable()?;
        if keepings.is_empty() || self.base().is_read_only() {
            return Ok(());
        }
        self.rows.base.keep(keepings)?;
        let header = self.header()?.map(|(_, header)| header);
        let input = self.input.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let (Some(derived), Some(header)) = (&mut input.derived, header) {
            (derived.header, derived.unkept, derived.is_kept) = (header, None, true);
        }
        Ok(())
    }

    /// Takes over what an engine on an earlier version of the base had at hand.
    pub(super) fn take_over(&self, mut input: Input, since: &Since) -> Result<(), EngineError> {
        let mut changes = Changes::default();
        self.gather(since, &mut input.database, &mut changes)?;
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
        if let Some(derived) = input.derived.take() {
            let (outcomes, _) = self.continue_with(&mut input, changes, &self.options)?;
            let unkept = match (derived.unkept, derived.is_kept) {
                (None, true) => Some(outcomes),
                (None, false) => None,
                (Some(earlier), _) => Some(joined(earlier, outcomes)),
            };
            input.derived = Some(Derived { unkept, is_kept: false, ..derived });
        }
        *self.input.lock().unwrap_or_else(PoisonError::into_inner) = input;
        Ok(())
    }

    /// The answer to a question from derived rows at hand; `None` where there
    /// are none.
    pub(super) fn answer_at_hand(
        &self,
        program: &StratifiedProgram,
    ) -> Result<Option<Vec<Tuple>>, EngineError> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(goal), true) = (program.find(GOAL), input.derived.is_some()) else { return Ok(None) };
        let strata: Vec<usize> =
            (0..program.strata().len()).filter(|n| program.strata()[*n].relations.contains(&goal)).collect();
        let plan = plan::strata_alone(program, &strata);
        for id in plan.reads().iter().filter(|id| **id != goal) {
            let name = &program.relation(*id).name;
            let Input { database, loaded, .. } = &mut *input;
            self.load_base(database, loaded, name)?;
            let derived = self.derived_names().any(|derived| derived == name);
            if derived && !self.load_kept(&mut input, name)? {
                return Ok(None);
            }
        }
        input.database.freeze();
        let database = input.database.clone();
        drop(input);
        let found = Frog.evaluate(program, &plan, database, &self.options)?.database;
        Ok(Some(found.rows(GOAL)))
    }

    /// Every row, given and derived, where derived rows are at hand.
    ///
    /// # Errors
    /// If the base can't be read.
    pub fn everything(&self) -> Result<Option<Database>, EngineError> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        if input.derived.is_none() {
            return Ok(None);
        }
        let names: Vec<Arc<str>> = self.checked.relations().iter().map(|r| r.name.clone()).collect();
        let derived: BTreeSet<&Arc<str>> = self.derived_names().collect();
        for name in &names {
            let Input { database, loaded, .. } = &mut *input;
            self.load_base(database, loaded, name)?;
            if derived.contains(name) && !self.load_kept(&mut input, name)? {
                return Ok(None);
            }
        }
        input.database.freeze();
        Ok(Some(input.database.clone()))
    }

    /// Leaves given rows alone.
    pub(super) fn forget_derived(&self, input: &mut Input) {
        self.derived_names().for_each(|name| input.database.forget(name));
        input.derived = None;
    }

    /// What there is at hand, with every derived relation present.
    pub(super) fn at_hand(&self) -> Result<Option<Input>, EngineError> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        if input.derived.is_some() {
            let names: Vec<Arc<str>> = self.derived_names().cloned().collect();
            for name in &names {
                if !self.load_kept(&mut input, name)? {
                    return Ok(None);
                }
            }
        }
        Ok(Some(std::mem::replace(&mut *input, Input::new(Database::new()))))
    }
}

fn joined(mut all: Outcomes, more: Outcomes) -> Outcomes {
    for (name, outcome) in more {
        let both = match (all.remove(&name), outcome) {
            (None, outcome) => outcome,
            (Some(Outcome::Grown(mut rows)), Outcome::Grown(more)) => {
                rows.cells.extend(more.cells);
                Outcome::Grown(rows)
            }
            _ => Outcome::Changed,
        };
        all.insert(name, both);
    }
    all
}

/// What happened to base relations.
#[derive(Debug, Default)]
struct Changes {
    grown: BTreeMap<Arc<str>, PackedRows>,
    changed: BTreeSet<Arc<str>>,
}

/// What was done to a base since a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Since {
    pub(super) first_batch: usize,
    /// Whether article versions ceased to hold, or hold again.
    pub(super) lost: bool,
}

impl Since {
    /// What was done since; `None` where names were merged or split, or the
    /// version is from elsewhere.
    pub(super) fn of(base: &FactBase, version: u64) -> Result<Option<Since>, StoreError> {
        if version > base.version() {
            return Ok(None);
        }
        let (mut first_batch, mut lost) = (0, false);
        for entry in base.log()? {
            let known = entry.number <= version;
            match entry.what {
                Operation::Ingest { .. } if known => first_batch += 1,
                Operation::Ingest { superseded, .. } => lost |= !superseded.is_empty(),
                _ if known => {}
                Operation::Retract { .. } | Operation::Restore { .. } => lost = true,
                _ => return Ok(None),
            }
        }
        Ok(Some(Since { first_batch, lost }))
    }
}

fn piece_key(program: &[u8; 16], relation: &str, piece: u32) -> Vec<u8> {
    [&program[..], relation.as_bytes(), b"/", &piece.to_be_bytes()].concat()
}

/// Rows with what their cells mean, for other processes.
fn export(rows: &PackedRows, shared: u32, database: &Database) -> KeptRows {
    let mut places: FxHashMap<(usize, u32), u32> = FxHashMap::default();
    let mut kept = KeptRows { types: rows.types.clone(), symbols: shared, ..KeptRows::default() };
    for (n, cell) in rows.cells.iter().enumerate() {
        let column = n % rows.types.len().max(1);
        let Some(type_) = rows.types.get(column).copied() else {
            kept.cells.push(*cell);
            continue;
        };
        let is_text = matches!(type_, Type::Entity | Type::Text);
        let plain = match type_ {
            Type::Entity | Type::Text => *cell < shared,
            Type::Decimal => false,
            Type::Int | Type::Date | Type::Bool => *cell < 1 << 31,
        };
        if plain {
            kept.cells.push(*cell);
            continue;
        }
        let values = &mut kept.values;
        let place = *places.entry((if is_text { 0 } else { column + 1 }, *cell)).or_insert_with(|| {
            values.push(match database.cell_value(type_, *cell) {
                Value::Entity(text) | Value::Text(text) => text.to_string(),
                other => other.to_string(),
            });
            values.len() as u32 - 1
        });
        kept.cells.push(if is_text { shared + place } else { u32::MAX - place });
    }
    kept
}

/// The cells of kept rows in this database; `None` where they don't fit.
fn import(rows: &KeptRows, shared: u32, database: &mut Database) -> Option<Vec<u32>> {
    if rows.symbols > shared {
        return None;
    }
    let mut known: FxHashMap<(Type, u32), u32> = FxHashMap::default();
    let mut cells = Vec::with_capacity(rows.cells.len());
    let width = rows.types.len().max(1);
    for (n, cell) in rows.cells.iter().enumerate() {
        let Some(type_) = rows.types.get(n % width).copied() else {
            cells.push(*cell);
            continue;
        };
        let place = match type_ {
            Type::Entity | Type::Text if *cell < rows.symbols => None,
            Type::Entity | Type::Text => Some(cell - rows.symbols),
            Type::Decimal => Some(u32::MAX - cell),
            Type::Int | Type::Date | Type::Bool => (*cell >= 1 << 31).then(|| u32::MAX - cell),
        };
        let Some(place) = place else {
            cells.push(*cell);
            continue;
        };
        if let Some(known) = known.get(&(type_, place)) {
            cells.push(*known);
            continue;
        }
        let text = rows.values.get(place as usize)?;
        let value = match type_ {
            Type::Entity => Value::entity(&**text),
            Type::Text => Value::text(&**text),
            Type::Int => Value::Int(text.parse().ok()?),
            Type::Decimal => Value::Decimal(text.parse().ok()?),
            Type::Date | Type::Bool => return None,
        };
        let cell = database.cell(&value);
        known.insert((type_, place), cell);
        cells.push(cell);
    }
    Some(cells)
}
