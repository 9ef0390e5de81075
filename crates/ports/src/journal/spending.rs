//! What asking models has cost, as the journal knows it.

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::{Currency, Money, MoneyError};

use super::JournalError;

/// The currency that models are paid in.
pub const MODEL_CURRENCY: Currency = Currency::Usd;

/// What was spent in the account's book, by the exchange day of the run that asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spending {
    /// On the day.
    pub day: Money,
    /// In its calendar month up to the day, the day counted.
    pub month: Money,
    /// Runs of the day that were advised by the one asked about and have no end: each was killed or
    /// still runs, and its last question may have cost what nobody wrote down.
    pub unended_day: u32,
    /// The same of the month up to the day.
    pub unended_month: u32,
}

impl Spending {
    /// Nothing yet.
    pub const fn nothing() -> Self {
        Self {
            day: Money::zero(MODEL_CURRENCY),
            month: Money::zero(MODEL_CURRENCY),
            unended_day: 0,
            unended_month: 0,
        }
    }

    /// The same with the `cost` of one question; `asked` tells when.
    pub fn with(mut self, cost: Money, asked: Asked) -> Result<Self, MoneyError> {
        self.month = self.month.plus(cost)?;
        if asked == Asked::OnTheDay {
            self.day = self.day.plus(cost)?;
        }
        Ok(self)
    }

    /// The same with one more run without an end.
    #[must_use]
    pub const fn with_unended(mut self, asked: Asked) -> Self {
        self.unended_month += 1;
        if matches!(asked, Asked::OnTheDay) {
            self.unended_day += 1;
        }
        self
    }
}

/// When in a month something was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// On the day that is asked about.
    OnTheDay,
    /// Earlier in its month.
    Before,
}

/// The journal, asked for money.
#[async_trait]
pub trait SpendingBook: Send + Sync {
    /// What asking has cost on `date` and in its month up to it, and the runs of `advisor` without an
    /// end. Exact. A cost in another currency than [`MODEL_CURRENCY`] is an error, as is any doubt:
    /// the answer is never less than what was kept.
    async fn spending(&self, date: TradingDate, advisor: &str) -> Result<Spending, JournalError>;
}
