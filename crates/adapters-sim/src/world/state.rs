//! Time in the world: days are opened, bars closed and given to the exchange, each once, in order.

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::market::Bar;
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};

use super::board::Board;
use super::sim_world::WorldError;
use super::tape::{Tape, TapeDay};
use crate::exchange::{Exchange, ExchangeEvent};
use crate::faults::Faults;
use crate::generator::GeneratorError;
use crate::headlines::Headline;
use catalyst_domain::rulebook::Rulebook;

/// The day the world is in.
#[derive(Debug)]
pub(super) struct WorldDay {
    pub(super) date: TradingDate,
    pub(super) boards: BTreeMap<Symbol, Board>,
    /// Symbols with bars and without a lot; they do not trade.
    pub(super) unlisted: Vec<Symbol>,
    /// Headlines that came with the day.
    pub(super) news: Vec<Headline>,
}

/// Everything that moves.
#[derive(Debug)]
pub(super) struct WorldState {
    pub(super) now: DateTime<Utc>,
    pub(super) tape: Tape,
    pub(super) day: Option<WorldDay>,
    pub(super) exchange: Exchange,
    pub(super) news: Vec<Headline>,
    pub(super) faults: Faults,
    /// What happened at the exchange, for the wire; `None` while nobody listens.
    pub(super) events: Option<Vec<ExchangeEvent>>,
    /// Why time could not go on; every face answers with it from then on.
    pub(super) stuck: Option<String>,
}

impl WorldState {
    /// Moves the world to `now`; a moment that has passed changes nothing.
    pub(super) fn advance(
        &mut self,
        rules: &Rulebook,
        now: DateTime<Utc>,
    ) -> Result<(), WorldError> {
        if now < self.now {
            return Ok(());
        }
        let today = rules.calendar.date_of(now);
        let mut date = rules.calendar.date_of(self.now);
        if self.day.is_none() && (date == today || !self.exchange.is_idle()) {
            self.enter(rules, date)?;
        }
        self.live_through(rules, now)?;
        while date < today {
            date = date.next();
            // Days on which nothing can fill are passed over; their bars are looked back on later.
            if date == today || !self.exchange.is_idle() {
                self.enter(rules, date)?;
                self.live_through(rules, now)?;
            }
        }
        self.exchange.pass_time(now);
        self.collect_events();
        self.now = now;
        Ok(())
    }

    /// Keeps what happened for whoever listens.
    pub(super) fn collect_events(&mut self) {
        let happened = self.exchange.take_events();
        if let Some(events) = &mut self.events {
            events.extend(happened);
        }
    }

    /// Opens `date`; on a day without trading there is nothing to open.
    fn enter(&mut self, rules: &Rulebook, date: TradingDate) -> Result<(), WorldError> {
        let left = self.day.take();
        if !rules.calendar.day(date)?.trades() {
            // The session before a holiday is still the session before what follows it.
            self.day = left.map(|day| WorldDay {
                news: Vec::new(),
                ..day
            });
            return Ok(());
        }
        let TapeDay {
            bars,
            mut history,
            news,
        } = self.tape.day(date)?;
        let session_before = rules.calendar.previous_trading_date(date)?;
        let left = left.filter(|day| day.date == session_before);
        let mut before = left.map_or_else(BTreeMap::new, |day| day.boards);
        let mut instruments = BTreeMap::new();
        let mut unlisted = Vec::new();
        let held = self.exchange.positions().keys().copied();
        let known: std::collections::BTreeSet<Symbol> = bars.keys().copied().chain(held).collect();
        for symbol in known {
            match rules.lots.instrument(symbol, date) {
                Ok(answer) => {
                    instruments.insert(symbol, answer.instrument);
                }
                Err(_no_lot) => unlisted.push(symbol),
            }
        }
        let mut boards = BTreeMap::new();
        for (symbol, bars) in bars {
            if !instruments.contains_key(&symbol) {
                continue;
            }
            let history = history.remove(&symbol).unwrap_or_else(Vec::new);
            let last = history.last().copied();
            let last = last.or_else(|| self.tape.days_before(symbol, date, 1).pop());
            let previous_close = last.map(|bar| closing(rules, &bar)).transpose()?;
            let left = before.remove(&symbol).map(Board::into_bars);
            let session_before = left.transpose().map_err(GeneratorError::from)?;
            let board = Board::new(bars, session_before, history, previous_close);
            boards.insert(symbol, board);
        }
        self.exchange.open_day(date, instruments)?;
        self.day = Some(WorldDay {
            date,
            boards,
            unlisted,
            news,
        });
        Ok(())
    }

    /// Closes every bar of the open day that has ended by `now`, and the day itself once it is over.
    fn live_through(&mut self, rules: &Rulebook, now: DateTime<Utc>) -> Result<(), WorldError> {
        let Some(day) = &mut self.day else {
            return Ok(());
        };
        loop {
            let ends = day.boards.values().filter_map(Board::next_end);
            let Some(end) = ends.min().filter(|end| *end <= now) else {
                break;
            };
            for (symbol, board) in &mut day.boards {
                if board.next_end() != Some(end) {
                    continue;
                }
                if let Some(bar) = board.close_next().map_err(GeneratorError::from)? {
                    self.exchange.on_bar(*symbol, &bar, end)?;
                }
            }
        }
        let close = rules.calendar.close_of(day.date)?;
        if close.is_some_and(|close| close <= now) {
            self.exchange.close_day(day.date)?;
        }
        Ok(())
    }
}

/// The close of a daily bar with the moment it was made.
fn closing(rules: &Rulebook, bar: &Bar) -> Result<(Price, DateTime<Utc>), WorldError> {
    let date = rules.calendar.date_of(bar.start());
    let close = rules.calendar.close_of(date)?;
    Ok((bar.close(), close.unwrap_or_else(|| bar.start())))
}
