//! Rule tables by trade date. Outside what a table covers the answer is an error, never its last row.

use thiserror::Error;

use crate::calendar::TradingDate;

/// The dates, both inclusive, over which a row or a whole table holds.
///
/// ```
/// use catalyst_domain::dated::DateSpan;
/// let (first, last) = ("2026-01-01".parse()?, "2026-12-31".parse()?);
/// let year = DateSpan::new(first, last).ok_or("backwards")?;
/// assert!(year.contains(last));
/// assert_eq!(DateSpan::new(last, first), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateSpan {
    from: TradingDate,
    to: TradingDate,
}

/// A date a table says nothing about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{table} is not known for {date}, it covers {from} to {to}")]
pub struct NotCovered {
    /// Which table was asked.
    pub table: &'static str,
    /// The date asked about.
    pub date: TradingDate,
    /// First date of the table.
    pub from: TradingDate,
    /// Last date of the table.
    pub to: TradingDate,
}

/// Why rows make no table.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DatedError {
    /// There is no row at all.
    #[error("{table} has no rows")]
    Empty {
        /// The table in the making.
        table: &'static str,
    },
    /// Two rows claim one date, or a row ends before it begins.
    #[error("{table} has rows that overlap or run backwards at {date}")]
    Overlap {
        /// The table in the making.
        table: &'static str,
        /// Where the trouble begins.
        date: TradingDate,
    },
}

/// Values that each hold over a span of trade dates.
///
/// ```
/// use catalyst_domain::dated::{DateSpan, Dated};
/// let year = DateSpan::new("2026-01-01".parse()?, "2026-12-31".parse()?).ok_or("backwards")?;
/// let table = Dated::new("holidays", vec![(year, 14)])?;
/// assert_eq!(table.on("2026-12-31".parse()?)?, &14);
/// assert_eq!(
///     table.on("2027-01-01".parse()?).unwrap_err().to_string(),
///     "holidays is not known for 2027-01-01, it covers 2026-01-01 to 2026-12-31"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Dated<T> {
    table: &'static str,
    rows: Vec<(DateSpan, T)>,
}

impl DateSpan {
    /// From the first to the last date, both inclusive; `None` when they run backwards.
    pub fn new(from: TradingDate, to: TradingDate) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// The first date.
    pub const fn from(self) -> TradingDate {
        self.from
    }

    /// The last date.
    pub const fn to(self) -> TradingDate {
        self.to
    }

    /// True for the dates from the first to the last.
    pub fn contains(self, date: TradingDate) -> bool {
        self.from <= date && date <= self.to
    }

    /// The dates both spans have, or `None`.
    pub fn clipped_to(self, bound: Self) -> Option<Self> {
        Self::new(self.from.max(bound.from), self.to.min(bound.to))
    }
}

impl<T> Dated<T> {
    /// A table of `rows` in any order; gaps between them are dates it does not cover.
    ///
    /// ```
    /// use catalyst_domain::dated::{DateSpan, Dated};
    /// let span = |from: &str, to: &str| DateSpan::new(from.parse().ok()?, to.parse().ok()?);
    /// let one = span("2026-01-01", "2026-06-30").ok_or("backwards")?;
    /// let two = span("2026-06-30", "2026-12-31").ok_or("backwards")?;
    /// assert_eq!(
    ///     Dated::new("rates", vec![(one, 1), (two, 2)]).unwrap_err().to_string(),
    ///     "rates has rows that overlap or run backwards at 2026-06-30"
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub fn new(table: &'static str, mut rows: Vec<(DateSpan, T)>) -> Result<Self, DatedError> {
        rows.sort_by_key(|(span, _)| span.from);
        if rows.is_empty() {
            return Err(DatedError::Empty { table });
        }
        for ((before, _), (after, _)) in rows.iter().zip(rows.iter().skip(1)) {
            if after.from <= before.to {
                return Err(DatedError::Overlap {
                    table,
                    date: after.from,
                });
            }
        }
        Ok(Self { table, rows })
    }

    /// The value that holds on `date`.
    pub fn on(&self, date: TradingDate) -> Result<&T, NotCovered> {
        let after = self.rows.partition_point(|(span, _)| span.from <= date);
        let row = after.checked_sub(1).and_then(|index| self.rows.get(index));
        match row {
            Some((span, value)) if span.contains(date) => Ok(value),
            Some(_) | None => Err(self.not_covered(date)),
        }
    }

    /// All rows by date.
    pub fn rows(&self) -> impl Iterator<Item = (DateSpan, &T)> {
        self.rows.iter().map(|(span, value)| (*span, value))
    }

    /// The refusal of a date outside the rows.
    pub(crate) fn not_covered(&self, date: TradingDate) -> NotCovered {
        let from = self.rows.first().map_or(date, |(span, _)| span.from);
        let to = self.rows.last().map_or(date, |(span, _)| span.to);
        NotCovered {
            table: self.table,
            date,
            from,
            to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> TradingDate {
        text.parse().unwrap()
    }

    fn span(from: &str, to: &str) -> DateSpan {
        DateSpan::new(day(from), day(to)).unwrap()
    }

    #[test]
    fn a_table_answers_inside_its_rows_and_refuses_outside() {
        let table = Dated::new(
            "test rates",
            vec![
                (span("2021-01-01", "2021-12-31"), 2),
                (span("2019-01-01", "2019-12-31"), 1),
            ],
        )
        .unwrap();

        assert_eq!(table.on(day("2019-12-31")), Ok(&1));
        assert_eq!(table.on(day("2021-01-01")), Ok(&2));
        for outside in ["2018-12-31", "2020-06-01", "2022-01-01"] {
            let refusal = table.on(day(outside)).unwrap_err();
            assert_eq!(
                (refusal.from, refusal.to),
                (day("2019-01-01"), day("2021-12-31"))
            );
        }
    }

    #[test]
    fn rows_that_claim_one_date_twice_make_no_table() {
        let rows = vec![
            (span("2020-01-01", "2020-06-30"), 1),
            (span("2020-06-30", "2020-12-31"), 2),
        ];

        assert_eq!(
            Dated::new("rates", rows).unwrap_err(),
            DatedError::Overlap {
                table: "rates",
                date: day("2020-06-30")
            }
        );
    }
}
