//! How a clause puts what it says.

use super::classes::{Cue, Tags};
use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::matcher::{Filler, Match, Matcher};
use super::parts::is_verb;
use super::pattern::Pattern;
use super::when::{End, end};
use super::{ClaimKind, Status};
use crate::base::PartialDate;

/// How far a cue reaches to the left of a trigger, in items.
const REACH: usize = 10;
/// How far a denial does.
const NEAR: usize = 5;
/// How far the denial of an end does.
const DENIED: usize = 2;
/// How far a demand for an end does.
const ASKED: usize = 4;

/// What tells that something stands already or goes on, whatever is planned or has ended.
const STILL: [&str; 2] = ["tetap", "masih"];
/// What tells that something grows, and so stands.
const GROWS: [&str; 4] = ["semakin", "makin", "kian", "bertambah"];
/// What those who stand already are fought with.
const OPPOSES: [&str; 5] = ["melawan", "menghadapi", "menantang", "menyaingi", "menandingi"];
/// What is done to that which stands already.
const REVIEWS: [&str; 8] = [
    "mengkaji kembali",
    "mengkaji ulang",
    "kaji ulang",
    "meninjau kembali",
    "meninjau ulang",
    "meninjau",
    "mengevaluasi",
    "evaluasi",
];
/// What tells why or since when, as a clause would: "gagal berunding buntut serangan Alfa".
const CAUSES: [&str; 8] =
    ["buntut", "imbas", "akibat", "gara-gara", "pasca", "pascaserangan", "sejak", "semenjak"];
/// What is revoked as a penalty.
const LICENCES: [&str; 4] = ["izin", "lisensi", "akreditasi", "sertifikat"];
/// What tells that something stands already, right before what goes on.
const GOES_ON: [&str; 4] = ["terus", "melanjutkan", "meneruskan", "mempertahankan"];

/// How a clause puts what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Put {
    pub status: Status,
    /// What held once has ended, rather than never held.
    pub ended: bool,
    /// The item that tells the status, where one does.
    pub because: Option<usize>,
}

/// The status that a pattern gives, or else the clause.
pub(super) fn put(
    matcher: &Matcher,
    today: Option<PartialDate>,
    at: usize,
    m: &Match,
    pattern: &Pattern,
) -> Put {
    let Matcher { items, cues, .. } = *matcher;
    let penalty = pattern.kind == ClaimKind::Sanction;
    let yet = || if penalty { yet_to_end(items, at, cues) } else { None };
    // "tidak pernah memutus kerja sama".
    let kept = || {
        let verb = items[at].classes & cues.negated == 0
            && word(matcher.text, matcher.cut, &items[at]).starts_with("me");
        let denies = |n: &usize| items[*n].kind == Kind::Word && items[*n].classes & cues.negated != 0;
        let before = (at.saturating_sub(DENIED)..at).rev().take_while(|n| items[*n].kind == Kind::Word);
        // "tidak mencapai kesepakatan": the pattern asks for it.
        let asked = pattern.words.iter().any(|w| w.contains("negated") || matches!(&**w, "tidak" | "tak"));
        before.into_iter().find(denies).filter(|_| verb && !asked)
    };
    match pattern.status {
        // A rumour about a plan is a rumour.
        Some(Status::Planned) if let Some(n) = items.iter().position(|i| i.classes & cues.reported != 0) => {
            Put { status: Status::Reported, ended: false, because: Some(n) }
        }
        // "tidak akan mengakhiri kerja sama", "mendesak Alfa mencabut sanksi": it goes on.
        Some(Status::Negated) if let Some(n) = not_ended(items, at, cues).or_else(kept).or_else(yet) => {
            Put { status: Status::Asserted, ended: false, because: Some(n) }
        }
        Some(status) => Put { status, ended: status == Status::Negated, because: None },
        None => clause(matcher, today, at, m, pattern.kind),
    }
}

/// What denies the end that the word at `at` tells, right before it.
fn not_ended(items: &[Item], at: usize, cues: &Cues) -> Option<usize> {
    let ends = items[at].classes & cues.ended != 0 && items[at].classes & (cues.once | cues.negated) == 0;
    let before = at.saturating_sub(DENIED)..at;
    let denies = |n: &usize| items[*n].kind == Kind::Word && items[*n].classes & cues.negated != 0;
    before.rev().take_while(|n| ends && items[*n].kind == Kind::Word).find(denies)
}

/// "mendesak Alfa mencabut sanksi", "akan mengakhiri kerja sama": what asks for the end that
/// the word at `at` tells, or plans it, so that what is to end still holds.
fn yet_to_end(items: &[Item], at: usize, cues: &Cues) -> Option<usize> {
    let between = |n: &usize| {
        let i = &items[*n];
        i.kind == Kind::Group || i.kind == Kind::Word && i.classes & (cues.adverb | cues.planned) != 0
    };
    let asks = |n: &usize| items[*n].kind == Kind::Word && items[*n].classes & cues.planned != 0;
    (at.saturating_sub(ASKED)..at).rev().take_while(between).find(asks)
}

/// Whether "masih" or "tetap" stands before the match's trigger, or right behind the match.
pub(super) fn is_still(text: &str, cut: &Cut, items: &[Item], at: usize, m: &Match) -> bool {
    let still = |i: &Item| i.kind == Kind::Word && STILL.contains(&word(text, cut, i));
    let behind = m.last + 1..items.len().min(m.last + 3);
    items[at.saturating_sub(3)..at].iter().any(still)
        || items.get(behind).is_some_and(|b| b.iter().any(still))
}

/// The clause around a match's trigger.
struct Clause<'a> {
    text: &'a str,
    cut: &'a Cut,
    items: &'a [Item],
    at: usize,
    m: &'a Match,
    kind: ClaimKind,
    cues: &'a Cues,
    today: Option<PartialDate>,
    /// The word that opens it, within reach.
    opener: Option<usize>,
    /// How far to the left a cue is looked for.
    floor: usize,
    /// It is a noun said of the name before it.
    apposed: bool,
}

/// The status of the clause around the item `at`.
fn clause(matcher: &Matcher, today: Option<PartialDate>, at: usize, m: &Match, kind: ClaimKind) -> Put {
    let Matcher { text, cut, items, cues, .. } = *matcher;
    // A clause word ends the reach, but not inside the match itself.
    let floor = at.saturating_sub(REACH);
    let ends = |n: &usize| {
        let item = &items[*n];
        item.classes & cues.clause != 0 || item.kind == Kind::Word && CAUSES.contains(&word(text, cut, item))
    };
    let opener = (floor..at).rev().find(|n| *n < m.first && ends(n));
    let floor = opener.map_or(floor, |n| n + 1);
    // "Alfa akan menggandeng Beta, pesaing Gama": Beta is one already.
    let apposed = apposed(text, cut, items, at, m).filter(|_| kind != ClaimKind::Sanction);
    let (opener, floor) = apposed.map_or((opener, floor), |comma| (None, comma + 1));
    Clause { text, cut, items, at, m, kind, cues, today, opener, floor, apposed: apposed.is_some() }.put()
}

/// The comma before the noun at `at` that is said of the name before it.
fn apposed(text: &str, cut: &Cut, items: &[Item], at: usize, m: &Match) -> Option<usize> {
    let comma = (at.saturating_sub(3)..at).rev().find(|n| items[*n].kind != Kind::Word)?;
    let host = comma.checked_sub(1).filter(|n| *n == m.first && items[*n].kind == Kind::Group);
    (items[comma].mark == b',' && host.is_some() && !is_verb(word(text, cut, &items[at]))).then_some(comma)
}

impl Clause<'_> {
    fn put(&self) -> Put {
        let Clause { items, at, cues, .. } = *self;
        let goes_on = |n: usize| not_ended(items, n, cues).or_else(|| yet_to_end(items, n, cues));
        let end = self.before(cues.ended, NEAR).filter(|n| self.unmakes(*n));
        if let Some(n) = end.and_then(goes_on) {
            return Put { status: Status::Asserted, ended: false, because: Some(n) };
        }
        // "Alfa memblokir Beta, dan Gama disebut-sebut menyusul": that is said of Gama.
        let last = self.m.last;
        let others = |n: usize| {
            n > last + 1 && items[n - 1].kind == Kind::Group && (last + 1..n).any(|b| items[b].mark == b',')
        };
        let from = if self.apposed { self.floor } else { 0 };
        // "Kabar ini meramaikan pasar, apalagi Alfa dan Beta bersaing": what it says was told.
        let tells = |b: usize| self.is(b, cues.speech | cues.reporting) || self.written(b).ends_with("bahwa");
        let before = |n: usize| {
            let points = self.next(n + 1, 1).any(|b| self.is(b, cues.that));
            n < at && points && !self.next(n + 2, 3).any(tells)
        };
        // "menangkap pelaku yang diduga menipu": said of him; "yang menjadi pesaing Alfa,
        // kabarnya akan pergi": of what they do beside.
        let aside = |n: usize| n > last && (self.written(n - 1) == "yang" || self.is_told_aside());
        let told = |n: &usize| !others(*n) && !before(*n) && !aside(*n);
        let rumour = (from..items.len()).find(|n| self.is(*n, cues.reported) && told(n));
        // "menampik kabar bahwa Alfa bekerja sama dengan Beta".
        let rejected = rumour
            .filter(|n| *n < at)
            .and_then(|n| n.checked_sub(1))
            .filter(|b| items[*b].kind == Kind::Word && self.is(*b, cues.negated));
        let denied = self.denied().or(rejected);
        let ended = self.ended(end);
        let (status, because) = match denied.or(ended) {
            Some(n) => (Status::Negated, Some(n)),
            None => match rumour {
                Some(n) => (Status::Reported, Some(n)),
                None => self.planned().map_or((Status::Asserted, None), |n| (Status::Planned, Some(n))),
            },
        };
        // "pernah bekerja sama": it may have begun anew.
        let over = ended.is_some_and(|n| !self.is(n, cues.once));
        Put { status, ended: over && denied.is_none(), because }
    }

    fn is(&self, n: usize, class: Cue) -> bool {
        self.items[n].classes & class != 0
    }

    /// "yang menjadi pesaing Alfa": whether a noun tells it in a clause of its own.
    fn is_told_aside(&self) -> bool {
        let which = |n: usize| self.written(n) == "yang";
        self.kind == ClaimKind::Rival
            && !is_verb(self.written(self.at))
            && (self.at.saturating_sub(2)..self.at).any(which)
    }

    /// So many places from `from` on, as far as the sentence goes.
    fn next(&self, from: usize, count: usize) -> std::ops::Range<usize> {
        from..self.items.len().min(from + count)
    }

    /// The word of the class nearest to the trigger, so far to the left of it in the clause.
    fn before(&self, class: Cue, reach: usize) -> Option<usize> {
        let from = self.floor.max(self.at.saturating_sub(reach));
        (from..self.at).rev().find(|n| {
            self.items[*n].kind == Kind::Word && self.is(*n, class) && !beside(self.items, *n, self.at)
        })
    }

    /// A penalty once suffered doesn't end, nor does a match once played or a war that breaks
    /// out; "pernah meneken MoU": it stays signed. Whether the word at `n` ends what is told.
    fn unmakes(&self, n: usize) -> bool {
        let signed = || (n + 1..=self.at).any(|m| self.is(m, self.cues.signing));
        // "Izin empat perusahaan dicabut": that is the penalty.
        let licence = |m: usize| LICENCES.iter().any(|word| self.written(m).to_lowercase().starts_with(word));
        let revoked = self.kind == ClaimKind::Sanction && self.written(n) == "dicabut";
        if revoked && (n.saturating_sub(REACH)..n).any(licence) {
            return false;
        }
        !(self.is(n, self.cues.once) && (self.kind != ClaimKind::Partner || signed()))
    }

    /// What says that it isn't so.
    fn denied(&self) -> Option<usize> {
        let Clause { items, at, kind, cues, .. } = *self;
        // "tidak berdamai, malah menyerang".
        // "gagal menang saat melawan Alfa": the match took place.
        let parts = cues.rather | cues.done;
        let parts = if kind == ClaimKind::Rival { parts | cues.same_subject } else { parts };
        // "membantah tuduhan Alfa dan bersekutu dengan Beta": what is denied has ended.
        let more = |b: usize| {
            self.is(b, cues.and) && !items[b - 1].members.is_empty() && items[b + 1].kind == Kind::Word
        };
        // "batal bergabung, keduanya bersaing": who competes is named anew.
        let named = |b: usize| items.get(b).is_some_and(|i| i.kind == Kind::Group);
        // "Jika tidak patuh, Alfa menghukum Beta": the main clause begins behind the comma.
        let main = kind == ClaimKind::Rival || self.opener.is_some();
        let anew = |b: usize| main && items[b].mark == b',' && named(b + 1);
        let apart = |b: usize| self.is(b, parts) || more(b) || anew(b);
        // "Bukan Alfa, Beta menggandeng Gama": Alfa is the one passed over.
        let passed = |n: usize| named(n + 1) && n + 3 < at && items[n + 2].mark == b',';
        // "menolak langkah Alfa yang melarang Beta": the clause of "yang" tells what was done.
        let which = (self.floor..at).rev().find(|n| self.is(*n, cues.part_played));
        let inner =
            which.filter(|n| kind == ClaimKind::Sanction && (n + 1..at).all(|b| self.is(b, cues.adverb)));
        // "Alfa tidak mengambil langkah yang melarang Beta": that is denied of Alfa.
        let whose = match self.m.slots[0] {
            Some(Filler::Item(n)) => n,
            _ => 0,
        };
        let outer = |n: usize| inner.is_some_and(|which| n < which) && n < whose;
        let denied = self.before(cues.negated, NEAR).filter(|n| !outer(*n));
        // "tak seperti Alfa yang membatasi Beta".
        let unlike = |n: usize| items.get(n + 1).is_some_and(|_| self.written(n + 1) == "seperti");
        let denied = denied.filter(|n| !unlike(*n));
        // "membantah telah menggandeng": what is denied is just that.
        let right = |n: usize, b: usize| b == n + 1 && self.is(b, cues.done) && is_verb(self.written(n));
        let denied = denied.filter(|n| !passed(*n) && !(n + 1..at).any(|b| apart(b) && !right(*n, b)));
        // "dilarang bekerja sama", but not "melarang Alfa dan bekerja sama".
        let barred = || {
            let barred = self.before(cues.barred, NEAR).filter(|_| kind != ClaimKind::Sanction);
            let joins = |b: usize| self.is(b, cues.and) && !items[b - 1].members.is_empty();
            barred.filter(|n| !(n + 1..at).any(joins))
        };
        // "belum ada kerja sama", "batal terjalin kemitraan": what has not come about is told of next.
        // "belum ada keputusan soal kerja sama": what is about it only.
        let unborn = || {
            let other = cues.oblique | cues.same_subject;
            let words = (self.floor..at).rev();
            let mut words = words.take_while(|n| items[*n].kind == Kind::Word && !self.is(*n, other));
            let fell = words.by_ref().take(NEAR).find(|n| self.is(*n, cues.falls_through));
            fell.filter(|n| self.unmakes(*n))
        };
        // "tidak dihukum sama berat": but each differently.
        let alike = |n: usize| items.get(n).is_some_and(|_| self.written(n) == "sama");
        let denied = denied.filter(|_| kind != ClaimKind::Sanction || !alike(at + 1));
        denied.or_else(barred).or_else(unborn)
    }

    /// What says that it has ended, where the word at `end` before the trigger may.
    fn ended(&self, end: Option<usize>) -> Option<usize> {
        let Clause { items, at, kind, cues, .. } = *self;
        // "menyudahi perundingan dengan kesepakatan": with it something else ends.
        // "Alfa dan Beta dulu mitra, sekarang bersaing": that is how it stands.
        let other =
            |b: usize| self.is(b, cues.rather) || items[b].kind == Kind::Word && self.is(b, cues.with);
        let once = end.filter(|n| !(n + 1..at).any(other));
        // "penghentian kerja sama Alfa dan Beta".
        let own = || Some(at).filter(|n| kind == ClaimKind::Partner && self.is(*n, cues.ended));
        let next = || self.next(at + 1, 1).find(|n| self.is(*n, cues.ended));
        once.or_else(own)
            .or_else(next)
            .or_else(|| self.over())
            .or_else(|| self.fell())
            .or_else(|| self.restored())
    }

    /// "sekutu hingga 1979": it has ended, but for what lasts until a day to come; a penalty
    /// lasts until then.
    fn over(&self) -> Option<usize> {
        let Clause { text, cut, items, cues, today, .. } = *self;
        let dated = |n: usize| match items[n].kind {
            Kind::Date(..) => end(text, cut, items, n, cues, today) == Some(End::Past),
            Kind::Word => self.is(n - 1, cues.until),
            _ => false,
        };
        let behind = self.next(self.at + 2, 4).find(|n| dated(*n));
        behind.map(|n| n - 1).filter(|_| self.kind != ClaimKind::Sanction)
    }

    /// "kerja sama Alfa dan Beta berakhir": what behind the match says that it came to nothing.
    fn fell(&self) -> Option<usize> {
        let Clause { items, at, m, kind, cues, .. } = *self;
        let mark = |n: usize| items.get(n).is_some_and(|i| i.kind == Kind::Mark);
        // ", yang sudah lama berjalan, juga diputus" as well.
        let aside =
            mark(m.last + 1) && items.get(m.last + 2).is_some_and(|i| i.classes & cues.part_played != 0);
        let shut = self.next(m.last + 3, 15).find(|n| aside && mark(*n));
        let from = shut.map_or(m.last + 1, |n| n + 1);
        // "didenda lantaran gagal": another thing failed.
        // "denda bagi Alfa pada 2017 gugur".
        let dated =
            self.next(from, 2).filter(|n| matches!(items[*n].kind, Kind::Date(..))).map(|n| n + 1).next();
        let dated = dated.filter(|_| !aside).unwrap_or(from);
        // "berakhir tahun lalu".
        let near = |from: usize| {
            let mut behind =
                self.next(from, if aside { 3 } else { 2 }).take_while(|n| !self.is(*n, cues.clause));
            behind.find(|n| self.is(*n, cues.falls_through))
        };
        let fell = near(from).or_else(|| near(dated));
        let fell =
            fell.or_else(|| self.which_fell()).or_else(|| self.fell_far()).or_else(|| self.fell_since());
        let fell = fell.filter(|n| !(*n > from && self.is(n - 1, cues.negated)));
        // "Alfa, yang digarap bersama Beta, belum berkomentar": the clause of "yang" has ended.
        let inside = (m.first..at).any(|n| items[n].mark == b',' && self.is(n + 1, cues.part_played));
        let comma = || items.get(m.last + 1).is_some_and(|i| i.mark == b',');
        let fell = fell.filter(|_| !inside || aside || !comma());
        // "Pertempuran antara Alfa dan Beta pecah": there it begins.
        // "Laga Alfa kontra Beta berakhir ricuh": a match was played, unless it is called off.
        fell.filter(|n| kind != ClaimKind::Rival || self.is(*n, cues.ended) != self.is_match())
    }

    /// Whether it is a match: "laga Alfa kontra Beta".
    fn is_match(&self) -> bool {
        // "Laga uji coba Alfa melawan Beta".
        let from = self.m.first.saturating_sub(3).max(self.floor.min(self.m.first));
        (from..=self.at).any(|n| self.is(n, self.cues.match_noun))
    }

    /// "persaingan dengan Alfa di Beta yang berakhir".
    fn which_fell(&self) -> Option<usize> {
        let (last, cues) = (self.m.last, self.cues);
        let which = self
            .next(last + 1, 4)
            .find(|n| self.is(*n, cues.falls_through) && self.is(n - 1, cues.part_played));
        let plain = |b: usize| self.items[b].kind == Kind::Word && !self.is(b, cues.clause);
        which.filter(|n| (last + 1..n - 1).all(plain))
    }

    /// "Kerja sama Alfa dengan Beta di Gama tidak berlanjut": where or for what it was stands
    /// between.
    fn fell_far(&self) -> Option<usize> {
        let Clause { items, at, m, kind, cues, .. } = *self;
        let inner = cues.clause | cues.verb_like | cues.same_subject | cues.speech | cues.part_played;
        let far = self.next(m.last + 2, 6).find(|n| self.is(*n, cues.falls_through));
        // "Perseteruan Alfa dan Beta soal paten berakhir", too.
        let over = |n: usize| self.is(n, cues.oblique | cues.about) || self.written(n) == "selama";
        let led = || kind != ClaimKind::Sanction && at <= m.first && over(m.last + 1);
        let passed = |b: usize| !self.is(b, inner) || self.is(b, cues.adverb);
        let plain = |b: usize| items[b].kind == Kind::Word && passed(b) || b == m.last + 1;
        far.filter(|n| led() && (m.last + 1..*n).all(plain))
    }

    /// "Kerja sama Alfa dan Beta yang terjalin sejak 2014 resmi berakhir".
    fn fell_since(&self) -> Option<usize> {
        let Clause { items, m, cues, .. } = *self;
        let which = items.get(m.last + 1).is_some_and(|_| self.written(m.last + 1) == "yang");
        let date = self.next(m.last + 2, 6).find(|n| items[*n].kind != Kind::Word).filter(|_| which)?;
        let dated = matches!(items[date].kind, Kind::Date(..));
        let fell = self.next(date + 1, 2).find(|n| dated && self.is(*n, cues.falls_through));
        fell.filter(|n| !self.is(n - 1, cues.planned | cues.negated))
    }

    /// "diblokir pada Juli, tetapi sudah dipulihkan".
    fn restored(&self) -> Option<usize> {
        let last = self.m.last;
        let penalty = self.kind == ClaimKind::Sanction;
        self.next(self.at + 1, 23)
            .take_while(|n| penalty && self.items[*n].kind != Kind::Group || *n <= last)
            .find(|n| *n > last && self.is(*n, self.cues.restored) && !self.is(n - 1, self.cues.negated))
    }

    fn written(&self, n: usize) -> &str {
        word(self.text, self.cut, &self.items[n])
    }

    /// What says that it is but planned.
    fn planned(&self) -> Option<usize> {
        let Clause { items, at, kind, cues, .. } = *self;
        // "Jika Alfa menggandeng Beta".
        let condition = || self.opener.filter(|n| n + 1 < at && self.is(*n, cues.planned));
        if let Some(n) = self.hoped().or_else(condition) {
            return Some(n);
        }
        // "bakal tetap menjadi lawan": it is so already, but not "masih menjajaki kerja sama".
        // "akan melanjutkan kerja sama", too.
        let plans = |n: usize| self.is(n, cues.planned) || self.written(n) == "untuk";
        let stays = |n: &usize| STILL.contains(&self.written(*n)) && !(n + 1..at).any(plans);
        let still = |n: &usize| stays(n) || n + 1 == at && GOES_ON.contains(&self.written(*n));
        // "akan mempertahankan tarif".
        if GOES_ON.contains(&self.written(at)) {
            return None;
        }
        if (self.floor.max(at.saturating_sub(DENIED + 1))..at).any(|n| still(&n)) || self.is_theirs() {
            return None;
        }
        if kind == ClaimKind::Rival {
            let planned = |n: &usize| {
                let told = self.is(*n, cues.planned | cues.fixture) && !self.is(*n, cues.able);
                items[*n].kind == Kind::Word && told
            };
            return (self.floor..at).rev().find(planned);
        }
        // "bagian dari aliansi", "melalui kerja sama": what is so named stands, whatever
        // is planned with it.
        // "akan melawan koalisi Alfa dan Beta", too.
        let stands = at > 0
            && (self.is(at - 1, cues.from | cues.kin_word)
                || OPPOSES.contains(&self.written(at - 1))
                // "akan mengkaji ulang kerja sama dengan Alfa".
                || REVIEWS.contains(&self.written(at - 1))
                || self.is(at - 1, cues.oblique) && !self.is(at - 1, cues.upon | cues.like));
        // "yang tak mau diatur itu telah bekerja sama".
        let done = |n: &usize| (n + 1..at).any(|b| self.is(b, cues.done));
        let planned = if stands { None } else { self.before(cues.planned, REACH) };
        planned.filter(|n| !done(n))
    }

    /// "Kerja sama Alfa dan Beta akan memperluas pasar", "persaingan … akan semakin ketat": it
    /// stands, and what it does or how it grows is to come.
    fn widens(&self, may: usize) -> bool {
        let able = self.cues.may | self.cues.able | self.cues.adverb;
        let next = self.next(may + 1, 3).find(|n| !self.is(*n, able) || GROWS.contains(&self.written(*n)));
        let stands = |n: usize| self.written(n).starts_with("me") || GROWS.contains(&self.written(n));
        !self.is_match() && next.is_some_and(stands)
    }

    /// "akan menguntungkan saingan mereka, Alfa": it is one already, but for "calon pesaingnya"
    /// and "akan menjadi saingan mereka".
    fn is_theirs(&self) -> bool {
        let written = self.written(self.at);
        let owned = ["nya", " mereka", " kami"].iter().any(|end| written.ends_with(end));
        let before = self.at.checked_sub(1).map_or(Tags::NONE, |n| self.items[n].classes);
        // "mengkaji kerja samanya".
        let planned = self.at > 0 && self.written(self.at - 1) != "mengkaji";
        let told = if planned { self.cues.copula | self.cues.planned } else { self.cues.copula };
        owned && !is_verb(written) && before & told == 0
    }

    /// "kesepakatan … bisa", "kerja sama … akan": said after a noun, but not of what
    /// it is for ("agar pelanggan dapat …").
    fn hoped(&self) -> Option<usize> {
        let cues = self.cues;
        // "Melalui kerja sama ini, Alfa dan Beta akan berbagi data": it stands.
        let at = self.at;
        let points = self.next(at + 1, 1).any(|n| self.is(n, cues.that));
        if points && at > 0 && self.is(at - 1, cues.oblique | cues.channel) {
            return None;
        }
        let other = cues.clause | cues.oblique | cues.same_subject | cues.speech;
        self.next(self.m.last + 1, 3)
            .take_while(|n| self.items[*n].kind == Kind::Word && !self.is(*n, other))
            // "meneken perjanjian akan saling membantu": it is signed.
            .find(|n| self.is(*n, cues.may) && !self.is(self.at, cues.signing))
            .filter(|n| !self.widens(*n) && !self.is_told_of() && !self.lasts(*n))
    }

    /// "Perang Alfa-Beta akan terus berlangsung": it goes on.
    fn lasts(&self, may: usize) -> bool {
        let on = |n: usize| self.written(n) == "terus" || STILL.contains(&self.written(n));
        self.next(may + 1, 2).any(on)
    }

    /// "Konsorsium yang terdiri atas Alfa dan Beta akan memperluas": a clause within the match
    /// tells that it stands.
    fn is_told_of(&self) -> bool {
        let which = |n: usize| self.written(n).starts_with("yang");
        self.kind == ClaimKind::Partner && (self.at + 1..self.m.last).any(which)
    }
}

/// "Alfa, yang bukan anggota, bekerja sama": whether the cue at `n` is said of a name beside,
/// between commas that end before what is told at `at`.
fn beside(items: &[Item], n: usize, at: usize) -> bool {
    let comma = |i: &usize| items[*i].mark == b',';
    let Some(open) = (n.saturating_sub(2)..n).rev().find(comma).filter(|o| *o > 0) else { return false };
    let named = matches!(items[open - 1].kind, Kind::Group);
    named && (n + 1..at).any(|i| comma(&i))
}
