//! Trading date: a calendar day at the exchange, not in UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use thiserror::Error;

/// A day as the exchange counts it. Whether it trades is the calendar's business.
///
/// ```
/// use catalyst_domain::calendar::TradingDate;
/// let friday: TradingDate = "2026-11-20".parse()?;
/// assert!(friday.next().is_weekend());
/// assert_eq!(
///     "20/11/2026".parse::<TradingDate>().unwrap_err().to_string(),
///     "date `20/11/2026` is not understood, allowed is YYYY-MM-DD"
/// );
/// # Ok::<(), catalyst_domain::calendar::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TradingDate(NaiveDate);

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("date `{found}` is not understood, allowed is YYYY-MM-DD")]
pub struct DateError {
    /// The text as given.
    pub found: String,
}

impl TradingDate {
    /// The exchange day `date`.
    pub const fn new(date: NaiveDate) -> Self {
        Self(date)
    }

    /// The plain calendar date.
    pub const fn as_naive(self) -> NaiveDate {
        self.0
    }

    /// True on Saturday and Sunday, when no exchange of this library trades.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The next day of the calendar, trading or not; the last day there is stays itself.
    #[must_use]
    pub fn next(self) -> Self {
        self.0.checked_add_days(Days::new(1)).map_or(self, Self)
    }

    /// The day before, trading or not; the first day there is stays itself.
    #[must_use]
    pub fn previous(self) -> Self {
        self.0.checked_sub_days(Days::new(1)).map_or(self, Self)
    }

    /// The first and the last day of its calendar month.
    ///
    /// ```
    /// use catalyst_domain::calendar::TradingDate;
    /// let (first, last) = "2028-02-14".parse::<TradingDate>()?.month();
    /// assert_eq!((first.to_string(), last.to_string()), ("2028-02-01".into(), "2028-02-29".into()));
    /// # Ok::<(), catalyst_domain::calendar::DateError>(())
    /// ```
    pub fn month(self) -> (Self, Self) {
        let first = self.0.with_day(1).map_or(self, Self);
        let next = first.0.checked_add_months(Months::new(1));
        (first, next.map_or(self, |next| Self(next).previous()))
    }
}

impl FromStr for TradingDate {
    type Err = DateError;

    /// ```
    /// use catalyst_domain::calendar::TradingDate;
    /// let date: TradingDate = "2026-02-28".parse()?;
    /// assert_eq!(date.next().to_string(), "2026-03-01");
    /// assert_eq!(
    ///     "2026-2-28".parse::<TradingDate>().unwrap_err().to_string(),
    ///     "date `2026-2-28` is not understood, allowed is YYYY-MM-DD"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, DateError> {
        parse(text).map(Self).ok_or_else(|| DateError {
            found: text.chars().take(40).collect(),
        })
    }
}

impl fmt::Display for TradingDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%d").fmt(f)
    }
}

impl fmt::Debug for TradingDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// By hand, because tables hold hundreds of dates and a program reads them at every start.
fn parse(text: &str) -> Option<NaiveDate> {
    let letters: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let [year @ .., b'-', month_tens, month, b'-', day_tens, day] = letters else {
        return None;
    };
    let year = i32::try_from(number(year)?).ok()?;
    NaiveDate::from_ymd_opt(
        year,
        number(&[*month_tens, *month])?,
        number(&[*day_tens, *day])?,
    )
}

/// The number that a few ASCII digits write; `None` for other letters.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        let value = digit.is_ascii_digit().then(|| digit - b'0')?;
        Some(number * 10 + u32::from(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_reads_as_it_is_written() {
        let mut date: TradingDate = "1999-12-31".parse().unwrap();
        while date.as_naive().year() < 2034 {
            assert_eq!(date.to_string().parse(), Ok(date));
            date = date.next();
        }
    }

    #[test]
    fn what_is_no_day_of_the_calendar_is_refused() {
        for text in [
            "",
            "2026-02-29",
            "2026-00-10",
            "2026-13-01",
            "2026-01-00",
            "2026-01-32",
            "2026-1-010",
            "2026/01/01",
            "2026-01-01 ",
            "+026-01-01",
            "-026-01-01",
            "2026-01-1x",
            "12026-01-01",
            "2026\u{2010}1-01",
            "\u{ff12}026-01",
        ] {
            let refused = text.parse::<TradingDate>().unwrap_err();
            assert_eq!(refused.found, text);
        }
        assert_eq!(
            "0000-02-29".parse::<TradingDate>().unwrap().to_string(),
            "0000-02-29"
        );
    }
}
