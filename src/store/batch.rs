//! The articles of one ingestion with what was found in them, as columns.

use super::StoreError;
use super::pack::{Packer, Unpacker};
use crate::base::{PartialDate, Span, Symbol};
use crate::extract::{ClaimKind, EntityKind, Status};
use std::sync::Arc;

/// The first half of a text's SHA-256.
pub type Digest = [u8; 16];

/// One version of an article. Its number counts versions from 0 and never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleRow {
    /// The version's number.
    pub number: u32,
    /// The article's id, shared by its versions.
    pub id: Arc<str>,
    /// The headline that came with it.
    pub title: Option<Box<str>>,
    /// The newspaper or site.
    pub outlet: Option<Symbol>,
    /// Where it was published.
    pub url: Option<Box<str>>,
    /// The date that came with it.
    pub given: Option<PartialDate>,
    /// The date that the extraction counted from.
    pub found: Option<PartialDate>,
    /// Tells texts apart.
    pub digest: Digest,
    /// Bytes of text.
    pub len: u32,
}

impl ArticleRow {
    /// The article's date: the one that came with it, else the one in its text.
    pub fn published(&self) -> PartialDate {
        self.given.or(self.found).unwrap_or(PartialDate::UNKNOWN)
    }
}

/// An entity that an article names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MentionRow {
    /// The article version.
    pub article: u32,
    /// The entity's name.
    pub entity: Symbol,
    /// What it is.
    pub kind: EntityKind,
    /// The words of the first mention.
    pub form: Symbol,
    /// Which of the batch's lists of names it goes by.
    pub names: u32,
    /// The first mention.
    pub span: Span,
}

/// A claim that an article makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimRow {
    /// The article version.
    pub article: u32,
    /// The claim's number in the base, from 1.
    pub id: u64,
    /// What is claimed.
    pub kind: ClaimKind,
    /// The first entity.
    pub a: Symbol,
    /// The second entity.
    pub b: Symbol,
    /// How the article puts it.
    pub status: Status,
    /// When it held.
    pub when: Option<PartialDate>,
    /// The words that state it.
    pub span: Span,
    /// The sentence.
    pub sentence: Span,
    /// The pattern's name.
    pub pattern: Symbol,
}

/// A date that an article gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRow {
    /// The article version.
    pub article: u32,
    /// The date.
    pub date: PartialDate,
    /// Its first mention.
    pub span: Span,
}

/// What one ingestion added. Rows are grouped by article, in the order of the articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// The articles; their numbers are consecutive.
    pub articles: Vec<ArticleRow>,
    /// The entities they name.
    pub mentions: Vec<MentionRow>,
    /// Lists of names that mentions go by.
    pub names: Vec<Vec<Symbol>>,
    /// The claims; their numbers are consecutive.
    pub claims: Vec<ClaimRow>,
    /// The dates.
    pub dates: Vec<DateRow>,
}

/// The columns that are kept under a key of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Symbols,
    Articles,
    Mentions,
    Claims,
    Dates,
}

impl Part {
    pub(super) const ALL: [Part; 5] =
        [Part::Symbols, Part::Articles, Part::Mentions, Part::Claims, Part::Dates];

    pub(super) fn code(self) -> u8 {
        match self {
            Part::Symbols => 0,
            Part::Articles => 1,
            Part::Mentions => 2,
            Part::Claims => 3,
            Part::Dates => 4,
        }
    }
}

/// Where a batch's numbers begin, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Extent {
    /// The log entry that added the batch.
    pub(super) entry: u64,
    pub(super) first_article: u32,
    pub(super) articles: u32,
    pub(super) first_claim: u64,
    pub(super) claims: u64,
    /// Symbols below this are known once the batch is.
    pub(super) symbols: u32,
    pub(super) first_symbol: u32,
}

pub(super) fn pack_symbols<'a>(texts: impl ExactSizeIterator<Item = &'a str>) -> Vec<u8> {
    let mut out = Packer::default();
    out.number(texts.len() as u64);
    texts.for_each(|text| out.text(text));
    out.finish()
}

pub(super) fn unpack_symbols(bytes: &[u8], mut each: impl FnMut(&str)) -> Result<u32, StoreError> {
    let mut from = Unpacker::new(bytes);
    let count = from.count(1)?;
    for _ in 0..count {
        each(from.text()?);
    }
    from.end()?;
    u32::try_from(count).map_err(|_| StoreError::damaged("there are too many names"))
}

fn maybe_date(out: &mut Packer, date: Option<PartialDate>) {
    out.number(u64::from(date.unwrap_or(PartialDate::UNKNOWN).pack()));
}

fn read_date(from: &mut Unpacker) -> Result<Option<PartialDate>, StoreError> {
    Ok(Some(from.date()?).filter(|date| !date.is_unknown()))
}

pub(super) fn pack_articles(rows: &[ArticleRow]) -> Vec<u8> {
    let mut out = Packer::default();
    out.number(rows.len() as u64);
    rows.iter().for_each(|row| out.text(&row.id));
    for row in rows {
        out.number(row.outlet.map_or(0, |outlet| u64::from(outlet.0) + 1));
        maybe_date(&mut out, row.given);
        maybe_date(&mut out, row.found);
        out.number(u64::from(row.len));
        out.raw(&row.digest);
    }
    rows.iter().for_each(|row| out.maybe(row.title.as_deref()));
    rows.iter().for_each(|row| out.maybe(row.url.as_deref()));
    out.finish()
}

pub(super) fn unpack_articles(bytes: &[u8], extent: &Extent) -> Result<Vec<ArticleRow>, StoreError> {
    let mut from = Unpacker::new(bytes);
    let count = counted(from.count(20)?, u64::from(extent.articles))?;
    let ids = (0..count).map(|_| Ok(from.text()?.into())).collect::<Result<Vec<Arc<str>>, StoreError>>()?;
    let mut rows = Vec::with_capacity(count);
    for (number, id) in (extent.first_article..).zip(ids) {
        let outlet = match from.small()? {
            0 => None,
            n => Some(symbol(n - 1, extent)?),
        };
        let (given, found) = (read_date(&mut from)?, read_date(&mut from)?);
        let len = from.small()?;
        let mut digest = Digest::default();
        digest.copy_from_slice(from.raw(16)?);
        rows.push(ArticleRow { number, id, title: None, outlet, url: None, given, found, digest, len });
    }
    for row in &mut rows {
        row.title = from.maybe()?.map(Into::into);
    }
    for row in &mut rows {
        row.url = from.maybe()?.map(Into::into);
    }
    from.end()?;
    Ok(rows)
}

pub(super) fn pack_mentions(batch: &Batch) -> Vec<u8> {
    let mut out = Packer::default();
    out.number(batch.names.len() as u64);
    for list in &batch.names {
        out.ascending(list.iter().map(|symbol| symbol.0));
    }
    counts(&mut out, batch, batch.mentions.iter().map(|row| row.article));
    for row in &batch.mentions {
        out.number(u64::from(row.entity.0));
        out.byte(row.kind as u8);
        out.number(u64::from(row.form.0));
        out.number(u64::from(row.names));
        out.span(row.span);
    }
    out.finish()
}

pub(super) fn unpack_mentions(
    bytes: &[u8],
    extent: &Extent,
) -> Result<(Vec<MentionRow>, Vec<Vec<Symbol>>), StoreError> {
    let mut from = Unpacker::new(bytes);
    let lists = from.count(1)?;
    let mut names = Vec::with_capacity(lists);
    for _ in 0..lists {
        names.push(from.ascending()?.into_iter().map(|n| symbol(n, extent)).collect::<Result<_, _>>()?);
    }
    let owners = owners(&mut from, extent)?;
    let mut rows = Vec::with_capacity(owners.len());
    for article in owners {
        let entity = symbol(from.small()?, extent)?;
        let kind = one_of(EntityKind::ALL, from.byte()?)?;
        let form = symbol(from.small()?, extent)?;
        let list = from.small()?;
        if list as usize >= names.len() {
            return Err(StoreError::damaged("a list of names is missing"));
        }
        rows.push(MentionRow { article, entity, kind, form, names: list, span: from.span()? });
    }
    from.end()?;
    Ok((rows, names))
}

pub(super) fn pack_claims(batch: &Batch) -> Vec<u8> {
    let mut out = Packer::default();
    counts(&mut out, batch, batch.claims.iter().map(|row| row.article));
    for row in &batch.claims {
        out.byte(row.kind as u8 | (row.status as u8) << 4);
        out.number(u64::from(row.a.0));
        out.number(u64::from(row.b.0));
        maybe_date(&mut out, row.when);
        out.span(row.span);
        out.span(row.sentence);
        out.number(u64::from(row.pattern.0));
    }
    out.finish()
}

pub(super) fn unpack_claims(bytes: &[u8], extent: &Extent) -> Result<Vec<ClaimRow>, StoreError> {
    let mut from = Unpacker::new(bytes);
    let owners = owners(&mut from, extent)?;
    counted(owners.len(), extent.claims)?;
    let mut rows = Vec::with_capacity(owners.len());
    for (id, article) in (extent.first_claim..).zip(owners) {
        let both = from.byte()?;
        rows.push(ClaimRow {
            article,
            id,
            kind: one_of(ClaimKind::ALL, both & 15)?,
            status: one_of(Status::ALL, both >> 4)?,
            a: symbol(from.small()?, extent)?,
            b: symbol(from.small()?, extent)?,
            when: read_date(&mut from)?,
            span: from.span()?,
            sentence: from.span()?,
            pattern: symbol(from.small()?, extent)?,
        });
    }
    from.end()?;
    Ok(rows)
}

pub(super) fn pack_dates(batch: &Batch) -> Vec<u8> {
    let mut out = Packer::default();
    counts(&mut out, batch, batch.dates.iter().map(|row| row.article));
    for row in &batch.dates {
        maybe_date(&mut out, Some(row.date));
        out.span(row.span);
    }
    out.finish()
}

pub(super) fn unpack_dates(bytes: &[u8], extent: &Extent) -> Result<Vec<DateRow>, StoreError> {
    let mut from = Unpacker::new(bytes);
    let mut rows = Vec::new();
    for article in owners(&mut from, extent)? {
        rows.push(DateRow { article, date: from.date()?, span: from.span()? });
    }
    from.end()?;
    Ok(rows)
}

/// How many rows each article has; `owners` are the rows' articles, ascending.
fn counts(out: &mut Packer, batch: &Batch, owners: impl Iterator<Item = u32>) {
    let first = batch.articles.first().map_or(0, |row| row.number);
    let mut counts = vec![0u64; batch.articles.len()];
    owners.for_each(|article| counts[(article - first) as usize] += 1);
    counts.into_iter().for_each(|n| out.number(n));
}

/// The article of each row.
fn owners(from: &mut Unpacker, extent: &Extent) -> Result<Vec<u32>, StoreError> {
    let mut all = Vec::new();
    for article in extent.first_article..extent.first_article + extent.articles {
        // A row takes more than a byte, so a count beyond the bytes is damage.
        let mut ahead = *from;
        let count = ahead.count(1)?;
        *from = ahead;
        all.extend(std::iter::repeat_n(article, count));
        if all.len() > MAX_ROWS {
            return Err(StoreError::damaged("a batch has too many rows"));
        }
    }
    Ok(all)
}

/// Most rows of one kind in a batch, many times what articles hold.
const MAX_ROWS: usize = 1 << 28;

fn counted(found: usize, wanted: u64) -> Result<usize, StoreError> {
    if found as u64 == wanted {
        Ok(found)
    } else {
        Err(StoreError::damaged(format!("a batch has {found} rows where the log says {wanted}")))
    }
}

fn symbol(n: u32, extent: &Extent) -> Result<Symbol, StoreError> {
    if n < extent.symbols { Ok(Symbol(n)) } else { Err(StoreError::damaged("a name is missing")) }
}

fn one_of<T: Copy>(all: &[T], n: u8) -> Result<T, StoreError> {
    all.get(usize::from(n)).copied().ok_or_else(|| StoreError::damaged("a kind is unknown"))
}
