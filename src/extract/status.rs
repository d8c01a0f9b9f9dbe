//! How a clause puts what it says, and when it held.

use super::classes::Cue;
use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::matcher::Match;
use super::pattern::Pattern;
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
pub(super) fn put(items: &[Item], at: usize, m: &Match, pattern: &Pattern, cues: &Cues) -> Put {
    let penalty = pattern.kind == ClaimKind::Sanction;
    let yet = || if penalty { yet_to_end(items, at, cues) } else { None };
    match pattern.status {
        // A rumour about a plan is a rumour.
        Some(Status::Planned) if let Some(n) = items.iter().position(|i| i.classes & cues.reported != 0) => {
            Put { status: Status::Reported, ended: false, because: Some(n) }
        }
        // "tidak akan mengakhiri kerja sama", "mendesak Alfa mencabut sanksi": it goes on.
        Some(Status::Negated) if let Some(n) = not_ended(items, at, cues).or_else(yet) => {
            Put { status: Status::Asserted, ended: false, because: Some(n) }
        }
        Some(status) => Put { status, ended: status == Status::Negated, because: None },
        None => clause(items, at, m, pattern.kind, cues),
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
    let still = |i: &Item| i.kind == Kind::Word && matches!(word(text, cut, i), "masih" | "tetap");
    let behind = m.last + 1..items.len().min(m.last + 3);
    items[at.saturating_sub(3)..at].iter().any(still)
        || items.get(behind).is_some_and(|b| b.iter().any(still))
}

/// The status of the clause around the item `at`.
fn clause(items: &[Item], at: usize, m: &Match, kind: ClaimKind, cues: &Cues) -> Put {
    let is = |n: usize, class: Cue| items[n].classes & class != 0;
    // A clause word ends the reach, but not inside the match itself.
    let floor = at.saturating_sub(REACH);
    let opener = (floor..at).rev().find(|n| *n < m.first && is(*n, cues.clause));
    let floor = opener.map_or(floor, |n| n + 1);
    // "Jika Alfa menggandeng Beta".
    let condition = opener.filter(|n| n + 1 < at && is(*n, cues.planned));
    let before = |class: Cue, reach: usize| {
        (floor.max(at.saturating_sub(reach))..at)
            .rev()
            .find(|n| items[*n].kind == Kind::Word && is(*n, class) && !beside(items, *n, at, m))
    };
    // "sekutu hingga 1979": it has ended.
    let over = (at + 1..items.len().min(at + 5)).find(|n| {
        // A penalty lasts until then.
        kind != ClaimKind::Sanction
            && is(*n, cues.until)
            && items.get(n + 1).is_some_and(|b| matches!(b.kind, Kind::Date(..)) || b.kind == Kind::Word)
    });
    // "kerja sama Alfa dan Beta berakhir".
    // ", yang sudah lama berjalan, juga diputus" as well.
    let aside = items.get(m.last + 1).is_some_and(|i| i.kind == Kind::Mark)
        && items.get(m.last + 2).is_some_and(|i| i.classes & cues.part_played != 0);
    let shut = (m.last + 3..items.len().min(m.last + 18)).find(|n| aside && items[*n].kind == Kind::Mark);
    let from = shut.map_or(m.last + 1, |n| n + 1);
    let behind = from..items.len().min(from + if aside { 3 } else { 2 });
    // "didenda lantaran gagal": another thing failed.
    let fell = behind.clone().take_while(|n| !is(*n, cues.clause)).find(|n| is(*n, cues.falls_through));
    // "persaingan dengan Alfa di Beta yang berakhir".
    let which = (m.last + 1..items.len().min(m.last + 5))
        .find(|n| is(*n, cues.falls_through) && is(n - 1, cues.part_played));
    let plain = |n: &usize| (m.last + 1..n - 1).all(|b| items[b].kind == Kind::Word && !is(b, cues.clause));
    // "Kerja sama Alfa dengan Beta di Gama tidak berlanjut": where or for what it was stands between.
    let inner = cues.clause | cues.verb_like | cues.same_subject | cues.speech | cues.part_played;
    let far = (m.last + 2..items.len().min(m.last + 7))
        .find(|n| is(*n, cues.falls_through))
        .filter(|_| kind == ClaimKind::Partner && at <= m.first && is(m.last + 1, cues.oblique))
        .filter(|n| {
            (m.last + 1..*n).all(|b| items[b].kind == Kind::Word && !is(b, inner) || b == m.last + 1)
        });
    let fell = fell.or(which.filter(plain)).or(far);
    let fell = fell.filter(|n| !(*n > behind.start && is(n - 1, cues.negated)));
    // "Alfa, yang digarap bersama Beta, belum berkomentar": the clause of "yang" has ended.
    let inside = (m.first..at).any(|n| items[n].mark == b',' && is(n + 1, cues.part_played));
    let fell = fell.filter(|_| !inside || aside || items.get(m.last + 1).is_none_or(|i| i.mark != b','));
    // "Pertempuran antara Alfa dan Beta pecah": there it begins.
    let fell = fell.filter(|n| kind != ClaimKind::Rival || is(*n, cues.ended));
    // "kesepakatan … bisa", "kerja sama … akan": said after a noun, but not of what
    // it is for ("agar pelanggan dapat …").
    let hoped = (m.last + 1..items.len().min(m.last + 4))
        .take_while(|n| {
            items[*n].kind == Kind::Word
                && !is(*n, cues.clause | cues.oblique | cues.same_subject | cues.speech)
        })
        // "meneken perjanjian akan saling membantu": it is signed.
        .find(|n| is(*n, cues.may) && !is(at, cues.signing));
    let next = Some(at + 1).filter(|n| *n < items.len() && is(*n, cues.ended));
    // "dilarang bekerja sama", but not "melarang Alfa dan bekerja sama".
    let barred = before(cues.barred, NEAR)
        .filter(|n| kind != ClaimKind::Sanction && (n + 1..at).all(|b| !is(b, cues.and)));
    // "tidak berdamai, malah menyerang".
    // "gagal menang saat melawan Alfa": the match took place.
    let parts = cues.rather | cues.done;
    let parts = if kind == ClaimKind::Rival { parts | cues.same_subject } else { parts };
    // "membantah tuduhan Alfa dan bersekutu dengan Beta": what is denied has ended.
    let more =
        |b: usize| is(b, cues.and) && !items[b - 1].members.is_empty() && items[b + 1].kind == Kind::Word;
    let apart = |b: usize| is(b, parts) || more(b);
    let denied = before(cues.negated, NEAR).filter(|n| !(n + 1..at).any(apart));
    // A penalty once suffered doesn't end, nor does a match once played or a war that breaks out.
    // "pernah meneken MoU": it stays signed.
    let signed = |n: usize| (n + 1..=at).any(|m| is(m, cues.signing));
    let kept = |n: &usize| !(is(*n, cues.once) && (kind != ClaimKind::Partner || signed(*n)));
    // "belum ada kerja sama", "batal terjalin kemitraan": what has not come about is told of next.
    // "belum ada keputusan soal kerja sama": what is about it only.
    let other = cues.oblique | cues.same_subject;
    let words = (floor..at).rev().take_while(|n| items[*n].kind == Kind::Word && !is(*n, other));
    let unborn = words.take(NEAR).find(|n| is(*n, cues.falls_through)).filter(kept);
    let denied = denied.or(barred).or(unborn);
    // "diblokir pada Juli, tetapi sudah dipulihkan".
    let restored = (at + 1..items.len().min(at + 24))
        .take_while(|n| kind == ClaimKind::Sanction && items[*n].kind != Kind::Group || *n <= m.last)
        .find(|n| *n > m.last && is(*n, cues.restored) && !is(n - 1, cues.negated));
    let goes_on = |n: usize| not_ended(items, n, cues).or_else(|| yet_to_end(items, n, cues));
    if let Some(n) = before(cues.ended, NEAR).filter(kept).and_then(goes_on) {
        return Put { status: Status::Asserted, ended: false, because: Some(n) };
    }
    // "menyudahi perundingan dengan kesepakatan": with it something else ends.
    let other = |n: &usize| !(n + 1..at).any(|b| items[b].kind == Kind::Word && is(b, cues.with));
    // "penghentian kerja sama Alfa dan Beta".
    let own = Some(at).filter(|n| kind == ClaimKind::Partner && is(*n, cues.ended));
    // "Alfa dan Beta dulu mitra, sekarang bersaing": that is how it stands.
    let still = |n: &usize| !(n + 1..at).any(|b| is(b, cues.rather));
    let once = before(cues.ended, NEAR).filter(kept).filter(other).filter(still);
    let ended = once.or(own).or(next).or(over).or(fell).or(restored);
    let rumour = (0..items.len()).find(|n| is(*n, cues.reported));
    // "menampik kabar bahwa Alfa bekerja sama dengan Beta".
    let rejected = rumour
        .filter(|n| *n < at)
        .and_then(|n| n.checked_sub(1))
        .filter(|b| items[*b].kind == Kind::Word && is(*b, cues.negated));
    let denied = denied.or(rejected);
    let reported = || rumour;
    // "bagian dari aliansi", "melalui kerja sama": what is so named stands, whatever
    // is planned with it.
    let stands = at > 0
        && (is(at - 1, cues.from | cues.kin_word)
            || is(at - 1, cues.oblique) && !is(at - 1, cues.upon | cues.like));
    let planned = || match kind {
        _ if hoped.is_some() || condition.is_some() => hoped.or(condition),
        ClaimKind::Rival => (floor..at).rev().find(|n| {
            items[*n].kind == Kind::Word && is(*n, cues.planned | cues.fixture) && !is(*n, cues.able)
        }),
        _ if stands => None,
        // "yang tak mau diatur itu telah bekerja sama".
        _ => before(cues.planned, REACH).filter(|n| !(n + 1..at).any(|b| is(b, cues.done))),
    };
    let (status, because) = match denied.or(ended) {
        Some(n) => (Status::Negated, Some(n)),
        None => match reported() {
            Some(n) => (Status::Reported, Some(n)),
            None => planned().map_or((Status::Asserted, None), |n| (Status::Planned, Some(n))),
        },
    };
    Put { status, ended: ended.is_some() && denied.is_none(), because }
}

/// "Alfa, yang bukan anggota, bekerja sama": whether the cue at `n` is said of a name beside,
/// between commas that end before what is told at `at`.
fn beside(items: &[Item], n: usize, at: usize, m: &Match) -> bool {
    let comma = |i: &usize| items[*i].mark == b',';
    let Some(open) = (n.saturating_sub(2)..n).rev().find(comma).filter(|o| *o > 0) else { return false };
    let named = matches!(items[open - 1].kind, Kind::Group);
    named && m.first < open && (n + 1..at).any(|i| comma(&i))
}

/// The date that the clause gives for what it says: the nearest one, where a
/// date in brackets after a source is the source's.
pub(super) fn when(items: &[Item], at: usize, cues: &Cues) -> Option<PartialDate> {
    // "sikap tegas." at a sentence's end is no speech, and what is said "usai
    // penandatanganan" is said that day.
    let spoken = items.iter().rev().skip(2).any(|i| i.classes & (cues.source | cues.speech) != 0);
    let spoken = spoken && !items[..at].iter().any(|i| i.classes & cues.occasion != 0);
    let dates = items.iter().enumerate().filter_map(|(n, i)| match i.kind {
        Kind::Date(date, bracketed) if !(bracketed && spoken || apart(items, at, n, cues)) => {
            Some((n.abs_diff(at), n, date))
        }
        _ => None,
    });
    dates.min_by_key(|(distance, n, _)| (*distance, *n)).map(|(_, _, date)| date)
}

/// Whether the date at `n`, behind the trigger, is of another clause: "sebelum …
/// berlaku pada 2020", but not "sejak 2020" or "sejak tahun 2020".
fn apart(items: &[Item], at: usize, n: usize, cues: &Cues) -> bool {
    let opens = |i: &Item| i.classes & (cues.same_subject | cues.source) != 0;
    let unit = n > at + 2 && items[n - 1].kind == Kind::Word && opens(&items[n - 2]);
    n > at + 1 && items[at + 1..n - 1 - usize::from(unit)].iter().any(opens)
}
