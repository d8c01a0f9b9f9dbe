//! Who was left without the other side: after "Alfa menghukum sejumlah klub" or
//! "Alfa menggandeng tiga bank" a later sentence names those clubs or banks, and
//! behind "Berikut aplikasi yang diblokir Alfa:" each line of a list does.

use super::cut::Cut;
use super::pattern::Past;
use super::token::Shape;
use super::{ClaimKind, Status};
use std::collections::BTreeMap;
use std::sync::Arc;

/// For how many sentences an issuer punishes on.
const RULING: usize = 12;
/// For how many sentences others may do the same.
const LIKEWISE: usize = 4;
/// For how many sentences a side is waited for.
const WAITING: usize = 2;

/// One side, how it was put, and the number of its sentence.
type Side = (Vec<u32>, Status, usize);

/// What each line of a list says of the name that it begins with.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub pattern: Arc<str>,
    pub kind: ClaimKind,
    pub side: Vec<u32>,
    pub status: Status,
}

/// Those whose other side a later sentence may name, by the kind of relation.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    sides: BTreeMap<ClaimKind, Side>,
    /// The second side of what was told last.
    last: Option<(ClaimKind, Side)>,
    /// What stands before a list's colon.
    list: Option<List>,
    /// The sentence before was a line's number.
    numbered: bool,
}

impl Open {
    /// Takes note of one side, named in the sentence of this number.
    pub(super) fn leave(&mut self, kind: ClaimKind, side: Vec<u32>, status: Status, now: usize) {
        if !side.is_empty() {
            self.sides.insert(kind, (side, status, now));
        }
    }

    /// Takes note of the second side of what the sentence of this number told.
    pub(super) fn tell(&mut self, kind: ClaimKind, side: Vec<u32>, status: Status, now: usize) {
        if !side.is_empty() {
            self.last = Some((kind, (side, status, now)));
        }
    }

    /// Whether the sentence `now` may complete a side.
    pub(super) fn waits(&self, now: usize) -> bool {
        self.sides.values().any(|(.., at)| at + WAITING >= now)
    }

    /// Begins a list of lines.
    pub(super) fn list(&mut self, list: List) {
        (self.list, self.numbered) = (Some(list), false);
    }

    /// What the sentence is an entry of: it begins with a number or a dash.
    pub(super) fn entry(&mut self, text: &str, cut: &Cut) -> Option<List> {
        self.list.as_ref()?;
        let first = cut.tokens.first()?;
        let number = first.shape == Shape::Number;
        let alone = number && cut.tokens.len() <= 2;
        let behind = cut.tokens.get(1).is_some_and(|t| matches!(t.text(text), "." | ")"));
        let dash = matches!(first.text(text), "-" | "–" | "•" | "*" | "●" | "▪");
        let entry = self.numbered || dash || number && behind && !alone;
        self.numbered = alone;
        if !entry && !alone {
            self.list = None;
        }
        self.list.clone().filter(|_| entry)
    }

    /// The side that the sentence `now` may complete.
    pub(super) fn of(&self, kind: ClaimKind, past: Past, now: usize) -> Option<(Vec<u32>, Status)> {
        let (side, reach) = match past {
            Past::Same => {
                let last = self.last.as_ref().filter(|last| last.0 == kind);
                (last.map(|last| &last.1), LIKEWISE)
            }
            Past::Issuer => (self.sides.get(&kind), RULING),
            _ => (self.sides.get(&kind), WAITING),
        };
        let near = side.filter(|(.., at)| at + reach >= now);
        near.map(|(side, status, _)| (side.clone(), *status))
    }
}
