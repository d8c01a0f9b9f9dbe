//! What one match gives: pairs, who is left without the other side, and how it is put.

use super::EntityKind;
use super::discourse::About;
use super::element::Past;
use super::group::joined;
use super::guards::Guard;
use super::item::word;
use super::matcher::{Filler, Match, Matcher};
use super::open::{Open, Put};
use super::others::others_act;
use super::pattern::{Give, Pattern};
use super::sound::{is_sound, own_subject, works_in};
use super::{ClaimKind, Evidence, Status};
use crate::base::Span;
use std::borrow::Cow;

/// How many members a group may have whose pairs are claimed.
const MAX_GROUP: usize = 24;

/// How far behind what is announced its parties may be named.
const PARTIES: usize = 12;

/// How many names side by side tell of each other that they are no people's.
const LIST: usize = 3;

/// All pairs of a group.
fn within(all: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    all.iter().enumerate().flat_map(|(n, a)| all[n + 1..].iter().map(|b| (*a, *b)))
}

/// A match at its trigger, behind what earlier sentences left open.
pub(super) struct Given<'a, 'o> {
    pub matcher: &'a Matcher<'a>,
    pub about: &'a About,
    pub pattern: &'a Pattern,
    pub at: usize,
    pub m: &'a Match,
    pub open: &'o Open,
    /// The sentence's number.
    pub now: usize,
}

/// Who is left without the other side.
#[derive(Default)]
pub(super) struct Left<'a> {
    pub side: Cow<'a, [u32]>,
    /// Whom a penalty struck that nobody is known to have issued.
    pub struck: Cow<'a, [u32]>,
}

impl<'a> Given<'a, '_> {
    /// Whom the match names itself, a group for each slot.
    fn named(&self) -> impl Iterator<Item = &'a [u32]> {
        self.m.slots.iter().flatten().filter_map(|slot| match slot {
            Filler::Item(n) => Some(&*self.matcher.items[*n].members),
            Filler::Past(_) => None,
        })
    }

    /// What earlier sentences left for a filler of the past, and how it was put there.
    fn left_before(&self, past: Past) -> Option<(&[u32], Put)> {
        self.open.of(self.pattern.kind, past, self.now)
    }

    /// Whom a slot stands for.
    fn members(&self, slot: u8) -> Cow<'a, [u32]> {
        let Matcher { items, cues, locals, .. } = *self.matcher;
        match self.m.slots[slot as usize] {
            Some(Filler::Past(Past::Topic))
                if self.about.topic.is_some_and(|topic| self.acts_another(topic)) =>
            {
                Cow::default()
            }
            Some(Filler::Past(Past::Topic)) => match self
                .source_firm()
                .or_else(|| own_subject(&items[..self.at], locals, cues))
            {
                Some(subject)
                    if self.pattern.kind == ClaimKind::Partner
                        && !self.named().any(|members| members.contains(&subject)) =>
                {
                    vec![subject].into()
                }
                _ if self.about.topic.is_some_and(|topic| self.is_state_of_firms(topic)) => Cow::default(),
                _ => self.about.topic.as_slice().into(),
            },
            Some(Filler::Past(Past::Alliance)) => self.about.alliance.as_slice().into(),
            Some(Filler::Past(Past::Pair)) => self.about.pair.as_slice().as_flattened().into(),
            Some(Filler::Past(past)) => {
                self.left_before(past).map(|(side, _)| side.to_vec()).unwrap_or_default().into()
            }
            Some(Filler::Item(n)) => {
                let members = &*items[n].members;
                members[..members.len().min(MAX_GROUP)].into()
            }
            None => Cow::default(),
        }
    }

    /// "Menurut direktur Alfa, kerja sama dengan Beta": whose leader says so, of its own.
    fn source_firm(&self) -> Option<u32> {
        let Matcher { items, cues, locals, .. } = *self.matcher;
        let comma = items[..self.at].iter().position(|i| i.mark == b',')?;
        // Nothing but a preposition or noun stands between the two.
        let near = items[0].classes & cues.source != 0 && self.at <= comma + 2;
        let titles = cues.company_title | cues.person_title;
        let led = |n: &usize| items[*n].members.len() == 1 && items[n - 1].classes & titles != 0;
        let at = (1..comma).find(led).filter(|_| near && self.pattern.kind == ClaimKind::Partner)?;
        let firm = items[at].members[0];
        (locals.all[firm as usize].kind == EntityKind::Company).then_some(firm)
    }

    /// "Alfa membuka acara. Warga bekerja sama dengan Beta": whether a common noun tells that
    /// others than the topic do it.
    fn acts_another(&self, topic: u32) -> bool {
        let Matcher { text, cut, items, locals, .. } = *self.matcher;
        let topic = &locals.all[topic as usize];
        others_act(text, cut, &items[..=self.at.min(items.len() - 1)], self.matcher.cues, topic)
    }

    /// "Malaysia berduka. Kemarin BYD, pesaingnya, menang": whether a state would be told of
    /// with firms.
    fn is_state_of_firms(&self, topic: u32) -> bool {
        let local = |n: &u32| &self.matcher.locals.all[*n as usize];
        let firms = |members: &[u32]| members.iter().all(|n| local(n).kind == EntityKind::Company);
        let rival = self.pattern.kind == ClaimKind::Rival;
        rival && local(&topic).state && self.named().all(firms)
    }

    /// The pairs that a careful reader would take.
    pub(super) fn pairs(&self) -> Vec<(u32, u32)> {
        let Given { matcher, pattern, at, m, .. } = *self;
        let mut pairs = self.all_pairs();
        // "Perusahaan ini adalah milik Alfa" completes no list, but "Salah satunya Alfa" does.
        if m.has(Past::Open) && self.members(1).len() < 2 && !self.is_one_of() {
            pairs.clear();
        }
        // "Alfa menggandeng Beta. Isu itu ditepis": what was told as done isn't meant.
        let done = |(_, (before, _)): (&[u32], Put)| before == Status::Asserted;
        if m.has(Past::More) && m.has(Past::Same) && self.left_before(Past::Same).is_some_and(done) {
            pairs.clear();
        }
        // "Alfa menjajaki Beta dan Gama. Kesepakatan itu batal": not that of the two.
        if m.has(Past::Pair)
            && let Some((side, _)) = self.left_before(Past::Same)
        {
            pairs.retain(|(a, b)| !side.contains(a) || !side.contains(b));
        }
        // "Alfa menghukum Beta. Komite Banding mencabut sanksi itu": Alfa's is no more.
        if pattern.kind == ClaimKind::Sanction
            && pattern.status == Some(Status::Negated)
            && m.has(Past::Same)
            && let Some((issuer, _)) = self.left_before(Past::Issuer)
            && !pairs.iter().any(|(a, _)| issuer.contains(a))
        {
            let whom: Vec<u32> = pairs.drain(..).map(|(_, b)| b).collect();
            pairs.extend(whom.into_iter().flat_map(|b| issuer.iter().map(move |a| (*a, b))));
        }
        if pairs.is_empty() || Guard::new(matcher, pattern, at, m).forbids() {
            return Vec::new();
        }
        if pattern.kind == ClaimKind::Partner {
            pairs.retain(|(a, b)| !works_in(matcher, m, at, *a, *b) && !works_in(matcher, m, at, *b, *a));
            if let Some(parties) = self.parties() {
                pairs.retain(|(a, b)| parties.contains(a) && parties.contains(b));
            }
        }
        // Whom the issuer struck last.
        let same = if m.has(Past::Issuer) { self.left_before(Past::Same) } else { None };
        let peers = same.map(|(side, _)| side).unwrap_or_default();
        // What only its place makes an entity, nothing but a plain wording does, or a list
        // with others.
        if pattern.fallback && matches!(pattern.gives[..], [Give::Cross(..)]) {
            let sure = |n: u32| !matcher.locals.all[n as usize].weak;
            let listed = |n: u32| self.named().any(|all| all.len() >= LIST && all.contains(&n));
            // Whom an issuer strikes, too, needs no more than its place.
            let also = m.has(Past::Issuer);
            let penalty = pattern.kind == ClaimKind::Sanction;
            pairs.retain(|(a, b)| sure(*a) && (sure(*b) || penalty && (also || listed(*b))));
        }
        let mutual = pattern.kind != ClaimKind::Sanction;
        pairs.retain(|(a, b)| is_sound(matcher, at, m, mutual, (*a, *b), peers));
        pairs
    }

    /// "Alfa bersama Beta mengumumkan perjanjian antara Gama dan Delta": whose it is, where those
    /// who act are all named before.
    fn parties(&self) -> Option<&'a [u32]> {
        let Matcher { items, cues, .. } = *self.matcher;
        let acts = |slot: &Filler| matches!(slot, Filler::Item(n) if *n < self.at);
        let behind = self.at + 1..items.len().min(self.at + PARTIES);
        let between = behind.rev().find(|n| items[*n].classes & cues.between != 0)?;
        let parties = &*items.get(between + 1)?.members;
        (parties.len() > 1 && self.m.slots.iter().flatten().all(acts)).then_some(parties)
    }

    /// "Salah satunya Alfa", but not "Salah satunya milik Alfa".
    fn is_one_of(&self) -> bool {
        let Matcher { text, cut, items, cues, .. } = *self.matcher;
        let head = word(text, cut, &items[self.at]).get(..10);
        let owned = || self.m.last.checked_sub(1).is_some_and(|n| items[n].classes & cues.owner != 0);
        head.is_some_and(|w| w.eq_ignore_ascii_case("salah satu")) && !owned()
    }

    /// The pairs as the pattern tells them.
    fn all_pairs(&self) -> Vec<(u32, u32)> {
        let Given { matcher, pattern, m, .. } = *self;
        let mut pairs = Vec::new();
        for give in &pattern.gives {
            match *give {
                Give::Cross(a, b) => {
                    let (a, b) = (self.members(a), self.members(b));
                    // "Alfa dan Beta mengecam lawan Alfa": Beta is none.
                    let both = |n: &u32| a.contains(n) && b.contains(n);
                    if pattern.kind == ClaimKind::Rival && a.iter().any(both) {
                        continue;
                    }
                    for a in &*a {
                        pairs.extend(b.iter().map(|b| (*a, *b)));
                    }
                }
                Give::Within(a) => match m.slots[a as usize] {
                    // "Alfa-Beta dan Gama-Delta": each with its own.
                    Some(Filler::Item(n))
                        if let Some(parts) = joined(matcher.text, matcher.cut, &matcher.items[n]) =>
                    {
                        parts.iter().for_each(|part| pairs.extend(within(part)));
                    }
                    _ => pairs.extend(within(&self.members(a))),
                },
            }
        }
        pairs
    }

    /// Who is left without the other side, where the match gives these pairs.
    pub(super) fn left(&self, pairs: &[(u32, u32)]) -> Left<'a> {
        let penalty = self.pattern.kind == ClaimKind::Sanction;
        let side = match pairs.first().filter(|_| penalty) {
            Some((issuer, _)) => vec![*issuer].into(),
            None if self.pattern.opens => self.members(0),
            None => Cow::default(),
        };
        let struck = self.pattern.opens && side.is_empty() && pairs.is_empty() && penalty;
        Left { side, struck: if struck { self.members(1) } else { Cow::default() } }
    }

    /// The second side, to which another sentence may add.
    pub(super) fn others(&self, pairs: &[(u32, u32)]) -> Cow<'a, [u32]> {
        match self.pattern.gives.first() {
            Some(Give::Cross(0, 1)) if !pairs.is_empty() && !self.m.has(Past::Same) => self.members(1),
            _ => Cow::default(),
        }
    }

    /// What the sentence says, no surer than the one that it completes, and the date of that.
    pub(super) fn before(&self, mut status: Status) -> Put {
        let m = self.m;
        let put = |past| self.left_before(past).map(|(_, put)| put);
        // What was planned is no more than that, once it is told of whom.
        if (m.has(Past::Open) || m.has(Past::More))
            && let Some((before, _)) = put(Past::Open)
        {
            status = status.max(before);
        }
        if let Some((before, _)) = put(Past::Struck).filter(|_| m.has(Past::Struck)) {
            status = status.max(before);
        }
        // "Alfa memblokir tiga situs kemarin. Ketiganya adalah …": on that day.
        let then =
            [Past::Open, Past::More, Past::Issuer, Past::Struck].into_iter().filter(|past| m.has(*past));
        (status, then.filter_map(put).find_map(|(_, date)| date))
    }

    /// Where the text says so.
    pub(super) fn evidence(&self) -> Evidence {
        let Matcher { cut, items, .. } = *self.matcher;
        let first = items[self.m.first.min(items.len() - 1)].from;
        let last = items[self.m.last.clamp(self.m.first, items.len() - 1)].to;
        let span = Span { start: cut.tokens[first].start, end: cut.tokens[last - 1].end };
        Evidence { span, sentence: cut.span, pattern: self.pattern.name.clone() }
    }
}
