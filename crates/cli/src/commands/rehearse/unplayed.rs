//! Headlines of a news file that no rehearsed day can show: of a name that does not play, or of a
//! moment that no played day looks back to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::symbol::Symbol;
use chrono::{NaiveTime, TimeDelta};

use crate::compose::Headline;

/// How far a look at the news reaches back at most.
const REACH: TimeDelta = TimeDelta::hours(168);

const DAY: TimeDelta = TimeDelta::hours(24);

/// The symbols that play, by day.
pub(super) type Playing = BTreeMap<TradingDate, BTreeSet<Symbol>>;

/// How many headlines are never shown, and the first of them in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unplayed {
    all: usize,
    of_names: usize,
    of_days: usize,
    first: String,
}

impl Unplayed {
    /// Counts what of `news` no day of `playing` can show; `None` when all of it can be.
    pub(super) fn of(
        news: &[Headline],
        playing: &Playing,
        calendar: &TradingCalendar,
    ) -> Option<Self> {
        let mut unplayed = None;
        for headline in news {
            let mut days = playing
                .iter()
                .filter(|(_, symbols)| symbols.contains(&headline.symbol))
                .map(|(date, _)| calendar.at(*date, NaiveTime::MIN))
                .peekable();
            let is_of_name = days.peek().is_none();
            let at = headline.item.published;
            if days.any(|midnight| (midnight - REACH..midnight + DAY).contains(&at)) {
                continue;
            }
            let found = unplayed.get_or_insert_with(|| Self {
                all: news.len(),
                of_names: 0,
                of_days: 0,
                first: format!(
                    "{} of {}, `{}`",
                    headline.symbol,
                    calendar.local(at).format("%Y-%m-%d %H:%M"),
                    headline.item.headline
                ),
            });
            if is_of_name {
                found.of_names += 1;
            } else {
                found.of_days += 1;
            }
        }
        unplayed
    }
}

impl fmt::Display for Unplayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {} headlines of --news are never shown: {} of symbols that do not play, {} from \
             neither a played day of their symbol nor the week before one; the first is {}",
            self.of_names + self.of_days,
            self.all,
            self.of_names,
            self.of_days,
            self.first
        )
    }
}
