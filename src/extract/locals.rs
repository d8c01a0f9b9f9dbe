//! The entities of one article: which names, short forms and abbreviations are one.

use super::EntityKind;
use super::cut::{Cut, clean, clean_text, run_text};
use super::extractor::Extractor;
use super::known::Sort;
use super::legal::core;
use super::lines::LineSet;
use super::looks::abbreviates;
use super::spelt::Spelt;
use super::token::{lower, same_in_lower};
use super::units::part_units;
use crate::base::Span;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// About so many bytes has a name.
const BYTES: usize = 16;
/// The most entities for which room is made before they are known.
const ROOM: usize = 28;

/// No entity's number.
const NOBODY: u32 = u32::MAX;

/// An entity of the article.
#[derive(Debug)]
pub(super) struct Local {
    pub name: Arc<str>,
    pub kind: EntityKind,
    pub state: bool,
    /// An alliance, or a bloc of states.
    pub union: bool,
    /// The lexicon's entry.
    pub id: Option<u32>,
    /// The lexicon's entry for the state that a firm comes from.
    pub home: Option<u32>,
    /// Only its place in a claim can make it an entity.
    pub weak: bool,
    /// The article only names what it makes: a claim alone makes it an entity.
    pub by_product: bool,
    /// Its names, in no order.
    pub names: Vec<Arc<str>>,
    pub first: Span,
    /// Its name as the article gives it: the lexicon's, if that is among them.
    pub written: Arc<str>,
    /// How often the article names it.
    pub count: u32,
    /// What it is in the lexicons.
    known: Option<u32>,
}

impl Local {
    /// The lines of business of a firm, by the lexicons or else by its name; none where nothing
    /// tells them.
    pub(super) fn lines(&self, x: &Extractor) -> LineSet {
        let listed = self.id.map_or(0, |id| x.known[id as usize].lines);
        if listed != 0 {
            return listed;
        }
        let words = self.name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(|w| x.lines.of_name(x.trie.word(&w.to_lowercase()))).fold(0, |all, lines| all | lines)
    }
}

/// The entities of an article.
#[derive(Debug, Default)]
pub(super) struct Locals {
    pub all: Vec<Local>,
    /// The most mentions that any company or body has.
    pub most: u32,
    by_known: FxHashMap<u32, u32>,
    /// The names that no lexicon has.
    pub spelt: Spelt,
    /// The entities of these names.
    by_name: Vec<u32>,
}

impl Locals {
    /// Numbers the names of all runs that no lexicon has, and tells where these are: the
    /// sentence and the run.
    pub(super) fn number(&mut self, text: &str, cuts: &mut [Cut]) -> Vec<(usize, usize)> {
        let (mut runs, mut names, mut units) = (0, 0, false);
        for cut in cuts.iter() {
            runs += cut.runs.len();
            for run in &cut.runs {
                names += usize::from(run.known.is_none());
                units |= run.unit;
            }
        }
        if units {
            part_units(text, cuts);
        }
        let mut buffer = String::new();
        self.spelt.reserve(names, names * BYTES);
        self.all.reserve(runs.min(ROOM));
        self.by_known.reserve((runs - names).min(ROOM));
        let mut unlisted = Vec::with_capacity(names);
        for (s, cut) in cuts.iter_mut().enumerate() {
            for r in 0..cut.runs.len() {
                if cut.runs[r].known.is_some() {
                    continue;
                }
                let written = clean_text(cut, text, &cut.runs[r]);
                cut.runs[r].spelt = match written.is_ascii() {
                    true => self.spelt.ascii_intern(&written),
                    false => self.spelt.intern(lower(&written, &mut buffer)),
                };
                unlisted.push((s, r));
            }
        }
        self.by_name.resize(self.spelt.len(), NOBODY);
        unlisted
    }

    /// The lexicon's entity, written so; `told` by its leader only, as in "Bupati Alfa".
    pub(super) fn known(
        &mut self,
        x: &Extractor,
        id: u32,
        written: &str,
        told: bool,
        span: Span,
    ) -> Option<u32> {
        let known = &x.known[id as usize];
        let Sort::Entity(kind) = known.sort else { return None };
        let called = known.called(&x.texts);
        let next = self.all.len() as u32;
        let local = *self.by_known.entry(id).or_insert(next);
        if local == next {
            let names = called.all.clone();
            let name = called.all[0].clone();
            self.all.push(Local {
                name,
                kind,
                state: known.state,
                union: known.bloc || kind == EntityKind::Alliance,
                id: Some(id),
                home: known.home,
                weak: false,
                by_product: true,
                names,
                first: span,
                written: Arc::default(),
                count: 0,
                known: Some(id),
            });
        }
        let l = &mut self.all[local as usize];
        let product = called.products.iter().find(|p| written.ends_with(&***p));
        l.by_product &= product.is_some_and(|p| **p == *written);
        if product.is_some() {
            return Some(local);
        }
        // As most are written: its first name.
        if *l.name != *written && l.names.iter().all(|name| **name != *written) {
            l.names.push(written.into());
        }
        if !told && l.written != l.name && *l.written != *written {
            // "Republik Alfa" is Alfa in full.
            let full = written.ends_with(&*l.name);
            let own = || !full && called.all[..known.own as usize].iter().any(|n| same_in_lower(n, written));
            if same_in_lower(written, &l.name) {
                l.written = l.name.clone();
            } else if l.written.is_empty() && (!known.state || own()) {
                l.written = written.into();
            }
        }
        Some(local)
    }

    pub(super) fn named(
        &mut self,
        written: &str,
        spelt: u32,
        kind: EntityKind,
        weak: bool,
        span: Span,
    ) -> u32 {
        let local = self.all.len() as u32;
        let slot = &mut self.by_name[spelt as usize];
        if *slot != NOBODY {
            return *slot;
        }
        *slot = local;
        let cleaned = clean(written);
        let name: Arc<str> = (*cleaned).into();
        let written = if cleaned == written { name.clone() } else { written.into() };
        self.all.push(Local {
            name: name.clone(),
            kind,
            state: false,
            union: kind == EntityKind::Alliance,
            id: None,
            home: None,
            weak,
            by_product: false,
            names: vec![name, written.clone()],
            first: span,
            written,
            count: 0,
            known: None,
        });
        local
    }

    /// The entity that the article itself has under a name in lower case.
    pub(super) fn of_name(&self, lower: &str) -> Option<u32> {
        let number = self.spelt.number(lower) as usize;
        self.by_name.get(number).copied().filter(|local| *local != NOBODY)
    }

    /// Lets abbreviations in brackets mean what stands before them, and short
    /// forms of one longer name that name.
    pub(super) fn join_aliases(
        &mut self,
        x: &Extractor,
        text: &str,
        cuts: &mut [Cut],
        aliases: &[(&str, (usize, usize))],
    ) {
        let mut same = self.of_aliases(x, cuts, aliases);
        let is_long = |l: &Local| l.name.as_bytes().contains(&b' ');
        let long: Vec<u32> =
            self.all.iter().zip(0..).filter(|(l, _)| !l.state && is_long(l)).map(|(_, n)| n).collect();
        let short = |(l, n): (&Local, u32)| (l.known.is_none() && !is_long(l)).then_some(n);
        let short: Vec<u32> = self.all.iter().zip(0..).filter_map(short).collect();
        self.join_short(&long, short, &mut same);
        self.join_cores(x, &long, &mut same);
        for (part, full) in same.clone() {
            if same.contains_key(&full) {
                same.remove(&part);
            }
        }
        self.merge(&same);
        name_shorts(text, cuts, aliases);
        let mut meant: Vec<u32> = (0..self.all.len() as u32).collect();
        same.iter().for_each(|(part, full)| meant[*part as usize] = *full);
        for run in cuts.iter_mut().flat_map(|c| c.runs.iter_mut()) {
            if let Some(l) = &mut run.local {
                *l = meant[*l as usize];
                self.all[*l as usize].count += 1;
            }
        }
    }

    /// Which entities are one with another, since a short form of both stands behind its name.
    fn of_aliases(
        &mut self,
        x: &Extractor,
        cuts: &[Cut],
        aliases: &[(&str, (usize, usize))],
    ) -> FxHashMap<u32, u32> {
        let mut buffer = String::new();
        // The aliases, and a bit for how long each is.
        let (mut names, mut lengths) = (Spelt::default(), 0u64);
        let bit = |name: &str| 1 << name.len().min(63);
        for (short, _) in aliases {
            let short = lower(short, &mut buffer);
            lengths |= bit(short);
            names.intern(short);
        }
        // The first entity of each of these names.
        let mut by_any = vec![None; names.len()];
        for (l, n) in self.all.iter().zip(0u32..).filter(|_| lengths != 0) {
            let may = |name: &&Arc<str>| lengths & bit(name) != 0 || !name.is_ascii();
            for name in l.names.iter().filter(may) {
                let slot = &mut by_any[names.number(lower(name, &mut buffer)) as usize];
                *slot = slot.or(Some(n));
            }
        }
        by_any[0] = None;
        let mut same: FxHashMap<u32, u32> = FxHashMap::default();
        for (short, (s, r)) in aliases {
            let Some(full) = cuts[*s].runs[*r].local else { continue };
            let Some(part) = by_any[names.number(lower(short, &mut buffer)) as usize] else {
                let names = &mut self.all[full as usize].names;
                if names.iter().all(|name| **name != **short) {
                    names.push((*short).into());
                }
                continue;
            };
            let (f, p) = (&self.all[full as usize], &self.all[part as usize]);
            let clash = p.known.is_some() && f.known.is_some();
            // "Kuis Alfa (BTV)": what the station shows.
            let head = cuts[*s].classes[cuts[*s].runs[*r].from];
            // "Federasi Alfa Internasional (FIDE)": short for its name in another language.
            let body = p.kind == f.kind && head & (x.cues.organisation_head | x.cues.government_head) != 0;
            let other = p.known.is_some()
                && f.known.is_none()
                && !body
                && head & x.cues.company_head == 0
                && !abbreviates(short, &f.name)
                && !p.names.iter().any(|n| shares_word(n, &f.name));
            if full != part && !p.state && !f.state && !clash && !other {
                // "Univeristas Alfa Beta (UAB)": the lexicon has it by nearly that name.
                let nearly = p.known.is_some() && (body || p.names.iter().any(|n| resembles(n, &f.name)));
                let (from, to) = if nearly { (full, part) } else { (part, full) };
                same.insert(from, to);
            }
        }
        same
    }

    /// "Alfa" is the one longer name that begins so.
    fn join_short(&self, long: &[u32], short: Vec<u32>, same: &mut FxHashMap<u32, u32>) {
        if short.is_empty() {
            return;
        }
        let mut buffer = String::new();
        // Each first word with the one longer name that it begins.
        let (mut firsts, mut begun) = (Spelt::default(), vec![None]);
        firsts.reserve(long.len(), long.len() * BYTES);
        for n in long {
            if let Some(first) = short_form(&self.all[*n as usize].name, &mut buffer) {
                let number = firsts.intern(first) as usize;
                match begun.get_mut(number) {
                    Some(only) => *only = None,
                    None => begun.push(Some(*n)),
                }
            }
        }
        for n in short.into_iter().filter(|_| begun.len() > 1) {
            let l = &self.all[n as usize];
            if same.contains_key(&n) {
                continue;
            }
            let only = begun[firsts.number(lower(&l.name, &mut buffer)) as usize];
            if let Some(full) = only.filter(|o| l.weak || !self.all[*o as usize].weak) {
                same.insert(n, full);
            }
        }
    }

    /// "Alfa Energy Ltd" is "Alfa Energy".
    fn join_cores(&self, x: &Extractor, long: &[u32], same: &mut FxHashMap<u32, u32>) {
        if long.len() < 2 {
            return;
        }
        let mut buffer = String::new();
        let (mut cores, mut first_of) = (Spelt::default(), vec![None]);
        cores.reserve(long.len(), long.len() * BYTES);
        for n in long.iter().copied() {
            let l = &self.all[n as usize];
            let number = match l.known.and_then(|id| x.known[id as usize].made.get()) {
                Some(called) => {
                    let made = || core(x, lower(&l.name, &mut buffer)).into();
                    cores.intern(called.core.get_or_init(made))
                }
                None => cores.intern(core(x, lower(&l.name, &mut buffer))),
            } as usize;
            match first_of.get(number) {
                None => first_of.push(Some(n)),
                Some(Some(first)) if !same.contains_key(&n) && !same.contains_key(first) => {
                    let listed = l.known.is_some();
                    if !(listed && self.all[*first as usize].known.is_some()) {
                        let (part, full) = if listed { (*first, n) } else { (n, *first) };
                        same.insert(part, full);
                        first_of[number] = Some(full);
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// Gives what a part has to the whole.
    fn merge(&mut self, same: &FxHashMap<u32, u32>) {
        for (part, full) in same {
            let names = std::mem::take(&mut self.all[*part as usize].names);
            let Local { weak, by_product, first, .. } = self.all[*part as usize];
            let l = &mut self.all[*full as usize];
            l.names.extend(names);
            l.first = l.first.min(first);
            l.weak &= weak;
            l.by_product &= by_product;
        }
    }
}

/// Short forms that nothing else tells to be names mean what they stand behind.
fn name_shorts(text: &str, cuts: &mut [Cut], aliases: &[(&str, (usize, usize))]) {
    let mut buffer = String::new();
    let (mut shorts, mut meant) = (Spelt::default(), vec![None]);
    for (short, (s, r)) in aliases {
        if let Some(full) = cuts[*s].runs[*r].local {
            shorts.intern(lower(short, &mut buffer));
            meant.resize(shorts.len(), Some(full));
        }
    }
    if meant.len() == 1 {
        return;
    }
    for cut in cuts {
        for r in 0..cut.runs.len() {
            let run = cut.runs[r];
            if run.local.is_none() && run.known.is_none() {
                let written = lower(run_text(cut, text, &run), &mut buffer);
                cut.runs[r].local = meant[shorts.number(written) as usize];
            }
        }
    }
}

/// Whether more than half of a name's words, two or more, are another's too.
fn resembles(name: &str, other: &str) -> bool {
    let words = name.split(' ').count();
    let shared = name.split(' ').filter(|w| other.split(' ').any(|o| o.eq_ignore_ascii_case(w))).count();
    words > 1 && shared > 1 && shared * 2 > words
}

/// Whether two names have a word in common.
fn shares_word(name: &str, other: &str) -> bool {
    name.split(' ').any(|w| w.len() > 3 && other.split(' ').any(|o| o.eq_ignore_ascii_case(w)))
}

/// The word by which a longer name is often called.
fn short_form<'b>(name: &str, buffer: &'b mut String) -> Option<&'b str> {
    let mut words = name.split(' ');
    let own = |word: &&str| !matches!(lower(word, buffer), "pt" | "pt." | "cv" | "bank" | "grup");
    let first = words.find(own)?;
    Some(lower(first, buffer)).filter(|first| first.chars().nth(3).is_some())
}
