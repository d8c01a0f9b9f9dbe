//! Names that stand in a list with companies, and so are likely companies too.

use super::EntityKind;
use super::cut::{Cut, Run};
use super::load::{Extractor, Sort};
use super::names::{Evidence, Guess};
use super::token::Shape;

/// What stands in a list with companies is one, unless more speaks for something
/// else: "Alfa, Beta, dan Gama".
pub(super) fn lists(x: &Extractor, text: &str, cuts: &[Cut], said: &mut [(Evidence, bool)]) {
    for cut in cuts {
        let mut start = 0;
        while start < cut.runs.len() {
            let mut end = start + 1;
            while end < cut.runs.len() && listed(x, cut, text, cut.runs[end - 1].to, cut.runs[end].from) {
                end += 1;
            }
            if end - start > 1 {
                list(x, cut, &cut.runs[start..end], said);
            }
            start = end;
        }
    }
}

/// Whether only a comma, "dan" or a bracket stands between two names.
fn listed(x: &Extractor, cut: &Cut, text: &str, from: usize, to: usize) -> bool {
    let mut depth = 0;
    let mut joined = false;
    to > from
        && to - from <= 7
        && (from..to).all(|at| match cut.tokens[at].text(text) {
            "(" => {
                depth += 1;
                true
            }
            ")" => {
                depth -= 1;
                true
            }
            _ if depth > 0 => true,
            "," => {
                joined = true;
                true
            }
            _ if cut.classes[at] & x.cues.and != 0 => {
                joined = true;
                true
            }
            _ => false,
        })
        && joined
}

fn list(x: &Extractor, cut: &Cut, runs: &[Run], said: &mut [(Evidence, bool)]) {
    let (mut companies, mut others) = (0, 0);
    for run in runs {
        let sort = match run.known {
            Some(id) => Guess::Sure(x.known[id as usize].sort),
            None => said[run.spelt as usize].0.verdict(),
        };
        match sort {
            Guess::Sure(Sort::Entity(EntityKind::Company)) => companies += 1,
            Guess::Maybe => {}
            _ => others += 1,
        }
    }
    if companies == 0 || others >= companies {
        return;
    }
    // "Apalagi, Alfa": a sentence's first word may be any word.
    let opener = |r: &&Run| r.from == 0 && r.to == 1 && cut.tokens[0].shape == Shape::Capital;
    for run in runs.iter().filter(|r| r.known.is_none() && !opener(r)) {
        let slot = &mut said[run.spelt as usize];
        slot.0.company += 5;
        slot.1 = true;
    }
}
