//! When a value was last seen, to let it on once.

use rustc_hash::FxHashMap;

/// Cells from the lowest that lie in the list rather than in the map.
const NEAR: u32 = 1 << 22;
/// How far below the first cell the list begins.
const BELOW: u32 = 1 << 10;

/// When each value was last seen.
#[derive(Default)]
pub(super) struct Stamps {
    low: Option<u32>,
    near: Vec<u32>,
    far: FxHashMap<u32, u32>,
}

impl Stamps {
    /// Whether the value wasn't seen at this turn, which it now is.
    #[inline]
    pub(super) fn stamp(&mut self, cell: u32, turn: u32) -> bool {
        let low = *self.low.get_or_insert(cell.saturating_sub(BELOW));
        let at = cell.wrapping_sub(low);
        if at >= NEAR {
            return self.far.insert(cell, turn) != Some(turn);
        }
        if at as usize >= self.near.len() {
            self.near.resize(at as usize + 1, 0);
        }
        std::mem::replace(&mut self.near[at as usize], turn) != turn
    }
}
