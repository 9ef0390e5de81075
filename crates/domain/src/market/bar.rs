//! Bar: what a span of trading came to. A bar that contradicts itself cannot be made.

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::price::Price;
use crate::quantity::Shares;

/// The four prices of a bar as they were delivered, not yet believed.
///
/// Shown at [`Bar::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ohlc {
    /// First price.
    pub open: Price,
    /// Highest price.
    pub high: Price,
    /// Lowest price.
    pub low: Price,
    /// Last price.
    pub close: Price,
}

/// A closed bar, stamped with its start. Without trades the four prices are one and the volume is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    start: DateTime<Utc>,
    prices: Ohlc,
    volume: Shares,
}

/// Why four prices make no bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BarError {
    /// The high is not the highest.
    #[error("high {high} is below open {open}, close {close} or low {low}")]
    HighTooLow {
        /// The open as given.
        open: Price,
        /// The high as given.
        high: Price,
        /// The low as given.
        low: Price,
        /// The close as given.
        close: Price,
    },
    /// The low is not the lowest.
    #[error("low {low} is above open {open} or close {close}")]
    LowTooHigh {
        /// The open as given.
        open: Price,
        /// The low as given.
        low: Price,
        /// The close as given.
        close: Price,
    },
}

impl Bar {
    /// A bar that began at `start`.
    ///
    /// ```
    /// use catalyst_domain::market::{Bar, Ohlc};
    /// use catalyst_domain::quantity::Shares;
    /// let sound = Ohlc {
    ///     open: "500".parse()?,
    ///     high: "502".parse()?,
    ///     low: "499".parse()?,
    ///     close: "501".parse()?,
    /// };
    /// let start = "2026-11-23T01:30:00Z".parse()?;
    /// assert_eq!(Bar::new(start, sound, Shares::ZERO)?.close(), sound.close);
    /// let broken = Ohlc { high: "500.5".parse()?, ..sound };
    /// assert_eq!(
    ///     Bar::new(start, broken, Shares::ZERO).unwrap_err().to_string(),
    ///     "high 500.5 is below open 500, close 501 or low 499"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(start: DateTime<Utc>, prices: Ohlc, volume: Shares) -> Result<Self, BarError> {
        let Ohlc {
            open,
            high,
            low,
            close,
        } = prices;
        let (first, last) = (open.units(), close.units());
        let (highest, lowest) = (high.units(), low.units());
        if highest < first.max(last).max(lowest) {
            return Err(BarError::HighTooLow {
                open,
                high,
                low,
                close,
            });
        }
        if lowest > first.min(last) {
            return Err(BarError::LowTooHigh { open, low, close });
        }
        Ok(Self {
            start,
            prices,
            volume,
        })
    }

    /// When the bar began.
    pub const fn start(&self) -> DateTime<Utc> {
        self.start
    }

    /// First price.
    pub const fn open(&self) -> Price {
        self.prices.open
    }

    /// Highest price.
    pub const fn high(&self) -> Price {
        self.prices.high
    }

    /// Lowest price.
    pub const fn low(&self) -> Price {
        self.prices.low
    }

    /// Last price.
    pub const fn close(&self) -> Price {
        self.prices.close
    }

    /// Shares traded in the span.
    pub const fn volume(&self) -> Shares {
        self.volume
    }

    /// This bar and the one after it as one bar, stamped with this bar's start.
    #[must_use]
    pub fn joined_with(&self, later: &Self) -> Self {
        Self {
            start: self.start,
            prices: Ohlc {
                open: self.prices.open,
                high: self.prices.high.max(later.prices.high),
                low: self.prices.low.min(later.prices.low),
                close: later.prices.close,
            },
            volume: self.volume.plus(later.volume),
        }
    }

    /// The same bar under the start of the longer span it stands for.
    #[must_use]
    pub(super) const fn restamped(self, start: DateTime<Utc>) -> Self {
        Self { start, ..self }
    }
}
