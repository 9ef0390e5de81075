//! The rule books of the exchanges, read when first asked for, and the charges of the last day asked
//! about: questions mostly come about one day.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::FeesOfDay;
use catalyst_domain::rulebook::{Rulebook, RulebookError};
use chrono::{DateTime, Utc};

/// Rule books by exchange.
#[derive(Debug)]
pub(super) struct Books {
    hkex: Book,
    nyse: Book,
}

/// One rule book with the charges of a day beside it.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) rules: Rulebook,
    of_day: Option<(TradingDate, FeesOfDay)>,
}

impl Books {
    /// Reads the tables that are built in.
    pub(super) fn load() -> Result<Self, RulebookError> {
        Ok(Self {
            hkex: Book::of(Exchange::Hkex)?,
            nyse: Book::of(Exchange::Nyse)?,
        })
    }

    /// The book of `exchange`, ready for questions about the exchange's day at `now`.
    pub(super) fn at(&mut self, exchange: Exchange, now: DateTime<Utc>) -> &Book {
        let book = match exchange {
            Exchange::Hkex => &mut self.hkex,
            Exchange::Nyse => &mut self.nyse,
        };
        book.turn_to(book.rules.calendar.date_of(now));
        book
    }
}

impl Book {
    fn of(exchange: Exchange) -> Result<Self, RulebookError> {
        Ok(Self {
            rules: Rulebook::of(exchange)?,
            of_day: None,
        })
    }

    /// The charges of the day it is turned to; `None` when no table covers that day.
    pub(super) fn fees(&self) -> Option<&FeesOfDay> {
        self.of_day.as_ref().map(|(_, fees)| fees)
    }

    fn turn_to(&mut self, date: TradingDate) {
        if self.of_day.as_ref().is_some_and(|(of, _)| *of == date) {
            return;
        }
        let fees = self.rules.fees.on(date);
        self.of_day = fees.map_or(None, |fees| Some((date, fees)));
    }
}
