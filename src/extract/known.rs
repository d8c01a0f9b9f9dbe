//! What the lexicons list.

use super::EntityKind;
use super::lines::LineSet;
use std::sync::{Arc, OnceLock};

/// The state of the news: its ministries bear no other state's name, and say "we" of it.
pub(super) const HOME: &str = "Indonesia";

/// What a lexicon's entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Entity(EntityKind),
    Place,
    Person,
    NotAName,
}

/// One thing of the lexicons.
#[derive(Debug)]
pub(super) struct Known {
    pub sort: Sort,
    /// It is a state, or speaks for one: a mere place unless it acts.
    pub state: bool,
    /// It is a bloc of states, which has members.
    pub bloc: bool,
    /// The state that this person acts for.
    pub leads: Option<u32>,
    /// The state that this firm comes from.
    pub home: Option<u32>,
    /// The government of this region.
    pub governed: Option<u32>,
    /// It governs a region.
    pub governs: bool,
    /// The lines of business that it is in.
    pub lines: LineSet,
    /// The file that lists it.
    pub file: u32,
    /// The place of its first name, and how many names and products it has.
    pub first: u32,
    pub names: u32,
    pub products: u32,
    /// How many of the names, from the first, are its own: no epithet, demonym or capital.
    pub own: u32,
    /// Its names, once they are asked for: an article has few of the thousands.
    pub made: OnceLock<Box<Names>>,
}

/// What a thing is called.
#[derive(Debug)]
pub(super) struct Names {
    /// The canonical one first.
    pub all: Vec<Arc<str>>,
    /// What it makes, and competes under.
    pub products: Vec<Arc<str>>,
    /// The canonical name in lower case without its legal forms, once it is asked for.
    pub core: OnceLock<Box<str>>,
}

impl Known {
    pub(super) fn name<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.first)
    }

    /// The last of its names that are not its own: a state's capital, where one is given.
    pub(super) fn capital<'t>(&self, texts: &'t Texts) -> Option<&'t str> {
        (self.names > self.own).then(|| texts.of(self.first + self.names - 1))
    }

    pub(super) fn called(&self, texts: &Texts) -> &Names {
        self.made.get_or_init(|| {
            let these = |from: u32, count: u32| (from..from + count).map(|n| texts.of(n).into()).collect();
            let products = these(self.first + self.names, self.products);
            Box::new(Names { all: these(self.first, self.names), products, core: OnceLock::new() })
        })
    }
}

/// Many short texts, by number.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn reserve(&mut self, count: usize, bytes: usize) {
        self.text.reserve(bytes);
        self.ends.reserve(count);
    }

    pub(super) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    /// Takes in others behind its own.
    pub(super) fn append(&mut self, others: &Texts) {
        let start = self.text.len() as u32;
        self.text.push_str(&others.text);
        self.ends.extend(others.ends.iter().map(|end| start + end));
    }

    pub(super) fn of(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }
}
