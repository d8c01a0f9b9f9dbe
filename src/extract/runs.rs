//! Where a sentence's names begin and end.

use super::EntityKind;
use super::capitals::{
    bodied, body_of_part, capital_end, headline_end, initials_end, is_particle, joins, titled,
};
use super::classes::{Cue, Tags};
use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::known::{HOME, Sort};
use super::lexical::listed_name;
use super::looks::{is_amount, is_board, is_derived, is_roman};
use super::titles::{foreign_minister, one_more, title_goes_on};
use super::token::Shape;
use super::units::local_unit;
use std::ops::ControlFlow;

/// Takes in the names that begin at these tokens; `names` are those of the lexicons that
/// begin at each token, with their number of tokens.
pub(super) fn runs(x: &Extractor, text: &str, cut: &mut Cut, names: &[Option<(u32, u32)>], starts: &[usize]) {
    let heads =
        x.cues.company_head | x.cues.government_head | x.cues.organisation_head | x.cues.alliance_head;
    let mut names = Finder { x, text, cut, names, heads };
    let (mut dated, mut at) = (0, 0);
    for start in starts {
        // What stands before is part of another name.
        if *start < at {
            continue;
        }
        at = *start;
        let dates = &names.cut.dates[dated..];
        dated += dates.iter().take_while(|d| d.to <= at).count();
        let inside = names.cut.dates.get(dated).is_some_and(|d| d.from <= at && at < d.to);
        at = if inside { at + 1 } else { names.step(at) };
    }
}

struct Finder<'a> {
    x: &'a Extractor,
    text: &'a str,
    cut: &'a mut Cut,
    names: &'a [Option<(u32, u32)>],
    /// What the names of firms and bodies begin with.
    heads: Cue,
}

impl Finder<'_> {
    /// Takes in the name that begins at a token, if one does; where to go on.
    fn step(&mut self, at: usize) -> usize {
        let (x, names) = (self.x, self.names);
        if self.is_alliance_of(at) {
            return at + 1;
        }
        one_more(x, self.cut, at);
        let spelt = || self.cut.has(b'(').then(|| spelt_out(x, self.text, self.cut, names, at)).flatten();
        if let Some(to) = spelt() {
            self.cut.runs.push(Run::new(at, to, None));
            return to;
        }
        let found = self.board(at).or_else(|| self.headline(at)).or_else(|| self.government(at));
        if let Some(next) = found {
            return next;
        }
        let token = self.cut.tokens[at];
        let is_head = token.is_name_like() && self.cut.classes[at] & self.heads != 0 && !self.cut.headline;
        let mut end = at;
        if let Some(known) = names[at] {
            if self.cut.classes[at] & x.cues.person_title != 0
                && let Some(to) = foreign_minister(x, self.text, self.cut, names, at)
            {
                return to;
            }
            match listed_name(x, self.text, self.cut, names, at, known, is_head) {
                ControlFlow::Break(next) => return next,
                ControlFlow::Continue(name) => end = name,
            }
        }
        if !token.is_name_like() || token.shape == Shape::Number {
            return end.max(at + 1);
        }
        title_goes_on(x, self.text, self.cut, names, at)
            .or_else(|| self.passed(at))
            .or_else(|| self.word(at, is_head))
            .unwrap_or_else(|| self.capitals(at, end, is_head))
    }

    /// The name of the lexicons that begins at a token, if it fits.
    fn named(&self, at: usize, fits: impl Fn(u32) -> bool) -> Option<(u32, u32)> {
        self.names.get(at).copied().flatten().filter(|(id, _)| fits(*id))
    }

    fn is_state(&self, id: u32) -> bool {
        self.x.known[id as usize].state
    }

    fn sort(&self, id: u32) -> Sort {
        self.x.known[id as usize].sort
    }

    /// "Koalisi Alfa, Beta, dan Gama": a coalition of those named; of states two at least.
    fn is_alliance_of(&self, at: usize) -> bool {
        let entity = |id: u32| matches!(self.sort(id), Sort::Entity(_));
        let other = |len: u32| with_state(self.x, self.text, self.cut, self.names, at + 1 + len as usize);
        // "Konsorsium PT Alfa dan Beta": it has no name of its own.
        let legal = self.x.cues.legal_form;
        let firm = self.cut.classes.get(at + 1).is_some_and(|c| c & legal != 0);
        // "Konsorsium Alfa Nusantara", where the lexicons have but Alfa.
        let goes_on = |len: u32| {
            let next = self.cut.tokens.get(at + 1 + len as usize);
            next.is_some_and(|t| t.shape == Shape::Capital && !t.glued) && !self.cut.headline
        };
        if self.named(at + 1, entity).is_some_and(|(id, len)| !self.is_state(id) && goes_on(len)) {
            return false;
        }
        self.cut.classes[at] & self.x.cues.alliance_head != 0
            && self.names[at].is_none()
            && (firm || self.named(at + 1, entity).is_some_and(|(id, len)| !self.is_state(id) || other(len)))
    }

    /// "DPC Alfa", where Alfa is a party: its local board speaks for it.
    fn board(&mut self, at: usize) -> Option<usize> {
        let body = |id: u32| self.sort(id) == Sort::Entity(EntityKind::Organisation);
        let (id, len) = self.named(at + 1, body)?;
        let alone = self.names[at].is_none_or(|(_, len)| len == 1);
        if !alone || !is_board(self.cut.tokens[at].text(self.text)) {
            return None;
        }
        let to = local_unit(self.x, self.cut, self.names, id, at + 1 + len as usize);
        self.cut.runs.push(Run::new(at, to, Some(id)));
        Some(to)
    }

    fn headline(&mut self, at: usize) -> Option<usize> {
        if !self.cut.headline || self.names[at].is_some() {
            return None;
        }
        let to = headline_end(self.x, self.cut, self.text, self.names, at)?;
        self.cut.runs.push(Run::new(at, to, None));
        Some(to)
    }

    /// "Pemerintah Alfa" is the state Alfa.
    fn government(&mut self, at: usize) -> Option<usize> {
        let cues = &self.x.cues;
        if self.cut.classes[at] & cues.government_word == 0 || self.names[at].is_some() {
            return None;
        }
        // "Otoritas di Alfa" too.
        let within = self.cut.tokens.get(at + 1).is_some_and(|t| t.is(self.text, "di"));
        let from = at + 1 + usize::from(within);
        // "Otoritas Kominfo" is Kominfo.
        let body = |id: u32| !self.is_state(id) && self.sort(id) == Sort::Entity(EntityKind::Government);
        if at == 0 && from == at + 1 && self.named(from, body).is_some() {
            return Some(from);
        }
        let (id, len) = self.named(from, |id| self.is_state(id))?;
        let to = from + len as usize;
        // "militer Alfa" is a body of its own.
        // "target militer Alfa": the word only says of what kind.
        // "militer Alfa menyerang": the state does.
        let class = |at: usize| self.cut.classes.get(at).copied().unwrap_or_default();
        let after = to + usize::from(class(to) & (cues.adverb | cues.planned) != 0);
        let kind = at > 0 && class(at - 1) & cues.force_object != 0 || class(after) & cues.force_object != 0;
        let known = (kind || self.cut.classes[at] & cues.force == 0).then_some(id);
        self.cut.runs.push(Run::new(at, to, known));
        Some(to)
    }

    /// Passes over a model, a number or an amount.
    fn passed(&mut self, at: usize) -> Option<usize> {
        let (cut, cues) = (&mut *self.cut, &self.x.cues);
        let written = cut.tokens[at].text(self.text);
        // "Alfa E1": a model of what stands before.
        let model = cut.runs.last().is_some_and(|r| r.to == at && r.known.is_some())
            && written.len() <= 4
            && written.ends_with(|c: char| c.is_ascii_digit());
        if model {
            return Some(at + 1);
        }
        // "Wakil Rektor III Universitas Alfa": the title goes on.
        let roman = is_roman(written);
        let title = cut.before(at) & (cues.person_title | cues.company_title);
        if roman && title != 0 && self.names[at].is_none() {
            cut.classes[at] |= title;
            cut.phrase[at] = 1;
            return Some(at + 1);
        }
        // "Rp56", "kuartal III".
        // "Peringatan Tertulis III dan denda".
        let last = || cut.tokens.get(at + 1).is_none_or(|t| t.shape == Shape::Lower);
        let third =
            roman && at > 0 && (cut.tokens[at - 1].shape == Shape::Lower || written.len() > 1 && last());
        (third || is_amount(written)).then_some(at + 1)
    }

    /// Passes over what has its capital as a title or from the sentence's start.
    fn word(&self, at: usize, is_head: bool) -> Option<usize> {
        let (cut, cues) = (&*self.cut, &self.x.cues);
        // "Presiden Alfa", "Ketika Alfa".
        let usual = self.heads | cues.company_tail | cues.event_head | cues.given_name | cues.title_area;
        let opener = cut.classes[at] & !usual != 0 && !self.is_inner(at);
        if opener && !is_head && self.names[at].is_none() {
            return Some(at + usize::from(cut.phrase[at]));
        }
        // "Perhelatan Alfa": a common noun.
        let starts = at == 0 || cut.tokens[at - 1].shape == Shape::Mark;
        let next_capital = || cut.tokens.get(at + 1).is_some_and(|t| t.is_name_like());
        let noun = starts && !is_head && !cut.headline && next_capital();
        (noun && is_derived(cut.tokens[at].text(self.text))).then_some(at + 1)
    }

    /// "dan Janji Alfa": inside a sentence the capitals of two words tell a name.
    fn is_inner(&self, at: usize) -> bool {
        let (cut, cues) = (&*self.cut, &self.x.cues);
        let titles = cues.person_title
            | cues.company_title
            | cues.person_prefix
            | cues.government_word
            | cues.speech
            | cues.small
            | cues.that
            | cues.product_word
            | cues.event_head
            | cues.calendar;
        let free = |at: usize| self.names.get(at).is_some_and(|name| name.is_none());
        at > 0
            && cut.tokens[at - 1].shape == Shape::Lower
            && !cut.headline
            && cut.classes[at] & titles == 0
            && cut.phrase[at] == 1
            && cut.tokens.get(at + 1).is_some_and(|t| t.is_name_like() && !t.glued)
            && (free(at + 1) || is_ours(cut, self.text, at + 1))
    }

    /// Takes in the run of capitals from a token on, where a name of the lexicons may end at
    /// `end`; where to go on.
    fn capitals(&mut self, at: usize, end: usize, is_head: bool) -> usize {
        let Finder { x, text, names, heads, .. } = *self;
        let cut = &mut *self.cut;
        let mut to = at + 1;
        if is_head {
            to = capital_end(x, cut, text, names, at);
            // "Anggota Komite Pengawas ALFA": a part of the body by which it is known.
            if let Some(body) = body_of_part(x, cut, text, names, at, to) {
                let title = x.cues.person_title;
                cut.entitle(at..body, title);
                return body;
            }
            // "Rektor Universitas Alfa Budi Cita": the title's bearer follows.
            if titled(x, cut, text, at) {
                to = self.bearer(at, to).unwrap_or(to);
            }
        } else {
            to = self.joined_end(at, to);
        }
        let cut = &mut *self.cut;
        // "Cabos de Alfa", where Alfa is known.
        let small = |at: usize| at > 0 && cut.tokens[at].shape == Shape::Lower;
        if to > at && small(to - 1) && is_particle(cut.tokens[to - 1].text(text)) {
            to = names.get(to).copied().flatten().map_or(to - 1, |(_, len)| to + len as usize);
        }
        // "Forum ini": a lone word for an alliance.
        let class = cut.classes[at];
        let lone = class & x.cues.alliance_head != 0;
        let plain = to == at + 1 && (lone || class & !x.cues.given_name != 0 && class & heads == 0);
        if plain || cut.headline {
            return end.max(at + usize::from(cut.phrase[at]));
        }
        // "PT Alfa Beta Tbk": the lexicon may have it without its form.
        // "Ketua Umum Alfa", where no more of the run is left.
        let whole = || names[at].filter(|_| to == at + 1).map(|(id, _)| id);
        let known = is_head.then(|| core(x, cut, names, at, to).or_else(whole)).flatten();
        // "Tim Liga Alfa Beta United": the known club is meant.
        if class & x.cues.team_head != 0
            && let Some(club) =
                (at + 1..to).find(|n| names[*n].is_some_and(|(_, len)| n + len as usize == to))
            && !x.known[names[club].map_or(0, |k| k.0) as usize].state
        {
            return club;
        }
        to = initials_end(x, cut, text, at, to).unwrap_or(to);
        cut.runs.push(Run::new(at, to, known));
        to
    }

    /// Where the name of a title's bearer begins in a run: "Direktur PT Alfa | Budi Cita".
    fn bearer(&self, at: usize, to: usize) -> Option<usize> {
        let (cut, cues) = (&*self.cut, &self.x.cues);
        let firm = cut.classes[at] & cues.company_head != 0;
        let behind = if firm { None } else { bearer_end(self.x, cut, self.names, at, to) };
        let given = |n: usize| cut.tokens[n].is_name_like() && cut.classes[n] & cues.given_name != 0;
        // Where the lexicon has Alfa.
        let person = || {
            let firm = |id: u32| matches!(self.sort(id), Sort::Entity(EntityKind::Company));
            let end = self.named(at + 1, firm).map(|(_, len)| at + 1 + len as usize)?;
            let free = |class: &Tags| *class == 0 || *class & cues.given_name != 0;
            (end + 1 < to && cut.classes[end..to].iter().all(free)).then_some(end)
        };
        // "Ketua Umum Alfa Budi Cita", where one word is a body by itself.
        let whole = self.named(at, |id| matches!(self.sort(id), Sort::Entity(_)));
        let from = if whole.is_some_and(|(_, len)| len == 1) { at + 1 } else { at + 2 };
        behind.or_else(|| (from..to).find(|n| given(*n))).or_else(person)
    }

    /// Where a run of capitals ends that no head governs: a known name ends it.
    fn joined_end(&self, at: usize, mut to: usize) -> usize {
        let Finder { x, text, names, heads, .. } = *self;
        let cut = &*self.cut;
        let place = |at: usize| {
            names[at].is_some_and(|(id, len)| {
                len == 1 && matches!(self.sort(id), Sort::Place) && !self.is_state(id)
            })
        };
        // "Direktur Alfa Budi Cita": the title's bearer begins.
        // "Ketua ALFA Budi Cita" as well.
        let short = cut.tokens[at].shape == Shape::Upper && cut.before(at) & x.cues.person_title != 0;
        let led =
            (short || cut.before(at) & x.cues.company_title != 0) && cut.classes[at] & x.cues.given_name == 0;
        let bears =
            |to: usize| cut.classes[to] & x.cues.given_name != 0 && (led || bodied(x, cut, text, at, to));
        // "Alfa Rural Bank".
        let closes = |to: usize| {
            cut.tokens[to].is_name_like()
                && !cut.tokens[to].glued
                && cut.classes[to] & x.cues.company_tail != 0
                && cut.tokens.get(to + 1).is_none_or(|t| !t.is_name_like())
        };
        let fits = |to: usize| {
            names[to].is_none()
                || place(to)
                || goes_on(x, cut, text, names, to)
                || is_ours(cut, text, to)
                || is_home(x, cut, names, at, to)
        };
        // "Alfa University": it ends a name as well as it begins one.
        let free = |to: usize| {
            cut.classes[to] & (heads | x.cues.person_prefix) == 0
                || cut.classes[to] & x.cues.organisation_tail != 0
        };
        while to < cut.tokens.len()
            && (closes(to) || joins(cut, text, to) && !bears(to) && fits(to) && free(to))
        {
            to += 1;
        }
        to
    }
}

/// "Alfa Terminal Hijau (ATH)": where a name ends that begins with a known one, and whose
/// initials stand in brackets behind it.
fn spelt_out(x: &Extractor, text: &str, cut: &Cut, names: &[Option<(u32, u32)>], at: usize) -> Option<usize> {
    let firm = |id: u32| matches!(x.known[id as usize].sort, Sort::Entity(EntityKind::Company));
    let (_, len) = names[at].filter(|(id, _)| firm(*id))?;
    let own = |n: &usize| cut.tokens[*n].shape == Shape::Capital && !cut.tokens[*n].glued;
    let to = (at..cut.tokens.len()).take_while(own).last()? + 1;
    let short = cut.tokens.get(to + 1).filter(|t| t.shape == Shape::Upper)?.text(text);
    let initials = cut.tokens[at..to].iter().filter_map(|t| t.text(text).chars().next());
    (to - at > len as usize && to - at > 2 && cut.tokens[to].is(text, "(") && initials.eq(short.chars()))
        .then_some(to)
}

/// "-Beta", "dan Beta" behind a state: whether another one follows.
fn with_state(x: &Extractor, text: &str, cut: &Cut, names: &[Option<(u32, u32)>], at: usize) -> bool {
    let Some(token) = cut.tokens.get(at) else { return false };
    let joins = matches!(token.text(text), "-" | "–" | ",") || cut.classes[at] & x.cues.and != 0;
    joins && names.get(at + 1).copied().flatten().is_some_and(|(id, _)| x.known[id as usize].state)
}

/// Where a body behind a title ends and the bearer's name begins: "Kepala Dinas Alfa Jawa
/// Timur Budi Cita", "Kepala Dinas Pariwisata Budi".
fn bearer_end(x: &Extractor, cut: &Cut, names: &[Option<(u32, u32)>], at: usize, to: usize) -> Option<usize> {
    let sort = |n: usize| names[n].map(|(id, _)| x.known[id as usize].sort);
    let own = |n: &usize| {
        let class = cut.classes[*n] & !x.cues.given_name;
        class == 0 && cut.tokens[*n].is_name_like() && matches!(sort(*n), None | Some(Sort::Person))
    };
    let from = (at + 2..to).rev().take_while(own).last()?;
    // "Angkatan Darat Alfa Jenderal Budi".
    let from = from - usize::from(from > at + 2 && cut.classes[from - 1] & x.cues.person_prefix != 0);
    let head = at + usize::from(cut.phrase[at]);
    // A place, or a field of work in common words, stands before the person.
    let seat = |n: usize| {
        let state = || names[n].is_some_and(|(id, _)| x.known[id as usize].state);
        names[n].is_some_and(|(_, len)| n + len as usize == from)
            && (matches!(sort(n), Some(Sort::Place)) || state())
    };
    let unknown = || (from..to).all(|n| cut.tokens[n].word == 0 || cut.classes[n] & x.cues.given_name != 0);
    let field = || {
        let heads = cut.classes[at] & x.cues.government_head != 0 && cut.classes[at] & x.cues.village == 0;
        heads && from > head && cut.classes[from - 1] & x.cues.common != 0 && unknown()
    };
    ((at + 1..from).any(seat) || field()).then_some(from)
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

/// "Alfa Indonesia": a word that no list has, then the state where the firm works.
fn is_home(x: &Extractor, cut: &Cut, names: &[Option<(u32, u32)>], at: usize, to: usize) -> bool {
    let own = |n: usize| {
        let tail = n > at && cut.classes[n] & x.cues.company_tail != 0;
        cut.tokens[n].word == 0 && cut.classes[n] == 0 && names[n].is_none() || tail
    };
    let titles = x.cues.person_title | x.cues.person_prefix | x.cues.government_word;
    // "dengan Alfa Beta Indonesia", whatever the words are elsewhere.
    let beside = x.cues.with | x.cues.and | x.cues.agent | x.cues.company_verb;
    let sided = at > 0 && to > at + 1 && cut.classes[at - 1] & beside != 0;
    let words = x.cues.common | x.cues.title_area | x.cues.given_name;
    let usual = |n: usize| names[n].is_none() && cut.classes[n] & !words == 0;
    names[to].is_some_and(|(id, len)| len == 1 && x.known[id as usize].name(&x.texts) == HOME)
        && !cut.tokens[to].glued
        && (at..to).all(|n| own(n) || sided && usual(n))
        && cut.before(at) & titles == 0
        && cut.tokens.get(to + 1).is_none_or(|t| !t.is_name_like())
}

/// "Kurir Kita": inside a sentence that word has its capital from a name only.
fn is_ours(cut: &Cut, text: &str, at: usize) -> bool {
    let before = at.checked_sub(1).map(|n| cut.tokens[n]);
    matches!(cut.tokens[at].bytes(text), b"Kita" | b"Kami" | b"Anda")
        && !cut.headline
        && before.is_some_and(|t| t.shape == Shape::Capital && !cut.tokens[at].glued)
}

/// "Alfa Corporation of China", "East China Sea Institute": a state's name inside another;
/// "Alfa Beta Group", where Beta is known.
fn goes_on(x: &Extractor, cut: &Cut, text: &str, names: &[Option<(u32, u32)>], at: usize) -> bool {
    let state = names[at].is_some_and(|(id, _)| x.known[id as usize].state);
    let after_of = at > 0 && cut.tokens[at - 1].is(text, "of");
    let tails = x.cues.organisation_tail | x.cues.body_tail;
    let ahead =
        |to: &usize| *to < cut.tokens.len() && joins(cut, text, *to) && cut.tokens[*to].is_name_like();
    let tail = || (at + 1..at + 6).take_while(ahead).any(|to| cut.classes[to] & tails != 0);
    let group = || {
        let next = at + names[at].map_or(0, |(_, len)| len as usize);
        let tail = x.cues.company_tail | x.cues.organisation_tail;
        cut.classes.get(next).is_some_and(|c| c & tail != 0)
            && at > 0
            && cut.tokens[at - 1].is_name_like()
            && joins(cut, text, next)
    };
    state && (after_of || tail()) || !state && group()
}
