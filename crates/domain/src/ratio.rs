//! Basis points: every percentage there is, so that 0.2 cannot mean both 20 % and 0.2 %.

use std::fmt;

use rust_decimal::Decimal;

use crate::money::{Money, MoneyError};

/// A share of something in hundredths of a per cent: 2,000 is 20 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BasisPoints(u32);

impl BasisPoints {
    /// The whole.
    pub const WHOLE: Self = Self(10_000);

    /// `points` hundredths of a per cent.
    pub const fn new(points: u32) -> Self {
        Self(points)
    }

    /// The share that a fraction such as 0.015 stands for; `None` when it is negative, finer than a
    /// basis point, or above one.
    ///
    /// ```
    /// use catalyst_domain::ratio::BasisPoints;
    /// use rust_decimal::Decimal;
    /// assert_eq!(BasisPoints::from_fraction(Decimal::new(15, 3)), Some(BasisPoints::new(150)));
    /// assert_eq!(BasisPoints::from_fraction(Decimal::from(20)), None);
    /// ```
    pub fn from_fraction(fraction: Decimal) -> Option<Self> {
        let points = (fraction.checked_mul(Decimal::from(10_000))?).normalize();
        if points.scale() != 0 {
            return None;
        }
        let points = u32::try_from(points).ok()?;
        (points <= Self::WHOLE.0).then_some(Self(points))
    }

    /// The bare count of basis points.
    pub const fn points(self) -> u32 {
        self.0
    }

    /// The share as a number: 20 % is 0.2.
    pub fn to_fraction(self) -> Decimal {
        Decimal::new(i64::from(self.0), 4)
    }

    /// This share of `amount`, unrounded.
    pub fn of(self, amount: Money) -> Result<Money, MoneyError> {
        amount.times(self.to_fraction())
    }
}

impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", Decimal::new(i64::from(self.0), 2).normalize())
    }
}
