//! What a face may see and do while it holds the world.

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::dated::NotCovered;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::{Bar, Feed, Quote, Snapshot, quote_moment};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::{DateTime, Utc};
use thiserror::Error;

use super::board::Board;
use super::sim_world::{Stopped, WorldGuard};
use super::state::WorldDay;
use crate::exchange::Exchange;
use crate::faults::Fault;
use catalyst_domain::rulebook::Rulebook;

/// Why there is no quote.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum NoQuote {
    /// No bars, or no price yet and none before.
    #[error("there is no price")]
    Unknown,
    /// The price is the highest there is, so nobody can ask for more.
    #[error("no ask above {last}")]
    NoAsk { last: Price },
    /// A table does not cover the day.
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
}

impl WorldGuard<'_> {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.state.now
    }

    pub(crate) fn exchange(&self) -> &Exchange {
        &self.state.exchange
    }

    pub(crate) fn exchange_mut(&mut self) -> &mut Exchange {
        &mut self.state.exchange
    }

    pub(crate) fn next_fault(&mut self) -> Option<Fault> {
        self.state.faults.next_submission()
    }

    /// Symbols with bars and a lot on `date`, sorted; none when the world is in another day.
    pub(crate) fn symbols(&self, date: TradingDate) -> Vec<Symbol> {
        let day = self.state.day.as_ref().filter(|day| day.date == date);
        day.map_or_else(Vec::new, |day| day.boards.keys().copied().collect())
    }

    /// The book of `symbol` with its day.
    pub(crate) fn snapshot(&self, symbol: Symbol, rules: &Rulebook) -> Result<Snapshot, NoQuote> {
        let (day, board) = self.board(symbol).ok_or(NoQuote::Unknown)?;
        let (last, at) = self.last_price(day, board, rules)?;
        let kind = kind_of(symbol, day.date, rules);
        let grid = rules.ticks.on(day.date, kind.ok_or(NoQuote::Unknown)?)?;
        let ask = grid.next_above(last).ok_or(NoQuote::NoAsk { last })?;
        let traded = board.traded;
        Ok(Snapshot {
            quote: Quote {
                symbol,
                last,
                bid: last,
                ask: ask.price(),
                day_volume: board.volume,
                at,
                feed: Feed::Live,
            },
            open: traded.map(|traded| traded.open),
            high: traded.map(|traded| traded.high),
            low: traded.map(|traded| traded.low),
            previous_close: board.previous_close.map(|(price, _)| price),
        })
    }

    /// Closed minute bars of the last `days` days, today counted; `None` for an unknown symbol.
    pub(crate) fn minutes(
        &self,
        symbol: Symbol,
        days: u32,
        calendar: &TradingCalendar,
    ) -> Result<Option<Vec<Bar>>, Stopped> {
        let Some((day, board)) = self.board(symbol) else {
            return Ok(None);
        };
        let Some(earlier) = days.checked_sub(1) else {
            return Ok(Some(Vec::new()));
        };
        let count = usize::try_from(earlier).unwrap_or(usize::MAX);
        let mut bars = self.state.tape.minutes_before(symbol, day.date, count);
        if bars.is_empty() && earlier > 0 {
            let make = || self.state.tape.session_before(symbol, day.date, calendar);
            bars.extend_from_slice(board.session_before(make)?);
        }
        bars.extend_from_slice(board.closed_bars());
        Ok(Some(bars))
    }

    /// Daily bars before today, at most `count`; `None` for an unknown symbol.
    pub(crate) fn days(&self, symbol: Symbol, count: u32) -> Option<Vec<Bar>> {
        let (day, board) = self.board(symbol)?;
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        if board.history.is_empty() {
            return Some(self.state.tape.days_before(symbol, day.date, count));
        }
        let skipped = board.history.len().saturating_sub(count);
        Some(board.history.iter().skip(skipped).copied().collect())
    }

    /// Headlines about `symbol` from `since` until now, newest first.
    pub(crate) fn headlines(&self, symbol: Symbol, since: DateTime<Utc>) -> Vec<NewsItem> {
        let of_day = self.state.day.iter().flat_map(|day| &day.news);
        let span = since..=self.state.now;
        let mut found: Vec<NewsItem> = self
            .state
            .news
            .iter()
            .chain(of_day)
            .filter(|headline| headline.symbol == symbol)
            .filter(|headline| span.contains(&headline.item.published))
            .map(|headline| headline.item.clone())
            .collect();
        found.sort_by_key(|item| std::cmp::Reverse(item.published));
        found
    }

    /// Shares of `symbol` at the account, for its equity.
    pub(crate) fn positions(&self) -> impl Iterator<Item = (Symbol, Shares, Option<Price>)> {
        let exchange = &self.state.exchange;
        let held = exchange.positions().iter();
        held.map(|(symbol, shares)| (*symbol, *shares, exchange.mark(*symbol)))
    }

    fn board(&self, symbol: Symbol) -> Option<(&WorldDay, &Board)> {
        let day = self.state.day.as_ref()?;
        let board = day.boards.get(&symbol)?;
        Some((day, board))
    }

    /// The last price, and when it was true: now while the symbol trades, else when it last did.
    fn last_price(
        &self,
        day: &WorldDay,
        board: &Board,
        rules: &Rulebook,
    ) -> Result<(Price, DateTime<Utc>), NoQuote> {
        let Some(traded) = board.traded else {
            return board.previous_close.ok_or(NoQuote::Unknown);
        };
        let at = quote_moment(&rules.calendar, day.date, self.state.now, traded.until)?;
        Ok((traded.last, at))
    }
}

fn kind_of(symbol: Symbol, date: TradingDate, rules: &Rulebook) -> Option<InstrumentKind> {
    let answer = rules.lots.instrument(symbol, date);
    answer.ok().map(|answer| answer.instrument.kind)
}
