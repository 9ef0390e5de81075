//! A bar as patterns read it: its prices, its place among the sessions, what its volume holds.

use crate::indicator::Ohlcv;

/// One closed bar and where it stands.
///
/// Shown at [`PatternScan`](super::PatternScan).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PatternBar {
    /// Prices and volume.
    pub ohlcv: Ohlcv,
    /// Number of the stretch of trading the bar belongs to. It differs between neighbours exactly
    /// when lunch or a night lies between them.
    pub session: u32,
    /// What the volume is made of.
    pub volume: BarVolume,
}

/// What a bar's volume is made of.
///
/// Shown at [`PatternScan`](super::PatternScan).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarVolume {
    /// Continuous trading only.
    Continuous,
    /// The opening or closing auction is in it: its prices count, its volume compares with nothing.
    WithAuction,
}

/// The price step at the bars' prices: no unit of geometry is finer than one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TickSize(f64);

impl TickSize {
    /// Finer than any market's step: for prices that no table holds.
    pub const FINEST: Self = Self(1e-9);

    /// Takes the step in price units.
    ///
    /// ```
    /// use catalyst_domain::pattern::TickSize;
    /// assert!(TickSize::new(0.01).is_ok());
    /// assert_eq!(
    ///     TickSize::new(0.0).unwrap_err().to_string(),
    ///     "tick size is 0; a price step is finite and above 0"
    /// );
    /// ```
    pub fn new(step: f64) -> Result<Self, TickSizeError> {
        if step > 0.0 && step.is_finite() {
            Ok(Self(step))
        } else {
            Err(TickSizeError { found: step })
        }
    }

    /// The step in price units.
    pub const fn step(self) -> f64 {
        self.0
    }
}

/// A price step that is no step.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("tick size is {found}; a price step is finite and above 0")]
pub struct TickSizeError {
    found: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_is_none_is_refused() {
        assert_eq!(TickSize::new(0.0), Err(TickSizeError { found: 0.0 }));
        assert_eq!(
            TickSize::new(f64::NAN).unwrap_err().to_string(),
            "tick size is NaN; a price step is finite and above 0"
        );
    }
}
