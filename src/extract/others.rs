//! "Warga bekerja sama dengan Alfa": a common noun names who does it, not the text's topic.

use super::EntityKind;
use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::locals::Local;
use super::parts::is_verb;

/// Who rules a town or region, or acts for who does.
const RULERS: [&str; 16] = [
    "pemerintah",
    "pemprov",
    "pemkot",
    "pemkab",
    "pemda",
    "bupati",
    "gubernur",
    "wali",
    "walikota",
    "dinas",
    "polisi",
    "kepolisian",
    "petugas",
    "aparat",
    "camat",
    "lurah",
];
/// Who learns and teaches.
const SCHOOLS: [&str; 8] =
    ["sekolah", "guru", "siswa", "mahasiswa", "dosen", "peneliti", "kampus", "universitas"];
/// Others whom a text tells of without a name.
const PEOPLE: [&str; 12] = [
    "warga",
    "masyarakat",
    "petani",
    "nelayan",
    "pengusaha",
    "pedagang",
    "panitia",
    "relawan",
    "ilmuwan",
    "jaksa",
    "penduduk",
    "orang",
];

/// Whether the clause of the verb that ends the items has such a subject, which the topic is not.
pub(super) fn others_act(text: &str, cut: &Cut, items: &[Item], cues: &Cues, topic: &Local) -> bool {
    let Some((verb, before)) = items.split_last() else { return false };
    let told = word(text, cut, verb);
    if !(is_verb(told) || told.starts_with("bekerja")) || before.iter().any(|i| i.kind == Kind::Group) {
        return false;
    }
    let breaks = |i: &Item| i.kind == Kind::Mark || i.classes & cues.clause != 0;
    let start = before.iter().rposition(breaks).map_or(0, |n| n + 1);
    let lead = cues.same_subject | cues.adverb | cues.done;
    let clause = &before[start..];
    let at = clause.iter().take_while(|i| i.classes & lead != 0).count();
    let Some(head) = clause.get(at).filter(|i| i.kind == Kind::Word) else { return false };
    // "Sekolah itu": it may be the topic; "lewat warga": it is no subject.
    let ends = cues.that | cues.oblique | cues.with | cues.upon | cues.copula;
    if clause[at..].iter().any(|i| i.classes & ends != 0) {
        return false;
    }
    let noun = word(text, cut, head).to_lowercase();
    let first = noun.split(' ').next().unwrap_or_default();
    let body = topic.kind == EntityKind::Government && !topic.state;
    // "KKP pergi. Pemerintah provinsi bekerja sama": another government.
    let body = body && (topic.name.starts_with("Pem") || !(first.starts_with("pem") || first == "bupati"));
    let is = |nouns: &[&str]| nouns.contains(&first);
    is(&PEOPLE)
        || is(&RULERS) && !body && !(topic.state && first == "pemerintah")
        || is(&SCHOOLS) && topic.kind != EntityKind::Organisation
}
