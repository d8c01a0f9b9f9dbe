//! Matching a pattern's shape on a sentence's items, from its trigger outwards.

use super::EntityKind;
use super::classes::{ClassSet, Cue};
use super::cues::Cues;
use super::cut::Cut;
use super::demote::is_hit;
use super::element::{Element, Past};
use super::extractor::Extractor;
use super::group::described;
use super::item::{Item, Kind};
use super::locals::Locals;
use super::parts::{Part, parts};
use super::pattern::Pattern;
use super::role::Role;
use super::roles::{Clauses, PHRASE};
use std::cell::{Cell, OnceCell};

/// How far from a noun the comma may stand behind which its name is.
const NEAR: usize = 9;

/// How many steps one try may take.
const MAX_STEPS: u32 = 2_000;

/// The items of each slot, and the first and last item of a match.
#[derive(Debug, Clone, Default)]
pub(super) struct Match {
    pub slots: [Option<Filler>; 3],
    pub first: usize,
    pub last: usize,
}

impl Match {
    /// Whether a slot is filled by whom earlier sentences named.
    pub(super) fn has(&self, past: Past) -> bool {
        self.slots.contains(&Some(Filler::Past(past)))
    }
}

/// What fills a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filler {
    /// An item of the sentence.
    Item(usize),
    /// Whom earlier sentences named.
    Past(Past),
}

pub(super) struct Matcher<'a> {
    pub text: &'a str,
    pub cut: &'a Cut,
    pub items: &'a [Item],
    pub cues: &'a Cues,
    /// The table in which the words' sets of classes stand.
    pub sets: &'a [ClassSet],
    pub locals: &'a Locals,
    parts: OnceCell<Vec<Part>>,
    /// Where each role was looked for last, and what was found: most patterns of a
    /// trigger ask for the same.
    roles: [Cell<(u32, u32)>; Role::COUNT],
}

impl<'a> Matcher<'a> {
    /// "Menurut Budi, …": whose word it is stands up to the comma at `at`.
    fn is_led_in(&self, at: isize) -> bool {
        let end = at.max(0) as usize;
        let comma = |i: &Item| i.mark == b',';
        let source = self.items[0].classes & self.cues.source != 0;
        source && comma(&self.items[end]) && !self.items[..end].iter().any(comma)
    }

    /// Whether the clause tells of others than those told of before.
    fn is_anothers(&self, past: Past, verb: usize) -> bool {
        match past {
            Past::Topic => self.clauses().has_subject(verb),
            // "Alfa dan Beta belum mencapai kesepakatan".
            Past::Pair => {
                self.items[..verb].iter().any(|i| i.kind == Kind::Group && !i.reference)
                    && self.clauses().subject(verb).is_some_and(|n| !self.items[n].reference)
            }
            _ => false,
        }
    }

    pub(super) fn new(
        x: &'a Extractor,
        text: &'a str,
        cut: &'a Cut,
        items: &'a [Item],
        locals: &'a Locals,
    ) -> Matcher<'a> {
        let roles = [const { Cell::new((u32::MAX, u32::MAX)) }; Role::COUNT];
        let (cues, sets) = (&x.cues, x.trie.class_sets());
        Matcher { text, cut, items, cues, sets, locals, parts: OnceCell::new(), roles }
    }
}

impl Matcher<'_> {
    /// Matches a pattern with its trigger at item `at`.
    pub(super) fn at(&self, pattern: &Pattern, at: usize) -> Option<Match> {
        let mut m = Match { slots: [None; 3], first: at, last: at };
        let mut steps = MAX_STEPS;
        let left = &pattern.elements[..pattern.anchor];
        let right = &pattern.elements[pattern.anchor + 1..];
        // What is cheap to look for comes first.
        let found = if pattern.behind_first {
            self.right(right, at + 1, &mut m, &mut steps)
                && self.left(left, at as isize - 1, &mut m, &mut steps)
        } else {
            !self.lacks(right, at + 1)
                && self.left(left, at as isize - 1, &mut m, &mut steps)
                && self.right(right, at + 1, &mut m, &mut steps)
        };
        found.then_some(m)
    }

    /// Whether nothing from an item on may have the role that is asked for first: without a
    /// look at the clause's parts.
    fn lacks(&self, right: &[Element], from: usize) -> bool {
        let Some(Element::Role(role, ..)) = right.first() else { return false };
        let last = &self.roles[*role as usize];
        if last.get().0 as usize == from {
            return last.get().1 == u32::MAX;
        }
        let cues = self.cues;
        let near = |most: usize| self.items.iter().skip(from).take(most);
        let has = |most: usize, cue: Cue| near(most).any(|i| i.classes & cue != 0);
        let names = |most: usize| near(most).any(|i| i.kind == Kind::Group || !i.members.is_empty());
        let may = match role {
            Role::With => has(PHRASE, cues.with),
            Role::Upon | Role::Against => has(PHRASE, cues.upon),
            Role::Toward => has(PHRASE, cues.upon | cues.from),
            Role::Between => has(PHRASE, cues.between),
            Role::Of => names(4) || names(9) && has(8, cues.like | cues.company_word | cues.government_word),
            Role::Target => names(18),
            Role::By => has(PHRASE, cues.agent) || names(4),
            _ => true,
        };
        if !may {
            last.set((from as u32, u32::MAX));
        }
        !may
    }

    fn left(&self, rest: &[Element], at: isize, m: &mut Match, steps: &mut u32) -> bool {
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        let Some((element, rest)) = rest.split_last() else {
            m.first = m.first.min((at + 1) as usize);
            return true;
        };
        let item = usize::try_from(at).ok().and_then(|n| self.items.get(n));
        match element {
            Element::Maybe(inner) => {
                let one = item.is_some_and(|i| self.fits(inner, i)) && {
                    let mut trial = m.clone();
                    if let Element::Slot(s, _) = **inner {
                        trial.slots[s as usize] = Some(Filler::Item(at as usize));
                    }
                    let ok = self.left(rest, at - 1, &mut trial, steps);
                    if ok {
                        *m = trial;
                    }
                    ok
                };
                one || self.left(rest, at, m, steps)
            }
            Element::Gap { most, wide } => {
                for n in 0..=isize::from(*most) {
                    if self.left(rest, at - n, m, steps) {
                        return true;
                    }
                    let next = usize::try_from(at - n).ok().and_then(|p| self.items.get(p));
                    if !next.is_some_and(|i| self.passes(i, *wide)) {
                        return false;
                    }
                }
                false
            }
            Element::Topic(s, past) => {
                m.slots[*s as usize] = Some(Filler::Past(*past));
                !self.is_anothers(*past, (at + 1) as usize) && self.left(rest, at, m, steps)
            }
            Element::Start => (item.is_none() || self.is_led_in(at)) && self.left(rest, at, m, steps),
            Element::Role(role, s, kind) => {
                let from = (at + 1) as usize;
                let found = self.found(*role, from, || self.clauses().find_left(*role, from));
                let Some(found) = found.filter(|n| self.is_slot(&self.items[*n], *kind)) else {
                    return false;
                };
                m.slots[*s as usize] = Some(Filler::Item(found));
                m.first = m.first.min(found);
                m.last = m.last.max(found);
                let next = if found < (at + 1) as usize { found as isize - 1 } else { at };
                self.left(rest, next, m, steps)
            }
            Element::Slot(s, kind) => {
                // The slot is a subject: a name after "di" or "dari" is none.
                let oblique = rest.is_empty()
                    && at > 0
                    && self.items[at as usize - 1].classes
                        & (self.cues.oblique | self.cues.like | self.cues.agent)
                        != 0
                    && !self.opens_relative(at as usize + 1);
                let named = |i: &Item| i.members.iter().any(|m| !self.locals.all[*m as usize].weak);
                if item.is_some_and(|i| self.is_slot(i, *kind) && (named(i) || !rest.is_empty())) && !oblique
                {
                    let before = m.slots[*s as usize].replace(Filler::Item(at as usize));
                    if self.left(rest, at - 1, m, steps) {
                        return true;
                    }
                    m.slots[*s as usize] = before;
                }
                false
            }
            _ => item.is_some_and(|i| self.fits(element, i)) && self.left(rest, at - 1, m, steps),
        }
    }

    /// ", yang" after a name: whatever stands before it, it is the clause's subject.
    fn opens_relative(&self, at: usize) -> bool {
        let yang = Element::Word("yang".into());
        self.items.iter().skip(at).take(2).any(|item| self.fits(&yang, item))
    }

    fn right(&self, rest: &[Element], at: usize, m: &mut Match, steps: &mut u32) -> bool {
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        let Some((element, rest)) = rest.split_first() else {
            m.last = m.last.max(at - 1);
            return true;
        };
        let item = self.items.get(at);
        match element {
            Element::Maybe(inner) => {
                let one = item.is_some_and(|i| self.fits(inner, i)) && {
                    let mut trial = m.clone();
                    if let Element::Slot(s, _) = **inner {
                        trial.slots[s as usize] = Some(Filler::Item(at));
                    }
                    let ok = self.right(rest, at + 1, &mut trial, steps);
                    if ok {
                        *m = trial;
                    }
                    ok
                };
                one || self.right(rest, at, m, steps)
            }
            Element::Gap { most, wide } => {
                // What only describes a name counts for nothing.
                let slot = matches!(rest.first(), Some(Element::Slot(..)));
                for n in 0..=usize::from(*most) {
                    // "perusahaan milik Gama, Beta": it isn't Gama.
                    let owned = slot && self.is_owned(at + n);
                    let meant = if owned { self.clauses().meant(at + n) } else { at + n };
                    if self.right(rest, meant, m, steps) {
                        return true;
                    }
                    let named = if slot { self.described(at + n) } else { 0 };
                    if named > usize::from(*most) - n && self.right(rest, at + n + named, m, steps) {
                        return true;
                    }
                    if !self.items.get(at + n).is_some_and(|i| self.passes(i, *wide)) {
                        break;
                    }
                }
                // "sejumlah lembaga, antara lain Beta".
                slot && self.may_introduce(at)
                    && self.clauses().introduced(at).is_some_and(|found| {
                        found > at + usize::from(*most) && self.right(rest, found, m, steps)
                    })
            }
            Element::Alone => !self.clauses().names_others(at) && self.right(rest, at, m, steps),
            Element::Role(role, s, kind) => {
                let found = self.found(*role, at, || self.clauses().find_right(*role, at));
                let Some(found) = found.filter(|n| self.has_kind(&self.items[*n], *kind)) else {
                    return false;
                };
                m.slots[*s as usize] = Some(Filler::Item(found));
                self.right(rest, found + 1, m, steps)
            }
            Element::Topic(s, past) => {
                m.slots[*s as usize] = Some(Filler::Past(*past));
                self.right(rest, at, m, steps)
            }
            Element::Slot(s, kind) => {
                // "kekuatan utama di OPEC": an alliance is no place.
                let alliance = |m: &u32| self.locals.all[*m as usize].union;
                let placed = at > 0
                    && self.items[at - 1].classes & self.cues.place_prep != 0
                    && !item.is_some_and(|i| i.members.iter().all(alliance))
                    && !is_hit(self.items, at, self.cues);
                if !placed && item.is_some_and(|i| self.is_slot(i, *kind)) {
                    let before = m.slots[*s as usize].replace(Filler::Item(at));
                    if self.right(rest, at + 1, m, steps) {
                        return true;
                    }
                    m.slots[*s as usize] = before;
                }
                false
            }
            _ => item.is_some_and(|i| self.fits(element, i)) && self.right(rest, at + 1, m, steps),
        }
    }

    /// Whether a name at `n` tells whose something is: "milik Gama".
    fn is_owned(&self, n: usize) -> bool {
        let before = n.checked_sub(1).map(|b| &self.items[b]);
        before.is_some_and(|i| i.classes & self.cues.owner != 0)
            && self.items.get(n).is_some_and(|i| i.kind == Kind::Group)
    }

    /// Whether a comma, or a word such as "seperti", stands close enough behind a noun at `at`.
    fn may_introduce(&self, at: usize) -> bool {
        let near = self.items.get(at..self.items.len().min(at + NEAR)).unwrap_or_default();
        near.first().is_some_and(|i| i.kind == Kind::Word)
            && near.iter().any(|i| i.mark == b',' || i.classes & self.cues.like != 0)
    }

    /// How many items from `at` on describe the name behind them.
    fn described(&self, at: usize) -> usize {
        let bearer = self.cues.company_word | self.cues.government_word;
        let borne = |i: &Item| i.classes & bearer != 0;
        // "tujuh bank, yakni Alfa", but not "dua produk Alfa".
        let opens = |i: &Item| borne(i) || i.classes & self.cues.count != 0;
        if !self.items.get(at).is_some_and(opens) {
            return 0;
        }
        let n = described(self.text, self.cut, self.items, at, self.cues, true);
        if self.items[at..at + n].iter().any(borne) { n } else { 0 }
    }

    fn clauses(&self) -> Clauses<'_> {
        let parts = self.parts.get_or_init(|| parts(self.text, self.cut, self.items, self.cues));
        Clauses { text: self.text, cut: self.cut, items: self.items, parts, cues: self.cues }
    }

    fn found(&self, role: Role, from: usize, find: impl Fn() -> Option<usize>) -> Option<usize> {
        let last = &self.roles[role as usize];
        if last.get().0 as usize != from {
            last.set((from as u32, find().map_or(u32::MAX, |n| n as u32)));
        }
        Some(last.get().1).filter(|n| *n != u32::MAX).map(|n| n as usize)
    }

    fn fits(&self, element: &Element, item: &Item) -> bool {
        match element {
            Element::Class(wanted) => item.kind != Kind::Group && wanted.met(item.classes, self.sets),
            Element::Word(word) => {
                let (from, to) = (self.cut.tokens[item.from].start, self.cut.tokens[item.to - 1].end);
                self.text[from as usize..to as usize].eq_ignore_ascii_case(word)
            }
            Element::Slot(_, kind) => self.is_slot(item, *kind),
            _ => false,
        }
    }

    /// Whether an item is a group, of entities of that kind if one is asked for.
    fn is_slot(&self, item: &Item, kind: Option<EntityKind>) -> bool {
        item.kind == Kind::Group && self.has_kind(item, kind)
    }

    fn has_kind(&self, item: &Item, kind: Option<EntityKind>) -> bool {
        let fits = |m: &u32| {
            let l = &self.locals.all[*m as usize];
            kind.is_none_or(|k| l.kind == k || if k == EntityKind::Alliance { l.union } else { l.weak })
        };
        item.members.iter().all(fits)
    }

    /// Whether a gap may pass over an item.
    pub(super) fn passes(&self, item: &Item, wide: bool) -> bool {
        match item.kind {
            Kind::Mark => match item.mark {
                b'"' | b'(' | b')' | b'-' | b'\'' | b'/' | b'.' | b'$' | b'%' => true,
                b',' | b':' => wide,
                0 => match self.cut.tokens[item.from].text(self.text) {
                    "“" | "”" => true,
                    "–" | "—" => wide,
                    _ => false,
                },
                _ => false,
            },
            Kind::Group => wide,
            Kind::Word => wide || item.classes & (self.cues.clause | self.cues.with) == 0,
            Kind::Date(..) => true,
        }
    }
}
