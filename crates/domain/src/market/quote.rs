//! Quote: best prices now, with their age and whether they are live.

use chrono::{DateTime, TimeDelta, Utc};

use crate::price::Price;
use crate::quantity::Shares;
use crate::symbol::Symbol;

/// Whether prices arrive as they happen or later.
///
/// Shown at [`Quote::age`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feed {
    /// As they happen.
    Live,
    /// Fifteen minutes late or more.
    Delayed,
}

impl Feed {
    /// Both feeds.
    pub const ALL: [Self; 2] = [Self::Live, Self::Delayed];

    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Delayed => "delayed",
        }
    }
}

/// The state of one symbol's book at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// Whose book.
    pub symbol: Symbol,
    /// Price of the last trade.
    pub last: Price,
    /// Best price a buyer offers.
    pub bid: Price,
    /// Best price a seller asks.
    pub ask: Price,
    /// Shares traded so far on the exchange day.
    pub day_volume: Shares,
    /// The moment the prices were true.
    pub at: DateTime<Utc>,
    /// Whether that moment is now or some while ago.
    pub feed: Feed,
}

impl Quote {
    /// Time since the prices were true; negative when they claim to come from the future.
    ///
    /// ```
    /// use catalyst_domain::market::{Feed, Quote};
    /// use catalyst_domain::quantity::Shares;
    /// let quote = Quote {
    ///     symbol: "700".parse()?,
    ///     last: "500".parse()?,
    ///     bid: "499.8".parse()?,
    ///     ask: "500".parse()?,
    ///     day_volume: Shares::ZERO,
    ///     at: "2026-11-23T02:00:15Z".parse()?,
    ///     feed: Feed::Live,
    /// };
    /// assert_eq!(quote.age("2026-11-23T02:00:00Z".parse()?).num_seconds(), -15);
    /// assert!(!quote.is_crossed());
    /// assert!(Quote { bid: quote.ask, ..quote }.is_crossed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn age(&self, now: DateTime<Utc>) -> TimeDelta {
        now - self.at
    }

    /// True when buyers bid at or above what sellers ask, which continuous trading never shows.
    pub fn is_crossed(&self) -> bool {
        self.bid >= self.ask
    }
}
