//! Sentinels over the whole field: a feed that says the same of everybody says nothing of anybody.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::sentinel::oldest;
use super::{ScanMoment, Sighting};
use crate::market::{Feed, Snapshot};
use crate::risk::FeedPolicy;

/// Names below which nothing is concluded about the feed.
const NAMES_MIN: usize = 5;
/// Minutes of trading after which names that still show nothing are a sign.
const FIRST_MINUTES: u32 = 5;

/// What cannot be believed when a feed is doubted.
///
/// Shown at [`FeedSentinel::withholds`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Withheld {
    /// Prices, and with them every figure.
    Prices,
    /// Relative volume alone.
    RelativeVolume,
    /// All that rests on volume.
    Volume,
}

/// Why the feed itself is doubted. "Most" are two thirds of the names or more, of five at least.
///
/// Shown at [`FeedSentinel::withholds`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeedSentinel {
    /// Most names have no quote, or a malformed one.
    NoData,
    /// No name has a fresh quote, or most carry one and the same old time.
    Stopped,
    /// Most quotes are delayed, and delayed data is not accepted.
    Delayed,
    /// Every price stands exactly at its previous close, minutes into trading.
    Unchanged,
    /// Most names show no volume, minutes into trading.
    NoVolume,
    /// Most names have the same relative volume, to two places.
    ConstantVolume,
}

impl FeedSentinel {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::NoData,
        Self::Stopped,
        Self::Delayed,
        Self::Unchanged,
        Self::NoVolume,
        Self::ConstantVolume,
    ];

    /// The stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoData => "feed_no_data",
            Self::Stopped => "feed_stopped",
            Self::Delayed => "feed_delayed",
            Self::Unchanged => "feed_unchanged",
            Self::NoVolume => "feed_no_volume",
            Self::ConstantVolume => "constant_volume",
        }
    }

    /// What is not shown while this lasts, and meets no criterion.
    ///
    /// ```
    /// use catalyst_domain::scan::{FeedSentinel, Withheld};
    /// assert_eq!(FeedSentinel::Stopped.withholds(), Withheld::Prices);
    /// assert_eq!(FeedSentinel::ConstantVolume.withholds(), Withheld::RelativeVolume);
    /// ```
    pub const fn withholds(self) -> Withheld {
        match self {
            Self::NoData | Self::Stopped | Self::Delayed | Self::Unchanged => Withheld::Prices,
            Self::NoVolume => Withheld::Volume,
            Self::ConstantVolume => Withheld::RelativeVolume,
        }
    }
}

/// What is wrong with the field as a whole; relative volume is judged apart, once it is measured.
pub(super) fn doubts<'a>(
    seen: impl Iterator<Item = &'a Sighting>,
    at: &ScanMoment,
) -> BTreeSet<FeedSentinel> {
    let mut found = BTreeSet::new();
    let Some(minutes) = at.traded_minutes else {
        return found;
    };
    let (mut asked, mut shown) = (0, Vec::new());
    for sighting in seen {
        asked += 1;
        match sighting {
            Sighting::Shown(snapshot) => shown.push(snapshot),
            Sighting::Absent | Sighting::Malformed => {}
        }
    }
    let mut note = |is_so: bool, sentinel| {
        if is_so {
            found.insert(sentinel);
        }
    };
    let of_shown = |is_so: fn(&Snapshot) -> bool| {
        let count = shown.iter().filter(|snapshot| is_so(snapshot)).count();
        are_most(count, shown.len())
    };
    note(are_most(asked - shown.len(), asked), FeedSentinel::NoData);
    note(has_stopped(&shown, at.now), FeedSentinel::Stopped);
    let delayed = of_shown(|snapshot| snapshot.quote.feed == Feed::Delayed);
    note(
        delayed && at.feeds == FeedPolicy::LiveOnly,
        FeedSentinel::Delayed,
    );
    if minutes >= FIRST_MINUTES {
        let silent = of_shown(|snapshot| snapshot.quote.day_volume.is_zero());
        note(silent, FeedSentinel::NoVolume);
        note(is_unchanged(&shown), FeedSentinel::Unchanged);
    }
    found
}

fn are_most(count: usize, of: usize) -> bool {
    of >= NAMES_MIN && count * 3 >= of * 2
}

fn has_stopped(shown: &[&Snapshot], now: DateTime<Utc>) -> bool {
    let old = |snapshot: &&&Snapshot| {
        let quote = snapshot.quote;
        quote.age(now) > oldest(quote.feed)
    };
    let mut old_times: BTreeMap<DateTime<Utc>, usize> = BTreeMap::new();
    for snapshot in shown.iter().filter(old) {
        *old_times.entry(snapshot.quote.at).or_insert(0) += 1;
    }
    let all: usize = old_times.values().sum();
    let one_time = old_times.values().copied().max().unwrap_or(0);
    shown.len() >= NAMES_MIN && (all == shown.len() || are_most(one_time, shown.len()))
}

fn is_unchanged(shown: &[&Snapshot]) -> bool {
    let moves: Vec<bool> = shown
        .iter()
        .filter_map(|snapshot| Some(snapshot.quote.last != snapshot.previous_close?))
        .collect();
    moves.len() >= NAMES_MIN && !moves.contains(&true)
}

/// Whether most of these relative volumes are one and the same to two places, which no market shows.
///
/// ```
/// use catalyst_domain::scan::volume_is_constant;
/// use rust_decimal::Decimal;
/// let hundredths = |ratios: [i64; 5]| ratios.map(|ratio| Decimal::new(ratio, 2));
/// assert!(volume_is_constant(&hundredths([200, 200, 200, 200, 87])));
/// assert!(!volume_is_constant(&hundredths([200, 200, 200, 143, 87])));
/// ```
pub fn volume_is_constant(ratios: &[Decimal]) -> bool {
    let mut counts: BTreeMap<Decimal, usize> = BTreeMap::new();
    for ratio in ratios {
        *counts.entry(ratio.round_dp(2)).or_insert(0) += 1;
    }
    are_most(counts.values().copied().max().unwrap_or(0), ratios.len())
}
