//! What today has shown of one symbol: range, gap, opening range.

use std::collections::BTreeMap;

use catalyst_domain::indicator::{DayMeasures, Doubt, examine};
use catalyst_domain::market::Bar;
use catalyst_ports::tool::{DayLine, Figure, Lack};
use chrono::TimeDelta;

use super::session_bars::{date_of, session_times};
use crate::running::Running;

/// Length of the opening range.
const OPENING_MINUTES: i64 = 15;

/// The day so far from its minute bars and the daily bar before it, with what it lacks.
pub(super) fn day_line(
    run: &Running<'_>,
    today: &[Bar],
    day_before: Option<&Bar>,
) -> (DayLine, BTreeMap<Figure, Lack>) {
    let open = today
        .first()
        .and_then(|first| session_times(run, date_of(run, first)).ok())
        .and_then(|spans| spans.first().map(|(start, _)| *start));
    let Some(open) = open else {
        let nothing = [Figure::Gap, Figure::Or15].map(|figure| (figure, Lack::NoTradeToday));
        return (DayLine::default(), BTreeMap::from(nothing));
    };
    let mut day = DayMeasures::new(open, TimeDelta::minutes(OPENING_MINUTES));
    for bar in today {
        day.next(bar);
    }
    let range = day.range();
    let gap = gap(today, day_before, &day);
    let or15 = day.opening_range(run.now());
    let mut missing = BTreeMap::new();
    if let Err(lack) = gap {
        missing.insert(Figure::Gap, lack);
    }
    if or15.is_none() {
        missing.insert(Figure::Or15, Lack::NoOpeningRange);
    }
    let line = DayLine {
        hi: range.map(|range| range.high),
        lo: range.map(|range| range.low),
        gap: gap.ok(),
        or15,
    };
    (line, missing)
}

/// A gap over a split is none.
fn gap(
    today: &[Bar],
    day_before: Option<&Bar>,
    day: &DayMeasures,
) -> Result<rust_decimal::Decimal, Lack> {
    let before = day_before.ok_or(Lack::NoPreviousClose)?;
    let first = today.iter().find(|bar| !bar.volume().is_zero());
    let first = first.ok_or(Lack::NoTradeToday)?;
    let over_night = [*before, first.joined_with(today.last().unwrap_or(first))];
    if examine(&over_night, |_, _| true)
        .doubts
        .contains(&Doubt::Split)
    {
        return Err(Lack::Doubted(Doubt::Split));
    }
    day.gap_from(before.close()).ok_or(Lack::NoPreviousClose)
}
