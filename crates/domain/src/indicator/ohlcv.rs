//! The float view of one closed bar: the only thing an indicator or a pattern ever reads.

use ta::{Close, High, Low};

/// Above every price and volume the exchange can print, and small enough that no sum of products
/// over a series overflows.
const MAGNITUDE_MAX: f64 = 1e15;

/// One closed bar as floats: finite, consistent, and so harmless to a running average, which a
/// single NaN would poison for ever.
///
/// Prices are in the instrument's currency, the volume in shares.
///
/// ```
/// use catalyst_domain::indicator::Ohlcv;
/// let bar = Ohlcv::new(10.0, 12.0, 9.0, 11.5, 500.0)?;
/// assert_eq!(bar.high(), 12.0);
/// assert_eq!(
///     Ohlcv::new(10.0, 12.0, 9.0, f64::NAN, 500.0).unwrap_err().to_string(),
///     "close is NaN; a price is above 0 and at most 1e15"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ohlcv {
    open: f64,
    high: f64,
    low: f64,
    close: f64,
    volume: f64,
}

impl Ohlcv {
    /// Builds the view, in the order the name spells, or says what is wrong with the bar.
    pub fn new(
        open: f64,
        high: f64,
        low: f64,
        close: f64,
        volume: f64,
    ) -> Result<Self, OhlcvError> {
        for (field, found) in [
            ("open", open),
            ("high", high),
            ("low", low),
            ("close", close),
        ] {
            if !(found > 0.0 && found <= MAGNITUDE_MAX) {
                return Err(OhlcvError::Price { field, found });
            }
        }
        if high < open.max(close) {
            return Err(OhlcvError::High {
                high,
                allowed: open.max(close),
            });
        }
        if low > open.min(close) {
            return Err(OhlcvError::Low {
                low,
                allowed: open.min(close),
            });
        }
        if !(0.0..=MAGNITUDE_MAX).contains(&volume) {
            return Err(OhlcvError::Volume { found: volume });
        }
        Ok(Self {
            open,
            high,
            low,
            close,
            volume,
        })
    }

    /// First price of the span.
    pub const fn open(&self) -> f64 {
        self.open
    }

    /// Highest price of the span, never below open or close.
    pub const fn high(&self) -> f64 {
        self.high
    }

    /// Lowest price of the span, never above open or close.
    pub const fn low(&self) -> f64 {
        self.low
    }

    /// Last price of the span.
    pub const fn close(&self) -> f64 {
        self.close
    }

    /// Shares traded in the span; zero marks a bar that was filled in, not traded.
    pub const fn volume(&self) -> f64 {
        self.volume
    }

    /// The mean of high, low and close, which stands for the price the span traded at.
    pub fn typical_price(&self) -> f64 {
        (self.high + self.low + self.close) / 3.0
    }
}

impl High for Ohlcv {
    fn high(&self) -> f64 {
        self.high
    }
}

impl Low for Ohlcv {
    fn low(&self) -> f64 {
        self.low
    }
}

impl Close for Ohlcv {
    fn close(&self) -> f64 {
        self.close
    }
}

/// Why five numbers are not a bar.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum OhlcvError {
    /// A price that is not a number, not above zero, or beyond any market.
    #[error("{field} is {found}; a price is above 0 and at most 1e15")]
    Price {
        /// Which of the four prices.
        field: &'static str,
        /// What it held.
        found: f64,
    },
    /// The high is not the highest.
    #[error("high is {high}; open and close allow {allowed} or more")]
    High {
        /// The high found.
        high: f64,
        /// The least high that open and close allow.
        allowed: f64,
    },
    /// The low is not the lowest.
    #[error("low is {low}; open and close allow {allowed} or less")]
    Low {
        /// The low found.
        low: f64,
        /// The greatest low that open and close allow.
        allowed: f64,
    },
    /// A volume that is not a number, or negative: brokers send -1 for "none".
    #[error("volume is {found}; a volume is from 0 to 1e15 shares")]
    Volume {
        /// What it held.
        found: f64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consistent_bar_is_taken_as_it_is() {
        let bar = Ohlcv::new(10.0, 12.0, 9.0, 11.4, 500.0).unwrap();

        let read = [bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()];
        assert_eq!(
            read.map(f64::to_bits),
            [10.0, 12.0, 9.0, 11.4, 500.0].map(f64::to_bits)
        );
        assert!((bar.typical_price() - 10.8).abs() < 1e-12);
    }

    #[test]
    fn a_high_or_low_inside_the_body_is_refused() {
        assert_eq!(
            Ohlcv::new(10.0, 10.5, 9.0, 11.0, 1.0),
            Err(OhlcvError::High {
                high: 10.5,
                allowed: 11.0
            })
        );
        assert_eq!(
            Ohlcv::new(10.0, 12.0, 10.1, 11.0, 1.0),
            Err(OhlcvError::Low {
                low: 10.1,
                allowed: 10.0
            })
        );
    }

    #[test]
    fn numbers_that_no_market_prints_are_refused_by_field() {
        assert_eq!(
            Ohlcv::new(10.0, 12.0, 0.0, 11.0, 1.0),
            Err(OhlcvError::Price {
                field: "low",
                found: 0.0
            })
        );
        assert_eq!(
            Ohlcv::new(10.0, f64::INFINITY, 9.0, 11.0, 1.0),
            Err(OhlcvError::Price {
                field: "high",
                found: f64::INFINITY
            })
        );
        assert_eq!(
            Ohlcv::new(10.0, 12.0, 9.0, f64::NAN, 1.0)
                .unwrap_err()
                .to_string(),
            "close is NaN; a price is above 0 and at most 1e15"
        );
        assert_eq!(
            Ohlcv::new(10.0, 12.0, 9.0, 11.0, -1.0),
            Err(OhlcvError::Volume { found: -1.0 })
        );
        assert_eq!(
            Ohlcv::new(10.0, 12.0, 9.0, 11.0, f64::NAN)
                .unwrap_err()
                .to_string(),
            "volume is NaN; a volume is from 0 to 1e15 shares"
        );
    }
}
