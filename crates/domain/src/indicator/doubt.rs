//! What speaks against the figures of a series before any is worked out: too few trades, a split that
//! nobody adjusted for, a price that cannot be.

use crate::market::Bar;
use crate::price::Price;

/// Bars that Wilder's averages still feel: 87 % of their weight lies in the last two periods.
const FELT: usize = 28;
/// Share of bars without trade, in per cent, above which ranges shrink and strength goes stale. Mid
/// caps of 2019 and 2020 have 10 to 30 % of empty minutes.
const EMPTY_PERCENT_MAX: usize = 30;
/// Bars after which an average over 14 has forgotten a price: a weight of 0.0006.
const REMEMBERED: usize = 100;
/// A step between neighbouring prices from which a split (two for one and more) is more likely than a
/// trade: 1.8, as a ratio of whole numbers.
const STEP: (u64, u64) = (9, 5);

/// A reason not to trust a series.
///
/// Shown at [`examine`](examine()).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// More than 30 % of the last 28 bars are without trade.
    Thin,
    /// Over a night the price moved by 1.8 times or more and stayed there.
    Split,
    /// A price of one of the last 100 bars left its neighbours by 1.8 times or more and came back, or
    /// there is no next one yet.
    Spike,
    /// The last bar is not the one that should be last by now.
    Stale,
}

impl Doubt {
    /// The short word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Thin => "thin",
            Self::Split => "split?",
            Self::Spike => "spike?",
            Self::Stale => "stale",
        }
    }
}

/// What an examination of a series came to.
///
/// Shown at [`examine`](examine()).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// Index of the first bar that is on the scale of the last one: behind it lies a split, if any.
    pub sound_from: usize,
    /// What was found, in the order of [`Doubt`].
    pub doubts: Vec<Doubt>,
}

/// Examines bars, oldest first; `night_between` tells whether a night lies between two neighbours.
///
/// Whether a bar came too late cannot be seen in the bars themselves: [`Doubt::Stale`] is for whoever
/// knows the time.
///
/// ```
/// use catalyst_domain::indicator::{Doubt, examine};
/// use catalyst_domain::market::{Bar, Ohlc};
/// use catalyst_domain::quantity::Shares;
/// use chrono::{DateTime, TimeDelta, Utc};
/// let first: DateTime<Utc> = "2026-11-20T07:30:00Z".parse()?;
/// let mut bars = Vec::new();
/// for (day, price) in [(0, "90"), (3, "30"), (4, "30.5")] {
///     let price = price.parse()?;
///     let prices = Ohlc { open: price, high: price, low: price, close: price };
///     bars.push(Bar::new(first + TimeDelta::days(day), prices, Shares::new(100)?)?);
/// }
/// let examined = examine(&bars, |_, _| true);
/// assert_eq!((examined.sound_from, examined.doubts), (1, vec![Doubt::Split]));
/// assert_eq!(Doubt::Split.as_str(), "split?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn examine(bars: &[Bar], night_between: impl Fn(&Bar, &Bar) -> bool) -> Examined {
    let mut sound_from = 0;
    let mut spiked = false;
    let recent = bars.len().saturating_sub(REMEMBERED);
    for (index, pair) in bars.windows(2).enumerate() {
        let [before, bar] = pair else { continue };
        let after = bars.get(index + 2);
        match step(before, bar, after, night_between(before, bar)) {
            Step::Ordinary => {}
            Step::Split => {
                sound_from = index + 1;
                spiked = false;
            }
            Step::Spike => spiked |= index + 1 >= recent,
        }
    }
    let (_, sound) = bars.split_at(sound_from);
    let mut doubts = Vec::new();
    if is_thin(sound) {
        doubts.push(Doubt::Thin);
    }
    if sound_from > 0 {
        doubts.push(Doubt::Split);
    }
    if spiked {
        doubts.push(Doubt::Spike);
    }
    Examined { sound_from, doubts }
}

/// How a bar stands to the one before it.
enum Step {
    Ordinary,
    Split,
    Spike,
}

fn step(before: &Bar, bar: &Bar, after: Option<&Bar>, night: bool) -> Step {
    if has_wick_beyond_reason(bar) || opens_beyond_reason(before, bar) {
        return Step::Spike;
    }
    if !far(before, bar) {
        return Step::Ordinary;
    }
    match after {
        Some(after) if !far(before, after) => Step::Spike,
        // It opened there and stayed there.
        _ if night && apart(before.close(), bar.open()) => Step::Split,
        Some(_) => Step::Ordinary,
        None => Step::Spike,
    }
}

fn far(a: &Bar, b: &Bar) -> bool {
    apart(a.close(), b.close())
}

fn has_wick_beyond_reason(bar: &Bar) -> bool {
    let (open, close) = (bar.open(), bar.close());
    apart(open.max(close), bar.high()) || apart(open.min(close), bar.low())
}

/// Its first price lies apart from what came before and from what came of it.
fn opens_beyond_reason(before: &Bar, bar: &Bar) -> bool {
    let open = bar.open();
    apart(before.close(), open) && apart(open, bar.close())
}

fn apart(a: Price, b: Price) -> bool {
    let (more, less) = STEP;
    let (a, b) = (a.units(), b.units());
    a.max(b).saturating_mul(less) >= a.min(b).saturating_mul(more)
}

fn is_thin(bars: &[Bar]) -> bool {
    let felt = bars.get(bars.len().saturating_sub(FELT)..).unwrap_or(bars);
    let empty = felt.iter().filter(|bar| bar.volume().is_zero()).count();
    empty * 100 > EMPTY_PERCENT_MAX * felt.len()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;
    use crate::market::Ohlc;
    use crate::quantity::Shares;

    /// A bar every quarter of an hour, four to a day.
    fn bars(closes: &[&str]) -> Vec<Bar> {
        let first: DateTime<Utc> = "2026-11-23T01:30:00Z".parse().unwrap();
        let mut bars = Vec::new();
        for (index, close) in (0_i64..).zip(closes) {
            let price: Price = close.parse().unwrap();
            let prices = Ohlc {
                open: price,
                high: price,
                low: price,
                close: price,
            };
            let start = first + TimeDelta::days(index / 4) + TimeDelta::minutes(15 * (index % 4));
            bars.push(Bar::new(start, prices, Shares::new(100).unwrap()).unwrap());
        }
        bars
    }

    fn night(a: &Bar, b: &Bar) -> bool {
        a.start().date_naive() != b.start().date_naive()
    }

    fn doubts(closes: &[&str]) -> (usize, Vec<Doubt>) {
        let examined = examine(&bars(closes), night);
        (examined.sound_from, examined.doubts)
    }

    #[test]
    fn an_ordinary_series_is_sound_from_its_start() {
        assert_eq!(doubts(&["10", "10.5", "9", "11", "14", "13"]), (0, vec![]));
        assert_eq!(doubts(&[]), (0, vec![]));
    }

    #[test]
    fn a_price_that_halves_over_a_night_and_stays_is_a_split() {
        let split = doubts(&["20", "20", "20", "20", "10", "10.1"]);

        assert_eq!(split, (4, vec![Doubt::Split]));
        assert_eq!(doubts(&["20", "20", "20", "20", "10"]).0, 4);
        assert_eq!(doubts(&["1", "1", "1", "1", "10", "10"]).0, 4);
    }

    #[test]
    fn a_price_that_moves_by_less_than_the_step_over_a_night_is_none() {
        assert_eq!(doubts(&["18", "18", "18", "18", "10.01"]), (0, vec![]));
        assert_eq!(doubts(&["18", "18", "18", "18", "10"]).0, 4);
    }

    #[test]
    fn one_bar_that_comes_back_is_a_spike_wherever_it_stands() {
        assert_eq!(doubts(&["10", "99", "10", "10"]), (0, vec![Doubt::Spike]));
        let over_night = doubts(&["10", "10", "10", "10", "0.1", "10"]);
        assert_eq!(over_night, (0, vec![Doubt::Spike]));
    }

    #[test]
    fn a_move_within_a_day_is_doubted_until_the_next_bar_confirms_it() {
        assert_eq!(doubts(&["10", "10", "19"]), (0, vec![Doubt::Spike]));
        assert_eq!(doubts(&["10", "10", "19", "20"]), (0, vec![]));
    }

    /// Three bars of 10, the second of which has these prices.
    fn doubts_of_a_bar(open: &str, high: &str) -> Vec<Doubt> {
        let mut series = bars(&["10", "10", "10"]);
        let ten: Price = "10".parse().unwrap();
        let prices = Ohlc {
            open: open.parse().unwrap(),
            high: high.parse().unwrap(),
            low: ten,
            close: ten,
        };
        series[1] = Bar::new(series[1].start(), prices, series[1].volume()).unwrap();
        examine(&series, night).doubts
    }

    #[test]
    fn a_wick_beyond_reason_is_a_spike() {
        assert_eq!(doubts_of_a_bar("10", "50"), [Doubt::Spike]);
        assert_eq!(doubts_of_a_bar("10", "17.9"), []);
    }

    #[test]
    fn a_first_price_beyond_reason_that_is_taken_back_within_the_bar_is_a_spike() {
        assert_eq!(doubts_of_a_bar("50", "50"), [Doubt::Spike]);
        assert_eq!(doubts_of_a_bar("17.9", "17.9"), []);
    }

    #[test]
    fn a_spike_that_the_averages_have_forgotten_is_no_doubt() {
        let mut closes = vec!["10", "99"];
        closes.extend(["10"; 100]);
        assert_eq!(doubts(&closes).1, []);

        closes.remove(2);
        assert_eq!(doubts(&closes).1, [Doubt::Spike]);
    }

    #[test]
    fn a_series_is_thin_when_more_than_three_tenths_of_what_is_felt_is_empty() {
        let with_empty = |empty: usize| {
            let mut series = bars(&["10"; 40]);
            for bar in series.iter_mut().rev().take(empty) {
                *bar = Bar::new(
                    bar.start(),
                    Ohlc {
                        open: bar.open(),
                        high: bar.high(),
                        low: bar.low(),
                        close: bar.close(),
                    },
                    Shares::ZERO,
                )
                .unwrap();
            }
            examine(&series, night).doubts
        };

        assert_eq!(with_empty(8), []);
        assert_eq!(with_empty(9), [Doubt::Thin]);
    }
}
