//! The date of what a clause tells.

use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::parts::is_verb;
use crate::base::PartialDate;

/// What stands before the date from which something holds.
const BEGINS: [&str; 4] = ["sejak", "mulai", "terhitung", "per"];
/// How many words may stand from "sejak" up to the date: "sejak sesi pertama tanggal".
const SESSION: usize = 5;

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
    // "sejak kemarin (19/5)" is no source's.
    let led = |i: &Item| BEGINS.iter().any(|w| word(text, cut, i).eq_ignore_ascii_case(w));
    let begins = |n: usize| items[..n].iter().rev().take(3).take_while(|i| i.kind != Kind::Group).any(led);
    let fits = |n: usize, bracketed: bool| {
        !(bracketed && spoken && !begins(n)
            || apart(text, cut, items, at, n, cues)
            || is_anothers(text, cut, items, at, n, cues)
            || ends(n))
    };
    let dates = items.iter().enumerate().filter_map(|(n, i)| match i.kind {
        Kind::Date(date, bracketed) if fits(n, bracketed) => Some((n.abs_diff(at), n, date)),
        _ => None,
    });
    let (_, nearest, date) = dates.clone().min_by_key(|(distance, n, _)| (*distance, *n))?;
    // "bulan ini pada 11 Mei": the day says it better.
    let better = |n: usize, d: PartialDate| n.abs_diff(nearest) <= 3 && d != date && d.is_within(date);
    Some(dates.filter(|(_, n, d)| better(*n, *d)).map(|(_, _, d)| d).next().unwrap_or(date))
}

/// Whether the date at `n`, behind the trigger, is of another clause: "sebelum …
/// berlaku pada 2020", but not "sejak 2020" or "sejak sesi pertama tanggal 5 Mei 2020".
fn apart(text: &str, cut: &Cut, items: &[Item], at: usize, n: usize, cues: &Cues) -> bool {
    if n <= at + 1 {
        return false;
    }
    let opens = |i: &Item| i.classes & (cues.same_subject | cues.source) != 0;
    let unit = n > at + 2 && items[n - 1].kind == Kind::Word && opens(&items[n - 2]);
    let plain = |i: &&Item| i.kind == Kind::Word && !is_verb(word(text, cut, i));
    let mut before = items[at + 1..n].iter().rev().take(SESSION).take_while(plain);
    let since = before.position(|i| word(text, cut, i) == "sejak").map(|back| n - 1 - back);
    let to = since.unwrap_or(n - 1 - usize::from(unit));
    items[at + 1..to].iter().any(opens)
}

/// "menggandeng Alfa, perusahaan yang berdiri pada 1990": whether the date is of what is told of
/// one of them.
fn is_anothers(text: &str, cut: &Cut, items: &[Item], at: usize, n: usize, cues: &Cues) -> bool {
    if n <= at + 2 {
        return false;
    }
    let own = cues.support_passive | cues.signing | cues.event_noun;
    let which = |n: &usize| word(text, cut, &items[*n]).starts_with("yang");
    let Some(which) = (at + 2..n).rev().find(which) else { return false };
    let named = items[at + 1..which].iter().any(|i| i.kind == Kind::Group);
    let tells = |i: &Item| i.kind == Kind::Word && i.classes & own != 0;
    let acts = |i: &Item| {
        let said = word(text, cut, i);
        let verb = is_verb(said.strip_prefix("yang ").unwrap_or(said));
        i.kind == Kind::Word && verb && i.classes & cues.not_verb == 0
    };
    let clause = &items[which..n];
    named && !clause.iter().any(|i| tells(i) || i.kind == Kind::Mark) && clause.iter().any(acts)
}
