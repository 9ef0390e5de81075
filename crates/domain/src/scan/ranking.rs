//! Ranking: which of the names worth a look come first.

use rust_decimal::Decimal;

use super::Figures;

/// What counts for how much; each 0 to 10.
///
/// `score = (change·C + gap·G + V·[above VWAP] − below high·H) × (1 + R·(relative volume − 1))`, with
/// percentages as they are read (2.5 is 2.5 %); a figure that is not known counts nothing.
///
/// Shown at [`sift`](super::sift).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// C, of the change from the previous close.
    pub change: Decimal,
    /// G, of the gap between the previous close and the open.
    pub gap: Decimal,
    /// R, of relative volume.
    pub relative_volume: Decimal,
    /// H, of the distance below the day's high.
    pub below_high: Decimal,
    /// V, of a last price above the session's average, counted like so many per cent of change.
    pub above_vwap: Decimal,
}

impl Weights {
    /// Change times relative volume: a large move on small volume and a small move on large volume
    /// both rank below a large move on large volume.
    pub const USUAL: Self = Self {
        change: Decimal::ONE,
        gap: Decimal::ZERO,
        relative_volume: Decimal::ONE,
        below_high: Decimal::ZERO,
        above_vwap: Decimal::ZERO,
    };

    /// What the name is worth by these weights; without unit, larger is better.
    fn score(&self, found: &Figures) -> Decimal {
        let known = |figure: Option<Decimal>, weight: Decimal| {
            figure.unwrap_or(Decimal::ZERO).saturating_mul(weight)
        };
        let above = match found.above_vwap {
            Some(true) => self.above_vwap,
            Some(false) | None => Decimal::ZERO,
        };
        let unusual = found.relative_volume.unwrap_or(Decimal::ONE) - Decimal::ONE;
        let factor = Decimal::ONE.saturating_add(self.relative_volume.saturating_mul(unusual));
        known(Some(found.change_pct), self.change)
            .saturating_add(known(found.gap_pct, self.gap))
            .saturating_add(above)
            .saturating_sub(known(found.below_high_pct, self.below_high))
            .saturating_mul(factor)
    }
}

/// Orders names by their score, best first; ties by symbol, so that the order is one.
///
/// ```
/// use catalyst_domain::market::{Feed, Quote, Snapshot};
/// use catalyst_domain::money::{Currency, Money};
/// use catalyst_domain::quantity::Shares;
/// use catalyst_domain::scan::{Figures, Weights, best_first};
/// let quote = Quote {
///     symbol: "700".parse()?,
///     last: "510".parse()?,
///     bid: "509.5".parse()?,
///     ask: "510".parse()?,
///     day_volume: Shares::ZERO,
///     at: "2026-11-23T02:00:00Z".parse()?,
///     feed: Feed::Live,
/// };
/// let slow = Figures {
///     symbol: quote.symbol,
///     snapshot: Snapshot { quote, open: None, high: None, low: None, previous_close: None },
///     change_pct: 2.into(),
///     gap_pct: None,
///     below_high_pct: None,
///     turnover: None,
///     spread_ticks: 1,
///     lot_value: Money::parse("51000", Currency::Hkd)?,
///     relative_volume: Some(1.into()),
///     above_vwap: None,
/// };
/// let symbol = "9988".parse()?;
/// let busy = Figures { symbol, relative_volume: Some(3.into()), ..slow.clone() };
/// let mut found = [slow, busy];
/// best_first(&mut found, &Weights::USUAL);
/// assert_eq!(found[0].symbol, symbol);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn best_first(found: &mut [Figures], weights: &Weights) {
    found.sort_by_cached_key(|figures| (std::cmp::Reverse(weights.score(figures)), figures.symbol));
}
