//! Round trips: purchases and the sales that ended them, as a report shows trades.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::money::{Currency, Money, MoneyError};
use crate::order::{ClientOrderId, Fill};
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// A position from its first share to its last.
///
/// Shown at [`round_trips`](round_trips()).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundTrip {
    /// What was traded.
    pub symbol: Symbol,
    /// Shares bought in all.
    pub shares: Shares,
    /// Average price paid.
    pub entry: Decimal,
    /// Average price got.
    pub exit: Decimal,
    /// Proceeds less cost, before fees.
    pub gross: Money,
    /// Fees of both sides.
    pub fees: Money,
    /// The order that opened it.
    pub opened_by: ClientOrderId,
    /// The order that closed it.
    pub closed_by: ClientOrderId,
    /// When the first share was bought.
    pub opened_at: DateTime<Utc>,
    /// When the last share was sold.
    pub closed_at: DateTime<Utc>,
}

#[derive(Debug)]
struct Running {
    first: Fill,
    bought: Shares,
    sold: Shares,
    paid: Money,
    got: Money,
    fees: Money,
}

/// The round trips that `fills`, in the order they happened, complete; what is still open is left out.
///
/// ```
/// use catalyst_domain::account::round_trips;
/// use catalyst_domain::money::{Currency, Money};
/// use catalyst_domain::order::{ExecutionId, Fill};
/// use catalyst_domain::{quantity::Shares, side::Side};
/// let buy = Fill {
///     execution: ExecutionId::new("0001"),
///     order: "20260914-1000.1-01e".parse()?,
///     symbol: "700".parse()?,
///     side: Side::Buy,
///     shares: Shares::new(200)?,
///     price: "500".parse()?,
///     fees: Money::parse("50", Currency::Hkd)?,
///     at: "2026-09-14T02:00:00Z".parse()?,
/// };
/// let sale = Fill { side: Side::Sell, price: "510".parse()?, ..buy.clone() };
/// let trips = round_trips(Currency::Hkd, &[buy.clone(), sale])?;
/// assert_eq!(trips[0].gross.to_string(), "2000.00 HKD");
/// assert_eq!(trips[0].fees.to_string(), "100.00 HKD");
/// assert_eq!(round_trips(Currency::Hkd, &[buy])?, []);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn round_trips(currency: Currency, fills: &[Fill]) -> Result<Vec<RoundTrip>, MoneyError> {
    let mut running: BTreeMap<Symbol, Running> = BTreeMap::new();
    let mut done = Vec::new();
    for fill in fills {
        let trade = running
            .entry(fill.symbol)
            .or_insert_with(|| Running::begin(fill, currency));
        trade.take(fill)?;
        if trade.bought == trade.sold {
            done.push(trade.finish(fill)?);
            running.remove(&fill.symbol);
        }
    }
    Ok(done)
}

impl Running {
    fn begin(fill: &Fill, currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            first: fill.clone(),
            bought: Shares::ZERO,
            sold: Shares::ZERO,
            paid: zero,
            got: zero,
            fees: zero,
        }
    }

    fn take(&mut self, fill: &Fill) -> Result<(), MoneyError> {
        match fill.side {
            Side::Buy => {
                self.bought = self.bought.plus(fill.shares);
                self.paid = self.paid.plus(fill.gross())?;
            }
            Side::Sell => {
                self.sold = self.sold.plus(fill.shares);
                self.got = self.got.plus(fill.gross())?;
            }
        }
        self.fees = self.fees.plus(fill.fees)?;
        Ok(())
    }

    fn finish(&self, last: &Fill) -> Result<RoundTrip, MoneyError> {
        Ok(RoundTrip {
            symbol: last.symbol,
            shares: self.bought,
            entry: per_share(self.paid, self.bought),
            exit: per_share(self.got, self.sold),
            gross: self.got.minus(self.paid)?,
            fees: self.fees,
            opened_by: self.first.order,
            closed_by: last.order,
            opened_at: self.first.at,
            closed_at: last.at,
        })
    }
}

fn per_share(total: Money, shares: Shares) -> Decimal {
    total
        .amount()
        .checked_div(Decimal::from(shares.count()))
        .unwrap_or(Decimal::ZERO)
        .normalize()
}
