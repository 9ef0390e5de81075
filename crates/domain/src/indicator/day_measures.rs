//! What a trading day has shown so far: its first price, its range, its opening range, its gap.
//! Exact prices throughout; only bars in which something traded speak.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::market::Bar;
use crate::price::Price;

/// A lowest and a highest price.
///
/// Shown at [`DayMeasures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceRange {
    /// The lowest.
    pub low: Price,
    /// The highest.
    pub high: Price,
}

/// The measures of one trading day, fed with its bars in order.
///
/// The print of the opening auction belongs to the day and to its opening range, as it belongs to the
/// first bar of any longer span. A bar without volume repeats an old price and is passed over.
///
/// ```
/// use catalyst_domain::indicator::DayMeasures;
/// use catalyst_domain::market::{Bar, Ohlc};
/// use catalyst_domain::quantity::Shares;
/// use chrono::TimeDelta;
/// let minute = |at: &str, low: &str, high: &str| -> Result<Bar, Box<dyn std::error::Error>> {
///     let (low, high) = (low.parse()?, high.parse()?);
///     let prices = Ohlc { open: low, high, low, close: high };
///     Ok(Bar::new(at.parse()?, prices, Shares::new(100)?)?)
/// };
/// let mut day = DayMeasures::new("2026-11-23T01:30:00Z".parse()?, TimeDelta::minutes(15));
/// day.next(&minute("2026-11-23T01:30:00Z", "10.2", "10.4")?);
/// assert_eq!(day.opening_range("2026-11-23T01:44:00Z".parse()?), None);
/// day.next(&minute("2026-11-23T01:50:00Z", "10.1", "10.8")?);
/// let opening = day.opening_range("2026-11-23T01:51:00Z".parse()?).ok_or("complete")?;
/// let range = day.range().ok_or("traded")?;
/// assert_eq!((opening.low.to_string(), opening.high.to_string()), ("10.2".into(), "10.4".into()));
/// assert_eq!((range.low.to_string(), range.high.to_string()), ("10.1".into(), "10.8".into()));
/// assert_eq!(day.gap_from("10".parse()?).map(|gap| gap.to_string()).as_deref(), Some("2"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DayMeasures {
    opening_ends: DateTime<Utc>,
    first: Option<Price>,
    range: Option<PriceRange>,
    opening: Option<PriceRange>,
}

impl DayMeasures {
    /// Starts a day whose continuous trading opens at `open`, with an opening range of that length.
    pub fn new(open: DateTime<Utc>, opening_range: TimeDelta) -> Self {
        Self {
            opening_ends: open + opening_range,
            first: None,
            range: None,
            opening: None,
        }
    }

    /// Takes the next closed bar of the day.
    pub fn next(&mut self, bar: &Bar) {
        if bar.volume().is_zero() {
            return;
        }
        self.first = self.first.or(Some(bar.open()));
        self.range = Some(widened(self.range, bar));
        if bar.start() < self.opening_ends {
            self.opening = Some(widened(self.opening, bar));
        }
    }

    /// The first price; none while nothing has traded.
    pub const fn open(&self) -> Option<Price> {
        self.first
    }

    /// Lowest and highest price so far; none while nothing has traded.
    pub const fn range(&self) -> Option<PriceRange> {
        self.range
    }

    /// The range of the first minutes, once they are over at `now`; none when nothing traded in them.
    pub fn opening_range(&self, now: DateTime<Utc>) -> Option<PriceRange> {
        self.opening.filter(|_| now >= self.opening_ends)
    }

    /// From the close of the day before to the first price, in per cent to two places.
    pub fn gap_from(&self, previous_close: Price) -> Option<Decimal> {
        let before = previous_close.value();
        let step = (self.first?.value() - before).checked_div(before)?;
        step.checked_mul(Decimal::ONE_HUNDRED)
            .map(|gap| gap.round_dp(2).normalize())
    }
}

fn widened(range: Option<PriceRange>, bar: &Bar) -> PriceRange {
    range.map_or(
        PriceRange {
            low: bar.low(),
            high: bar.high(),
        },
        |range| PriceRange {
            low: range.low.min(bar.low()),
            high: range.high.max(bar.high()),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::Ohlc;
    use crate::quantity::Shares;

    fn at(clock: &str) -> DateTime<Utc> {
        format!("2026-11-23T{clock}:00+08:00").parse().unwrap()
    }

    fn minute(clock: &str, price: &str, volume: u64) -> Bar {
        let price: Price = price.parse().unwrap();
        let prices = Ohlc {
            open: price,
            high: price,
            low: price,
            close: price,
        };
        Bar::new(at(clock), prices, Shares::new(volume).unwrap()).unwrap()
    }

    fn day(bars: &[Bar]) -> DayMeasures {
        let mut day = DayMeasures::new(at("09:30"), TimeDelta::minutes(15));
        for bar in bars {
            day.next(bar);
        }
        day
    }

    fn words(range: Option<PriceRange>) -> Option<(String, String)> {
        range.map(|range| (range.low.to_string(), range.high.to_string()))
    }

    #[test]
    fn the_opening_range_holds_the_auction_and_the_first_minutes_and_nothing_later() {
        let measured = day(&[
            minute("09:20", "9.9", 500),
            minute("09:44", "10.2", 100),
            minute("09:45", "11", 100),
        ]);

        let expected = Some(("9.9".to_owned(), "10.2".to_owned()));
        assert_eq!(words(measured.opening_range(at("09:45"))), expected);
        assert_eq!(measured.opening_range(at("09:44")), None);
        let whole = Some(("9.9".to_owned(), "11".to_owned()));
        assert_eq!(words(measured.range()), whole);
    }

    #[test]
    fn bars_without_trade_do_not_speak_of_the_day() {
        let halted = day(&[minute("09:30", "20", 0), minute("10:30", "12", 100)]);

        assert_eq!(words(halted.range()), Some(("12".into(), "12".into())));
        assert_eq!(halted.open(), Some("12".parse().unwrap()));
        assert_eq!(halted.opening_range(at("11:00")), None);
        assert_eq!(day(&[]).range(), None);
        assert_eq!(day(&[]).gap_from("10".parse().unwrap()), None);
    }

    #[test]
    fn a_gap_has_the_sign_of_the_move() {
        let gap =
            |close: &str| day(&[minute("09:30", "9.7", 100)]).gap_from(close.parse().unwrap());

        assert_eq!(gap("10"), Some(Decimal::new(-3, 0)));
        assert_eq!(gap("9.6"), Some(Decimal::new(104, 2)));
    }
}
