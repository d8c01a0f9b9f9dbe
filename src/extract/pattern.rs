//! Patterns: the little language of their shapes.
//!
//! A shape is a row of elements, parted by spaces:
//! - `A`, `B`, `C`: a group of entities; `B:alliance` of that kind only;
//! - `@class` or `@class|class`: a word or phrase of these classes;
//! - `word`: that word itself; `,` and other marks too;
//! - `~4`: up to four words that name nobody, within the clause; `~~9`: up to
//!   nine of anything, within the sentence;
//! - `subject=A`, `with=B`, `of=B:alliance`: the group in a grammatical role to
//!   the trigger, wherever it stands; see [`Role`] for all of them;
//! - `element?`: there or not; `T`: whom the text has been about, `P`: the
//!   two whom it has been about, `O`: who was left without the other side just
//!   before, by a pattern that `opens`, `M`: the same, where one more may be told of
//!   by itself, `I`: who punished last, `S`: the other side of what was told last, if
//!   it was of the pattern's kind, `L`: the alliance named last (all are slot `A` and take no room);
//!   `W`: the same as `S`, and slot `B`; `V`: whom a penalty struck just before, by a pattern that `opens` with slot `B` alone (slot `B`);
//! - `!with`: nobody, named or not, follows behind "dengan" in the clause;
//! - `^`: nothing stands before it in the sentence.
//!
//! The first `@class` with a dot in its name (a trigger) anchors the pattern.

use super::classes::{ClassSet, Classes, Wanted};
use super::data::PatternEntry;
use super::element::{Element, Past};
use super::needs::Needs;
use super::role::Role;
use super::{ClaimKind, EntityKind, Status};
use std::sync::Arc;

/// Which pairs a match gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Give {
    /// Each of the one with each of the other.
    Cross(u8, u8),
    /// All pairs of a group.
    Within(u8),
}

/// A pattern, ready to match.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub name: Arc<str>,
    pub kind: ClaimKind,
    pub elements: Vec<Element>,
    /// Each element as the shape has it.
    pub words: Vec<Box<str>>,
    /// The element that is looked for first.
    pub anchor: usize,
    /// What stands behind the anchor is looked for before what stands ahead of it.
    pub behind_first: bool,
    /// The classes of the anchor.
    pub trigger: ClassSet,
    pub needs: Needs,
    pub gives: Vec<Give>,
    /// Slot `A` is left without the other side.
    pub opens: bool,
    pub status: Option<Status>,
    pub fallback: bool,
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

impl Pattern {
    /// Whether it only goes on with what a sentence just before left open.
    pub(super) fn goes_on(&self) -> bool {
        self.looks_back(Past::Open) || self.looks_back(Past::More) || self.looks_back(Past::Struck)
    }

    /// Whether one of its slots is for such as earlier sentences named.
    pub(super) fn looks_back(&self, past: Past) -> bool {
        self.elements.iter().any(|e| matches!(e, Element::Topic(_, p) if *p == past))
    }

    /// All classes that its elements ask for.
    pub(super) fn asked(&self) -> ClassSet {
        fn of(element: &Element) -> ClassSet {
            match element {
                Element::Class(wanted) => wanted.set(),
                Element::Maybe(inner) => of(inner),
                _ => ClassSet::NONE,
            }
        }
        self.elements.iter().fold(ClassSet::NONE, |set, e| set | of(e))
    }

    pub(super) fn compile(entry: &PatternEntry, classes: &Classes) -> Result<Pattern, String> {
        let kind = ClaimKind::from_name(&entry.kind)
            .ok_or_else(|| format!("\"{}\" is none of partner, rival, sanction", entry.kind))?;
        let status = match &entry.status {
            Some(s) => Some(Status::from_name(s).ok_or_else(|| format!("\"{s}\" is no status"))?),
            None => None,
        };
        let mut elements = Vec::new();
        let mut anchor = None;
        for word in entry.shape.split_whitespace() {
            let (bare, maybe) = match word.strip_suffix('?') {
                Some(bare) if !bare.is_empty() => (bare, true),
                _ => (word, false),
            };
            let element = element(bare, classes)?;
            if let (Element::Class(set), None, true) = (&element, anchor, bare.contains('.')) {
                anchor = Some((elements.len(), set.set()));
            }
            elements.push(if maybe { Element::Maybe(Box::new(element)) } else { element });
        }
        for (n, e) in elements.iter().enumerate() {
            let left = anchor.is_none_or(|(a, _)| n < a);
            if let Element::Role(role, ..) = e
                && role.is_left() != left
            {
                let side = if left { "before" } else { "behind" };
                return Err(format!("a role of the other side stands {side} its trigger"));
            }
        }
        if anchor.is_some_and(|(a, _)| elements[..a].contains(&Element::Alone)) {
            return Err("\"!with\" stands before its trigger".into());
        }
        let (anchor, trigger) = anchor.ok_or("its shape has no trigger such as @team_up.active")?;
        let slots = |n: u8| {
            elements.iter().any(|e| {
                matches!(e, Element::Slot(s, _) | Element::Topic(s, _) | Element::Role(_, s, _) if *s == n)
            })
        };
        let slot = |s: &str| match s.trim() {
            "A" if slots(0) => Ok(0),
            "B" if slots(1) => Ok(1),
            "C" if slots(2) => Ok(2),
            s => Err(format!("it gives \"{s}\", but its shape has no such slot")),
        };
        let mut gives = Vec::new();
        for part in entry.gives.split(',').filter(|part| !(entry.opens && part.is_empty())) {
            gives.push(match part.split_once('-') {
                Some((a, b)) => Give::Cross(slot(a)?, slot(b)?),
                None => Give::Within(slot(part)?),
            });
        }
        Ok(Pattern {
            name: entry.name.as_str().into(),
            kind,
            needs: Needs::of(&elements, anchor),
            behind_first: behind_first(&elements[..anchor], &elements[anchor + 1..]),
            elements,
            words: entry.shape.split_whitespace().map(Box::from).collect(),
            anchor,
            trigger,
            gives,
            opens: entry.opens,
            status,
            fallback: entry.fallback,
            examples: entry.examples.clone(),
            counter_examples: entry.counter_examples.clone(),
        })
    }
}

/// Whether only what stands before the anchor asks for a walk over the clause.
fn behind_first(left: &[Element], right: &[Element]) -> bool {
    let walks = |e: &Element| matches!(e, Element::Role(..) | Element::Topic(..) | Element::Alone);
    let slot = |e: &Element| match e {
        Element::Slot(s, _) | Element::Role(_, s, _) | Element::Topic(s, _) => Some(*s),
        Element::Maybe(inner) => match **inner {
            Element::Slot(s, _) => Some(s),
            _ => None,
        },
        _ => None,
    };
    // Which of two fills a slot is a matter of order.
    let apart = !left.iter().filter_map(slot).any(|s| right.iter().filter_map(slot).any(|other| s == other));
    apart && left.iter().any(walks) && !right.iter().any(walks)
}

fn element(word: &str, classes: &Classes) -> Result<Element, String> {
    if let Some(names) = word.strip_prefix('@') {
        let mut set = ClassSet::NONE;
        for name in names.split('|') {
            match classes.get(name) {
                none if none == 0 => return Err(format!("there is no word class \"{name}\"")),
                bit => set |= bit,
            }
        }
        return Ok(Element::Class(Wanted::new(set)));
    }
    if let Some(count) = word.strip_prefix('~') {
        let (count, wide) = count.strip_prefix('~').map_or((count, false), |c| (c, true));
        let most = count.parse().map_err(|_| format!("\"{word}\" is no gap such as ~4"))?;
        return Ok(Element::Gap { most, wide });
    }
    if let Some((role, slot)) = word.split_once('=') {
        let role = Role::from_name(role).ok_or_else(|| format!("there is no role \"{role}\""))?;
        return match self::element(slot, classes)? {
            Element::Slot(s, kind) => Ok(Element::Role(role, s, kind)),
            _ => Err(format!("\"{slot}\" is no slot such as A")),
        };
    }
    let (bare, kind) = word.split_once(':').map_or((word, None), |(w, k)| (w, EntityKind::from_name(k)));
    Ok(match bare {
        "A" => Element::Slot(0, kind),
        "B" => Element::Slot(1, kind),
        "C" => Element::Slot(2, kind),
        "T" => Element::Topic(0, Past::Topic),
        "P" => Element::Topic(0, Past::Pair),
        "O" => Element::Topic(0, Past::Open),
        "I" => Element::Topic(0, Past::Issuer),
        "S" => Element::Topic(0, Past::Same),
        "W" => Element::Topic(1, Past::Same),
        "M" => Element::Topic(0, Past::More),
        "L" => Element::Topic(0, Past::Alliance),
        "V" => Element::Topic(1, Past::Struck),
        "^" => Element::Start,
        "!with" => Element::Alone,
        _ => Element::Word(word.to_lowercase().into()),
    })
}
