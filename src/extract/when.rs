//! The date of what a clause tells.

use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use crate::base::PartialDate;

/// Where what is told ends, by a date behind "hingga" or in a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// "dari 2015 hingga 2018", "2015-2018": its beginning is told too.
    OfRange,
    /// "hingga 2018", before the article.
    Past,
    /// "hingga 2030".
    ToCome,
}

/// What kind of an end the date at `n` is, if it is one.
pub(super) fn end(
    text: &str,
    cut: &Cut,
    items: &[Item],
    n: usize,
    cues: &Cues,
    today: Option<PartialDate>,
) -> Option<End> {
    let Kind::Date(date, _) = items[n].kind else { return None };
    let before = &items[n.checked_sub(1)?];
    let said = word(text, cut, before);
    let until = matches!(said, "hingga" | "sampai" | "sampai dengan") || before.classes & cues.until != 0;
    let begun = n > 1 && matches!(items[n - 2].kind, Kind::Date(..));
    let between = || n > 2 && word(text, cut, &items[n - 3]).eq_ignore_ascii_case("antara") && said == "dan";
    match until {
        _ if begun && (until || matches!(said, "-" | "–" | "—") || between()) => Some(End::OfRange),
        true if today.is_some_and(|today| !date.is_before(today)) => Some(End::ToCome),
        true => Some(End::Past),
        false => None,
    }
}

/// The date that the clause gives for what the trigger at `at` tells: the nearest one, where a
/// date in brackets after a source is the source's, and a period's its beginning.
pub(super) fn when(
    text: &str,
    cut: &Cut,
    items: &[Item],
    at: usize,
    cues: &Cues,
    today: Option<PartialDate>,
) -> Option<PartialDate> {
    // "sikap tegas." at a sentence's end is no speech, and what is said "usai
    // penandatanganan" is said that day.
    let spoken = items.iter().rev().skip(2).any(|i| i.classes & (cues.source | cues.speech) != 0);
    let spoken = spoken && !items[..at].iter().any(|i| i.classes & cues.occasion != 0);
    let ends = |n: usize| matches!(end(text, cut, items, n, cues, today), Some(End::OfRange | End::ToCome));
    let dates = items.iter().enumerate().filter_map(|(n, i)| match i.kind {
        Kind::Date(date, bracketed) if !(bracketed && spoken || apart(items, at, n, cues) || ends(n)) => {
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
