//! Points in time.

use super::DateError;
use chrono::{DateTime, SecondsFormat};
use std::fmt;
use std::str::FromStr;

/// A second of universal time, counted from the start of 1970. Written
/// `2026-03-01T08:30:00Z`, in years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(i64);

impl Moment {
    const FIRST: i64 = -62_135_596_800;
    const LAST: i64 = 253_402_300_799;

    /// So many seconds after the start of 1970; none outside the years 1 to 9999.
    pub fn from_seconds(seconds: i64) -> Option<Moment> {
        (Moment::FIRST..=Moment::LAST).contains(&seconds).then_some(Moment(seconds))
    }

    /// Seconds after the start of 1970.
    pub fn seconds(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = DateTime::from_timestamp(self.0, 0).unwrap_or_default();
        f.write_str(&time.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl FromStr for Moment {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Moment, DateError> {
        let time = DateTime::parse_from_rfc3339(text).map_err(|_| DateError)?;
        let moment = Moment::from_seconds(time.timestamp()).ok_or(DateError)?;
        if moment.to_string() == text { Ok(moment) } else { Err(DateError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_and_print_alike() {
        for text in ["1970-01-01T00:00:00Z", "2026-11-21T07:17:15Z", "9999-12-31T23:59:59Z"] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        for text in
            ["", "2026-11-21", "2026-11-21T07:17:15", "2026-11-21T07:17:15.5Z", "2026-11-21T07:17:15+07:00"]
        {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
        for seconds in [Moment::FIRST, -1, 0, Moment::LAST] {
            let moment = Moment::from_seconds(seconds).unwrap();
            assert_eq!(moment.to_string().parse(), Ok(moment));
        }
        assert!(Moment::from_seconds(Moment::LAST + 1).is_none());
    }
}
