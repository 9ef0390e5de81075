//! Who plays which part on a day.

use catalyst_domain::calendar::TradingDate;
use chrono::Datelike as _;

use super::rng::Stream;

/// What a name does on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing in particular.
    Quiet,
    /// Good news before the open: a gap up, then a rise in steps.
    RisesEarly,
    /// Good news in the session: a rise in steps from there.
    RisesLater,
    /// Bad news before the open: a gap down and a slide.
    Falls,
    /// Quiet, and without trade for a while.
    Halted,
}

/// A stream's name, so that no two purposes share numbers.
const PURPOSE: u64 = 1;

/// The parts of the names of a list, in its order. The same list has the same cast on a date.
pub(super) fn cast(seed: u64, date: TradingDate, names: usize) -> Vec<Part> {
    let mut stream = Stream::of(&[seed, day_number(date).cast_unsigned(), PURPOSE]);
    let mut places: Vec<usize> = (0..names).collect();
    for last in (1..names).rev() {
        let bound = i64::try_from(last).unwrap_or(0);
        let other = usize::try_from(stream.between(0, bound)).unwrap_or(0);
        places.swap(last, other);
    }
    let mut parts = vec![Part::Quiet; names];
    let roles = [
        (Part::RisesEarly, (names / 12).clamp(1, 4)),
        (Part::RisesLater, (names / 16).clamp(1, 3)),
        (Part::Falls, (names / 25).clamp(1, 2)),
        (Part::Halted, 1),
    ];
    let mut places = places.into_iter();
    for (part, count) in roles {
        for place in places.by_ref().take(count) {
            if let Some(kept) = parts.get_mut(place) {
                *kept = part;
            }
        }
    }
    parts
}

/// Days since the beginning of the common era.
pub(super) fn day_number(date: TradingDate) -> i64 {
    i64::from(date.as_naive().num_days_from_ce())
}
