//! Row order: whether the times of a bar file that can be compared run forward. A row is taken where
//! it stands all the same, and what stands in the wrong place is named by line.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::bar_file::BarRow;

/// Lines that are named; the rest is counted.
const LINES_NAMED: usize = 5;

/// Forms of a local time beside RFC 3339, seconds and their fraction left out or not.
const LOCAL_FORMS: [&str; 4] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
];

/// Rows whose time does not come after the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Disorder {
    lines: Vec<usize>,
}

impl Disorder {
    /// Looks for such rows; `None` when there are none, or when no time can be compared with another.
    pub(crate) fn of(rows: &[BarRow]) -> Option<Self> {
        let mut lines = Vec::new();
        let mut before: Option<Stamp<'_>> = None;
        for row in rows {
            let Some(stamp) = Stamp::of(&row.timestamp) else {
                continue;
            };
            if before.is_some_and(|before| stamp.is_not_after(before)) {
                lines.push(row.line);
            }
            before = Some(stamp);
        }
        (!lines.is_empty()).then_some(Self { lines })
    }
}

impl fmt::Display for Disorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = self.lines.iter().take(LINES_NAMED);
        let named: Vec<String> = named.map(ToString::to_string).collect();
        write!(f, "line {}", named.join(", "))?;
        match self.lines.len().saturating_sub(LINES_NAMED) {
            0 => {}
            more => write!(f, " and {more} more")?,
        }
        f.write_str(
            ": timestamp does not come after the one before it; rows are taken as they stand",
        )
    }
}

/// A time as far as it can be compared.
#[derive(Debug, Clone, Copy)]
enum Stamp<'a> {
    /// With its offset.
    Instant(DateTime<Utc>),
    /// Without one.
    Local(NaiveDateTime),
    /// Any text that ends with a number, such as `T0012` or seconds since an epoch.
    Numbered(&'a str, u64),
}

impl<'a> Stamp<'a> {
    fn of(text: &'a str) -> Option<Self> {
        if let Ok(instant) = text.parse() {
            return Some(Self::Instant(instant));
        }
        let mut forms = LOCAL_FORMS.iter();
        if let Some(local) = forms.find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()) {
            return Some(Self::Local(local));
        }
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(Self::Local(date.into()));
        }
        let prefix = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let number = text.strip_prefix(prefix)?;
        number
            .parse()
            .ok()
            .map(|number| Self::Numbered(prefix, number))
    }

    /// False as well where the two are of different kinds.
    fn is_not_after(self, before: Self) -> bool {
        match (before, self) {
            (Self::Instant(before), Self::Instant(this)) => this <= before,
            (Self::Local(before), Self::Local(this)) => this <= before,
            (Self::Numbered(one, before), Self::Numbered(other, this)) => {
                one == other && this <= before
            }
            (Self::Instant(_) | Self::Local(_) | Self::Numbered(..), _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bar_file::BarFile;

    use super::Disorder;

    /// What is said of rows with these times, which begin in line 2.
    fn told(times: &[&str]) -> Option<String> {
        let rows = times.iter().map(|time| format!("{time},1,1,1,1,1\n"));
        let text = "timestamp,open,high,low,close,volume\n".to_owned() + &rows.collect::<String>();
        let file = BarFile::open("-".as_ref(), text.as_bytes()).unwrap();
        Disorder::of(&file.rows).map(|disorder| disorder.to_string())
    }

    #[test]
    fn times_of_one_kind_that_run_backwards_or_stand_still_are_named_by_line() {
        for times in [
            ["2026-11-23T09:31:00+08:00", "2026-11-23T01:31:00Z"],
            ["2026-11-23 09:31", "2026-11-23 09:30:59"],
            ["2026-11-23", "2026-11-20"],
            ["T0010", "T0009"],
            ["1795397400", "1795397340"],
        ] {
            let expected = "line 3: timestamp does not come after the one before it; rows are taken as they stand";
            assert_eq!(told(&times).as_deref(), Some(expected), "{times:?}");
        }
    }

    #[test]
    fn times_that_run_forward_or_compare_with_nothing_are_no_disorder() {
        for times in [
            ["2026-11-23T09:31:00+08:00", "2026-11-23T09:32:00+08:00"],
            ["2026-11-20", "2026-11-23"],
            ["T0009", "T0010"],
            ["02/11/2026", "01/12/2026"],
            ["any: thing", "any: thing"],
            ["monday", "2026-11-23"],
        ] {
            assert_eq!(told(&times), None, "{times:?}");
        }
    }

    #[test]
    fn the_first_lines_are_named_and_the_rest_counted() {
        let told = told(&["9", "8", "7", "6", "5", "4", "3", "2"]).unwrap();

        assert!(
            told.starts_with("line 3, 4, 5, 6, 7 and 2 more: "),
            "{told}"
        );
    }
}
