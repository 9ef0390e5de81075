//! Prices as integers of 1/10,000 of a currency unit, in which every tick of every market is whole.

use rust_decimal::Decimal;

use crate::price::Price;

/// Decimal places of a unit.
pub(super) const UNIT_PLACES: u32 = 4;

/// A price between two whole units: the lower, and the upper, which is the same when it is whole.
#[derive(Clone, Copy)]
pub(super) struct Units {
    pub(super) floor: u64,
    pub(super) ceil: u64,
}

impl Units {
    /// Where `price` lies.
    pub(super) fn of(price: Price) -> Self {
        let value = price.value();
        // A price is above zero and at most 10^7 with eight places, so 10^15 holds its digits.
        let digits = u64::try_from(value.mantissa()).unwrap_or(u64::MAX);
        let scale = value.scale();
        if scale <= UNIT_PLACES {
            return Self::whole(digits.saturating_mul(power_of_ten(UNIT_PLACES - scale)));
        }
        let divisor = power_of_ten(scale - UNIT_PLACES);
        Self {
            floor: digits / divisor,
            ceil: digits.div_ceil(divisor),
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
    let scaled = number.checked_mul(Decimal::from(power_of_ten(UNIT_PLACES)))?;
    let scaled = scaled.normalize();
    (scaled.scale() == 0).then(|| u64::try_from(scaled).ok())?
}

/// The decimal of `units`, without trailing zeros.
pub(super) fn decimal_of(units: u64) -> Decimal {
    let (digits, places) = trimmed(units);
    Decimal::from_i128_with_scale(i128::from(digits), places)
}

/// Decimal places that `units` need.
pub(super) fn places_of(units: u64) -> u32 {
    trimmed(units).1
}

fn trimmed(units: u64) -> (u64, u32) {
    let (mut digits, mut places) = (units, UNIT_PLACES);
    while places > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        places -= 1;
    }
    (digits, places)
}

const fn power_of_ten(exponent: u32) -> u64 {
    10_u64.saturating_pow(exponent)
}
