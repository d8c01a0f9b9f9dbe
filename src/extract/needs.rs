//! What a sentence must have on both sides of a trigger for a pattern to match there:
//! most patterns are left out by this, without being tried.

use super::classes::{ClassSet, Cue, Halves, Wanted};
use super::element::Element;
use super::item::{Item, Kind};
use rustc_hash::FxHashMap;
use std::cell::Cell;

/// What a pattern asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    names: Names,
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
                Element::Class(set) if n == 0 => side.next = Some(set.set()),
                Element::Class(set) => side.classes.push(set.set()),
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
}

/// What each of the patterns asks for, close together: most are only looked at.
#[derive(Debug, Default)]
pub(super) struct AllNeeds {
    /// The sets that any asks for, each once; the first is of no class.
    sets: Vec<Wanted>,
    /// Their places, of one pattern behind the other.
    wanted: Vec<u32>,
    each: Vec<Packed>,
}

/// What one pattern asks for.
#[derive(Debug)]
struct Packed {
    names: Names,
    /// Where its sets begin in `wanted`, and how many are for the left and the right.
    from: u32,
    left: u32,
    right: u32,
    /// The sets for what stands right beside the trigger; 0 for none.
    next_left: u32,
    next_right: u32,
}

impl AllNeeds {
    pub(super) fn of<'n>(needs: impl Iterator<Item = &'n Needs>) -> AllNeeds {
        let mut all = AllNeeds { sets: vec![Wanted::new(ClassSet::NONE)], ..AllNeeds::default() };
        let mut places = FxHashMap::default();
        for Needs { names, left, right } in needs {
            let sets = &mut all.sets;
            let mut place = |set: &ClassSet| {
                *places.entry(*set).or_insert_with(|| {
                    sets.push(Wanted::new(*set));
                    sets.len() as u32 - 1
                })
            };
            let from = all.wanted.len() as u32;
            let [next_left, next_right] = [left, right].map(|s| s.next.as_ref().map_or(0, &mut place));
            all.wanted.extend(left.classes.iter().chain(&right.classes).map(place));
            let [left, right] = [left, right].map(|s| s.classes.len() as u32);
            all.each.push(Packed { names: *names, from, left, right, next_left, next_right });
        }
        all
    }

    /// Whether a pattern asks for something that a row of patterns doesn't tell by itself.
    fn is_close(&self, pattern: usize) -> bool {
        let Packed { names, left, next_left, next_right, from, right } = &self.each[pattern];
        let several = |set: &u32| self.sets[*set as usize].one().is_none();
        let ahead = &self.wanted[(from + left) as usize..][..*right as usize];
        let many = [names.left, names.right, names.named].into_iter().any(|n| usize::from(n) > TOLD);
        many || *left > 0 || *next_left > 0 || *next_right > 0 || ahead.iter().any(several)
    }

    /// Whether the sentence has the names and the words around item `at` that a pattern
    /// asks for.
    pub(super) fn met(&self, pattern: usize, around: &Around, at: usize) -> bool {
        let needs = &self.each[pattern];
        if !needs.names.met(around) {
            return false;
        }
        let Around { items, sets, .. } = *around;
        let next = |set: u32, item: Option<&Item>| {
            let has = |i: &Item| i.kind != Kind::Group && self.sets[set as usize].met(i.classes, sets);
            set == 0 || item.is_some_and(has)
        };
        let (left, right) = self.wanted[needs.from as usize..].split_at(needs.left as usize);
        let has = |classes: ClassSet| move |set: &u32| self.sets[*set as usize].met_by(&classes);
        next(needs.next_right, items.get(at + 1))
            && next(needs.next_left, at.checked_sub(1).map(|n| &items[n]))
            && right[..needs.right as usize].iter().all(has(around.classes))
            && (left.is_empty() || left.iter().all(has(around.passed())))
    }

    /// The sets of which a pattern asks for a class somewhere in the sentence, by number.
    pub(super) fn asked(&self, pattern: usize) -> impl Iterator<Item = u32> {
        let needs = &self.each[pattern];
        let (from, count) = (needs.from as usize, needs.left as usize + needs.right as usize);
        let beside = [needs.next_left, needs.next_right].into_iter().filter(|set| *set != 0);
        beside.chain(self.wanted[from..from + count].iter().copied())
    }

    /// A set by its number.
    pub(super) fn set(&self, number: u32) -> &Wanted {
        &self.sets[number as usize]
    }

    /// Whether a sentence that has these classes and at most so many names may have what a
    /// pattern asks for.
    pub(super) fn may_be_met(&self, pattern: usize, all: &ClassSet, names: usize) -> bool {
        let Names { left, right, named, any } = self.each[pattern].names;
        usize::from(left) + usize::from(right) <= names
            && usize::from(named) <= names
            && (!any || names > 0)
            && self.asked(pattern).all(|set| self.set(set).met_by(all))
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

/// Up to so many names are told apart by the bits of a row.
const TOLD: usize = 3;

/// Which of a row's patterns, a bit each, ask for more names than a sentence has.
#[derive(Debug, Clone, Default)]
pub(super) struct Lacking {
    /// Those that ask for more than none, one or two.
    left: [u64; TOLD],
    right: [u64; TOLD],
    named: [u64; TOLD],
    any: u64,
    /// Those that ask for more than a row tells.
    pub close: u64,
}

impl Lacking {
    pub(super) fn of(patterns: &[u32], needs: &AllNeeds) -> Lacking {
        let mut all = Lacking::default();
        for (n, pattern) in patterns.iter().enumerate() {
            let Names { left, right, named, any } = needs.each[*pattern as usize].names;
            let sides = [(&mut all.left, left), (&mut all.right, right), (&mut all.named, named)];
            for (side, asked) in sides {
                side.iter_mut().take(asked.into()).for_each(|bits| *bits |= 1 << n);
            }
            all.any |= u64::from(any) << n;
            all.close |= u64::from(needs.is_close(*pattern as usize)) << n;
        }
        all
    }

    /// Those that ask for more than there is around an item.
    #[inline]
    pub(super) fn around(&self, around: &Around) -> u64 {
        let Around { left, whole, .. } = around;
        let more = |side: &[u64; TOLD], has: usize| side.get(has).copied().unwrap_or(0);
        let any = if whole.groups > 0 { 0 } else { self.any };
        more(&self.left, left.groups)
            | more(&self.right, whole.groups - left.groups)
            | more(&self.named, whole.named - left.named)
            | any
    }
}

/// What a sentence has around an item.
#[derive(Debug)]
pub(super) struct Around<'s> {
    items: &'s [Item],
    /// The table in which the words' sets of classes stand.
    sets: &'s [ClassSet],
    at: usize,
    left: Count,
    whole: Count,
    /// The classes of all words.
    classes: ClassSet,
    halves: Halves,
    /// Those of the items before this one: few patterns ask for them.
    passed: Cell<(usize, ClassSet)>,
}

/// How many groups there are, and how many items that name somebody.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Count {
    groups: usize,
    named: usize,
}

impl Count {
    /// Those of a whole sentence; into `tries`, the words that name nobody and have one of
    /// these classes, with what stands before each.
    pub(super) fn of(items: &[Item], live: Cue, tries: &mut Vec<(usize, Count)>) -> Count {
        let mut count = Count::default();
        for (at, item) in items.iter().enumerate() {
            if item.classes & live != 0 && item.members.is_empty() {
                tries.push((at, count));
            }
            count.add(item);
        }
        count
    }

    /// Whether nobody is named.
    pub(super) fn is_none(&self) -> bool {
        self.named == 0
    }

    #[inline]
    fn add(&mut self, item: &Item) {
        let group = item.kind == Kind::Group;
        self.groups += usize::from(group);
        self.named += usize::from(group || !item.members.is_empty());
    }
}

impl<'s> Around<'s> {
    /// Before the first item of a sentence that has so much, and whose words have these classes.
    pub(super) fn of(sets: &'s [ClassSet], items: &'s [Item], whole: Count, classes: ClassSet) -> Around<'s> {
        let (left, passed) = (Count::default(), Cell::default());
        let halves = classes.halves();
        Around { items, sets, at: 0, left, whole, classes, halves, passed }
    }

    /// The classes of all words, as words of bits.
    pub(super) fn halves(&self) -> &Halves {
        &self.halves
    }

    /// The classes of all words to the left.
    fn passed(&self) -> ClassSet {
        let (from, mut classes) = self.passed.get();
        let words = self.items[from..self.at].iter().filter(|item| item.kind != Kind::Group);
        words.for_each(|item| classes |= self.sets[item.classes.set()].with_cues(item.classes.cues()));
        self.passed.set((self.at, classes));
        classes
    }

    /// Turns to a word that names nobody, behind these.
    pub(super) fn turn_to(&mut self, at: usize, left: Count) {
        (self.at, self.left) = (at, left);
    }
}

#[cfg(test)]
mod tests {
    use super::super::extractor::Extractor;
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
            let mut tries = Vec::new();
            let whole = Count::of(items, !Cue::NONE, &mut tries);
            let mut around = Around::of(x.trie.class_sets(), items, whole, x.trie.all(&cut.classes, cut.all));
            let matcher = Matcher::new(x, text, cut, items, locals);
            for (at, left) in tries {
                let item = &items[at];
                around.turn_to(at, left);
                let open: Vec<_> = x.triggered(item.classes, true, &around, at).collect();
                for pattern in x.patterns.iter().filter(|p| x.trie.whole(item.classes).meets(&p.trigger)) {
                    let may = open.iter().any(|p| p.name == pattern.name);
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
