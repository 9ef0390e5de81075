//! Marks: the prices of what is held, and what a day has gained at them.

use std::collections::BTreeMap;

use catalyst_domain::account::{DayError, OpeningPosition, day_result};
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::DayJournal;
use tracing::warn;

use crate::running::Running;

/// Last prices, the same or the bid where that is higher, and previous closes, where there are any.
pub(crate) type Marks = (
    BTreeMap<Symbol, Price>,
    BTreeMap<Symbol, Price>,
    BTreeMap<Symbol, Price>,
);

/// A market that does not answer leaves no marks: the day then has no figure and no entry passes,
/// but stops can still be placed and positions left.
pub(crate) async fn marks_of(run: &Running<'_>, symbols: &[Symbol]) -> Marks {
    let snapshots = if symbols.is_empty() {
        Vec::new()
    } else {
        match run.ports.market.snapshots(symbols).await {
            Ok(snapshots) => snapshots,
            Err(error) => {
                warn!(cycle.id = %run.id, %error, "no prices for what is held");
                Vec::new()
            }
        }
    };
    let (mut last, mut by_bid, mut previous) = Marks::default();
    for (symbol, answer) in snapshots {
        match answer {
            Ok(snapshot) => {
                let quote = snapshot.quote;
                last.insert(symbol, quote.last);
                by_bid.insert(symbol, quote.last.max(quote.bid));
                previous.extend(snapshot.previous_close.map(|close| (symbol, close)));
            }
            Err(error) => warn!(cycle.id = %run.id, %symbol, %error, "no price for what is held"),
        }
    }
    (last, by_bid, previous)
}

/// What `day` has gained after fees, at these prices of now and closes of the day before.
pub(crate) fn day_gain(
    currency: Currency,
    day: &DayJournal,
    marks: &BTreeMap<Symbol, Price>,
    previous: &BTreeMap<Symbol, Price>,
) -> Result<Money, DayError> {
    let opening: Vec<OpeningPosition> = day
        .opening
        .positions()
        .map(|position| {
            let mark = previous.get(&position.symbol).copied();
            let unmarked = DayError::Unmarked {
                symbol: position.symbol,
                shares: position.shares,
            };
            let mark = mark.ok_or(unmarked)?;
            Ok(OpeningPosition {
                symbol: position.symbol,
                shares: position.shares,
                mark,
            })
        })
        .collect::<Result<_, DayError>>()?;
    let result = day_result(currency, &opening, &day.fills, marks)?;
    Ok(result.net()?)
}
