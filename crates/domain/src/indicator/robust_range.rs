//! The unit patterns are measured in: the ordinary true range of a bar, deaf to gaps and spikes.

use std::collections::VecDeque;

use super::ohlcv::Ohlcv;
use super::true_range::TrueRange;

/// Bars the median looks back over, the current one included.
const WINDOW: usize = 20;

/// Ranges in that window below which its middle means nothing; what is missing are bars that open a
/// session and the start of the series.
const RANGES_MIN: usize = 10;

/// Where a bar stands in its stretch of trading; lunch and night end a stretch.
///
/// Shown at [`RobustRange`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionPlace {
    /// The first bar after a break: its true range holds the gap, so it is left out.
    First,
    /// Any later bar.
    Within,
}

/// The median true range of the last 20 bars without session-first bars, in price units.
///
/// The gap at the open is five times an ordinary 1-minute range, and a running average carries it
/// for an hour; a median does not.
///
/// ```
/// use catalyst_domain::indicator::{Ohlcv, RobustRange, SessionPlace};
/// let mut unit = RobustRange::new();
/// let quiet = Ohlcv::new(10.0, 10.5, 9.5, 10.0, 100.0)?;
/// let warm: Vec<_> = (0..11).map(|_| unit.next(&quiet, SessionPlace::Within)).collect();
/// assert_eq!(warm[9..], [None, Some(1.0)]);
/// let gap = Ohlcv::new(20.0, 20.5, 19.5, 20.0, 100.0)?;
/// assert_eq!(unit.next(&gap, SessionPlace::First), Some(1.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RobustRange {
    range: TrueRange,
    window: VecDeque<Option<f64>>,
    /// The ranges of the window by size.
    sorted: Vec<f64>,
}

impl RobustRange {
    /// Bars that a value depends on: the window and the close before it.
    pub const MEMORY_BARS: usize = WINDOW + 1;

    /// Starts a series.
    pub fn new() -> Self {
        Self {
            range: TrueRange::new(),
            window: VecDeque::with_capacity(WINDOW),
            sorted: Vec::with_capacity(WINDOW),
        }
    }

    /// Takes the next closed bar; none while fewer than ten ranges are in the window.
    pub fn next(&mut self, bar: &Ohlcv, place: SessionPlace) -> Option<f64> {
        let range = match (place, self.range.next(bar)) {
            (SessionPlace::Within, range) => range,
            (SessionPlace::First, _) => None,
        };
        if self.window.len() == WINDOW
            && let Some(Some(oldest)) = self.window.pop_front()
        {
            let place = self.place_of(oldest);
            self.sorted.remove(place);
        }
        self.window.push_back(range);
        if let Some(range) = range {
            let place = self.place_of(range);
            self.sorted.insert(place, range);
        }
        self.median()
    }

    /// Where the first range of that size stands, or would stand.
    fn place_of(&self, range: f64) -> usize {
        self.sorted.partition_point(|other| *other < range)
    }

    fn median(&self) -> Option<f64> {
        let ranges = &self.sorted;
        if ranges.len() < RANGES_MIN {
            return None;
        }
        let upper = *ranges.get(ranges.len() / 2)?;
        let lower = *ranges.get((ranges.len() - 1) / 2)?;
        Some(f64::midpoint(lower, upper))
    }
}

impl Default for RobustRange {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(price: f64, reach: f64) -> Ohlcv {
        Ohlcv::new(price, price + reach, price - reach, price, 100.0).unwrap()
    }

    fn fed(reaches: &[f64]) -> (RobustRange, Vec<Option<f64>>) {
        let mut unit = RobustRange::new();
        let values = reaches
            .iter()
            .map(|&reach| unit.next(&bar(10.0, reach), SessionPlace::Within))
            .collect();
        (unit, values)
    }

    #[test]
    fn ten_ranges_are_needed_and_the_first_bar_has_none() {
        let (_, values) = fed(&[0.5; 12]);

        assert_eq!(values[..10], [None; 10]);
        assert_eq!(values[10..], [Some(1.0), Some(1.0)]);
    }

    #[test]
    fn the_middle_of_an_even_window_is_between_its_two_middle_ranges() {
        let reaches: Vec<f64> = (0..=20).map(|step| 0.25 * f64::from(step)).collect();

        let (_, values) = fed(&reaches);

        assert_eq!(values.last(), Some(&Some(5.25)));
    }

    #[test]
    fn a_gap_at_a_session_start_and_a_spike_leave_the_unit_alone() {
        let (mut unit, _) = fed(&[0.5; 21]);

        assert_eq!(unit.next(&bar(20.0, 0.5), SessionPlace::First), Some(1.0));
        assert_eq!(unit.next(&bar(20.0, 9.0), SessionPlace::Within), Some(1.0));
    }

    #[test]
    fn bars_beyond_the_memory_do_not_matter() {
        let reaches: Vec<f64> = (0..60).map(|step| 0.5 * f64::from(step * 7 % 11)).collect();

        let (_, all) = fed(&reaches);
        let (_, last) = fed(&reaches[60 - RobustRange::MEMORY_BARS..]);

        assert_eq!(all.last(), last.last());
    }
}
