//! The level of a name by day: any day's close, open and volume without the days before it.
//!
//! A close is a base price moved by smooth noise and by the fading jumps of the days on which the
//! name was in play, so history and minutes of different days agree without being stored.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::symbol::Symbol;

use super::cast::{Part, day_number};
use super::rng::Stream;

/// Parts per million of a price.
pub(super) const WHOLE: i64 = 1_000_000;

/// Trading days over which a jump is remembered, four fifths of it from one to the next.
pub(super) const JUMP_DAYS: usize = 12;

/// Days from knot to knot of each noise, and how far it reaches, in parts per million.
const OCTAVES: [(i64, i64); 4] = [(1, 5_000), (4, 12_000), (13, 40_000), (55, 110_000)];

/// Lots of an ordinary day at the least, so that each minute has something to trade.
const LOTS_MIN: i64 = 2_500;

const JUMPS: u64 = 2;
const NOISE: u64 = 3;
const GAPS: u64 = 4;
const VOLUMES: u64 = 5;

/// A name with the numbers that never change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Company {
    pub(super) symbol: Symbol,
    /// Place in the list, by which the cast knows it.
    pub(super) place: usize,
    /// Price around which it moves, in 1/10,000 of a dollar.
    pub(super) base: i64,
    /// Usual turnover of a day, in dollars.
    pub(super) turnover: i64,
    /// Its own streams.
    pub(super) key: u64,
}

/// A trading date with everybody's part.
#[derive(Debug, Clone)]
pub(super) struct CastDay {
    pub(super) date: TradingDate,
    pub(super) parts: Vec<Part>,
}

impl CastDay {
    pub(super) fn part(&self, company: Company) -> Part {
        self.parts
            .get(company.place)
            .copied()
            .unwrap_or(Part::Quiet)
    }
}

/// The close of the last of `days`, before it is put on the tick grid.
pub(super) fn raw_close(seed: u64, company: Company, days: &[CastDay]) -> i64 {
    let Some(today) = days.last() else {
        return company.base;
    };
    let mut offset = noise(seed, company, day_number(today.date));
    let mut fade = WHOLE;
    for day in days.iter().rev().take(JUMP_DAYS) {
        offset += jump(seed, company, day) * fade / WHOLE;
        fade = fade * 4 / 5;
    }
    moved(company.base, offset)
}

/// The open of `today`, before it is put on the tick grid, after a close at `previous`.
pub(super) fn raw_open(seed: u64, company: Company, today: &CastDay, previous: i64) -> i64 {
    let mut stream = stream(seed, company, today.date, GAPS);
    let gap = match today.part(company) {
        Part::RisesEarly => stream.between(18_000, 40_000),
        Part::Falls => stream.between(-50_000, -25_000),
        Part::RisesLater | Part::Quiet | Part::Halted => stream.bell(3_000),
    };
    moved(previous, gap)
}

/// The volume of `today` in lots of `lot` shares, at a close of `close`.
pub(super) fn lots(seed: u64, company: Company, today: &CastDay, close: i64, lot: i64) -> i64 {
    let mut stream = stream(seed, company, today.date, VOLUMES);
    let usual = stream.between(75, 130);
    let percent = match today.part(company) {
        Part::RisesEarly | Part::RisesLater => stream.between(240, 460),
        Part::Falls => stream.between(200, 320),
        Part::Quiet | Part::Halted => usual,
    };
    let lot_price = close.saturating_mul(lot).max(1);
    let usual_lots = company.turnover.saturating_mul(10_000) / lot_price;
    (usual_lots * percent / 100).max(LOTS_MIN * percent / 100)
}

/// A price moved by parts per million.
pub(super) const fn moved(price: i64, parts: i64) -> i64 {
    price * (WHOLE + parts) / WHOLE
}

fn jump(seed: u64, company: Company, day: &CastDay) -> i64 {
    let mut stream = stream(seed, company, day.date, JUMPS);
    match day.part(company) {
        Part::RisesEarly => stream.between(55_000, 110_000),
        Part::RisesLater => stream.between(45_000, 90_000),
        Part::Falls => stream.between(-90_000, -55_000),
        Part::Quiet | Part::Halted => 0,
    }
}

fn noise(seed: u64, company: Company, day: i64) -> i64 {
    let at_knot = |period: i64, reach: i64, knot: i64| {
        let parts = [
            seed,
            company.key,
            NOISE,
            period.cast_unsigned(),
            knot.cast_unsigned(),
        ];
        Stream::of(&parts).between(-reach, reach)
    };
    let octave = |(period, reach): (i64, i64)| {
        let (knot, way) = (day.div_euclid(period), day.rem_euclid(period));
        let (before, after) = (
            at_knot(period, reach, knot),
            at_knot(period, reach, knot + 1),
        );
        before + (after - before) * way / period
    };
    OCTAVES.into_iter().map(octave).sum()
}

fn stream(seed: u64, company: Company, date: TradingDate, purpose: u64) -> Stream {
    let day = day_number(date).cast_unsigned();
    Stream::of(&[seed, company.key, day, purpose])
}
