//! Where the groups of a sentence stand: most of what joins items looks at nothing else.

use super::item::{Item, Kind};

/// Places where groups may stand: nowhere else do any.
#[derive(Debug, Clone, Copy)]
pub(super) struct Groups {
    /// A bit for each of the first items.
    bits: u64,
    /// How many items there were.
    len: usize,
}

impl Groups {
    /// How many items have a bit; those behind are all looked at.
    const MOST: usize = u64::BITS as usize;

    pub(super) fn of(all: &[Item]) -> Groups {
        let bit = |(n, item): (usize, &Item)| u64::from(item.kind == Kind::Group) << n;
        let bits = all.iter().take(Groups::MOST).enumerate().map(bit).fold(0, |bits, bit| bits | bit);
        Groups { bits, len: all.len() }
    }

    /// The same, where no item has become a group but by what took others away.
    #[inline]
    pub(super) fn renewed(self, all: &[Item]) -> Groups {
        if all.len() == self.len { self } else { Groups::of(all) }
    }

    /// The first place from `n` on; one behind all items if there is none.
    #[inline]
    pub(super) fn next(self, n: usize) -> usize {
        if n >= Groups::MOST {
            return n;
        }
        match self.bits >> n {
            0 => Groups::MOST,
            rest => n + rest.trailing_zeros() as usize,
        }
    }

    /// The last place before `n`.
    #[inline]
    pub(super) fn before(self, n: usize) -> Option<usize> {
        if n > Groups::MOST || n == 0 {
            return n.checked_sub(1);
        }
        let rest = self.bits << (Groups::MOST - n);
        (rest != 0).then(|| n - 1 - rest.leading_zeros() as usize)
    }

    /// The first group from item `n` on.
    pub(super) fn find(self, all: &[Item], n: usize) -> Option<usize> {
        let mut at = self.next(n);
        while at < all.len() {
            if all[at].kind == Kind::Group {
                return Some(at);
            }
            at = self.next(at + 1);
        }
        None
    }
}
