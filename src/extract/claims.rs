//! One claim for each kind and pair, the strongest.

use super::apart::Apart;
use super::classes::ClassSet;
use super::cues::Cues;
use super::cut::Cut;
use super::discourse::About;
use super::element::Past;
use super::extractor::Extractor;
use super::given::{Given, Left};
use super::item::{Item, Kind, word as text_of};
use super::locals::Locals;
use super::matcher::{Match, Matcher};
use super::needs::{Around, Count};
use super::open::{List, Open, announced, head, second};
use super::parts::is_verb;
use super::pattern::Pattern;
use super::sound::is_place;
use super::status::{Put, is_still, put};
use super::told::{Told, of_event};
use super::when::when;
use super::{Claim, ClaimKind, EntityKind, Evidence, Status, Typo};
use crate::base::{PartialDate, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many claims an article may give.
const MAX_CLAIMS: usize = 20_000;
/// What the names of those begin with who judge others.
const COURTS: [&str; 5] = ["Pengadilan", "Mahkamah", "Komdis", "Komisi Disiplin", "Komite Disiplin"];

/// What claims tell an entity to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// None is about it.
    None,
    /// All that is told of it is that it meets bodies, as clubs do.
    Club,
    Party,
}

/// The claims of an article so far, by kind and entities.
#[derive(Debug, Default)]
pub(super) struct Claims {
    best: BTreeMap<(ClaimKind, u32, u32), Claim>,
    /// Typing errors in triggers that gave claims.
    pub typos: BTreeSet<Typo>,
    /// Whom penalties struck.
    struck: BTreeSet<u32>,
    /// What is said to have ended.
    ended: BTreeSet<(ClaimKind, u32, u32)>,
    /// Penalties that are said to go on, at least in part.
    held: BTreeSet<(u32, u32)>,
    /// What the last sentences told.
    told: Told,
    /// Who was left without the other side.
    open: Open,
    /// The sentence is read again: what it has told already stands.
    again: bool,
    /// A sentence is read once more behind all others, which it dates no longer.
    pub late: bool,
    /// Room that is used again.
    tries: Vec<(usize, Count)>,
}

impl Claims {
    /// None so far, behind sentences that left these without the other side.
    pub(super) fn behind(open: Open, now: usize) -> Claims {
        Claims { open, told: Told::at(now), ..Claims::default() }
    }

    /// Who was left without the other side, and the number of the sentence so far.
    pub(super) fn left(&self) -> (Open, usize) {
        (self.open.clone(), self.told.now())
    }

    /// Matches all patterns on a sentence; whether one took whom the text is about.
    pub(super) fn sentence(
        &mut self,
        x: &Extractor,
        text: &str,
        cut: &Cut,
        items: &[Item],
        locals: &Locals,
        about: About,
    ) -> bool {
        if let Some(list) = self.open.entry(text, cut, &x.cues, self.told.now())
            && let Some(group) = head(text, cut, items, &x.cues)
        {
            let side = match &list.side[..] {
                // Nothing but the line tells of the two: "1. Alfa dengan Beta soal gas", or
                // "1. Alfa dan Beta soal gas".
                [] => match second(text, cut, items, group, &x.cues) {
                    Some(other) => other.members.to_vec(),
                    None => group.members.first().copied().into_iter().collect(),
                },
                side => side.to_vec(),
            };
            self.enter(List { side, ..list }, group, cut, locals);
        }
        self.told.begin();
        // A question states nothing, nor does a sentence without a trigger.
        let question = cut.tokens.last().is_some_and(|t| t.text(text) == "?");
        // "Mengapa Alfa memusuhi Beta?": who asks why takes it for granted.
        let why =
            |i: &Item| ["mengapa", "kenapa"].iter().any(|w| text_of(text, cut, i).eq_ignore_ascii_case(w));
        let question = question && !items.first().is_some_and(why);
        let told = question.then(|| told_part(items, &x.cues)).flatten();
        let (items, question) = match told {
            Some(end) => (&items[..end], false),
            None => (items, question),
        };
        // "adalah" and the like say something only where a side is waited for.
        let all = self.open.waits(self.told.now());
        let live = if all { x.all_triggers } else { x.triggers };
        // "Siapa saja sekutu Alfa?": the answer follows.
        let asked = question && items.first().is_some_and(|i| i.classes & x.cues.asking != 0);
        if question && !asked || cut.all & live == 0 {
            self.open.announce(text, cut, &x.cues, self.told.now());
            self.date_others(text, cut, items, x, about.today);
            self.told.end(text, cut, items, &x.cues, None);
            return false;
        }
        let mut of_topic = false;
        // Few patterns ask for nobody.
        let mut tries = std::mem::take(&mut self.tries);
        tries.clear();
        let whole = Count::of(items, live, &mut tries);
        if whole.is_none() && cut.all & x.nameless == 0 {
            tries.clear();
        }
        if !tries.is_empty() {
            let matcher = Matcher::new(x, text, cut, items, locals);
            let mut around = Around::of(x.trie.class_sets(), items, whole, x.trie.all(&cut.classes, cut.all));
            for &(at, left) in &tries {
                around.turn_to(at, left);
                let (taken, topic) = self.tried(x, &matcher, &around, about, at, (all, asked));
                of_topic |= topic;
                let token = &cut.tokens[items[at].from];
                if taken && let Some(meant) = x.trie.mended(text, token) {
                    let span = Span { start: token.start, end: token.end };
                    self.typos.insert(Typo { span, meant: meant.into() });
                }
            }
        }
        self.tries = tries;
        if self.told.now_told().next().is_none() {
            self.open.announce(text, cut, &x.cues, self.told.now());
        }
        let fact = self.date_others(text, cut, items, x, about.today);
        self.told.end(
            text,
            cut,
            items,
            &x.cues,
            fact.filter(|_| items.iter().any(|i| i.classes & live != 0)),
        );
        of_topic
    }

    /// Matches the patterns on what longer phrases of the sentence hide.
    pub(super) fn reread(
        &mut self,
        x: &Extractor,
        text: &str,
        parted: &Apart,
        items: &[Item],
        locals: &Locals,
        about: About,
    ) {
        let cut = &parted.cut;
        if cut.tokens.last().is_some_and(|t| t.text(text) == "?") {
            return;
        }
        let matcher = Matcher::new(x, text, cut, items, locals);
        self.once_more(x, &matcher, parted.all, about, |item| parted.hid(item));
    }

    /// Matches the patterns on a sentence that goes on with the list of the one before,
    /// read as one with that, where it gave nothing of itself.
    pub(super) fn continued(
        &mut self,
        x: &Extractor,
        text: &str,
        both: &Cut,
        items: &[Item],
        locals: &Locals,
        about: About,
    ) {
        let matcher = Matcher::new(x, text, both, items, locals);
        self.once_more(x, &matcher, x.trie.all(&both.classes, both.all), about, |_| true);
    }

    /// Whether the latest sentence told a fact.
    pub(super) fn has_told(&self) -> bool {
        self.told.now_told().next().is_some()
    }

    /// Matches the patterns on another reading of a sentence, at these triggers.
    fn once_more(
        &mut self,
        x: &Extractor,
        matcher: &Matcher,
        all: ClassSet,
        about: About,
        at: impl Fn(&Item) -> bool,
    ) {
        self.again = true;
        let mut tries = std::mem::take(&mut self.tries);
        tries.clear();
        let whole = Count::of(matcher.items, x.triggers, &mut tries);
        let mut around = Around::of(x.trie.class_sets(), matcher.items, whole, all);
        for &(n, left) in tries.iter().filter(|(n, _)| at(&matcher.items[*n])) {
            around.turn_to(n, left);
            self.tried(x, matcher, &around, about, n, (false, false));
        }
        self.tries = tries;
        self.again = false;
    }

    /// Matches the patterns of the trigger at `at`: those that only go on with what was left
    /// open too if `all` are to be, and none but those that leave a side open if the sentence
    /// is a question, `asked`. Says whether one gave anything, and one of whom the text is about.
    fn tried(
        &mut self,
        x: &Extractor,
        matcher: &Matcher,
        around: &Around,
        about: About,
        at: usize,
        (all, asked): (bool, bool),
    ) -> (bool, bool) {
        let (mut taken, mut of_topic) = (false, false);
        for pattern in x.triggered(matcher.items[at].classes, all, around, at) {
            // What is read again leaves nobody without the other side.
            let leaves = pattern.opens && pattern.gives.is_empty();
            if pattern.fallback && taken || self.again && pattern.opens || asked && !leaves {
                continue;
            }
            if let Some(m) = matcher.at(pattern, at) {
                let gives = self.take(matcher, about, pattern, at, &m);
                of_topic |= gives && m.has(Past::Topic);
                taken |= gives;
            }
        }
        (taken, of_topic)
    }

    /// The two of whom alone the last sentences told.
    pub(super) fn couple(&self) -> Option<[u32; 2]> {
        self.told.couple()
    }

    /// Passes over a sentence without triggers, names and dates.
    pub(super) fn pass_over(&mut self, text: &str, cut: &Cut, cues: &Cues) {
        self.open.entry(text, cut, cues, self.told.now());
        self.told.begin();
        self.open.announce(text, cut, cues, self.told.now());
        self.told.end(text, cut, &[], cues, None);
    }

    /// Dates the facts that the sentence refers to; the date that its own bear.
    fn date_others(
        &mut self,
        text: &str,
        cut: &Cut,
        items: &[Item],
        x: &Extractor,
        today: Option<PartialDate>,
    ) -> Option<PartialDate> {
        if !cut.dates.is_empty() && cut.all & x.cues.event_noun != 0 && !self.late {
            self.date_events(text, cut, items, x, today);
        }
        if !cut.dates.is_empty() && cut.all & x.cues.announcing != 0 {
            let at = items.iter().position(|i| i.classes & x.cues.announcing != 0);
            let date = at.and_then(|at| when(text, cut, items, at, &x.cues, today));
            self.told.note_news(items, date, &x.cues);
        }
        self.told.now_told().find_map(|key| self.best.get(key)?.when)
    }

    /// Dates the facts whose event the sentence has.
    fn date_events(
        &mut self,
        text: &str,
        cut: &Cut,
        items: &[Item],
        x: &Extractor,
        today: Option<PartialDate>,
    ) {
        if let Some(date) = of_event(items, &x.cues) {
            for key in self.told.dated() {
                if let Some(claim) = self.best.get_mut(&key) {
                    claim.when = claim.when.or(Some(date));
                }
            }
        }
        // "Acara itu digelar Alfa dan Beta, Senin (12/3/2020)": both are named again.
        // But for "Alfa menggandeng Beta sebelum aturan itu berlaku pada 2019".
        let event = items.iter().position(|i| i.classes & x.cues.event_noun != 0);
        let event = event.filter(|at| !items[..*at].iter().any(|i| i.classes & x.cues.same_subject != 0));
        if let Some(date) = event.and_then(|at| when(text, cut, items, at, &x.cues, today)) {
            let named = |n: u32| items.iter().any(|i| !i.reference && i.members.contains(&n));
            let that =
                event.is_some_and(|at| items[at + 1..].iter().take(2).any(|i| i.classes & x.cues.that != 0));
            for key in self.told.lately(that) {
                if let Some(claim) = self.best.get_mut(&key).filter(|_| named(key.1) && named(key.2)) {
                    claim.when = claim.when.or(Some(date));
                }
            }
        }
    }

    /// Takes what one match gives; says whether that is anything.
    pub(super) fn take(
        &mut self,
        matcher: &Matcher,
        about: About,
        pattern: &Pattern,
        at: usize,
        m: &Match,
    ) -> bool {
        let Matcher { text, cut, items, cues, locals, .. } = *matcher;
        let (kind, now, about) = (pattern.kind, self.told.now(), &about);
        let given = Given { matcher, about, pattern, at, m, open: &self.open, now };
        let mut pairs = given.pairs();
        if kind == ClaimKind::Rival {
            pairs.retain(|(a, b)| !self.punishes(locals, *a) && !self.punishes(locals, *b));
        }
        let Left { side, struck } = given.left(&pairs);
        if pairs.is_empty() && side.is_empty() && struck.is_empty() {
            return false;
        }
        let others = given.others(&pairs);
        let Put { status, ended, .. } = put(matcher, about.today, at, m, pattern);
        let (status, then) = given.before(status);
        let date = self.date(matcher, about.today, at, status, then);
        // "Kerja sama serupa dengan Alfa tetap berjalan", though that told before has ended.
        let lasts = m.has(Past::More) && status == Status::Negated && is_still(text, cut, items, at, m);
        // A match on a day to come.
        let due = |date: PartialDate| date.day().is_some() && about.today.is_some_and(|today| date > today);
        let awaited = kind == ClaimKind::Rival && status == Status::Asserted && date.is_some_and(due);
        let status = match (lasts, awaited) {
            (true, _) => Status::Asserted,
            (_, true) => Status::Planned,
            _ => status,
        };
        let (doers, listed) = if side.is_empty() { (true, &struck) } else { (false, &side) };
        let evidence = (!pairs.is_empty()).then(|| given.evidence());
        if pattern.opens
            && !listed.is_empty()
            && let Some(lead) = announced(text, cut, items, at, cues)
        {
            let (pattern, side) = (pattern.name.clone(), listed.to_vec());
            self.open.list(List { pattern, kind, side, put: (status, date), doers }, lead);
        }
        self.open.strike(pattern, &struck, (status, date), now);
        // "Hukuman Alfa dimulai Mei", where Alfa was told to be punished: it punishes nobody.
        let suffers = |e: &u32| self.struck.contains(e);
        if kind != ClaimKind::Sanction || !side.iter().any(suffers) {
            self.open.leave(pattern, &side, (status, date), now);
        }
        self.open.tell(kind, &others, (status, date), now);
        let Some(evidence) = evidence else { return false };
        let asserted = status == Status::Asserted;
        if kind == ClaimKind::Sanction && asserted && is_still(text, cut, items, at, m) {
            self.hold(&pairs);
        }
        self.record(kind, &pairs, (status, ended, date), &evidence, locals);
        true
    }

    /// The date of what the trigger at `at` tells: the clause's, one that the sentence takes
    /// over, or else that of what it completes.
    fn date(
        &self,
        matcher: &Matcher,
        today: Option<PartialDate>,
        at: usize,
        status: Status,
        then: Option<PartialDate>,
    ) -> Option<PartialDate> {
        let Matcher { text, cut, items, cues, .. } = *matcher;
        let happens = || {
            let acts = is_verb(text_of(text, cut, &items[at])) || items[at].classes & cues.signing != 0;
            status == Status::Asserted && acts && !items.iter().any(|i| i.classes & cues.planned != 0)
        };
        when(text, cut, items, at, cues, today)
            .or_else(|| self.told.inherited(text, cut, items, cues))
            .or(then)
            .or_else(|| self.told.framed(text, cut).filter(|_| happens()))
    }

    /// "Komdis Alfa menghukum Beta": a body that punishes is no rival in a match.
    fn punishes(&self, locals: &Locals, n: u32) -> bool {
        let local = &locals.all[n as usize];
        let body =
            local.kind == EntityKind::Organisation || local.kind == EntityKind::Government && !local.state;
        // "Pengadilan menentang Beta": nor does a court compete, or who judges clubs.
        let court = || COURTS.iter().any(|head| local.name.starts_with(head));
        let own = (ClaimKind::Sanction, n, 0)..(ClaimKind::Sanction, n + 1, 0);
        body && (court() || self.best.range(own).next().is_some())
    }

    /// Takes what a list's line gives: the name that it begins with.
    fn enter(&mut self, list: List, group: &Item, cut: &Cut, locals: &Locals) {
        let sound = |n: u32| list.kind != ClaimKind::Sanction || !locals.all[n as usize].weak;
        let pairs: Vec<(u32, u32)> = list
            .side
            .iter()
            .flat_map(|a| group.members.iter().map(move |b| if list.doers { (*b, *a) } else { (*a, *b) }))
            .filter(|(a, b)| a != b && sound(*a) && !is_place(locals, *a, *b))
            .filter(|(a, _)| !list.doers || locals.all[*a as usize].kind == EntityKind::Government)
            .collect();
        let (first, last) = (cut.tokens[group.from], cut.tokens[group.to - 1]);
        let span = Span { start: first.start, end: last.end };
        let evidence = Evidence { span, sentence: cut.span, pattern: list.pattern };
        let (status, date) = list.put;
        self.record(list.kind, &pairs, (status, false, date), &evidence, locals);
    }

    /// "masih mengenakan tarif": partly in force, whatever of it has ended.
    fn hold(&mut self, pairs: &[(u32, u32)]) {
        for (a, b) in pairs {
            self.ended.remove(&(ClaimKind::Sanction, *a, *b));
            self.held.insert((*a, *b));
        }
    }

    /// Keeps the strongest claim of each pair.
    fn record(
        &mut self,
        kind: ClaimKind,
        pairs: &[(u32, u32)],
        (status, ended, date): (Status, bool, Option<PartialDate>),
        evidence: &Evidence,
        locals: &Locals,
    ) {
        for (a, b) in pairs {
            let (mut a, mut b) = (*a, *b);
            let name = |n: u32| &locals.all[n as usize].name;
            if kind != ClaimKind::Sanction && name(b) < name(a) {
                (a, b) = (b, a);
            }
            if self.best.len() >= MAX_CLAIMS {
                break;
            }
            self.told.note((kind, a, b));
            if kind == ClaimKind::Sanction {
                self.struck.insert(b);
            }
            let told = |c: &Claim| c.evidence.sentence == evidence.sentence;
            if self.again && self.best.get(&(kind, a, b)).is_some_and(told) {
                continue;
            }
            let claim = || {
                let (a, b) = (name(a).clone(), name(b).clone());
                Claim { kind, a, b, status, when: date, evidence: evidence.clone() }
            };
            let ended = ended && !(kind == ClaimKind::Sanction && self.held.contains(&(a, b)));
            let over = self.ended.contains(&(kind, a, b));
            if ended {
                self.ended.insert((kind, a, b));
            }
            match self.best.get_mut(&(kind, a, b)) {
                None => {
                    self.best.insert((kind, a, b), claim());
                }
                // What the article says has ended has, whatever it says of before.
                Some(old) if ended && !over => *old = claim().dated(old.when),
                Some(old) if over => {
                    // The headline seldom says when.
                    if status == Status::Negated {
                        old.when = old.when.or(date);
                    }
                }
                Some(old) => old.strengthen(status, date, claim),
            }
        }
    }

    /// What the claims tell each entity to be.
    pub(super) fn roles(&self, locals: &Locals) -> Vec<Role> {
        let body = |n: u32| locals.all[n as usize].kind == EntityKind::Organisation;
        let mut all = vec![Role::None; locals.all.len()];
        for (kind, a, b) in self.best.keys() {
            for (n, other) in [(*a, *b), (*b, *a)] {
                let meets = *kind == ClaimKind::Rival && body(other);
                let role = &mut all[n as usize];
                *role = if meets && *role != Role::Party { Role::Club } else { Role::Party };
            }
        }
        all
    }

    /// Sorts by kind, arguments and place.
    pub(super) fn sort(all: &mut [Claim]) {
        fn key(c: &Claim) -> (ClaimKind, &str, &str, Status, Span) {
            (c.kind, &c.a, &c.b, c.status, c.evidence.span)
        }
        all.sort_by(|a, b| key(a).cmp(&key(b)));
    }

    pub(super) fn into_sorted(self) -> Vec<Claim> {
        let dated = |((kind, a, b), claim): ((ClaimKind, u32, u32), Claim)| {
            let news = kind == ClaimKind::Partner && claim.status == Status::Asserted;
            claim.dated(news.then(|| self.told.of_news(a, b)).flatten())
        };
        let mut all: Vec<Claim> = self.best.into_iter().map(dated).collect();
        Claims::sort(&mut all);
        all.dedup_by(|b, a| (a.kind, &a.a, &a.b) == (b.kind, &b.a, &b.b));
        all
    }

    /// The pattern names and pairs, for trying examples.
    pub(super) fn given_by(&self, pattern: &Arc<str>) -> Vec<(Arc<str>, Arc<str>)> {
        self.best
            .values()
            .filter(|c| c.evidence.pattern == *pattern)
            .map(|c| (c.a.clone(), c.b.clone()))
            .collect()
    }
}

/// What a headline tells before it asks: "Alfa dan Beta bersaing, siapa juaranya?"
fn told_part(items: &[Item], cues: &Cues) -> Option<usize> {
    let parts = |i: &Item| i.kind == Kind::Mark && matches!(i.mark, b',' | b':' | b';');
    (1..items.len().saturating_sub(1)).find(|n| parts(&items[*n]) && items[n + 1].classes & cues.asking != 0)
}

impl Claim {
    fn dated(self, when: Option<PartialDate>) -> Claim {
        Claim { when: self.when.or(when), ..self }
    }

    /// Takes the stronger of two wordings, and a date from either.
    fn strengthen(&mut self, theirs: Status, when: Option<PartialDate>, other: impl FnOnce() -> Claim) {
        let date = self.when.or(when);
        let mine = self.status;
        let denial = theirs == Status::Negated && mine != Status::Asserted && mine != Status::Negated;
        if denial || theirs < mine && (mine != Status::Negated || theirs == Status::Asserted) {
            *self = other();
        }
        self.when = self.when.or(date);
    }
}
