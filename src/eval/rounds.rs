//! The round in which each row of a relation first appeared, in as few bytes
//! as the highest round needs.

use std::fmt::Debug;
use std::sync::Arc;

/// A number for each row.
#[derive(Debug, Clone)]
pub(super) enum Rounds {
    /// The same for all.
    All(u32),
    Bytes(Vec<u8>),
    Words(Vec<u16>),
    Wide(Vec<u32>),
    /// Found when asked for.
    Later(Arc<dyn Later>),
}

/// Finds rounds that weren't kept.
pub(super) trait Later: Debug + Send + Sync {
    /// The round of a row, whose number among the sorted rows is told too.
    fn round(&self, n: usize, row: &[u32]) -> u32;
}

impl Rounds {
    /// Zero for each of so many rows.
    pub(super) fn zeros(rows: usize) -> Rounds {
        Rounds::Bytes(vec![0; rows])
    }

    /// The number of a row.
    pub(super) fn get(&self, n: usize, row: &[u32]) -> u32 {
        match self {
            Rounds::All(round) => *round,
            Rounds::Bytes(rounds) => rounds[n].into(),
            Rounds::Words(rounds) => rounds[n].into(),
            Rounds::Wide(rounds) => rounds[n],
            Rounds::Later(later) => later.round(n, row),
        }
    }

    /// Makes room for numbers up to this one.
    pub(super) fn widen(&mut self, highest: u32) {
        match self {
            Rounds::Bytes(rounds) if highest > u8::MAX.into() => {
                let words = rounds.iter().map(|r| u16::from(*r)).collect();
                *self = Rounds::Words(words);
                self.widen(highest);
            }
            Rounds::Words(rounds) if highest > u16::MAX.into() => {
                *self = Rounds::Wide(rounds.iter().map(|r| u32::from(*r)).collect());
            }
            _ => {}
        }
    }

    /// Sets a row's number; of one for which there is room.
    #[inline]
    pub(super) fn set(&mut self, n: usize, round: u32) {
        match self {
            Rounds::All(_) | Rounds::Later(_) => {}
            Rounds::Bytes(rounds) => rounds[n] = round as u8,
            Rounds::Words(rounds) => rounds[n] = round as u16,
            Rounds::Wide(rounds) => rounds[n] = round,
        }
    }
}

impl From<Vec<u32>> for Rounds {
    fn from(list: Vec<u32>) -> Rounds {
        match list.iter().max() {
            Some(most) if *most > u16::MAX.into() => Rounds::Wide(list),
            Some(most) if *most > u8::MAX.into() => Rounds::Words(list.iter().map(|r| *r as u16).collect()),
            _ => Rounds::Bytes(list.iter().map(|r| *r as u8).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_kept_however_high() {
        for list in [vec![0, 1, 255], vec![3, 256, 65_535], vec![7, 65_536, u32::MAX]] {
            let mut grown = Rounds::zeros(list.len());
            for (n, round) in list.iter().enumerate() {
                grown.widen(*round);
                grown.set(n, *round);
            }
            let all = |rounds: &Rounds| (0..3).map(|n| rounds.get(n, &[])).collect::<Vec<_>>();
            assert_eq!(all(&grown), list);
            assert_eq!(all(&Rounds::from(list.clone())), list);
        }
    }
}
