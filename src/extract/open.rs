//! Who was left without the other side: after "Alfa menghukum sejumlah klub" or
//! "Alfa menggandeng tiga bank" a later sentence names those clubs or banks.

use super::pattern::Past;
use super::{ClaimKind, Status};
use std::collections::BTreeMap;

/// For how many sentences an issuer punishes on.
const RULING: usize = 12;
/// For how many sentences a side is waited for.
const WAITING: usize = 2;

/// One side, how it was put, and the number of its sentence.
type Side = (Vec<u32>, Status, usize);

/// Those whose other side a later sentence may name, by the kind of relation.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    sides: BTreeMap<ClaimKind, Side>,
}

impl Open {
    /// Takes note of one side, named in the sentence of this number.
    pub(super) fn leave(&mut self, kind: ClaimKind, side: Vec<u32>, status: Status, now: usize) {
        if !side.is_empty() {
            self.sides.insert(kind, (side, status, now));
        }
    }

    /// The side that the sentence `now` may complete.
    pub(super) fn of(&self, kind: ClaimKind, past: Past, now: usize) -> Option<(Vec<u32>, Status)> {
        let reach = if past == Past::Issuer { RULING } else { WAITING };
        let near = self.sides.get(&kind).filter(|(.., at)| at + reach >= now);
        near.map(|(side, status, _)| (side.clone(), *status))
    }
}
