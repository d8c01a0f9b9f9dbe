//! Making a trace: the stages run as ever, and each sentence is looked at again.

use super::claims::Claims;
use super::classes::ClassSet;
use super::cut::{Cut, Run};
use super::dates;
use super::element::Element;
use super::extractor::Extractor;
use super::item::{Item, Kind};
use super::known::Sort;
use super::matcher::{Match, Matcher};
use super::pattern::Pattern;
use super::run::{Seen, watched};
use super::status::put;
use super::trace::{FiredTrace, MentionTrace, NearTrace, ReferenceTrace, SentenceTrace, TokenTrace, Trace};
use crate::article::{Article, Layout};
use crate::base::Span;
use std::sync::Arc;

/// Near misses told for each trigger.
const MOST_NEAR: usize = 3;

impl Extractor {
    /// Finds what [`Extractor::extract`] finds, and tells how.
    pub fn explain(&self, article: &Article) -> Trace {
        let names: Vec<Arc<str>> = self.class_names.iter().map(|name| Arc::from(&**name)).collect();
        let mut sentences = Vec::new();
        let found = watched(self, article, &mut |seen| {
            sentences.push(Look { x: self, seen, names: &names }.sentence());
        });
        let zones = Layout::of(article, &self.zones).zones;
        Trace { found, zones, sentences }
    }
}

struct Look<'a> {
    x: &'a Extractor,
    seen: &'a Seen<'a>,
    names: &'a [Arc<str>],
}

impl Look<'_> {
    fn sentence(&self) -> SentenceTrace {
        let cut = self.seen.cut;
        let mut trace = SentenceTrace {
            span: cut.span,
            tokens: self.tokens(),
            mentions: cut.runs.iter().map(|run| self.mention(run)).collect(),
            dates: cut.dates.iter().map(|d| (d.date, dates::span(self.seen.text, &cut.tokens, d))).collect(),
            references: self.seen.referred.iter().map(|r| self.reference(r)).collect(),
            ..SentenceTrace::default()
        };
        self.patterns(&mut trace);
        if let Some((parted, items)) = self.seen.again {
            let own = *self.x.by_classes.own();
            self.reread((&parted.cut, own), items, |i| parted.hid(i), &mut trace);
        }
        if let Some((both, items)) = self.seen.both {
            self.reread((both, ClassSet::ALL), items, |_| true, &mut trace);
        }
        trace
    }

    /// Where the tokens `from..to` stand.
    fn span(&self, from: usize, to: usize) -> Span {
        let tokens = &self.seen.cut.tokens;
        match (tokens.get(from), to.checked_sub(1).and_then(|last| tokens.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => {
                Span { start: first.start, end: last.end }
            }
            _ => Span { start: self.seen.cut.span.end, end: self.seen.cut.span.end },
        }
    }

    fn classes(&self, set: ClassSet) -> Vec<Arc<str>> {
        let mut all: Vec<Arc<str>> = set.bits().map(|bit| self.names[bit as usize].clone()).collect();
        all.sort_unstable();
        all
    }

    fn tokens(&self) -> Vec<TokenTrace> {
        let cut = self.seen.cut;
        let mut all = Vec::new();
        let mut at = 0;
        while at < cut.tokens.len() {
            let to = (at + usize::from(cut.phrase[at]).max(1)).min(cut.tokens.len());
            let classes = self.classes(self.x.trie.whole(cut.classes[at]));
            let meant = self.x.trie.mended(self.seen.text, &cut.tokens[at]).map(Arc::from);
            all.push(TokenTrace { span: self.span(at, to), classes, meant });
            at = to;
        }
        all
    }

    fn mention(&self, run: &Run) -> MentionTrace {
        let span = self.span(run.from, run.to);
        let sort = run.known.map(|id| self.x.known[id as usize].sort);
        let Some(local) = run.local else {
            let how = match sort {
                Some(Sort::Place) => "a place of the lexicons",
                Some(Sort::Person) => "a person of the lexicons",
                Some(_) => "no name, by the lexicons",
                None => "not told to be an entity by its form or neighbours",
            };
            return MentionTrace { span, entity: None, how };
        };
        let l = &self.seen.locals.all[local as usize];
        let grouped = self.seen.items.iter().any(|i| {
            i.kind == Kind::Group && i.from <= run.from && run.from < i.to && i.members.contains(&local)
        });
        let inside =
            self.seen.items.iter().any(|i| i.kind == Kind::Group && i.from < run.from && run.from < i.to);
        let how = match () {
            () if !grouped && inside => "said of the entity before it",
            () if !grouped => "takes no part: a source, a place or an attribute",
            () if sort.is_some() => "lexicon",
            () if l.weak => "capitals only: an entity beside a sure one",
            () => "its form or neighbours",
        };
        MentionTrace { span, entity: Some((l.name.clone(), l.kind)), how }
    }

    fn reference(&self, (from, to, members): &(usize, usize, Vec<u32>)) -> ReferenceTrace {
        let cues = &self.x.cues;
        let class = self.seen.cut.classes[*from];
        let named_here = || {
            let before = self.seen.cut.runs.iter().filter(|r| r.from < *from);
            let here: Vec<u32> = before.filter_map(|r| r.local).collect();
            members.iter().all(|m| here.contains(m))
        };
        let asked = self.x.lines.of_nouns(self.seen.cut.tokens[*from..*to].iter().map(|t| t.word));
        let of_line = || {
            let lines = members.iter().map(|m| self.seen.locals.all[*m as usize].lines(self.x));
            !asked.is_empty() && lines.into_iter().all(|own| asked.iter().all(|line| own & line != 0))
        };
        let how = match () {
            () if class & cues.both != 0 && named_here() => "the two that the sentence names",
            () if class & cues.both != 0 => "the two named last",
            () if class & cues.all_of != 0 => "as many as were named last",
            () if class & cues.state_ref != 0 => "the state named last",
            () if class & cues.alliance_ref != 0 => "the alliance named last",
            () if class & (cues.company_ref | cues.company_word) != 0 && of_line() => {
                "a firm of that line of business"
            }
            () if class & (cues.company_ref | cues.company_word) != 0 => "whom the text is about",
            () => "whom its speaker stands for",
        };
        let entities = members.iter().map(|m| self.seen.locals.all[*m as usize].name.clone()).collect();
        ReferenceTrace { span: self.span(*from, *to), entities, how }
    }

    fn patterns(&self, trace: &mut SentenceTrace) {
        let Seen { text, cut, items, locals, about, .. } = *self.seen;
        let matcher = Matcher::new(self.x, text, cut, items, locals);
        for (at, item) in items.iter().enumerate() {
            if item.classes & self.x.all_triggers == 0 || !item.members.is_empty() {
                continue;
            }
            let trigger = self.span(item.from, item.to);
            let whole = self.x.trie.whole(item.classes);
            let mut near: Vec<(usize, NearTrace)> = Vec::new();
            let mut taken: Option<Arc<str>> = None;
            for pattern in self.x.patterns.iter().filter(|p| p.trigger.meets(&whole)) {
                let miss = |failed, at, reason| NearTrace {
                    pattern: pattern.name.clone(),
                    trigger,
                    shape: pattern.words.join(" "),
                    failed,
                    at,
                    reason,
                };
                let Some(found) = matcher.at(pattern, at) else {
                    near.extend(
                        self.miss(&matcher, pattern, at)
                            .map(|(fits, failed, place, reason)| (fits, miss(Some(failed), place, reason))),
                    );
                    continue;
                };
                let whole = pattern.elements.len();
                if let (true, Some(other)) = (pattern.fallback, &taken) {
                    let reason = format!("a fallback, and \"{other}\" took the trigger");
                    near.push((whole, miss(None, trigger, reason)));
                    continue;
                }
                let (open, now) = self.seen.left.clone();
                let mut own = Claims::behind(open, now + 1);
                if own.take(&matcher, about, pattern, at, &found) {
                    taken.get_or_insert_with(|| pattern.name.clone());
                    let claims = own.into_sorted();
                    let because = put(&matcher, about.today, at, &found, pattern).because;
                    let because = because.map(|n| self.span(items[n].from, items[n].to));
                    trace.fired.push(FiredTrace { pattern: pattern.name.clone(), trigger, because, claims });
                } else if !pattern.opens {
                    let reason = "it fits, but no two sure entities fill its slots".to_string();
                    near.push((whole, miss(None, self.whole(items, &found), reason)));
                }
            }
            near.sort_by_key(|(fits, _)| std::cmp::Reverse(*fits));
            trace.near.extend(near.into_iter().take(MOST_NEAR).map(|(_, near)| near));
        }
    }

    /// What another reading of the sentence gives by triggers of these classes: what longer
    /// phrases of the data hide, and what it says as one with the sentence before.
    fn reread(
        &self,
        (cut, classes): (&Cut, ClassSet),
        items: &[Item],
        is_new: impl Fn(&Item) -> bool,
        trace: &mut SentenceTrace,
    ) {
        let Seen { text, locals, about, .. } = *self.seen;
        let matcher = Matcher::new(self.x, text, cut, items, locals);
        let span =
            |from: usize, to: usize| Span { start: cut.tokens[from].start, end: cut.tokens[to - 1].end };
        for (at, item) in items.iter().enumerate().filter(|(_, i)| is_new(i) && i.members.is_empty()) {
            let trigger = span(item.from, item.to);
            let own = self.x.trie.whole(item.classes) & classes;
            let mut taken = false;
            for pattern in self.x.patterns.iter().filter(|p| !p.opens && p.trigger.meets(&own)) {
                let Some(found) = matcher.at(pattern, at).filter(|_| !(pattern.fallback && taken)) else {
                    continue;
                };
                let (open, now) = self.seen.left.clone();
                let mut own = Claims::behind(open, now + 1);
                if own.take(&matcher, about, pattern, at, &found) {
                    taken = true;
                    let claims = own.into_sorted();
                    let because = put(&matcher, about.today, at, &found, pattern).because;
                    let because = because.map(|n| span(items[n].from, items[n].to));
                    trace.fired.push(FiredTrace { pattern: pattern.name.clone(), trigger, because, claims });
                }
            }
        }
    }

    fn whole(&self, items: &[Item], m: &Match) -> Span {
        let last = m.last.clamp(m.first, items.len() - 1);
        self.span(items[m.first.min(last)].from, items[last].to)
    }

    /// How far a pattern fits: the number of its elements that do, the first
    /// one outwards from the trigger that doesn't, where, and so told. None
    /// if only the trigger fits.
    fn miss(&self, matcher: &Matcher, pattern: &Pattern, at: usize) -> Option<(usize, String, Span, String)> {
        let items = self.seen.items;
        let anchor = pattern.anchor;
        let part = |range: std::ops::Range<usize>| Pattern {
            elements: pattern.elements[range.clone()].to_vec(),
            anchor: anchor - range.start,
            ..pattern.clone()
        };
        let to_right = |to: &usize| matcher.at(&part(anchor..*to), at).is_some();
        let right = (anchor + 1..=pattern.elements.len()).take_while(to_right).last().unwrap_or(anchor + 1);
        let to_left = |from: &usize| matcher.at(&part(*from..anchor + 1), at).is_some();
        let left = (0..=anchor).rev().take_while(to_left).last().unwrap_or(anchor);
        let free = |e: &&Element| !matches!(e, Element::Gap { .. } | Element::Maybe(_));
        let fits = pattern.elements[left..right].iter().filter(free).count();
        let good = matcher.at(&part(left..right), at)?;
        let right_failed = right < pattern.elements.len();
        let left_failed = left > 0;
        if fits < 2 || right_failed && left_failed {
            return None;
        }
        let edge = |n: usize| self.span(items[n].from, items[n].to);
        let (failed, side, near) = match right_failed {
            true => (right, "behind", good.last.min(items.len() - 1)),
            false => (left - 1, "before", good.first.min(items.len() - 1)),
        };
        let (most, wide) = gap_beside(pattern, failed);
        let outwards = (0..=usize::from(most)).map_while(|n| {
            if right_failed { items.get(near + 1 + n) } else { items.get(near.checked_sub(1 + n)?) }
        });
        let stop = outwards.enumerate().find(|(n, i)| *n == usize::from(most) || !matcher.passes(i, wide));
        let cut = self.seen.cut.span;
        let place = match stop {
            Some((_, item)) => self.span(item.from, item.to),
            None if right_failed => Span { start: cut.end, end: cut.end },
            None => Span { start: cut.start, end: cut.start },
        };
        let word = pattern.words[failed].to_string();
        let within = if most > 0 { format!(" within {most} words") } else { String::new() };
        let reason = format!("no `{word}`{within} {side} \"{}\"", &self.seen.text[edge(near).range()]);
        Some((fits, word, place, reason))
    }
}

/// The gap between an element and what stands nearer to the trigger.
fn gap_beside(pattern: &Pattern, failed: usize) -> (u8, bool) {
    let nearer = if failed > pattern.anchor { failed - 1 } else { failed + 1 };
    match pattern.elements.get(nearer) {
        Some(Element::Gap { most, wide }) => (*most, *wide),
        _ => (0, false),
    }
}
