//! Dates of facts that another sentence tells: "Penandatanganan itu berlangsung
//! Kamis (12/3/2020)" dates the agreement told before, and what is agreed "dalam
//! MoU tersebut" is as old as that MoU.

use super::ClaimKind;
use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::token::same_in_lower;
use crate::base::PartialDate;
use std::collections::BTreeMap;

/// How many sentences back a fact may be that a sentence dates.
pub(super) const BACK: usize = 3;
/// The same for an event that the sentence points at.
const FAR_BACK: usize = BACK * 4;
/// How many claims are told of at least before the old ones are let go of.
const KEPT: usize = 256;
/// Among how many sentences the news stands that an article begins with.
const LEAD: usize = 3;
/// How far from a sentence's start the noun stands that refers to a fact.
const OPENING: usize = 6;
/// How far behind the noun its verb may stand, and behind the verb the date.
const REACH: usize = 40;

/// A claim: its kind and entities.
pub(super) type Key = (ClaimKind, u32, u32);

/// What the last sentences told, and when.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The sentence's number, from 1.
    now: usize,
    /// In which sentence each claim was told last, of those that were told lately.
    told: BTreeMap<Key, usize>,
    /// The last of those sentences; 0 for none.
    latest: usize,
    /// The last date of the sentence before.
    last_date: Option<PartialDate>,
    /// The date that the claims of the sentence before bear.
    last_fact: Option<PartialDate>,
    /// The date that the sentence before began with, and where that sentence ends.
    frame: Option<(PartialDate, u32)>,
    /// Whom the news names that the article begins with, or is about, and its date.
    news: Vec<(Vec<u32>, PartialDate)>,
    /// An event of the sentence before, as written there, with its date.
    event: Option<(String, PartialDate)>,
}

impl Told {
    /// Behind so many sentences.
    pub(super) fn at(now: usize) -> Told {
        Told { now, ..Told::default() }
    }

    /// The number of the latest sentence.
    pub(super) fn now(&self) -> usize {
        self.now
    }

    /// Begins a sentence; lets go of what no sentence looks back to any more.
    pub(super) fn begin(&mut self) {
        self.now += 1;
        if self.told.len() > KEPT {
            let first = self.now.saturating_sub(FAR_BACK);
            self.told.retain(|_, at| *at >= first);
        }
    }

    /// Takes note of a claim of this sentence.
    pub(super) fn note(&mut self, key: Key) {
        self.told.insert(key, self.now);
        self.latest = self.now;
    }

    /// The date that this sentence takes over from the one before.
    pub(super) fn inherited(
        &self,
        text: &str,
        cut: &Cut,
        items: &[Item],
        cues: &Cues,
    ) -> Option<PartialDate> {
        let opening = || items.iter().take(OPENING);
        if opening().any(|i| i.classes & cues.event_noun != 0 && i.classes & cues.that != 0) {
            return self.last_date;
        }
        let noun = opening().position(|i| i.classes & cues.event_noun != 0)?;
        let that = items.iter().skip(noun + 1).take(2).any(|i| i.classes & cues.that != 0);
        // "MoU pada 7 Juni 2011. Lewat MoU itu".
        let same = |(event, _): &&(String, _)| same_in_lower(event, word(text, cut, &items[noun]));
        let event = || self.event.as_ref().filter(same).map(|(_, date)| *date);
        self.last_fact.or_else(event).filter(|_| that)
    }

    /// "Pada 9 Mei 2014, suporter menyalakan suar. Alfa didenda": the date that the
    /// sentence before began with, in the same paragraph.
    pub(super) fn framed(&self, text: &str, cut: &Cut) -> Option<PartialDate> {
        let (date, end) = self.frame?;
        let between = text.get(end as usize..cut.span.start as usize)?;
        (!between.contains('\n')).then_some(date)
    }

    /// The latest claims of the sentences before, which this one may date.
    pub(super) fn dated(&self) -> Vec<Key> {
        let latest = self.latest;
        if latest == self.now || latest == 0 || latest + BACK < self.now {
            return Vec::new();
        }
        self.told.iter().filter(|(_, at)| **at == latest).map(|(key, _)| *key).collect()
    }

    /// The claims of the sentences just before, and of this one; of more sentences for "kerja
    /// sama itu".
    pub(super) fn lately(&self, that: bool) -> Vec<Key> {
        let back = if that { FAR_BACK } else { BACK };
        self.told.iter().filter(|(_, at)| **at + back >= self.now).map(|(key, _)| *key).collect()
    }

    /// The two of whom alone the last sentences told; who punishes is in no pair with the punished.
    pub(super) fn couple(&self) -> Option<[u32; 2]> {
        let latest = self.latest;
        if latest + BACK < self.now {
            return None;
        }
        let told = self.told.iter().filter(|((kind, ..), at)| **at == latest && *kind != ClaimKind::Sanction);
        let mut keys = told.map(|((_, a, b), _)| (*a, *b));
        let (a, b) = keys.next()?;
        keys.all(|(c, d)| (c, d) == (a, b) || (c, d) == (b, a)).then_some([a, b])
    }

    /// The claims of this sentence.
    pub(super) fn now_told(&self) -> impl Iterator<Item = &Key> {
        let any = (self.latest == self.now).then_some(&self.told);
        any.into_iter().flatten().filter(|(_, at)| **at == self.now).map(|(key, _)| key)
    }

    /// Takes note of the news that an article begins with.
    pub(super) fn note_news(&mut self, items: &[Item], date: Option<PartialDate>, cues: &Cues) {
        let spoken = cues.speech | cues.source | cues.planned | cues.same_subject;
        // "Peluncuran Alfa hari ini dihadiri Beta dan Gama" stands further down as well.
        let noun = items
            .first()
            .is_some_and(|i| i.classes & cues.announcing != 0 && i.classes & cues.event_noun != 0);
        if (self.now <= LEAD || noun)
            && let Some(date) = date
            && items.iter().any(|i| i.classes & cues.announcing != 0)
            && !items.iter().any(|i| i.classes & spoken != 0)
        {
            let named = items.iter().filter(|i| i.kind == Kind::Group).flat_map(|i| i.members.iter());
            self.news.push((named.copied().collect(), date));
        }
    }

    /// The date of the news, for two whom it names.
    pub(super) fn of_news(&self, a: u32, b: u32) -> Option<PartialDate> {
        self.news.iter().find(|(all, _)| all.contains(&a) && all.contains(&b)).map(|(_, date)| *date)
    }

    /// Ends a sentence whose claims bear `fact`.
    pub(super) fn end(
        &mut self,
        text: &str,
        cut: &Cut,
        items: &[Item],
        cues: &Cues,
        fact: Option<PartialDate>,
    ) {
        (self.event, self.frame, self.last_date, self.last_fact) = (None, None, None, fact);
        if cut.dates.is_empty() {
            return;
        }
        self.event =
            dated_event(items, cues).map(|(at, date)| (word(text, cut, &items[at]).to_string(), date));
        let mut fronted = items.iter().take(OPENING / 2).take_while(|i| i.kind != Kind::Group);
        let date = fronted.find_map(|i| match i.kind {
            Kind::Date(date, false) => Some(date),
            _ => None,
        });
        let told = || !items.iter().any(|i| i.classes & (cues.speech | cues.source | cues.planned) != 0);
        self.frame = date.filter(|_| told()).map(|date| (date, cut.span.end));
        self.last_date = items.iter().rev().find_map(|i| match i.kind {
            Kind::Date(date, _) => Some(date),
            _ => None,
        });
    }
}

/// "nota kesepahaman antara … pada 7 Juni 2011": the last such noun
/// with a date behind it in its clause.
fn dated_event(items: &[Item], cues: &Cues) -> Option<(usize, PartialDate)> {
    let (date_at, date) = items.iter().enumerate().rev().find_map(|(n, i)| match i.kind {
        Kind::Date(date, false) => Some((n, date)),
        _ => None,
    })?;
    let clause =
        items[..date_at].iter().rposition(|i| i.classes & (cues.clause | cues.speech | cues.source) != 0);
    let from = clause.map_or(0, |n| n + 1).max(date_at.saturating_sub(REACH / 2));
    let noun = (from..date_at).rev().find(|n| items[*n].classes & cues.event_noun != 0)?;
    Some((noun, date))
}

/// The date of what the sentence begins with: an agreement, an event or the like that
/// was held, signed or announced then.
pub(super) fn of_event(items: &[Item], cues: &Cues) -> Option<PartialDate> {
    let noun = items.iter().take(OPENING).position(|i| i.classes & cues.event_noun != 0)?;
    let named = items[..noun].iter().any(|i| i.kind == Kind::Group);
    // "Menurut dia, keputusan itu diambil Kamis".
    let led = items[..noun].iter().rposition(|i| i.mark == b',').map_or(0, |comma| comma + 1);
    let denied = cues.negated | cues.until | cues.speech | cues.source;
    // "Laga itu akan digelar Kamis": a match that is to come is one all the same.
    let to_come =
        items[noun].classes & cues.match_noun == 0 && items.iter().any(|i| i.classes & cues.planned != 0);
    if named || to_come || items[led..].iter().any(|i| i.classes & denied != 0) {
        return None;
    }
    let verb =
        (noun + 1..items.len().min(noun + REACH)).find(|n| items[*n].classes & cues.support_passive != 0)?;
    // "Laga Kamis (12/3) itu digelar di Bandung".
    let before = items[noun + 1..verb].iter().find_map(|i| match i.kind {
        Kind::Date(date, _) => Some(date),
        _ => None,
    });
    if before.is_some() {
        return before;
    }
    let ends = cues.same_subject | cues.clause;
    let mut relative = true;
    for n in verb + 1..items.len().min(verb + REACH) {
        let item = &items[n];
        if let Kind::Date(date, _) = item.kind {
            // "hingga 2025" is when it ends.
            let over = items[n - 1].classes & cues.and != 0;
            return (!over).then_some(date);
        }
        // "yang disaksikan oleh …" may stand between, once.
        let which = item.classes & cues.clause != 0 && std::mem::take(&mut relative);
        if item.classes & ends != 0
            && !which
            && !matches!(items.get(n + 1).map(|i| i.kind), Some(Kind::Date(..)))
        {
            return None;
        }
    }
    None
}
