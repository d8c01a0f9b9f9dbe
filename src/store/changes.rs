//! Taking back, restoring, joining and parting names.

use super::StoreError;
use super::backing::Transaction;
use super::base::FactBase;
use super::log::{Entry, Operation};
use crate::base::{Moment, PartialDate, fold_name};

/// Which articles an operation is about; every condition must be met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// These ids.
    pub ids: Vec<String>,
    /// Of this outlet, whatever the case of its letters.
    pub outlet: Option<String>,
    /// Published wholly before this date; an article without a date is not.
    pub before: Option<PartialDate>,
}

impl FactBase {
    /// The numbers of the article versions that are selected, among those that
    /// hold or among those that were taken back. An id that selects nothing is refused.
    ///
    /// # Errors
    /// If nothing is selected, or the file can't be read.
    pub fn select(&self, selection: &Selection, retracted: bool) -> Result<Vec<u32>, StoreError> {
        let mut numbers = Vec::new();
        let outlet = selection.outlet.as_deref().map(fold_name);
        let mut missing: Vec<&String> = selection.ids.iter().collect();
        for n in 0..self.batches() {
            for row in self.articles(n)? {
                let eligible = match retracted {
                    true => self.state.retracted.contains(&row.number),
                    false => self.state.holds(row.number),
                };
                let of_outlet = match (&outlet, row.outlet) {
                    (None, _) => true,
                    (Some(wanted), Some(outlet)) => fold_name(self.text(outlet)) == *wanted,
                    (Some(_), None) => false,
                };
                let early = selection.before.is_none_or(|before| row.published().is_before(before));
                let named = selection.ids.is_empty() || selection.ids.iter().any(|id| **id == *row.id);
                if eligible && of_outlet && early && named {
                    missing.retain(|id| ***id != *row.id);
                    numbers.push(row.number);
                }
            }
        }
        let state = if retracted { "was retracted" } else { "holds" };
        if let Some(id) = missing.first() {
            return Err(StoreError::Refused(format!("no article \"{id}\" {state} here")));
        }
        if numbers.is_empty() {
            return Err(StoreError::Refused(format!("no such article {state} here")));
        }
        Ok(numbers)
    }

    /// Takes article versions back.
    ///
    /// # Errors
    /// If one doesn't hold, or the file can't be written; so too below.
    pub fn retract(&mut self, articles: Vec<u32>, because: &str, at: Moment) -> Result<u64, StoreError> {
        if articles.iter().any(|article| !self.holds(*article)) {
            return Err(StoreError::Refused("an article that doesn't hold can't be retracted".into()));
        }
        let articles = ascending(articles)?;
        self.add(Operation::Retract { articles, because: because.into() }, at)
    }

    /// Lets article versions hold again.
    pub fn restore(&mut self, articles: Vec<u32>, because: &str, at: Moment) -> Result<u64, StoreError> {
        if articles.iter().any(|article| !self.state.retracted.contains(article)) {
            return Err(StoreError::Refused("an article that wasn't retracted can't be restored".into()));
        }
        let articles = ascending(articles)?;
        self.add(Operation::Restore { articles, because: because.into() }, at)
    }

    /// Says that two names mean one entity, which goes by the first. A split
    /// of the two is taken back. Merges in a circle are refused.
    pub fn merge(&mut self, into: &str, name: &str, because: &str, at: Moment) -> Result<u64, StoreError> {
        check_names(into, name)?;
        if let Some(split) = self.state.change(false, into, name).or(self.state.change(false, name, into)) {
            let entry = split.entry;
            return self.withdraw(entry, because, at);
        }
        if let Some(known) = self.state.change(true, into, name).or(self.state.change(true, name, into)) {
            let (entity, name, entry) = (&known.entity, &known.name, known.entry);
            return Err(StoreError::Refused(format!(
                "\"{name}\" was merged into \"{entity}\" already, by entry {entry}"
            )));
        }
        self.refuse_circle(into, name)?;
        let (into, name) = (into.trim().to_owned(), name.trim().to_owned());
        self.add(Operation::Merge { into, name, because: because.into() }, at)
    }

    /// Refuses to merge what the entity itself goes by, through whichever merges.
    fn refuse_circle(&self, into: &str, name: &str) -> Result<(), StoreError> {
        let Some(chain) = self.state.chain(into, name) else { return Ok(()) };
        let steps: Vec<String> = (chain.iter())
            .map(|step| format!("\"{}\" into \"{}\" by entry {}", step.name, step.entity, step.entry))
            .collect();
        Err(StoreError::Refused(format!(
            "\"{name}\" can't be merged into \"{into}\", which goes by it already: {}",
            steps.join(", ")
        )))
    }

    /// Says that a name means an entity of its own, not this one. A merge of
    /// the two is taken back.
    pub fn split(&mut self, from: &str, name: &str, because: &str, at: Moment) -> Result<u64, StoreError> {
        check_names(from, name)?;
        if let Some(merge) = self.state.change(true, from, name).or(self.state.change(true, name, from)) {
            let entry = merge.entry;
            return self.withdraw(entry, because, at);
        }
        if let Some(known) = self.state.change(false, from, name) {
            let entry = known.entry;
            return Err(StoreError::Refused(format!(
                "\"{name}\" was split from \"{from}\" already, by entry {entry}"
            )));
        }
        let (from, name) = (from.trim().to_owned(), name.trim().to_owned());
        self.add(Operation::Split { from, name, because: because.into() }, at)
    }

    /// Takes a merge or split back.
    pub fn withdraw(&mut self, entry: u64, because: &str, at: Moment) -> Result<u64, StoreError> {
        self.change(entry, true)?;
        self.add(Operation::Withdraw { entry, because: because.into() }, at)
    }

    /// Lets a merge or split hold again.
    pub fn renew(&mut self, entry: u64, because: &str, at: Moment) -> Result<u64, StoreError> {
        self.change(entry, false)?;
        if let Some(merge) = self.state.changes.get(&entry).filter(|change| change.joins) {
            self.refuse_circle(&merge.entity, &merge.name)?;
        }
        self.add(Operation::Renew { entry, because: because.into() }, at)
    }

    fn change(&self, entry: u64, holds: bool) -> Result<(), StoreError> {
        match self.state.changes.get(&entry) {
            Some(change) if change.holds == holds => Ok(()),
            Some(_) if holds => {
                Err(StoreError::Refused(format!("what entry {entry} did was taken back already")))
            }
            Some(_) => Err(StoreError::Refused(format!("what entry {entry} did holds already"))),
            None => Err(StoreError::Refused(format!("entry {entry} is no merge or split"))),
        }
    }

    /// Adds an operation that changes nothing but the log.
    pub(super) fn add(&mut self, what: Operation, at: Moment) -> Result<u64, StoreError> {
        let number = self.state.entries + 1;
        self.commit(Entry { number, at, what }, Transaction::default())?;
        Ok(number)
    }
}

fn ascending(mut articles: Vec<u32>) -> Result<Vec<u32>, StoreError> {
    articles.sort_unstable();
    articles.dedup();
    if articles.is_empty() {
        return Err(StoreError::Refused("no article was named".into()));
    }
    Ok(articles)
}

fn check_names(entity: &str, name: &str) -> Result<(), StoreError> {
    if entity.trim().is_empty() || name.trim().is_empty() {
        return Err(StoreError::Refused("an entity needs a name".into()));
    }
    if fold_name(entity) == fold_name(name) {
        return Err(StoreError::Refused(format!("\"{entity}\" and \"{name}\" are one name")));
    }
    Ok(())
}
