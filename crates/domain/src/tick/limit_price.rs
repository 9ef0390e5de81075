//! Limit price: a price that lies on the tick grid of a trade date. An average cost is never one.

use std::fmt;

use rust_decimal::Decimal;

use crate::calendar::TradingDate;
use crate::price::Price;

/// A price an order may carry on one date. Made by a [`super::TickGrid`] only.
///
/// Prints to the tick of its band, with two places at least.
///
/// ```
/// use catalyst_domain::instrument::InstrumentKind;
/// use catalyst_domain::tick::TickTable;
/// let ticks = TickTable::hkex()?;
/// let grid = ticks.on("2026-08-03".parse()?, InstrumentKind::Equity)?;
/// assert_eq!(grid.exact("9.985".parse()?)?.to_string(), "9.985");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LimitPrice {
    price: Price,
    date: TradingDate,
    places: u8,
}

const PLACES_MIN: u8 = 2;

impl LimitPrice {
    /// A price that a grid of `date` has found legal; its tick has `tick_places`.
    pub(super) fn of_grid(price: Price, date: TradingDate, tick_places: u32) -> Self {
        Self {
            price,
            date,
            places: u8::try_from(tick_places).map_or(PLACES_MIN, |places| places.max(PLACES_MIN)),
        }
    }

    /// The price per share.
    pub const fn price(self) -> Price {
        self.price
    }

    /// The bare number.
    pub fn value(self) -> Decimal {
        self.price.value()
    }

    /// The trade date whose grid it lies on; on another date it has to be asked for again.
    pub const fn date(self) -> TradingDate {
        self.date
    }
}

impl fmt::Display for LimitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}", usize::from(self.places), self.price.value())
    }
}
