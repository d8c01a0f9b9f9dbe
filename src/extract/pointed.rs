//! What is told of a firm that is only pointed at: "startup yang dipimpinnya itu".

use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};

/// What is told of a firm's beginnings and owners.
const OWNED: [&str; 17] = [
    "didukung",
    "didirikan",
    "dipimpin",
    "dimiliki",
    "dibesut",
    "dirintis",
    "disokong",
    "digawangi",
    "diprakarsai",
    "dikendalikan",
    "dibangun",
    "dikelola",
    "diakuisisi",
    "dikomandoi",
    "berbasis",
    "bermarkas",
    "berdiri",
];

/// "startup yang didukung Alfa itu", "perusahaan yang dipimpinnya itu": Alfa is none of its.
pub(super) fn is_owned(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
    let written = |at: usize| all.get(at).map_or("", |i| word(text, cut, i));
    let told = OWNED.iter().any(|w| written(n + 2).starts_with(w));
    written(n + 1) == "yang"
        && told
        && all[n + 3..]
            .iter()
            .take(5)
            .take_while(|i| i.kind != Kind::Mark && i.classes & (cues.clause | cues.with) == 0)
            .any(|i| i.classes & cues.that != 0)
}

/// Whom the clause names behind "perusahaan itu" at item `n`.
pub(super) fn behind(all: &[Item], n: usize, cues: &Cues) -> Vec<u32> {
    let that = (n + 1..all.len().min(n + 6)).find(|m| all[*m].classes & cues.that != 0);
    let rest = all[that.unwrap_or(n) + 1..].iter();
    let clause = rest.take_while(|i| i.mark != b',' && i.classes & cues.clause == 0);
    clause.flat_map(|i| i.members.iter().copied()).collect()
}

/// "Emiten berkode ALFA itu": whose code it is.
pub(super) fn coded(text: &str, cut: &Cut, all: &[Item], n: usize) -> Option<Vec<u32>> {
    all.get(n + 1).filter(|i| i.kind == Kind::Word && word(text, cut, i).starts_with("berkode"))?;
    let named = all[n + 2..].iter().take(2).find(|i| !i.members.is_empty())?;
    (named.members.len() == 1).then(|| named.members.to_vec())
}
