//! Sentinels: what is wrong with the data of one name, so that it is doubted and not traded on.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::FeedSentinel;
use crate::market::{Feed, Snapshot};
use crate::price::Price;
use crate::risk::FeedPolicy;

/// Quotes older than this are doubted; orders are held to the stricter limit of the gate.
pub(super) const QUOTE_AGE_MAX: TimeDelta = TimeDelta::minutes(2);
/// How far a delayed feed that is accepted runs behind, with room; the same as in the gate.
pub(super) const FEED_DELAY_MAX: TimeDelta = TimeDelta::minutes(20);
/// Clocks of two machines never agree to the millisecond; beyond this a quote is from the future.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(2);
/// A change from the previous close beyond this is rather a split or a bad print than a move.
const MOVE_MAX: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
/// A spread wider than this part of the bid is no market.
const SPREAD_MAX: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// What a market said about one name that was asked for.
///
/// Shown at [`sift`](super::sift).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sighting {
    /// Its book and its day.
    Shown(Snapshot),
    /// Nothing.
    Absent,
    /// Something that is no number, no price, or contradicts itself.
    Malformed,
}

/// When and under which policy a scan looks.
///
/// Shown at [`Sentinel`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanMoment {
    /// The moment.
    pub now: DateTime<Utc>,
    /// Minutes of continuous trading so far today; `None` while the exchange does not trade
    /// continuously, when a silent feed is no sign of anything.
    pub traded_minutes: Option<u32>,
    /// Whether delayed quotes may be traded on.
    pub feeds: FeedPolicy,
}

/// Why the data of one name is doubted.
///
/// ```
/// use catalyst_domain::market::{Feed, Quote, Snapshot};
/// use catalyst_domain::quantity::Shares;
/// use catalyst_domain::risk::FeedPolicy;
/// use catalyst_domain::scan::{ScanMoment, Sentinel};
/// let now = "2026-11-23T02:00:00Z".parse()?;
/// let at = ScanMoment { now, traded_minutes: Some(30), feeds: FeedPolicy::LiveOnly };
/// let quote = Quote {
///     symbol: "700".parse()?,
///     last: "500".parse()?,
///     bid: "499.8".parse()?,
///     ask: "500".parse()?,
///     day_volume: Shares::new(2_000_000)?,
///     at: now,
///     feed: Feed::Live,
/// };
/// let close = Some("495".parse()?);
/// let shown = Snapshot { quote, open: close, high: None, low: None, previous_close: close };
/// assert_eq!(Sentinel::over(&shown, &at), None);
/// let crossed = Snapshot { quote: Quote { bid: quote.ask, ..quote }, ..shown };
/// assert_eq!(Sentinel::over(&crossed, &at).map(Sentinel::as_str), Some("crossed"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sentinel {
    /// The market has nothing on the name.
    NoData,
    /// A figure is missing, not a number, or no price: it ended in the adapter's translation.
    Malformed,
    /// The quote is delayed, and delayed data is not accepted.
    Delayed,
    /// The quote is stamped more than two seconds after now.
    Future,
    /// No news of the book for more than two minutes (an accepted delayed one: 20 minutes more).
    Stale,
    /// The bid is at or above the ask.
    Crossed,
    /// No close of the day before, so no change can be told.
    NoClose,
    /// The day's high is below its low, or the first or last price lies outside them.
    DayRange,
    /// More than 50 % away from the previous close: a split or a bad print.
    Move,
    /// The spread is more than 10 % of the bid.
    Spread,
    /// Not a share has traded and yet the price has moved.
    NoVolume,
    /// Nothing is wrong with the name itself, but the prices of the whole feed are doubted.
    Feed,
}

impl Sentinel {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::NoData,
        Self::Malformed,
        Self::Delayed,
        Self::Future,
        Self::Stale,
        Self::Crossed,
        Self::NoClose,
        Self::DayRange,
        Self::Move,
        Self::Spread,
        Self::NoVolume,
        Self::Feed,
    ];

    /// The stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoData => "no_data",
            Self::Malformed => "malformed",
            Self::Delayed => "delayed",
            Self::Future => "future",
            Self::Stale => "stale",
            Self::Crossed => "crossed",
            Self::NoClose => "no_close",
            Self::DayRange => "day_range",
            Self::Move => "move",
            Self::Spread => "spread",
            Self::NoVolume => "no_volume",
            Self::Feed => "feed",
        }
    }

    /// The first thing that is wrong with what was shown of a name; `None` when it can be believed.
    pub fn over(shown: &Snapshot, at: &ScanMoment) -> Option<Self> {
        let quote = shown.quote;
        let age = quote.age(at.now);
        if quote.feed == Feed::Delayed && at.feeds == FeedPolicy::LiveOnly {
            return Some(Self::Delayed);
        }
        if age < -CLOCK_TOLERANCE {
            return Some(Self::Future);
        }
        if age > oldest(quote.feed) {
            return Some(Self::Stale);
        }
        if quote.is_crossed() {
            return Some(Self::Crossed);
        }
        let Some(close) = shown.previous_close else {
            return Some(Self::NoClose);
        };
        if !is_inside_day(shown) {
            return Some(Self::DayRange);
        }
        if quote.last.distance(close) > close.value() * MOVE_MAX {
            return Some(Self::Move);
        }
        if quote.bid.distance(quote.ask) > quote.bid.value() * SPREAD_MAX {
            return Some(Self::Spread);
        }
        let moved = quote.last != close || shown.high != shown.low;
        (quote.day_volume.is_zero() && moved).then_some(Self::NoVolume)
    }
}

/// The age from which a quote of the feed is doubted.
pub(super) fn oldest(feed: Feed) -> TimeDelta {
    match feed {
        Feed::Live => QUOTE_AGE_MAX,
        Feed::Delayed => QUOTE_AGE_MAX + FEED_DELAY_MAX,
    }
}

/// Whether first and last price lie within the day's extremes, as far as these are known.
fn is_inside_day(shown: &Snapshot) -> bool {
    let last = Some(shown.quote.last);
    let not_above = |low: Option<Price>, high: Option<Price>| {
        low.zip(high).is_none_or(|(low, high)| low <= high)
    };
    not_above(shown.low, shown.high)
        && [last, shown.open]
            .into_iter()
            .all(|price| not_above(shown.low, price) && not_above(price, shown.high))
}

/// Why nothing may be concluded about a name in this cycle.
///
/// Shown at [`Doubt::as_str`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Doubt {
    /// Its own data is wrong.
    Name(Sentinel),
    /// The data of all names is.
    Feed(FeedSentinel),
}

impl Doubt {
    /// The stable word.
    ///
    /// ```
    /// use catalyst_domain::scan::{Doubt, FeedSentinel, Sentinel};
    /// assert_eq!(Doubt::Name(Sentinel::Crossed).as_str(), "crossed");
    /// assert_eq!(Doubt::Feed(FeedSentinel::Stopped).as_str(), "feed_stopped");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name(sentinel) => sentinel.as_str(),
            Self::Feed(sentinel) => sentinel.as_str(),
        }
    }
}
