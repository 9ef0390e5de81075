//! The world as a broker's wire protocol needs it: single orders in, events out, looks at any moment.

use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::market::Bar;
use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, Fill, OrderTicket};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::exchange::{ExchangeError, ExchangeEvent, LegOrder, OrderRefusal};
use crate::world::{SimWorld, Stopped, TradedSoFar, WorldError};

/// The face for a wire protocol. There is one of them to a world, since it takes the events away.
#[derive(Debug, Clone)]
pub struct SimWire {
    world: Arc<SimWorld>,
}

/// Why an order was not placed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotPlaced {
    /// Exchange or broker refuse it.
    #[error(transparent)]
    Refused(#[from] OrderRefusal),
    /// The world cannot go on.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The exchange cannot go on.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
}

/// Shares held of one symbol, at their last price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// What is held.
    pub symbol: Symbol,
    /// How many shares.
    pub shares: Shares,
    /// The last price.
    pub mark: Option<Price>,
}

impl SimWire {
    /// The face of `world`, which keeps its events from now on.
    pub fn new(world: Arc<SimWorld>) -> Self {
        world.keep_events();
        Self { world }
    }

    /// The rules of the exchange.
    pub fn rules(&self) -> &Arc<Rulebook> {
        &self.world.rules
    }

    /// What the broker takes.
    pub fn plan(&self) -> CommissionPlan {
        self.world.plan()
    }

    /// The world's moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.world.now()
    }

    /// Moves the world; see [`SimWorld::advance_to`].
    pub fn advance_to(&self, moment: DateTime<Utc>) -> Result<(), WorldError> {
        self.world.advance_to(moment)
    }

    /// What happened at the exchange since the last call, in order.
    pub fn take_events(&self) -> Vec<ExchangeEvent> {
        self.world.take_events()
    }

    /// Places `legs` together at the world's moment, all or none.
    pub fn place(&self, legs: &[LegOrder]) -> Result<OrderTicket, NotPlaced> {
        let mut world = self.world.state()?;
        let now = world.now();
        Ok(world.exchange_mut().place(legs, now)?)
    }

    /// Withdraws an order and returns its ticket afterwards; `None` for an unknown one.
    pub fn cancel(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, NotPlaced> {
        let mut world = self.world.state()?;
        let now = world.now();
        Ok(world.exchange_mut().cancel(id, now)?)
    }

    /// Changes shares and price of a working order; see [`Exchange::amend`](crate::exchange::Exchange::amend).
    pub fn amend(&self, leg: &LegOrder) -> Result<OrderTicket, NotPlaced> {
        let mut world = self.world.state()?;
        let now = world.now();
        Ok(world.exchange_mut().amend(leg, now)?)
    }

    /// The broker refuses the stop of a family after taking the rest of it.
    pub fn refuse_stop(&self, family: ClientOrderId) -> Result<(), Stopped> {
        self.world.state()?.exchange_mut().refuse_stop(family);
        Ok(())
    }

    /// The ticket of an order, dead or alive.
    pub fn ticket(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, Stopped> {
        Ok(self.world.state()?.exchange().ticket(id))
    }

    /// Cash of the account, in the currency of the market.
    pub fn cash(&self) -> Result<Money, Stopped> {
        Ok(self.world.state()?.exchange().cash())
    }

    /// What the account holds, by symbol.
    pub fn holdings(&self) -> Result<Vec<Holding>, Stopped> {
        let world = self.world.state()?;
        let held = world.positions().map(|(symbol, shares, mark)| Holding {
            symbol,
            shares,
            mark,
        });
        Ok(held.collect())
    }

    /// Every execution in the order it happened.
    pub fn fills(&self) -> Result<Vec<Fill>, Stopped> {
        Ok(self.world.state()?.exchange().fills().to_vec())
    }

    /// Symbols with bars and a lot on `date`, sorted; none when the world is in another day.
    pub fn symbols(&self, date: TradingDate) -> Result<Vec<Symbol>, Stopped> {
        Ok(self.world.state()?.symbols(date))
    }

    /// What `symbol` came to today in the bars that ended by `moment`; `None` for an unknown one.
    pub fn traded(
        &self,
        symbol: Symbol,
        moment: DateTime<Utc>,
    ) -> Result<Option<TradedSoFar>, Stopped> {
        Ok(self.world.state()?.traded_by(symbol, moment))
    }

    /// Closed minute bars of the last `days` days, today counted; `None` for an unknown symbol.
    pub fn minutes(&self, symbol: Symbol, days: u32) -> Result<Option<Vec<Bar>>, Stopped> {
        let calendar = &self.world.rules.calendar;
        self.world.state()?.minutes(symbol, days, calendar)
    }

    /// Daily bars before today, at most `count`; `None` for an unknown symbol.
    pub fn days(&self, symbol: Symbol, count: u32) -> Result<Option<Vec<Bar>>, Stopped> {
        Ok(self.world.state()?.days(symbol, count))
    }

    /// Headlines about `symbol` from `since` until now, newest first.
    pub fn headlines(
        &self,
        symbol: Symbol,
        since: DateTime<Utc>,
    ) -> Result<Vec<NewsItem>, Stopped> {
        Ok(self.world.state()?.headlines(symbol, since))
    }
}
