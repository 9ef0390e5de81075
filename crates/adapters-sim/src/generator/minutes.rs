//! The minute bars of one name on one day, on the tick grid and in whole lots.

use std::sync::Arc;

use catalyst_domain::market::{Bar, Ohlc};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::tick::TickGrid;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::daily::moved;
use super::error::OffGrid;
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
    pub(super) lots: Vec<i64>,
    pub(super) script: &'a Script,
    /// When each bar begins.
    pub(super) starts: &'a Arc<[DateTime<Utc>]>,
}

/// The bars of a day, each made when it is asked for: a run in the morning needs few of them. The
/// first is the opening print, the last ends at the day's close.
#[derive(Debug)]
pub(crate) struct Minutes {
    starts: Arc<[DateTime<Utc>]>,
    /// Of each bar, as many as there are starts.
    lots: Vec<i64>,
    /// Where each bar should end, and how far it strays from there.
    levels: Vec<(i64, i64)>,
    lot: i64,
    snap: Snap,
    stream: Stream,
    /// Where the bar before ended.
    last: i64,
    last_price: Price,
    made: usize,
    /// What is said of a price that is not legal.
    off_grid: OffGrid,
}

impl Minutes {
    /// Refuses a day that could not be made to its end.
    pub(super) fn plan(
        plan: DayPlan<'_>,
        mut stream: Stream,
        off_grid: OffGrid,
    ) -> Result<Self, OffGrid> {
        let levels = levels(&plan, &mut stream);
        let bars = plan.starts.len();
        let mut snap = Snap::new(plan.grid).ok_or(off_grid)?;
        if (plan.lots.len(), levels.len()) != (bars, bars) || !snap.holds(&levels) {
            return Err(off_grid);
        }
        Ok(Self {
            starts: Arc::clone(plan.starts),
            lots: plan.lots,
            levels,
            lot: plan.lot,
            snap,
            stream,
            last: plan.open,
            last_price: price(plan.open).ok_or(off_grid)?,
            made: 0,
            off_grid,
        })
    }

    /// When the next bar begins; `None` when all are made.
    pub(crate) fn next_start(&self) -> Option<DateTime<Utc>> {
        self.starts.get(self.made).copied()
    }

    fn make(&mut self, start: DateTime<Utc>, lots: i64, (level, wick): (i64, i64)) -> Option<Bar> {
        let (snap, stream) = (&mut self.snap, &mut self.stream);
        let traded = lots > 0;
        let close = if traded { snap.down(level)? } else { self.last };
        let (top, bottom) = (close.max(self.last), close.min(self.last));
        let wicks = if traded { wick } else { 0 };
        let high = snap.down(moved(top, stream.between(0, wicks)))?.max(top);
        let low = snap
            .down(moved(bottom, -stream.between(0, wicks)))?
            .min(bottom);
        let prices = Ohlc {
            open: self.last_price,
            high: price(high)?,
            low: price(low)?,
            close: price(close)?,
        };
        let shares = Shares::new(u64::try_from(lots * self.lot).ok()?).ok()?;
        (self.last, self.last_price) = (close, prices.close);
        self.made += 1;
        Bar::new(start, prices, shares).ok()
    }
}

impl Iterator for Minutes {
    type Item = Result<Bar, OffGrid>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.next_start()?;
        let (lots, level) = (self.lots.get(self.made)?, self.levels.get(self.made)?);
        Some(self.make(start, *lots, *level).ok_or(self.off_grid))
    }
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

/// The grid in units, with the band of the last answer remembered; neighbouring bars ask for the same
/// prices.
#[derive(Debug)]
pub(super) struct Snap {
    /// Lowest price and tick of each band. Its prices are the multiples of its tick, its edges too.
    bands: Vec<(i64, i64)>,
    lowest: i64,
    highest: i64,
    tick: i64,
    /// From one price to another the tick holds.
    known: (i64, i64),
}

impl Snap {
    /// `None` where a number of the grid is finer than a unit.
    pub(super) fn new(grid: TickGrid<'_>) -> Option<Self> {
        let bands = grid.bands();
        let bands = bands.map(|(from, tick)| Some((in_units(from)?, in_units(tick)?)));
        Some(Self {
            bands: bands.collect::<Option<_>>()?,
            lowest: in_units(grid.lowest().value())?,
            highest: in_units(grid.highest().value())?,
            tick: 1,
            known: (0, -1),
        })
    }

    /// Whether there is a legal price wherever bars that end at these levels may stray.
    fn holds(&mut self, levels: &[(i64, i64)]) -> bool {
        let ends = || levels.iter().map(|(level, _)| *level);
        let wick = levels.iter().map(|(_, wick)| *wick).max();
        let (Some(top), Some(bottom), Some(wick)) = (ends().max(), ends().min(), wick) else {
            return false;
        };
        self.down(moved(top, wick)).is_some() && self.down(moved(bottom, -wick)).is_some()
    }

    /// The highest legal price not above `units`, in units.
    pub(super) fn down(&mut self, units: i64) -> Option<i64> {
        if units < self.known.0 || units > self.known.1 {
            self.learn(units)?;
        }
        Some(units - units.rem_euclid(self.tick))
    }

    /// Finds the band that holds `units`.
    fn learn(&mut self, units: i64) -> Option<()> {
        if units < self.lowest || units > self.highest {
            return None;
        }
        for (from, tick) in &self.bands {
            if *from > units {
                self.known.1 = from - 1;
                break;
            }
            self.tick = *tick;
            self.known = (self.lowest.max(*from), self.highest);
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
