//! What every name of an article means, over all its sentences.

use super::EntityKind;
use super::asides::{bracket_after, own_shorts, plain_shorts};
use super::cabinet::{cabinet, regions};
use super::cut::{Cut, Run, clean_text, run_text};
use super::evidence::{Evidence, Guess};
use super::extractor::Extractor;
use super::known::Sort;
use super::leaders::leaders;
use super::listing::lists;
use super::locals::{Local, Locals};
use super::looks::{abbreviates, is_board};
use super::ministers::ministers;
use super::names::evidence;
use super::teams::teams;
use super::titles::split_titles;
use super::token::Shape;
use super::units::{acts, governs, is_governed, region as region_of};
use super::wholes::wholes;
use crate::base::Span;
use rustc_hash::FxHashMap;

/// Decides what every run means, over all sentences.
pub(super) fn resolve(x: &Extractor, text: &str, cuts: &mut [Cut]) -> Locals {
    split_titles(x, text, cuts);
    wholes(text, cuts);
    plain_shorts(x, text, cuts);
    own_shorts(x, text, cuts);
    let mut locals = Locals::default();
    let unlisted = locals.number(text, cuts);
    let mut aliases = aliases(x, text, cuts);
    // Of each name what its places say, and whether any tells it from a word.
    let mut said: Vec<(Evidence, bool)> = vec![Default::default(); locals.spelt.len()];
    for (s, r) in unlisted.iter().copied() {
        let (cut, run) = (&cuts[s], &cuts[s].runs[r]);
        let mut points = evidence(cut, &x.cues, text, run.from, run.to);
        if borne(x, cut, text, r) || follows_body(x, cut, r) {
            points.person += 9;
        }
        if shown_by(x, cut, text, run) || belongs(x, cut, r) {
            points.nothing = points.nothing.max(OWNED);
        }
        if is_from_state(x, cut, text, r) {
            points.company += 7;
        }
        // At a sentence's start a capital says nothing of a single word.
        let inside = run.from > 0 && cut.tokens[run.from - 1].shape == Shape::Lower
            || run.to - run.from > 1
            || cut.tokens[run.from].shape == Shape::Upper
            || told_by_noun(x, cut, text, run.from)
            || is_host(x, cut, text, run.to);
        let slot = &mut said[run.spelt as usize];
        slot.1 |= inside || points.company >= 5;
        slot.0.add(points);
    }
    lists(x, text, cuts, &mut said);
    let bare = bare_names(x, text, cuts, &locals, &unlisted);
    let guesses: Vec<(Guess, bool)> =
        said.iter().map(|(points, inside)| (points.verdict(), *inside)).collect();
    let mut people = vec![false; guesses.len()];
    for (n, _) in (0u32..).zip(&guesses).filter(|(n, g)| *n > 0 && g.0 == Guess::Sure(Sort::Person)) {
        people[n as usize] = true;
        for part in locals.spelt.of(n).split(' ') {
            people[locals.spelt.number(part) as usize] = true;
        }
    }
    let mut leads = false;
    for cut in cuts.iter_mut() {
        let mut region = false;
        for r in 0..cut.runs.len() {
            let run = cut.runs[r];
            let government = governs(x, text, cut, r, region);
            let known = government.or(run.known);
            let charge = region_of(x, text, cut, r, region);
            region = charge.is_some() || known.is_some_and(|id| x.known[id as usize].governs);
            leads |= run.known.is_some_and(|id| x.known[id as usize].leads.is_some());
            let span = Span { start: cut.tokens[run.from].start, end: cut.tokens[run.to - 1].end };
            let written = run_text(cut, text, &run);
            cut.runs[r].local = match known {
                Some(id) => {
                    let told = cut.classes[run.from] & x.cues.person_title != 0
                        || government.is_some() && is_governed(x, text, cut, &run)
                        || is_board(cut.tokens[run.from].text(text));
                    locals.known(x, id, &clean_text(cut, text, &run), told, span)
                }
                None if let Some(Sort::Entity(kind)) = run.of.map(|id| x.known[id as usize].sort) => {
                    Some(locals.named(written, run.spelt, kind, false, span))
                }
                None if charge.is_some()
                    || cut.classes[run.from] & x.cues.village != 0
                        && acts(x, text, cut, r, run.from, region) =>
                {
                    Some(locals.named(written, run.spelt, EntityKind::Government, false, span))
                }
                None => match guesses[run.spelt as usize] {
                    _ if people[run.spelt as usize] => None,
                    (Guess::Sure(Sort::Entity(kind)), _) => {
                        Some(locals.named(written, run.spelt, kind, false, span))
                    }
                    (Guess::Maybe, true) if written.chars().nth(1).is_some() => {
                        Some(locals.named(written, run.spelt, EntityKind::Company, true, span))
                    }
                    _ => None,
                },
            };
        }
    }
    let mut firms = None;
    for (s, r) in unlisted.iter().copied() {
        let (cut, run) = (&cuts[s], cuts[s].runs[r]);
        let open = run.local.is_none() && guesses[run.spelt as usize].0 == Guess::Maybe;
        let word = (open && !people[run.spelt as usize] && !cut.headline).then(|| lone_word(text, cut, &run));
        if let Some(word) = word.flatten() {
            let firms = firms.get_or_insert_with(|| first_words(&locals));
            cuts[s].runs[r].local = firms.get(word).copied().flatten();
        }
    }
    leaders(x, text, cuts, &locals, leads);
    ministers(x, text, cuts, &mut locals);
    cabinet(x, text, cuts, &mut locals);
    teams(x, text, cuts, &mut locals);
    headlines(text, cuts, &locals);
    lone_heads(x, text, cuts, &locals);
    regions(text, cuts, &locals);
    aliases.extend(bare);
    locals.join_aliases(x, text, cuts, &aliases);
    locals.most = locals.all.iter().filter(|l| !l.state && !l.weak).map(|l| l.count).max().unwrap_or(0);
    locals
}

/// What a run has written, if that is one word that means nothing else: "Alfa" for "Alfa
/// Ventures".
fn lone_word<'t>(text: &'t str, cut: &Cut, run: &Run) -> Option<&'t str> {
    let word = cut.tokens[run.from].text(text);
    (run.to == run.from + 1 && cut.classes[run.from] == 0 && word.len() >= 4).then_some(word)
}

/// Each word that a firm's longer name begins with, and the firm if it is the only one.
fn first_words(locals: &Locals) -> FxHashMap<&str, Option<u32>> {
    let mut firms = FxHashMap::default();
    let sure = |l: &Local| l.kind == EntityKind::Company && !l.weak;
    for (local, l) in (0u32..).zip(&locals.all).filter(|(_, l)| sure(l)) {
        for name in &l.names {
            if let Some((word, _)) = name.strip_prefix("PT ").unwrap_or(name).split_once(' ') {
                let slot = firms.entry(word).or_insert(Some(local));
                *slot = slot.filter(|firm| *firm == local);
            }
        }
    }
    firms
}

/// A short form, with the sentence and the run that it stands for.
type Alias<'t> = (&'t str, (usize, usize));

/// The short forms that stand right behind names.
fn aliases<'t>(x: &Extractor, text: &'t str, cuts: &[Cut]) -> Vec<Alias<'t>> {
    let mut all = Vec::new();
    for (s, cut) in cuts.iter().enumerate() {
        let brackets = cut.has(b'(');
        for (r, run) in cut.runs.iter().enumerate() {
            // "Budi Cita (ALFA)": whom he speaks for.
            let person = || run.known.is_none() && cut.classes[run.from] & x.cues.given_name != 0;
            let bracket = if brackets { bracket_after(cut, text, run.to) } else { None };
            let short =
                bracket.or_else(|| inner_short(cut, text, run)).or_else(|| or_short(x, cut, text, run));
            // "Biro Alfa Beta Jepang (BAB)": the bureau's, not its state's.
            let state = |run: &Run| run.known.is_some_and(|id| x.known[id as usize].state);
            // "Angkatan Udara Amerika Serikat (AS)" has the state's.
            let own = cut.runs.get(r + 1).is_some_and(|b| b.from == run.to + 1 && b.known.is_some());
            let behind = |n: usize| cut.runs[n].to == run.from && !state(&cut.runs[n]);
            let body = r > 0 && state(run) && behind(r - 1) && !own;
            // "regulator media Alfa (BETA)".
            let other = |short: &str| state(run) && !body && !abbreviates(short, run_text(cut, text, run));
            if let Some(short) = short.filter(|short| !person() && !other(short)) {
                all.push((short, (s, r - usize::from(body))));
            }
        }
    }
    all
}

/// "Komisi Alfa Beta (KAB) Gama": the capitals in a name's middle.
fn inner_short<'t>(cut: &Cut, text: &'t str, run: &Run) -> Option<&'t str> {
    let written = if cut.folded { run_text(cut, text, run) } else { "" };
    let (_, inner) = written.split_once(" (")?;
    let (short, _) = inner.split_once(") ")?;
    (short.len() > 2 && short.bytes().all(|b| b.is_ascii_uppercase())).then_some(short)
}

/// "PT Kencana Wira Alfa atau KWA": the short form behind "atau".
fn or_short<'t>(x: &Extractor, cut: &Cut, text: &'t str, run: &Run) -> Option<&'t str> {
    // "PT Kencana Wira Alfa (Persero) atau KWA" as well.
    let form = |at: usize| cut.classes.get(at).is_some_and(|c| c & x.cues.legal_form != 0);
    let bracket = cut.tokens.get(run.to).is_some_and(|t| t.is(text, "(")) && form(run.to + 1);
    let end = if bracket { run.to + 3 } else { run.to };
    let or = cut.tokens.get(end)?;
    // "Angkatan Laut Alfa/ALA".
    let slash = or.is(text, "/");
    if !slash && !matches!(or.bytes(text), b"atau" | b"alias" | b"disingkat") {
        return None;
    }
    let short = cut.tokens.get(end + 1).filter(|t| t.shape == Shape::Upper && (slash || t.start > or.end))?;
    let own = (run.from..run.to).find(|at| !form(*at))?;
    let name = &text[cut.tokens[own].start as usize..cut.tokens[run.to - 1].end as usize];
    // "Federasi Sepak Bola Alfa atau ASA": a body's short form may be in its own language.
    let heads = x.cues.organisation_head | x.cues.government_head;
    let body =
        || !slash && run.known.is_none() && run.to > run.from + 2 && cut.classes[run.from] & heads != 0;
    (abbreviates(short.text(text), name) || body()).then(|| short.text(text))
}

/// "Alfa Beta" for "Yayasan Alfa Beta", where the article has both.
fn bare_names<'t>(
    x: &Extractor,
    text: &'t str,
    cuts: &[Cut],
    locals: &Locals,
    unlisted: &[(usize, usize)],
) -> Vec<Alias<'t>> {
    let mut buffer = String::new();
    let mut all = Vec::new();
    for (s, r) in unlisted.iter().copied() {
        let (cut, run) = (&cuts[s], &cuts[s].runs[r]);
        let from = run.from + usize::from(cut.phrase[run.from]);
        let head = cut.classes[run.from] & x.cues.organisation_head != 0;
        if !head || cut.headline || from + 1 >= run.to {
            continue;
        }
        let rest = run_text(cut, text, &Run::new(from, run.to, None));
        let number = locals.spelt.number(super::token::lower(rest, &mut buffer));
        if number != 0 {
            all.push((rest, (s, r)));
        }
    }
    all
}

/// "Pemprov" for the one "Pemprov Alfa" of the article, "Komdis" for "Komdis Alfa".
fn lone_heads(x: &Extractor, text: &str, cuts: &mut [Cut], locals: &Locals) {
    let bodies = [EntityKind::Government, EntityKind::Organisation];
    let body = |l: &Local| bodies.contains(&l.kind) && !l.state;
    let heads = x.cues.government_head | x.cues.organisation_head;
    if !locals.all.iter().any(body) {
        return;
    }
    for cut in cuts.iter_mut().filter(|c| !c.headline && c.all & heads != 0) {
        for at in 0..cut.tokens.len() {
            let head = cut.classes[at] & heads != 0 && cut.tokens[at].is_name_like();
            let on = cut.tokens.get(at + 1).is_some_and(|t| t.is_name_like());
            if !head
                || on
                || usize::from(cut.phrase[at]) > 1
                || cut.runs.iter().any(|r| r.from <= at && at < r.to)
            {
                continue;
            }
            let word = cut.tokens[at].text(text);
            let named = |l: &Local| {
                l.names.iter().any(|n| n.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
            };
            let mut all = (0u32..).zip(&locals.all).filter(|(_, l)| body(l) && named(l));
            if let (Some((local, _)), None) = (all.next(), all.next()) {
                let place = cut.runs.partition_point(|r| r.from < at);
                cut.runs.insert(place, Run { local: Some(local), ..Run::new(at, at + 1, None) });
            }
        }
    }
}

/// In a headline every word has its capital: what the text names elsewhere is a
/// name there, too.
fn headlines(text: &str, cuts: &mut [Cut], locals: &Locals) {
    let mut buffer = String::new();
    for cut in cuts.iter_mut().filter(|c| c.headline) {
        let mut at = 0;
        while at < cut.tokens.len() {
            if let Some(run) = cut.runs.iter().find(|r| r.from <= at && at < r.to) {
                at = run.to;
                continue;
            }
            let free = cut.runs.iter().map(|r| r.from).filter(|f| *f > at).min().unwrap_or(cut.tokens.len());
            let found = (at + 1..=free.min(at + 6)).rev().find_map(|to| {
                let written = run_text(cut, text, &Run::new(at, to, None));
                let local = locals.of_name(super::token::lower(written, &mut buffer))?;
                Some(Run { local: Some(local), ..Run::new(at, to, None) })
            });
            match found.filter(|_| cut.tokens[at].is_name_like()) {
                Some(run) => {
                    at = run.to;
                    let place = cut.runs.partition_point(|r| r.from < run.from);
                    cut.runs.insert(place, run);
                }
                None => at += 1,
            }
        }
    }
}

/// "Alfa, yang …": a single word at a sentence's start that a clause describes.
fn is_host(x: &Extractor, cut: &Cut, text: &str, to: usize) -> bool {
    let word = |at: usize| cut.tokens.get(at).map_or("", |t| t.text(text));
    let noun = x.cues.company_word | x.cues.peer_word;
    word(to) == "," && (word(to + 1) == "yang" || cut.classes.get(to + 1).is_some_and(|c| c & noun != 0))
}

/// "dua aplikator baru, Alfa dan Beta": a noun for firms stands before the comma.
fn told_by_noun(x: &Extractor, cut: &Cut, text: &str, from: usize) -> bool {
    let noun = |at: usize| cut.classes[at] & x.cues.company_word != 0;
    from > 1 && cut.tokens[from - 1].is(text, ",") && (from.saturating_sub(6)..from - 1).any(noun)
}

/// What it says against a name of its own that a known firm has it.
const OWNED: i32 = 8;

/// "Kuis Alfa (BTV)": a known firm in the bracket that is no short form of the name.
fn shown_by(x: &Extractor, cut: &Cut, text: &str, run: &Run) -> bool {
    let Some(short) = bracket_after(cut, text, run.to) else { return false };
    let inner = cut.runs.iter().find(|r| r.from == run.to + 1).and_then(|r| r.known);
    let firm = inner.is_some_and(|id| matches!(x.known[id as usize].sort, Sort::Entity(EntityKind::Company)));
    let headed = cut.classes[run.from] & x.cues.company_head != 0;
    firm && !headed && !abbreviates(short, run_text(cut, text, run))
}

/// "Alfa Messenger", where Alfa is a known firm: what it makes, no name of another.
fn belongs(x: &Extractor, cut: &Cut, r: usize) -> bool {
    let Some(before) = r.checked_sub(1).map(|n| cut.runs[n]) else { return false };
    let firm =
        before.known.is_some_and(|id| matches!(x.known[id as usize].sort, Sort::Entity(EntityKind::Company)));
    let title = x.cues.person_title | x.cues.company_title;
    firm && before.to == cut.runs[r].from && !cut.headline && cut.before(before.from) & title == 0
}

/// "perusahaan rekayasa asal Alfa Beta", "produsen mobil Alfa Beta": a firm's noun and a state
/// stand right before.
fn is_from_state(x: &Extractor, cut: &Cut, text: &str, r: usize) -> bool {
    let Some(state) = r.checked_sub(1).map(|n| cut.runs[n]) else { return false };
    let known = state.known.is_some_and(|id| x.known[id as usize].state);
    if !known || state.to != cut.runs[r].from {
        return false;
    }
    let ends = x.cues.oblique | x.cues.with | x.cues.and | x.cues.clause | x.cues.verb_like;
    let plain = |at: &usize| {
        let token = cut.tokens[*at];
        token.shape == Shape::Lower && (token.is(text, "asal") || cut.classes[*at] & ends == 0)
    };
    let phrase = (state.from.saturating_sub(4)..state.from).rev().take_while(plain);
    phrase.into_iter().any(|at| cut.classes[at] & x.cues.company_word != 0)
}

/// Whether a run is the bearer of a title: "Direktur Alfa, Budi", "Presiden Alfa Budi".
fn borne(x: &Extractor, cut: &Cut, text: &str, r: usize) -> bool {
    let Some(before) = r.checked_sub(1).map(|n| cut.runs[n]) else { return false };
    let titled = cut.before(before.from) & x.cues.person_title != 0;
    let run = cut.runs[r];
    let comma = run.from == before.to + 1 && cut.tokens[before.to].is(text, ",");
    let heads = x.cues.company_head | x.cues.organisation_head | x.cues.government_head;
    let body = before.known.is_some() || cut.classes[before.from] & heads != 0;
    titled && body && (run.from == before.to || comma)
}

/// "Direktur Humas Ditjen Alfa Budi mengatakan": a body, then whoever has the
/// title before it.
fn follows_body(x: &Extractor, cut: &Cut, r: usize) -> bool {
    let Some(before) = r.checked_sub(1).map(|n| cut.runs[n]) else { return false };
    let run = cut.runs[r];
    let leads = before.known.is_some() && cut.classes[before.from] & x.cues.person_title != 0;
    run.from == before.to
        && (before.known.is_some() || before.to > before.from + 1)
        && (before.from.saturating_sub(8)..before.from + usize::from(leads))
            .rev()
            .take_while(|at| cut.tokens[*at].shape != Shape::Mark)
            .any(|at| cut.classes[at] & x.cues.person_title != 0)
}
