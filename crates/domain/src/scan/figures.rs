//! Figures: what a believed snapshot says about a name, in the units a trader thinks in.

use rust_decimal::Decimal;

use crate::market::Snapshot;
use crate::money::Money;
use crate::price::Price;
use crate::symbol::Symbol;

use super::filter::Listing;

/// One name with its figures; percentages are of one hundred, and what is not known is `None`.
///
/// Shown at [`sift`](super::sift).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Which name.
    pub symbol: Symbol,
    /// The book and the day they come from.
    pub snapshot: Snapshot,
    /// Change from the previous close in per cent.
    pub change_pct: Decimal,
    /// Open against the previous close in per cent.
    pub gap_pct: Option<Decimal>,
    /// How far the last price is below the day's high, in per cent of the high.
    pub below_high_pct: Option<Decimal>,
    /// Value traded today at the last price; `None` when the volume is withheld.
    pub turnover: Option<Money>,
    /// Ask less bid, in ticks.
    pub spread_ticks: u32,
    /// Value of one board lot at the last price.
    pub lot_value: Money,
    /// Volume so far against the usual volume by this time of day, once it is measured.
    pub relative_volume: Option<Decimal>,
    /// Whether the last price is above the session's volume-weighted average, once it is known.
    pub above_vwap: Option<bool>,
}

impl Figures {
    /// The figures of a name whose previous close and tick are known; `None` otherwise.
    pub(super) fn of(shown: &Snapshot, listing: &Listing<'_>) -> Option<Self> {
        let quote = shown.quote;
        let close = shown.previous_close?;
        let currency = listing.instrument.currency;
        let fallen = |high: Price| percent(high, quote.last).map(|change| -change);
        Some(Self {
            symbol: quote.symbol,
            snapshot: *shown,
            change_pct: percent(close, quote.last)?,
            gap_pct: shown.open.and_then(|open| percent(close, open)),
            below_high_pct: shown.high.and_then(fallen),
            turnover: Some(quote.last.times(quote.day_volume, currency)),
            spread_ticks: listing.grid.steps_between(quote.bid, quote.ask)?,
            lot_value: quote
                .last
                .times(listing.instrument.lot_size.as_shares(), currency),
            relative_volume: None,
            above_vwap: None,
        })
    }
}

fn percent(from: Price, to: Price) -> Option<Decimal> {
    let change = (to.value() - from.value()).checked_div(from.value())?;
    change.checked_mul(Decimal::ONE_HUNDRED)
}
