//! Whom the text has been about: what "that company" and "the two" point back to.

use super::EntityKind;
use super::bystanders::{is_bystander, is_possessor};
use super::cues::Cues;
use super::cut::Cut;
use super::extractor::Extractor;
use super::item::{Item, Kind, words_of};
use super::lines::LineSet;
use super::locals::Locals;
use super::token::Token;
use crate::base::PartialDate;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// For how many sentences the alliance named last is meant.
const LATELY: usize = 4;

/// How far from a word of speech the body stands for which somebody speaks.
const SPEAKER: usize = 8;
/// How far it does beside the speaker's own name.
const BESIDE: usize = 4;
/// How many words a person's name may have.
const MOST_NAMES: usize = 4;

/// Whom a sentence may mean without a name.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct About {
    /// Whom the text is about.
    pub topic: Option<u32>,
    /// The two named last.
    pub pair: Option<[u32; 2]>,
    /// The alliance named last.
    pub alliance: Option<u32>,
    /// The day on which the article appeared.
    pub today: Option<PartialDate>,
}

/// Whom the text has been about, from sentence to sentence.
#[derive(Debug, Default, Clone)]
pub(super) struct Discourse {
    /// The day on which the article appeared.
    today: Option<PartialDate>,
    /// Entities, the latest last.
    recent: Vec<u32>,
    /// What lines of business the text tells of firms.
    lines: FxHashMap<u32, LineSet>,
    /// Whom people speak for, by each word of their names in lower case; none where it is
    /// the name of several.
    people: FxHashMap<Box<str>, Option<u32>>,
    /// The latest groups of two or more.
    groups: Vec<Vec<u32>>,
    /// The first group of each size.
    first: BTreeMap<usize, Vec<u32>>,
    /// Whether the latest sentence has "the four companies" and none were named before.
    pub wanting: bool,
    /// The company that the last sentences began with.
    pub topic: Option<u32>,
    /// The firm named last that takes part in what is told.
    main_firm: Option<u32>,
    /// Whose spokesman spoke last.
    pub speaker: Option<u32>,
    /// The same of the quotation that the latest sentence leaves open.
    pub quoted: Option<u32>,
    pub state: Option<u32>,
    /// Whom the sentence before began with, if that was one.
    pub begun: Option<u32>,
    pub alliance: Option<u32>,
    /// The two of whom the last sentences told something.
    pub couple: Option<[u32; 2]>,
    /// The two whom the sentence before names, each by itself.
    pub each: Option<[u32; 2]>,
    /// The two states that the sentence before names, though neither takes part in it.
    pub lands: Option<[u32; 2]>,
    /// How many sentences ago the alliance was named.
    since: usize,
    /// Those whom the latest sentence with names names, each once.
    latest: Vec<u32>,
    /// Room that is used again.
    spare: Vec<u32>,
    /// The same, for the places of groups.
    places: Vec<usize>,
    /// Those whom the latest sentence with names lists, if it lists any.
    pub listed: Option<Vec<u32>>,
    /// Groups of two or more that the latest sentence names.
    pub named: Vec<Vec<u32>>,
    /// Those of the sentences behind, for a sentence that counts whom they name.
    next: Vec<Vec<u32>>,
    /// What the latest sentence's references mean: tokens and entities.
    pub referred: Vec<(usize, usize, Vec<u32>)>,
}

impl Discourse {
    /// Nobody so far, in an article of that day.
    pub(super) fn on(today: Option<PartialDate>) -> Discourse {
        Discourse { today, ..Discourse::default() }
    }

    /// The lines of business that the text has told of a firm.
    pub(super) fn line(&self, firm: u32) -> LineSet {
        self.lines.get(&firm).copied().unwrap_or_default()
    }

    /// The entities named so far, the latest first.
    pub(super) fn recent(&self) -> impl Iterator<Item = u32> {
        self.recent.iter().rev().copied()
    }

    /// Those of the sentence before.
    pub(super) fn latest(&self) -> &[u32] {
        &self.latest
    }

    /// Takes note of what a sentence tells of firms: "startup Alfa", "Alfa, maskapai dari Beta".
    pub(super) fn note_lines(&mut self, x: &Extractor, cut: &Cut, items: &[Item]) {
        let nouns = x.cues.company_word | x.cues.bearer_noun;
        let groups = items.iter().enumerate().filter(|(_, i)| i.kind == Kind::Group && !i.reference);
        for (n, item) in groups.filter(|(_, i)| i.members.len() == 1) {
            let word = |i: &&Item| i.kind == Kind::Word;
            let before = items[..n].iter().rev().take(2).take_while(word).count();
            let aside = items.get(n + 1).is_some_and(|i| i.mark == b',');
            let behind =
                items[n + 1..].iter().skip(1).take(if aside { 2 } else { 0 }).take_while(word).count();
            let told = [&items[n - before..n], &items[(n + 2).min(items.len())..][..behind]];
            let told = told.into_iter().filter(|near| near.iter().any(|i| i.classes & nouns != 0));
            let lines =
                told.flat_map(|near| x.lines.of_nouns(words_of(cut, near))).fold(0, |all, lines| all | lines);
            if lines != 0 {
                *self.lines.entry(item.members[0]).or_default() |= lines;
            }
        }
    }

    /// Takes note of whom people speak for: "Rektor Alfa Budi Cita", "Budi Cita, Direktur Beta".
    pub(super) fn note_people(
        &mut self,
        text: &str,
        cut: &Cut,
        items: &[Item],
        locals: &Locals,
        cues: &Cues,
    ) {
        let title = cues.person_title | cues.company_title;
        let is_title = |n: &usize| items[*n].kind == Kind::Word && items[*n].classes & title != 0;
        let name = |n: &usize| {
            let plain = items[*n].classes & (title | cues.verb_like | cues.speech | cues.place_prep) == 0;
            items[*n].kind == Kind::Word && cut.tokens[items[*n].from].is_name_like() && plain
        };
        for (n, item) in items.iter().enumerate().filter(|(_, i)| i.kind == Kind::Group && !i.reference) {
            // A minister may as well speak of the state.
            let rules = |m: u32| locals.all[m as usize].kind == EntityKind::Government;
            let sure = |m: &u32| !locals.all[*m as usize].weak && !rules(*m);
            let [body] = item.members[..] else { continue };
            let titles = (0..n).rev().take_while(is_title).count();
            if titles == 0 || !sure(&body) {
                continue;
            }
            let aside = usize::from(items.get(n + 1).is_some_and(|i| i.mark == b','));
            let behind = (n + 1 + aside..items.len()).take(MOST_NAMES).take_while(name);
            let comma = (n - titles).checked_sub(1).filter(|c| items[*c].mark == b',');
            let before = (0..comma.unwrap_or(0)).rev().take(MOST_NAMES).take_while(name);
            for token in behind.chain(before).flat_map(|n| &cut.tokens[items[n].from..items[n].to]) {
                let known = self.people.entry(token.text(text).to_lowercase().into()).or_insert(Some(body));
                *known = known.filter(|other| *other == body);
            }
        }
    }

    /// Whom the one speaks for whose name an item has.
    fn spoken_for(&self, text: &str, cut: &Cut, item: &Item) -> Option<u32> {
        let mut named = cut.tokens[item.from..item.to].iter().filter(|t| t.is_name_like());
        let known = |token: &Token| self.people.get(&*token.text(text).to_lowercase()).copied().flatten();
        named.find_map(known).filter(|_| item.kind == Kind::Word)
    }

    /// The body for which somebody speaks whom a sentence quotes: "kata Direktur Alfa, Budi",
    /// "Budi menambahkan".
    pub(super) fn speaks(
        &self,
        text: &str,
        cut: &Cut,
        items: &[Item],
        locals: &Locals,
        cues: &Cues,
    ) -> Option<u32> {
        let says = |n: &usize| items[*n].classes & cues.speech != 0;
        let beside = |n: usize| [n.wrapping_sub(1), n + 1].into_iter().filter_map(|at| items.get(at));
        let told = (0..items.len()).filter(says).flat_map(beside);
        let known = || told.clone().find_map(|item| self.spoken_for(text, cut, item));
        // "kata Budi, Direktur Beta" may be another Budi.
        let own = || speaker(items, locals, cues, BESIDE);
        let known = if self.people.is_empty() { None } else { own().or_else(known) };
        known.or_else(|| speaker(items, locals, cues, SPEAKER))
    }

    /// For a sentence that speaks of those who are named only later, in these groups.
    pub(super) fn ahead(&self, next: Vec<Vec<u32>>) -> Discourse {
        Discourse {
            next,
            first: self.first.clone(),
            groups: self.first.values().cloned().collect(),
            ..Discourse::default()
        }
    }

    /// Whom a sentence may mean; the two only where a pattern asks for them.
    pub(super) fn about(&self, locals: &Locals, pair: bool) -> About {
        let pair = pair.then(|| self.pair(locals)).flatten();
        let alliance = self.alliance.filter(|_| self.since <= LATELY);
        // Where no firm or body is what the text is about, the state with which the sentence
        // before began.
        let state = || self.begun.filter(|b| locals.all[*b as usize].state);
        About { topic: self.topic.or_else(state), pair, alliance, today: self.today }
    }

    /// Those of so many whom the sentences behind name.
    pub(super) fn counted(&self, n: usize, fits: impl Fn(u32) -> bool) -> Option<Vec<u32>> {
        self.next.iter().find(|g| g.len() == n && g.iter().all(|e| fits(*e))).cloned()
    }

    pub(super) fn last(&self, n: usize, locals: &Locals, fits: impl Fn(u32) -> bool) -> Option<Vec<u32>> {
        // Those of the sentence before: the sure ones, or with them the others too.
        for unsure in [false, true] {
            let sure = |e: u32| unsure || !locals.all[e as usize].weak;
            let near = || self.latest.iter().copied().filter(|e| fits(*e) && sure(*e));
            if near().count() == n {
                return Some(near().collect());
            }
        }
        // "Alfa, Beta dan Gama menempel. Persaingan keempatnya": with the one told of.
        let told = self.topic.filter(|t| n > 2 && fits(*t) && !self.latest.contains(t));
        let whole = |g: &&Vec<u32>| g.len() == n && g.iter().all(|e| fits(*e));
        if let Some(group) = self.groups.iter().rev().take(4).find(whole) {
            return Some(group.clone());
        }
        let near = || self.latest.iter().copied().filter(|e| fits(*e));
        if let Some(told) = told.filter(|_| near().count() + 1 == n) {
            return Some(std::iter::once(told).chain(near()).collect());
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

    /// The company of this state that was named last, in the sentence or before it.
    pub(super) fn native(&self, here: &[u32], state: u32, locals: &Locals) -> Option<u32> {
        let home = |e: &&u32| locals.all[**e as usize].home == Some(state);
        here.iter().rev().find(home).or_else(|| self.recent.iter().rev().find(home)).copied()
    }

    /// Which company "that company" is: none that the sentence has as its subject; no
    /// ministry, where only a firm is called so.
    pub(super) fn company(
        &self,
        here: &[u32],
        locals: &Locals,
        they: bool,
        only: impl Fn() -> bool,
    ) -> Option<u32> {
        // "menjual ke Beta, lalu sanksi untuk perusahaan itu": the one just named.
        let kind = |e: u32| locals.all[e as usize].kind;
        let firm = |e: &&u32| kind(**e) == EntityKind::Company;
        let main = || self.main_firm.or_else(|| self.recent.iter().rev().find(firm).copied());
        let Some(topic) = self.topic else {
            let told = || if only() && !they { main() } else { None };
            return here.iter().rev().find(firm).copied().or_else(told);
        };
        if kind(topic) != EntityKind::Company && only() {
            let last = || match kind(topic) {
                EntityKind::Government => main(),
                _ => self.firm(locals),
            };
            return here.iter().rev().find(firm).copied().or_else(last);
        }
        if !here.contains(&topic) {
            return Some(topic);
        }
        let other = |e: &&u32| **e != topic && !locals.all[**e as usize].state;
        here.iter()
            .rev()
            .find(|e| other(e) && firm(e))
            .or_else(|| self.recent.iter().rev().find(other))
            .copied()
    }

    /// Which club, school or ministry "that one" is: none that the sentence names.
    pub(super) fn body(&self, here: &[u32], locals: &Locals, rules: bool) -> Option<u32> {
        let fits = |e: &u32| {
            let l = &locals.all[*e as usize];
            let ruler = l.kind == EntityKind::Government && !l.state;
            !here.contains(e) && if rules { ruler } else { l.kind == EntityKind::Organisation }
        };
        // "Alfa yang dulu melawan Beta kini bersama klub itu": Beta.
        let kind = |e: &u32| locals.all[*e as usize].kind == EntityKind::Organisation;
        let other = || here.iter().rev().copied().find(|e| *e != here[0] && kind(e) && !rules);
        other().or(self.topic.filter(fits)).or_else(|| self.recent.iter().rev().copied().find(fits))
    }

    /// "Komite itu": the one whose name begins so, none that the sentence names.
    pub(super) fn headed(&self, here: &[u32], locals: &Locals, noun: &str) -> Option<u32> {
        let fits = |e: &u32| {
            let l = &locals.all[*e as usize];
            let body = matches!(l.kind, EntityKind::Organisation | EntityKind::Government) && !l.state;
            let first = |name: &str| name.split(' ').next().is_some_and(|w| w.eq_ignore_ascii_case(noun));
            body && !here.contains(e) && l.names.iter().any(|name| first(name))
        };
        self.topic.filter(fits).or_else(|| self.recent.iter().rev().copied().find(fits))
    }

    /// The same, where only a company can be meant: no ministry.
    pub(super) fn firm(&self, locals: &Locals) -> Option<u32> {
        let firm = |e: &u32| locals.all[*e as usize].kind == EntityKind::Company;
        let most = || self.recent.iter().copied().filter(firm).max_by_key(|e| locals.all[*e as usize].count);
        self.topic.filter(firm).or_else(most)
    }

    /// The two entities named last.
    pub(super) fn pair(&self, locals: &Locals) -> Option<[u32; 2]> {
        self.last(2, locals, |_| true).and_then(|l| l.try_into().ok())
    }

    /// Takes note of a sentence, and of whom it quotes where it does.
    pub(super) fn note(
        &mut self,
        text: &str,
        cut: &Cut,
        items: &[Item],
        locals: &Locals,
        cues: &Cues,
        spoken: Option<u32>,
    ) {
        let mut first = true;
        let mut latest = std::mem::take(&mut self.spare);
        latest.clear();
        self.named.clear();
        self.since += 1;
        let mut places = std::mem::take(&mut self.places);
        places.clear();
        let groups = items.iter().enumerate().filter(|(_, i)| i.kind == Kind::Group);
        places.extend(groups.map(|(n, _)| n));
        self.listed = match listed(items, &places, locals, cues) {
            Some(listed) => listed,
            None => self.listed.take(),
        };
        // "kalah dari produk Alfa. Negara tersebut": one that takes no part, where no other
        // does, but none of several.
        let state = |i: &Item| match i.members[..] {
            [one] if !i.reference && locals.all[one as usize].state => Some(one),
            _ => None,
        };
        let acts = places.iter().rev().find_map(|n| state(&items[*n]));
        let beside = || items.iter().rev().filter(|i| i.kind != Kind::Group).find_map(state);
        // "Langkah itu dipuji Alfa", "Warga Alfa berunjuk rasa": not of whom the text was.
        let stays = |new: u32| {
            let at = items.iter().position(|i| i.members.contains(&new));
            let aside = |n: usize| {
                items[n].kind != Kind::Group
                    || is_bystander(text, cut, items, n, cues)
                    || is_possessor(text, cut, items, n, cues)
            };
            let count = |e: u32| locals.all[e as usize].count;
            self.state.is_some_and(|old| old != new && count(old) >= count(new)) && at.is_some_and(aside)
        };
        self.state = acts.or_else(beside).filter(|new| !stays(*new)).or(self.state);
        self.lands = lands(items, locals);
        let mut groups = places.iter().filter(|n| !shown(items, **n, cues)).map(|n| &items[*n]);
        self.each = match (groups.next(), groups.next(), groups.next()) {
            (Some(a), Some(b), None) => match (&a.members[..], &b.members[..]) {
                ([a], [b]) if a != b => Some([*a, *b]),
                _ => None,
            },
            _ => None,
        };
        self.begun = places.first().and_then(|&n| {
            // "Pelanggan operator itu": they do.
            let part = cues.oblique | cues.owner | cues.area_word | cues.source | cues.crowd;
            let acts = n == 0 || items[n - 1].classes & part == 0 && !is_bystander(text, cut, items, n, cues);
            // "Saham Alfa juga naik", where the text is about another.
            let state = items[n].members.iter().any(|m| locals.all[*m as usize].state);
            let other = !state && self.topic.is_some_and(|t| !items[n].members.contains(&t));
            let acts = acts && !(other && is_possessor(text, cut, items, n, cues));
            let one = items[n].members.len() == 1 && !locals.all[items[n].members[0] as usize].weak;
            (acts && one).then(|| items[n].members[0])
        });
        // "setelah Alfa dan Beta bertemu": nobody stands before whom they are compared with.
        let apart = |n: usize| if n == places[0] { cues.from } else { cues.from | cues.compared };
        for &n in &places {
            let item = &items[n];
            if item.reference {
                continue;
            }
            for m in &item.members {
                let l = &locals.all[*m as usize];
                // "Ditjen Alfa Kementerian Beta": the second only says whose the first is,
                // and "tayangan Alfa" where something was shown.
                let owner = n > 0
                    && (items[n - 1].kind == Kind::Group || items[n - 1].classes & cues.channel != 0)
                    || shown(items, n, cues);
                if !l.weak && !owner {
                    self.recent.push(*m);
                }
                let aside =
                    is_bystander(text, cut, items, n, cues) || is_possessor(text, cut, items, n, cues);
                if l.kind == EntityKind::Company && !l.weak && !owner && !aside {
                    self.main_firm = Some(*m);
                }
                let placed = n > 0 && items[n - 1].classes & (cues.place_prep | apart(n)) != 0;
                if !owner && !placed && !latest.contains(m) {
                    latest.push(*m);
                }
                // "Alfa bersaing dengan Beta": the text goes on to be about Alfa.
                let beside = |old: u32| {
                    self.since <= LATELY && n != places[0] && locals.all[old as usize].count > l.count
                };
                if l.union && !self.alliance.is_some_and(beside) {
                    (self.alliance, self.since) = (Some(*m), 0);
                }
                let subject = n == 0
                    || items[n - 1].classes
                        & (cues.channel | cues.oblique | cues.area_word | cues.with | cues.like)
                        == 0;
                // "Pasar itu dikuasai Alfa", "Saham Alfa juga naik": the text stays with whom it
                // was about.
                // But for one that is told of more often.
                let other = self.topic.is_some_and(|t| t != *m && locals.all[t as usize].count >= l.count);
                let subject = subject && !(other && aside);
                if first
                    && subject
                    && !l.state
                    && !l.weak
                    && l.count * 2 >= locals.most
                    && item.members.len() == 1
                {
                    self.topic = Some(*m);
                    first = false;
                }
            }
            if item.members.len() > 1 {
                self.named.push(item.members.to_vec());
                // "A menggandeng B dan C" may later be "ketiga perusahaan itu".
                let subject = self.topic.filter(|t| !first && !item.members.contains(t));
                self.groups.extend(subject.map(|t| [&[t], &item.members[..]].concat()));
                // "Budi menyebut A menggarapnya bersama B dan C": A, not whose Budi is.
                let beside = places.iter().take_while(|p| **p < n).last().map(|p| &items[*p]);
                let beside =
                    beside.filter(|i| i.members.len() == 1 && !i.reference && subject != Some(i.members[0]));
                let beside = beside.filter(|i| !first && !locals.all[i.members[0] as usize].weak);
                self.groups.extend(beside.map(|i| [&i.members[..], &item.members[..]].concat()));
                // "mendapat dana dari A dan B": the two are others.
                if n == 0 || items[n - 1].classes & apart(n) == 0 {
                    self.groups.push(item.members.to_vec());
                }
                self.first.entry(item.members.len()).or_insert_with(|| item.members.to_vec());
            }
        }
        // "Alfa melawat ke Beta. Kedua negara": whither it went, beside the one that did.
        let host = || {
            items.iter().enumerate().rev().find_map(|(n, i)| {
                let before = n.checked_sub(1).map(|b| items[b].classes).filter(|_| i.kind != Kind::Group)?;
                let to = before & cues.oblique != 0 && before & (cues.place_prep | cues.from) == 0;
                state(i).filter(|_| to)
            })
        };
        if let [guest] = latest[..]
            && locals.all[guest as usize].state
            && let Some(host) = host().filter(|host| *host != guest)
        {
            self.recent.extend([host, guest]);
        }
        if latest.iter().any(|e| !locals.all[*e as usize].weak) {
            std::mem::swap(&mut self.latest, &mut latest);
        }
        (self.spare, self.places) = (latest, places);
        self.speaker = spoken.or(self.speaker);
        let spare = self.recent.len().saturating_sub(24);
        self.recent.drain(..spare);
        let spare = self.groups.len().saturating_sub(8);
        self.groups.drain(..spare);
    }
}

/// Those whom a sentence lists: as its subject, or as all that it names. None where it
/// names nobody.
fn listed(items: &[Item], groups: &[usize], locals: &Locals, cues: &Cues) -> Option<Option<Vec<u32>>> {
    let at = *groups.iter().find(|n| !items[**n].reference)?;
    let several =
        items[at].members.len() > 1 && items[at].members.iter().all(|m| !locals.all[*m as usize].weak);
    let oblique = at > 0 && items[at - 1].classes & (cues.oblique | cues.with | cues.agent) != 0;
    let alone = groups.len() == 1;
    Some((several && !oblique && (at == 0 || alone)).then(|| items[at].members.to_vec()))
}

/// "lewat unggahan di Alfa": where something is said.
pub(super) fn shown(items: &[Item], n: usize, cues: &Cues) -> bool {
    n > 1 && items[n - 2].classes & cues.channel != 0 && items[n - 1].classes & cues.place_prep != 0
}

/// The body whose spokesman a sentence quotes: "kata Direktur Alfa, Budi".
fn speaker(items: &[Item], locals: &Locals, cues: &Cues, far: usize) -> Option<u32> {
    let body = |n: usize| {
        let item = &items[n];
        let title = cues.person_title | cues.company_title;
        let titled = item.leader || n > 0 && items[n - 1].classes & title != 0;
        let one = item.kind == Kind::Group && !item.reference && item.members.len() == 1;
        (one && titled && !locals.all[item.members[0] as usize].weak).then(|| item.members[0])
    };
    // "Menurut direktur Alfa".
    let says =
        |(n, i): &(usize, &Item)| i.classes & cues.speech != 0 || *n == 0 && i.classes & cues.source != 0;
    items.iter().enumerate().filter(says).find_map(|(at, _)| {
        let right = (at + 1..items.len().min(at + 1 + far)).find_map(body);
        right.or_else(|| (at.saturating_sub(far)..at).rev().find_map(body))
    })
}

/// "Pertemuan pejabat Alfa dan Beta digelar": the two states that a sentence names.
fn lands(items: &[Item], locals: &Locals) -> Option<[u32; 2]> {
    let named = items.iter().filter(|i| !i.reference).flat_map(|i| i.members.iter().copied());
    let mut states = named.filter(|m| locals.all[*m as usize].state);
    let first = states.next()?;
    let mut others = states.filter(|m| *m != first);
    let second = others.next()?;
    others.all(|m| m == second).then_some([first, second])
}
