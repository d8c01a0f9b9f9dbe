//! Which patterns a word may trigger.

use super::classes::ClassSet;
use super::items::Item;
use super::load::Extractor;
use super::needs::Around;
use super::pattern::Pattern;
use std::borrow::Cow;

impl Extractor {
    /// The patterns that any of these classes triggers at an item and that ask for nothing
    /// that isn't around it, in order.
    #[inline]
    pub(super) fn triggered(
        &self,
        classes: ClassSet,
        around: &Around,
        items: &[Item],
        at: usize,
    ) -> impl Iterator<Item = &Pattern> {
        let places = self.places(classes);
        let here = move |n| Some(places.get(n).copied()? as usize);
        let met = move |place: &usize| self.needs.met(*place, around, items, at);
        (0..).map_while(here).filter(met).map(|place| &self.patterns[place])
    }

    /// Whether any pattern that these classes trigger may match in a sentence that has the
    /// classes `all` and at most so many names.
    pub(super) fn may_tell(&self, classes: ClassSet, all: ClassSet, names: usize) -> bool {
        let may = |place: &u32| self.needs.may_be_met(*place as usize, all, names);
        classes != 0 && self.places(classes).iter().any(may)
    }

    /// The places of the patterns that any of these classes triggers.
    fn places(&self, classes: ClassSet) -> Cow<'_, [u32]> {
        match self.by_classes.get(&classes) {
            Some(places) => Cow::Borrowed(places),
            None => Cow::Owned(triggered(&self.by_trigger, classes & self.all_triggers)),
        }
    }
}

/// The places of the patterns that any of these classes triggers, in order.
pub(super) fn triggered(by_trigger: &[Vec<u32>], classes: ClassSet) -> Vec<u32> {
    let mut places: Vec<u32> = classes.bits().flat_map(|bit| &by_trigger[bit as usize]).copied().collect();
    places.sort_unstable();
    places.dedup();
    places
}
