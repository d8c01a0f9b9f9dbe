//! Which names an article uses, and which of them mean one entity.

use super::EntityKind;
use super::dates::Dated;
use super::load::{Extractor, Sort};
use super::names::{Guess, judge};
use super::token::{Shape, Token, tokens};
use super::words::ClassSet;
use crate::base::{PartialDate, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A sentence, cut and looked up.
#[derive(Debug)]
pub(super) struct Cut {
    pub span: Span,
    pub tokens: Vec<Token>,
    /// The classes of the longest phrase that begins at each token.
    pub classes: Vec<ClassSet>,
    /// Its number of tokens.
    pub phrase: Vec<u8>,
    pub dates: Vec<Dated>,
    /// Runs that are names, in order.
    pub runs: Vec<Run>,
    /// Most words have capitals, as in a headline.
    pub headline: bool,
}

/// A name in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub from: usize,
    pub to: usize,
    /// The lexicon's entity.
    pub known: Option<u32>,
    /// The article's entity; none for what is no entity.
    pub local: Option<u32>,
}

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
}

/// The entities of an article.
#[derive(Debug, Default)]
pub(super) struct Locals {
    pub all: Vec<Local>,
    by_known: FxHashMap<u32, u32>,
    by_name: FxHashMap<String, u32>,
}

/// Cuts one sentence and finds its names and dates.
pub(super) fn cut(
    x: &Extractor,
    text: &str,
    span: Span,
    anchor: Option<PartialDate>,
    buffer: &mut String,
) -> Cut {
    let mut toks = Vec::new();
    tokens(text, span.range().start, span.range().end, &mut toks);
    x.trie.number(text, &mut toks, buffer);
    let n = toks.len();
    let (mut classes, mut phrase, mut names) = (vec![0; n], vec![1u8; n], vec![None; n]);
    for at in 0..n {
        let hit = x.trie.hit(&toks, at);
        classes[at] = hit.classes;
        phrase[at] = hit.phrase_len.clamp(1, 20) as u8;
        names[at] = hit.name;
    }
    let dates = x.calendar.find(text, &toks, anchor);
    let words = toks.iter().filter(|t| t.shape != Shape::Mark && t.shape != Shape::Number).count();
    let capitals = toks.iter().filter(|t| t.is_name_like()).count();
    let headline = words >= 4 && capitals * 10 > words * 7;
    let mut cut = Cut { span, tokens: toks, classes, phrase, dates, runs: Vec::new(), headline };
    runs(x, text, &mut cut, &names);
    cut
}

fn runs(x: &Extractor, text: &str, cut: &mut Cut, names: &[Option<(u32, u32)>]) {
    let n = cut.tokens.len();
    let heads =
        x.cues.company_head | x.cues.government_head | x.cues.organisation_head | x.cues.alliance_head;
    let mut dated = cut.dates.iter().peekable();
    let mut at = 0;
    while at < n {
        while dated.peek().is_some_and(|d| d.to <= at) {
            dated.next();
        }
        if dated.peek().is_some_and(|d| d.from <= at && at < d.to) {
            at += 1;
            continue;
        }
        let token = cut.tokens[at];
        let mut end = at;
        let is_head = token.is_name_like() && cut.classes[at] & heads != 0 && !cut.headline;
        // "Pemerintah Alfa" is the state Alfa.
        let state = names.get(at + 1).copied().flatten().filter(|(id, _)| x.known[*id as usize].state);
        if let Some((id, len)) =
            state.filter(|_| cut.classes[at] & x.cues.government_word != 0 && names[at].is_none())
        {
            let to = at + 1 + len as usize;
            cut.runs.push(Run { from: at, to, known: Some(id), local: None });
            at = to;
            continue;
        }
        if let Some((id, len)) = names[at] {
            end = at + len as usize;
            let entity = !matches!(x.known[id as usize].sort, Sort::NotAName);
            let next_head = cut.classes.get(end).is_some_and(|c| c & heads != 0);
            let longer =
                if is_head && !next_head && len == 1 { capital_end(cut, text, at, &x.cues) } else { end };
            if longer <= end {
                if entity {
                    let to = local_unit(x, cut, names, id, end);
                    cut.runs.push(Run { from: at, to, known: Some(id), local: None });
                    end = to;
                }
                at = end;
                continue;
            }
        }
        if !token.is_name_like() && token.shape != Shape::Number || token.shape == Shape::Number {
            at = end.max(at + 1);
            continue;
        }
        // "Presiden Alfa", "Ketika Alfa": a capital of a sentence's start or a title.
        let opener = cut.classes[at] & !(heads | x.cues.company_tail | x.cues.event_head) != 0;
        if opener && !is_head && names[at].is_none() {
            at += usize::from(cut.phrase[at]);
            continue;
        }
        // A run of capitals; a known name ends it, unless a head governs it.
        let mut to = if is_head { capital_end(cut, text, at, &x.cues) } else { at + 1 };
        if !is_head {
            while to < n && joins(cut, text, to) && names[to].is_none() && cut.classes[to] & heads == 0 {
                to += 1;
            }
        }
        let plain_word = to == at + 1 && cut.classes[at] != 0 && cut.classes[at] & heads == 0;
        if plain_word || cut.headline {
            at = end.max(at + usize::from(cut.phrase[at]));
            continue;
        }
        // "PT Alfa Beta Tbk": the lexicon may have it without its form.
        let known = is_head.then(|| core(x, cut, names, at, to)).flatten();
        cut.runs.push(Run { from: at, to, known, local: None });
        at = to;
    }
}

/// Where the capitals from `at` on end.
fn capital_end(cut: &Cut, text: &str, at: usize, cues: &super::load::Cues) -> usize {
    let mut to = at + 1;
    let company = cut.classes[at] & cues.company_head != 0;
    let heads = cues.company_head | cues.government_head | cues.organisation_head;
    while to < cut.tokens.len() {
        let next = cut.classes.get(to + 1).copied().unwrap_or(0);
        if company && cut.classes[to] & cues.company_head != 0 {
            break;
        }
        let small = cut.classes[to] & cues.small != 0
            && !company
            && next & heads == 0
            && to + 1 < cut.tokens.len()
            && cut.tokens[to + 1].is_name_like();
        if joins(cut, text, to) {
            to += 1;
        } else if small && to > at {
            to += 2;
        } else if cut.tokens[to].text(text) == "." && to == at + 1 && cut.tokens[to].glued {
            to += 1;
        } else {
            break;
        }
    }
    to
}

/// Whether a token goes on with a name.
fn joins(cut: &Cut, text: &str, at: usize) -> bool {
    let t = cut.tokens[at];
    let next = cut.tokens.get(at + 1);
    match t.shape {
        Shape::Capital | Shape::Upper => true,
        Shape::Number => !t.glued || cut.tokens[at - 1].shape != Shape::Mark,
        Shape::Mark => {
            let name_next = next.is_some_and(|t| t.is_name_like());
            match t.text(text) {
                "-" | "." | "'" | "’" => t.glued && next.is_some_and(|n| n.glued) && name_next,
                "&" | "+" => name_next,
                _ => false,
            }
        }
        Shape::Lower => false,
    }
}

/// A known company with a country's name right after it is its local unit.
fn local_unit(x: &Extractor, cut: &Cut, names: &[Option<(u32, u32)>], id: u32, end: usize) -> usize {
    let company = matches!(x.known[id as usize].sort, Sort::Entity(EntityKind::Company));
    let next = cut.tokens.get(end).filter(|t| t.is_name_like()).and(names.get(end).copied().flatten());
    match next {
        Some((place, len)) if company => {
            let k = &x.known[place as usize];
            if k.state { end + len as usize } else { end }
        }
        _ => {
            let tail = cut.classes.get(end).is_some_and(|c| c & x.cues.company_tail != 0);
            if company && tail && cut.tokens[end].is_name_like() { end + 1 } else { end }
        }
    }
}

/// The lexicon's entity inside a run with a company's form around it.
fn core(x: &Extractor, cut: &Cut, names: &[Option<(u32, u32)>], from: usize, to: usize) -> Option<u32> {
    if cut.classes[from] & x.cues.company_head == 0 {
        return None;
    }
    let start = (from + 1..to).find(|at| cut.tokens[*at].shape != Shape::Mark)?;
    let (id, len) = names[start]?;
    let company = matches!(x.known[id as usize].sort, Sort::Entity(EntityKind::Company));
    let mut end = start + len as usize;
    while end < to {
        let rest = names[end].filter(|(id, _)| {
            let k = &x.known[*id as usize];
            k.state
        });
        end += match rest {
            Some((_, len)) => len as usize,
            None if cut.classes[end] & x.cues.company_tail != 0 => 1,
            None => return None,
        };
    }
    company.then_some(id)
}

/// Decides what every run means, over all sentences.
pub(super) fn resolve(x: &Extractor, text: &str, cuts: &mut [Cut]) -> Locals {
    split_titles(x, text, cuts);
    let mut locals = Locals::default();
    let mut guesses: FxHashMap<String, (Guess, bool)> = FxHashMap::default();
    let mut aliases: Vec<(String, (usize, usize))> = Vec::new();
    for (s, cut) in cuts.iter().enumerate() {
        for (r, run) in cut.runs.iter().enumerate() {
            if let Some(short) = bracket_after(cut, text, run.to) {
                aliases.push((short.to_string(), (s, r)));
            }
            if run.known.is_some() {
                continue;
            }
            let guess = if borne(x, cut, text, r) {
                Guess::Sure(Sort::Person)
            } else {
                judge(cut, &x.cues, text, run.from, run.to)
            };
            let inside = run.from > 0 && cut.tokens[run.from - 1].shape == Shape::Lower;
            let slot = guesses.entry(run_text(cut, text, run).to_lowercase()).or_insert((guess, inside));
            slot.1 |= inside;
            slot.0 = stronger(slot.0, guess);
        }
    }
    let people: FxHashSet<String> = guesses
        .iter()
        .filter(|(_, g)| g.0 == Guess::Sure(Sort::Person))
        .flat_map(|(name, _)| name.split(' ').map(str::to_string).chain([name.clone()]))
        .collect();
    for cut in cuts.iter_mut() {
        for r in 0..cut.runs.len() {
            let run = cut.runs[r];
            let span = Span { start: cut.tokens[run.from].start, end: cut.tokens[run.to - 1].end };
            let written = run_text(cut, text, &run);
            cut.runs[r].local = match run.known {
                Some(id) => locals.known(x, id, written, span),
                None => {
                    let lower = written.to_lowercase();
                    match guesses.get(&lower) {
                        _ if people.contains(&lower) => None,
                        Some((Guess::Sure(Sort::Entity(kind)), _)) => {
                            Some(locals.named(written, &lower, *kind, false, span))
                        }
                        Some((Guess::Maybe, true)) => {
                            Some(locals.named(written, &lower, EntityKind::Company, true, span))
                        }
                        _ => None,
                    }
                }
            };
        }
    }
    locals.join_aliases(cuts, &aliases);
    locals
}

/// Whether a run is the bearer of a title: "CEO Alfa, Budi", "Presiden Alfa Budi".
fn borne(x: &Extractor, cut: &Cut, text: &str, r: usize) -> bool {
    let Some(before) = r.checked_sub(1).map(|n| cut.runs[n]) else { return false };
    let titled = before.from > 0 && cut.classes[before.from - 1] & x.cues.person_title != 0;
    let run = cut.runs[r];
    let comma = run.from == before.to + 1 && cut.tokens[before.to].text(text) == ",";
    titled && before.known.is_some() && (run.from == before.to || comma)
}

/// "CEO Alfa Budi Cita": where the article also names "Alfa" alone, the title's
/// run is cut after it.
fn split_titles(x: &Extractor, text: &str, cuts: &mut [Cut]) {
    let titled = |cut: &Cut, run: &Run| run.from > 0 && cut.classes[run.from - 1] & x.cues.company_title != 0;
    let mut alone: FxHashSet<String> = FxHashSet::default();
    for cut in cuts.iter() {
        let own = cut.runs.iter().filter(|r| r.known.is_none() && !titled(cut, r));
        alone.extend(own.map(|r| run_text(cut, text, r).to_lowercase()));
    }
    for cut in cuts.iter_mut() {
        for r in 0..cut.runs.len() {
            let run = cut.runs[r];
            if run.known.is_some() || !titled(cut, &run) {
                continue;
            }
            let part = |to: usize| run_text(cut, text, &Run { to, ..run }).to_lowercase();
            if let Some(to) = (run.from + 1..run.to).rev().find(|to| alone.contains(&part(*to))) {
                cut.runs[r].to = to;
                cut.classes[run.from - 1] &= !x.cues.person_title;
            }
        }
    }
}

fn stronger(a: Guess, b: Guess) -> Guess {
    let rank = |g: Guess| match g {
        Guess::Sure(Sort::Person) => 4,
        Guess::Sure(Sort::Place) => 2,
        Guess::Sure(_) => 3,
        Guess::Maybe => 1,
        Guess::No => 0,
    };
    if rank(b) > rank(a) { b } else { a }
}

pub(super) fn run_text<'t>(cut: &Cut, text: &'t str, run: &Run) -> &'t str {
    &text[cut.tokens[run.from].start as usize..cut.tokens[run.to - 1].end as usize]
}

/// The short name in brackets right after a name: "Alfa Beta (AB)".
fn bracket_after<'t>(cut: &Cut, text: &'t str, to: usize) -> Option<&'t str> {
    let open = cut.tokens.get(to).filter(|t| t.text(text) == "(")?;
    let close = (to + 2..(to + 5).min(cut.tokens.len())).find(|at| cut.tokens[*at].text(text) == ")")?;
    let inner = text[open.end as usize..cut.tokens[close].start as usize].trim();
    let name_like = cut.tokens[to + 1].is_name_like() && inner.len() >= 2;
    (name_like && inner != "Persero").then_some(inner)
}

impl Locals {
    fn known(&mut self, x: &Extractor, id: u32, written: &str, span: Span) -> Option<u32> {
        let known = &x.known[id as usize];
        let Sort::Entity(kind) = known.sort else { return None };
        let next = self.all.len() as u32;
        let local = *self.by_known.entry(id).or_insert(next);
        if local == next {
            let names = known.names.iter().cloned().collect();
            let name = known.name.clone();
            self.all.push(Local { name, kind, state: known.state, weak: false, names, first: span });
        }
        self.all[local as usize].names.insert(written.into());
        Some(local)
    }

    fn named(&mut self, written: &str, lower: &str, kind: EntityKind, weak: bool, span: Span) -> u32 {
        if let Some(local) = self.by_name.get(lower) {
            return *local;
        }
        let local = self.all.len() as u32;
        self.by_name.insert(lower.to_string(), local);
        let names = BTreeSet::from([Arc::from(written)]);
        self.all.push(Local { name: written.into(), kind, state: false, weak, names, first: span });
        local
    }

    /// Lets abbreviations in brackets mean what stands before them, and short
    /// forms of one longer name that name.
    fn join_aliases(&mut self, cuts: &mut [Cut], aliases: &[(String, (usize, usize))]) {
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
                same.insert(part, full);
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
        for run in cuts.iter_mut().flat_map(|c| c.runs.iter_mut()) {
            run.local = run.local.map(|l| same.get(&l).copied().unwrap_or(l));
        }
    }
}

/// The word by which a longer name is often called.
fn short_form(name: &str) -> Option<String> {
    let words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
    let first = words.iter().find(|w| !matches!(w.as_str(), "pt" | "pt." | "cv" | "bank" | "grup"))?;
    (first.chars().count() > 3).then(|| first.clone())
}
