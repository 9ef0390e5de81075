//! What is held, what protects it, and how much of the account it is.

use std::collections::BTreeMap;

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{Leg, OrderTicket};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{guarded_shares, is_being_left};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::account::{AccountSnapshot, BrokerPosition};
use catalyst_ports::journal::DayJournal;
use rust_decimal::Decimal;

/// Whether a position may fall without being sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Working stops cover exactly what is held.
    Protected,
    /// It is being sold, and has no stop beside that on purpose.
    Leaving,
    /// Neither.
    Unprotected,
}

impl Protection {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Protected => "protected",
            Self::Leaving => "leaving",
            Self::Unprotected => "unprotected",
        }
    }
}

/// One position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLook {
    /// What.
    pub symbol: Symbol,
    /// How many shares, by the broker.
    pub shares: Shares,
    /// Cost per share before fees; `None` where the journal does not know the position.
    pub average: Option<Decimal>,
    /// The last price; `None` when the market has none.
    pub mark: Option<Price>,
    /// Value less cost, fees of the purchase included; `None` without either, or where journal and
    /// broker differ in shares.
    pub unrealised: Option<Money>,
    /// The same in percent of the cost, to two decimals.
    pub unrealised_pct: Option<Decimal>,
    /// Shares under a working stop.
    pub guarded: Shares,
    /// What that means.
    pub protection: Protection,
}

impl HeldLook {
    pub(super) fn of(
        position: BrokerPosition,
        day: &DayJournal,
        working: &[OrderTicket],
        marks: &BTreeMap<Symbol, Price>,
    ) -> Self {
        let BrokerPosition { symbol, shares } = position;
        let known = day.holdings.position(symbol);
        let mark = marks.get(&symbol).copied();
        let same = known.filter(|known| known.shares == shares);
        let unrealised = same
            .zip(mark)
            .and_then(|(known, mark)| known.unrealised_at(mark).ok());
        let guarded = guarded_shares(symbol, working);
        Self {
            symbol,
            shares,
            average: known.map(|known| known.average_price().round_dp(6).normalize()),
            mark,
            unrealised,
            unrealised_pct: same
                .zip(unrealised)
                .and_then(|(known, gain)| percent(gain, known.cost)),
            guarded,
            protection: if guarded == shares {
                Protection::Protected
            } else if is_being_left(symbol, shares, working) {
                Protection::Leaving
            } else {
                Protection::Unprotected
            },
        }
    }
}

/// How much of the limits on size is used, with purchases at work at their limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposure {
    /// Names that are held or being bought.
    pub names: u32,
    /// The largest of them in percent of equity, to two decimals; `None` when there is none, or no figure.
    pub largest: Option<(Symbol, Decimal)>,
    /// The value of all of them; `None` while a price is missing.
    pub gross: Option<Money>,
}

impl Exposure {
    pub(super) fn of(
        account: &AccountSnapshot,
        working: &[OrderTicket],
        marks: &BTreeMap<Symbol, Price>,
    ) -> Self {
        let currency = account.equity.currency();
        let mut values: BTreeMap<Symbol, Option<Money>> = BTreeMap::new();
        let held = account.positions.iter();
        let held = held.map(|one| (one.symbol, one.shares, marks.get(&one.symbol).copied()));
        let buying = working.iter().filter(|order| order.id.leg() == Leg::Entry);
        let buying = buying.map(|order| (order.symbol, order.remaining(), order.price));
        for (symbol, shares, price) in held.chain(buying) {
            let sum = values.entry(symbol).or_insert(Some(Money::zero(currency)));
            *sum = sum
                .zip(price)
                .and_then(|(sum, price)| sum.plus(price.times(shares, currency)).ok());
        }
        let names = u32::try_from(values.len()).unwrap_or(u32::MAX);
        let known: Option<Vec<(Symbol, Money)>> = values
            .into_iter()
            .map(|(symbol, value)| value.map(|value| (symbol, value)))
            .collect();
        Self {
            names,
            largest: known
                .as_deref()
                .and_then(|all| largest(all, account.equity)),
            gross: known.and_then(|all| total(&all, currency)),
        }
    }
}

fn total(values: &[(Symbol, Money)], currency: Currency) -> Option<Money> {
    Money::sum(currency, values.iter().map(|(_, value)| *value)).ok()
}

fn largest(values: &[(Symbol, Money)], equity: Money) -> Option<(Symbol, Decimal)> {
    let (symbol, value) = values.iter().max_by_key(|(_, value)| value.amount())?;
    Some((*symbol, percent(*value, equity)?))
}

/// `part` in percent of a `whole` above zero, to two decimals.
fn percent(part: Money, whole: Money) -> Option<Decimal> {
    if whole.amount() <= Decimal::ZERO {
        return None;
    }
    let hundredfold = part.amount().checked_mul(Decimal::from(100))?;
    let share = hundredfold.checked_div(whole.amount())?;
    Some(share.round_dp(2).normalize())
}
