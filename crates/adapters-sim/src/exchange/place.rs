//! Placing orders: every check of exchange and broker, and where each order begins its life.

use catalyst_domain::calendar::Phase;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::order::{Leg, OrderTicket};
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::LimitPrice;
use chrono::{DateTime, Utc};

use super::book::Exchange;
use super::event::{ExchangeError, ExchangeEvent};
use super::legs::{LegOrder, LegTerms};
use super::order::{Order, Standing};
use super::refusal::OrderRefusal;

/// Board lots that one order may have in the exchange's automatic matching: operating rule 507A.
const LOTS_MAX: u64 = 3_000;

impl Exchange {
    /// Places `legs` together, all or none, and returns the ticket of the first.
    ///
    /// A stop or target whose entry comes with it or has bought nothing yet is held; under an entry
    /// that has bought it covers what was bought; without one it works at once. Only bars that begin
    /// at or after `now` can fill them.
    pub fn place(
        &mut self,
        legs: &[LegOrder],
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, OrderRefusal> {
        let phase = self.rules.calendar.phase_at(now);
        let phase = phase.map_err(ExchangeError::NotCovered)?;
        for leg in legs {
            self.check(leg, phase, now)?;
        }
        let mut orders = Vec::new();
        for (index, leg) in legs.iter().enumerate() {
            let (standing, shares) = self.begin(leg, legs)?;
            let earlier = legs.get(..index).unwrap_or(&[]);
            self.coverable(leg, standing, shares, earlier)?;
            orders.push(Order {
                id: leg.id,
                symbol: leg.symbol,
                role: leg.terms.role(),
                shares,
                filled: Shares::ZERO,
                standing,
                accepted_at: now,
                rested: false,
                tally: None,
            });
        }
        let mut first = None;
        for order in orders {
            let ticket = order.ticket();
            self.alive.entry(order.symbol).or_default().push(order.id);
            self.orders.insert(order.id, order);
            self.outbox.push(ExchangeEvent::Accepted(ticket));
            first.get_or_insert(ticket);
        }
        first.ok_or(OrderRefusal::NoShares)
    }

    /// What is true of the order whatever else is at work.
    pub(super) fn check(
        &self,
        leg: &LegOrder,
        phase: Phase,
        now: DateTime<Utc>,
    ) -> Result<(), OrderRefusal> {
        let id = leg.id;
        if self.orders.contains_key(&id) {
            return Err(OrderRefusal::DuplicateId { id });
        }
        let (found, expected) = (id.leg(), leg.terms.leg());
        if found != expected {
            return Err(OrderRefusal::WrongLeg {
                id,
                found,
                expected,
            });
        }
        if leg.shares.is_zero() {
            return Err(OrderRefusal::NoShares);
        }
        let listed = self.listed(leg.symbol, now)?;
        match leg.terms {
            LegTerms::Buy(_) => {
                in_phase("an entry", phase, phase.accepts_orders())?;
                whole_lots(leg.shares, listed)?;
            }
            LegTerms::Sell(_) => in_phase("an exit", phase, phase.accepts_orders())?,
            LegTerms::SellInAuction => {
                let in_auction = phase.accepts_exits() && !phase.is_continuous();
                in_phase("an auction exit", phase, in_auction)?;
            }
            // A broker keeps these, and takes them at any hour.
            LegTerms::Stop(_) | LegTerms::Target(_) => {}
        }
        match leg.terms.price() {
            Some(price) => self.of_today(price, now),
            None => Ok(()),
        }
    }

    /// Where the order stands at first, and for how many shares.
    fn begin(
        &self,
        leg: &LegOrder,
        together: &[LegOrder],
    ) -> Result<(Standing, Shares), OrderRefusal> {
        let entry_id = leg.id.sibling(Leg::Entry);
        let is_exit_of_family = matches!(leg.terms, LegTerms::Stop(_) | LegTerms::Target(_));
        let Some(entry) = self.orders.get(&entry_id) else {
            let waits = is_exit_of_family && together.iter().any(|other| other.id == entry_id);
            let standing = if waits {
                Standing::Held
            } else {
                Standing::Working
            };
            return Ok((standing, leg.shares));
        };
        if !is_exit_of_family {
            return Ok((Standing::Working, leg.shares));
        }
        if entry.filled.is_zero() {
            return if entry.standing.is_alive() {
                Ok((Standing::Held, leg.shares))
            } else {
                Err(OrderRefusal::EntryEnded { id: entry_id })
            };
        }
        let sold = self.twin(leg).map_or(Shares::ZERO, |twin| twin.filled);
        let bought = entry.filled.minus(sold).unwrap_or(Shares::ZERO);
        Ok((Standing::Working, leg.shares.at_most(bought)))
    }

    /// Cash for a purchase, shares for a sale.
    fn coverable(
        &self,
        leg: &LegOrder,
        standing: Standing,
        shares: Shares,
        earlier: &[LegOrder],
    ) -> Result<(), OrderRefusal> {
        if let LegTerms::Buy(limit) = leg.terms {
            let Some(instrument) = self.instrument(leg.symbol) else {
                return Ok(());
            };
            return self.affordable(instrument, shares, limit.price());
        }
        let twin = leg.id.sibling(twin_of(leg.id.leg()));
        let counted_with_twin = earlier.iter().any(|other| other.id == twin);
        if standing == Standing::Held || counted_with_twin {
            return Ok(());
        }
        self.sellable(leg, shares)
    }

    /// Nothing is sold that is not held, and nothing twice. Stop and target of a family count once,
    /// since one cancels the other.
    pub(super) fn sellable(&self, leg: &LegOrder, shares: Shares) -> Result<(), OrderRefusal> {
        let covered = self.twin(leg).map_or(Shares::ZERO, Order::remaining);
        let Some(beyond) = shares.minus(covered).filter(|beyond| !beyond.is_zero()) else {
            return Ok(());
        };
        let free = self.free_to_sell(leg.symbol);
        if beyond > free {
            return Err(OrderRefusal::Short {
                symbol: leg.symbol,
                shares,
                free,
            });
        }
        Ok(())
    }

    /// The other exit of the family while it works or has sold.
    fn twin(&self, leg: &LegOrder) -> Option<&Order> {
        let twin = self.orders.get(&leg.id.sibling(twin_of(leg.id.leg())));
        twin.filter(|order| order.id != leg.id && order.standing != Standing::Held)
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
}

/// The leg that sells the same shares; an entry or exit outside a family has only itself.
const fn twin_of(leg: Leg) -> Leg {
    match leg {
        Leg::Stop => Leg::Target,
        Leg::Target => Leg::Stop,
        Leg::Entry | Leg::Exit => leg,
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
