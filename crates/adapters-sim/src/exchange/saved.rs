//! The exchange as text that survives the process: account, orders, fills, time. Rules and settings
//! are not part of it; they are given again.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyst_domain::market::{Bar, Ohlc};
use catalyst_domain::money::{Currency, Money, MoneyError};
use catalyst_domain::order::{ClientOrderId, ExecutionId, Fill};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use super::book::Exchange;
use super::order::Order;
use crate::config::SimConfig;
use catalyst_domain::rulebook::Rulebook;

/// The layout this program writes and reads.
const VERSION: u32 = 1;

/// Everything an exchange needs to go on where it stopped. Decimals are written as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedExchange {
    version: u32,
    currency: String,
    cash: Decimal,
    #[serde(serialize_with = "moment")]
    lived_until: DateTime<Utc>,
    holdings: Vec<SavedHolding>,
    orders: Vec<Order>,
    /// Living orders in the order they came.
    alive: Vec<ClientOrderId>,
    fills: Vec<SavedFill>,
    last_bars: Vec<SavedBar>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SavedHolding {
    symbol: Symbol,
    shares: Shares,
    mark: Price,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SavedFill {
    execution: String,
    order: ClientOrderId,
    symbol: Symbol,
    side: Side,
    shares: Shares,
    price: Price,
    fees: Decimal,
    #[serde(serialize_with = "moment")]
    at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SavedBar {
    symbol: Symbol,
    #[serde(serialize_with = "moment")]
    start: DateTime<Utc>,
    open: Price,
    high: Price,
    low: Price,
    close: Price,
    volume: Shares,
}

/// A moment as it writes itself, in one piece: an account is written at every order, and its own way goes letter
/// by letter through the writer of the document.
pub(super) fn moment<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// Why a saved exchange cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SavedError {
    /// Written by a program with another layout.
    #[error("the saved account has version {found}, this program reads {VERSION}")]
    Version {
        /// The version in the file.
        found: u32,
    },
    /// Saved in another currency than the settings name.
    #[error("the saved account is in {found}, the settings name {expected}")]
    OtherCurrency {
        /// The currency in the file.
        found: Currency,
        /// The currency of the settings.
        expected: Currency,
    },
    /// An order is listed as alive and is not there, or a bar contradicts itself.
    #[error("the saved account contradicts itself at {found}")]
    Broken {
        /// Where.
        found: String,
    },
    /// An amount or currency does not read.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl SavedExchange {
    /// The latest moment the account has lived; it goes on from there.
    pub const fn lived_until(&self) -> DateTime<Utc> {
        self.lived_until
    }
}

impl Exchange {
    /// What has to be kept for [`Self::restore`].
    pub fn save(&self) -> SavedExchange {
        let holdings = self.shares.iter().filter_map(|(symbol, shares)| {
            let mark = self.mark(*symbol)?;
            Some(SavedHolding {
                symbol: *symbol,
                shares: *shares,
                mark,
            })
        });
        SavedExchange {
            version: VERSION,
            currency: self.cash.currency().code().to_owned(),
            cash: self.cash.amount(),
            lived_until: self.lived_until,
            holdings: holdings.collect(),
            orders: self.orders.values().cloned().collect(),
            alive: self.alive.values().flatten().copied().collect(),
            fills: self.fills.iter().map(saved_fill).collect(),
            last_bars: self.last_bars.iter().map(saved_bar).collect(),
        }
    }

    /// The exchange that was saved, under `rules` and `config`; the cash of `config` is not used.
    pub fn restore(
        saved: SavedExchange,
        rules: Arc<Rulebook>,
        config: SimConfig,
    ) -> Result<Self, SavedError> {
        if saved.version != VERSION {
            return Err(SavedError::Version {
                found: saved.version,
            });
        }
        let found: Currency = saved.currency.parse()?;
        let expected = config.cash.currency();
        if found != expected {
            return Err(SavedError::OtherCurrency { found, expected });
        }
        let mut exchange = Self::new(rules, config, saved.lived_until);
        exchange.cash = Money::new(saved.cash, found)?;
        for holding in saved.holdings {
            exchange.shares.insert(holding.symbol, holding.shares);
            exchange.marks.insert(holding.symbol, holding.mark);
        }
        for order in saved.orders {
            exchange.orders.insert(order.id, order);
        }
        for id in saved.alive {
            let order = exchange.orders.get(&id).ok_or_else(|| SavedError::Broken {
                found: id.to_string(),
            })?;
            exchange.alive.entry(order.symbol).or_default().push(id);
        }
        for fill in saved.fills {
            exchange.fills.push(fill_of(fill, found)?);
        }
        let bars = saved.last_bars.iter().map(bar_of);
        exchange.last_bars = bars.collect::<Result<BTreeMap<_, _>, _>>()?;
        Ok(exchange)
    }
}

fn saved_fill(fill: &Fill) -> SavedFill {
    SavedFill {
        execution: fill.execution.as_str().to_owned(),
        order: fill.order,
        symbol: fill.symbol,
        side: fill.side,
        shares: fill.shares,
        price: fill.price,
        fees: fill.fees.amount(),
        at: fill.at,
    }
}

fn fill_of(saved: SavedFill, currency: Currency) -> Result<Fill, SavedError> {
    Ok(Fill {
        execution: ExecutionId::new(saved.execution),
        order: saved.order,
        symbol: saved.symbol,
        side: saved.side,
        shares: saved.shares,
        price: saved.price,
        fees: Money::new(saved.fees, currency)?,
        at: saved.at,
    })
}

fn saved_bar((symbol, bar): (&Symbol, &Bar)) -> SavedBar {
    SavedBar {
        symbol: *symbol,
        start: bar.start(),
        open: bar.open(),
        high: bar.high(),
        low: bar.low(),
        close: bar.close(),
        volume: bar.volume(),
    }
}

fn bar_of(saved: &SavedBar) -> Result<(Symbol, Bar), SavedError> {
    let prices = Ohlc {
        open: saved.open,
        high: saved.high,
        low: saved.low,
        close: saved.close,
    };
    let bar = Bar::new(saved.start, prices, saved.volume);
    bar.map(|bar| (saved.symbol, bar))
        .map_err(|error| SavedError::Broken {
            found: error.to_string(),
        })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::moment;

    #[test]
    fn a_moment_is_written_as_it_writes_itself() {
        for at in [
            "2026-09-18T02:00:00Z",
            "2026-09-18T02:00:00.5Z",
            "2026-09-18T02:00:59.000000001Z",
        ] {
            let at: DateTime<Utc> = at.parse().unwrap();
            let written = moment(&at, serde_json::value::Serializer).unwrap();
            assert_eq!(written, serde_json::to_value(at).unwrap());
        }
    }
}
