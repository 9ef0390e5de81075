//! Every fill once, with the holdings before each day, so that no question rescans the past.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyst_domain::account::{ExecutionBook, Holdings, Kept};
use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::money::{Currency, Money, MoneyError};
use catalyst_domain::order::{Execution, Fill};
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};

/// Fills in the order they happened.
#[derive(Debug, Clone)]
pub(super) struct FillBook {
    currency: Currency,
    calendar: Arc<TradingCalendar>,
    kept: ExecutionBook,
    written_off: Vec<WrittenOff>,
    days: BTreeMap<TradingDate, DayFills>,
    holdings: Holdings,
}

#[derive(Debug, Clone)]
struct DayFills {
    opening: Holdings,
    fills: Vec<Fill>,
}

/// Shares that were written off, on the day it was done.
#[derive(Debug, Clone, Copy)]
struct WrittenOff {
    day: TradingDate,
    symbol: Symbol,
    to: Shares,
}

impl FillBook {
    pub(super) fn empty(currency: Currency, calendar: Arc<TradingCalendar>) -> Self {
        Self {
            currency,
            calendar,
            kept: ExecutionBook::empty(),
            written_off: Vec::new(),
            days: BTreeMap::new(),
            holdings: Holdings::none(currency),
        }
    }

    pub(super) const fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    /// Keeps an execution; one that is known already changes nothing.
    pub(super) fn keep(&mut self, told: &Execution) -> Result<(), MoneyError> {
        match self.kept.keep(told.clone()) {
            Kept::Known => Ok(()),
            Kept::New if told.replaces.is_none() && self.is_newest(&told.fill) => {
                self.add_newest(&told.fill)
            }
            Kept::New | Kept::FeesChanged => self.derive_again(),
        }
    }

    /// What is written off on `day` was gone before the day began.
    pub(super) fn write_off(
        &mut self,
        day: TradingDate,
        symbol: Symbol,
        to: Shares,
    ) -> Result<(), MoneyError> {
        self.written_off.push(WrittenOff { day, symbol, to });
        self.derive_again()
    }

    fn is_newest(&self, fill: &Fill) -> bool {
        let date = self.calendar.date_of(fill.at);
        let gone_later = self.written_off.last().is_some_and(|gone| gone.day > date);
        !gone_later
            && self.days.last_key_value().is_none_or(|(last_date, last)| {
                *last_date < date
                    || (*last_date == date
                        && last.fills.last().is_none_or(|last| last.at < fill.at))
            })
    }

    fn add_newest(&mut self, fill: &Fill) -> Result<(), MoneyError> {
        let mut holdings = self.holdings.clone();
        holdings.absorb(fill)?;
        let day = self.days.entry(self.calendar.date_of(fill.at));
        let day = day.or_insert_with(|| DayFills {
            opening: self.holdings.clone(),
            fills: Vec::new(),
        });
        day.fills.push(fill.clone());
        self.holdings = holdings;
        Ok(())
    }

    /// Something became known of the past: everything is derived again.
    fn derive_again(&mut self) -> Result<(), MoneyError> {
        let mut days: BTreeMap<TradingDate, DayFills> = BTreeMap::new();
        let mut holdings = Holdings::none(self.currency);
        let mut gone = self.written_off.iter().peekable();
        for fill in self.kept.fills() {
            let date = self.calendar.date_of(fill.at);
            while let Some(one) = gone.next_if(|one| one.day <= date) {
                holdings.write_off(one.symbol, one.to)?;
            }
            let day = days.entry(date).or_insert_with(|| DayFills {
                opening: holdings.clone(),
                fills: Vec::new(),
            });
            holdings.absorb(&fill)?;
            day.fills.push(fill);
        }
        for one in gone {
            holdings.write_off(one.symbol, one.to)?;
        }
        self.days = days;
        self.holdings = holdings;
        Ok(())
    }

    /// Fills of `date` in the order they happened.
    pub(super) fn on(&self, date: TradingDate) -> Vec<Fill> {
        let day = self.days.get(&date);
        day.map_or_else(Vec::new, |day| day.fills.clone())
    }

    /// What was held before the first fill of `date`.
    pub(super) fn opening(&self, date: TradingDate) -> Holdings {
        let next = self.days.range(date..).next();
        next.map_or_else(|| self.holdings.clone(), |(_, day)| day.opening.clone())
    }

    /// `cash` moved by every fill after `moment`; `None` while the fees of a fill are only estimated.
    pub(super) fn carry_cash(&self, cash: Money, moment: DateTime<Utc>) -> Option<Money> {
        if !self.kept.are_fees_reported() {
            return None;
        }
        let days = self.days.range(self.calendar.date_of(moment)..);
        days.flat_map(|(_, day)| &day.fills)
            .filter(|fill| fill.at > moment)
            .try_fold(cash, |cash, fill| cash.plus(fill.cash_effect().ok()?).ok())
    }
}
