//! Look: where the account stands at one moment, for somebody who only looks. What could not be found
//! out is absent, and never nothing.

mod held;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::OrderTicket;
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::account::AccountSnapshot;
use catalyst_ports::journal::DayJournal;
use tracing::warn;

use crate::marks::day_gain;
use crate::observe::{entries_sent, is_of_position};
use crate::{CycleError, Ports};
pub use held::{Exposure, HeldLook, Protection};

/// What is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// What the broker says is there.
    pub account: AccountSnapshot,
    /// Orders at work.
    pub working: Vec<OrderTicket>,
    /// What the journal knows of the day.
    pub day: Arc<DayJournal>,
    /// Each position, by symbol.
    pub held: Vec<HeldLook>,
    /// The day's gain after fees; `None` while a price is missing or journal and broker differ in shares.
    pub pnl: Option<Money>,
    /// Entries of the day that were sent and taken.
    pub entries: u32,
    /// How much of the limits on size is used.
    pub exposure: Exposure,
}

/// Looks at account, orders, journal and prices on the exchange day `date`. A market that does not answer
/// leaves prices absent; anything else that does not is the error.
pub async fn look(
    ports: &Ports,
    currency: Currency,
    date: TradingDate,
) -> Result<Look, CycleError> {
    let day = ports.journal.day(date).await?;
    let account = ports.account.snapshot().await?;
    let working = ports.gateway.working().await?;
    let prices = prices_of(ports, &account, &day).await;
    Ok(seen(currency, date, (account, working, day), &prices))
}

/// Prices of now, and closes of the day before.
#[derive(Debug, Default)]
struct Prices {
    marks: BTreeMap<Symbol, Price>,
    previous: BTreeMap<Symbol, Price>,
}

async fn prices_of(ports: &Ports, account: &AccountSnapshot, day: &DayJournal) -> Prices {
    let opening = day.opening.positions().map(|position| position.symbol);
    let held = account.positions.iter().map(|position| position.symbol);
    let mut symbols: Vec<Symbol> = held.chain(opening).collect();
    symbols.sort_unstable();
    symbols.dedup();
    let mut prices = Prices::default();
    if symbols.is_empty() {
        return prices;
    }
    let answers = match ports.market.snapshots(&symbols).await {
        Ok(answers) => answers,
        Err(error) => {
            warn!(%error, "no prices for what is held");
            return prices;
        }
    };
    for (symbol, answer) in answers {
        match answer {
            Ok(shown) => {
                prices.marks.insert(symbol, shown.quote.last);
                let close = shown.previous_close.map(|close| (symbol, close));
                prices.previous.extend(close);
            }
            Err(error) => warn!(%symbol, %error, "no price for what is held"),
        }
    }
    prices
}

fn seen(
    currency: Currency,
    date: TradingDate,
    (account, working, day): (AccountSnapshot, Vec<OrderTicket>, Arc<DayJournal>),
    prices: &Prices,
) -> Look {
    let held = account.positions.iter();
    let held = held.map(|position| HeldLook::of(*position, &day, &working, &prices.marks));
    let pnl = if day.findings_open().any(is_of_position) {
        None
    } else {
        match day_gain(currency, &day, &prices.marks, &prices.previous) {
            Ok(gain) => Some(gain),
            Err(error) => {
                warn!(%error, "the day has no figure");
                None
            }
        }
    };
    Look {
        held: held.collect(),
        pnl,
        entries: entries_sent(&day, date, None),
        exposure: Exposure::of(&account, &working, &prices.marks),
        account,
        working,
        day,
    }
}
