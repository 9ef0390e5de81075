//! Taking an order: every check of exchange and broker, then the family with its legs.

use catalyst_domain::calendar::Phase;
use catalyst_domain::fees::TradeTerms;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::money::Money;
use catalyst_domain::order::{
    BracketPlan, ClientOrderId, EntryPrice, ExitPlan, ExitPrice, Leg, OrderPlan, OrderTicket,
    ProtectPlan,
};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::LimitPrice;
use chrono::{DateTime, Utc};

use super::book::{Exchange, OpenDay};
use super::event::{ExchangeError, ExchangeEvent};
use super::order::{Order, Role, Standing};
use super::refusal::OrderRefusal;

/// Board lots that one order may have in the exchange's automatic matching: operating rule 507A.
const LOTS_MAX: u64 = 3_000;

impl Exchange {
    /// Takes the family that `plan` asks for under the name of its first leg, or refuses all of it.
    ///
    /// Only bars that begin at or after `now` can fill it.
    pub fn accept(
        &mut self,
        plan: &OrderPlan,
        id: ClientOrderId,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, OrderRefusal> {
        if self.orders.contains_key(&id) {
            return Err(OrderRefusal::DuplicateId { id });
        }
        let expected = match plan {
            OrderPlan::Bracket(_) => Leg::Entry,
            OrderPlan::Exit(_) => Leg::Exit,
            OrderPlan::Protect(_) => Leg::Stop,
        };
        if id.leg() != expected {
            let found = id.leg();
            return Err(OrderRefusal::WrongLeg {
                id,
                found,
                expected,
            });
        }
        if plan.shares().is_zero() {
            return Err(OrderRefusal::NoShares);
        }
        let phase = self.rules.calendar.phase_at(now);
        let phase = phase.map_err(ExchangeError::NotCovered)?;
        self.listed(plan.symbol(), now)?;
        let legs = match plan {
            OrderPlan::Bracket(plan) => self.bracket_legs(plan, phase, now)?,
            OrderPlan::Exit(plan) => self.exit_legs(plan, phase, now)?,
            OrderPlan::Protect(plan) => self.protect_legs(plan, now)?,
        };
        let mut first = None;
        for (leg, role, standing) in legs {
            let order = Order {
                id: id.sibling(leg),
                symbol: plan.symbol(),
                role,
                shares: plan.shares(),
                filled: Shares::ZERO,
                standing,
                accepted_at: now,
                rested: false,
                tally: None,
            };
            let ticket = order.ticket();
            self.alive.entry(order.symbol).or_default().push(order.id);
            self.orders.insert(order.id, order);
            self.outbox.push(ExchangeEvent::Accepted(ticket));
            first.get_or_insert(ticket);
        }
        first.ok_or(OrderRefusal::NoShares)
    }

    fn bracket_legs(
        &self,
        plan: &BracketPlan,
        phase: Phase,
        now: DateTime<Utc>,
    ) -> Result<Vec<(Leg, Role, Standing)>, OrderRefusal> {
        in_phase("an entry", phase, phase.accepts_orders())?;
        let listed = self.listed(plan.instrument.symbol, now)?;
        whole_lots(plan.shares, listed)?;
        for price in [
            plan.entry.worst(),
            plan.bracket.stop(),
            plan.bracket.target(),
        ] {
            self.of_today(price, now)?;
        }
        let limit = plan.entry.worst().price();
        self.affordable(listed, plan.shares, limit)?;
        let role = match plan.entry {
            EntryPrice::Limit(_) => Role::RestingEntry { limit },
            EntryPrice::Marketable(_) => Role::TakingEntry { limit },
        };
        Ok(vec![
            (Leg::Entry, role, Standing::Working),
            (Leg::Stop, stop_at(plan.bracket.stop()), Standing::Held),
            (
                Leg::Target,
                target_at(plan.bracket.target()),
                Standing::Held,
            ),
        ])
    }

    fn exit_legs(
        &self,
        plan: &ExitPlan,
        phase: Phase,
        now: DateTime<Utc>,
    ) -> Result<Vec<(Leg, Role, Standing)>, OrderRefusal> {
        let role = match plan.price {
            ExitPrice::Limit(price) => {
                in_phase("an exit", phase, phase.accepts_orders())?;
                self.of_today(price, now)?;
                Role::Exit {
                    limit: price.price(),
                }
            }
            ExitPrice::Auction => {
                let in_auction = phase.accepts_exits() && !phase.is_continuous();
                in_phase("an auction exit", phase, in_auction)?;
                Role::AuctionExit
            }
        };
        self.sellable(plan.symbol, plan.shares)?;
        Ok(vec![(Leg::Exit, role, Standing::Working)])
    }

    /// A broker keeps a stop, and the target beside it, at any hour.
    fn protect_legs(
        &self,
        plan: &ProtectPlan,
        now: DateTime<Utc>,
    ) -> Result<Vec<(Leg, Role, Standing)>, OrderRefusal> {
        self.of_today(plan.stop, now)?;
        let mut legs = vec![(Leg::Stop, stop_at(plan.stop), Standing::Working)];
        if let Some(target) = plan.target {
            self.of_today(target, now)?;
            legs.push((Leg::Target, target_at(target), Standing::Working));
        }
        self.sellable(plan.symbol, plan.shares)?;
        Ok(legs)
    }

    fn listed(&self, symbol: Symbol, now: DateTime<Utc>) -> Result<Instrument, OrderRefusal> {
        let date = self.rules.calendar.date_of(now);
        let today = self.day.as_ref().filter(|day| day.date == date);
        today
            .and_then(|day| day.instruments.get(&symbol))
            .copied()
            .ok_or(OrderRefusal::NotListed { symbol, date })
    }

    fn of_today(&self, price: LimitPrice, now: DateTime<Utc>) -> Result<(), OrderRefusal> {
        let date = self.rules.calendar.date_of(now);
        if price.date() == date {
            Ok(())
        } else {
            Err(OrderRefusal::OtherGrid { price, date })
        }
    }

    /// Cash covers the order at its worst, beside every purchase that is at work.
    fn affordable(
        &self,
        instrument: Instrument,
        shares: Shares,
        limit: Price,
    ) -> Result<(), OrderRefusal> {
        let needed = self.worst_cost(instrument, shares, limit)?;
        let mut free = self.cash;
        for order in self.living_orders() {
            if let (Side::Buy, Some(limit)) = (order.role.side(), order.role.price()) {
                let reserved = self.worst_cost(
                    Instrument {
                        symbol: order.symbol,
                        ..instrument
                    },
                    order.remaining(),
                    limit,
                )?;
                free = free.minus(reserved).map_err(ExchangeError::Money)?;
            }
        }
        if needed.amount() > free.amount() {
            return Err(OrderRefusal::Cash { needed, free });
        }
        Ok(())
    }

    fn worst_cost(
        &self,
        instrument: Instrument,
        shares: Shares,
        limit: Price,
    ) -> Result<Money, ExchangeError> {
        let value = limit.times(shares, self.cash.currency());
        let terms = TradeTerms {
            side: Side::Buy,
            kind: instrument.kind,
            shares,
            price: limit,
        };
        let fees = self
            .day
            .as_ref()
            .map(|day: &OpenDay| day.fees.total(&terms, self.config.plan));
        match fees {
            Some(fees) => Ok(value.plus(fees?)?),
            None => Ok(value),
        }
    }

    /// Nothing is sold that is not held, and nothing twice. Stop and target of a family count once,
    /// since one cancels the other.
    fn sellable(&self, symbol: Symbol, shares: Shares) -> Result<(), OrderRefusal> {
        let mut offered = Shares::ZERO;
        for order in self.living_orders() {
            if order.symbol != symbol || order.role.side() != Side::Sell || !order.is_working() {
                continue;
            }
            let stop = self.orders.get(&order.id.sibling(Leg::Stop));
            let counted_with_stop =
                order.id.leg() == Leg::Target && stop.is_some_and(Order::is_working);
            if !counted_with_stop {
                offered = offered.plus(order.remaining());
            }
        }
        let free = self.held(symbol).minus(offered).unwrap_or(Shares::ZERO);
        if shares > free {
            return Err(OrderRefusal::Short {
                symbol,
                shares,
                free,
            });
        }
        Ok(())
    }

    fn living_orders(&self) -> impl Iterator<Item = &Order> {
        let ids = self.alive.values().flatten();
        ids.filter_map(|id| self.orders.get(id))
    }
}

const fn stop_at(price: LimitPrice) -> Role {
    Role::Stop {
        trigger: price.price(),
        triggered: false,
    }
}

const fn target_at(price: LimitPrice) -> Role {
    Role::Target {
        limit: price.price(),
    }
}

const fn in_phase(what: &'static str, phase: Phase, accepted: bool) -> Result<(), OrderRefusal> {
    if accepted {
        Ok(())
    } else {
        Err(OrderRefusal::Phase { what, phase })
    }
}

fn whole_lots(shares: Shares, instrument: Instrument) -> Result<(), OrderRefusal> {
    let lot = instrument.lot_size;
    let (_, odd) = shares.in_lots(lot);
    if !odd.is_zero() {
        return Err(OrderRefusal::OddLot { shares, lot });
    }
    let lots = shares.count() / u64::from(lot.shares());
    if lots > LOTS_MAX {
        return Err(OrderRefusal::TooManyLots {
            lots,
            max: LOTS_MAX,
        });
    }
    Ok(())
}
