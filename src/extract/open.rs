//! Who was left without the other side: after "Alfa menghukum sejumlah klub" or
//! "Alfa menggandeng tiga bank" a later sentence names those clubs or banks, and
//! behind "Berikut aplikasi yang diblokir Alfa:" each line of a list does.

use super::cues::Cues;
use super::cut::Cut;
use super::element::Past;
use super::item::{Item, Kind};
use super::parts::is_verb;
use super::pattern::Pattern;
use super::token::{Shape, Token};
use super::{ClaimKind, Status};
use crate::base::PartialDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// For how many sentences an issuer punishes on.
const RULING: usize = 12;
/// What a list of agreements is announced as.
const DEALS: [&str; 8] = [
    "kerja sama",
    "kerjasama",
    "kolaborasi",
    "kemitraan",
    "mou",
    "nota kesepahaman",
    "kesepakatan",
    "perjanjian",
];
/// What a list of rivals is announced as.
const CONTESTS: [&str; 5] = ["rivalitas", "derbi", "derby", "perseteruan", "musuh bebuyutan"];
/// For how many sentences others may do the same.
const LIKEWISE: usize = 4;
/// For how many sentences a side is waited for.
const WAITING: usize = 2;

/// One side, how it was put and when, and the number of its sentence.
type Side = (Vec<u32>, Put, usize);

/// How a fact is put, and when it held.
pub(super) type Put = (Status, Option<PartialDate>);

/// Over how many sentences the next number of a list's line may follow.
const PARAGRAPH: usize = 12;
/// How many sentences may stand between a list's announcement and its first number.
const PRELUDE: usize = 2;
/// The same where the announcement counts them: an introduction stands between.
const LEAD: usize = 24;
/// How many lines such a list has at least and at most.
const COUNTED: std::ops::RangeInclusive<u32> = 3..=40;
/// How far before a trigger its list is announced, in items.
const ANNOUNCED: usize = 8;
/// How many items may stand before the name that a list's line gives.
const LINE: usize = 5;
/// How many words a line may have that is known by its shortness alone.
const SHORT: usize = 8;

/// What each line of a list says of the name that it begins with.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub pattern: Arc<str>,
    pub kind: ClaimKind,
    pub side: Vec<u32>,
    pub put: Put,
    /// Each line names who did it to the side: "Berikut negara yang memblokir Alfa:".
    pub doers: bool,
}

impl List {
    /// Each of its lines names both sides.
    fn of_pairs(pattern: &str, kind: ClaimKind, status: Status) -> List {
        List { pattern: pattern.into(), kind, side: Vec::new(), put: (status, None), doers: false }
    }
}

/// How a list's line is told from other sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "2." or "2)".
    Number(u32),
    /// "-" and the like.
    Bullet,
    /// It is but a name.
    Bare,
}

/// How a list is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// "Alfa menggandeng tiga bank:".
    Colon,
    /// "Berikut lima mitra Alfa."
    Word,
    /// "Berikut daftarnya.": a heading for each, and what is told of it.
    Headings,
    /// "7 Negara Sekutu Alfa", as a headline or heading: so many lines follow, by number.
    Count,
}

/// A list that goes on.
#[derive(Debug, Clone)]
struct Lines {
    list: List,
    /// What stands before it.
    lead: Lead,
    form: Option<Form>,
    /// How many sentences stand behind its last line.
    gap: usize,
}

impl Lines {
    /// Whether a line of this form belongs to it.
    fn takes(&self, form: Form) -> bool {
        match (self.form, form) {
            (None, Form::Number(first)) if self.lead == Lead::Headings => first == 1 && self.gap == 0,
            (None, Form::Number(first)) => self.lead == Lead::Colon || first == 1,
            (None, Form::Bare) => matches!(self.lead, Lead::Colon | Lead::Headings) && self.gap == 0,
            (None, _) => self.lead == Lead::Colon,
            (Some(Form::Number(old)), Form::Number(new)) if self.gap > 0 => old.abs_diff(new) == 1,
            (Some(Form::Bare), Form::Bare) => self.gap == 0 || self.lead == Lead::Headings,
            (Some(_), Form::Bare) => false,
            _ => self.gap == 0,
        }
    }

    /// How many sentences it may wait for its next line.
    fn patience(&self) -> usize {
        match self.form {
            None if self.lead == Lead::Count => LEAD,
            None if self.lead == Lead::Word => PRELUDE,
            Some(Form::Number(_)) => PARAGRAPH,
            Some(Form::Bare) if self.lead == Lead::Headings => PARAGRAPH,
            _ => 0,
        }
    }
}

/// Those whose other side a later sentence may name, by the kind of relation.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    sides: BTreeMap<ClaimKind, Side>,
    /// Whom a penalty struck, and by which pattern.
    struck: Option<Side>,
    struck_by: Option<Arc<str>>,
    /// By which patterns.
    by: BTreeMap<ClaimKind, Arc<str>>,
    /// The second side of what was told last of each kind.
    last: BTreeMap<ClaimKind, Side>,
    /// The list whose lines follow.
    lines: Option<Lines>,
    /// The sentence before was a line's number.
    numbered: Option<u32>,
    /// The last sentence that counts bodies, by its number.
    counts: usize,
}

impl Open {
    /// Takes note of one side, named in the sentence of this number.
    pub(super) fn leave(&mut self, pattern: &Pattern, side: &[u32], put: Put, now: usize) {
        if !side.is_empty() {
            self.sides.insert(pattern.kind, (side.into(), put, now));
            self.by.insert(pattern.kind, pattern.name.clone());
        }
    }

    /// Takes note of whom a penalty struck, in the sentence of this number.
    pub(super) fn strike(&mut self, pattern: &Pattern, side: &[u32], put: Put, now: usize) {
        if !side.is_empty() {
            self.struck = Some((side.into(), put, now));
            self.struck_by = Some(pattern.name.clone());
        }
    }

    /// Begins the list that "Berikut daftarnya:" announces, for the side left last.
    pub(super) fn announce(&mut self, text: &str, cut: &Cut, cues: &Cues, now: usize) {
        let bodies = cues.company_word | cues.peer_noun | cues.bearer_noun;
        let counted = |n: usize| {
            let figure = cut.tokens[n].shape == Shape::Number || cut.classes[n] & cues.count != 0;
            figure && cut.classes.get(n + 1).is_some_and(|c| c & bodies != 0)
        };
        if cut.all & bodies != 0 && (0..cut.tokens.len()).any(counted) {
            self.counts = now;
        }
        let colon = cut.tokens.last().is_some_and(|t| t.text(text) == ":");
        let named = cut.runs.iter().any(|r| r.local.is_some());
        let said = cut.all & (cues.list_intro | cues.like | cues.copula) != 0;
        if !named && self.contests(text, cut, colon, cues) {
            return;
        }
        // "Berikut lima negara itu", without a colon.
        let begins = cut.tokens.len() > 2 && cut.classes[0] & cues.list_intro != 0;
        let counted = begins && cut.classes[1..].iter().take(3).any(|c| c & cues.that != 0);
        let headed = begins && cut.tokens.len() == 3 && cut.tokens[1].is(text, "daftarnya");
        if !colon && !counted && !headed || named || !said || cut.tokens.len() > SHORT + 2 {
            return;
        }
        if colon && self.deals(text, cut, cues) {
            return;
        }
        // Who punishes may do so some sentences on: "Berikut rincian dendanya:".
        // "Berikut saham yang disuspensi:" tells of it once more.
        let ruling = if cut.all & cues.shut_out != 0 { RULING } else { RULING / 2 };
        let reach = |kind: &ClaimKind| match kind {
            ClaimKind::Sanction if cut.all & cues.list_intro != 0 => ruling,
            _ => WAITING,
        };
        let waits = self.sides.iter().filter(|(kind, (.., at))| at + reach(kind) >= now);
        let left = waits.max_by_key(|(_, (.., at))| *at);
        // "Tiga negara memblokir Alfa. Berikut daftarnya:".
        let struck = self.struck.as_ref().filter(|(.., at)| at + WAITING >= now);
        let list = match (left, struck) {
            (left, Some((side, put, at))) if left.is_none_or(|(_, (.., other))| other < at) => {
                let pattern = self.struck_by.clone();
                pattern.map(|by| {
                    (
                        List {
                            side: side.clone(),
                            doers: true,
                            ..List::of_pairs(&by, ClaimKind::Sanction, put.0)
                        },
                        *put,
                    )
                })
            }
            (Some((kind, (side, put, _))), _) => {
                let pattern = self.by.get(kind);
                pattern.map(|by| (List { side: side.clone(), ..List::of_pairs(by, *kind, put.0) }, *put))
            }
            _ => None,
        };
        if let Some((list, put)) = list {
            // What stands below a heading tells when.
            let put = if headed { (put.0, None) } else { put };
            let lead = match colon {
                true => Lead::Colon,
                false if headed => Lead::Headings,
                false => Lead::Word,
            };
            self.list(List { put, ..list }, lead);
        }
    }

    /// Begins the list of "Berikut daftar kerja sama yang diteken:", whose lines name both sides.
    fn deals(&mut self, text: &str, cut: &Cut, cues: &Cues) -> bool {
        let told = cut.all & (cues.list_intro | cues.signing) != 0 && cut.all & cues.negated == 0;
        if !told || !says(text, cut, &DEALS) {
            return false;
        }
        let status = if cut.all & cues.planned != 0 { Status::Planned } else { Status::Asserted };
        self.list(List::of_pairs("daftar kerja sama", ClaimKind::Partner, status), Lead::Colon);
        true
    }

    /// Begins the list of "5 derbi terpanas di dunia", whose lines name both rivals.
    fn contests(&mut self, text: &str, cut: &Cut, colon: bool, cues: &Cues) -> bool {
        let first = cut.tokens.iter().take(3).filter(|t| t.shape == Shape::Number);
        let counted = first.filter_map(|t| t.text(text).parse().ok()).any(|n: u32| COUNTED.contains(&n));
        let ends = cut.tokens.last().is_some_and(|t| t.text(text) == ".");
        let told = cut.all & cues.list_intro != 0 || counted && !ends;
        if !told || cut.tokens.len() > 2 * SHORT || !says(text, cut, &CONTESTS) {
            return false;
        }
        let lead = match colon {
            true => Lead::Colon,
            false if counted => Lead::Count,
            false => Lead::Word,
        };
        self.list(List::of_pairs("daftar rivalitas", ClaimKind::Rival, Status::Asserted), lead);
        true
    }

    /// Takes note of the second side of what the sentence of this number told.
    pub(super) fn tell(&mut self, kind: ClaimKind, side: &[u32], put: Put, now: usize) {
        match self.last.get_mut(&kind) {
            _ if side.is_empty() => {}
            Some((members, old, at)) if members == side => (*old, *at) = (put, now),
            _ => {
                self.last.insert(kind, (side.into(), put, now));
            }
        }
    }

    /// Whether the sentence `now` may complete a side.
    pub(super) fn waits(&self, now: usize) -> bool {
        self.sides.values().chain(&self.struck).any(|(.., at)| at + WAITING >= now)
    }

    /// Begins a list of lines that was announced so.
    pub(super) fn list(&mut self, list: List, lead: Lead) {
        (self.lines, self.numbered) = (Some(Lines { list, lead, form: None, gap: 0 }), None);
    }

    /// What the sentence is an entry of: it begins with a number or a dash, or is a name. `now`
    /// is the number of the sentence before.
    pub(super) fn entry(&mut self, text: &str, cut: &Cut, cues: &Cues, now: usize) -> Option<List> {
        let first = cut.tokens.first()?;
        if self.lines.is_none() && is_bullet(first.text(text)) && is_name_alone(text, cut) {
            self.unannounced(now);
        }
        let lines = self.lines.as_mut()?;
        // "- Hukuman: denda" below an entry.
        let said = |t: &Token| t.text(text) == ":";
        let named = cut.runs.first().is_some_and(|r| r.from == 1 && r.local.is_some());
        if is_bullet(first.text(text)) && !named && cut.tokens.iter().skip(2).take(4).any(said) {
            return None;
        }
        let number = first.text(text).parse().ok().filter(|_| first.shape == Shape::Number);
        if let Some(number) = number.filter(|n| cut.tokens.len() <= 2 && lines.takes(Form::Number(*n))) {
            self.numbered = Some(number);
            return None;
        }
        let behind = cut.tokens.get(1).is_some_and(|t| matches!(t.text(text), "." | ")"));
        let form = match (self.numbered.take(), number) {
            (Some(number), _) => Some(Form::Number(number)),
            (None, Some(number)) if behind => Some(Form::Number(number)),
            _ if is_bullet(first.text(text)) => Some(Form::Bullet),
            _ => is_bare(text, cut, cues).then_some(Form::Bare),
        };
        if let Some(form) = form.filter(|form| lines.takes(*form)) {
            (lines.form, lines.gap) = (Some(form), 0);
            return Some(lines.list.clone());
        }
        lines.gap += 1;
        if lines.gap > lines.patience() {
            self.lines = None;
        }
        None
    }

    /// "Alfa menggandeng lima bank.", and a dash before the name of each.
    fn unannounced(&mut self, now: usize) {
        let mut left = self.sides.iter().filter(|(_, (.., at))| *at == now && self.counts == now);
        if let (Some((kind, (side, put, _))), None) = (left.next(), left.next())
            && let Some(pattern) = self.by.get(kind).cloned()
        {
            let list = List { pattern, kind: *kind, side: side.clone(), put: *put, doers: false };
            self.list(list, Lead::Colon);
        }
    }

    /// The side that the sentence `now` may complete.
    pub(super) fn of(&self, kind: ClaimKind, past: Past, now: usize) -> Option<(&[u32], Put)> {
        let (side, reach) = match past {
            Past::Same => (self.last.get(&kind), LIKEWISE),
            Past::Struck => (self.struck.as_ref(), WAITING),
            Past::Issuer => (self.sides.get(&kind), RULING),
            _ => (self.sides.get(&kind), WAITING),
        };
        let (side, put, at) = side.filter(|(.., at)| at + reach >= now)?;
        // One more goes on with what was told last.
        let latest = past != Past::More || self.sides.values().all(|(.., other)| other <= at);
        latest.then_some((&**side, *put))
    }
}

/// The name that a list's line begins with.
pub(super) fn head<'i>(text: &str, cut: &Cut, items: &'i [Item], cues: &Cues) -> Option<&'i Item> {
    let nouns = cues.company_word | cues.company_head | cues.government_word | cues.bearer_noun | cues.small;
    let leads = |i: &&Item| {
        let first = cut.tokens[i.from];
        let mark = i.kind == Kind::Mark || first.shape == Shape::Number || is_bullet(first.text(text));
        i.members.is_empty() && (mark || i.classes & nouns != 0)
    };
    let at = items.iter().take(LINE).take_while(leads).count();
    items.get(at).filter(|i| i.kind == Kind::Group && !i.reference)
}

/// Those whom a list's line names behind the first: "1. Alfa dengan Beta soal gas".
pub(super) fn second<'i>(
    text: &str,
    cut: &Cut,
    items: &'i [Item],
    first: &Item,
    cues: &Cues,
) -> Option<&'i Item> {
    let at = items.iter().position(|i| i.from >= first.to)?;
    let link = &items[at];
    let dash = matches!(cut.tokens[link.from].text(text), "-" | "–" | "—");
    let linked = dash || link.classes & (cues.with | cues.and) != 0;
    items.get(at + 1).filter(|i| linked && i.kind == Kind::Group && !i.reference)
}

/// "Berikut lima mitra Alfa", "Alfa menggandeng tiga bank:": how the trigger at an item
/// is told of a list to come, if it is.
pub(super) fn announced(text: &str, cut: &Cut, items: &[Item], at: usize, cues: &Cues) -> Option<Lead> {
    let last = cut.tokens.last().map_or("", |t| t.text(text));
    let colon = last == ":";
    if !matches!(last, "." | "!" | "\"") && counts(text, cut, items, at, cues) {
        return Some(Lead::Count);
    }
    let mut near = items[at.saturating_sub(ANNOUNCED)..at].iter().rev().take_while(|i| i.kind != Kind::Mark);
    let others = cues.with | cues.like | cues.count | cues.company_word | cues.bearer_noun | cues.peer_word;
    let counted = || items.iter().skip(at + 1).rev().skip(1).any(|i| i.classes & others != 0);
    let told = near.any(|i| i.classes & cues.list_intro != 0) || colon && (at < 3 || counted());
    told.then_some(if colon { Lead::Colon } else { Lead::Word })
}

/// "7 Negara Sekutu Alfa", "Ini 5 bank yang digandeng Alfa": whether those of the trigger
/// at an item are counted in figures.
fn counts(text: &str, cut: &Cut, items: &[Item], at: usize, cues: &Cues) -> bool {
    let firms = cues.company_word | cues.company_head | cues.bearer_noun;
    let nouns = firms | cues.government_word | cues.peer_noun | cues.peer_word;
    let figure = |i: &Item| {
        let token = cut.tokens[i.from];
        let number = i.kind == Kind::Word && token.shape == Shape::Number;
        number && token.text(text).parse().is_ok_and(|n: u32| COUNTED.contains(&n))
    };
    let counted = items.iter().take(ANNOUNCED).position(figure).map(|n| n + 1);
    counted.is_some_and(|n| n == at || n < at && items[n].classes & nouns != 0)
}

/// Whether a sentence has one of these nouns, however it is written.
fn says(text: &str, cut: &Cut, nouns: &[&str]) -> bool {
    let said = text[cut.span.range()].to_lowercase();
    nouns.iter().any(|noun| said.contains(noun))
}

/// "- Alfa Beta (AB)": whether nothing but a name stands behind a line's dash.
fn is_name_alone(text: &str, cut: &Cut) -> bool {
    let mark = |t: &Token| matches!(t.text(text), "(" | "," | ";" | "." | ":");
    cut.runs
        .first()
        .is_some_and(|run| run.from == 1 && run.local.is_some() && cut.tokens.get(run.to).is_none_or(mark))
}

/// What lines of a list begin with.
fn is_bullet(word: &str) -> bool {
    matches!(word, "-" | "–" | "•" | "*" | "●" | "▪")
}

/// Whether a line is but a name, with little behind it.
fn is_bare(text: &str, cut: &Cut, cues: &Cues) -> bool {
    let ends = cut.tokens.last().is_some_and(|t| matches!(t.text(text), "." | "?" | "!" | ":" | "\""));
    let verb = |(n, t): (usize, &Token)| {
        t.shape == Shape::Lower && cut.classes[n] & cues.not_verb == 0 && is_verb(t.text(text))
    };
    let named = cut.runs.first().is_some_and(|r| r.from == 0 && r.local.is_some());
    named && cut.tokens.len() <= SHORT && !ends && !cut.tokens.iter().enumerate().any(verb)
}
