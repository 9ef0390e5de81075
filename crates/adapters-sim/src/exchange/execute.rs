//! Matching one bar: entries before stops before targets before exits, so that a purchase can be
//! stopped out in its own bar and never reaches its target in it.

use catalyst_domain::fees::TradeTerms;
use catalyst_domain::instrument::{Instrument, InstrumentKind};
use catalyst_domain::market::Bar;
use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, ExecutionId, Fill, Leg};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::book::Exchange;
use super::event::{ExchangeError, ExchangeEvent};
use super::order::{DayTally, Order, Role, Standing};
use super::price::Meeting;

/// A fill is stamped this long before the end of what it happened in, so that it lies in the phase
/// it belongs to and after everything that was known when the bar began.
const BEFORE_END: TimeDelta = TimeDelta::seconds(1);

/// Decimal places of a price, and so of an average that a fee is asked for.
const PRICE_PLACES: u32 = 8;

/// The turns of one bar.
const TURNS: [Turn; 4] = [Turn::Entries, Turn::Stops, Turn::Targets, Turn::Exits];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Entries,
    Stops,
    Targets,
    Exits,
}

impl Turn {
    const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Entry { .. } => Some(Self::Entries),
            Role::Stop { .. } => Some(Self::Stops),
            Role::Target { .. } => Some(Self::Targets),
            Role::Exit { .. } => Some(Self::Exits),
            Role::AuctionExit => None,
        }
    }
}

/// One execution about to be booked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Execution {
    pub(super) id: ClientOrderId,
    pub(super) shares: Shares,
    pub(super) price: Price,
    pub(super) at: DateTime<Utc>,
}

impl Exchange {
    /// Lets the closed `bar` of `symbol`, which ended at `end`, meet every order for it.
    ///
    /// A bar from before the exchange's time, or one that was here already, meets nothing.
    pub fn on_bar(
        &mut self,
        symbol: Symbol,
        bar: &Bar,
        end: DateTime<Utc>,
    ) -> Result<(), ExchangeError> {
        let seen = self.last_bars.get(&symbol);
        let is_past =
            end < self.lived_until || seen.is_some_and(|seen| seen.start() >= bar.start());
        if is_past {
            return Ok(());
        }
        self.lived_until = end;
        if bar.volume().is_zero() {
            return Ok(());
        }
        self.last_bars.insert(symbol, *bar);
        if let Some(ids) = self.alive.get(&symbol).cloned() {
            self.match_bar(symbol, bar, &ids, end)?;
        }
        if self.shares.contains_key(&symbol) {
            self.marks.insert(symbol, bar.close());
        }
        Ok(())
    }

    fn match_bar(
        &mut self,
        symbol: Symbol,
        bar: &Bar,
        ids: &[ClientOrderId],
        end: DateTime<Utc>,
    ) -> Result<(), ExchangeError> {
        let Some(instrument) = self.instrument(symbol) else {
            return Ok(());
        };
        let mut no_target = Vec::new();
        for turn in TURNS {
            for id in ids {
                let order = self.orders.get(id);
                let Some(order) = order.filter(|order| {
                    Turn::of(order.role) == Some(turn)
                        && order.is_working()
                        && order.accepted_at <= bar.start()
                }) else {
                    continue;
                };
                let family = id.sibling(Leg::Entry);
                if turn == Turn::Targets && no_target.contains(&family) {
                    continue;
                }
                let met = self.meet(order, bar, instrument)?;
                self.remember(*id);
                let Some((price, shares)) = met else {
                    continue;
                };
                if matches!(turn, Turn::Entries | Turn::Stops) {
                    no_target.push(family);
                }
                let at = end - BEFORE_END;
                self.book(
                    Execution {
                        id: *id,
                        shares,
                        price,
                        at,
                    },
                    instrument.kind,
                )?;
            }
        }
        Ok(())
    }

    /// Price and shares at which `order` meets `bar`; a stop that is set off meets even when the
    /// bar's volume leaves it nothing.
    fn meet(
        &self,
        order: &Order,
        bar: &Bar,
        instrument: Instrument,
    ) -> Result<Option<(Price, Shares)>, ExchangeError> {
        let date = self.rules.calendar.date_of(bar.start());
        let meeting = Meeting {
            bar,
            grid: self.rules.ticks.on(date, instrument.kind)?,
            slippage_ticks: self.config.slippage_ticks,
        };
        let price = match order.role {
            Role::Entry { limit } if order.rested => meeting.resting_buy(limit),
            Role::Entry { limit } => meeting.arriving_buy(limit),
            Role::Stop {
                triggered: true, ..
            } => Some(meeting.market_sale()),
            Role::Stop { trigger, .. } => meeting.stop_sale(trigger),
            Role::Target { limit } => meeting.resting_sale(limit),
            Role::Exit { limit } => meeting.limit_sale(limit),
            Role::AuctionExit => None,
        };
        Ok(price.map(|price| (price, self.served(order, bar.volume(), instrument))))
    }

    /// What one order may have of a volume: its part in whole lots, or all that is left of it.
    pub(super) fn served(&self, order: &Order, volume: Shares, instrument: Instrument) -> Shares {
        let points = u64::from(self.config.participation.points());
        let lot = u64::from(instrument.lot_size.shares());
        let share = volume.count().saturating_mul(points) / 10_000;
        let part = share.max(lot).min(volume.count());
        let wanted = match order.role.side() {
            Side::Buy => order.remaining(),
            Side::Sell => order.remaining().at_most(self.held(order.symbol)),
        };
        if wanted.count() <= part {
            return wanted;
        }
        Shares::new(part - part % lot).unwrap_or(Shares::ZERO)
    }

    /// Executions of one order so far; the next one is named after it, so that a name is never used
    /// for another execution, also not by an account that has been set back.
    fn fills_of(&self, id: ClientOrderId) -> usize {
        self.fills
            .iter()
            .rev()
            .filter(|fill| fill.order == id)
            .count()
    }

    /// Books one execution: fill, cash, holding, and what it does to the rest of the family.
    pub(super) fn book(
        &mut self,
        execution: Execution,
        kind: InstrumentKind,
    ) -> Result<(), ExchangeError> {
        let Execution {
            id,
            shares,
            price,
            at,
        } = execution;
        if id.leg() == Leg::Stop {
            self.set_off(id);
        }
        if shares.is_zero() {
            return Ok(());
        }
        let Some(order) = self.orders.get(&id) else {
            return Ok(());
        };
        let (symbol, side) = (order.symbol, order.role.side());
        let (tally, fees) = self.charge(order, execution, kind)?;
        let fill = Fill {
            execution: ExecutionId::new(format!("{id}/{}", self.fills_of(id) + 1)),
            order: id,
            symbol,
            side,
            shares,
            price,
            fees,
            at,
        };
        self.cash = self.cash.plus(fill.cash_effect()?)?;
        let held = self.held(symbol);
        let now_held = match side {
            Side::Buy => held.plus(shares),
            Side::Sell => held.minus(shares).unwrap_or(Shares::ZERO),
        };
        if now_held.is_zero() {
            self.shares.remove(&symbol);
            self.marks.remove(&symbol);
        } else {
            self.shares.insert(symbol, now_held);
            self.marks.insert(symbol, price);
        }
        self.fills.push(fill.clone());
        self.outbox.push(ExchangeEvent::Filled(fill));
        if let Some(order) = self.orders.get_mut(&id) {
            order.tally = Some(tally);
            order.fill(shares);
            if !order.standing.is_alive() {
                self.bury(id);
            }
        }
        self.tell_family(id, shares);
        Ok(())
    }

    /// The exits cover what the entry bought; an exit's sale shrinks the other and ends the entry.
    fn tell_family(&mut self, id: ClientOrderId, shares: Shares) {
        match id.leg() {
            Leg::Entry => {
                for leg in [Leg::Stop, Leg::Target] {
                    if let Some(order) = self.orders.get_mut(&id.sibling(leg)) {
                        order.cover(shares);
                    }
                }
            }
            Leg::Stop => self.sold_by_one(id, id.sibling(Leg::Target), shares),
            Leg::Target => self.sold_by_one(id, id.sibling(Leg::Stop), shares),
            Leg::Exit => {}
        }
    }

    fn sold_by_one(&mut self, id: ClientOrderId, other: ClientOrderId, shares: Shares) {
        self.end(id.sibling(Leg::Entry), Standing::Cancelled);
        let Some(order) = self.orders.get_mut(&other) else {
            return;
        };
        let was_alive = order.standing.is_alive();
        order.yield_to_sibling(shares);
        if was_alive && !order.standing.is_alive() {
            self.bury(other);
        }
    }

    /// Charges of a fill: those of all that the order has done today, less what it has paid.
    fn charge(
        &self,
        order: &Order,
        execution: Execution,
        kind: InstrumentKind,
    ) -> Result<(DayTally, Money), ExchangeError> {
        let currency = self.cash.currency();
        let date = self.rules.calendar.date_of(execution.at);
        let before = order.tally.filter(|tally| tally.date == date);
        let before = before.unwrap_or(DayTally::none(date));
        let value = execution.price.times(execution.shares, currency).amount() + before.value;
        let shares = before.shares.plus(execution.shares);
        let average = value
            .checked_div(Decimal::from(shares.count()))
            .unwrap_or(Decimal::ZERO)
            .round_dp(PRICE_PLACES);
        let terms = TradeTerms {
            side: order.role.side(),
            kind,
            shares,
            price: Price::new(average).unwrap_or(execution.price),
        };
        let total = match &self.day {
            Some(day) => day.fees.total(&terms, self.config.plan)?,
            None => self.rules.fees.on(date)?.total(&terms, self.config.plan)?,
        };
        let charged = total.amount().max(before.charged);
        let tally = DayTally {
            date,
            shares,
            value,
            charged,
        };
        Ok((tally, Money::new(charged - before.charged, currency)?))
    }

    fn set_off(&mut self, id: ClientOrderId) {
        if let Some(order) = self.orders.get_mut(&id)
            && let Role::Stop { trigger, .. } = order.role
        {
            order.role = Role::Stop {
                trigger,
                triggered: true,
            };
        }
    }

    fn remember(&mut self, id: ClientOrderId) {
        if let Some(order) = self.orders.get_mut(&id) {
            order.rested = true;
        }
    }

    pub(super) fn instrument(&self, symbol: Symbol) -> Option<Instrument> {
        let day = self.day.as_ref()?;
        day.instruments.get(&symbol).copied()
    }
}
