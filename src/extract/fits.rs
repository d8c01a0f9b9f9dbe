//! Whom a noun can mean: "kedua negara" are no firms.

use super::EntityKind;
use super::locals::Local;

/// What only firms are called.
const FIRMS: [&str; 17] = [
    "perusahaan",
    "bank",
    "maskapai",
    "vendor",
    "operator",
    "pabrikan",
    "produsen",
    "platform",
    "aplikasi",
    "startup",
    "emiten",
    "merek",
    "brand",
    "pengembang",
    "peritel",
    "korporasi",
    "penyedia",
];

/// What no state is called.
const BODIES: [&str; 7] =
    ["lembaga", "institusi", "kampus", "universitas", "kementerian", "instansi", "partai"];

/// Nouns of clubs: the police of a match is none.
const TEAMS: [&str; 4] = ["kesebelasan", "klub", "tim", "skuad"];

/// What a phrase such as "kedua perusahaan" can mean.
pub(super) struct Fits {
    pub states: bool,
    pub firms: bool,
    bodies: bool,
    teams: bool,
}

impl Fits {
    pub(super) fn of(phrase: &str) -> Fits {
        let has = |words: &[&str]| words.iter().any(|w| phrase.contains(w));
        let states = phrase.ends_with("negara") || phrase.contains("negara ");
        Fits { states, firms: has(&FIRMS), bodies: has(&BODIES), teams: has(&TEAMS) }
    }

    /// "kedua negara" are states, "kedua perusahaan" are none.
    pub(super) fn takes(&self, l: &Local) -> bool {
        let rules = l.kind == EntityKind::Government && !l.state;
        (!self.states || l.state)
            && (!self.firms || !l.state && !rules)
            && !(self.bodies && l.state)
            && !(self.teams && rules)
    }
}
