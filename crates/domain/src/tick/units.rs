//! Prices as integers of 1/10,000 of a currency unit, in which every tick of every market is whole.

use rust_decimal::Decimal;

use crate::digits::{self, trimmed};
use crate::price::Price;

/// Decimal places of a unit.
const UNIT_PLACES: u32 = 4;

/// Units to one currency unit.
const UNITS: u64 = 10_000;

/// Units of [`Price::units`] to one.
const PRICE_UNITS: u64 = 10_000;

/// A price between two whole units: the lower, and the upper, which is the same when it is whole.
#[derive(Clone, Copy)]
pub(super) struct Units {
    pub(super) floor: u64,
    pub(super) ceil: u64,
}

impl Units {
    /// Where `price` lies.
    pub(super) fn of(price: Price) -> Self {
        let finer = price.units();
        Self {
            floor: finer / PRICE_UNITS,
            ceil: finer.div_ceil(PRICE_UNITS),
        }
    }

    /// A whole number of units.
    pub(super) const fn whole(units: u64) -> Self {
        Self {
            floor: units,
            ceil: units,
        }
    }

    /// True when the price is a whole number of units.
    pub(super) const fn is_whole(self) -> bool {
        self.floor == self.ceil
    }
}

/// The units that a number of a table stands for; `None` when negative or finer than a unit.
pub(super) fn whole_units(number: Decimal) -> Option<u64> {
    let scaled = number.checked_mul(Decimal::from(UNITS))?;
    let scaled = scaled.normalize();
    (scaled.scale() == 0).then(|| u64::try_from(scaled).ok())?
}

/// The decimal of `units`, without trailing zeros.
pub(super) fn decimal_of(units: u64) -> Decimal {
    digits::decimal_of(units, UNIT_PLACES)
}

/// The price of `units`, of which a grid holds no more than a price may be.
pub(super) const fn price_of(units: u64) -> Price {
    Price::of_units(units * PRICE_UNITS)
}

/// Decimal places that `units` need.
pub(super) fn places_of(units: u64) -> u32 {
    trimmed(units, UNIT_PLACES).1
}
