//! Names that the article has whole at one place, and in parts or with others at another.

use super::cut::{Cut, Run, run_text};
use super::token::Shape;
use rustc_hash::FxHashSet;

/// "Sentosa Alfa menggandeng Beta", where "bank Sentosa Alfa" stands elsewhere: the name
/// begins with what is a place, or a common word at the head of a sentence.
pub(super) fn wholes(text: &str, cuts: &mut [Cut]) {
    let mut names: Option<FxHashSet<&str>> = None;
    let mut single: Option<FxHashSet<&str>> = None;
    for n in 0..cuts.len() {
        if cuts[n].headline {
            continue;
        }
        for r in (0..cuts[n].runs.len()).rev() {
            let cut = &cuts[n];
            if let Some(dash) = paired(text, cut, r) {
                let single = single.get_or_insert_with(|| single_names(text, cuts));
                let run = cut.runs[r];
                let parts = [Run::new(run.from, dash, None), Run::new(dash + 1, run.to, None)];
                if parts.iter().all(|part| single.contains(run_text(cut, text, part))) {
                    cuts[n].runs.splice(r..=r, parts);
                }
                continue;
            }
            let Some((from, parts)) = begins(cut, r) else { continue };
            let names = names.get_or_insert_with(|| long_names(text, cuts));
            let whole = cut.tokens[from].start..cut.tokens[cut.runs[r].to - 1].end;
            if names.contains(&text[whole.start as usize..whole.end as usize]) {
                let runs = &mut cuts[n].runs;
                (runs[r].from, runs[r].known) = (from, None);
                runs.drain(r - parts..r);
            }
        }
    }
}

/// Where a longer name may begin that ends with a run that no lexicon has, and how many runs
/// before it are parts of that.
fn begins(cut: &Cut, r: usize) -> Option<(usize, usize)> {
    let run = &cut.runs[r];
    let before = r.checked_sub(1).map(|b| &cut.runs[b]).filter(|b| b.to == run.from);
    let from = before.map_or(run.from.checked_sub(1)?, |b| b.from);
    let first = cut.tokens[from];
    let opens = before.is_some() || from == 0;
    let own = run.known.is_none() && !cut.tokens[run.from].glued && first.shape == Shape::Capital;
    (opens && own).then_some((from, usize::from(before.is_some())))
}

/// "Penyatuan Alfa-Beta": the dash of a run of two words that no lexicon has.
fn paired(text: &str, cut: &Cut, r: usize) -> Option<usize> {
    let run = &cut.runs[r];
    let dash = run.from + 1;
    (run.known.is_none() && run.to == run.from + 3 && cut.tokens[dash].is(text, "-")).then_some(dash)
}

/// The names of several words that no lexicon has.
fn long_names<'t>(text: &'t str, cuts: &[Cut]) -> FxHashSet<&'t str> {
    names(text, cuts, |r| r.to > r.from + 1)
}

/// The same of one word.
fn single_names<'t>(text: &'t str, cuts: &[Cut]) -> FxHashSet<&'t str> {
    names(text, cuts, |r| r.to == r.from + 1)
}

fn names<'t>(text: &'t str, cuts: &[Cut], fits: impl Fn(&Run) -> bool) -> FxHashSet<&'t str> {
    let own = |cut: &Cut| {
        let runs = cut.runs.iter().filter(|r| r.known.is_none() && fits(r));
        runs.map(|r| run_text(cut, text, r)).collect::<Vec<_>>()
    };
    cuts.iter().filter(|cut| !cut.headline).flat_map(own).collect()
}
