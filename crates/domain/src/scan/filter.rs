//! Hard filters: the owner's bounds on what is worth a look, each named in the result.

use rust_decimal::Decimal;

use super::{Figures, Weights};
use crate::instrument::Instrument;
use crate::money::{Currency, Money, MoneyError};
use crate::price::Price;
use crate::ratio::BasisPoints;
use crate::tick::TickGrid;

/// Which way a name has to have moved since yesterday's close.
///
/// Shown at [`ScanLimits::usual`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Up.
    Rising,
    /// Any, also not at all.
    Any,
}

/// The owner's bounds and weights of a scan. A bound that is `None` filters nothing.
///
/// Shown at [`ScanLimits::usual`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanLimits {
    /// Lowest last price.
    pub min_price: Option<Price>,
    /// Highest last price.
    pub max_price: Option<Price>,
    /// Least value traded so far today; it is not scaled by the time of day.
    pub min_turnover: Money,
    /// Widest spread in ticks.
    pub max_spread_ticks: Option<u32>,
    /// Widest spread as a part of the bid.
    pub max_spread: Option<BasisPoints>,
    /// Largest part of the equity that one board lot may be worth.
    pub max_lot_share: Option<BasisPoints>,
    /// Which way a name has to have moved.
    pub direction: Direction,
    /// How the rest is ordered.
    pub weights: Weights,
}

/// Why a name that can be believed is not worth a look. The first that takes a name is named.
///
/// Shown at [`sift`](super::sift).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Filter {
    /// No board lot or no tick is known for the name today, so it cannot be traded.
    NoLot,
    /// The last price is outside `min_price` to `max_price`.
    Price,
    /// It has not risen since the previous close.
    NotRising,
    /// Less than `min_turnover` has been traded.
    Turnover,
    /// The spread is wider than `max_spread_ticks` or `max_spread_pct`.
    Spread,
    /// One board lot is worth more than `max_lot_value_pct` of the equity.
    LotValue,
}

impl Filter {
    /// Every one, in the order in which they are tried.
    pub const ALL: [Self; 6] = [
        Self::NoLot,
        Self::Price,
        Self::NotRising,
        Self::Turnover,
        Self::Spread,
        Self::LotValue,
    ];

    /// The stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoLot => "no_lot",
            Self::Price => "price",
            Self::NotRising => "not_rising",
            Self::Turnover => "turnover",
            Self::Spread => "spread",
            Self::LotValue => "lot_value",
        }
    }
}

/// A name as it is listed on the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listing<'a> {
    pub(super) instrument: Instrument,
    pub(super) grid: TickGrid<'a>,
}

impl ScanLimits {
    /// What a day trader in Hong Kong usually looks at: from HKD 0.5, two million traded, a spread of
    /// ten ticks and one per cent at most, a lot of a fifth of the equity at most, rising.
    ///
    /// ```
    /// use catalyst_domain::money::Currency;
    /// use catalyst_domain::scan::{Direction, ScanLimits};
    /// let limits = ScanLimits::usual(Currency::Hkd)?;
    /// assert_eq!(limits.min_turnover.amount(), 2_000_000.into());
    /// assert_eq!(limits.direction, Direction::Rising);
    /// # Ok::<(), catalyst_domain::money::MoneyError>(())
    /// ```
    pub fn usual(currency: Currency) -> Result<Self, MoneyError> {
        Ok(Self {
            min_price: Price::new(Decimal::new(5, 1)).ok(),
            max_price: None,
            min_turnover: Money::new(Decimal::from(2_000_000), currency)?,
            max_spread_ticks: Some(10),
            max_spread: Some(BasisPoints::new(100)),
            max_lot_share: Some(BasisPoints::new(2_000)),
            direction: Direction::Rising,
            weights: Weights::USUAL,
        })
    }

    /// The first bound that keeps the name out; `None` when it is worth a look.
    pub(super) fn filter(&self, found: &Figures, equity: Money) -> Option<Filter> {
        let quote = found.snapshot.quote;
        let too_low = self.min_price.is_some_and(|least| quote.last < least);
        let too_high = self.max_price.is_some_and(|most| quote.last > most);
        if too_low || too_high {
            return Some(Filter::Price);
        }
        if self.direction == Direction::Rising && found.change_pct <= Decimal::ZERO {
            return Some(Filter::NotRising);
        }
        let least = self.min_turnover.amount();
        if found.turnover.is_none_or(|value| value.amount() < least) {
            return Some(Filter::Turnover);
        }
        let ticks = self.max_spread_ticks;
        let share = self.max_spread.map(BasisPoints::to_fraction);
        let spread = quote.bid.distance(quote.ask);
        if ticks.is_some_and(|most| found.spread_ticks > most)
            || share.is_some_and(|most| spread > quote.bid.value() * most)
        {
            return Some(Filter::Spread);
        }
        let affordable = |share: BasisPoints| fits(found.lot_value, share, equity);
        (!self.max_lot_share.is_none_or(affordable)).then_some(Filter::LotValue)
    }
}

/// Whether a lot is within a share of the equity; in another currency it cannot be shown to be.
fn fits(lot: Money, share: BasisPoints, equity: Money) -> bool {
    lot.currency() == equity.currency()
        && share
            .of(equity)
            .is_ok_and(|most| lot.amount() <= most.amount())
}
