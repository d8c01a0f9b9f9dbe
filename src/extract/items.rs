//! A sentence as groups of entities, dates, cues and plain words; and what
//! "the two companies" or "that company" point back to.

use super::EntityKind;
use super::classes::ClassSet;
use super::cut::Cut;
use super::group::{asides, group};
use super::kin::kin;
use super::load::{Cues, Extractor};
use super::locals::Locals;
use super::parts::is_verb;
use super::token::{Shape, Token};
use super::trims::trims;
use crate::base::PartialDate;
use std::collections::BTreeMap;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Group,
    Date(PartialDate, bool),
    Word,
    Mark,
}

/// One item of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub kind: Kind,
    pub classes: ClassSet,
    /// Tokens, first and one past the last.
    pub from: usize,
    pub to: usize,
    /// The members of a group.
    pub members: Vec<u32>,
    /// It begins with a capital inside a sentence.
    pub capital: bool,
    /// A noun made of a verb: "keinginan", "upaya".
    pub nominal: bool,
    /// It came from a word such as "keduanya".
    pub reference: bool,
    /// It is told by its leader: "Bupati Alfa".
    pub leader: bool,
}

/// Whom the text has been about, from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Discourse {
    /// Entities, the latest last.
    recent: Vec<u32>,
    /// The latest groups of two or more.
    groups: Vec<Vec<u32>>,
    /// The first group of each size.
    first: BTreeMap<usize, Vec<u32>>,
    /// Whether the latest sentence has "the four companies" and none were named before.
    pub wanting: bool,
    /// The company that the last sentences began with.
    pub topic: Option<u32>,
    /// Whose spokesman spoke last.
    speaker: Option<u32>,
    state: Option<u32>,
    alliance: Option<u32>,
    /// What the latest sentence's references mean: tokens and entities.
    pub referred: Vec<(usize, usize, Vec<u32>)>,
}

impl Discourse {
    /// For a sentence that speaks of those who are named only later.
    pub(super) fn ahead(&self) -> Discourse {
        Discourse {
            first: self.first.clone(),
            groups: self.first.values().cloned().collect(),
            ..Discourse::default()
        }
    }

    fn last(&self, n: usize, fits: impl Fn(u32) -> bool) -> Option<Vec<u32>> {
        let whole = |g: &&Vec<u32>| g.len() == n && g.iter().all(|e| fits(*e));
        if let Some(group) = self.groups.iter().rev().take(4).find(whole) {
            return Some(group.clone());
        }
        let mut found: Vec<u32> = Vec::new();
        for e in self.recent.iter().rev().filter(|e| fits(**e)) {
            if !found.contains(e) {
                found.push(*e);
            }
            if found.len() == n {
                found.reverse();
                return Some(found);
            }
        }
        None
    }

    /// Which company "that company" is: none that the sentence has as its subject.
    fn company(&self, here: &[u32], locals: &Locals) -> Option<u32> {
        let Some(topic) = self.topic.filter(|t| here.contains(t)) else { return self.topic };
        let other = |e: &&u32| **e != topic && !locals.all[**e as usize].state;
        self.recent.iter().rev().find(other).copied()
    }

    /// The two entities named last.
    pub(super) fn pair(&self) -> Option<[u32; 2]> {
        self.last(2, |_| true).and_then(|l| l.try_into().ok())
    }

    fn note(&mut self, items: &[Item], locals: &Locals, cues: &Cues, quotes: bool) {
        let mut first = true;
        for (n, item) in items.iter().enumerate() {
            if item.kind != Kind::Group || item.reference {
                continue;
            }
            for m in &item.members {
                let l = &locals.all[*m as usize];
                // "Ditjen Alfa Kementerian Beta": the second only says whose the first is.
                let owner = n > 0 && items[n - 1].kind == Kind::Group;
                if !l.weak && !owner {
                    self.recent.push(*m);
                }
                if l.state {
                    self.state = Some(*m);
                }
                if l.kind == EntityKind::Alliance {
                    self.alliance = Some(*m);
                }
                let subject = n == 0 || items[n - 1].classes & (cues.oblique | cues.area_word) == 0;
                if first
                    && subject
                    && !l.state
                    && !l.weak
                    && l.count * 3 >= locals.most
                    && item.members.len() == 1
                {
                    self.topic = Some(*m);
                    first = false;
                }
            }
            if item.members.len() > 1 {
                // "A menggandeng B dan C" may later be "ketiga perusahaan itu".
                let subject = self.topic.filter(|t| !first && !item.members.contains(t));
                self.groups.extend(subject.map(|t| [&[t], &item.members[..]].concat()));
                self.groups.push(item.members.clone());
                self.first.entry(item.members.len()).or_insert_with(|| item.members.clone());
            }
        }
        if quotes {
            self.speaker = speaker(items, locals, cues).or(self.speaker);
        }
        let spare = self.recent.len().saturating_sub(24);
        self.recent.drain(..spare);
        let spare = self.groups.len().saturating_sub(8);
        self.groups.drain(..spare);
    }
}

/// The body whose spokesman a sentence quotes: "kata Direktur Alfa, Budi".
fn speaker(items: &[Item], locals: &Locals, cues: &Cues) -> Option<u32> {
    let body = |n: usize| {
        let item = &items[n];
        let titled = item.leader || n > 0 && items[n - 1].classes & cues.person_title != 0;
        let one = item.kind == Kind::Group && !item.reference && item.members.len() == 1;
        (one && titled && !locals.all[item.members[0] as usize].weak).then(|| item.members[0])
    };
    items.iter().enumerate().filter(|(_, i)| i.classes & cues.speech != 0).find_map(|(at, _)| {
        let right = (at + 1..items.len().min(at + 9)).find_map(body);
        right.or_else(|| (at.saturating_sub(8)..at).rev().find_map(body))
    })
}

/// The items of a sentence, into `all`; takes note of what it is about.
pub(super) fn items(
    x: &Extractor,
    text: &str,
    cut: &Cut,
    locals: &Locals,
    talk: &mut Discourse,
    all: &mut Vec<Item>,
) {
    let cues = &x.cues;
    plain(x, text, cut, all);
    refer(text, cut, all, cues, talk, locals);
    talk.referred.clear();
    talk.referred.extend(all.iter().filter(|i| i.reference).map(|i| (i.from, i.to, i.members.clone())));
    talk.wanting = cut.all & cues.all_of != 0
        && all.iter().any(|i| i.kind == Kind::Word && i.classes & cues.all_of != 0);
    demote(x, text, cut, all, locals);
    // Most of what follows is about names.
    let mut names = all.iter().filter(|i| i.kind == Kind::Group);
    let (any, several) = (names.next().is_some(), names.next().is_some());
    if any {
        brackets(text, cut, all, cues);
        people(text, cut, all, cues);
        kin(text, cut, all, cues);
        asides(text, cut, all, cues);
    }
    if several {
        trims(x, text, cut, all);
        group(x, text, cut, all);
    }
    if any && cut.all & cues.company_word != 0 {
        apposition(text, cut, all, cues);
    }
    talk.note(all, locals, cues, cut.all & cues.speech != 0);
}

fn plain(x: &Extractor, text: &str, cut: &Cut, all: &mut Vec<Item>) {
    all.clear();
    let (mut runs, mut dates) = (cut.runs.as_slice(), cut.dates.as_slice());
    let mut at = 0;
    while at < cut.tokens.len() {
        while let Some((_, rest)) = runs.split_first().filter(|(r, _)| r.from < at) {
            runs = rest;
        }
        while let Some((_, rest)) = dates.split_first().filter(|(d, _)| d.from < at) {
            dates = rest;
        }
        let (token, classes) = (&cut.tokens[at], cut.classes[at]);
        let (date, run) = (dates.first().filter(|d| d.from == at), runs.first());
        let (kind, to, classes, local) = match (date, run) {
            (Some(d), _) => (Kind::Date(d.date, d.bracketed), d.to.max(at + 1), ClassSet::NONE, None),
            (None, Some(r)) if r.from == at => match r.local {
                Some(local) => (Kind::Group, r.to, ClassSet::NONE, Some(local)),
                None if r.to == at + 1 => (Kind::Word, r.to, classes, None),
                None => (Kind::Word, r.to, ClassSet::NONE, None),
            },
            // "13,4 triliun": its comma parts no clauses.
            _ if decimal(text, cut, at) => (Kind::Word, at + 3, classes, None),
            (None, run) => {
                let limit = run.map_or(usize::MAX, |r| r.from);
                let to = (at + usize::from(cut.phrase[at])).min(limit).max(at + 1);
                let mark = token.shape == Shape::Mark && classes == 0;
                (if mark { Kind::Mark } else { Kind::Word }, to, classes, None)
            }
        };
        all.push(Item {
            kind,
            classes,
            from: at,
            to,
            members: local.map_or_else(Vec::new, |local| vec![local]),
            capital: at > 0 && !cut.headline && token.is_name_like(),
            nominal: nominal(token, text) || cut.classes[at] & x.cues.purpose_noun != 0,
            reference: false,
            leader: local.is_some() && cut.classes[at] & x.cues.person_title != 0,
        });
        at = to;
    }
}

/// A number with a decimal comma, or an amount as "Rp13,4".
fn decimal(text: &str, cut: &Cut, at: usize) -> bool {
    let number = |at: usize| cut.tokens.get(at).is_some_and(|t| t.shape == Shape::Number);
    let glued = |at: usize| cut.tokens.get(at).is_some_and(|t| t.glued);
    let figure = cut.tokens[at].text(text).ends_with(|c: char| c.is_ascii_digit());
    figure && number(at + 2) && glued(at + 1) && glued(at + 2) && cut.tokens[at + 1].text(text) == ","
}

/// "ke…an", "pe…an": what somebody does, as a noun.
fn nominal(token: &Token, text: &str) -> bool {
    if token.end - token.start <= 7 {
        return false;
    }
    let word = token.text(text);
    word.ends_with("an") && (word.starts_with("ke") || word.starts_with("pe"))
}

/// An item as written.
pub(super) fn word<'t>(text: &'t str, cut: &Cut, item: &Item) -> &'t str {
    &text[cut.tokens[item.from].start as usize..cut.tokens[item.to - 1].end as usize]
}

/// Turns "keduanya", "perusahaan asal … itu" and the like into groups.
fn refer(text: &str, cut: &Cut, all: &mut [Item], cues: &Cues, talk: &Discourse, locals: &Locals) {
    // What the sentence itself has named so far counts first.
    let mut here: Vec<u32> = Vec::new();
    for n in 0..all.len() {
        if all[n].kind == Kind::Group {
            // "Alfa, pemain asal Beta, menantang keduanya": Beta is none of the two.
            let part = cues.oblique | cues.owner | cues.area_word;
            if n == 0 || all[n - 1].classes & part == 0 {
                here.extend(all[n].members.iter().filter(|m| !locals.all[**m as usize].weak));
            }
            continue;
        }
        let c = all[n].classes;
        if c & cues.refers() == 0 && cut.all & cues.speech == 0 {
            continue;
        }
        // "kedua negara" are states, "kedua perusahaan" are none.
        let phrase = word(text, cut, &all[n]);
        let states = phrase.ends_with("negara") || phrase.contains("negara ");
        let firms = ["perusahaan", "bank", "maskapai", "vendor"].iter().any(|w| phrase.contains(w));
        let fits =
            |e: u32| (!states || locals.all[e as usize].state) && !(firms && locals.all[e as usize].state);
        let found = if c & cues.both != 0 {
            let mut here: Vec<u32> = here.iter().copied().filter(|e| fits(*e)).collect();
            here.dedup();
            (here.len() == 2).then_some(here).filter(|h| h[0] != h[1]).or_else(|| talk.last(2, fits))
        } else if c & cues.all_of != 0 {
            let count = count_of(word(text, cut, &all[n]));
            count.and_then(|k| talk.last(k, fits))
        } else if c & cues.speaker_ref != 0 {
            let general = word(text, cut, &all[n]).eq_ignore_ascii_case("kita");
            let who = talk.speaker.or(talk.topic.filter(|_| !general));
            speaker(all, locals, cues).or(who).map(|t| vec![t])
        } else if let Some(who) = said_of_itself(text, cut, all, n, cues) {
            Some(who)
        } else if c & cues.company_ref != 0 || is_that_company(text, cut, all, n, cues) {
            talk.company(&here, locals).map(|t| vec![t])
        } else if c & cues.state_ref != 0 {
            talk.state.map(|t| vec![t])
        } else if c & cues.alliance_ref != 0 {
            talk.alliance.map(|t| vec![t])
        } else {
            None
        };
        if found.is_some() && c & (cues.both | cues.all_of) == 0 {
            // "perusahaan asal Tiongkok itu" is one thing: the place in it is none.
            let end = (n + 1..all.len().min(n + 6)).find(|m| all[*m].classes & cues.that != 0);
            for item in all[n + 1..end.unwrap_or(n + 1)].iter_mut() {
                item.kind = Kind::Word;
                item.members.clear();
            }
        }
        if let Some(members) = found {
            all[n].kind = Kind::Group;
            all[n].members = members;
            all[n].reference = true;
        }
    }
}

/// "Alfa mengatakan bahwa mereka": those who speak.
fn said_of_itself(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> Option<Vec<u32>> {
    let verb = (n.saturating_sub(2)..n).rev().find(|m| all[*m].classes & cues.speech != 0)?;
    if !word(text, cut, &all[n]).eq_ignore_ascii_case("mereka") {
        return None;
    }
    let who = verb.checked_sub(1).map(|m| &all[m])?;
    (who.kind == Kind::Group && who.members.len() == 1).then(|| who.members.clone())
}

fn count_of(phrase: &str) -> Option<usize> {
    let lower = phrase.to_lowercase();
    [("ketiga", 3), ("tiga", 3), ("keempat", 4), ("empat", 4), ("kelima", 5), ("lima", 5)]
        .iter()
        .find(|(w, _)| lower.starts_with(w))
        .map(|(_, n)| *n)
}

/// "perusahaan asal Tiongkok itu": a company word, then "itu" with no name but
/// a place between.
fn is_that_company(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
    if all[n].classes & cues.company_word == 0 {
        return false;
    }
    // "Adapun Alfa, perusahaan asal Beta ini, menggandeng": it is told of Alfa.
    let told = n > 1
        && n < 5
        && word(text, cut, &all[n - 1]) == ","
        && all[n - 2].kind == Kind::Group
        && all[..n - 2].iter().all(|i| i.kind == Kind::Word && i.classes == 0);
    if told {
        return false;
    }
    let alone =
        n == 0 && all.get(n + 1).is_some_and(|i| i.kind == Kind::Word && i.classes & cues.verb_like != 0);
    alone
        || all[n + 1..]
            .iter()
            .take(5)
            .take_while(|i| i.kind != Kind::Mark)
            .any(|i| i.classes & cues.that != 0)
            && all[n + 1..].iter().take(5).take_while(|i| i.classes & cues.that == 0).all(|i| {
                i.classes & (cues.clause | cues.with | cues.verb_like) == 0 || word(text, cut, i) == "asal"
            })
}

/// Sources, places and attributes are no actors.
fn demote(x: &Extractor, text: &str, cut: &Cut, all: &mut [Item], locals: &Locals) {
    let cues = &x.cues;
    let mut source = 0;
    let told = cut.all & cues.source != 0;
    for n in 0..all.len() {
        if !told && all[n].kind != Kind::Group {
            continue;
        }
        if all[n].classes & cues.source != 0 {
            source = 3;
            continue;
        }
        if source > 0 && all[n].kind == Kind::Mark && word(text, cut, &all[n]) == "," {
            source = 0;
        }
        if all[n].kind != Kind::Group {
            if source > 0
                && all[n].classes & cues.source == 0
                && !matches!(word(text, cut, &all[n]), "dari" | "oleh")
            {
                source -= 1;
            }
            continue;
        }
        let state = all[n].members.iter().all(|m| locals.all[*m as usize].state) && !all[n].reference;
        let before = n.checked_sub(1).map(|p| &all[p]);
        // "serangan besar Alfa": an adjective after a trigger; "bank Alfa" is a bank, though.
        let head = before.is_some_and(|b| b.classes & cues.company_head != 0);
        let plain = before.is_some_and(|b| b.classes & !cues.title_area == 0);
        // "mitra dagang terbesar kedua Alfa": two of them.
        let more = n > 2 && all[n - 2].kind == Kind::Word && all[n - 2].classes & !cues.title_area == 0;
        let triggered = !head
            && plain
            && n > 1
            && (all[n - 2].classes & x.triggers != 0 || more && all[n - 3].classes & x.triggers != 0);
        // "Bahkan Alfa": a sentence's first word is not what Alfa describes.
        let opener = n == 1 && before.is_some_and(|b| b.classes & !cues.title_area == 0);
        let verb = before.is_some_and(|b| {
            let first = cut.tokens[b.from];
            let word = first.text(text);
            // "Alfa Tegaskan Beta Siap": verbs of headlines have no prefix.
            let bare = cut.headline
                && word.len() > 6
                && word.ends_with("kan")
                && !word.starts_with("Ke")
                && !word.starts_with("Pe");
            b.classes & cues.not_verb == 0 && (bare || first.shape == Shape::Lower && is_verb(word))
        });
        let attribute = !triggered
            && !opener
            && !verb
            && before.is_some_and(|b| {
                b.kind == Kind::Word
                    // "sanksi ke-19 Alfa".
                    && cut.tokens[b.from].shape != Shape::Number
                    && b.classes & (cues.attributive_ok | cues.and | cues.with | cues.government_word) == 0
                    && (b.classes & !cues.title_area == 0
                        || b.classes
                            & (cues.company_word
                                | cues.product_word
                                | cues.company_head
                                | cues.organisation_head
                                | cues.oblique
                                | cues.area_word)
                            != 0)
            });
        if source > 0 || state && attribute {
            let bearer = before.is_some_and(|b| b.classes & (cues.bearer_noun | cues.company_word) != 0);
            all[n].kind = Kind::Word;
            if source == 0 && bearer {
                whence(text, cut, all, n + 1, locals, cues);
            }
        }
    }
}

/// "perusahaan Alfa, Beta dan Gama": they come from each of these.
fn whence(text: &str, cut: &Cut, all: &mut [Item], from: usize, locals: &Locals, cues: &Cues) {
    let mut at = from;
    let mut last = None;
    while last.is_none() {
        let and = all.get(at).is_some_and(|i| i.classes & cues.and != 0);
        let comma = all.get(at).is_some_and(|i| word(text, cut, i) == ",");
        let oxford = usize::from(comma && all.get(at + 1).is_some_and(|i| i.classes & cues.and != 0));
        let state = all.get(at + 1 + oxford).is_some_and(|i| {
            i.kind == Kind::Group && i.members.iter().all(|m| locals.all[*m as usize].state)
        });
        if !(and || comma) || !state {
            return;
        }
        at += 2 + oxford;
        last = (and || oxford > 0).then_some(at);
    }
    for item in &mut all[from..at] {
        if item.kind == Kind::Group {
            item.kind = Kind::Word;
        }
    }
}

/// Drops short brackets, such as the abbreviation after a name.
fn brackets(text: &str, cut: &Cut, all: &mut Vec<Item>, cues: &Cues) {
    let is_tail = |i: &Item| {
        i.kind == Kind::Word && i.classes & cues.company_tail != 0 && cut.tokens[i.from].is_name_like()
    };
    let mut n = 0;
    while n + 1 < all.len() {
        let opens = all[n].kind == Kind::Group && word(text, cut, &all[n + 1]) == "(";
        let close = opens
            .then(|| (n + 2..(n + 9).min(all.len())).find(|m| word(text, cut, &all[*m]) == ")"))
            .flatten();
        match close {
            Some(close) => {
                // "Alfa (Persero) Tbk (ALFA)".
                let tails = all[close + 1..].iter().take_while(|i| is_tail(i)).count();
                let to = all[close + tails].to;
                all.drain(n + 1..=close + tails);
                all[n].to = to;
            }
            None => n += 1,
        }
    }
}

/// "Direktur Alfa, Budi Cita" and "Bupati Alfa Dr. Budi, S.H." stand for Alfa.
fn people(text: &str, cut: &Cut, all: &mut Vec<Item>, cues: &Cues) {
    let mut n = 0;
    while n < all.len() {
        let titled = n > 0 && all[n - 1].classes & cues.person_title != 0;
        if all[n].kind == Kind::Group && (titled || all[n].leader) {
            let comma = all.get(n + 1).is_some_and(|i| word(text, cut, i) == ",");
            let at = bearer(text, cut, all, n + 1 + usize::from(comma), cues);
            if let Some(at) = at {
                let mut end = degrees(text, cut, all, at, cues);
                if all.get(end + 1).is_some_and(|i| word(text, cut, i) == ",") {
                    let then_and = all.get(end + 2).is_some_and(|i| i.classes & cues.and != 0);
                    end += usize::from(!then_and && comma);
                }
                let to = all[end].to;
                all.drain(n + 1..=end);
                all[n].to = to;
            }
        }
        n += 1;
    }
}

/// The person's name from `at` on, behind "Dr. H." and the like.
fn bearer(text: &str, cut: &Cut, all: &[Item], at: usize, cues: &Cues) -> Option<usize> {
    let styles = |i: &&Item| {
        i.kind != Kind::Group && (i.classes & cues.person_prefix != 0 || word(text, cut, i) == ".")
    };
    let at = at + all.iter().skip(at).take(8).take_while(styles).count();
    let names = |i: &Item| {
        let known = i.classes & !(cues.given_name | cues.title_area);
        i.kind == Kind::Word && known == 0 && cut.tokens[i.from].is_name_like()
    };
    all.get(at).is_some_and(names).then_some(at)
}

/// The last item of the person's name at `at` with what stands behind: ", S.H., M.H.".
fn degrees(text: &str, cut: &Cut, all: &[Item], at: usize, cues: &Cues) -> usize {
    let mut end = at;
    loop {
        let comma = usize::from(all.get(end + 1).is_some_and(|i| word(text, cut, i) == ","));
        let degree = |i: &Item| i.kind == Kind::Word && i.classes & cues.degree != 0;
        if !all.get(end + 1 + comma).is_some_and(degree) {
            return end;
        }
        end += 1 + comma;
        // "M.Pd.": its last dot.
        end += usize::from(all.get(end + 1).is_some_and(|i| {
            word(text, cut, i) == "."
                && all.get(end + 2).is_some_and(|i| matches!(word(text, cut, i), "," | ")"))
        }));
    }
}

/// Drops "…, anak usaha Y, …" after a name.
fn apposition(text: &str, cut: &Cut, all: &mut Vec<Item>, cues: &Cues) {
    let mut n = 0;
    while n + 2 < all.len() {
        let opens = all[n].kind == Kind::Group
            && word(text, cut, &all[n + 1]) == ","
            && all[n + 2].classes & cues.company_word != 0;
        if opens {
            let close = (n + 3..(n + 14).min(all.len())).find(|m| word(text, cut, &all[*m]) == ",");
            let verbs = |r: &[Item]| r.iter().any(|i| i.classes & cues.with != 0);
            if let Some(close) = close.filter(|c| !verbs(&all[n + 2..*c])) {
                let to = all[close].to;
                all.drain(n + 1..=close);
                all[n].to = to;
            }
        }
        n += 1;
    }
}
