//! Shares, lots, and the walk between them. A remainder is never lost on the way.

use std::fmt;
use std::num::NonZeroU32;

use thiserror::Error;

/// A count of single shares, at most 10^10. Zero is a count too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Shares(u64);

/// Shares to the board lot of one instrument; the exchange trades whole lots only.
///
/// ```
/// use catalyst_domain::quantity::LotSize;
/// assert_eq!(LotSize::new(400)?.as_shares().count(), 400);
/// assert_eq!(LotSize::new(0).unwrap_err().to_string(), "a lot must hold at least one share");
/// # Ok::<(), catalyst_domain::quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LotSize(NonZeroU32);

/// A count of board lots, at least one.
///
/// ```
/// use catalyst_domain::quantity::{LotSize, Lots};
/// let lot = LotSize::new(400)?;
/// assert_eq!(Lots::new(3)?.shares(lot)?.count(), 1_200);
/// assert_eq!(
///     Lots::new(30_000_000)?.shares(lot).unwrap_err().to_string(),
///     "12000000000 shares is beyond 10000000000"
/// );
/// # Ok::<(), catalyst_domain::quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lots(NonZeroU32);

/// Why a number is no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum QuantityError {
    /// More shares than any order or holding may have.
    #[error("{found} shares is beyond 10000000000")]
    TooMany {
        /// The number as given.
        found: u64,
    },
    /// A lot of zero shares, or no lot at all.
    #[error("a lot must hold at least one share")]
    EmptyLot,
}

const SHARES_MAX: u64 = 10_000_000_000;

impl Shares {
    /// No shares.
    pub const ZERO: Self = Self(0);

    /// `count` single shares.
    pub const fn new(count: u64) -> Result<Self, QuantityError> {
        if count > SHARES_MAX {
            return Err(QuantityError::TooMany { found: count });
        }
        Ok(Self(count))
    }

    /// The bare count.
    pub const fn count(self) -> u64 {
        self.0
    }

    /// True for no shares.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum; at the bound it stays there, which is refused everywhere an order is judged.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        let sum = self.0.saturating_add(other.0);
        Self(if sum > SHARES_MAX { SHARES_MAX } else { sum })
    }

    /// What is left after taking `other` away, or `None` when there is not that much.
    ///
    /// ```
    /// use catalyst_domain::quantity::Shares;
    /// let (held, sold) = (Shares::new(100)?, Shares::new(101)?);
    /// assert_eq!(held.minus(sold), None);
    /// assert_eq!(sold.minus(held), Some(Shares::new(1)?));
    /// # Ok::<(), catalyst_domain::quantity::QuantityError>(())
    /// ```
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The smaller of two counts.
    #[must_use]
    pub fn at_most(self, other: Self) -> Self {
        self.min(other)
    }

    /// Whole lots and the odd shares beside them.
    ///
    /// ```
    /// use catalyst_domain::quantity::{LotSize, Shares};
    /// let (lots, odd) = Shares::new(250)?.in_lots(LotSize::new(100)?);
    /// assert_eq!(lots.map(|l| l.count()), Some(2));
    /// assert_eq!(odd.count(), 50);
    /// # Ok::<(), catalyst_domain::quantity::QuantityError>(())
    /// ```
    pub fn in_lots(self, size: LotSize) -> (Option<Lots>, Self) {
        let size = u64::from(size.0.get());
        let whole = u32::try_from(self.0 / size).ok().and_then(NonZeroU32::new);
        let odd = match whole {
            Some(lots) => self.0 - u64::from(lots.get()) * size,
            None => self.0,
        };
        (whole.map(Lots), Self(odd))
    }
}

impl LotSize {
    /// `shares` to the lot, at least one.
    pub fn new(shares: u32) -> Result<Self, QuantityError> {
        NonZeroU32::new(shares)
            .map(Self)
            .ok_or(QuantityError::EmptyLot)
    }

    /// Shares to the lot.
    pub const fn shares(self) -> u32 {
        self.0.get()
    }

    /// One lot as single shares.
    pub fn as_shares(self) -> Shares {
        Shares(u64::from(self.0.get()))
    }
}

impl Lots {
    /// `count` lots, at least one.
    pub fn new(count: u32) -> Result<Self, QuantityError> {
        NonZeroU32::new(count)
            .map(Self)
            .ok_or(QuantityError::EmptyLot)
    }

    /// The bare count of lots.
    pub const fn count(self) -> u32 {
        self.0.get()
    }

    /// The shares in these lots.
    pub fn shares(self, size: LotSize) -> Result<Shares, QuantityError> {
        Shares::new(u64::from(self.0.get()) * u64::from(size.0.get()))
    }
}

impl fmt::Display for Shares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for LotSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Lots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
