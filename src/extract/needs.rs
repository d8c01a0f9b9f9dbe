//! What a sentence must have on both sides of a trigger for a pattern to match there:
//! most patterns are left out by this, without being tried.

use super::classes::ClassSet;
use super::items::{Item, Kind};
use super::pattern::Element;

/// What a pattern asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    left: Side,
    right: Side,
}

#[derive(Debug, Clone, Default)]
struct Side {
    /// A word of each of these.
    classes: Vec<ClassSet>,
    /// What stands right beside the trigger, if it is a word of these.
    next: Option<ClassSet>,
    /// So many groups.
    groups: usize,
    /// So many items, groups among them, that name entities.
    named: usize,
    /// It has a grammatical role, for which there must be a name.
    role: bool,
}

impl Side {
    fn of<'e>(outwards: impl Iterator<Item = &'e Element>) -> Side {
        let mut side = Side::default();
        for (n, element) in outwards.enumerate() {
            match element {
                Element::Class(set) if n == 0 => side.next = Some(*set),
                Element::Class(set) => side.classes.push(*set),
                Element::Slot(..) => {
                    side.groups += 1;
                    side.named += 1;
                }
                Element::Role(..) => {
                    side.role = true;
                    side.named += 1;
                }
                _ => {}
            }
        }
        side
    }
}

impl Needs {
    pub(super) fn of(elements: &[Element], anchor: usize) -> Needs {
        Needs {
            left: Side::of(elements[..anchor].iter().rev()),
            right: Side::of(elements[anchor + 1..].iter()),
        }
    }

    /// Whether the sentence has all of it around item `at`.
    pub(super) fn met(&self, around: &Around, items: &[Item], at: usize) -> bool {
        let next = |side: &Side, item: Option<&Item>| {
            side.next.is_none_or(|set| item.is_some_and(|i| i.kind != Kind::Group && i.classes & set != 0))
        };
        let Around { left, whole, classes, .. } = around;
        let right = whole.named - left.named;
        self.right.named <= right
            && self.left.groups <= left.groups
            && self.right.groups <= whole.groups - left.groups
            // A subject may stand behind its verb.
            && (!self.left.role || whole.groups > 0)
            && next(&self.right, items.get(at + 1))
            && next(&self.left, at.checked_sub(1).map(|n| &items[n]))
            && self.right.classes.iter().all(|set| *classes & *set != 0)
            && self.left.classes.iter().all(|set| around.passed & *set != 0)
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
