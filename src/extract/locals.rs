//! The entities of one article: which names, short forms and abbreviations are one.

use super::EntityKind;
use super::asides::clean;
use super::cut::{Cut, run_text};
use super::load::{Extractor, Sort};
use crate::base::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// An entity of the article.
#[derive(Debug)]
pub(super) struct Local {
    pub name: Arc<str>,
    pub kind: EntityKind,
    pub state: bool,
    /// Only its place in a claim can make it an entity.
    pub weak: bool,
    pub names: BTreeSet<Arc<str>>,
    pub first: Span,
    /// Its name as the article gives it: the lexicon's, if that is among them.
    pub written: Arc<str>,
    /// How often the article names it.
    pub count: u32,
}

/// The entities of an article.
#[derive(Debug, Default)]
pub(super) struct Locals {
    pub all: Vec<Local>,
    /// The most mentions that any company or body has.
    pub most: u32,
    by_known: FxHashMap<u32, u32>,
    by_name: FxHashMap<String, u32>,
}

impl Locals {
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
        let next = self.all.len() as u32;
        let local = *self.by_known.entry(id).or_insert(next);
        if local == next {
            let names = known.names.iter().cloned().collect();
            let name = known.name.clone();
            self.all.push(Local {
                name,
                kind,
                state: known.state,
                weak: false,
                names,
                first: span,
                written: "".into(),
                count: 0,
            });
        }
        let l = &mut self.all[local as usize];
        if !l.names.contains(written) {
            l.names.insert(written.into());
        }
        if !told && l.written != l.name && *l.written != *written {
            let lower = written.to_lowercase();
            let own = || known.names[..known.own].iter().any(|n| n.to_lowercase() == lower);
            if lower == l.name.to_lowercase() {
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
        lower: &str,
        kind: EntityKind,
        weak: bool,
        span: Span,
    ) -> u32 {
        if let Some(local) = self.by_name.get(lower) {
            return *local;
        }
        let local = self.all.len() as u32;
        self.by_name.insert(lower.to_string(), local);
        let name: Arc<str> = clean(written).into();
        let names = BTreeSet::from([name.clone(), written.into()]);
        self.all.push(Local {
            name,
            kind,
            state: false,
            weak,
            names,
            first: span,
            written: written.into(),
            count: 0,
        });
        local
    }

    /// The entity that the article itself has under a name in lower case.
    pub(super) fn of_name(&self, lower: &str) -> Option<u32> {
        self.by_name.get(lower).copied()
    }

    /// Lets abbreviations in brackets mean what stands before them, and short
    /// forms of one longer name that name.
    pub(super) fn join_aliases(
        &mut self,
        text: &str,
        cuts: &mut [Cut],
        aliases: &[(String, (usize, usize))],
    ) {
        let known: FxHashSet<u32> = self.by_known.values().copied().collect();
        let mut by_any: FxHashMap<String, u32> = FxHashMap::default();
        for (l, n) in self.all.iter().zip(0u32..) {
            l.names.iter().for_each(|name| {
                by_any.entry(name.to_lowercase()).or_insert(n);
            });
        }
        let mut same: FxHashMap<u32, u32> = FxHashMap::default();
        for (short, (s, r)) in aliases {
            let (Some(full), Some(part)) =
                (cuts[*s].runs[*r].local, by_any.get(&short.to_lowercase()).copied())
            else {
                if let Some(full) = cuts[*s].runs[*r].local {
                    self.all[full as usize].names.insert(short.as_str().into());
                }
                continue;
            };
            let (f, p) = (&self.all[full as usize], &self.all[part as usize]);
            let clash = known.contains(&part) && known.contains(&full);
            if full != part && !p.state && !f.state && !clash {
                // "Univeristas Alfa Beta (UAB)": the lexicon has it by nearly that name.
                let nearly = known.contains(&part) && p.names.iter().any(|n| resembles(n, &f.name));
                let (from, to) = if nearly { (full, part) } else { (part, full) };
                same.insert(from, to);
            }
        }
        // Each first word with the one longer name that it begins.
        let mut firsts: FxHashMap<String, Option<u32>> = FxHashMap::default();
        for (l, n) in self.all.iter().zip(0u32..).filter(|(l, _)| l.name.contains(' ') && !l.state) {
            if let Some(first) = short_form(&l.name) {
                firsts.entry(first).and_modify(|only| *only = None).or_insert(Some(n));
            }
        }
        for n in 0..self.all.len() as u32 {
            let l = &self.all[n as usize];
            if l.name.contains(' ') || same.contains_key(&n) || known.contains(&n) {
                continue;
            }
            let only = firsts.get(&l.name.to_lowercase()).copied().flatten();
            if let Some(full) = only.filter(|o| l.weak || !self.all[*o as usize].weak) {
                same.insert(n, full);
            }
        }
        for (part, full) in same.clone() {
            if same.contains_key(&full) {
                same.remove(&part);
            }
        }
        for (part, full) in &same {
            let names = std::mem::take(&mut self.all[*part as usize].names);
            let first = self.all[*part as usize].first;
            let weak = self.all[*part as usize].weak;
            let l = &mut self.all[*full as usize];
            l.names.extend(names);
            l.first = l.first.min(first);
            l.weak &= weak;
        }
        // A short form that nothing else tells to be a name.
        let mut shorts: FxHashMap<String, u32> = FxHashMap::default();
        for (short, (s, r)) in aliases {
            if let Some(full) = cuts[*s].runs[*r].local {
                shorts.entry(short.to_lowercase()).or_insert(full);
            }
        }
        for cut in cuts.iter_mut() {
            for r in 0..cut.runs.len() {
                let run = cut.runs[r];
                if run.local.is_none() && run.known.is_none() {
                    cut.runs[r].local = shorts.get(&run_text(cut, text, &run).to_lowercase()).copied();
                }
            }
        }
        for run in cuts.iter_mut().flat_map(|c| c.runs.iter_mut()) {
            run.local = run.local.map(|l| same.get(&l).copied().unwrap_or(l));
            if let Some(l) = run.local {
                self.all[l as usize].count += 1;
            }
        }
    }
}

/// Whether at least half of a name's words, two or more, are another's too.
fn resembles(name: &str, other: &str) -> bool {
    let words = name.split(' ').count();
    let shared = name.split(' ').filter(|w| other.split(' ').any(|o| o.eq_ignore_ascii_case(w))).count();
    words > 1 && shared > 1 && shared * 2 >= words
}

/// The word by which a longer name is often called.
fn short_form(name: &str) -> Option<String> {
    let words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
    let first = words.iter().find(|w| !matches!(w.as_str(), "pt" | "pt." | "cv" | "bank" | "grup"))?;
    (first.chars().count() > 3).then(|| first.clone())
}
