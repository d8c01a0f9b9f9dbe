//! Derived rows that the base keeps: read, brought up to date, written.
//!
//! What is kept is kept by relation: one whose rows are too many, or which
//! rests on one that isn't there, spoils no other. A question takes the
//! relations that are kept as given and derives what it needs of the others.
//! - `settle`: having rows at hand; `since`: what changed meanwhile;
//! - `answer`: answering from them; `keeping`: writing them; `portable`: rows
//!   as other processes can read them.

mod answer;
mod keeping;
mod portable;
mod settle;
mod since;

use super::continuing::{Outcome, Outcomes, Work};
use crate::eval::{EvalError, Options, PackedRows};
use crate::store::{FactBase, StoreError};
use serde::{Deserialize, Serialize};
pub(super) use since::Since;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is written now; another program may write otherwise.
const FORMAT: &str = concat!("2 ", env!("CARGO_PKG_VERSION"));

/// How derived rows came to be at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// They were there.
    Kept,
    /// Those of an earlier version were brought up to date.
    Continued(Work),
    /// Some or all were derived.
    Derived,
}

/// Why a derived relation isn't kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unkept {
    /// The reason as a sentence without its end.
    pub why: String,
    /// Tuples and milliseconds that its derivation was given.
    tuples: u64,
    millis: Option<u64>,
}

impl Unkept {
    pub(super) fn failed(error: &EvalError, options: &Options) -> Unkept {
        let why = match error {
            EvalError::Limit { rule, limit, value } => {
                format!("the rule \"{rule}\" reached the limit of {value} {limit}")
            }
            EvalError::Run { rule, message } => format!("in the rule \"{rule}\": {message}"),
        };
        let time = options.budget.time.map(|time| time.as_millis() as u64);
        // What fails otherwise may do so no more.
        let (tuples, millis) = if error.is_limit() { (options.budget.tuples, time) } else { (0, Some(0)) };
        Unkept { why, tuples, millis }
    }

    pub(super) fn resting_on(name: &str, other: &Unkept) -> Unkept {
        Unkept { why: format!("it rests on {name}, which isn't kept"), ..other.clone() }
    }

    /// Whether there is more time or space now than there was.
    fn deserves(&self, options: &Options) -> bool {
        let time = options.budget.time.map_or(u64::MAX, |time| time.as_millis() as u64);
        options.budget.tuples > self.tuples || time > self.millis.unwrap_or(u64::MAX)
    }
}

/// What is kept of one program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    format: String,
    /// Which names mean which entities.
    identity: String,
    /// Each derived relation's pieces.
    relations: BTreeMap<String, Vec<u32>>,
    /// Derived relations that are not kept.
    unkept: BTreeMap<String, Unkept>,
    next: u32,
}

/// How a derived relation at hand stands to what the base keeps of it.
#[derive(Debug, Clone)]
enum State {
    /// It is that.
    Kept,
    /// It has these rows too.
    Grown(PackedRows),
    /// It is another.
    New,
}

/// Derived relations at hand, in the database or still in the base.
#[derive(Debug, Clone, Default)]
pub(super) struct Derived {
    states: BTreeMap<Arc<str>, State>,
    /// Those that are in the database.
    loaded: BTreeSet<Arc<str>>,
    unkept: BTreeMap<Arc<str>, Unkept>,
    /// What the base has.
    header: Header,
    /// Whether that is of this version and says the same.
    is_kept: bool,
}

impl Derived {
    /// What a base keeps.
    fn of(header: Header) -> Derived {
        let states = header.relations.keys().map(|name| (name.as_str().into(), State::Kept)).collect();
        let unkept = header.unkept.iter().map(|(name, why)| (name.as_str().into(), why.clone())).collect();
        Derived { states, unkept, header, is_kept: true, ..Derived::default() }
    }

    fn leave_out(&mut self, name: &Arc<str>, why: Unkept) {
        self.states.remove(name);
        self.loaded.remove(name);
        self.unkept.insert(name.clone(), why);
        self.is_kept = false;
    }

    /// Takes in what relations came to.
    fn add(&mut self, outcomes: Outcomes, failed: BTreeMap<Arc<str>, Unkept>) {
        self.is_kept = false;
        for (name, outcome) in outcomes {
            let state = match (self.states.remove(&name), outcome) {
                (Some(State::Kept), Outcome::Grown(rows)) => State::Grown(rows),
                (Some(State::Grown(mut rows)), Outcome::Grown(more)) => {
                    rows.cells.extend(more.cells);
                    State::Grown(rows)
                }
                _ => State::New,
            };
            self.states.insert(name, state);
        }
        failed.into_iter().for_each(|(name, why)| self.leave_out(&name, why));
    }
}

/// What a base keeps of one set of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptProgram {
    /// The version of the base that it is of.
    pub version: u64,
    /// Derived relations that are kept.
    pub kept: Vec<String>,
    /// Those that aren't, and why.
    pub unkept: Vec<(String, String)>,
}

/// What a base keeps, the newest first.
///
/// # Errors
/// If the base can't be read.
pub fn kept_programs(base: &FactBase) -> Result<Vec<KeptProgram>, StoreError> {
    let mut all = Vec::new();
    for key in base.kept_keys()?.into_iter().filter(|key| key.len() == keeping::KEY_BYTES) {
        let Some((version, bytes)) = base.kept(&key)? else { continue };
        let Ok(header) = serde_json::from_slice::<Header>(&bytes) else { continue };
        let kept = header.relations.into_keys().collect();
        let unkept = header.unkept.into_iter().map(|(name, unkept)| (name, unkept.why)).collect();
        all.push(KeptProgram { version, kept, unkept });
    }
    all.sort_by_key(|program| std::cmp::Reverse(program.version));
    Ok(all)
}
