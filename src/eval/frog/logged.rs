//! What each round of a recursion brought, kept as it came: which round a row
//! is of is only worked out when a proof asks.

use super::dense::Dense;
use crate::eval::rounds::{Later, Rounds};
use crate::eval::rows;
use std::sync::{Arc, OnceLock};

/// The rows that a round brought.
#[derive(Debug)]
enum Brought {
    Rows(Vec<u32>),
    /// As numbers of the filter.
    Places(Vec<u32>),
}

/// Rows by round.
#[derive(Debug, Default)]
pub(super) struct Log {
    rounds: Vec<(u32, Brought)>,
}

impl Log {
    /// Whether nothing was noted.
    pub(super) fn is_empty(&self) -> bool {
        self.rounds.is_empty()
    }

    /// Notes the new rows of a round.
    pub(super) fn add(&mut self, round: u32, new: &[u32], stride: usize, filter: Option<&Dense>) {
        if !new.is_empty() {
            let places = filter.and_then(|filter| filter.places(new, stride));
            let brought = places.map_or_else(|| Brought::Rows(new.to_vec()), Brought::Places);
            self.rounds.push((round, brought));
        }
    }

    /// The rounds of these sorted rows, among which are all that were noted,
    /// unless better ones came later.
    pub(super) fn of(self, cells: Arc<Vec<u32>>, stride: usize, filter: Option<Dense>) -> Rounds {
        Rounds::Later(Arc::new(Logged { log: self, filter, cells, stride, found: OnceLock::new() }))
    }
}

#[derive(Debug)]
struct Logged {
    log: Log,
    filter: Option<Dense>,
    cells: Arc<Vec<u32>>,
    stride: usize,
    found: OnceLock<Rounds>,
}

impl Logged {
    fn find(&self) -> Rounds {
        let (cells, stride) = (&self.cells[..], self.stride);
        let count = cells.len() / stride;
        let mut rounds = Rounds::zeros(count);
        let ranks = self.filter.as_ref().map(Dense::ranks);
        for (round, brought) in &self.log.rounds {
            rounds.widen(*round);
            let mut at = 0;
            match (brought, &ranks) {
                (Brought::Places(places), Some(ranks)) => {
                    for place in places {
                        at = ranks.find(*place, cells, stride, at);
                        rounds.set(at, *round);
                    }
                }
                (Brought::Rows(rows) | Brought::Places(rows), _) => {
                    for row in rows.chunks_exact(stride) {
                        at = rows::gallop(cells, stride, row, at, count);
                        if at < count && cells[at * stride..(at + 1) * stride] == *row {
                            rounds.set(at, *round);
                        }
                    }
                }
            }
        }
        rounds
    }
}

impl Later for Logged {
    fn round(&self, n: usize, row: &[u32]) -> u32 {
        self.found.get_or_init(|| self.find()).get(n, row)
    }
}
