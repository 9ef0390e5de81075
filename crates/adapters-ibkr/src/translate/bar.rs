//! Bars of the wire as closed bars: the running one is dropped, days and minutes are never mixed.

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::dated::NotCovered;
use catalyst_domain::market::{Bar, BarError, Ohlc};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use ibapi::market_data::historical::{Bar as WireBar, BarTimestamp};
use thiserror::Error;

use super::number::{BadNumber, price, shares};
use super::time::{date_of, from_offset};

/// Why an answer makes no bars.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum BadBars {
    #[error("a bar is stamped {found}, wanted is {wanted}")]
    Stamp { found: String, wanted: &'static str },
    #[error(transparent)]
    Number(#[from] BadNumber),
    #[error(transparent)]
    Bar(#[from] BarError),
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
}

/// Minute bars that were over by `now`, oldest first, each once.
pub(crate) fn minutes_of(rows: &[WireBar], now: DateTime<Utc>) -> Result<Vec<Bar>, BadBars> {
    let mut bars = Vec::with_capacity(rows.len());
    for row in rows {
        let start = match row.date {
            BarTimestamp::DateTime(moment) => from_offset(moment),
            BarTimestamp::Date(_) => None,
        };
        let start = start.ok_or_else(|| stamp(row, "a moment"))?;
        if start + TimeDelta::minutes(1) <= now {
            bars.push(bar(row, start)?);
        }
    }
    Ok(in_order(bars))
}

/// Daily bars of days before `today`, oldest first, at most `count`, stamped with the midnight they
/// begin at.
pub(crate) fn days_of(
    rows: &[WireBar],
    today: TradingDate,
    count: u32,
    calendar: &TradingCalendar,
) -> Result<Vec<Bar>, BadBars> {
    let mut bars = Vec::with_capacity(rows.len());
    for row in rows {
        let date = match row.date {
            BarTimestamp::Date(date) => date_of(date),
            BarTimestamp::DateTime(_) => None,
        };
        let date = date.ok_or_else(|| stamp(row, "a day"))?;
        if date >= today {
            continue;
        }
        if calendar.day(date)?.trades() {
            bars.push(bar(row, calendar.at(date, NaiveTime::MIN))?);
        }
    }
    let mut bars = in_order(bars);
    let surplus = bars
        .len()
        .saturating_sub(usize::try_from(count).unwrap_or(usize::MAX));
    bars.drain(..surplus);
    Ok(bars)
}

fn stamp(row: &WireBar, wanted: &'static str) -> BadBars {
    BadBars::Stamp {
        found: row.date.to_string(),
        wanted,
    }
}

fn bar(row: &WireBar, start: DateTime<Utc>) -> Result<Bar, BadBars> {
    let prices = Ohlc {
        open: price(row.open)?,
        high: price(row.high)?,
        low: price(row.low)?,
        close: price(row.close)?,
    };
    Ok(Bar::new(start, prices, shares(row.volume)?)?)
}

fn in_order(mut bars: Vec<Bar>) -> Vec<Bar> {
    bars.sort_by_key(Bar::start);
    bars.dedup_by_key(|bar| bar.start());
    bars
}

#[cfg(test)]
mod tests {
    use catalyst_domain::calendar::TradingCalendar;
    use ibapi::market_data::historical::{Bar as WireBar, BarTimestamp};
    use time::{Date, Month, OffsetDateTime};

    use super::{BadBars, days_of, minutes_of};

    fn row(date: BarTimestamp) -> WireBar {
        WireBar {
            date,
            open: 500.0,
            high: 502.0,
            low: 499.0,
            close: 501.0,
            volume: 1_000.0,
            wap: f64::NAN,
            count: 3,
        }
    }

    fn minute(epoch: i64) -> WireBar {
        row(OffsetDateTime::from_unix_timestamp(epoch).unwrap().into())
    }

    fn day(day: u8) -> WireBar {
        let date = Date::from_calendar_date(2026, Month::September, day).unwrap();
        row(date.into())
    }

    #[test]
    fn the_running_minute_is_dropped_and_a_repeated_one_is_told_once() {
        let begin = 1_789_351_200;
        let rows = [
            minute(begin + 60),
            minute(begin),
            minute(begin),
            minute(begin + 120),
        ];
        let now = chrono::DateTime::from_timestamp(begin + 121, 0).unwrap();

        let bars = minutes_of(&rows, now).unwrap();

        let starts: Vec<_> = bars.iter().map(|bar| bar.start().timestamp()).collect();
        assert_eq!(starts, [begin, begin + 60]);
        assert_eq!(bars[0].volume().count(), 1_000);
    }

    #[test]
    fn today_is_no_daily_bar_and_only_the_newest_count_is_kept() {
        let calendar = TradingCalendar::hkex().unwrap();
        let rows = [day(9), day(10), day(11), day(12), day(14)];

        let bars = days_of(&rows, "2026-09-14".parse().unwrap(), 2, &calendar).unwrap();

        let starts: Vec<_> = bars.iter().map(|bar| bar.start().to_rfc3339()).collect();
        assert_eq!(
            starts,
            ["2026-09-09T16:00:00+00:00", "2026-09-10T16:00:00+00:00"]
        );
    }

    #[test]
    fn days_are_no_minutes_and_nonsense_is_no_bar() {
        let calendar = TradingCalendar::hkex().unwrap();
        let today = "2026-09-14".parse().unwrap();
        let mixed = days_of(&[minute(1_789_351_200)], today, 5, &calendar);
        assert!(matches!(mixed, Err(BadBars::Stamp { .. })), "{mixed:?}");
        let nonsense = WireBar {
            high: f64::NAN,
            ..day(11)
        };
        let refused = days_of(&[nonsense], today, 5, &calendar);
        assert!(matches!(refused, Err(BadBars::Number(_))), "{refused:?}");
    }
}
