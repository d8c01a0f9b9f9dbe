//! How a clause puts what it says, and when it held.

use super::Status;
use super::classes::ClassSet;
use super::items::{Item, Kind};
use super::load::Cues;
use super::matcher::Match;
use crate::base::PartialDate;

/// How far a cue reaches to the left of a trigger, in items.
const REACH: usize = 10;

/// The status of the clause around the item `at`.
/// The second is whether what held once has ended, rather than never held.
pub(super) fn status(items: &[Item], at: usize, m: &Match, cues: &Cues) -> (Status, bool) {
    let mut seen = ClassSet::NONE;
    let floor = at.saturating_sub(REACH);
    for n in (floor..at).rev() {
        let item = &items[n];
        // A clause word ends the reach, but not inside the match itself.
        if item.classes & cues.clause != 0 && n < m.first {
            break;
        }
        if item.kind == Kind::Word {
            let near = at - n <= 5;
            let kept = if near { item.classes } else { item.classes & !(cues.negated | cues.ended) };
            seen |= kept;
        }
    }
    let after = items.get(at + 1).map_or(ClassSet::NONE, |i| i.classes);
    // "sekutu hingga 1979": it has ended.
    let over = items.iter().skip(at + 1).take(4).zip(items.iter().skip(at + 2)).any(|(a, b)| {
        a.classes & cues.until != 0 && (matches!(b.kind, Kind::Date(..)) || b.kind == Kind::Word)
    });
    // "kesepakatan … bisa", "kerja sama … akan": said after a noun.
    let behind = items[m.last.min(items.len() - 1)..].iter().skip(1).take(3);
    let hoped = behind.take_while(|i| i.kind == Kind::Word).any(|i| i.classes & cues.may != 0);
    // "kerja sama Alfa dan Beta berakhir".
    let behind = &items[(m.last + 1).min(items.len())..];
    let fell = behind.iter().take(2).position(|i| i.classes & cues.falls_through != 0);
    let fell = fell.is_some_and(|n| n == 0 || behind[n - 1].classes & cues.negated == 0);
    let ended = seen & cues.ended != 0 || after & cues.ended != 0 || over || fell;
    let reported = items.iter().any(|i| i.classes & cues.reported != 0);
    let status = match () {
        () if ended || seen & cues.negated != 0 => Status::Negated,
        () if reported => Status::Reported,
        () if hoped || seen & cues.planned != 0 => Status::Planned,
        () => Status::Asserted,
    };
    (status, ended && seen & cues.negated == 0)
}

/// The date that the clause gives for what it says: the nearest one, where a
/// date in brackets after a source is the source's.
pub(super) fn when(items: &[Item], at: usize, cues: &Cues) -> Option<PartialDate> {
    // "sikap tegas." at a sentence's end is no speech.
    let spoken = items.iter().rev().skip(2).any(|i| i.classes & (cues.source | cues.speech) != 0);
    let dates = items.iter().enumerate().filter_map(|(n, i)| match i.kind {
        Kind::Date(date, bracketed) if !(bracketed && spoken || apart(items, at, n, cues)) => {
            Some((n.abs_diff(at), n, date))
        }
        _ => None,
    });
    dates.min_by_key(|(distance, n, _)| (*distance, *n)).map(|(_, _, date)| date)
}

/// Whether the date at `n`, behind the trigger, is of another clause: "sebelum …
/// berlaku pada 2020", but not "sejak 2020".
fn apart(items: &[Item], at: usize, n: usize, cues: &Cues) -> bool {
    let opens = cues.same_subject | cues.source;
    n > at + 1 && items[at + 1..n - 1].iter().any(|i| i.classes & opens != 0)
}
