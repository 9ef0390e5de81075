//! Tick grid: the legal prices of one kind of instrument on one date, and the steps between them.

use rust_decimal::Decimal;
use thiserror::Error;

use super::band::{Band, Bands};
use super::limit_price::LimitPrice;
use super::units::{Units, decimal_of, places_of, price_of};
use crate::calendar::TradingDate;
use crate::price::Price;

/// Why a price cannot be a limit price.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TickError {
    /// Between two legal prices.
    #[error("price {found} is off the tick of {tick}, allowed next to it are {below} and {above}")]
    OffGrid {
        /// The price as given.
        found: Price,
        /// The tick of its band.
        tick: Decimal,
        /// The next legal price below.
        below: Price,
        /// The next legal price above.
        above: Price,
    },
    /// Outside the prices that have a tick.
    #[error("price {found} is outside the tick table, allowed are {lowest} to {highest}")]
    OutOfRange {
        /// The price as given.
        found: Price,
        /// The lowest price an order may carry.
        lowest: Price,
        /// The highest price an order may carry.
        highest: Price,
    },
}

/// The legal prices of one kind of instrument on one trade date.
///
/// The edge between two bands is legal in both: up from it goes by the tick of the band above, down
/// from it by the tick of the band below. The market's table says which of the two holds it.
///
/// ```
/// use catalyst_domain::instrument::InstrumentKind;
/// use catalyst_domain::tick::TickTable;
/// let ticks = TickTable::hkex()?;
/// let grid = ticks.on("2026-08-03".parse()?, InstrumentKind::Equity)?;
/// let edge = grid.exact("10".parse()?)?;
/// assert_eq!(grid.up(edge).map(|p| p.to_string()).as_deref(), Some("10.01"));
/// assert_eq!(grid.down(edge).map(|p| p.to_string()).as_deref(), Some("9.995"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TickGrid<'a> {
    bands: &'a Bands,
    date: TradingDate,
}

impl<'a> TickGrid<'a> {
    pub(super) const fn new(bands: &'a Bands, date: TradingDate) -> Self {
        Self { bands, date }
    }

    /// The trade date of the grid.
    pub const fn date(self) -> TradingDate {
        self.date
    }

    /// True when both dates have the same legal prices.
    ///
    /// ```
    /// use catalyst_domain::instrument::InstrumentKind;
    /// use catalyst_domain::tick::TickTable;
    /// let ticks = TickTable::hkex()?;
    /// let on = |date: &str| Ok::<_, Box<dyn std::error::Error>>(
    ///     ticks.on(date.parse()?, InstrumentKind::Equity)?
    /// );
    /// assert!(on("2026-08-03")?.is_like(on("2026-08-04")?));
    /// assert!(!on("2026-08-03")?.is_like(on("2025-08-01")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_like(self, other: TickGrid<'_>) -> bool {
        std::ptr::eq(self.bands, other.bands) || self.bands == other.bands
    }

    /// The price as it stands, if it is legal.
    ///
    /// ```
    /// use catalyst_domain::instrument::InstrumentKind;
    /// use catalyst_domain::tick::TickTable;
    /// let ticks = TickTable::hkex()?;
    /// let grid = ticks.on("2026-08-03".parse()?, InstrumentKind::Equity)?;
    /// assert_eq!(
    ///     grid.exact("49.95".parse()?).unwrap_err().to_string(),
    ///     "price 49.95 is off the tick of 0.02, allowed next to it are 49.94 and 49.96"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn exact(self, price: Price) -> Result<LimitPrice, TickError> {
        let at = Units::of(price);
        let Some(band) = self.band_in_range(at) else {
            return Err(TickError::OutOfRange {
                found: price,
                lowest: price_of(self.bands.lowest()),
                highest: price_of(self.bands.highest()),
            });
        };
        let steps = (at.floor - band.over) / band.tick;
        let below = band.over + steps * band.tick;
        if at.is_whole() && below == at.floor {
            return Ok(self.legal(below, band));
        }
        Err(TickError::OffGrid {
            found: price,
            tick: decimal_of(band.tick),
            below: price_of(below),
            above: price_of(below + band.tick),
        })
    }

    /// The highest legal price not above `price`; `None` outside the grid's range.
    pub fn snap_down(self, price: Price) -> Option<LimitPrice> {
        let at = Units::of(price);
        self.band_in_range(at)?;
        self.at_or_below(at.floor)
    }

    /// The lowest legal price not below `price`; `None` outside the grid's range.
    pub fn snap_up(self, price: Price) -> Option<LimitPrice> {
        let at = Units::of(price);
        self.band_in_range(at)?;
        self.at_or_above(at.ceil)
    }

    /// One step up; `None` from the highest price.
    pub fn up(self, price: LimitPrice) -> Option<LimitPrice> {
        self.next_above(price.price())
    }

    /// One step down; `None` from the lowest price.
    pub fn down(self, price: LimitPrice) -> Option<LimitPrice> {
        self.next_below(price.price())
    }

    /// The lowest legal price above `price`, which need not be legal itself.
    pub fn next_above(self, price: Price) -> Option<LimitPrice> {
        self.at_or_above(Units::of(price).floor.checked_add(1)?)
    }

    /// The highest legal price below `price`, which need not be legal itself.
    pub fn next_below(self, price: Price) -> Option<LimitPrice> {
        self.at_or_below(Units::of(price).ceil.checked_sub(1)?)
    }

    /// The tick of the band that `price` lies in, in currency units; `None` outside the range.
    pub fn tick_at(self, price: Price) -> Option<Decimal> {
        self.band_in_range(Units::of(price))
            .map(|band| decimal_of(band.tick))
    }

    /// The lowest legal price.
    pub fn lowest(self) -> LimitPrice {
        self.legal(self.bands.lowest(), self.bands.first)
    }

    /// The highest legal price.
    pub fn highest(self) -> LimitPrice {
        self.legal(self.bands.highest(), self.bands.last())
    }

    /// Every band in rising order: the price it begins at and its tick. The first begins at zero, and
    /// an edge is legal in both its bands, so the tick of the higher one may be used for it.
    ///
    /// ```
    /// use catalyst_domain::instrument::InstrumentKind;
    /// use catalyst_domain::tick::TickTable;
    /// let ticks = TickTable::hkex()?;
    /// let grid = ticks.on("2026-08-03".parse()?, InstrumentKind::Equity)?;
    /// let second = grid.bands().nth(1).map(|(from, tick)| (from.to_string(), tick.to_string()));
    /// assert_eq!(second, Some(("0.25".to_owned(), "0.005".to_owned())));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bands(self) -> impl Iterator<Item = (Decimal, Decimal)> + use<'a> {
        let first = self.bands.first.over;
        self.bands.iter().map(move |band| {
            let from = if band.over == first { 0 } else { band.over };
            (decimal_of(from), decimal_of(band.tick))
        })
    }

    /// Steps between two prices in either order, each band counted by its own tick; a price off the
    /// grid counts as the legal one below it. `None` when either is outside the range.
    ///
    /// ```
    /// use catalyst_domain::instrument::InstrumentKind;
    /// use catalyst_domain::tick::TickTable;
    /// let ticks = TickTable::hkex()?;
    /// let grid = ticks.on("2026-08-03".parse()?, InstrumentKind::Equity)?;
    /// assert_eq!(grid.steps_between("9.99".parse()?, "10.02".parse()?), Some(4));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn steps_between(self, one: Price, other: Price) -> Option<u32> {
        let (one, other) = (Units::of(one), Units::of(other));
        self.band_in_range(one)?;
        self.band_in_range(other)?;
        let steps = self.rank(one.floor).abs_diff(self.rank(other.floor));
        u32::try_from(steps).ok()
    }

    /// The legal price `steps` steps above `price`, or below it when negative. `None` beyond either
    /// end, and for no steps from a price that is not legal.
    ///
    /// From a price off the grid the first step leads to the legal price next to it.
    pub fn step(self, price: Price, steps: i32) -> Option<LimitPrice> {
        let further = u64::from(steps.unsigned_abs()).saturating_sub(1);
        match steps {
            0 => self.exact(price).ok(),
            1.. => {
                let first = self.next_above(price)?;
                self.at_rank(self.rank_of(first).checked_add(further)?)
            }
            ..0 => {
                let first = self.next_below(price)?;
                self.at_rank(self.rank_of(first).checked_sub(further)?)
            }
        }
    }

    fn rank_of(self, price: LimitPrice) -> u64 {
        self.rank(Units::of(price.price()).floor)
    }

    fn at_or_above(self, units: u64) -> Option<LimitPrice> {
        let units = units.max(self.bands.lowest());
        let band = self.bands.holding(Units::whole(units))?;
        let steps = (units - band.over).div_ceil(band.tick);
        self.legal_at(band.over + steps * band.tick, band)
    }

    fn at_or_below(self, units: u64) -> Option<LimitPrice> {
        if units < self.bands.lowest() {
            return None;
        }
        let band = self.band_or_last(units);
        let steps = (units.min(band.up_to) - band.over) / band.tick;
        self.legal_at(band.over + steps * band.tick, band)
    }

    /// Legal prices up to and including `units`, which lie in the range.
    fn rank(self, units: u64) -> u64 {
        let band = self.band_or_last(units);
        band.legal_below + units.saturating_sub(band.over) / band.tick
    }

    fn at_rank(self, rank: u64) -> Option<LimitPrice> {
        let holds = |band: &&Band| {
            rank > band.legal_below
                && rank - band.legal_below <= (band.up_to - band.over) / band.tick
        };
        let band = *self.bands.iter().find(holds)?;
        self.legal_at(band.over + (rank - band.legal_below) * band.tick, band)
    }

    fn band_in_range(self, at: Units) -> Option<Band> {
        if at.floor < self.bands.lowest() {
            return None;
        }
        self.bands.holding(at)
    }

    /// The band that holds `units`; those over the highest price count to the last.
    fn band_or_last(self, units: u64) -> Band {
        let band = self.bands.holding(Units::whole(units));
        band.unwrap_or_else(|| self.bands.last())
    }

    /// A legal price found from `band`: an edge prints by the tick of the band that holds it.
    fn legal_at(self, units: u64, band: Band) -> Option<LimitPrice> {
        if band.over < units && units < band.up_to {
            return Some(self.legal(units, band));
        }
        Some(self.legal(units, self.bands.holding(Units::whole(units))?))
    }

    fn legal(self, units: u64, band: Band) -> LimitPrice {
        LimitPrice::of_grid(price_of(units), self.date, places_of(band.tick))
    }
}
