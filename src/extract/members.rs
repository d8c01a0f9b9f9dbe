//! The entities of a group: most have one, which takes no room of its own.

use std::ops::Deref;

/// Entities of the article, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Members {
    #[default]
    None,
    One(u32),
    Many(Vec<u32>),
}

impl Members {
    /// As of a slice, without a look at where they are.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Members::None => true,
            Members::One(_) => false,
            Members::Many(members) => members.is_empty(),
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Members::None;
    }
}

impl Deref for Members {
    type Target = [u32];

    #[inline]
    fn deref(&self) -> &[u32] {
        match self {
            Members::None => &[],
            Members::One(member) => std::slice::from_ref(member),
            Members::Many(members) => members,
        }
    }
}

impl From<Vec<u32>> for Members {
    fn from(members: Vec<u32>) -> Members {
        Members::Many(members)
    }
}

impl<'m> IntoIterator for &'m Members {
    type Item = &'m u32;
    type IntoIter = std::slice::Iter<'m, u32>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
