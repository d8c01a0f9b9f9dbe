//! Where the names of a sentence stand.

use super::EntityKind;
use super::asides::{dateline, fold};
use super::capitals::{
    bodied, body_of_part, capital_end, headline_end, initials_end, is_particle, joins, titled,
};
use super::classes::{Cue, Tags};
use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::known::HOME;
use super::known::Sort;
use super::legal::legal_forms;
use super::lexical::listed_name;
use super::listing::{initialled, parts};
use super::looks::{is_amount, is_board, is_derived, is_roman};
use super::recent::Recent;
use super::sift::{footnote, sift};
use super::titles::title_goes_on;
use super::token::{Shape, Token, mark_bit};
use super::units::local_unit;
use crate::base::{PartialDate, Span};
use std::ops::ControlFlow;

/// Room that is used again from sentences to sentences.
#[derive(Debug, Default)]
pub(super) struct Desk {
    places: Vec<Places>,
    pub recent: Recent,
}

/// What is known of a sentence's words until its names are found.
#[derive(Debug, Default)]
struct Places {
    /// The name that begins at each token: the entity and the number of tokens.
    names: Vec<Option<(u32, u32)>>,
    /// Where dates may begin.
    dated: Vec<usize>,
    /// Where runs may begin: so many.
    starts: Vec<usize>,
    begun: usize,
    /// Most words have capitals.
    capitals: bool,
}

/// How many sentences take each step together: so its code stays at hand, and they do.
const TOGETHER: usize = 16;

/// Cuts sentences and finds their names and dates.
pub(super) fn cut(
    x: &Extractor,
    text: &str,
    spans: &[Span],
    anchor: Option<PartialDate>,
    Desk { places, recent }: &mut Desk,
    cuts: &mut [Cut],
) {
    places.resize_with(TOGETHER, Places::default);
    for (spans, cuts) in spans.chunks(TOGETHER).zip(cuts.chunks_mut(TOGETHER)) {
        for (span, cut) in spans.iter().zip(&mut *cuts) {
            tokens(x, text, *span, recent, cut);
        }
        for (cut, places) in cuts.iter_mut().zip(&mut *places) {
            look_up(x, cut, places);
        }
        for (cut, places) in cuts.iter_mut().zip(&mut *places) {
            x.calendar.find_at(text, &cut.tokens, anchor, places.dated.iter().copied(), &mut cut.dates);
            let ends = cut.tokens.last().is_some_and(|t| matches!(t.bytes(text), b"." | b"\"" | CLOSING));
            cut.headline = places.capitals && !ends && !is_entry(text, cut) && !is_listed(x, text, cut);
        }
        for (cut, places) in cuts.iter_mut().zip(&*places) {
            cut.runs.clear();
            runs(x, text, cut, &places.names, &places.starts[..places.begun]);
        }
        for cut in cuts {
            settle(x, text, cut);
        }
    }
}

/// The mark that closes what is quoted.
const CLOSING: &[u8] = "”".as_bytes();

/// Cuts a sentence into tokens.
fn tokens(x: &Extractor, text: &str, span: Span, recent: &mut Recent, cut: &mut Cut) {
    let toks = &mut cut.tokens;
    toks.clear();
    cut.span = span;
    cut.marks = x.trie.cut(text, span.range(), recent, toks);
    if let Some(bare) = footnote(text, toks) {
        bare.word = x.trie.number(text, bare, recent);
    }
    cut.folded = false;
    if cut.marks & mark_bit(b'(') != 0 {
        let count = toks.len();
        fold(x, text, toks);
        if toks.len() < count {
            let marks = toks.iter().filter(|t| t.shape == Shape::Mark);
            cut.marks = marks.fold(0, |all, t| all | mark_bit(t.bytes(text)[0]));
            cut.folded = true;
        }
    }
}

/// Finds what begins at each token.
fn look_up(x: &Extractor, cut: &mut Cut, Places { names, dated, starts, begun, capitals }: &mut Places) {
    let Cut { tokens: toks, classes, phrase, .. } = cut;
    let count = toks.len();
    phrase.clear();
    phrase.resize(count, 1);
    names.clear();
    names.resize(count, None);
    dated.clear();
    if starts.len() < count {
        starts.resize(count, 0);
    }
    let mut begun_at = 0;
    let (mut words, mut high) = (0, 0);
    let mut all = Cue::NONE;
    classes.clear();
    classes.resize(count, Tags::NONE);
    let places = classes.iter_mut().zip(phrase.iter_mut()).zip(names.iter_mut());
    let trie = &x.trie;
    for (at, (token, ((class, phrase), name))) in toks.iter().zip(places).enumerate() {
        let number = token.shape == Shape::Number;
        let name_like = token.is_name_like();
        words += usize::from(!number & (token.shape != Shape::Mark));
        high += usize::from(name_like);
        let beginning = trie.begun(token.word);
        if trie.goes_on(beginning, token, toks.get(at + 1)) {
            let hit = trie.hit(toks, at);
            *phrase = hit.phrase_len.clamp(1, 20) as u8;
            *name = hit.name;
            *class = hit.classes;
        } else {
            let (entity, tags) = trie.alone(beginning, token);
            if let Some(entity) = entity {
                *name = Some((entity, 1));
            }
            *class = tags;
        }
        all |= class.cues();
        if number | beginning.dates {
            dated.push(at);
        }
        // All are written, and some kept: there is no telling which.
        starts[begun_at] = at;
        begun_at += usize::from(name_like | name.is_some() | (*class & x.cues.government_word != 0));
    }
    *begun = begun_at;
    cut.all = all;
    *capitals = words >= 4 && high * 10 > words * 7;
}

/// What is to be said of a sentence's names once all of them are found.
fn settle(x: &Extractor, text: &str, cut: &mut Cut) {
    parts(x, text, cut);
    initialled(text, cut);
    legal_forms(cut, text, &x.cues);
    sift(cut, text, &x.cues);
    cut.start = dateline(text, cut);
    let Cut { runs, classes, phrase, start, all, .. } = cut;
    // "40 miliar dolar AS": no state.
    let sums = *all & x.cues.amount != 0;
    if *start > 0 || sums {
        let sum = |at: usize| classes[at] & x.cues.amount != 0 && phrase[at] > 1;
        let in_sum = |run: &Run| sums && run.from > 0 && run.to == run.from + 1 && sum(run.from - 1);
        runs.retain(|run| run.from >= *start && !in_sum(run));
    }
}

/// Whether a sentence is a list's line: behind "5." on a line of its own, or a dash.
fn is_entry(text: &str, cut: &Cut) -> bool {
    let dash = cut.tokens.first().is_some_and(|t| matches!(t.text(text), "-" | "–" | "•" | "*" | "●" | "▪"));
    let number = |t: Option<&Token>| t.is_some_and(|t| t.shape == Shape::Number);
    let dot = cut.tokens.get(1).is_some_and(|t| matches!(t.bytes(text), b"." | b")"));
    let before = text[..cut.span.start as usize].trim_end_matches([' ', '\t']);
    let alone = before.strip_suffix(['.', ')']).is_some_and(|rest| {
        let line = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        line.len() < rest.len() && (line.is_empty() || line.ends_with('\n'))
    });
    dash || dot && number(cut.tokens.first()) || alone
}

/// Whether a line is but a company, one of those that lines list: "PT Alfa Beta Gama"
/// behind a colon, or below another such line.
fn is_listed(x: &Extractor, text: &str, cut: &Cut) -> bool {
    let first = cut.tokens[0];
    let acts = x.cues.company_verb | x.cues.verb_like | x.cues.with | x.cues.adverb | x.cues.agent;
    let plain = |(n, t): (usize, &Token)| t.is_name_like() && cut.classes[n] & acts == 0;
    let above = text[..cut.span.start as usize].trim_end();
    let above = above.rsplit('\n').next().unwrap_or_default();
    cut.classes[0] & x.cues.legal_form != 0
        && cut.tokens.iter().enumerate().all(plain)
        && (above.ends_with(':') || above.split(' ').next() == Some(first.text(text)))
}

/// "-Beta", "dan Beta" behind a state: whether another one follows.
fn with_state(x: &Extractor, text: &str, cut: &Cut, names: &[Option<(u32, u32)>], at: usize) -> bool {
    let Some(token) = cut.tokens.get(at) else { return false };
    let joins = matches!(token.text(text), "-" | "–") || cut.classes[at] & x.cues.and != 0;
    joins && names.get(at + 1).copied().flatten().is_some_and(|(id, _)| x.known[id as usize].state)
}

fn runs(x: &Extractor, text: &str, cut: &mut Cut, names: &[Option<(u32, u32)>], starts: &[usize]) {
    let n = cut.tokens.len();
    let heads =
        x.cues.company_head | x.cues.government_head | x.cues.organisation_head | x.cues.alliance_head;
    let (mut dated, mut at) = (0, 0);
    for start in starts {
        // What stands before is part of another name.
        if *start < at {
            continue;
        }
        at = *start;
        let token = cut.tokens[at];
        while cut.dates.get(dated).is_some_and(|d| d.to <= at) {
            dated += 1;
        }
        if cut.dates.get(dated).is_some_and(|d| d.from <= at && at < d.to) {
            at += 1;
            continue;
        }
        let mut end = at;
        // "Koalisi Alfa, Beta, dan Gama": a coalition of those named; of states two at least.
        let entity = |id: u32| matches!(x.known[id as usize].sort, Sort::Entity(_));
        let of_known = cut.classes[at] & x.cues.alliance_head != 0
            && names[at].is_none()
            && names.get(at + 1).copied().flatten().is_some_and(|(id, len)| {
                entity(id)
                    && (!x.known[id as usize].state || with_state(x, text, cut, names, at + 1 + len as usize))
            });
        if of_known {
            at += 1;
            continue;
        }
        // "DPC Alfa", where Alfa is a party: its local board speaks for it.
        let board = names[at].is_none_or(|(_, len)| len == 1) && is_board(token.text(text));
        let party =
            names.get(at + 1).copied().flatten().filter(|(id, _)| {
                board && x.known[*id as usize].sort == Sort::Entity(EntityKind::Organisation)
            });
        if let Some((id, len)) = party {
            let to = local_unit(x, cut, names, id, at + 1 + len as usize);
            cut.runs.push(Run::new(at, to, Some(id)));
            at = to;
            continue;
        }
        let is_head = token.is_name_like() && cut.classes[at] & heads != 0 && !cut.headline;
        if cut.headline
            && names[at].is_none()
            && let Some(to) = headline_end(x, cut, text, names, at)
        {
            cut.runs.push(Run::new(at, to, None));
            at = to;
            continue;
        }
        // "Pemerintah Alfa" is the state Alfa.
        let state = names.get(at + 1).copied().flatten().filter(|(id, _)| x.known[*id as usize].state);
        if let Some((id, len)) =
            state.filter(|_| cut.classes[at] & x.cues.government_word != 0 && names[at].is_none())
        {
            let to = at + 1 + len as usize;
            // "militer Alfa" is a body of its own.
            // "target militer Alfa": the word only says of what kind.
            // "militer Alfa menyerang": the state does.
            let class = |at: usize| cut.classes.get(at).copied().unwrap_or_default();
            let after = to + usize::from(class(to) & (x.cues.adverb | x.cues.planned) != 0);
            let kind =
                at > 0 && class(at - 1) & x.cues.force_object != 0 || class(after) & x.cues.force_object != 0;
            let known = (kind || cut.classes[at] & x.cues.force == 0).then_some(id);
            cut.runs.push(Run::new(at, to, known));
            at = to;
            continue;
        }
        if let Some(known) = names[at] {
            match listed_name(x, text, cut, names, at, known, is_head) {
                ControlFlow::Break(next) => {
                    at = next;
                    continue;
                }
                ControlFlow::Continue(name) => end = name,
            }
        }
        if !token.is_name_like() && token.shape != Shape::Number || token.shape == Shape::Number {
            at = end.max(at + 1);
            continue;
        }
        if let Some(next) = title_goes_on(x, text, cut, names, at) {
            at = next;
            continue;
        }
        // "Alfa E1": a model of what stands before.
        let model = cut.runs.last().is_some_and(|r| r.to == at && r.known.is_some())
            && token.text(text).len() <= 4
            && token.text(text).ends_with(|c: char| c.is_ascii_digit());
        if model {
            at += 1;
            continue;
        }
        // "Rp56", "kuartal III".
        let third = is_roman(token.text(text)) && at > 0 && cut.tokens[at - 1].shape == Shape::Lower;
        // "Wakil Rektor III Universitas Alfa": the title goes on.
        let title = cut.before(at) & (x.cues.person_title | x.cues.company_title);
        if is_roman(token.text(text)) && title != 0 && names[at].is_none() {
            cut.classes[at] |= title;
            cut.phrase[at] = 1;
            at += 1;
            continue;
        }
        if third || is_amount(token.text(text)) {
            at += 1;
            continue;
        }
        // "Presiden Alfa", "Ketika Alfa": a capital of a sentence's start or a title.
        let usual = heads | x.cues.company_tail | x.cues.event_head | x.cues.given_name | x.cues.title_area;
        // "dan Janji Alfa": inside a sentence the capitals of two words tell a name.
        let inner = at > 0 && cut.tokens[at - 1].shape == Shape::Lower && !cut.headline;
        let titles = x.cues.person_title
            | x.cues.company_title
            | x.cues.person_prefix
            | x.cues.government_word
            | x.cues.speech
            | x.cues.small
            | x.cues.that
            | x.cues.product_word
            | x.cues.event_head
            | x.cues.calendar;
        let named = inner
            && cut.classes[at] & titles == 0
            && cut.phrase[at] == 1
            && cut.tokens.get(at + 1).is_some_and(|t| t.is_name_like() && !t.glued)
            && (names.get(at + 1).is_some_and(|n| n.is_none()) || at + 1 < n && is_ours(cut, text, at + 1));
        let opener = !named && cut.classes[at] & !usual != 0;
        if opener && !is_head && names[at].is_none() {
            at += usize::from(cut.phrase[at]);
            continue;
        }
        // "Perhelatan Alfa": a common noun has its capital from the sentence's start.
        let starts = at == 0 || cut.tokens[at - 1].shape == Shape::Mark;
        let next_capital = cut.tokens.get(at + 1).is_some_and(|t| t.is_name_like());
        if starts && !is_head && !cut.headline && next_capital && is_derived(token.text(text)) {
            at += 1;
            continue;
        }
        // A run of capitals; a known name ends it, unless a head governs it.
        let mut to = if is_head { capital_end(x, cut, text, names, at) } else { at + 1 };
        // "Anggota Komite Pengawas ALFA": a part of the body by which it is known.
        if is_head && let Some(body) = body_of_part(x, cut, text, names, at, to) {
            let title = x.cues.person_title;
            cut.classes[at..body].iter_mut().for_each(|c| *c |= title);
            cut.phrase[at..body].fill(1);
            at = body;
            continue;
        }
        // "Rektor Universitas Alfa Budi Cita": the title's bearer follows.
        if is_head && titled(x, cut, text, at) {
            let given = |n: usize| cut.tokens[n].is_name_like() && cut.classes[n] & x.cues.given_name != 0;
            let bearer = (at + 2..to).find(|n| given(*n));
            // "Direktur PT Alfa Budi Cita", where the lexicon has Alfa.
            let firm =
                names.get(at + 1).copied().flatten().filter(|(id, _)| {
                    matches!(x.known[*id as usize].sort, Sort::Entity(EntityKind::Company))
                });
            let firm = firm.map(|(_, len)| at + 1 + len as usize);
            let person = firm.filter(|end| {
                end + 1 < to && cut.classes[*end..to].iter().all(|c| *c == 0 || c & x.cues.given_name != 0)
            });
            let firm = cut.classes[at] & x.cues.company_head != 0;
            let behind = if firm { None } else { bearer_end(x, cut, names, at, to) };
            to = behind.or(bearer).or(person).unwrap_or(to);
        }
        if !is_head {
            let place = |at: usize| {
                names[at].is_some_and(|(id, len)| {
                    len == 1
                        && matches!(x.known[id as usize].sort, Sort::Place)
                        && !x.known[id as usize].state
                })
            };
            // "Direktur Alfa Budi Cita": the title's bearer begins.
            // "Ketua ALFA Budi Cita" as well.
            let short = token.shape == Shape::Upper && cut.before(at) & x.cues.person_title != 0;
            let led = (short || cut.before(at) & x.cues.company_title != 0)
                && cut.classes[at] & x.cues.given_name == 0;
            // "Alfa Rural Bank".
            let closes = |to: usize| {
                cut.tokens[to].is_name_like()
                    && !cut.tokens[to].glued
                    && cut.classes[to] & x.cues.company_tail != 0
                    && cut.tokens.get(to + 1).is_none_or(|t| !t.is_name_like())
            };
            while to < n && closes(to)
                || to < n
                    && joins(cut, text, to)
                    && !(cut.classes[to] & x.cues.given_name != 0 && (led || bodied(x, cut, text, at, to)))
                    && (names[to].is_none()
                        || place(to)
                        || goes_on(x, cut, text, names, to)
                        || is_ours(cut, text, to)
                        || is_home(x, cut, names, at, to))
                    && (cut.classes[to] & (heads | x.cues.person_prefix) == 0
                    // "Alfa University": it ends a name as well as it begins one.
                    || cut.classes[to] & x.cues.organisation_tail != 0)
            {
                to += 1;
            }
        }
        // "Cabos de Alfa", where Alfa is known.
        let small = |at: usize| at > 0 && cut.tokens[at].shape == Shape::Lower;
        if to > at && small(to - 1) && is_particle(cut.tokens[to - 1].text(text)) {
            to = names.get(to).copied().flatten().map_or(to - 1, |(_, len)| to + len as usize);
        }
        // "Forum ini": a lone word for an alliance.
        let lone = to == at + 1 && cut.classes[at] & x.cues.alliance_head != 0;
        let plain_word =
            lone || to == at + 1 && cut.classes[at] & !x.cues.given_name != 0 && cut.classes[at] & heads == 0;
        if plain_word || cut.headline {
            at = end.max(at + usize::from(cut.phrase[at]));
            continue;
        }
        // "PT Alfa Beta Tbk": the lexicon may have it without its form.
        let known = is_head.then(|| core(x, cut, names, at, to)).flatten();
        // "Tim Liga Alfa Beta United": the known club is meant.
        if cut.classes[at] & x.cues.team_head != 0
            && let Some(club) =
                (at + 1..to).find(|n| names[*n].is_some_and(|(_, len)| n + len as usize == to))
            && !x.known[names[club].map_or(0, |k| k.0) as usize].state
        {
            at = club;
            continue;
        }
        to = initials_end(x, cut, text, at, to).unwrap_or(to);
        cut.runs.push(Run::new(at, to, known));
        at = to;
    }
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
    names[to].is_some_and(|(id, len)| len == 1 && x.known[id as usize].name(&x.texts) == HOME)
        && !cut.tokens[to].glued
        && (at..to).all(own)
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
