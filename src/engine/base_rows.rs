//! A fact base's rows of the base relations, and where they are stated.

use super::citation::Citation;
use super::identity::Identity;
use crate::base::{PartialDate, Span, Symbol, Value};
use crate::eval::{Database, PackedRows};
use crate::extract::{ClaimKind, EntityKind, Status};
use crate::logic::BASE_RELATIONS;
use crate::store::{FactBase, StoreError};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A fact base with its entities told apart.
pub(super) struct BaseRows {
    pub(super) base: FactBase,
    pub(super) identity: Identity,
    /// Symbols below this are the cells of their texts in databases.
    pub(super) shared: u32,
}

impl BaseRows {
    pub(super) fn new(base: FactBase) -> Result<BaseRows, StoreError> {
        let identity = Identity::of(&base)?;
        let shared = base.symbols().len() as u32;
        Ok(BaseRows { base, identity, shared })
    }

    /// An empty database that knows the base's texts.
    pub(super) fn database(&self) -> Database {
        let mut texts = self.identity.texts.clone();
        texts.freeze();
        Database::with_texts(texts)
    }

    /// Gives kinds and the articles' ids their cells before any row does: in
    /// the same order in every process, so that the rows that one keeps are in
    /// order for the others.
    pub(super) fn number_texts(&self, database: &mut Database) -> Result<(), StoreError> {
        let kinds = ClaimKind::ALL.iter().map(|kind| kind.name());
        let kinds = kinds.chain(EntityKind::ALL.iter().map(|kind| kind.name()));
        kinds.chain(Status::ALL.iter().map(|status| status.name())).for_each(|name| {
            database.text_cell(name);
        });
        for batch in 0..self.base.batches() {
            self.base.articles(batch)?.iter().for_each(|row| {
                database.text_cell(&row.id);
            });
        }
        Ok(())
    }

    fn cell(&self, symbol: Symbol, database: &mut Database) -> u32 {
        match symbol.0 < self.shared {
            true => symbol.0,
            false => database.text_cell(self.identity.texts.text(symbol)),
        }
    }

    /// Adds the rows of a base relation that the articles of these batches give.
    pub(super) fn load(
        &self,
        relation: &str,
        batches: Range<usize>,
        database: &mut Database,
    ) -> Result<(), StoreError> {
        let Some((_, columns)) = BASE_RELATIONS.iter().find(|(name, _)| *name == relation) else {
            return Ok(());
        };
        let types = columns.iter().map(|column| column.1).collect();
        let mut rows = PackedRows { types, cells: Vec::new() };
        match relation {
            "alias" => {
                let pairs = self.identity.aliases.iter();
                rows.cells = pairs.flat_map(|(a, b)| [*a, *b].map(|s| self.cell(s, database))).collect();
            }
            "merged" => {
                for [entity, name, because] in &self.identity.merged {
                    rows.cells.extend([entity, name, because].map(|text| database.text_cell(text)));
                }
            }
            "parted" => {
                for change in self.base.name_changes().filter(|change| change.holds && !change.joins) {
                    let entity = self.identity.names.resolve(&change.entity);
                    rows.cells
                        .extend([&*entity, &change.name, &change.because].map(|t| database.text_cell(t)));
                }
            }
            _ => {
                for batch in batches {
                    self.load_batch(relation, batch, None, database, &mut rows.cells)?;
                }
            }
        }
        // A program may have another relation of this name where there are no articles.
        if !rows.cells.is_empty() {
            database.insert_cells(relation, &rows);
        }
        Ok(())
    }

    /// The cells of the names that one batch gives, where they join nothing.
    pub(super) fn load_aliases(
        &self,
        batch: usize,
        database: &mut Database,
        cells: &mut Vec<u32>,
    ) -> Result<(), StoreError> {
        let (mentions, lists) = self.base.mentions(batch)?;
        for row in mentions.iter().filter(|row| self.base.holds(row.article)) {
            let entity = self.identity.entity(row.article, row.entity);
            let names = lists.get(row.names as usize).into_iter().flatten().chain([&row.entity]);
            for name in names.filter(|name| **name != entity) {
                cells.extend([entity, *name].map(|symbol| self.cell(symbol, database)));
            }
        }
        Ok(())
    }

    /// The cells of the rows that one batch gives: of these articles, or else
    /// of those that hold.
    pub(super) fn load_batch(
        &self,
        relation: &str,
        batch: usize,
        only: Option<&BTreeSet<u32>>,
        database: &mut Database,
        cells: &mut Vec<u32>,
    ) -> Result<(), StoreError> {
        let (base, identity) = (&self.base, &self.identity);
        let wanted = |article: u32| only.map_or_else(|| base.holds(article), |only| only.contains(&article));
        let articles = base.articles(batch)?;
        let first = articles.first().map_or(0, |row| row.number);
        if relation == "article" {
            for row in articles.iter().filter(|row| wanted(row.number)) {
                let id = database.text_cell(&row.id);
                let outlet = match row.outlet {
                    None => database.text_cell(""),
                    Some(outlet) => self.cell(outlet, database),
                };
                let title = database.text_cell(row.title.as_deref().unwrap_or(""));
                cells.extend([id, outlet, row.published().pack(), title]);
            }
            return Ok(());
        }
        let ids: Vec<u32> = articles.iter().map(|row| database.text_cell(&row.id)).collect();
        let id = |article: u32| ids.get((article - first) as usize).copied().unwrap_or_default();
        match relation {
            "mentioned" => {
                for row in base.mentions(batch)?.0.iter().filter(|row| wanted(row.article)) {
                    let kind = database.text_cell(row.kind.name());
                    let entity = self.cell(identity.entity(row.article, row.entity), database);
                    cells.extend([entity, kind, id(row.article)]);
                }
            }
            "claim" => {
                for row in base.claims(batch)?.iter().filter(|row| wanted(row.article)) {
                    let [a, b] =
                        [row.a, row.b].map(|name| self.cell(identity.entity(row.article, name), database));
                    let number = database.cell(&Value::Int(row.id as i64));
                    let [kind, status] = [row.kind.name(), row.status.name()].map(|t| database.text_cell(t));
                    let when = row.when.unwrap_or(PartialDate::UNKNOWN).pack();
                    cells.extend([number, kind, a, b, status, when, id(row.article)]);
                }
            }
            "date" => {
                for row in base.dates(batch)?.iter().filter(|row| wanted(row.article)) {
                    cells.extend([id(row.article), row.date.pack()]);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Where the articles state a row of `claim` or `mentioned`.
    pub(super) fn citation(&self, relation: &str, row: &[Value]) -> Result<Option<Citation>, StoreError> {
        match (relation, row) {
            ("claim", [Value::Int(id), ..]) => {
                let Some(claim) =
                    u64::try_from(*id).ok().map(|id| self.base.claim(id)).transpose()?.flatten()
                else {
                    return Ok(None);
                };
                let (article, text) = self.base.article(claim.article)?;
                Ok(Some(Citation {
                    article: article.id,
                    span: claim.span,
                    sentence: text.get(claim.sentence.range()).unwrap_or("").into(),
                    pattern: self.base.text(claim.pattern).clone(),
                    status: claim.status.name().into(),
                }))
            }
            ("mentioned", [Value::Entity(entity), Value::Text(kind), Value::Text(id)]) => {
                self.cite_mention(entity, kind, id)
            }
            _ => Ok(None),
        }
    }

    fn cite_mention(&self, entity: &str, kind: &str, id: &Arc<str>) -> Result<Option<Citation>, StoreError> {
        let Some(number) = self.base.newest(id)? else { return Ok(None) };
        let Some(batch) = self.base.batch_number(number) else { return Ok(None) };
        let (mentions, _) = self.base.mentions(batch)?;
        let found = mentions.iter().find(|row| {
            let named = || self.identity.entity(row.article, row.entity);
            row.article == number && row.kind.name() == kind && **self.identity.texts.text(named()) == *entity
        });
        let Some(row) = found else { return Ok(None) };
        let (_, text) = self.base.article(number)?;
        Ok(Some(Citation {
            article: id.clone(),
            span: row.span,
            sentence: text.get(sentence_around(&text, row.span).range()).unwrap_or("").into(),
            pattern: "".into(),
            status: "".into(),
        }))
    }
}

/// The line around a mention, at most some 200 bytes to either side.
fn sentence_around(text: &str, span: Span) -> Span {
    let range = span.range();
    let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else {
        return span;
    };
    let mut start = before.rfind('\n').map_or(0, |n| n + 1).max(range.start.saturating_sub(200));
    let mut end = range.end + after.find('\n').unwrap_or(after.len()).min(200);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start, end)
}
