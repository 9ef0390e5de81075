//! Price: a positive decimal per share. Whether it may go into an order is the tick grid's business.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::digits::normalized;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Price(Decimal);

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
        let value = normalized(value);
        match units_of(value) {
            Some(1..=UNITS_MAX) => Ok(Self(value)),
            Some(_) | None => Err(refusal_of(value)),
        }
    }

    /// A price whose bounds and plain digits a tick grid already keeps.
    pub(crate) const fn of_grid(value: Decimal) -> Self {
        Self(value)
    }

    /// The bare number.
    pub const fn value(self) -> Decimal {
        self.0
    }

    /// What `shares` cost at this price, before any fee.
    ///
    /// Cannot overflow: the bounds of both keep the product under 10^17.
    pub fn times(self, shares: Shares, currency: Currency) -> Money {
        Money::of_bounded(self.0 * Decimal::from(shares.count()), currency)
    }

    /// In units of the eighth place, which every price is a whole number of: 10^15 at most.
    pub(crate) fn units(self) -> u64 {
        units_of(self.0).unwrap_or(u64::MAX)
    }

    /// The distance between two prices, never negative.
    pub fn distance(self, other: Self) -> Decimal {
        (self.0 - other.0).abs()
    }
}

/// A number in units of the eighth place; `None` when it is negative, finer or too large.
fn units_of(value: Decimal) -> Option<u64> {
    let places = DECIMAL_PLACES_MAX.checked_sub(value.scale())?;
    let unit = POWERS.get(usize::try_from(places).ok()?)?;
    u64::try_from(value.mantissa()).ok()?.checked_mul(*unit)
}

fn refusal_of(found: Decimal) -> PriceError {
    if found > Decimal::ZERO && found <= Decimal::from(PRICE_MAX) {
        return PriceError::TooFine { found };
    }
    PriceError::OutOfRange { found }
}

/// As the numbers are; bars compare prices by the ten thousand, and decimals of different scales are slow to
/// compare.
impl Ord for Price {
    fn cmp(&self, other: &Self) -> Ordering {
        self.units().cmp(&other.units())
    }
}

impl PartialOrd for Price {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
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
