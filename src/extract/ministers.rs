//! Ministers of home beside another state's: they act for their own, which nobody names.

use super::EntityKind;
use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::known::{Known, Sort};
use super::leaders::is_former;
use super::locals::Locals;
use crate::base::Span;

/// "Menhan Budi dan Menhan Alfa Cita bertemu": Budi's run means the state of home.
pub(super) fn ministers(x: &Extractor, text: &str, cuts: &mut [Cut], locals: &mut Locals) {
    let Some(home) = x.home else { return };
    let titles = x.cues.person_title;
    // "Menlu Budi dan Menlu Alfa": in news of other states he may be one of theirs.
    let at_home = locals.all.iter().any(|l| l.id == Some(home));
    for cut in cuts.iter_mut() {
        let state = |run: &Run| run.local.is_some() && run.known.is_some_and(|id| is_abroad(x, home, id));
        if !cut.runs.iter().any(state) {
            continue;
        }
        let met = cut.all & titles != 0
            && cut.runs.iter().any(|run| state(run) && cut.before(run.from) & titles != 0);
        let named = cut.runs.iter().any(|run| state(run) && !is_place(cut, text, run));
        for r in 0..cut.runs.len() {
            let run = cut.runs[r];
            // "Presiden Alfa Budi": the state is named.
            let behind = r > 0 && cut.runs[r - 1].to == run.from;
            let known = run.known.map(|id| &x.known[id as usize]);
            let leads = known.and_then(|k| k.leads);
            let acts = match known {
                _ if met && is_minister(x, cut, text, &run, known) => match leads {
                    Some(id) => id == home,
                    None => at_home || run.local.is_some(),
                },
                // "Budi mengajak Alfa bekerja sama": every reader knows for whom.
                Some(_) if !behind => {
                    named && run.local.is_none() && leads == Some(home) && !is_former(cut, text, &run)
                }
                _ => false,
            };
            if acts {
                let span = Span { start: cut.tokens[run.from].start, end: cut.tokens[run.to - 1].end };
                let name = x.known[home as usize].name(&x.texts);
                cut.runs[r].local = locals.known(x, home, name, true, span);
            }
        }
    }
}

fn is_abroad(x: &Extractor, home: u32, id: u32) -> bool {
    let k = &x.known[id as usize];
    k.state && id != home && matches!(k.sort, Sort::Entity(EntityKind::Government))
}

/// "di Alfa", "Kota Beta, Alfa": where something is.
fn is_place(cut: &Cut, text: &str, run: &Run) -> bool {
    let before = run.from.checked_sub(1).map_or("", |at| cut.tokens[at].text(text));
    matches!(before, "di" | "asal" | "," | "(" | "Di")
}

/// "Menteri Kesehatan" as the lexicon's ministry, "Sekjen Kementerian Kesehatan", and "Budi"
/// behind "Menhan".
fn is_minister(x: &Extractor, cut: &Cut, text: &str, run: &Run, known: Option<&Known>) -> bool {
    let title = x.cues.person_title;
    match known {
        Some(k) if matches!(k.sort, Sort::Entity(EntityKind::Government)) => {
            let titled = cut.classes[run.from] & title != 0 || cut.before(run.from) & title != 0;
            titled && !k.state && k.name(&x.texts).starts_with("Kementerian")
        }
        Some(k) if !matches!(k.sort, Sort::Person) => false,
        _ => {
            run.local.is_none()
                && cut.before(run.from) & x.cues.leader_title != 0
                && (run.from.saturating_sub(4)..run.from).any(|at| {
                    let word = cut.tokens[at].bytes(text);
                    let title = cut.classes[at] & x.cues.leader_title != 0;
                    // "Menhan", "Wamenhan", "Wakil Menteri Pertahanan".
                    let head = word.get(..3).map(|head| head.to_ascii_lowercase());
                    let minister = title && matches!(head.as_deref(), Some(b"men" | b"wam" | b"wak"));
                    minister && at + usize::from(cut.phrase[at]) == run.from
                })
        }
    }
}
