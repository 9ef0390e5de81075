//! Lines of a comma-separated file; those that begin with `#` and empty ones are comments.

use chrono::NaiveTime;

use super::error::CalendarError;
use crate::calendar::date::{DateError, TradingDate};
use crate::csv::trimmed;

/// One data line of a file with what is needed to complain about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    file: &'static str,
    number: usize,
    /// The whole line.
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn wrong(self, found: &str, expected: &'static str) -> CalendarError {
        CalendarError::Line {
            file: self.file,
            line: self.number,
            found: found.chars().take(80).collect(),
            expected,
        }
    }

    /// Exactly `N` fields; the last one keeps its commas.
    pub(super) fn fields<const N: usize>(self) -> Result<[&'a str; N], CalendarError> {
        let mut texts = self.text.splitn(N, ',').map(trimmed);
        let fields: [Option<&str>; N] = std::array::from_fn(|_| texts.next());
        if fields.contains(&None) {
            let found: Vec<_> = fields.into_iter().flatten().collect();
            return Err(self.wrong(&found.join(","), "as many fields as the header has"));
        }
        Ok(fields.map(|field| field.unwrap_or("")))
    }

    pub(super) fn date(self, text: &str) -> Result<TradingDate, CalendarError> {
        text.parse()
            .map_err(|_found: DateError| self.wrong(text, "a date as YYYY-MM-DD"))
    }

    pub(super) fn time(self, text: &str) -> Result<NaiveTime, CalendarError> {
        let read = |text: &str| {
            let (hour, minute) = text.split_once(':')?;
            let two_digits = [hour, minute]
                .iter()
                .all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
            let (Ok(hour), Ok(minute)) = (hour.parse(), minute.parse()) else {
                return None;
            };
            NaiveTime::from_hms_opt(hour, minute, 0).filter(|_| two_digits)
        };
        read(text).ok_or_else(|| self.wrong(text, "a time as HH:MM"))
    }
}

/// Data lines below a header that must be as given.
pub(super) fn lines<'a>(
    file: &'static str,
    text: &'a str,
    header: &'static str,
) -> Result<Vec<Line<'a>>, CalendarError> {
    let mut rows = text.lines().zip(1..).filter_map(|(text, number)| {
        let data = !trimmed(text).is_empty() && !text.starts_with('#');
        data.then_some(Line { file, number, text })
    });
    match rows.next() {
        Some(line) if line.text == header => Ok(rows.collect()),
        Some(line) => Err(line.wrong(line.text, header)),
        None => {
            let end = Line {
                file,
                number: 1,
                text,
            };
            Err(end.wrong("", header))
        }
    }
}
