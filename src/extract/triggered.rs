//! The patterns that a word triggers and that may match where it stands.

use super::classes::{ClassSet, Tags};
use super::extractor::Extractor;
use super::needs::Around;
use super::pattern::Pattern;
use super::triggers::Row;
use std::borrow::Cow;

/// The patterns that a word triggers, row by row.
pub(super) struct Triggered<'a> {
    x: &'a Extractor,
    rows: Cow<'a, [Row]>,
    next: usize,
    /// Those of the row before the next that are left to look at.
    open: u64,
    around: &'a Around<'a>,
    at: usize,
}

impl Triggered<'_> {
    /// Turns to the next row that has patterns to look at.
    fn turn(&mut self) -> Option<()> {
        while self.open == 0 {
            let row = self.rows.get(self.next)?;
            self.open = row.open(self.around.halves(), row.names.around(self.around));
            self.next += 1;
        }
        Some(())
    }
}

impl<'a> Iterator for Triggered<'a> {
    type Item = &'a Pattern;

    #[inline]
    fn next(&mut self) -> Option<&'a Pattern> {
        loop {
            if self.open == 0 {
                self.turn()?;
            }
            let (row, n) = (&self.rows[self.next - 1], self.open.trailing_zeros());
            let place = row.places[n as usize] as usize;
            self.open &= self.open - 1;
            if row.names.close >> n & 1 == 0 || self.x.needs.met(place, self.around, self.at) {
                return Some(&self.x.patterns[place]);
            }
        }
    }
}

impl Extractor {
    /// The patterns that a word of these classes triggers at an item and that ask for nothing
    /// that isn't around it, in order; those among them that only go on with what was left
    /// open if `all` are wanted.
    #[inline]
    pub(super) fn triggered<'a>(
        &'a self,
        classes: Tags,
        all: bool,
        around: &'a Around<'a>,
        at: usize,
    ) -> Triggered<'a> {
        let rows = self.by_classes.rows(self.trie.class_sets(), &self.needs, classes, all);
        Triggered { x: self, rows, next: 0, open: 0, around, at }
    }

    /// Whether any pattern that a word of these classes triggers may match in a sentence that
    /// has the classes `all` and at most so many names.
    pub(super) fn may_tell(&self, classes: Tags, all: &ClassSet, names: usize) -> bool {
        let halves = all.halves();
        let may = |row: &Row| {
            let open = row.open(&halves, 0);
            let mut places = row.places.iter().enumerate().filter(|(n, _)| open >> n & 1 != 0);
            places.any(|(_, place)| self.needs.may_be_met(*place as usize, all, names))
        };
        let rows = || self.by_classes.rows(self.trie.class_sets(), &self.needs, classes, false);
        classes & self.triggers != 0 && rows().iter().any(may)
    }
}
