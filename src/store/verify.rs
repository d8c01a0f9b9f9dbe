//! Whether a base is sound through and through.

use super::StoreError;
use super::backing::Space;
use super::base::{FactBase, PIECE, text_key};
use super::batch::{ArticleRow, Part};
use super::catalogue::{Catalogue, digest};
use super::log::{Entry, Operation};
use super::pack::unseal;
use crate::base::Span;
use std::collections::BTreeSet;

/// What a sound base holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Info {
    /// Operations done.
    pub entries: u64,
    /// Article versions in all.
    pub articles: u64,
    /// Article versions that hold.
    pub holding: u64,
    /// Of the others: versions that a newer one stands for.
    pub superseded: u64,
    /// Versions that were taken back.
    pub retracted: u64,
    /// Versions with the text of an earlier article.
    pub reprints: u64,
    /// Claims of all versions.
    pub claims: u64,
    /// Names, outlets and patterns.
    pub symbols: u64,
    /// Merges and splits that hold.
    pub name_changes: u64,
    /// Relations kept for later questions.
    pub kept: u64,
    /// Bytes of all articles' texts.
    pub text_bytes: u64,
}

impl FactBase {
    /// What the base holds, in numbers.
    ///
    /// # Errors
    /// If the file is damaged or can't be read.
    pub fn info(&self) -> Result<Info, StoreError> {
        let state = &self.state;
        let mut text_bytes = 0;
        for n in 0..self.batches() {
            text_bytes += self.articles(n)?.iter().map(|row| u64::from(row.len)).sum::<u64>();
        }
        let articles = u64::from(state.articles());
        Ok(Info {
            entries: state.entries,
            articles,
            holding: (0..state.articles()).filter(|n| state.holds(*n)).count() as u64,
            superseded: state.superseded.len() as u64,
            retracted: state.retracted.len() as u64,
            reprints: state.reprints.len() as u64,
            claims: state.claims(),
            symbols: u64::from(state.symbols()),
            name_changes: state.changes.values().filter(|c| c.holds).count() as u64,
            kept: self.kept_keys()?.len() as u64,
            text_bytes,
        })
    }

    /// Checks every page, check sum, number, span and digest, and that the log
    /// says what the columns hold.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn verify(&mut self) -> Result<Info, StoreError> {
        let verified = self.verify_all();
        self.placed(verified)
    }

    fn verify_all(&mut self) -> Result<Info, StoreError> {
        self.backing.check()?;
        let mut catalogue = Catalogue::default();
        let log = self.log()?;
        let mut batches = 0;
        for entry in &log {
            if let Operation::Ingest { superseded, reprints, .. } = &entry.what {
                self.verify_batch(batches, entry, superseded, reprints, &mut catalogue)?;
                batches += 1;
            }
        }
        self.verify_keys(&log)?;
        self.lacks()?;
        for key in self.kept_keys()? {
            if self.kept(&key)?.is_none_or(|(version, _)| version > self.version()) {
                return Err(StoreError::damaged("a kept relation can't be read"));
            }
        }
        self.info()
    }

    fn verify_batch(
        &mut self,
        n: usize,
        entry: &Entry,
        superseded: &[u32],
        reprints: &[(u32, u32)],
        catalogue: &mut Catalogue,
    ) -> Result<(), StoreError> {
        let batch = self.batch(n)?;
        let wrong = |what: &str| Err(StoreError::damaged(format!("entry {}: {what}", entry.number)));
        let (mut replaced, mut reprinted) = (BTreeSet::new(), Vec::new());
        let mut texts = Vec::with_capacity(batch.articles.len());
        for row in &batch.articles {
            let (_, text) = self.article(row.number)?;
            if digest(&text) != row.digest {
                return wrong("a text is not the one that was kept");
            }
            texts.push(text);
            replaced.extend(catalogue.newest(&row.id).map(|(number, _)| number));
            reprinted.extend(catalogue.original(&row.id, &row.digest).map(|first| (row.number, first)));
            catalogue.add(row);
        }
        if !replaced.iter().eq(superseded) || reprinted != *reprints {
            return wrong("versions or reprints are not what the texts say");
        }
        let first = batch.articles.first().map_or(0, |row| row.number);
        let inside = |article: u32, span: Span| {
            texts.get((article - first) as usize).is_some_and(|text| text.get(span.range()).is_some())
        };
        let mentions = batch.mentions.iter().all(|row| {
            let text = texts.get((row.article - first) as usize);
            let form = text.and_then(|text| text.get(row.span.range()));
            form == Some(&**self.text(row.form))
        });
        let claims =
            batch.claims.iter().all(|row| inside(row.article, row.span) && inside(row.article, row.sentence));
        let dates = batch.dates.iter().all(|row| inside(row.article, row.span));
        if mentions && claims && dates { Ok(()) } else { wrong("something was found outside its text") }
    }

    /// There are no keys but those that the log calls for.
    fn verify_keys(&self, log: &[Entry]) -> Result<(), StoreError> {
        let batches: BTreeSet<u64> = self.state.batches.iter().map(|extent| extent.entry).collect();
        let known = |key: &[u8]| {
            let entry = key.first_chunk::<8>().map(|entry| u64::from_be_bytes(*entry));
            entry.is_some_and(|entry| batches.contains(&entry))
        };
        let stray = || Err(StoreError::damaged("there is data that the log doesn't know"));
        let codes = Part::ALL.map(Part::code);
        self.backing.scan(Space::Columns, &[], &mut |key, sealed| {
            unseal(key, sealed)?;
            let part = key.get(8).is_some_and(|code| codes.contains(code));
            if key.len() == 13 && part && known(key) { Ok(()) } else { stray() }
        })?;
        let mut lengths = std::collections::BTreeMap::<u64, u64>::new();
        self.backing.scan(Space::Texts, &[], &mut |key, sealed| {
            let content = unseal(key, sealed)?;
            if !known(key) || key.len() != 12 || content.len() > PIECE {
                return stray();
            }
            let entry = key.first_chunk::<8>().map_or(0, |entry| u64::from_be_bytes(*entry));
            let len = lengths.entry(entry).or_default();
            if *key != text_key(entry, (*len / PIECE as u64) as u32) {
                return Err(StoreError::damaged("a piece of text is missing"));
            }
            *len += content.len() as u64;
            Ok(())
        })?;
        for (n, extent) in self.state.batches.iter().enumerate() {
            let wanted: u64 = self.articles(n)?.iter().map(|row: &ArticleRow| u64::from(row.len)).sum();
            if lengths.get(&extent.entry).copied().unwrap_or_default() != wanted {
                return Err(StoreError::damaged("texts are longer or shorter than the log says"));
            }
        }
        let folded = log.iter().filter(|e| matches!(e.what, Operation::Ingest { .. })).count();
        if folded != self.state.batches.len() || log.len() as u64 != self.version() {
            return Err(StoreError::damaged("the log changed while it was read"));
        }
        Ok(())
    }
}
