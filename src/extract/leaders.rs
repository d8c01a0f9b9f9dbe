//! Those who act for a state: after "Presiden Alfa Budi Cita" both "Budi Cita"
//! and "Cita" stand for the state Alfa in that article.

use super::EntityKind;
use super::cut::{Cut, Run, run_text};
use super::extractor::Extractor;
use super::known::Sort;
use super::locals::Locals;
use rustc_hash::{FxHashMap, FxHashSet};

/// Gives the runs that name a leader the state's entity. Where any run `leads`, the lexicons
/// have for which state.
pub(super) fn leaders(x: &Extractor, text: &str, cuts: &mut [Cut], locals: &Locals, leads: bool) {
    let mut known: FxHashMap<u32, u32> = FxHashMap::default();
    let mut named: FxHashMap<String, u32> = FxHashMap::default();
    let titles = x.cues.leader_title | x.cues.person_title;
    for cut in cuts.iter().filter(|cut| cut.all & titles != 0) {
        for pair in cut.runs.windows(2) {
            let Some(state) = titled(x, cut, text, pair[0], pair[1]) else { continue };
            if let Some(id) = pair[1].known {
                known.insert(id, state);
            }
            let name = run_text(cut, text, &pair[1]).to_lowercase();
            // People are called by their last name, and Indonesians by their first.
            for part in [name.split(' ').next(), name.rsplit(' ').next()].into_iter().flatten() {
                if part.len() > 2 {
                    named.insert(part.to_string(), state);
                }
            }
            named.insert(name, state);
        }
    }
    if leads {
        untitled(x, text, cuts, &mut known);
    }
    if named.is_empty() && known.is_empty() {
        return;
    }
    for cut in cuts.iter_mut() {
        for r in 0..cut.runs.len() {
            let run = cut.runs[r];
            let after_state = r > 0 && titled(x, cut, text, cut.runs[r - 1], run).is_some();
            // What is a guess at most gives way to the leader's last name.
            let sure = run.local.is_some_and(|l| !locals.all[l as usize].weak || run.known.is_some());
            if sure || after_state {
                continue;
            }
            let by_id = run.known.and_then(|id| known.get(&id));
            let by_name = || named.get(&run_text(cut, text, &run).to_lowercase());
            let state = by_id.or_else(|| if named.is_empty() { None } else { by_name() });
            cut.runs[r].local = state.copied().or(run.local);
        }
    }
}

/// Those of whom every reader knows for which state they act, where the article
/// names that state and doesn't call them candidates or former leaders.
fn untitled(x: &Extractor, text: &str, cuts: &[Cut], known: &mut FxHashMap<u32, u32>) {
    let runs = || cuts.iter().flat_map(|c| c.runs.iter().map(move |r| (c, r)));
    let states: FxHashMap<u32, u32> = runs().filter_map(|(_, r)| r.known.zip(r.local)).collect();
    let mut private: FxHashSet<u32> = FxHashSet::default();
    for (cut, run) in runs() {
        let Some((id, state)) = run.known.and_then(|id| Some((id, x.known[id as usize].leads?))) else {
            continue;
        };
        if is_former(cut, text, run) {
            private.insert(id);
        }
        if let Some(local) = states.get(&state) {
            known.entry(id).or_insert(*local);
        }
    }
    known.retain(|id, _| !private.contains(id) || x.known[*id as usize].leads.is_none());
}

/// "mantan presiden Budi", "calon presiden Budi".
pub(super) fn is_former(cut: &Cut, text: &str, run: &Run) -> bool {
    let other = |at: usize| {
        let word = cut.tokens[at].text(text);
        ["mantan", "eks", "bekas", "calon", "kandidat"].iter().any(|w| word.eq_ignore_ascii_case(w))
    };
    (run.from.saturating_sub(4)..run.from).any(other)
}

/// The state of "Presiden Alfa Budi" and "Presiden Alfa, Budi", where the second
/// run is a person.
fn titled(x: &Extractor, cut: &Cut, text: &str, state: Run, person: Run) -> Option<u32> {
    let local = state.local?;
    let speaks = state.known.is_some_and(|id| x.known[id as usize].state);
    let unknown = person.local.is_none()
        && person.known.is_none_or(|id| matches!(x.known[id as usize].sort, Sort::Person));
    let comma = person.from == state.to + 1 && cut.tokens[state.to].is(text, ",");
    // "Bupati Alfa": the name of the region's government has the title in it.
    let led = cut.classes[state.from] & x.cues.person_title != 0
        && state.known.is_some_and(|id| x.known[id as usize].sort == Sort::Entity(EntityKind::Government));
    if !(speaks || led) || !unknown || person.from != state.to && !comma {
        return None;
    }
    // The title may have two words, as "menteri luar negeri".
    let title = (state.from.saturating_sub(3)..state.from).find(|at| {
        cut.classes[*at] & x.cues.leader_title != 0 && at + usize::from(cut.phrase[*at]) == state.from
    });
    let title = title.or(led.then_some(state.from))?;
    let former = title > 0 && cut.classes[title - 1] & (x.cues.ended | x.cues.planned) != 0;
    (!former).then_some(local)
}
