//! A day begins and ends: its rules are fetched, its auction is held, its orders die.

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::order::ClientOrderId;
use catalyst_domain::symbol::Symbol;
use chrono::TimeDelta;

use super::book::{Exchange, OpenDay};
use super::event::ExchangeError;
use super::execute::Execution;
use super::order::{Order, Role, Standing};

/// Fills of the auction are stamped within it.
const BEFORE_END: TimeDelta = TimeDelta::seconds(1);

/// The span of the bar that holds the closing auction.
const MINUTE: TimeDelta = TimeDelta::seconds(60);

impl Exchange {
    /// Begins `date`, on which `instruments` are listed. Day orders of earlier days are dead.
    pub fn open_day(
        &mut self,
        date: TradingDate,
        instruments: BTreeMap<Symbol, Instrument>,
    ) -> Result<(), ExchangeError> {
        let fees = self.rules.fees.on(date)?;
        self.end_day_orders(|accepted| accepted < date);
        self.day = Some(OpenDay {
            date,
            instruments,
            fees,
        });
        Ok(())
    }

    /// Ends `date`: auction exits trade at the close, then every order for the day dies.
    ///
    /// The close is that of the day's last minute, which holds the closing auction; a symbol that
    /// did not trade in it has no auction.
    pub fn close_day(&mut self, date: TradingDate) -> Result<(), ExchangeError> {
        let Some(close) = self.rules.calendar.close_of(date)? else {
            return Ok(());
        };
        if close < self.lived_until {
            return Ok(());
        }
        self.lived_until = close;
        let last_minute = self.rules.calendar.continuous_sessions(date)?;
        if let Some(span) = last_minute.last() {
            for id in self.auction_exits() {
                self.hold_auction(id, span.end - MINUTE, close - BEFORE_END)?;
            }
        }
        self.end_day_orders(|accepted| accepted <= date);
        Ok(())
    }

    fn hold_auction(
        &mut self,
        id: ClientOrderId,
        last_minute: chrono::DateTime<chrono::Utc>,
        at: chrono::DateTime<chrono::Utc>,
    ) -> Result<(), ExchangeError> {
        let Some(order) = self.orders.get(&id) else {
            return Ok(());
        };
        let bar = self.last_bars.get(&order.symbol);
        let Some(bar) = bar.filter(|bar| bar.start() == last_minute) else {
            return Ok(());
        };
        let Some(instrument) = self.instrument(order.symbol) else {
            return Ok(());
        };
        let execution = Execution {
            id,
            shares: self.served(order, bar.volume(), instrument),
            price: bar.close(),
            at,
        };
        self.book(execution, instrument.kind)
    }

    fn auction_exits(&self) -> Vec<ClientOrderId> {
        let is_auction = |order: &&Order| order.role == Role::AuctionExit && order.is_working();
        let orders = self.orders_alive();
        orders.filter(is_auction).map(|order| order.id).collect()
    }

    fn end_day_orders(&mut self, of_day: impl Fn(TradingDate) -> bool) {
        let accepted = |order: &Order| self.rules.calendar.date_of(order.accepted_at);
        let ending: Vec<_> = self
            .orders_alive()
            .filter(|order| order.role.is_for_the_day() && of_day(accepted(order)))
            .map(|order| order.id)
            .collect();
        for id in ending {
            self.end(id, Standing::Cancelled);
        }
    }

    fn orders_alive(&self) -> impl Iterator<Item = &Order> {
        let ids = self.alive.values().flatten();
        ids.filter_map(|id| self.orders.get(id))
    }
}
