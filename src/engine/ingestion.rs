//! Articles from files into a fact base, in batches.

use super::builder::extract_one;
use super::in_order;
use crate::article::{ArticleStream, RawArticle, ReadError, same_id};
use crate::base::{Diagnostic, Moment, PartialDate, SourceMap};
use crate::extract::Extractor;
use crate::store::{Digest, FactBase, Ingested, Lack, Prepared, Seen, StoreError};
use rustc_hash::FxHashMap;
use std::path::PathBuf;

/// Articles that a thread parses at a time.
const PIECE: usize = 64;
/// Errors told one by one.
const MOST_TOLD: usize = 100;

/// How articles get into a fact base.
#[derive(Debug, Clone, Copy)]
pub struct Ingestion<'a> {
    /// Finds what articles say.
    pub extractor: &'a Extractor,
    /// The date that articles without one are taken to be of.
    pub published: Option<PartialDate>,
    /// Threads to parse with; 0 is as many as there are cores.
    pub threads: usize,
    /// Most articles in one transaction.
    pub batch: usize,
    /// Bytes of text after which a transaction is made of fewer articles.
    pub batch_bytes: usize,
}

impl<'a> Ingestion<'a> {
    /// The usual batches, on all cores.
    pub fn new(extractor: &'a Extractor) -> Ingestion<'a> {
        Ingestion { extractor, published: None, threads: 0, batch: 1000, batch_bytes: 16 << 20 }
    }
}

/// What an ingestion from files came to.
#[derive(Debug, Default)]
pub struct IngestReport {
    /// The articles, added up over all batches.
    pub done: Ingested,
    /// How many transactions were made.
    pub batches: usize,
    /// Articles that can't be read or kept; the first hundred.
    pub wrong: Vec<Diagnostic>,
    /// How many more there are.
    pub more_wrong: usize,
    /// What `wrong` points into.
    pub sources: SourceMap,
    /// What stopped the work; the batches before it are in the base.
    pub stopped: Option<StoreError>,
}

/// What became of an article on the way to a batch.
enum Piece {
    /// The base has its text.
    Same(String, usize),
    New(Box<Prepared>, usize),
    Unread(ReadError),
    Unfit(StoreError),
}

impl Ingestion<'_> {
    /// Parses the articles of these paths and adds them, a batch a transaction.
    /// Articles that are there with the same text are not parsed again. `tell`
    /// hears how many bytes of how many are done.
    ///
    /// # Errors
    /// If the base can't be read; what goes wrong later stands in the report.
    pub fn run(
        &self,
        base: &mut FactBase,
        paths: &[PathBuf],
        at: Moment,
        tell: &dyn Fn(u64, u64),
    ) -> Result<IngestReport, StoreError> {
        let seen = base.seen()?;
        let mut lack = Lack { from: present(paths), at, refused: None };
        if !lack.from.is_empty() {
            base.begin(&lack);
        }
        let stream = ArticleStream::new(paths);
        let mut sorting = Sorting {
            base,
            at,
            size: self,
            tell,
            all_bytes: stream.bytes(),
            done_bytes: 0,
            waiting: Vec::new(),
            waiting_bytes: 0,
            ids: FxHashMap::default(),
            report: IngestReport::default(),
        };
        let work = |raws: Vec<_>| -> Vec<Piece> {
            raws.into_iter().map(|raw| self.piece(&seen, raw).unwrap_or_else(Piece::Unread)).collect()
        };
        in_order(stream.batches(PIECE), self.threads, work, |pieces| {
            pieces.into_iter().all(|piece| sorting.take(piece))
        });
        if sorting.report.stopped.is_none() {
            sorting.flush();
        }
        let mut report = sorting.report;
        base.give_up();
        if report.stopped.is_none() && !lack.from.is_empty() {
            // A path that isn't there is no part of anything.
            let missing = paths.len() - lack.from.len();
            let refused = (report.wrong.len() + report.more_wrong).saturating_sub(missing);
            lack.refused = Some(refused as u64);
            report.stopped = base.end(&lack).err();
        }
        Ok(report)
    }

    fn piece(&self, seen: &Seen, raw: Result<RawArticle, ReadError>) -> Result<Piece, ReadError> {
        let raw = raw?;
        let size = raw.size();
        let mut article = raw.read()?;
        if seen.has(&article) {
            return Ok(Piece::Same(article.id, size));
        }
        let found = extract_one(self.extractor, &mut article, self.published);
        Ok(match Prepared::new(article, found) {
            Ok(prepared) => Piece::New(Box::new(prepared), size),
            Err(error) => Piece::Unfit(error),
        })
    }
}

/// The paths that are there, each the same however it is written.
fn present(paths: &[PathBuf]) -> Vec<String> {
    let canonical = paths.iter().filter_map(|path| path.canonicalize().ok());
    canonical.map(|path| path.display().to_string()).collect()
}

/// Pieces of work on their way into batches.
struct Sorting<'a> {
    base: &'a mut FactBase,
    at: Moment,
    size: &'a Ingestion<'a>,
    tell: &'a dyn Fn(u64, u64),
    all_bytes: u64,
    done_bytes: u64,
    waiting: Vec<Prepared>,
    waiting_bytes: usize,
    /// The text that this run has of each id; none where the base has it.
    ids: FxHashMap<String, Option<Digest>>,
    report: IngestReport,
}

impl Sorting<'_> {
    /// Whether to go on.
    fn take(&mut self, piece: Piece) -> bool {
        match piece {
            Piece::Unread(error) => self.wrong(|sources| error.diagnostic(sources)),
            Piece::Unfit(error) => self.wrong(|_| Diagnostic::without_place("E0809", error.to_string())),
            Piece::Same(id, size) => {
                self.done_bytes += size as u64;
                match self.ids.get(&id) {
                    Some(Some(_)) => self.wrong(|_| same_id(&id)),
                    _ => self.report.done.skipped += 1,
                }
                self.ids.entry(id).or_insert(None);
            }
            Piece::New(prepared, size) => {
                self.done_bytes += size as u64;
                let (id, digest) = (&prepared.article.id, prepared.digest());
                match self.ids.get(id) {
                    Some(Some(known)) if *known == digest => self.report.done.skipped += 1,
                    Some(_) => {
                        let id = id.clone();
                        self.wrong(|_| same_id(&id));
                    }
                    None => {
                        self.ids.insert(id.clone(), Some(digest));
                        self.waiting_bytes += prepared.article.text.len();
                        self.waiting.push(*prepared);
                    }
                }
            }
        }
        (self.tell)(self.done_bytes, self.all_bytes);
        if self.waiting.len() >= self.size.batch.max(1) || self.waiting_bytes >= self.size.batch_bytes {
            self.flush();
        }
        self.report.stopped.is_none()
    }

    fn wrong(&mut self, finding: impl FnOnce(&mut SourceMap) -> Diagnostic) {
        if self.report.wrong.len() < MOST_TOLD {
            let found = finding(&mut self.report.sources);
            self.report.wrong.push(found);
        } else {
            self.report.more_wrong += 1;
        }
    }

    fn flush(&mut self) {
        self.waiting_bytes = 0;
        if self.waiting.is_empty() {
            return;
        }
        let batch = std::mem::take(&mut self.waiting);
        match self.base.ingest_prepared(&batch, self.at) {
            Ok(one) => {
                let all = &mut self.report.done;
                all.new += one.new;
                all.changed += one.changed;
                all.skipped += one.skipped;
                all.reprints += one.reprints;
                all.claims += one.claims;
                self.report.batches += 1;
            }
            Err(error) => self.report.stopped = Some(error),
        }
    }
}
