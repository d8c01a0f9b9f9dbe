//! Adding articles.

use super::StoreError;
use super::backing::{Space, Transaction};
use super::base::{FactBase, PIECE, part_key, text_key};
use super::batch::{self, ArticleRow, Batch, ClaimRow, DateRow, Digest, MentionRow, Part};
use super::catalogue::{Catalogue, Seen, digest};
use super::log::{self, Entry, Operation};
use super::pack::seal;
use crate::article::Article;
use crate::base::{Moment, Span, Symbol};
use crate::extract::Extraction;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The longest id of an article, in bytes.
pub const MAX_ID_BYTES: usize = 4096;

/// What a base has of an article already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    New,
    /// Another text.
    Changed,
    /// The same text.
    Same,
    /// The same text, which was taken back.
    Retracted,
}

/// An article that can be kept, with what was found in it.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The article.
    pub article: Article,
    /// What was found in it.
    pub found: Extraction,
    digest: Digest,
}

impl Prepared {
    /// # Errors
    /// If a base couldn't keep the article as it is.
    pub fn new(article: Article, found: Extraction) -> Result<Prepared, StoreError> {
        check(&article, &found)?;
        let digest = digest(&article.text);
        Ok(Prepared { article, found, digest })
    }

    /// Whether the two have the same text.
    pub fn same_text(&self, other: &Prepared) -> bool {
        self.digest == other.digest
    }

    /// Tells texts apart.
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

/// What an ingestion did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ingested {
    /// Articles that were not there.
    pub new: usize,
    /// Articles that were there with another text.
    pub changed: usize,
    /// Articles that were there with the same text.
    pub skipped: usize,
    /// Of the new and changed ones, those with the text of another article.
    pub reprints: usize,
    /// Claims that were added.
    pub claims: usize,
}

impl FactBase {
    /// What the base has of an article already.
    ///
    /// # Errors
    /// If the file is damaged or can't be read.
    pub fn known(&mut self, article: &Article) -> Result<Known, StoreError> {
        let catalogue = self.catalogue()?;
        Ok(match catalogue.newest(&article.id) {
            None => Known::New,
            Some((_, known)) if known != digest(&article.text) => Known::Changed,
            Some((number, _)) if self.state.retracted.contains(&number) => Known::Retracted,
            Some(_) => Known::Same,
        })
    }

    /// What the base has now.
    ///
    /// # Errors
    /// If the file is damaged or can't be read.
    pub fn seen(&mut self) -> Result<Seen, StoreError> {
        Ok(self.catalogue()?.seen())
    }

    /// Adds articles with what was found in them, in one transaction. Those
    /// that are there with the same text are skipped; one with another text
    /// stands for the earlier version from now on.
    ///
    /// # Errors
    /// If an article can't be kept, or the file can't be written: then nothing is added.
    pub fn ingest(&mut self, all: &[(Article, Extraction)], at: Moment) -> Result<Ingested, StoreError> {
        for (article, found) in all {
            check(article, found)?;
        }
        let digests: Vec<Digest> = all.iter().map(|(article, _)| digest(&article.text)).collect();
        self.ingest_all(all.iter().zip(digests).map(|((article, found), sum)| (article, found, sum)), at)
    }

    /// The same for articles that were prepared, perhaps on other threads.
    ///
    /// # Errors
    /// If the file can't be written: then nothing is added.
    pub fn ingest_prepared(&mut self, all: &[Prepared], at: Moment) -> Result<Ingested, StoreError> {
        self.ingest_all(all.iter().map(|one| (&one.article, &one.found, one.digest)), at)
    }

    fn ingest_all<'a>(
        &mut self,
        all: impl Iterator<Item = (&'a Article, &'a Extraction, Digest)>,
        at: Moment,
    ) -> Result<Ingested, StoreError> {
        let mut done = Ingested::default();
        self.catalogue()?;
        let Some(mut catalogue) = self.catalogue.take() else { return Ok(done) };
        let result = self.ingest_with(&mut catalogue, all, at, &mut done);
        // A catalogue that knows what isn't there would be wrong.
        if result.is_ok() {
            self.catalogue = Some(catalogue);
        }
        result.map(|()| done)
    }

    fn ingest_with<'a>(
        &mut self,
        catalogue: &mut Catalogue,
        all: impl Iterator<Item = (&'a Article, &'a Extraction, Digest)>,
        at: Moment,
        done: &mut Ingested,
    ) -> Result<(), StoreError> {
        let mut draft = Draft::new(self);
        let (mut superseded, mut reprints) = (Vec::new(), Vec::new());
        let mut texts = Vec::new();
        for (article, found, sum) in all {
            match catalogue.newest(&article.id) {
                Some((_, known)) if known == sum => {
                    done.skipped += 1;
                    continue;
                }
                Some((number, _)) => {
                    superseded.push(number);
                    done.changed += 1;
                }
                None => done.new += 1,
            }
            let row = draft.add(article, found, sum)?;
            if let Some(original) = catalogue.original(&article.id, &sum) {
                reprints.push((row.number, original));
            }
            catalogue.add(row);
            texts.push(&*article.text);
        }
        let Draft { batch, new, .. } = draft;
        if batch.articles.is_empty() {
            return Ok(());
        }
        superseded.sort_unstable();
        (done.reprints, done.claims) = (reprints.len(), batch.claims.len());
        let what = Operation::Ingest {
            articles: batch.articles.len() as u32,
            claims: batch.claims.len() as u64,
            symbols: new.len() as u32,
            superseded,
            reprints,
        };
        let entry = Entry { number: self.state.entries + 1, at, what };
        let mut transaction = Transaction::default();
        put_batch(&mut transaction, entry.number, &batch, &new, &texts);
        self.commit(entry, transaction)?;
        for text in &new {
            self.symbols.intern(text);
        }
        Ok(())
    }

    /// Writes an entry of the log together with what belongs to it.
    pub(super) fn commit(&mut self, entry: Entry, mut transaction: Transaction) -> Result<(), StoreError> {
        if self.is_read_only() {
            return Err(StoreError::ReadOnly);
        }
        let mut state = self.state.clone();
        state.add(&entry)?;
        let key = entry.number.to_be_bytes();
        transaction.put(Space::Log, &key, seal(&key, log::pack(&entry)));
        if let Some((key, value)) = self.begun.clone() {
            transaction.put(Space::Meta, &key, value);
        }
        self.backing.apply(transaction)?;
        self.begun = None;
        self.state = state;
        Ok(())
    }

    pub(super) fn catalogue(&mut self) -> Result<&Catalogue, StoreError> {
        if self.catalogue.is_none() {
            let mut catalogue = Catalogue::default();
            for n in 0..self.batches() {
                self.articles(n)?.iter().for_each(|row| catalogue.add(row));
            }
            self.catalogue = Some(catalogue);
        }
        Ok(self.catalogue.get_or_insert_default())
    }
}

/// A batch in the making.
struct Draft<'a> {
    base: &'a FactBase,
    batch: Batch,
    first_claim: u64,
    first_article: u32,
    /// Names that the base doesn't have yet, in the order of their symbols.
    new: Vec<Arc<str>>,
    new_ids: FxHashMap<Arc<str>, u32>,
    lists: FxHashMap<Vec<Symbol>, u32>,
}

impl<'a> Draft<'a> {
    fn new(base: &'a FactBase) -> Draft<'a> {
        Draft {
            first_claim: base.state.claims() + 1,
            first_article: base.state.articles(),
            base,
            batch: Batch::default(),
            new: Vec::new(),
            new_ids: FxHashMap::default(),
            lists: FxHashMap::default(),
        }
    }

    fn symbol(&mut self, text: &str) -> Symbol {
        if let Some(known) = self.base.symbols.get(text) {
            return known;
        }
        if let Some(known) = self.new_ids.get(text) {
            return Symbol(*known);
        }
        let text: Arc<str> = text.into();
        let id = (self.base.symbols.len() + self.new.len()) as u32;
        self.new.push(text.clone());
        self.new_ids.insert(text, id);
        Symbol(id)
    }

    fn add(
        &mut self,
        article: &Article,
        found: &Extraction,
        digest: [u8; 16],
    ) -> Result<&ArticleRow, StoreError> {
        let number = u32::try_from(self.batch.articles.len()).ok();
        let number = number.and_then(|n| self.first_article.checked_add(n));
        let number = number.ok_or_else(|| StoreError::Refused("a fact base takes 2^32 articles".into()))?;
        for entity in &found.entities {
            let mut names: Vec<Symbol> = entity.names.iter().map(|name| self.symbol(name)).collect();
            names.sort_unstable();
            names.dedup();
            let next = self.batch.names.len() as u32;
            let list = match self.lists.get(&names) {
                Some(list) => *list,
                None => {
                    self.batch.names.push(names.clone());
                    self.lists.insert(names, next);
                    next
                }
            };
            let row = MentionRow {
                article: number,
                entity: self.symbol(&entity.name),
                kind: entity.kind,
                form: self.symbol(article.text.get(entity.span.range()).unwrap_or("")),
                names: list,
                span: entity.span,
            };
            self.batch.mentions.push(row);
        }
        for claim in &found.claims {
            let row = ClaimRow {
                article: number,
                id: self.first_claim + self.batch.claims.len() as u64,
                kind: claim.kind,
                a: self.symbol(&claim.a),
                b: self.symbol(&claim.b),
                status: claim.status,
                when: claim.when.filter(|when| !when.is_unknown()),
                span: claim.evidence.span,
                sentence: claim.evidence.sentence,
                pattern: self.symbol(&claim.evidence.pattern),
            };
            self.batch.claims.push(row);
        }
        let dates = found.dates.iter().map(|d| DateRow { article: number, date: d.date, span: d.span });
        self.batch.dates.extend(dates);
        let row = ArticleRow {
            number,
            id: article.id.as_str().into(),
            title: article.title.as_deref().map(Into::into),
            outlet: article.outlet.as_deref().map(|outlet| self.symbol(outlet)),
            url: article.url.as_deref().map(Into::into),
            given: article.published.filter(|date| !date.is_unknown()),
            found: found.published.filter(|date| !date.is_unknown()),
            digest,
            len: article.text.len() as u32,
        };
        let at = self.batch.articles.len();
        self.batch.articles.push(row);
        Ok(&self.batch.articles[at])
    }
}

/// Whether an article and its findings can be kept as they are.
fn check(article: &Article, found: &Extraction) -> Result<(), StoreError> {
    let id = &article.id;
    let refuse = |what: &str| Err(StoreError::Refused(format!("the article \"{id}\" can't be kept: {what}")));
    if id.is_empty() || id.len() > MAX_ID_BYTES {
        return refuse("its id is empty or too long");
    }
    if u32::try_from(article.text.len()).is_err() {
        return refuse("its text is longer than 4 GiB");
    }
    let inside = |span: Span| span.start <= span.end && article.text.get(span.range()).is_some();
    let spans = found.entities.iter().map(|e| e.span);
    let spans = spans.chain(found.claims.iter().flat_map(|c| [c.evidence.span, c.evidence.sentence]));
    let mut spans = spans.chain(found.dates.iter().map(|d| d.span));
    if !spans.all(inside) {
        return refuse("something was found outside its text");
    }
    let names = found.entities.iter().flat_map(|e| e.names.iter().chain([&e.name]));
    let mut names = names.chain(found.claims.iter().flat_map(|c| [&c.a, &c.b]));
    if names.any(|name| name.trim().is_empty()) {
        return refuse("an entity has no name");
    }
    Ok(())
}

/// Everything that a batch writes but its entry of the log.
fn put_batch(transaction: &mut Transaction, entry: u64, batch: &Batch, new: &[Arc<str>], texts: &[&str]) {
    for part in Part::ALL {
        let bytes = match part {
            Part::Symbols => batch::pack_symbols(new.iter().map(|text| &**text)),
            Part::Articles => batch::pack_articles(&batch.articles),
            Part::Mentions => batch::pack_mentions(batch),
            Part::Claims => batch::pack_claims(batch),
            Part::Dates => batch::pack_dates(batch),
        };
        for (piece, content) in (0..).zip(bytes.chunks(PIECE)) {
            let key = part_key(entry, part, piece);
            let sealed = seal(&key, content.to_vec());
            transaction.put(Space::Columns, &key, sealed);
        }
    }
    let mut piece = Vec::with_capacity(PIECE + 8);
    let mut number = 0;
    let mut put = |piece: &mut Vec<u8>| {
        let key = text_key(entry, number);
        let full = std::mem::replace(piece, Vec::with_capacity(PIECE + 8));
        transaction.put(Space::Texts, &key, seal(&key, full));
        number += 1;
    };
    for text in texts {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let (taken, left) = rest.split_at(rest.len().min(PIECE - piece.len()));
            piece.extend_from_slice(taken);
            rest = left;
            if piece.len() == PIECE {
                put(&mut piece);
            }
        }
    }
    if !piece.is_empty() {
        put(&mut piece);
    }
}
