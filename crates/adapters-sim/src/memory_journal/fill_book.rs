//! Every fill once, with the holdings before each day, so that no question rescans the past.

use std::collections::{BTreeMap, HashSet};

use catalyst_domain::account::Holdings;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::Currency;
use catalyst_domain::money::MoneyError;
use catalyst_domain::order::{ExecutionId, Fill};

/// Fills in the order they happened.
#[derive(Debug, Clone)]
pub(super) struct FillBook {
    currency: Currency,
    known: HashSet<ExecutionId>,
    days: BTreeMap<TradingDate, DayFills>,
    holdings: Holdings,
}

#[derive(Debug, Clone)]
struct DayFills {
    opening: Holdings,
    fills: Vec<Fill>,
}

impl FillBook {
    pub(super) fn empty(currency: Currency) -> Self {
        Self {
            currency,
            known: HashSet::new(),
            days: BTreeMap::new(),
            holdings: Holdings::none(currency),
        }
    }

    pub(super) const fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    /// Keeps a fill of `date`; one that is kept already changes nothing.
    pub(super) fn keep(&mut self, date: TradingDate, fill: &Fill) -> Result<(), MoneyError> {
        if self.known.contains(&fill.execution) {
            return Ok(());
        }
        let newest = self.days.last_key_value();
        let is_newest = newest.is_none_or(|(last_date, last)| {
            *last_date < date
                || (*last_date == date && last.fills.last().is_none_or(|last| last.at <= fill.at))
        });
        if is_newest {
            let opening = &self.holdings;
            let mut holdings = self.holdings.clone();
            holdings.absorb(fill)?;
            let day = self.days.entry(date).or_insert_with(|| DayFills {
                opening: opening.clone(),
                fills: Vec::new(),
            });
            day.fills.push(fill.clone());
            self.holdings = holdings;
        } else {
            self.insert_late(date, fill)?;
        }
        self.known.insert(fill.execution.clone());
        Ok(())
    }

    /// A fill that became known after later ones: everything from it on is derived again.
    fn insert_late(&mut self, date: TradingDate, fill: &Fill) -> Result<(), MoneyError> {
        let mut days = self.days.clone();
        let day = days.entry(date).or_insert_with(|| DayFills {
            opening: Holdings::none(self.currency),
            fills: Vec::new(),
        });
        let place = day.fills.partition_point(|other| other.at <= fill.at);
        day.fills.insert(place, fill.clone());
        let mut holdings = Holdings::none(self.currency);
        for day in days.values_mut() {
            day.opening = holdings.clone();
            for fill in &day.fills {
                holdings.absorb(fill)?;
            }
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
}
