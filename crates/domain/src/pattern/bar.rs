//! A bar as patterns read it: its prices, its place among the sessions, what its volume holds.

use crate::indicator::{Ohlcv, RobustRange, SessionPlace};

/// Share of bars without trade, in per cent, above which a window has no shape worth a name: mid
/// caps fill 10 to 30 % of their minutes with the last price.
const EMPTY_PERCENT_MAX: usize = 30;

/// One closed bar and where it stands.
///
/// Shown at [`find_breakout`](super::find_breakout).
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
/// Shown at [`find_breakout`](super::find_breakout).
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
}

/// A price step that is no step.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("tick size is {found}; a price step is finite and above 0")]
pub struct TickSizeError {
    found: f64,
}

/// The unit of geometry at the last of the bars: their robust range, one tick at least.
pub(super) fn unit_at_end(bars: &[PatternBar], tick: TickSize) -> Option<f64> {
    let memory = bars.len().saturating_sub(RobustRange::MEMORY_BARS);
    let mut range = RobustRange::new();
    let mut value = None;
    let mut previous = None;
    for bar in bars.get(memory..)? {
        let place = match previous {
            Some(session) if session != bar.session => SessionPlace::First,
            Some(_) | None => SessionPlace::Within,
        };
        value = range.next(&bar.ohlcv, place);
        previous = Some(bar.session);
    }
    value.map(|unit| unit.max(tick.0))
}

/// Whether so many of the bars are without trade that their shape is made of filled-in prices.
pub(super) fn is_thinly_traded(bars: &[PatternBar]) -> bool {
    let empty = bars.iter().filter(|bar| bar.ohlcv.volume() <= 0.0).count();
    empty * 100 > bars.len() * EMPTY_PERCENT_MAX
}

/// The mean volume of continuous trading in the bars; none when fewer than half of them have such
/// a volume, or when nothing traded.
pub(super) fn mean_volume(bars: &[PatternBar]) -> Option<f64> {
    let mut count = 0_u16;
    let mut sum = 0.0;
    for bar in bars
        .iter()
        .filter(|bar| bar.volume == BarVolume::Continuous)
    {
        count = count.checked_add(1)?;
        sum += bar.ohlcv.volume();
    }
    let enough = usize::from(count) * 2 >= bars.len();
    (enough && sum > 0.0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(reach: f64, volume: f64) -> PatternBar {
        PatternBar {
            ohlcv: Ohlcv::new(50.0, 50.0 + reach, 50.0 - reach, 50.0, volume).unwrap(),
            session: 1,
            volume: BarVolume::Continuous,
        }
    }

    #[test]
    fn the_unit_is_never_finer_than_a_tick() {
        let tick = TickSize::new(0.5).unwrap();

        assert_eq!(unit_at_end(&[bar(0.1, 1.0); 21], tick), Some(0.5));
        assert_eq!(unit_at_end(&[bar(1.0, 1.0); 21], tick), Some(2.0));
        assert_eq!(unit_at_end(&[bar(1.0, 1.0); 10], tick), None);
    }

    #[test]
    fn the_unit_does_not_hear_the_gap_between_two_sessions() {
        let mut bars = vec![bar(0.5, 1.0); 8];
        for step in 0..16 {
            bars.push(PatternBar {
                session: step,
                ..bar(0.5 + f64::from(step), 1.0)
            });
            bars.push(PatternBar {
                session: step,
                ..bar(0.5, 1.0)
            });
        }

        assert_eq!(unit_at_end(&bars, TickSize::new(0.01).unwrap()), Some(1.0));
    }

    #[test]
    fn a_step_that_is_none_is_refused() {
        assert_eq!(TickSize::new(0.0), Err(TickSizeError { found: 0.0 }));
        assert_eq!(
            TickSize::new(f64::NAN).unwrap_err().to_string(),
            "tick size is NaN; a price step is finite and above 0"
        );
    }

    #[test]
    fn more_than_three_empty_bars_in_ten_make_a_window_thin() {
        let mut bars = vec![bar(0.1, 0.0); 3];
        bars.extend([bar(0.1, 5.0); 7]);
        assert!(!is_thinly_traded(&bars));

        bars[9] = bar(0.1, 0.0);
        assert!(is_thinly_traded(&bars));
    }

    #[test]
    fn auction_volume_stays_out_of_the_mean() {
        let auction = PatternBar {
            volume: BarVolume::WithAuction,
            ..bar(0.1, 9_000.0)
        };

        assert_eq!(
            mean_volume(&[bar(0.1, 100.0), auction, bar(0.1, 300.0)]),
            Some(200.0)
        );
        assert_eq!(mean_volume(&[bar(0.1, 100.0), auction, auction]), None);
        assert_eq!(mean_volume(&[bar(0.1, 0.0); 4]), None);
    }
}
