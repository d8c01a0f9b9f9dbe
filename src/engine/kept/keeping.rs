//! Writing derived rows into the base.

use super::portable::export;
use super::{FORMAT, Header, State};
use crate::engine::identity::NAMES_KEY;
use crate::engine::{Engine, EngineError};
use crate::store::{Keeping, StoreError, fingerprint};
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

/// Bytes of the key of a program.
pub(super) const KEY_BYTES: usize = 16;
/// Pieces of one relation beyond which they become one.
const MOST_PIECES: usize = 24;
/// Programs whose rows are kept; those kept longest ago go first.
const MOST_PROGRAMS: usize = 4;

impl Engine {
    /// Tells programs apart, with the entities that their constants mean.
    pub(in crate::engine) fn program_key(&self) -> [u8; KEY_BYTES] {
        *self.key.get_or_init(|| {
            let checked = &self.checked;
            let text = format!("{:?}\n{:?}\n{:?}", checked.rules(), checked.facts(), checked.relations());
            fingerprint(text.as_bytes())
        })
    }

    /// What the base should keep of the derived rows at hand, for
    /// [`FactBase::keep`](crate::store::FactBase::keep). Nothing where it keeps
    /// that already.
    ///
    /// # Errors
    /// If the base can't be read.
    pub fn keepable(&self) -> Result<Vec<Keeping>, EngineError> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(derived) = input.derived.as_ref().filter(|derived| !derived.is_kept) else {
            return Ok(Vec::new());
        };
        let key = self.program_key();
        let unkept = derived.unkept.iter().map(|(name, why)| (name.to_string(), why.clone())).collect();
        let mut header = Header {
            identity: self.rows.identity.fingerprint(),
            format: FORMAT.into(),
            unkept,
            ..derived.header.clone()
        };
        let states: Vec<(Arc<str>, State)> =
            derived.states.iter().map(|(name, state)| (name.clone(), state.clone())).collect();
        let mut keepings = Vec::new();
        let gone: Vec<String> = header
            .relations
            .keys()
            .filter(|name| !derived.states.contains_key(name.as_str()))
            .cloned()
            .collect();
        for name in gone {
            let pieces = header.relations.remove(&name).unwrap_or_default();
            keepings.extend(pieces.into_iter().map(|piece| (piece_key(&key, &name, piece), None)));
        }
        for (name, state) in states {
            let pieces = header.relations.entry(name.to_string()).or_default();
            let rows = match state {
                State::Kept => continue,
                State::Grown(rows) if pieces.len() < MOST_PIECES => rows,
                State::Grown(_) | State::New => {
                    keepings.extend(pieces.drain(..).map(|piece| (piece_key(&key, &name, piece), None)));
                    if !self.load_kept(&mut input, &name)? {
                        header.relations.remove(&*name);
                        self.give_up(&mut input, &name);
                        continue;
                    }
                    input.database.packed(&name).unwrap_or_default()
                }
            };
            if !rows.cells.is_empty() {
                pieces.push(header.next);
                let packed = export(&rows, self.rows.shared, &input.database).pack();
                keepings.push((piece_key(&key, &name, header.next), Some(packed)));
                header.next += 1;
            }
        }
        let bytes = serde_json::to_vec(&header).map_err(|e| StoreError::Refused(e.to_string()))?;
        keepings.push((key.to_vec(), Some(bytes)));
        keepings.extend(self.rows.identity.keepable(self.base()));
        keepings.extend(self.outdated(&key)?);
        Ok(keepings)
    }

    /// Keys of the programs that were kept longest ago.
    fn outdated(&self, own: &[u8; KEY_BYTES]) -> Result<Vec<Keeping>, EngineError> {
        let keys = self.base().kept_keys()?;
        let mut programs = Vec::new();
        for key in keys.iter().filter(|key| key.len() == own.len() && key[..] != own[..]) {
            let version = self.base().kept(key)?.map_or(0, |(version, _)| version);
            programs.push((std::cmp::Reverse(version), key.clone()));
        }
        programs.sort();
        let kept: BTreeSet<&[u8]> =
            programs.iter().take(MOST_PROGRAMS - 1).map(|(_, key)| &key[..]).chain([&own[..]]).collect();
        let is_kept =
            |key: &[u8]| key == NAMES_KEY || key.get(..own.len()).is_some_and(|key| kept.contains(key));
        let gone = keys.iter().filter(|key| !is_kept(key));
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
            derived.states.values_mut().for_each(|state| *state = State::Kept);
            (derived.header, derived.is_kept) = (header, true);
        }
        Ok(())
    }
}

pub(super) fn piece_key(program: &[u8; KEY_BYTES], relation: &str, piece: u32) -> Vec<u8> {
    [&program[..], relation.as_bytes(), b"/", &piece.to_be_bytes()].concat()
}
