//! Bodies of a place: "KPU Alfa" beside "KPU Beta" are two, and "Kabupaten Alfa" is its
//! government where it acts.

use super::EntityKind;
use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::known::{HOME, Sort};
use super::parts::is_verb;
use super::token::{Shape, lower};
use rustc_hash::FxHashMap;

/// A known company with a country's name right after it is its local unit, and
/// "Universitas Alfa Malang" the known one at Malang.
pub(super) fn local_unit(
    x: &Extractor,
    cut: &Cut,
    names: &[Option<(u32, u32)>],
    id: u32,
    end: usize,
) -> usize {
    let company = matches!(x.known[id as usize].sort, Sort::Entity(EntityKind::Company));
    let next = cut.tokens.get(end).filter(|t| t.is_name_like()).and(names.get(end).copied().flatten());
    match next {
        // "Alfa Jelajah", where Alfa makes Jelajah.
        Some((same, len)) if same == id => end + len as usize,
        Some((place, len)) if company => {
            let k = &x.known[place as usize];
            if k.state { end + len as usize } else { end }
        }
        // "Kemenhub Indonesia": a ministry's own state.
        Some((state, len))
            if matches!(x.known[id as usize].sort, Sort::Entity(EntityKind::Government))
                && !x.known[id as usize].state
                && x.known[state as usize].name(&x.texts) == HOME =>
        {
            end + len as usize
        }
        Some(_) => seated(x, cut, names, id, end).unwrap_or(end),
        _ if !cut.headline
            && cut.classes.get(end).is_some_and(|c| c & x.cues.branch != 0)
            && cut.tokens[end].is_name_like()
            && cut.tokens.get(end + 1).is_some_and(|t| t.is_name_like()) =>
        {
            // "Komisi Alfa Daerah Jawa Barat".
            end + 1 + names[end + 1].map_or(1, |(_, len)| len as usize)
        }
        _ => {
            // "Alfa Technologies Co Ltd".
            let tail = |at: &usize| {
                let class = cut.classes.get(*at).copied().unwrap_or_default();
                class & (x.cues.company_tail | x.cues.legal_form) != 0 && cut.tokens[*at].is_name_like()
            };
            if company { (end..end + TAILS).find(|at| !tail(at)).unwrap_or(end + TAILS) } else { end }
        }
    }
}

/// How many words such as "Technologies Co Ltd" a firm's name may end in.
const TAILS: usize = 4;
/// How many words a list before a verb may have.
const LIST: usize = 24;

/// Where a lexicon's body ends whose name goes on with a place: "KPU Alfa", "Baznas Kota
/// Alfa", "Universitas Beta Alfa".
fn seated(x: &Extractor, cut: &Cut, names: &[Option<(u32, u32)>], id: u32, end: usize) -> Option<usize> {
    let body = &x.known[id as usize];
    let bodies = [Sort::Entity(EntityKind::Government), Sort::Entity(EntityKind::Organisation)];
    if !bodies.contains(&body.sort) || body.state {
        return None;
    }
    let (place, len) = names.get(end).copied().flatten()?;
    // "BPBD Alfa Gandeng Beta": in a headline a verb shows where it ends.
    let acts = |at: usize| {
        let ends = x.cues.with | x.cues.and | x.cues.verb_like | x.cues.company_verb;
        cut.classes.get(at).is_some_and(|c| c & ends != 0 || *c & x.triggers != 0)
    };
    if cut.headline && !acts(end + len as usize) {
        return None;
    }
    let k = &x.known[place as usize];
    let there = matches!(k.sort, Sort::Place) && !k.state && !cut.tokens[end].glued;
    (there && cut.tokens[end].is_name_like()).then_some(end + len as usize)
}

/// Parts the local units of one body, where an article has several of them.
pub(super) fn part_units(text: &str, cuts: &mut [Cut]) {
    // The place of each body's first unit, or none where there are several.
    let mut only: FxHashMap<u32, Option<String>> = FxHashMap::default();
    let mut buffer = String::new();
    let mut place = |cut: &Cut, run: &Run| lower(cut.tokens[run.to - 1].text(text), &mut buffer).to_string();
    for (cut, run) in cuts.iter().flat_map(|cut| cut.runs.iter().filter(|r| r.unit).map(move |r| (cut, r))) {
        let Some(id) = run.known else { continue };
        let at = place(cut, run);
        let slot = only.entry(id).or_insert_with(|| Some(at.clone()));
        *slot = slot.take().filter(|first| *first == at);
    }
    only.retain(|_, first| first.is_none());
    if only.is_empty() {
        return;
    }
    for run in cuts.iter_mut().flat_map(|cut| &mut cut.runs) {
        if run.unit && run.known.is_some_and(|id| only.contains_key(&id)) {
            run.of = run.known.take();
        }
    }
}

/// The government that the run of a region means: "bekerja sama dengan Kabupaten Alfa",
/// "Kota Alfa menggandeng".
pub(super) fn governs(x: &Extractor, text: &str, cut: &Cut, r: usize, chained: bool) -> Option<u32> {
    let run = cut.runs[r];
    let government = x.known[run.known? as usize].governed?;
    let named = cut.classes[run.from] & x.cues.branch != 0 && acts(x, text, cut, r, run.from, chained);
    (named || is_governed(x, text, cut, &run)).then_some(government)
}

/// "pemerintah kabupaten Alfa", in small letters.
pub(super) fn is_governed(x: &Extractor, text: &str, cut: &Cut, run: &Run) -> bool {
    let Some(last) = run.from.checked_sub(1).map(|n| cut.tokens[n]) else { return false };
    let head = cut.before(run.from) & x.cues.government_head != 0;
    head && last.shape == Shape::Lower
        && matches!(
            last.bytes(text),
            b"kabupaten" | b"kota" | b"provinsi" | b"pemkab" | b"pemkot" | b"pemprov"
        )
}

/// Whether the region that a run names does something, or something is done with it; its name
/// with what stands before it begins at `from`.
pub(super) fn acts(x: &Extractor, text: &str, cut: &Cut, r: usize, from: usize, chained: bool) -> bool {
    let run = cut.runs[r];
    // "Kota Alfa dan Kota Beta membentuk": a list may stand before the verb.
    let listed = |at: &usize| {
        cut.tokens[*at].is_name_like() || cut.tokens[*at].is(text, ",") || cut.classes[*at] & x.cues.and != 0
    };
    let end = (run.to..cut.tokens.len().min(run.to + LIST)).find(|at| !listed(at)).unwrap_or(run.to);
    let joined = |before: usize, from: usize| {
        before < from
            && from - before <= 2
            && (before..from).all(|at| cut.tokens[at].is(text, ",") || cut.classes[at] & x.cues.and != 0)
    };
    let next = cut.runs.get(r + 1).filter(|next| joined(run.to, next.from));
    let beside = next.is_some_and(|next| next.known.is_some_and(|id| x.known[id as usize].governs));
    if from == 0 {
        cut.tokens.get(end).is_some_and(|t| {
            let verbs = x.cues.adverb | x.cues.verb_like | x.cues.company_verb;
            cut.classes[end] & verbs != 0 || t.shape == Shape::Lower && is_verb(t.text(text))
        })
    } else {
        let leads = x.cues.with
            | x.cues.between
            | x.cues.agent
            | x.cues.support_passive
            | x.cues.company_verb
            | x.cues.government_word;
        // "pemerintah Kabupaten Alfa": one phrase of the data may begin with the word before.
        let bare =
            cut.tokens[from - 1].shape == Shape::Lower && cut.classes[from - 1] & x.cues.government_head != 0;
        let led = bare || cut.before(from) & leads != 0;
        let joined = chained && joined(cut.runs[r - 1].to, from);
        led || joined || beside
    }
}

/// Where the region begins that ends with a run that no lexicon has, if it acts: "menggandeng
/// Kota Alfa", "Walikota Alfa dan Walikota Beta".
pub(super) fn region(x: &Extractor, text: &str, cut: &Cut, r: usize, chained: bool) -> Option<usize> {
    let run = cut.runs[r];
    let head = run.from.checked_sub(1).filter(|at| cut.tokens[*at].is_name_like())?;
    let one = run.to == run.from + 1 && cut.classes[run.from] == 0 && !cut.headline;
    let heads = [b"Kota" as &[u8], b"Walikota", b"Bupati", b"Provinsi", b"Prefektur", b"Kabupaten"];
    if !one || run.known.is_some() || !heads.contains(&cut.tokens[head].bytes(text)) {
        return None;
    }
    // "Wali Kota Alfa".
    let from = head - usize::from(head > 0 && cut.tokens[head - 1].is(text, "Wali"));
    acts(x, text, cut, r, from, chained).then_some(from)
}
