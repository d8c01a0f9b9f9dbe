//! What a sentence must have on both sides of a trigger for a pattern to match there:
//! most patterns are left out by this, without being tried.

use super::classes::ClassSet;
use super::items::{Item, Kind};
use super::pattern::Element;

/// What a pattern asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    pub names: Names,
    left: Side,
    right: Side,
}

/// How many names a pattern asks for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Names {
    /// Groups on both sides.
    left: u8,
    right: u8,
    /// Items to the right, groups among them, that name entities.
    named: u8,
    /// Any group: a subject may stand behind its verb.
    any: bool,
}

#[derive(Debug, Clone, Default)]
struct Side {
    /// A word of each of these.
    classes: Vec<ClassSet>,
    /// What stands right beside the trigger, if it is a word of these.
    next: Option<ClassSet>,
}

impl Side {
    fn of<'e>(outwards: impl Iterator<Item = &'e Element>) -> Side {
        let mut side = Side::default();
        for (n, element) in outwards.enumerate() {
            match element {
                Element::Class(set) if n == 0 => side.next = Some(*set),
                Element::Class(set) => side.classes.push(*set),
                _ => {}
            }
        }
        side
    }
}

impl Needs {
    pub(super) fn of(elements: &[Element], anchor: usize) -> Needs {
        let (left, right) = (&elements[..anchor], &elements[anchor + 1..]);
        let count = |side: &[Element], is: fn(&Element) -> bool| {
            side.iter().filter(|e| is(e)).count().try_into().unwrap_or(u8::MAX)
        };
        let slot = |e: &Element| matches!(e, Element::Slot(..));
        let role = |e: &Element| matches!(e, Element::Role(..));
        let names = Names {
            left: count(left, slot),
            right: count(right, slot),
            named: count(right, |e| matches!(e, Element::Slot(..) | Element::Role(..))),
            any: left.iter().any(role),
        };
        Needs { names, left: Side::of(left.iter().rev()), right: Side::of(right.iter()) }
    }

    /// Whether it asks for no name of the sentence itself.
    pub(super) fn is_nameless(&self) -> bool {
        let Names { left, right, named, any } = self.names;
        left == 0 && right == 0 && named == 0 && !any
    }

    /// Whether a sentence that has these classes and at most so many names may have it.
    pub(super) fn may_be_met(&self, all: ClassSet, names: usize) -> bool {
        let Names { left, right, named, any } = self.names;
        let has = |set: &ClassSet| all & *set != 0;
        usize::from(left) + usize::from(right) <= names
            && usize::from(named) <= names
            && (!any || names > 0)
            && [&self.left, &self.right].iter().all(|s| s.next.iter().chain(&s.classes).all(has))
    }

    /// Whether the sentence has the words around item `at`.
    pub(super) fn met(&self, around: &Around, items: &[Item], at: usize) -> bool {
        let next = |side: &Side, item: Option<&Item>| {
            side.next.is_none_or(|set| item.is_some_and(|i| i.kind != Kind::Group && i.classes & set != 0))
        };
        next(&self.right, items.get(at + 1))
            && next(&self.left, at.checked_sub(1).map(|n| &items[n]))
            && self.right.classes.iter().all(|set| around.classes & *set != 0)
            && self.left.classes.iter().all(|set| around.passed & *set != 0)
    }
}

impl Names {
    /// Whether the sentence has the names around an item.
    #[inline]
    pub(super) fn met(&self, around: &Around) -> bool {
        let Around { left, whole, .. } = around;
        usize::from(self.named) <= whole.named - left.named
            && usize::from(self.left) <= left.groups
            && usize::from(self.right) <= whole.groups - left.groups
            && (!self.any || whole.groups > 0)
    }
}

/// What a sentence has around an item.
#[derive(Debug)]
pub(super) struct Around {
    at: usize,
    left: Count,
    whole: Count,
    /// The classes of all words, and of those to the left.
    classes: ClassSet,
    passed: ClassSet,
}

#[derive(Debug, Default)]
struct Count {
    groups: usize,
    named: usize,
}

impl Count {
    fn add(&mut self, item: &Item) {
        let group = item.kind == Kind::Group;
        self.groups += usize::from(group);
        self.named += usize::from(group || !item.members.is_empty());
    }
}

impl Around {
    /// Before the first item of a sentence whose words have these classes.
    pub(super) fn start(items: &[Item], classes: ClassSet) -> Around {
        let mut whole = Count::default();
        items.iter().for_each(|item| whole.add(item));
        Around { at: 0, left: Count::default(), whole, classes, passed: ClassSet::NONE }
    }

    /// Whether no item of the sentence names anybody.
    pub(super) fn is_of_nobody(&self) -> bool {
        self.whole.named == 0
    }

    /// Goes on to a word that names nobody.
    pub(super) fn go(&mut self, items: &[Item], at: usize) {
        for item in &items[self.at..at] {
            self.left.add(item);
            if item.kind != Kind::Group {
                self.passed |= item.classes;
            }
        }
        self.at = at;
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::Extractor;
    use super::super::matcher::Matcher;
    use super::super::run::{Seen, watched};
    use super::*;
    use crate::article::Article;

    #[test]
    fn no_pattern_matches_where_its_needs_are_not_met() {
        let x = Extractor::builtin();
        let (mut tried, mut met, mut matched) = (0, 0, 0);
        let mut look = |seen: &Seen| {
            let Seen { text, cut, items, locals, .. } = *seen;
            let mut around = Around::start(items, cut.all);
            let matcher = Matcher::new(text, cut, items, &x.cues, locals);
            for (at, item) in items.iter().enumerate().filter(|(_, i)| i.members.is_empty()) {
                around.go(items, at);
                for pattern in x.patterns.iter().filter(|p| p.trigger & item.classes != 0) {
                    let needs = &pattern.needs;
                    let may = needs.names.met(&around) && needs.met(&around, items, at);
                    let does = matcher.at(pattern, at).is_some();
                    assert!(may || !does, "{} in {text}", pattern.name);
                    (tried, met, matched) = (tried + 1, met + usize::from(may), matched + usize::from(does));
                }
            }
        };
        for pattern in &x.patterns {
            for example in pattern.examples.iter().chain(&pattern.counter_examples) {
                let sentence = example.split("=>").next().unwrap_or_default();
                watched(x, &Article::new("example", sentence), &mut look);
            }
        }
        assert!(matched > 0 && met < tried / 2, "{matched} of {met} of {tried}");
    }
}
