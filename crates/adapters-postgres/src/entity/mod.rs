//! The rows of the database, one module a table. They are for the database only; `translate` reads
//! and writes them as domain values.
#![expect(
    unreachable_pub,
    reason = "the entity derives need public items, the module itself is private"
)]

pub(crate) mod alert;
pub(crate) mod binding;
pub(crate) mod comparison;
pub(crate) mod cycle;
pub(crate) mod decision;
pub(crate) mod equity_reading;
pub(crate) mod execution;
pub(crate) mod finding;
pub(crate) mod order_event;
pub(crate) mod order_intent;
pub(crate) mod refusal;
pub(crate) mod settlement;
pub(crate) mod state;
pub(crate) mod tool_call;
pub(crate) mod verdict;

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use sea_orm::DeriveValueType;

/// A decimal kept as text, digit for digit: SQLite has no decimals and would make it a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct DecimalText(pub Decimal);

impl fmt::Display for DecimalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for DecimalText {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, rust_decimal::Error> {
        Decimal::from_str_exact(text).map(Self)
    }
}
