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
        let mut letters = text.bytes().enumerate();
        let shape = letters.all(|(at, letter)| match at {
            4 | 7 => letter == b'-',
            _ => letter.is_ascii_digit(),
        });
        let parsed = (shape && text.len() == 10)
            .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
            .flatten();
        parsed.map(Self).ok_or_else(|| DateError {
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
