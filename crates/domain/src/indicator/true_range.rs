//! The true range: how far price travelled in a bar, the gap from the previous close included.

use ta::Next as _;

use super::ohlcv::Ohlcv;

/// The true range of each bar, in price units; none for the first, which has no previous close.
///
/// ```
/// use catalyst_domain::indicator::{Ohlcv, TrueRange};
/// let mut range = TrueRange::new();
/// assert_eq!(range.next(&Ohlcv::new(10.0, 11.0, 9.0, 10.0, 1.0)?), None);
/// assert_eq!(range.next(&Ohlcv::new(13.0, 14.0, 12.0, 13.0, 1.0)?), Some(4.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct TrueRange {
    inner: ta::indicators::TrueRange,
    previous: Previous,
    value: Option<f64>,
}

/// The library answers `high - low` for a bar without a predecessor; that number is held back.
#[derive(Clone, Copy, Debug)]
enum Previous {
    Unknown,
    Seen,
}

impl TrueRange {
    /// Starts a series.
    pub fn new() -> Self {
        Self {
            inner: ta::indicators::TrueRange::new(),
            previous: Previous::Unknown,
            value: None,
        }
    }

    /// Takes the next closed bar.
    pub fn next(&mut self, bar: &Ohlcv) -> Option<f64> {
        let range = self.inner.next(bar);
        self.value = match std::mem::replace(&mut self.previous, Previous::Seen) {
            Previous::Unknown => None,
            Previous::Seen => Some(range),
        };
        self.value
    }

    /// The range of the last bar taken.
    pub(super) const fn value(&self) -> Option<f64> {
        self.value
    }
}

impl Default for TrueRange {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_from_the_previous_close_counts_as_travel() {
        let mut range = TrueRange::new();

        let first = range.next(&Ohlcv::new(10.0, 11.0, 9.0, 10.0, 1.0).unwrap());
        let gap_up = range.next(&Ohlcv::new(13.0, 14.0, 12.0, 13.0, 1.0).unwrap());
        let gap_down = range.next(&Ohlcv::new(9.0, 10.0, 8.0, 9.0, 1.0).unwrap());
        let inside = range.next(&Ohlcv::new(9.0, 10.0, 8.5, 9.0, 1.0).unwrap());

        assert_eq!(
            [first, gap_up, gap_down, inside],
            [None, Some(4.0), Some(5.0), Some(1.5)]
        );
    }
}
