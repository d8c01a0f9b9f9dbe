//! Dates that may lack the day, or the day and the month.

use chrono::{Datelike, Days, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// A day, a month or a year of the Gregorian calendar, or no date at all.
///
/// The order is by time, where the shorter date comes before the longer ones
/// inside it: `2018` < `2018-03` < `2018-03-26`. [`PartialDate::UNKNOWN`],
/// written as the empty text, is before all others and stands where an article
/// gives no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: u16,
    month: u8,
    day: u8,
}

/// What is wrong with a written date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateError;

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date is a real day, month or year, written 2020-03-01, 2020-03 or 2020")
    }
}

impl std::error::Error for DateError {}

impl PartialDate {
    /// No date is known.
    pub const UNKNOWN: PartialDate = PartialDate { year: 0, month: 0, day: 0 };

    /// A year from 1 to 9999.
    pub fn year_only(year: u16) -> Result<PartialDate, DateError> {
        if (1..=9999).contains(&year) { Ok(PartialDate { year, month: 0, day: 0 }) } else { Err(DateError) }
    }

    /// A month (1 to 12) of a year.
    pub fn year_month(year: u16, month: u8) -> Result<PartialDate, DateError> {
        PartialDate::year_only(year)?;
        if (1..=12).contains(&month) { Ok(PartialDate { year, month, day: 0 }) } else { Err(DateError) }
    }

    /// A day that the calendar has.
    pub fn full(year: u16, month: u8, day: u8) -> Result<PartialDate, DateError> {
        PartialDate::year_month(year, month)?;
        NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
            .map(|_| PartialDate { year, month, day })
            .ok_or(DateError)
    }

    /// The day of a calendar date.
    pub fn from_day(day: NaiveDate) -> Result<PartialDate, DateError> {
        let year = u16::try_from(day.year()).map_err(|_| DateError)?;
        PartialDate::full(year, day.month() as u8, day.day() as u8)
    }

    /// Whether no date is known.
    pub fn is_unknown(self) -> bool {
        self.year == 0
    }

    /// The year, if known.
    pub fn year(self) -> Option<u16> {
        (self.year > 0).then_some(self.year)
    }

    /// The month from 1, if known.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month from 1, if known.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// The first day of the period.
    pub fn first_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year()?.into(), self.month.max(1).into(), self.day.max(1).into())
    }

    /// The last day of the period.
    pub fn last_day(self) -> Option<NaiveDate> {
        let first = self.first_day()?;
        let next = match (self.month, self.day) {
            (0, _) => NaiveDate::from_ymd_opt(first.year() + 1, 1, 1)?,
            (12, 0) => NaiveDate::from_ymd_opt(first.year() + 1, 1, 1)?,
            (month, 0) => NaiveDate::from_ymd_opt(first.year(), u32::from(month) + 1, 1)?,
            _ => return Some(first),
        };
        next.checked_sub_days(Days::new(1))
    }

    /// Whether this whole period ends before the other begins. False where a
    /// date is unknown.
    pub fn is_before(self, other: PartialDate) -> bool {
        matches!((self.last_day(), other.first_day()), (Some(a), Some(b)) if a < b)
    }

    /// Whether this period lies inside the other. False where a date is unknown.
    pub fn is_within(self, other: PartialDate) -> bool {
        match (self.first_day(), self.last_day(), other.first_day(), other.last_day()) {
            (Some(a), Some(b), Some(c), Some(d)) => c <= a && b <= d,
            _ => false,
        }
    }

    /// Days from this period's first day to the other's.
    pub fn days_to(self, other: PartialDate) -> Option<i64> {
        Some((other.first_day()? - self.first_day()?).num_days())
    }

    /// The date as one number, in the order of time: year·512 + month·32 + day.
    pub fn pack(self) -> u32 {
        u32::from(self.year) << 9 | u32::from(self.month) << 5 | u32::from(self.day)
    }

    /// What [`PartialDate::pack`] packed; an error for any other number.
    pub fn unpack(packed: u32) -> Result<PartialDate, DateError> {
        let (year, month, day) = ((packed >> 9) as u16, (packed >> 5 & 15) as u8, (packed & 31) as u8);
        match (packed >> 25, year, month, day) {
            (0, 0, 0, 0) => Ok(PartialDate::UNKNOWN),
            (0, _, 0, 0) => PartialDate::year_only(year),
            (0, _, _, 0) => PartialDate::year_month(year, month),
            (0, ..) => PartialDate::full(year, month, day),
            _ => Err(DateError),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.year, self.month, self.day) {
            (0, ..) => Ok(()),
            (y, 0, _) => write!(f, "{y:04}"),
            (y, m, 0) => write!(f, "{y:04}-{m:02}"),
            (y, m, d) => write!(f, "{y:04}-{m:02}-{d:02}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    /// Reads `2020-03-01`, `2020-03`, `2020`, or the empty text for no date.
    fn from_str(text: &str) -> Result<PartialDate, DateError> {
        if text.is_empty() {
            return Ok(PartialDate::UNKNOWN);
        }
        let number = |part: &str, digits: usize| {
            let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            if plain { part.parse::<u16>().map_err(|_| DateError) } else { Err(DateError) }
        };
        let parts: Vec<&str> = text.split('-').collect();
        match parts[..] {
            [y] => PartialDate::year_only(number(y, 4)?),
            [y, m] => PartialDate::year_month(number(y, 4)?, number(m, 2)? as u8),
            [y, m, d] => PartialDate::full(number(y, 4)?, number(m, 2)? as u8, number(d, 2)? as u8),
            _ => Err(DateError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_read_and_print_alike() {
        for text in ["", "2018", "2018-03", "2018-03-26", "2020-02-29"] {
            assert_eq!(date(text).to_string(), text);
            assert_eq!(PartialDate::unpack(date(text).pack()), Ok(date(text)));
        }
        for text in ["18", "2018-13", "2018-3", "2019-02-29", "2018-00", "+018", "2018-03-26-1"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn shorter_dates_are_periods() {
        assert!(date("2017").is_before(date("2018-01-01")));
        assert!(!date("2018").is_before(date("2018-03")));
        assert!(date("2018-02-28").is_within(date("2018-02")));
        assert!(!date("").is_before(date("2018")) && !date("").is_within(date("2018")));
        assert_eq!(date("2018-12").last_day(), date("2018-12-31").first_day());
    }

    #[test]
    fn packed_dates_sort_by_time() {
        let mut dates = ["2018-03-26", "", "2018", "2018-03", "2019"].map(date);
        dates.sort_by_key(|d| d.pack());
        assert_eq!(dates.map(|d| d.to_string()), ["", "2018", "2018-03", "2018-03-26", "2019"]);
    }
}
