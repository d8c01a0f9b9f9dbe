//! Calendar dates, and dates told from the article's own.

use super::data::DatesFile;
use super::day_words::{INTRODUCING, OPENERS, PART_OF_DAY, UNITS, WORDS, words};
use super::token::{Shape, Token};
use super::trie::Trie;
use crate::base::{PartialDate, Span};
use chrono::{Datelike, Days, Months, NaiveDate};
use rustc_hash::FxHashMap;

/// A date in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated {
    pub date: PartialDate,
    /// Tokens, by first and last but one.
    pub from: usize,
    pub to: usize,
    /// It stands as a weekday with a date in brackets, as when a source spoke.
    pub bracketed: bool,
}

/// The calendar's words of a language, by word number.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    months: FxHashMap<u32, u8>,
    weekdays: FxHashMap<u32, u8>,
    numbers: FxHashMap<u32, u32>,
    /// What each word of the vocabulary is to the calendar.
    roles: Vec<Role>,
}

/// What a word is to the calendar.
#[derive(Debug, Clone, Copy, Default)]
struct Role {
    /// Its place in [`WORDS`], from 1; 0 for none.
    word: u8,
    /// A date may begin with it.
    begins: bool,
}

impl Calendar {
    pub(super) fn new(file: &DatesFile, trie: &Trie) -> Calendar {
        let list = |lists: &[Vec<String>]| {
            let pairs = lists.iter().zip(0u8..).flat_map(|(l, n)| l.iter().map(move |w| (w, n)));
            // A word of several tokens has no number of its own; 0 would be every unknown word.
            pairs.map(|(w, n)| (trie.word(w), n)).filter(|(word, _)| *word != 0).collect()
        };
        let mut calendar = Calendar {
            months: list(&file.months),
            weekdays: list(&file.weekdays),
            numbers: file.numbers.iter().map(|(w, n)| (trie.word(w), *n)).filter(|(w, _)| *w != 0).collect(),
            roles: vec![Role::default(); trie.word_count()],
        };
        for (n, word) in (1u8..).zip(WORDS) {
            let role = &mut calendar.roles[trie.word(word) as usize];
            *role = Role { word: n, begins: OPENERS >> n & 1 != 0 };
        }
        let named = calendar.months.keys().chain(calendar.weekdays.keys()).chain(calendar.numbers.keys());
        for word in named {
            calendar.roles[*word as usize].begins = true;
        }
        calendar.roles[0] = Role::default();
        calendar
    }

    fn role(&self, token: &Token) -> Role {
        self.roles.get(token.word as usize).copied().unwrap_or_default()
    }

    /// Whether a date may begin with a word.
    pub(super) fn begins(&self, word: u32) -> bool {
        self.roles.get(word as usize).is_some_and(|role| role.begins)
    }

    /// Whether a token is one of a set of words.
    fn is(&self, token: Option<&Token>, words: u128) -> bool {
        token.is_some_and(|t| words >> self.role(t).word & 1 != 0)
    }

    fn month(&self, token: Option<&Token>) -> Option<u8> {
        let t = token.filter(|t| t.shape != Shape::Number)?;
        self.months.get(&t.word).map(|m| m + 1)
    }

    /// Finds the dates of one sentence, in order.
    pub(super) fn find(&self, text: &str, tokens: &[Token], anchor: Option<PartialDate>) -> Vec<Dated> {
        let may = |t: &Token| t.shape == Shape::Number || self.begins(t.word);
        let starts = tokens.iter().enumerate().filter(|(_, t)| may(t)).map(|(at, _)| at);
        let mut found = Vec::new();
        self.find_at(text, tokens, anchor, starts, &mut found);
        found
    }

    /// The same, where dates may begin at these tokens only: the numbers, and the words that
    /// [`Calendar::begins`] tells.
    pub(super) fn find_at(
        &self,
        text: &str,
        tokens: &[Token],
        anchor: Option<PartialDate>,
        starts: impl Iterator<Item = usize>,
        found: &mut Vec<Dated>,
    ) {
        found.clear();
        let mut next = 0;
        for at in starts {
            if at < next {
                continue;
            }
            let scan = Scan { calendar: self, text, tokens, anchor };
            match scan.date(at, found.last()) {
                Some(mut dates) => {
                    next = dates.iter().map(|d| d.to).max().unwrap_or(at + 1).max(at + 1);
                    dates.retain(|d| !d.date.is_unknown());
                    // "Bulan April lalu" at a sentence's start: no name begins there.
                    if let Some(first) = dates.first_mut()
                        && first.from > 0
                        && tokens[first.from - 1].is_name_like()
                        && scan.before(first.from, UNITS)
                    {
                        first.from -= 1;
                    }
                    found.extend(dates);
                }
                None => next = at + 1,
            }
        }
    }
}

/// The span of a date's tokens, with the bracket that closes what one of them opens:
/// "Senin (12/3)".
pub(super) fn span(text: &str, tokens: &[Token], d: &Dated) -> Span {
    let mut marks = tokens[d.from..d.to].iter().rev().map(|t| t.bytes(text));
    let open = marks.find(|mark| matches!(*mark, b"(" | b")")) == Some(b"(");
    let closed = tokens.get(d.to).filter(|t| open && t.bytes(text) == b")");
    Span { start: tokens[d.from].start, end: closed.map_or(tokens[d.to - 1].end, |t| t.end) }
}

struct Scan<'a> {
    calendar: &'a Calendar,
    text: &'a str,
    tokens: &'a [Token],
    anchor: Option<PartialDate>,
}

impl Scan<'_> {
    fn tok(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn num(&self, at: usize) -> Option<u32> {
        let t = self.tok(at).filter(|t| t.shape == Shape::Number && t.end - t.start <= 4)?;
        t.text(self.text).parse().ok()
    }

    fn year(&self, at: usize) -> Option<u16> {
        let t = self.tok(at).filter(|t| t.end - t.start == 4)?;
        let year = self.num(at).filter(|y| (1900..2100).contains(y))?;
        // "2.019" and "2019.5" are figures.
        let figure = |n: usize| {
            self.tok(n).is_some_and(|m| {
                m.glued
                    && matches!(m.text(self.text), "." | ",")
                    && self.tok(n + 1).is_some_and(|d| d.glued && d.shape == Shape::Number)
            })
        };
        let before = t.glued && at > 1 && matches!(self.tokens[at - 1].text(self.text), "." | ",");
        let after = before && self.tokens[at - 2].shape == Shape::Number;
        (!after && !figure(at + 1)).then_some(year as u16)
    }

    fn is(&self, at: usize, words: u128) -> bool {
        self.calendar.is(self.tok(at), words)
    }

    fn before(&self, at: usize, words: u128) -> bool {
        at > 0 && self.is(at - 1, words)
    }

    fn own_year(&self) -> Option<u16> {
        self.anchor?.year()
    }

    fn day(&self) -> Option<NaiveDate> {
        self.anchor.filter(|a| a.day().is_some())?.first_day()
    }

    fn one(&self, date: Option<PartialDate>, from: usize, to: usize) -> Option<Vec<Dated>> {
        let date = date.unwrap_or(PartialDate::UNKNOWN);
        Some(vec![Dated { date, from, to, bracketed: false }])
    }

    fn date(&self, at: usize, last: Option<&Dated>) -> Option<Vec<Dated>> {
        let token = &self.tokens[at];
        let printed = match () {
            () if token.shape == Shape::Number => self.day_month(at).or_else(|| self.slashed(at)),
            () if token.is_name_like() => self.weekday(at).or_else(|| self.month_only(at)),
            () => None,
        };
        printed.or_else(|| self.relative(at, last)).or_else(|| self.bare_year(at, last))
    }

    /// `12/3/2020`, `12/3`, the latter in brackets only.
    fn slashed(&self, at: usize) -> Option<Vec<Dated>> {
        let (day, _) = (self.num(at)?, self.is(at + 1, words!["/"]).then_some(())?);
        let month = self.num(at + 2)?;
        let full = self.is(at + 3, words!["/"]).then(|| self.num(at + 4)).flatten();
        let bracketed = self.before(at, words!["("]);
        let (year, to) = match full {
            Some(y) if y >= 1900 => (Some(y as u16), at + 5),
            Some(y) if y < 100 => (Some(2000 + y as u16), at + 5),
            Some(_) => return None,
            None if bracketed => (self.own_year(), at + 3),
            None => return None,
        };
        let date = year.and_then(|y| self.year_near(y, month, day, full.is_none()));
        let mut found = self.one(date, at, to)?;
        found[0].bracketed = bracketed;
        Some(found)
    }

    /// A day of the article's year, or of the year before where it would lie
    /// far in the article's future.
    fn year_near(&self, year: u16, month: u32, day: u32, guessed: bool) -> Option<PartialDate> {
        let date = PartialDate::full(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()?;
        let (a, b) = (self.anchor.and_then(|a| a.first_day()), date.first_day());
        match (a, b) {
            (Some(a), Some(b)) if guessed && (b - a).num_days() > 300 => {
                PartialDate::full(year - 1, month as u8, day as u8).ok()
            }
            _ => Some(date),
        }
    }

    /// `Senin (26/3/2018)`, `Senin, 26 Maret 2018`, or a weekday alone.
    fn weekday(&self, at: usize) -> Option<Vec<Dated>> {
        let token = self.tok(at).filter(|t| t.is_name_like())?;
        let weekday = *self.calendar.weekdays.get(&token.word)?;
        let parts = (at + 1..at + 6).take_while(|n| self.is(*n, PART_OF_DAY)).count();
        let next = if self.is(at + 1 + parts, words!["(", ","]) { at + 1 + parts } else { at + 1 };
        // "Jumat, (10/5)".
        let next = next + usize::from(self.is(next, words![","]) && self.is(next + 1, words!["("]));
        let open = if self.is(next, words!["(", ","]) { next + 1 } else { next };
        let open = if self.is(open, words!["tanggal", "tgl"]) { open + 1 } else { open };
        if let Some(mut inner) = self.slashed(open).or_else(|| self.day_month(open)) {
            inner[0].from = at;
            inner[0].bracketed = self.is(next, words!["("]);
            return Some(inner);
        }
        // "Minggu lalu" at a sentence's start is a week: within one its capital tells the Sunday.
        if at == 0
            && self.is(at, words!["minggu"])
            && self.is(at + 1, words!["lalu", "ini", "silam", "depan"])
        {
            return None;
        }
        // "Minggu" is a week unless it clearly is a Sunday; "Jumat" may be in a name.
        if self.before(at, words!["bulan", "tahun"]) || self.is(at + 1, words!["-"]) {
            return None;
        }
        let said = self.before(at, words!["pada", "hari", "sejak", "hingga", "(", "sampai", "dan", ","])
            || self.is(at + 1, words!["lalu", "kemarin", "ini", "(", ",", "depan", "mendatang", "tadi"]);
        let anchor = self.day().filter(|_| said || at + 1 < self.tokens.len())?;
        let back = (anchor.weekday().num_days_from_monday() + 7 - u32::from(weekday)) % 7;
        let ahead = self.is(at + 1, words!["depan", "mendatang", "besok", "nanti"]);
        // "Rabu pekan depan".
        let next =
            self.is(at + 1, words!["pekan", "minggu"]) && self.is(at + 2, words!["depan", "mendatang"]);
        let day = if next {
            let monday = 7 - anchor.weekday().num_days_from_monday();
            anchor.checked_add_days(Days::new((monday + u32::from(weekday)).into()))?
        } else if ahead {
            anchor.checked_add_days(Days::new(u64::from(if back == 0 { 7 } else { 7 - back })))?
        } else {
            anchor.checked_sub_days(Days::new(back.into()))?
        };
        self.one(PartialDate::from_day(day).ok(), at, at + 1)
    }

    /// `26 Maret 2018`, `26 Maret`, with ranges such as `5-13 Mei 2018`.
    fn day_month(&self, at: usize) -> Option<Vec<Dated>> {
        let day = self.num(at).filter(|d| (1..=31).contains(d))?;
        let mut second = None;
        let mut month_at = at + 1;
        if self.is(at + 1, words!["-", "–", "—", "hingga", "sampai", "dan"]) {
            let d = self.num(at + 2).filter(|d| (1..=31).contains(d));
            if let (Some(d), Some(_)) = (d, self.calendar.month(self.tok(at + 3))) {
                second = Some(d);
                month_at = at + 3;
            }
        }
        let month = self.calendar.month(self.tok(month_at))?;
        let mut to = month_at + 1;
        let comma = usize::from(self.is(to, words![",", "tahun"]));
        let written = self.year(to + comma);
        if written.is_some() {
            to += comma + 1;
        }
        let later = || {
            // "14 Mei-12 Juni 2018": the year of the range's other end.
            let range = self.is(to, words!["-", "–", "—", "hingga", "sampai"]) && self.num(to + 1).is_some();
            let end = range.then(|| self.calendar.month(self.tok(to + 2))).flatten()?;
            // "28 Desember-3 Januari 2019": it began the year before.
            self.year(to + 3).map(|year| year - u16::from(end < month))
        };
        let told = written.or_else(later);
        let year = told.or(self.own_year());
        let make = |d: u32| year.and_then(|y| self.year_near(y, month.into(), d, told.is_none()));
        let mut found = self.one(make(day), at, to)?;
        if let Some(d) = second {
            found.push(Dated {
                date: make(d).unwrap_or(PartialDate::UNKNOWN),
                from: at,
                to,
                bracketed: false,
            });
        }
        Some(found)
    }

    /// `Maret 2018`, `Januari lalu`, `awal Maret`.
    fn month_only(&self, at: usize) -> Option<Vec<Dated>> {
        let token = self.tok(at).filter(|t| t.is_name_like())?;
        let month = self.calendar.month(Some(token))?;
        let comma = usize::from(self.is(at + 1, words![",", "tahun"]));
        if let Some(year) = self.year(at + 1 + comma) {
            return self.one(PartialDate::year_month(year, month).ok(), at, at + 2 + comma);
        }
        let range = self.is(at + 1, words!["-", "–", "hingga", "sampai"]);
        if let Some(year) =
            self.year(at + 3).filter(|_| range && self.calendar.month(self.tok(at + 2)).is_some())
        {
            return self.one(PartialDate::year_month(year, month).ok(), at, at + 1);
        }
        let cue = self.before(at, INTRODUCING | words!["bulan", "dan", "-", "lambat"]);
        let after = self.is(at + 1, words!["lalu", "silam", "mendatang", "depan", "ini", "nanti", "tahun"]);
        if !cue && !after {
            return None;
        }
        let anchor = self.anchor?;
        let own = anchor.year()?;
        let mut year = own;
        let mut to = at + 1;
        if after {
            to += 1;
            if self.is(at + 1, words!["tahun"]) {
                year = match () {
                    () if self.is(at + 2, words!["lalu"]) => own - 1,
                    () if self.is(at + 2, words!["depan"]) => own + 1,
                    () => own,
                };
                to += usize::from(self.is(at + 2, words!["lalu", "depan", "ini", "silam", "mendatang"]));
            } else if self.is(at + 1, words!["lalu", "silam"]) && anchor.month().is_some_and(|m| month > m) {
                year = own - 1;
            }
        }
        self.one(PartialDate::year_month(year, month).ok(), at, to)
    }

    /// `kemarin`, `bulan ini`, `dua pekan lalu`.
    fn relative(&self, at: usize, last: Option<&Dated>) -> Option<Vec<Dated>> {
        let past = |n: usize| self.is(n, words!["lalu", "silam"]);
        let count = |n: usize| self.num(n).or_else(|| self.calendar.numbers.get(&self.tok(n)?.word).copied());
        let unit = |n: usize| match () {
            () if !self.is(n, words!["hari", "pekan", "minggu", "bulan", "tahun"]) => None,
            () if self.is(n, words!["hari"]) => Some("hari"),
            () if self.is(n, words!["pekan", "minggu"]) => Some("pekan"),
            () if self.is(n, words!["bulan"]) => Some("bulan"),
            () => Some("tahun"),
        };
        if let (Some(n), Some(u)) = (count(at), unit(at + 1)) {
            if !past(at + 2) || n > 400 {
                return None;
            }
            return self.one(self.back(n, u), at, at + 3);
        }
        // "5 Oktober kemarin", "(5/10/2020) kemarin", "Sabtu (10/9) pekan lalu".
        let told = last.is_some_and(|d| d.to == at || d.to + 1 == at && self.is(d.to, words![")"]));
        let vague = || self.before(at, words!["beberapa"]) || self.dated_after(at + 2);
        if let Some(u) = unit(at).filter(|_| !told && !vague()) {
            let date = match () {
                () if past(at + 1) || (u != "hari" && self.is(at + 1, words!["kemarin"])) => self.back(1, u),
                () if self.is(at + 1, words!["ini"]) => self.back(0, u),
                () if self.is(at + 1, words!["depan"]) => match u {
                    "pekan" => self.day().and_then(|d| month_of(d.checked_add_days(Days::new(7))?)),
                    "bulan" => self.shift(1),
                    "tahun" => self.own_year().and_then(|y| PartialDate::year_only(y + 1).ok()),
                    _ => return None,
                },
                () => return None,
            };
            return self.one(date, at, at + 2);
        }
        // Who speaks says "kemarin" of any day lately.
        let quoted = || (0..at).filter(|n| self.is(*n, words!["\"", "“", "”"])).count() % 2 == 1;
        if self.is(at, words!["kemarin", "besok"]) && (told || quoted()) {
            return None;
        }
        if self.is(at, words!["kemarin"]) && self.slashed(at + 2).is_none() {
            return self.one(self.back(1, "hari"), at, at + 1);
        }
        if self.is(at, words!["besok"]) {
            let day = self.day().and_then(|d| d.checked_add_days(Days::new(1)));
            return self.one(day.and_then(|d| PartialDate::from_day(d).ok()), at, at + 1);
        }
        None
    }

    /// "Hari ini, Senin (24/7)": the printed day says it better.
    fn dated_after(&self, at: usize) -> bool {
        (at..at + 5).any(|n| self.is(n, words!["("]) && self.slashed(n + 1).is_some())
    }

    fn shift(&self, months: u32) -> Option<PartialDate> {
        let anchor = self.anchor.filter(|a| a.month().is_some())?.first_day()?;
        let day = anchor.checked_add_months(Months::new(months))?;
        month_of(day)
    }

    fn back(&self, n: u32, unit: &str) -> Option<PartialDate> {
        match unit {
            "hari" => PartialDate::from_day(self.day()?.checked_sub_days(Days::new(n.into()))?).ok(),
            "pekan" => month_of(self.day()?.checked_sub_days(Days::new(u64::from(n) * 7))?),
            "bulan" => {
                let anchor = self.anchor.filter(|a| a.month().is_some())?.first_day()?;
                month_of(anchor.checked_sub_months(Months::new(n))?)
            }
            _ => PartialDate::year_only(self.own_year()?.checked_sub(u16::try_from(n).ok()?)?).ok(),
        }
    }

    /// A year after a word that says so, and not in a name.
    fn bare_year(&self, at: usize, last: Option<&Dated>) -> Option<Vec<Dated>> {
        let year = self.year(at)?;
        // "UU No 31 Tahun 1999": a number before the year names a law.
        if at >= 2 && self.before(at, words!["tahun"]) && self.num(at - 2).is_some() {
            return None;
        }
        let cue = self.before(
            at,
            INTRODUCING
                | words![
                    "tahun", "medio", "periode", "antara", "sebelum", "setelah", "era", "selama", "dekade",
                    "sekitar", "tepatnya", "dalam"
                ],
        );
        let chained =
            self.before(at, words!["-", "–", "dan", "/", ","]) && last.is_some_and(|d| d.to + 1 == at);
        let past = self.is(at + 1, words!["lalu", "silam", "mendatang", "nanti"]);
        let bracketed = self.before(at, words!["("]) && self.is(at + 1, words![")"]);
        // "paruh kedua 2025", "triwulan pertama 2018", "kuartal II-2017", "Q3 2020".
        let number = at - usize::from(at > 0 && self.before(at, words!["-", "/", "tahun"]));
        let nth = words!["pertama", "kedua", "ketiga", "keempat", "i", "ii", "iii", "iv"];
        let part = self.before(number, words!["q1", "q2", "q3", "q4"])
            || number > 1
                && (self.before(number, nth) || self.num(number - 1).is_some_and(|n| n < 5))
                && self.is(number - 2, words!["triwulan", "kuartal", "semester", "paruh"]);
        let cue = cue || part;
        if !(cue || chained || past || bracketed) {
            return None;
        }
        let to = at + 1 + usize::from(past);
        self.one(PartialDate::year_only(year).ok(), at, to)
    }
}

fn month_of(day: NaiveDate) -> Option<PartialDate> {
    PartialDate::year_month(u16::try_from(day.year()).ok()?, day.month() as u8).ok()
}
