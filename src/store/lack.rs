//! What a base lacks: work that began and didn't end, or that passed over
//! articles. It stands beside the log, which tells what the base holds.

use super::StoreError;
use super::backing::{Space, Transaction};
use super::base::FactBase;
use super::kept::fingerprint;
use super::pack::{Packer, Unpacker, seal, unseal};
use crate::base::Moment;
use std::fmt;
use std::path::Path;

const PREFIX: &[u8] = b"lack";

/// Work of which only a part is in the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The paths that articles came from; none where a dump was loaded.
    pub from: Vec<String>,
    /// When it began; of a dump it isn't known.
    pub at: Moment,
    /// How many articles were refused; `None` where the work didn't end.
    pub refused: Option<u64>,
}

impl Lack {
    fn key(&self) -> Vec<u8> {
        [PREFIX, &fingerprint(self.from.join("\n").as_bytes())].concat()
    }

    fn pack(&self) -> Vec<u8> {
        let mut out = Packer::default();
        out.number(self.from.len() as u64);
        self.from.iter().for_each(|path| out.text(path));
        out.text(&self.at.to_string());
        out.number(self.refused.map_or(0, |refused| refused.saturating_add(1)));
        seal(&self.key(), out.finish())
    }

    fn unpack(bytes: &[u8]) -> Result<Lack, StoreError> {
        let mut from = Unpacker::new(bytes);
        let paths = (0..from.count(1)?).map(|_| from.text().map(str::to_owned)).collect::<Result<_, _>>()?;
        let at = from.text()?.parse().map_err(|_| StoreError::damaged("a time is wrong"))?;
        let refused = from.number()?.checked_sub(1);
        from.end().map(|()| Lack { from: paths, at, refused })
    }

    /// Whether this work, done, has all that the other lacked.
    fn covers(&self, other: &Lack) -> bool {
        let inside = |path: &String| self.from.iter().any(|of| Path::new(path).starts_with(of));
        self.from.is_empty() == other.from.is_empty() && other.from.iter().all(inside)
    }
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, at) = (self.from.join(", "), self.at);
        match self.refused {
            None if self.from.is_empty() => write!(
                f,
                "the fact base holds a part of a dump, of which the load didn't end: \
                 run katak load again with the whole dump"
            ),
            None => write!(
                f,
                "the ingestion of {from} begun at {at} didn't end: the fact base holds a part of it; \
                 run katak ingest on the same again"
            ),
            Some(n) => write!(
                f,
                "the fact base lacks {n} {} of {from}, refused at {at}: mend what was told and run katak ingest \
                 on the same again",
                if n == 1 { "article" } else { "articles" }
            ),
        }
    }
}

impl FactBase {
    /// Of which work the base holds a part only.
    ///
    /// # Errors
    /// If the file is damaged or can't be read.
    pub fn lacks(&self) -> Result<Vec<Lack>, StoreError> {
        let mut all = Vec::new();
        let scanned = self.backing.scan(Space::Meta, PREFIX, &mut |key, sealed| {
            all.push(Lack::unpack(unseal(key, sealed)?)?);
            Ok(())
        });
        self.placed(scanned)?;
        all.sort_by_key(|lack: &Lack| lack.at);
        Ok(all)
    }

    /// Has the next entry of the log say that the work it is of didn't end yet.
    pub(crate) fn begin(&mut self, work: &Lack) {
        let begun = Lack { refused: None, ..work.clone() };
        self.begun = Some((begun.key(), begun.pack()));
    }

    /// Forgets of work what isn't in the base yet.
    pub(crate) fn give_up(&mut self) {
        self.begun = None;
    }

    /// Says that work ended, and how many articles it passed over.
    pub(crate) fn end(&mut self, work: &Lack) -> Result<(), StoreError> {
        self.begun = None;
        let mut transaction = Transaction::default();
        for known in self.lacks()?.iter().filter(|known| work.covers(known)) {
            transaction.remove(Space::Meta, &known.key());
        }
        // An empty base lacks nothing: it says nothing.
        if work.refused.is_some_and(|refused| refused > 0) && self.version() > 0 {
            transaction.put(Space::Meta, &work.key(), work.pack());
        }
        if transaction.changes.is_empty() { Ok(()) } else { self.backing.apply(transaction) }
    }
}
