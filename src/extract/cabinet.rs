//! "Pemerintah melarang Alfa": in news of home it is the state of home that acts, and
//! "pemerintah provinsi" the one such that the article names.

use super::EntityKind;
use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::locals::{Local, Locals};
use crate::base::Span;

/// What stands behind the word where it isn't the state's government that acts.
const OTHERS: [&str; 14] = [
    "daerah",
    "kota",
    "kabupaten",
    "provinsi",
    "desa",
    "setempat",
    "asing",
    "negara",
    "lokal",
    "federal",
    "negeri",
    "transisi",
    // It is the ministry behind it that acts.
    "melalui",
    "lewat",
];

/// What the word before it makes a set phrase of: "sanksi paksaan pemerintah".
const PHRASES: [&str; 3] = ["paksaan", "peraturan", "antar"];

/// Lets the word alone mean the state of home, unless the article is as much about others.
pub(super) fn cabinet(x: &Extractor, text: &str, cuts: &mut [Cut], locals: &mut Locals) {
    let Some(home) = x.home else { return };
    let word = x.cues.government_word;
    if !cuts.iter().any(|cut| cut.all & word != 0) {
        return;
    }
    let states =
        cuts.iter().flat_map(|cut| &cut.runs).filter_map(|run| run.known.filter(|_| run.local.is_some()));
    let (mut own, mut abroad) = (0, 0);
    for id in states.filter(|id| x.known[*id as usize].state) {
        *(if id == home { &mut own } else { &mut abroad }) += 1;
    }
    if abroad > own {
        return;
    }
    for cut in cuts.iter_mut().filter(|cut| cut.all & word != 0) {
        for at in 0..cut.tokens.len() {
            if cut.classes[at] & word == 0 || !is_alone(text, cut, at) {
                continue;
            }
            let place = cut.runs.partition_point(|run| run.from < at);
            let begun = cut.runs.get(place).filter(|run| run.from == at).copied();
            let inside = place.checked_sub(1).is_some_and(|before| cut.runs[before].to > at);
            let other = |run: Run| run.to > at + 1 || run.local.is_some();
            if inside || begun.is_some_and(other) {
                continue;
            }
            let named = locals.all.iter().any(|l| l.id == Some(home));
            let span = Span { start: cut.tokens[at].start, end: cut.tokens[at].end };
            let name = x.known[home as usize].name(&x.texts);
            let local = locals.known(x, home, name, true, span);
            if let Some(l) = local.filter(|_| !named) {
                // As the article has it.
                locals.all[l as usize].written = "Pemerintah".into();
                locals.all[l as usize].names.push("Pemerintah".into());
            }
            let run = Run { local, ..Run::new(at, at + 1, Some(home)) };
            match begun {
                Some(_) => cut.runs[place] = run,
                None => cut.runs.insert(place, run),
            }
        }
    }
}

/// What regions' governments are called: the word behind "pemerintah", the short form, and
/// what their names begin with.
const REGIONS: [(&str, &str, [&str; 2]); 3] = [
    ("provinsi", "pemprov", ["Pemerintah Provinsi ", "Pemprov "]),
    ("kota", "pemkot", ["Pemerintah Kota ", "Pemkot "]),
    ("kabupaten", "pemkab", ["Pemerintah Kabupaten ", "Pemkab "]),
];

/// Lets a region's government that is only called so mean the one that the article names.
pub(super) fn regions(text: &str, cuts: &mut [Cut], locals: &Locals) {
    let body = |l: &Local| l.kind == EntityKind::Government && !l.state;
    let one = |heads: [&str; 2]| {
        let named = |l: &Local| l.names.iter().any(|n| heads.iter().any(|h| n.starts_with(h)));
        let mut all = (0u32..).zip(&locals.all).filter(|(_, l)| body(l) && named(l));
        all.next().filter(|_| all.next().is_none()).map(|(local, _)| local)
    };
    let known = REGIONS.map(|(.., heads)| one(heads));
    if known.iter().all(Option::is_none) {
        return;
    }
    for cut in cuts.iter_mut().filter(|cut| !cut.headline) {
        for at in 0..cut.tokens.len() {
            let is = |at: usize, word: &str| {
                cut.tokens.get(at).is_some_and(|t| t.text(text).eq_ignore_ascii_case(word))
            };
            if !matches!(cut.tokens[at].bytes(text).first(), Some(b'p' | b'P')) {
                continue;
            }
            let called = |(word, short, _): &(&str, &str, [&str; 2])| {
                let long = is(at, "pemerintah") && is(at + 1, word);
                long.then_some(2).or_else(|| is(at, short).then_some(1))
            };
            let Some((region, len)) =
                REGIONS.iter().enumerate().find_map(|(n, region)| Some((n, called(region)?)))
            else {
                continue;
            };
            let on = cut.tokens.get(at + len).is_some_and(|t| t.is_name_like());
            let place = cut.runs.partition_point(|run| run.to <= at);
            let begun = cut.runs.get(place).filter(|run| run.from < at + len).copied();
            let other = |run: Run| run.from != at || run.to > at + len || run.local.is_some();
            let (Some(local), false, false) = (known[region], on, begun.is_some_and(other)) else { continue };
            let run = Run { local: Some(local), ..Run::new(at, at + len, None) };
            match begun {
                Some(_) => cut.runs[place] = run,
                None => cut.runs.insert(place, run),
            }
        }
    }
}

/// Whether a token is "pemerintah" without a word of whose it is.
fn is_alone(text: &str, cut: &Cut, at: usize) -> bool {
    let is = |at: usize, word: &str| cut.tokens[at].text(text).eq_ignore_ascii_case(word);
    let next = cut.tokens.get(at + 1);
    let whose = next.is_some_and(|t| t.is_name_like() || OTHERS.iter().any(|w| is(at + 1, w)));
    let phrase = at > 0 && PHRASES.iter().any(|w| is(at - 1, w));
    cut.phrase[at] == 1 && !phrase && is(at, "pemerintah") && !whose && !cut.headline
}
