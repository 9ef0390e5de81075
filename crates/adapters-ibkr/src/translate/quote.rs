//! Quotes: the ticks of one answer folded into the book of a symbol with its age and its feed.

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::dated::NotCovered;
use catalyst_domain::market::{Feed, Quote, Snapshot, quote_moment};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, TimeDelta, Utc};
use ibapi::contracts::tick_types::TickType;
use ibapi::market_data::MarketDataType;
use ibapi::market_data::realtime::{Quote as WireQuote, TickTypes};
use thiserror::Error;

use super::number::{BadNumber, price, shares};
use super::time::epoch;

/// How old delayed prices are at least.
const DELAY: TimeDelta = TimeDelta::minutes(15);

/// What has arrived so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sight {
    quote: WireQuote,
    traded: Option<DateTime<Utc>>,
}

/// Why the ticks make no quote.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum BadQuote {
    /// A side of the book or every last price is absent.
    #[error("there is no {which}")]
    Absent { which: &'static str },
    #[error("{which}: {source}")]
    Number {
        which: &'static str,
        source: BadNumber,
    },
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
}

impl Sight {
    /// Takes in one tick, live or delayed alike.
    pub(crate) fn apply(&mut self, tick: &TickTypes) {
        self.quote.apply(tick);
        if let TickTypes::String(text) = tick
            && matches!(
                text.tick_type,
                TickType::LastTimestamp | TickType::DelayedLastTimestamp
            )
        {
            self.traded = epoch(&text.value);
        }
    }

    /// True when a quote can be made of it, though the end was not seen.
    pub(crate) const fn is_enough(&self) -> bool {
        self.quote.bid.is_some() && self.quote.ask.is_some() && self.quote.last.is_some()
    }

    /// Whether the prices are of now. What is frozen or unnamed is not.
    const fn feed(&self) -> Feed {
        match self.quote.market_data_type {
            Some(MarketDataType::Realtime) => Feed::Live,
            Some(
                MarketDataType::Frozen
                | MarketDataType::Delayed
                | MarketDataType::DelayedFrozen
                | MarketDataType::Unknown,
            )
            | None => Feed::Delayed,
        }
    }
}

/// The book of `symbol` at `now`. Without a trade today its last price is the close before.
pub(crate) fn snapshot_of(
    symbol: Symbol,
    sight: &Sight,
    now: DateTime<Utc>,
    calendar: &TradingCalendar,
) -> Result<Snapshot, BadQuote> {
    let told = &sight.quote;
    let date = calendar.date_of(now);
    let previous_close = optional("close", told.close)?;
    let (last, traded) = if let Some(last) = optional("last price", told.last)? {
        (last, sight.traded)
    } else {
        let before = calendar.previous_trading_date(date)?;
        let close = previous_close.ok_or(BadQuote::Absent {
            which: "last price",
        })?;
        (close, calendar.close_of(before)?)
    };
    let feed = sight.feed();
    let at = match (feed, traded) {
        (Feed::Live, Some(until)) => quote_moment(calendar, date, now, until)?,
        (Feed::Live, None) => now,
        (Feed::Delayed, Some(until)) => until.min(now - DELAY),
        (Feed::Delayed, None) => now - DELAY,
    };
    let volume = told.volume.map_or(Ok(Shares::ZERO), shares);
    Ok(Snapshot {
        quote: Quote {
            symbol,
            last,
            bid: needed("bid", told.bid)?,
            ask: needed("ask", told.ask)?,
            day_volume: volume.map_err(|source| BadQuote::Number {
                which: "volume",
                source,
            })?,
            at: at.min(now),
            feed,
        },
        open: optional("open", told.open)?,
        high: optional("high", told.high)?,
        low: optional("low", told.low)?,
        previous_close,
    })
}

fn needed(which: &'static str, value: Option<f64>) -> Result<Price, BadQuote> {
    optional(which, value)?.ok_or(BadQuote::Absent { which })
}

/// A price of zero or below, as some feeds say "none", is none.
fn optional(which: &'static str, value: Option<f64>) -> Result<Option<Price>, BadQuote> {
    match value {
        None => Ok(None),
        Some(value) if value <= 0.0 => Ok(None),
        Some(value) => price(value)
            .map(Some)
            .map_err(|source| BadQuote::Number { which, source }),
    }
}

#[cfg(test)]
mod tests {
    use catalyst_domain::calendar::TradingCalendar;
    use catalyst_domain::market::{Feed, Snapshot};
    use ibapi::contracts::tick_types::TickType;
    use ibapi::market_data::MarketDataType;
    use ibapi::market_data::realtime::{TickAttribute, TickPrice, TickString, TickTypes};

    use super::{BadQuote, Sight, snapshot_of};

    const NOW: &str = "2026-09-14T02:30:00Z";

    fn tick(tick_type: TickType, price: f64) -> TickTypes {
        TickTypes::Price(TickPrice {
            tick_type,
            price,
            attributes: TickAttribute::default(),
        })
    }

    fn book() -> Vec<TickTypes> {
        vec![
            TickTypes::MarketDataType(MarketDataType::Realtime),
            tick(TickType::Bid, 499.8),
            tick(TickType::Ask, 500.0),
            tick(TickType::Last, 499.9),
            tick(TickType::Close, 495.0),
        ]
    }

    fn traded_at(text: &str) -> TickTypes {
        let moment: chrono::DateTime<chrono::Utc> = text.parse().unwrap();
        TickTypes::String(TickString {
            tick_type: TickType::LastTimestamp,
            value: moment.timestamp().to_string(),
        })
    }

    fn seen(ticks: &[TickTypes]) -> Result<Snapshot, BadQuote> {
        let mut sight = Sight::default();
        for tick in ticks {
            sight.apply(tick);
        }
        let calendar = TradingCalendar::hkex().unwrap();
        snapshot_of(
            "700".parse().unwrap(),
            &sight,
            NOW.parse().unwrap(),
            &calendar,
        )
    }

    #[test]
    fn a_quote_is_of_now_while_the_symbol_trades_and_old_when_it_has_stopped() {
        for (traded, at) in [
            ("2026-09-14T02:29:59Z", NOW),
            ("2026-09-14T02:20:00Z", NOW),
            ("2026-09-14T02:19:00Z", "2026-09-14T02:19:00Z"),
            ("2026-09-11T07:59:00Z", "2026-09-11T07:59:00Z"),
        ] {
            let mut ticks = book();
            ticks.push(traded_at(traded));
            let quote = seen(&ticks).unwrap().quote;
            assert_eq!((quote.at, quote.feed), (at.parse().unwrap(), Feed::Live));
        }
    }

    #[test]
    fn without_a_trade_today_the_close_before_is_the_last_price_of_its_day() {
        let mut ticks = book();
        ticks.remove(3);

        let snapshot = seen(&ticks).unwrap();

        assert_eq!(snapshot.quote.last, "495".parse().unwrap());
        assert_eq!(snapshot.quote.at.date_naive().to_string(), "2026-09-11");
    }

    #[test]
    fn delayed_and_unnamed_prices_are_old_by_a_quarter_of_an_hour() {
        for first in [
            Some(TickTypes::MarketDataType(MarketDataType::Delayed)),
            Some(TickTypes::MarketDataType(MarketDataType::Frozen)),
            None,
        ] {
            let ticks: Vec<_> = first
                .into_iter()
                .chain(book().into_iter().skip(1))
                .collect();
            let quote = seen(&ticks).unwrap().quote;
            let at = "2026-09-14T02:15:00Z".parse().unwrap();
            assert_eq!((quote.at, quote.feed), (at, Feed::Delayed));
        }
    }

    #[test]
    fn no_value_is_no_price_and_nonsense_is_told() {
        for (missing, which) in [(1, "bid"), (2, "ask")] {
            let mut ticks = book();
            ticks[missing] = tick(TickType::High, -1.0);
            assert_eq!(seen(&ticks), Err(BadQuote::Absent { which }));
        }
        let mut ticks = book();
        ticks.push(tick(TickType::Bid, f64::NAN));
        assert!(matches!(
            seen(&ticks),
            Err(BadQuote::Number { which: "bid", .. })
        ));
    }
}
