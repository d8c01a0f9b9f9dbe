//! What was done to a base, and when.

use super::StoreError;
use super::pack::{Packer, Unpacker};
use crate::base::Moment;

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub number: u64,
    /// When it was done, as the caller said.
    pub at: Moment,
    /// What was done.
    pub what: Operation,
}

/// What can be done to a base. Nothing is ever deleted: each operation can be
/// taken back by a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Articles were added.
    Ingest {
        /// How many versions.
        articles: u32,
        /// How many claims they make.
        claims: u64,
        /// How many names were new.
        symbols: u32,
        /// Versions that a newer one of the same article stands for.
        superseded: Vec<u32>,
        /// Versions with the same text as an earlier one of another article.
        reprints: Vec<(u32, u32)>,
    },
    /// Article versions were taken back.
    Retract {
        /// Their numbers, ascending.
        articles: Vec<u32>,
        /// Why.
        because: String,
    },
    /// Article versions that had been taken back hold again.
    Restore {
        /// Their numbers, ascending.
        articles: Vec<u32>,
        /// Why.
        because: String,
    },
    /// Two names were said to mean one entity.
    Merge {
        /// The name it goes by.
        into: String,
        /// The other name.
        name: String,
        /// Why.
        because: String,
    },
    /// A name was said to mean an entity of its own.
    Split {
        /// The entity that it was taken for.
        from: String,
        /// The name.
        name: String,
        /// Why.
        because: String,
    },
    /// A merge or split was taken back.
    Withdraw {
        /// Its entry.
        entry: u64,
        /// Why.
        because: String,
    },
    /// A merge or split that had been taken back holds again.
    Renew {
        /// Its entry.
        entry: u64,
        /// Why.
        because: String,
    },
}

impl Operation {
    /// A word for it.
    pub fn name(&self) -> &'static str {
        match self {
            Operation::Ingest { .. } => "ingest",
            Operation::Retract { .. } => "retract",
            Operation::Restore { .. } => "restore",
            Operation::Merge { .. } => "merge",
            Operation::Split { .. } => "split",
            Operation::Withdraw { .. } => "withdraw",
            Operation::Renew { .. } => "renew",
        }
    }
}

pub(super) fn pack(entry: &Entry) -> Vec<u8> {
    let mut out = Packer::default();
    out.raw(&entry.at.seconds().to_le_bytes());
    match &entry.what {
        Operation::Ingest { articles, claims, symbols, superseded, reprints } => {
            out.byte(0);
            out.number(u64::from(*articles));
            out.number(*claims);
            out.number(u64::from(*symbols));
            out.ascending(superseded.iter().copied());
            out.ascending(reprints.iter().map(|pair| pair.0));
            reprints.iter().for_each(|pair| out.number(u64::from(pair.1)));
        }
        Operation::Retract { articles, because } | Operation::Restore { articles, because } => {
            out.byte(if matches!(entry.what, Operation::Retract { .. }) { 1 } else { 2 });
            out.ascending(articles.iter().copied());
            out.text(because);
        }
        Operation::Merge { into, name, because } => {
            out.byte(3);
            [into, name, because].iter().for_each(|text| out.text(text));
        }
        Operation::Split { from, name, because } => {
            out.byte(4);
            [from, name, because].iter().for_each(|text| out.text(text));
        }
        Operation::Withdraw { entry: other, because } | Operation::Renew { entry: other, because } => {
            out.byte(if matches!(entry.what, Operation::Withdraw { .. }) { 5 } else { 6 });
            out.number(*other);
            out.text(because);
        }
    }
    out.finish()
}

pub(super) fn unpack(number: u64, bytes: &[u8]) -> Result<Entry, StoreError> {
    let mut from = Unpacker::new(bytes);
    let mut seconds = [0; 8];
    seconds.copy_from_slice(from.raw(8)?);
    let at = Moment::from_seconds(i64::from_le_bytes(seconds))
        .ok_or_else(|| StoreError::damaged("a time is out of range"))?;
    let text = |from: &mut Unpacker| Ok::<_, StoreError>(from.text()?.to_owned());
    let what = match from.byte()? {
        0 => {
            let articles = from.small()?;
            let claims = from.number()?;
            let symbols = from.small()?;
            let superseded = from.ascending()?;
            let newer = from.ascending()?;
            let reprints =
                newer.into_iter().map(|n| Ok((n, from.small()?))).collect::<Result<_, StoreError>>()?;
            Operation::Ingest { articles, claims, symbols, superseded, reprints }
        }
        1 => Operation::Retract { articles: from.ascending()?, because: text(&mut from)? },
        2 => Operation::Restore { articles: from.ascending()?, because: text(&mut from)? },
        3 => Operation::Merge { into: text(&mut from)?, name: text(&mut from)?, because: text(&mut from)? },
        4 => Operation::Split { from: text(&mut from)?, name: text(&mut from)?, because: text(&mut from)? },
        5 => Operation::Withdraw { entry: from.number()?, because: text(&mut from)? },
        6 => Operation::Renew { entry: from.number()?, because: text(&mut from)? },
        _ => return Err(StoreError::damaged("an operation is unknown")),
    };
    from.end()?;
    Ok(Entry { number, at, what })
}
