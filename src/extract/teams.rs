//! Teams that an article also calls by a shorter name: "Alfa" for "Timnas Alfa",
//! where Alfa is a state, and a capital's name for the club "Real Alfa".

use super::EntityKind;
use super::cut::{Cut, run_text};
use super::extractor::Extractor;
use super::locals::{Local, Locals};
use super::token::lower;
use rustc_hash::FxHashMap;

/// What the names of national teams begin with.
pub(super) const NATIONAL: [&str; 2] = ["Timnas ", "Tim Nasional "];

/// Lets the runs that name a state or its capital mean the article's team of that name.
pub(super) fn teams(x: &Extractor, text: &str, cuts: &mut [Cut], locals: &mut Locals) {
    nations(x, cuts, locals);
    // Each last or only own word of a team's name, with the team if it is the only one.
    let mut short: FxHashMap<String, Option<u32>> = FxHashMap::default();
    let mut buffer = String::new();
    if !locals.all.iter().any(is_team) {
        return;
    }
    for cut in cuts.iter() {
        for run in &cut.runs {
            let Some(local) = run.local.filter(|l| is_team(&locals.all[*l as usize])) else {
                continue;
            };
            let name = lower(run_text(cut, text, run), &mut buffer);
            let rest = own_words(name).or_else(|| run.known.and(last_of_two(name)));
            if let Some(rest) = rest {
                let slot = short.entry(rest.to_string()).or_insert(Some(local));
                *slot = slot.filter(|l| *l == local);
            }
        }
    }
    short.retain(|_, team| team.is_some());
    if short.is_empty() {
        return;
    }
    for cut in cuts.iter_mut() {
        for r in 0..cut.runs.len() {
            let run = cut.runs[r];
            let state = run.known.is_some_and(|id| x.known[id as usize].state);
            let placed =
                cut.before(run.from) & (x.cues.oblique | x.cues.government_word | x.cues.leader_title) != 0;
            if !state || run.local.is_none() || placed {
                continue;
            }
            let team = short.get(lower(run_text(cut, text, &run), &mut buffer)).copied().flatten();
            cut.runs[r].local = team.or(run.local);
        }
    }
}

/// Whether it may be a team of its own, not the one that a state's name means.
fn is_team(l: &Local) -> bool {
    l.kind == EntityKind::Organisation && !l.state
}

/// How many sentences of an article about them tell of matches.
const MATCHES: usize = 2;

/// "Alfa akan menghadapi Beta", where the article is about matches of "Timnas Gama": a
/// state's name means its team.
fn nations(x: &Extractor, cuts: &[Cut], locals: &mut Locals) {
    let national = |name: &str| NATIONAL.iter().any(|head| name.starts_with(head));
    let team = locals.all.iter().any(|l| {
        l.kind == EntityKind::Organisation && (national(&l.name) || l.names.iter().any(|n| national(n)))
    });
    if !team || cuts.iter().filter(|cut| cut.all & x.cues.match_noun != 0).take(MATCHES).count() < MATCHES {
        return;
    }
    for l in locals.all.iter_mut().filter(|l| l.state && l.kind == EntityKind::Government) {
        l.kind = EntityKind::Organisation;
    }
}

/// The state of "timnas alfa".
fn own_words(name: &str) -> Option<&str> {
    let begins = |head: &&&str| name.get(..head.len()).is_some_and(|own| own.eq_ignore_ascii_case(head));
    NATIONAL.iter().find(begins).map(|head| &name[head.len()..])
}

/// The town of "Real Alfa".
fn last_of_two(name: &str) -> Option<&str> {
    let (first, last) = name.split_once(' ')?;
    (!last.contains(' ') && ["real", "as", "atletico", "ac", "fc"].contains(&first)).then_some(last)
}
