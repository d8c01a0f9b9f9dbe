//! The fact base: opening, and reading what it holds.

use super::StoreError;
use super::backing::{Backing, Space, Transaction};
use super::batch::{self, ArticleRow, Batch, ClaimRow, DateRow, Extent, MentionRow, Part};
use super::catalogue::Catalogue;
use super::disk::Disk;
use super::log::{self, Entry};
use super::memory::Memory;
use super::overlay::Overlay;
use super::pack::{Packer, Unpacker, seal, unseal};
use super::state::{NameChange, State};
use crate::base::{Interner, Symbol};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The format that this program writes, and the only one it reads.
pub const FORMAT: u64 = 1;

/// Bytes of content in one value. With its frame a value fills 64 KiB pages
/// almost wholly; redb rounds up to powers of two.
pub(super) const PIECE: usize = (64 << 10) - 256;

const FORMAT_KEY: &[u8] = b"format";

/// What a base is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading only; several processes may at once.
    Read,
    /// Reading and writing, by one process at a time.
    Write,
}

/// Articles, what was found in them, and what was done with them.
pub struct FactBase {
    pub(super) backing: Box<dyn Backing>,
    pub(super) state: State,
    pub(super) symbols: Interner,
    /// Ids and digests of all articles, read when first needed.
    pub(super) catalogue: Option<Catalogue>,
    /// What the next entry of the log says of the work it is of: key and value.
    pub(super) begun: Option<(Vec<u8>, Vec<u8>)>,
    /// The batch whose articles were looked at last.
    last: Mutex<Option<(u64, Arc<Vec<ArticleRow>>)>>,
}

impl FactBase {
    /// An empty base in memory.
    pub fn in_memory() -> FactBase {
        let mut memory = Memory::default();
        // Memory takes every change.
        let _ = memory.apply(first());
        FactBase::empty(Box::new(memory))
    }

    /// Makes an empty base in a file that doesn't exist yet, and opens it for writing.
    ///
    /// # Errors
    /// If there is such a file already, or it can't be made.
    pub fn create(path: &Path) -> Result<FactBase, StoreError> {
        Disk::create(path, first())?;
        FactBase::open(path, Access::Write)
    }

    /// Opens a base in a file.
    ///
    /// # Errors
    /// If there is none, it is in use, in another format, or damaged.
    pub fn open(path: &Path, access: Access) -> Result<FactBase, StoreError> {
        let disk = match access {
            Access::Read => Disk::open_read_only(path)?,
            Access::Write => Disk::open(path)?,
        };
        match FactBase::on(Box::new(disk)) {
            Err(StoreError::NotABase(_)) => Err(StoreError::NotABase(path.into())),
            opened => opened.map_err(|error| error.in_file(path)),
        }
    }

    /// The same base, of which changes from now on stay in memory and are
    /// forgotten with it.
    pub fn rehearsal(self) -> FactBase {
        FactBase { backing: Box::new(Overlay::over(self.backing)), ..self }
    }

    fn empty(backing: Box<dyn Backing>) -> FactBase {
        FactBase {
            backing,
            state: State::default(),
            symbols: Interner::new(),
            catalogue: None,
            begun: None,
            last: Mutex::default(),
        }
    }

    /// A base on what is there.
    pub(super) fn on(backing: Box<dyn Backing>) -> Result<FactBase, StoreError> {
        let mut base = FactBase::empty(backing);
        let Some(sealed) = base.backing.get(Space::Meta, FORMAT_KEY)? else {
            return Err(StoreError::NotABase(Path::new("the storage").into()));
        };
        let mut format = Unpacker::new(unseal(FORMAT_KEY, &sealed)?);
        let found = format.number()?;
        if found != FORMAT {
            return Err(StoreError::Format { found, known: FORMAT });
        }
        let state = &mut base.state;
        base.backing.scan(Space::Log, &[], &mut |key, sealed| {
            let number = key.try_into().map(u64::from_be_bytes);
            let number = number.map_err(|_| StoreError::damaged("a key of the log has a wrong length"))?;
            state.add(&log::unpack(number, unseal(key, sealed)?)?)
        })?;
        base.read_symbols(0)?;
        base.symbols.freeze();
        Ok(base)
    }

    /// Reads the symbols of batches from this one on.
    fn read_symbols(&mut self, from: usize) -> Result<(), StoreError> {
        for extent in &self.state.batches[from..] {
            let symbols = &mut self.symbols;
            let bytes = part(&*self.backing, extent.entry, Part::Symbols)?;
            let before = symbols.len();
            let count = batch::unpack_symbols(&bytes, |text| {
                symbols.intern(text);
            })?;
            let (known, wanted) = ((symbols.len() - before) as u32, extent.symbols - extent.first_symbol);
            if count != wanted || known != wanted {
                return Err(StoreError::damaged("a batch has other names than the log says"));
            }
        }
        Ok(())
    }

    /// How many operations made the base what it is. The same version of the
    /// same base always holds the same.
    pub fn version(&self) -> u64 {
        self.state.entries
    }

    /// Whether writing is refused.
    pub fn is_read_only(&self) -> bool {
        self.backing.is_read_only()
    }

    /// The text of a symbol.
    pub fn text(&self, symbol: Symbol) -> &Arc<str> {
        self.symbols.text(symbol)
    }

    /// All names, outlets and patterns, by symbol.
    pub fn symbols(&self) -> &Interner {
        &self.symbols
    }

    /// Everything that was done, in order.
    ///
    /// # Errors
    /// If the file is damaged or can't be read.
    pub fn log(&self) -> Result<Vec<Entry>, StoreError> {
        let mut all = Vec::new();
        self.backing.scan(Space::Log, &[], &mut |key, sealed| {
            let number = key.try_into().map_or(0, u64::from_be_bytes);
            all.push(log::unpack(number, unseal(key, sealed)?)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Merges and splits, in the order they were made.
    pub fn name_changes(&self) -> impl Iterator<Item = &NameChange> {
        self.state.changes.values()
    }

    /// Whether an article version counts: the newest of its article and not taken back.
    pub fn holds(&self, article: u32) -> bool {
        self.state.holds(article)
    }

    /// How many batches there are.
    pub fn batches(&self) -> usize {
        self.state.batches.len()
    }

    /// The same, with the base's file named where it is damaged.
    pub(super) fn placed<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        result.map_err(|error| match self.backing.path() {
            Some(path) => error.in_file(path),
            None => error,
        })
    }

    pub(super) fn extent(&self, n: usize) -> Result<Extent, StoreError> {
        let extent = self.state.batches.get(n).copied();
        extent.ok_or_else(|| StoreError::Refused(format!("there is no batch {n}")))
    }

    pub(super) fn part(&self, extent: &Extent, part: Part) -> Result<Vec<u8>, StoreError> {
        self.placed(self::part(&*self.backing, extent.entry, part))
    }

    /// A batch's articles, those too that don't hold.
    ///
    /// # Errors
    /// If the file is damaged or can't be read; so too below.
    pub fn articles(&self, batch: usize) -> Result<Vec<ArticleRow>, StoreError> {
        let extent = self.extent(batch)?;
        self.placed(batch::unpack_articles(&self.part(&extent, Part::Articles)?, &extent))
    }

    /// A batch's mentions, with the lists of names that they go by.
    pub fn mentions(&self, batch: usize) -> Result<(Vec<MentionRow>, Vec<Vec<Symbol>>), StoreError> {
        let extent = self.extent(batch)?;
        self.placed(batch::unpack_mentions(&self.part(&extent, Part::Mentions)?, &extent))
    }

    /// A batch's claims.
    pub fn claims(&self, batch: usize) -> Result<Vec<ClaimRow>, StoreError> {
        let extent = self.extent(batch)?;
        self.placed(batch::unpack_claims(&self.part(&extent, Part::Claims)?, &extent))
    }

    /// A batch's dates.
    pub fn dates(&self, batch: usize) -> Result<Vec<DateRow>, StoreError> {
        let extent = self.extent(batch)?;
        self.placed(batch::unpack_dates(&self.part(&extent, Part::Dates)?, &extent))
    }

    /// The whole of a batch.
    pub fn batch(&self, batch: usize) -> Result<Batch, StoreError> {
        let (mentions, names) = self.mentions(batch)?;
        let (articles, claims, dates) = (self.articles(batch)?, self.claims(batch)?, self.dates(batch)?);
        Ok(Batch { articles, mentions, names, claims, dates })
    }

    /// The batch of an article version.
    pub fn batch_number(&self, article: u32) -> Option<usize> {
        let batches = &self.state.batches;
        let at = batches.partition_point(|b| b.first_article + b.articles <= article);
        (at < batches.len()).then_some(at)
    }

    /// The newest version of an article, held or not.
    pub fn newest(&self, id: &str) -> Result<Option<u32>, StoreError> {
        if let Some(catalogue) = &self.catalogue {
            return Ok(catalogue.newest(id).map(|(number, _)| number));
        }
        for n in (0..self.batches()).rev() {
            if let Some(row) = self.articles(n)?.iter().rev().find(|row| *row.id == *id) {
                return Ok(Some(row.number));
            }
        }
        Ok(None)
    }

    /// A claim by its number.
    pub fn claim(&self, id: u64) -> Result<Option<ClaimRow>, StoreError> {
        let Some(extent) = self.state.batch_of_claim(id).copied() else { return Ok(None) };
        let rows = self.placed(batch::unpack_claims(&self.part(&extent, Part::Claims)?, &extent))?;
        Ok(rows.get((id - extent.first_claim) as usize).copied())
    }

    /// An article version and its text.
    pub fn article(&self, number: u32) -> Result<(ArticleRow, String), StoreError> {
        let extent = self.state.batch_of(number).copied();
        let extent = extent.ok_or_else(|| StoreError::Refused(format!("there is no article {number}")))?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = match &*last {
            Some((entry, rows)) if *entry == extent.entry => rows.clone(),
            _ => {
                let bytes = self.part(&extent, Part::Articles)?;
                Arc::new(self.placed(batch::unpack_articles(&bytes, &extent))?)
            }
        };
        *last = Some((extent.entry, rows.clone()));
        drop(last);
        let at = (number - extent.first_article) as usize;
        let row = self.placed(rows.get(at).ok_or_else(|| StoreError::damaged("an article is missing")))?;
        let start: u64 = rows[..at].iter().map(|row| u64::from(row.len)).sum();
        let text = self.placed(texts(&*self.backing, extent.entry, start, row.len))?;
        Ok((row.clone(), text))
    }
}

/// What a base begins with.
pub(super) fn first() -> Transaction {
    let mut format = Packer::default();
    format.number(FORMAT);
    let mut transaction = Transaction::default();
    transaction.put(Space::Meta, FORMAT_KEY, seal(FORMAT_KEY, format.finish()));
    transaction
}

/// The key of a piece of a part of a batch.
pub(super) fn part_key(entry: u64, part: Part, piece: u32) -> Vec<u8> {
    [&entry.to_be_bytes()[..], &[part.code()], &piece.to_be_bytes()].concat()
}

/// The key of a piece of a batch's texts.
pub(super) fn text_key(entry: u64, piece: u32) -> Vec<u8> {
    [&entry.to_be_bytes()[..], &piece.to_be_bytes()].concat()
}

/// All pieces of a part, joined.
fn part(backing: &dyn Backing, entry: u64, part: Part) -> Result<Vec<u8>, StoreError> {
    let prefix = [&entry.to_be_bytes()[..], &[part.code()]].concat();
    let (mut bytes, mut next) = (Vec::new(), 0);
    backing.scan(Space::Columns, &prefix, &mut |key, sealed| {
        if *key != part_key(entry, part, next) {
            return Err(StoreError::damaged("a piece of a column is missing"));
        }
        bytes.extend_from_slice(unseal(key, sealed)?);
        next += 1;
        Ok(())
    })?;
    if next == 0 {
        return Err(StoreError::damaged(format!("columns of entry {entry} are missing")));
    }
    Ok(bytes)
}

/// A range of a batch's texts.
fn texts(backing: &dyn Backing, entry: u64, start: u64, len: u32) -> Result<String, StoreError> {
    let mut bytes = Vec::new();
    let (mut at, end) = (start, start + u64::from(len));
    while at < end {
        let piece =
            u32::try_from(at / PIECE as u64).map_err(|_| StoreError::damaged("a text lies too far"))?;
        let key = text_key(entry, piece);
        let sealed = backing.get(Space::Texts, &key)?;
        let sealed = sealed.ok_or_else(|| StoreError::damaged("a piece of text is missing"))?;
        let content = unseal(&key, &sealed)?;
        let from = (at % PIECE as u64) as usize;
        let to = content.len().min(from + (end - at) as usize);
        if to <= from {
            return Err(StoreError::damaged("a piece of text is too short"));
        }
        bytes.extend_from_slice(&content[from..to]);
        at += (to - from) as u64;
    }
    String::from_utf8(bytes).map_err(|_| StoreError::damaged("a text is not UTF-8"))
}
