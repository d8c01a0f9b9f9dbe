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

    /// Whether the sentence has all of it around a trigger.
    pub(super) fn met(&self, around: &Around) -> bool {
        let Around { left, right } = around;
        let words = |side: &Side, here: &Here| {
            side.next.is_none_or(|set| here.next & set != 0)
                && side.classes.iter().all(|set| here.classes & *set != 0)
        };
        self.left.groups <= left.groups
            && self.right.groups <= right.groups
            && self.right.named <= right.named
            // A subject may stand behind its verb.
            && (!self.left.role || left.groups + right.groups > 0)
            && words(&self.right, right)
            && words(&self.left, left)
    }
}

/// What a sentence has around an item.
#[derive(Debug, Default)]
pub(super) struct Around {
    left: Here,
    right: Here,
}

#[derive(Debug, Default)]
struct Here {
    /// The classes of all words.
    classes: ClassSet,
    /// Those of the nearest item, if it is a word.
    next: ClassSet,
    groups: usize,
    named: usize,
}

impl Here {
    fn of<'i>(outwards: impl Iterator<Item = &'i Item>) -> Here {
        let mut here = Here::default();
        for (n, item) in outwards.enumerate() {
            let group = item.kind == Kind::Group;
            here.groups += usize::from(group);
            here.named += usize::from(group || !item.members.is_empty());
            if !group {
                here.classes |= item.classes;
                if n == 0 {
                    here.next = item.classes;
                }
            }
        }
        here
    }
}

impl Around {
    pub(super) fn of(items: &[Item], at: usize) -> Around {
        Around { left: Here::of(items[..at].iter().rev()), right: Here::of(items[at + 1..].iter()) }
    }
}
