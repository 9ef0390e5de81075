//! Price: a positive decimal per share. Whether it may go into an order is the tick grid's business.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::digits::decimal_of;
use crate::money::{Currency, Money, plain_decimal};
use crate::quantity::Shares;

/// A price per share, above zero and at most 10,000,000, with at most eight decimal places.
///
/// ```
/// use catalyst_domain::price::Price;
/// assert_eq!("512.50".parse::<Price>()?.to_string(), "512.5");
/// assert_eq!(
///     "0".parse::<Price>().unwrap_err().to_string(),
///     "price 0 is outside 0.00000001 to 10000000"
/// );
/// assert!("1e3".parse::<Price>().is_err());
/// # Ok::<(), catalyst_domain::price::PriceError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price {
    /// In units of the eighth place, which every price is a whole number of: 1 to 10^15.
    units: u64,
}

/// Why a number is no price.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PriceError {
    /// The text is not a plain decimal number.
    #[error("price `{found}` is not a plain decimal number such as 512.5")]
    NotANumber {
        /// The text as given.
        found: String,
    },
    /// Zero, negative, or beyond the bound.
    #[error("price {found} is outside 0.00000001 to 10000000")]
    OutOfRange {
        /// The number as given.
        found: Decimal,
    },
    /// Finer than any price: the dust of a float, which no tick is.
    #[error("price {found} has more than 8 decimal places")]
    TooFine {
        /// The number as given.
        found: Decimal,
    },
}

const PRICE_MAX: u64 = 10_000_000;
const DECIMAL_PLACES_MAX: u32 = 8;
const UNITS_MAX: u64 = PRICE_MAX * 100_000_000;

/// Powers of ten by exponent, as far as the places of a price go.
const POWERS: [u64; 9] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
];

impl Price {
    /// A price of `value` per share.
    pub fn new(value: Decimal) -> Result<Self, PriceError> {
        match units_of(value) {
            Some(units @ 1..=UNITS_MAX) => Ok(Self { units }),
            Some(_) | None => Err(refusal_of(value)),
        }
    }

    /// A price whose bounds a tick grid already keeps.
    pub(crate) const fn of_units(units: u64) -> Self {
        Self { units }
    }

    /// The bare number, without zeros at the end of its places.
    pub fn value(self) -> Decimal {
        decimal_of(self.units, DECIMAL_PLACES_MAX)
    }

    /// What `shares` cost at this price, before any fee.
    ///
    /// Cannot overflow: the bounds of both keep the product under 10^17.
    pub fn times(self, shares: Shares, currency: Currency) -> Money {
        Money::of_bounded(self.value() * Decimal::from(shares.count()), currency)
    }

    /// In units of the eighth place: 1 to 10^15.
    pub(crate) const fn units(self) -> u64 {
        self.units
    }

    /// The distance between two prices, never negative.
    pub fn distance(self, other: Self) -> Decimal {
        decimal_of(self.units.abs_diff(other.units), DECIMAL_PLACES_MAX)
    }
}

/// A number in units of the eighth place; `None` when it is negative, finer or too large.
fn units_of(value: Decimal) -> Option<u64> {
    let Some(places) = DECIMAL_PLACES_MAX.checked_sub(value.scale()) else {
        let plain = value.normalize();
        return (plain.scale() <= DECIMAL_PLACES_MAX).then(|| units_of(plain))?;
    };
    let unit = POWERS.get(usize::try_from(places).ok()?)?;
    u64::try_from(value.mantissa()).ok()?.checked_mul(*unit)
}

fn refusal_of(value: Decimal) -> PriceError {
    let found = value.normalize();
    if found > Decimal::ZERO && found <= Decimal::from(PRICE_MAX) {
        return PriceError::TooFine { found };
    }
    PriceError::OutOfRange { found }
}

impl fmt::Debug for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Price({})", self.value())
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(f)
    }
}

impl FromStr for Price {
    type Err = PriceError;

    fn from_str(text: &str) -> Result<Self, PriceError> {
        let value = plain_decimal(text).ok_or_else(|| PriceError::NotANumber {
            found: text.to_owned(),
        })?;
        Self::new(value)
    }
}
