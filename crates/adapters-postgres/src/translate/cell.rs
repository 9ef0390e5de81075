//! One value of a row, read or refused with its place.

use std::fmt::Display;
use std::str::FromStr;

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::quantity::Shares;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use thiserror::Error;

/// Where a value stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Name of the table.
    pub(crate) table: &'static str,
    /// The row.
    pub(crate) id: i64,
}

/// A value that no writer of this program has written.
#[derive(Debug, Error)]
#[error("row {id} of {table} holds `{found}` as {column}: {why}")]
pub(crate) struct Unreadable {
    table: &'static str,
    id: i64,
    column: &'static str,
    found: String,
    why: String,
}

impl Place {
    /// A refusal of `found` in `column`.
    pub(crate) fn refuse(
        self,
        column: &'static str,
        found: impl Display,
        why: impl Display,
    ) -> Unreadable {
        Unreadable {
            table: self.table,
            id: self.id,
            column,
            found: found.to_string(),
            why: why.to_string(),
        }
    }

    /// A value that has one spelling.
    pub(crate) fn text<T>(self, column: &'static str, text: &str) -> Result<T, Unreadable>
    where
        T: FromStr,
        T::Err: Display,
    {
        text.parse().map_err(|why| self.refuse(column, text, why))
    }

    /// A count of shares.
    pub(crate) fn shares(self, column: &'static str, count: i64) -> Result<Shares, Unreadable> {
        let whole = u64::try_from(count).map_err(|why| self.refuse(column, count, why))?;
        Shares::new(whole).map_err(|why| self.refuse(column, count, why))
    }

    /// A moment.
    pub(crate) fn moment(
        self,
        column: &'static str,
        micros: i64,
    ) -> Result<DateTime<Utc>, Unreadable> {
        DateTime::from_timestamp_micros(micros)
            .ok_or_else(|| self.refuse(column, micros, "no moment of the calendar"))
    }

    /// An amount in the currency beside it.
    pub(crate) fn money(
        self,
        column: &'static str,
        amount: Decimal,
        currency: &str,
    ) -> Result<Money, Unreadable> {
        let currency: Currency = self.text("currency", currency)?;
        Money::new(amount, currency).map_err(|why| self.refuse(column, amount, why))
    }
}

/// Text that both engines keep: PostgreSQL knows no NUL in a text, and a word of the model must not
/// keep an order from being kept.
pub(crate) fn clean(text: String) -> String {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    }
}

/// The shares as a database counts them; their bound keeps them far inside.
pub(crate) fn count_of(shares: Shares) -> i64 {
    i64::try_from(shares.count()).unwrap_or(i64::MAX)
}
