//! The minute bars of one name on one day, on the tick grid and in whole lots.

use catalyst_domain::market::{Bar, Ohlc};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::tick::TickGrid;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::daily::moved;
use super::rng::Stream;
use super::script::Script;

/// Places of the integers in which prices are made.
const UNIT_PLACES: u32 = 4;

/// Minutes before the end over which noise dies away, so that the day ends where it should.
const LANDING: i64 = 8;

/// What the bars are made from.
#[derive(Debug)]
pub(super) struct DayPlan<'a> {
    pub(super) grid: TickGrid<'a>,
    pub(super) open: i64,
    pub(super) close: i64,
    pub(super) lot: i64,
    /// Lots of each bar, the opening print first.
    pub(super) lots: &'a [i64],
    pub(super) script: &'a Script,
}

/// Bars stamped `starts`; the first is the opening print, the last ends at the day's close. `None`
/// where a price leaves the grid or a volume its bound.
pub(super) fn minute_bars(
    plan: &DayPlan<'_>,
    starts: &[DateTime<Utc>],
    stream: &mut Stream,
) -> Option<Vec<Bar>> {
    let mut snap = Snap::new(plan.grid);
    let levels = levels(plan, stream);
    let mut bars = Vec::with_capacity(starts.len());
    let mut last = plan.open;
    let mut last_price = price(last)?;
    let minutes = plan.lots.iter().zip(levels);
    for (start, (lots, (level, wick))) in starts.iter().zip(minutes) {
        let traded = *lots > 0;
        let close = if traded { snap.down(level)? } else { last };
        let (top, bottom) = (close.max(last), close.min(last));
        let wicks = if traded { wick } else { 0 };
        let high = snap.down(moved(top, stream.between(0, wicks)))?.max(top);
        let low = snap
            .down(moved(bottom, -stream.between(0, wicks)))?
            .min(bottom);
        let prices = Ohlc {
            open: last_price,
            high: price(high)?,
            low: price(low)?,
            close: price(close)?,
        };
        let shares = Shares::new(u64::try_from(lots * plan.lot).ok()?).ok()?;
        bars.push(Bar::new(*start, prices, shares).ok()?);
        (last, last_price) = (close, prices.close);
    }
    Some(bars)
}

/// Where the price should stand at the end of each bar, and how far the bar strays from there.
fn levels(plan: &DayPlan<'_>, stream: &mut Stream) -> Vec<(i64, i64)> {
    let minutes = i64::try_from(plan.lots.len()).unwrap_or(0) - 1;
    let mut levels = vec![(plan.open, 0)];
    let (mut begun, mut from, mut noise) = (0, 0, 0);
    for leg in &plan.script.legs {
        let width = (leg.until - begun).max(1);
        for minute in begun + 1..=leg.until {
            noise = noise * 93 / 100 + stream.bell(leg.restless);
            let left = (minutes - minute).min(LANDING);
            let course = from + (leg.level - from) * (minute - begun) / width;
            let level = moved(plan.open, course + noise * left / LANDING);
            levels.push((level, leg.restless * 3 / 4));
        }
        (begun, from) = (leg.until.max(begun), leg.level);
    }
    if let Some(last) = levels.last_mut() {
        last.0 = plan.close;
    }
    levels
}

/// The grid with the band of the last answer remembered; neighbouring bars ask for the same prices.
#[derive(Debug)]
pub(super) struct Snap<'a> {
    grid: TickGrid<'a>,
    tick: i64,
    /// From one price to another the tick holds.
    known: (i64, i64),
}

impl<'a> Snap<'a> {
    pub(super) const fn new(grid: TickGrid<'a>) -> Self {
        Self {
            grid,
            tick: 1,
            known: (0, -1),
        }
    }

    /// The highest legal price not above `units`, in units.
    pub(super) fn down(&mut self, units: i64) -> Option<i64> {
        if units < self.known.0 || units > self.known.1 {
            self.learn(units)?;
        }
        Some(units - units.rem_euclid(self.tick))
    }

    /// Finds the band that holds `units`. Its prices are the multiples of its tick, its edges too.
    fn learn(&mut self, units: i64) -> Option<()> {
        let lowest = in_units(self.grid.lowest().value())?;
        let highest = in_units(self.grid.highest().value())?;
        if units < lowest || units > highest {
            return None;
        }
        for (from, tick) in self.grid.bands() {
            let from = in_units(from)?;
            if from > units {
                self.known.1 = from - 1;
                break;
            }
            self.tick = in_units(tick)?;
            self.known = (from.max(lowest), highest);
        }
        Some(())
    }
}

pub(super) fn price(units: i64) -> Option<Price> {
    Price::new(Decimal::new(units, UNIT_PLACES)).ok()
}

/// A price or tick of a grid in units, of which each is a whole number.
fn in_units(value: Decimal) -> Option<i64> {
    let finer = UNIT_PLACES.checked_sub(value.scale())?;
    let digits = i64::try_from(value.mantissa()).ok()?;
    digits.checked_mul(10_i64.checked_pow(finer)?)
}
