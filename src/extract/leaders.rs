//! Those who act for a state: after "Presiden Alfa Budi Cita" both "Budi Cita"
//! and "Cita" stand for the state Alfa in that article.

use super::cut::{Cut, Run, run_text};
use super::load::{Extractor, Sort};
use rustc_hash::FxHashMap;

/// Gives the runs that name a leader the state's entity.
pub(super) fn leaders(x: &Extractor, text: &str, cuts: &mut [Cut]) {
    let mut known: FxHashMap<u32, u32> = FxHashMap::default();
    let mut named: FxHashMap<String, u32> = FxHashMap::default();
    for cut in cuts.iter() {
        for pair in cut.runs.windows(2) {
            let Some(state) = titled(x, cut, text, pair[0], pair[1]) else { continue };
            if let Some(id) = pair[1].known {
                known.insert(id, state);
            }
            let name = run_text(cut, text, &pair[1]).to_lowercase();
            if let Some(last) = name.rsplit(' ').next().filter(|last| last.len() > 3) {
                named.insert(last.to_string(), state);
            }
            named.insert(name, state);
        }
    }
    if named.is_empty() {
        return;
    }
    for cut in cuts.iter_mut() {
        for r in 0..cut.runs.len() {
            let run = cut.runs[r];
            let after_state = r > 0 && titled(x, cut, text, cut.runs[r - 1], run).is_some();
            if run.local.is_some() || after_state {
                continue;
            }
            let by_id = run.known.and_then(|id| known.get(&id));
            let state = by_id.or_else(|| named.get(&run_text(cut, text, &run).to_lowercase()));
            cut.runs[r].local = state.copied();
        }
    }
}

/// The state of "Presiden Alfa Budi" and "Presiden Alfa, Budi", where the second
/// run is a person.
fn titled(x: &Extractor, cut: &Cut, text: &str, state: Run, person: Run) -> Option<u32> {
    let local = state.local?;
    let speaks = state.known.is_some_and(|id| x.known[id as usize].state);
    let unknown = person.local.is_none()
        && person.known.is_none_or(|id| matches!(x.known[id as usize].sort, Sort::Person));
    let comma = person.from == state.to + 1 && cut.tokens[state.to].text(text) == ",";
    if !speaks || !unknown || person.from != state.to && !comma {
        return None;
    }
    // The title may have two words, as "menteri luar negeri".
    let title = (state.from.saturating_sub(3)..state.from).find(|at| {
        cut.classes[*at] & x.cues.leader_title != 0 && at + usize::from(cut.phrase[*at]) == state.from
    })?;
    let former = title > 0 && cut.classes[title - 1] & (x.cues.ended | x.cues.planned) != 0;
    (!former).then_some(local)
}
