//! What is told of a firm that is only pointed at: "startup yang dipimpinnya itu".

use super::classes::Cue;
use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::relative::relative_end;

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
fn is_owned(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
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

/// "perusahaan asal Tiongkok itu": a company word, then "itu" with no name but
/// a place between.
pub(super) fn is_that_company(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
    if all[n].classes & cues.company_word == 0 {
        return false;
    }
    // "Adapun Alfa, perusahaan asal Beta ini, menggandeng": it is told of Alfa.
    let told = n > 1
        && n < 5
        && all[n - 1].mark == b','
        && all[n - 2].kind == Kind::Group
        && all[..n - 2].iter().all(|i| i.kind == Kind::Word && i.classes == 0);
    if told {
        return false;
    }
    // "Perusahaan dari wilayah tersebut": any from there.
    let from_there = |n: usize| {
        let place =
            all.get(n + 1).is_some_and(|i| i.classes & cues.area_word != 0 || word(text, cut, i) == "negara");
        place && matches!(word(text, cut, &all[n]), "dari" | "di" | "asal")
    };
    if n + 1 < all.len() && from_there(n + 1) {
        return false;
    }
    if is_owned(text, cut, all, n, cues) || relative_end(text, cut, all, n, cues).is_some() {
        return true;
    }
    // "Menurut Budi, perusahaan menggandeng": at a clause's start.
    // "Selain Alfa, perusahaan juga menggandeng" as well.
    // "Tahun lalu perusahaan menggandeng", too.
    let when = |i: &Item| matches!(i.kind, Kind::Date(..)) || i.classes & cues.adverb != 0;
    // "Sebagai langkah awal, perusahaan menggandeng", where nobody is named before.
    let nobody = || all[..n].iter().all(|i| i.kind != Kind::Group);
    let led = |by: Cue| all[n - 1].mark == b',' && all[0].classes & by != 0;
    let starts = n == 0
        || n < 4 && all[..n].iter().all(when)
        || led(cues.source | cues.same_subject)
        || led(cues.copula) && nobody();
    let alone =
        starts && all.get(n + 1).is_some_and(|i| i.kind == Kind::Word && i.classes & cues.verb_like != 0);
    // "Pembuat kamera nomor dua saat itu" is none told of before.
    let that = |i: &Item| i.classes & cues.that != 0 && i.classes & cues.event_noun == 0;
    // "perusahaan ride-hailing itu", but not "perusahaan-perusahaan".
    let plural = all.get(n + 1).is_some_and(|i| i.mark == b'-');
    let goes_on = |i: &&Item| i.kind != Kind::Mark || i.mark == b'-' && !plural;
    alone
        || all[n + 1..].iter().take(5).take_while(goes_on).any(that)
            && all[n + 1..].iter().take(5).take_while(|i| !that(i)).all(|i| {
                i.classes & (cues.clause | cues.with | cues.verb_like) == 0 || word(text, cut, i) == "asal"
            })
}
