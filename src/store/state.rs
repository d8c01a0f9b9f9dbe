//! What a base's log comes to: which articles hold, which names are joined.

use super::StoreError;
use super::batch::Extent;
use super::log::{Entry, Operation};
use crate::base::fold_name;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A merge or split of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameChange {
    /// The log entry that made it.
    pub entry: u64,
    /// Whether the names were joined; else they were parted.
    pub joins: bool,
    /// The entity joined into, or parted from.
    pub entity: String,
    /// The other name.
    pub name: String,
    /// Why.
    pub because: String,
    /// Whether it holds, or was taken back.
    pub holds: bool,
}

/// The log, folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    /// How many entries there are: the base's version.
    pub(super) entries: u64,
    pub(super) batches: Vec<Extent>,
    pub(super) retracted: BTreeSet<u32>,
    pub(super) superseded: BTreeSet<u32>,
    pub(super) reprints: BTreeMap<u32, u32>,
    pub(super) changes: BTreeMap<u64, NameChange>,
}

impl State {
    pub(super) fn articles(&self) -> u32 {
        self.batches.last().map_or(0, |b| b.first_article + b.articles)
    }

    pub(super) fn claims(&self) -> u64 {
        self.batches.last().map_or(0, |b| b.first_claim - 1 + b.claims)
    }

    pub(super) fn symbols(&self) -> u32 {
        self.batches.last().map_or(0, |b| b.symbols)
    }

    /// Whether an article version counts.
    pub(super) fn holds(&self, article: u32) -> bool {
        !self.retracted.contains(&article) && !self.superseded.contains(&article)
    }

    /// The batch of an article version.
    pub(super) fn batch_of(&self, article: u32) -> Option<&Extent> {
        let at = self.batches.partition_point(|b| b.first_article + b.articles <= article);
        self.batches.get(at)
    }

    /// The batch of a claim.
    pub(super) fn batch_of_claim(&self, claim: u64) -> Option<&Extent> {
        let at = self.batches.partition_point(|b| b.first_claim + b.claims <= claim);
        self.batches.get(at).filter(|b| b.first_claim <= claim)
    }

    /// A merge or split of these names that holds.
    pub(super) fn change(&self, joins: bool, entity: &str, name: &str) -> Option<&NameChange> {
        let (entity, name) = (fold_name(entity), fold_name(name));
        self.changes.values().find(|c| {
            c.holds && c.joins == joins && fold_name(&c.entity) == entity && fold_name(&c.name) == name
        })
    }

    /// The shortest chain of merges that hold by which one name goes by another.
    pub(super) fn chain(&self, name: &str, by: &str) -> Option<Vec<&NameChange>> {
        let merges: Vec<(String, String, &NameChange)> = (self.changes.values())
            .filter(|change| change.holds && change.joins)
            .map(|change| (fold_name(&change.name), fold_name(&change.entity), change))
            .collect();
        let (start, end) = (fold_name(name), fold_name(by));
        // By which merge each name was reached first.
        let mut reached: BTreeMap<&str, Option<usize>> = BTreeMap::from([(&*start, None)]);
        let mut open: VecDeque<&str> = VecDeque::from([&*start]);
        while let Some(at) = open.pop_front().filter(|at| *at != end) {
            for (n, (_, to, _)) in merges.iter().enumerate().filter(|(_, merge)| merge.0 == at) {
                if !reached.contains_key(&**to) {
                    reached.insert(to, Some(n));
                    open.push_back(to);
                }
            }
        }
        let mut chain = Vec::new();
        let mut at = &*end;
        while let Some(n) = *reached.get(at)? {
            chain.push(merges[n].2);
            at = &merges[n].0;
        }
        chain.reverse();
        Some(chain)
    }

    /// Adds the next entry; an error leaves everything as it was.
    pub(super) fn add(&mut self, entry: &Entry) -> Result<(), StoreError> {
        if entry.number != self.entries + 1 {
            return Err(StoreError::damaged(format!("entry {} of the log is missing", self.entries + 1)));
        }
        match &entry.what {
            Operation::Ingest { articles, claims, symbols, superseded, reprints } => {
                let (first_article, first_symbol) = (self.articles(), self.symbols());
                let too_many = || StoreError::damaged("there are too many articles, claims or names");
                let last = first_article.checked_add(*articles).ok_or_else(too_many)?;
                let extent = Extent {
                    entry: entry.number,
                    first_article,
                    articles: *articles,
                    first_claim: self.claims() + 1,
                    claims: *claims,
                    first_symbol,
                    symbols: first_symbol.checked_add(*symbols).ok_or_else(too_many)?,
                };
                if self.claims().checked_add(*claims).is_none_or(|all| all > i64::MAX as u64) {
                    return Err(too_many());
                }
                known(superseded.iter().chain(reprints.iter().flat_map(|(a, b)| [a, b])), last)?;
                self.batches.push(extent);
                self.superseded.extend(superseded);
                self.reprints.extend(reprints.iter().copied());
            }
            Operation::Retract { articles, .. } => {
                known(articles.iter(), self.articles())?;
                if !ascend(articles) || articles.iter().any(|a| !self.holds(*a)) {
                    return Err(StoreError::damaged("an article is retracted that doesn't hold"));
                }
                self.retracted.extend(articles);
            }
            Operation::Restore { articles, .. } => {
                if !ascend(articles) || articles.iter().any(|a| !self.retracted.contains(a)) {
                    return Err(StoreError::damaged("an article is restored that was not retracted"));
                }
                for article in articles {
                    self.retracted.remove(article);
                }
            }
            Operation::Merge { into: entity, name, because }
            | Operation::Split { from: entity, name, because } => {
                let joins = matches!(entry.what, Operation::Merge { .. });
                let (entity, name, because) = (entity.clone(), name.clone(), because.clone());
                let change = NameChange { entry: entry.number, joins, entity, name, because, holds: true };
                self.changes.insert(entry.number, change);
            }
            Operation::Withdraw { entry: other, .. } | Operation::Renew { entry: other, .. } => {
                let renews = matches!(entry.what, Operation::Renew { .. });
                match self.changes.get_mut(other) {
                    Some(change) if change.holds != renews => change.holds = renews,
                    _ => return Err(StoreError::damaged("a merge or split is changed that doesn't exist")),
                }
            }
        }
        self.entries += 1;
        Ok(())
    }
}

/// Whether there are numbers, each greater than the one before.
fn ascend(numbers: &[u32]) -> bool {
    !numbers.is_empty() && numbers.is_sorted_by(|a, b| a < b)
}

fn known<'a>(mut articles: impl Iterator<Item = &'a u32>, end: u32) -> Result<(), StoreError> {
    if articles.all(|article| *article < end) {
        Ok(())
    } else {
        Err(StoreError::damaged("the log names an article that doesn't exist"))
    }
}
