//! Historical bars: every closed one of the span, and the one that runs, as the real gateway has it.

use super::seen::seen;
use crate::wire::absent::or_empty;
use catalyst_domain::market::{Bar, Ohlc, resample};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, NaiveDateTime, NaiveTime, SubsecRound as _, TimeDelta, Timelike as _, Utc};

use super::executions::utc_moment;
use super::report::double;
use super::terms::error_that;
use super::{Broker, SessionId};
use crate::faults::Spoken;
use crate::kinds::ReplyKind;
use crate::spoken::words_of;
use crate::wire::market::{
    HistoricalBar, HistoricalData, HistoricalDataEnd, HistoricalDataRequest,
};

/// Trading days of a week, a month and a year.
const DAYS_OF: [(&str, u32); 4] = [("D", 1), ("W", 5), ("M", 22), ("Y", 252)];

/// Bar sizes in minutes; a day is none.
const SIZES: [(&str, i64); 8] = [
    ("1 min", 1),
    ("2 mins", 2),
    ("3 mins", 3),
    ("5 mins", 5),
    ("10 mins", 10),
    ("15 mins", 15),
    ("30 mins", 30),
    ("1 hour", 60),
];

/// Days of bars that one request may ask for.
const DAYS_MAX: u32 = 2_520;

impl Broker {
    pub(super) fn send_bars(&mut self, id: SessionId, asked: &HistoricalDataRequest) {
        let req_id = asked.req_id.unwrap_or(0);
        match self.bars(asked) {
            Ok(bars) => {
                let (start, end) = self.span_of(&bars, asked);
                let rows = bars.iter().map(|bar| self.row(bar, asked)).collect();
                let data = HistoricalData {
                    req_id: Some(req_id),
                    bars: rows,
                };
                self.send(id, ReplyKind::HistoricalData, &data);
                let end = HistoricalDataEnd {
                    req_id: Some(req_id),
                    start: Some(self.zoned(start)),
                    end: Some(self.zoned(end)),
                };
                self.send(id, ReplyKind::HistoricalDataEnd, &end);
            }
            Err(spoken) => self.say(id, req_id, spoken.code, &spoken.text),
        }
    }

    fn bars(&self, asked: &HistoricalDataRequest) -> Result<Vec<Bar>, Spoken> {
        let named = or_empty(asked.contract.as_ref());
        let symbol = self.instrument_named(&named)?.symbol;
        let what = asked.what.as_deref().unwrap_or("TRADES");
        if !matches!(what, "TRADES" | "ADJUSTED_LAST") {
            return Err(no_bars(&format!("no {what} data")));
        }
        let days = days_in(asked.duration.as_deref().unwrap_or(""))?;
        let size = asked.bar_size.as_deref().unwrap_or("");
        let bars = if is_daily(size) {
            self.daily(symbol, days)
        } else {
            let minutes = SIZES.iter().find(|(name, _)| *name == size);
            let (_, minutes) = minutes.ok_or_else(|| bad_request("bar size", size))?;
            self.intraday(symbol, days, *minutes)
        };
        let mut bars = bars.ok_or_else(|| no_bars("query returned no data"))?;
        if let Some(end) = self.end_of(asked)? {
            bars.retain(|bar| bar.start() < end);
        }
        if bars.is_empty() {
            return Err(no_bars("query returned no data"));
        }
        Ok(bars)
    }

    /// Days before today, and today as far as it has come.
    fn daily(&self, symbol: Symbol, days: u32) -> Option<Vec<Bar>> {
        let before = days.saturating_sub(1);
        let mut bars = seen(self.wire.days(symbol, before))?;
        let traded = seen(self.wire.traded(symbol, self.now()))?;
        if let Some(day) = traded.day {
            let calendar = &self.wire.rules().calendar;
            let midnight = calendar.at(self.today(), NaiveTime::MIN);
            let prices = Ohlc {
                open: day.open,
                high: day.high,
                low: day.low,
                close: day.last,
            };
            bars.extend(Bar::new(midnight, prices, traded.volume).ok());
        }
        Some(bars)
    }

    /// Closed minutes and the one that runs, joined to bars of `size` minutes.
    fn intraday(&self, symbol: Symbol, days: u32, size: i64) -> Option<Vec<Bar>> {
        let mut minutes = seen(self.wire.minutes(symbol, days))?;
        minutes.extend(self.running_minute(symbol));
        if size == 1 {
            return Some(minutes);
        }
        let calendar = &self.wire.rules().calendar;
        let mut dates: Vec<_> = minutes
            .iter()
            .map(|bar| calendar.date_of(bar.start()))
            .collect();
        dates.dedup();
        let sessions: Vec<_> = dates
            .into_iter()
            .filter_map(|date| calendar.continuous_sessions(date).ok())
            .flatten()
            .map(|span| (span.start, span.end))
            .collect();
        Some(resample(&minutes, TimeDelta::minutes(size), &sessions))
    }

    /// The minute that has begun and not ended; nothing of it is known but the price it began with.
    fn running_minute(&self, symbol: Symbol) -> Option<Bar> {
        let now = self.now();
        self.wire.rules().calendar.open_at(now).ok()?;
        let price: Price = self.last_price(symbol)?;
        let prices = Ohlc {
            open: price,
            high: price,
            low: price,
            close: price,
        };
        let start = now.trunc_subsecs(0).with_second(0)?;
        Bar::new(start, prices, Shares::ZERO).ok()
    }

    fn row(&self, bar: &Bar, asked: &HistoricalDataRequest) -> HistoricalBar {
        let date = if is_daily(asked.bar_size.as_deref().unwrap_or("")) {
            let day = self.wire.rules().calendar.date_of(bar.start());
            day.as_naive().format("%Y%m%d").to_string()
        } else if asked.format_date == Some(2) {
            bar.start().timestamp().to_string()
        } else {
            self.zoned(bar.start())
        };
        HistoricalBar {
            date: Some(date),
            open: Some(double(bar.open().value())),
            high: Some(double(bar.high().value())),
            low: Some(double(bar.low().value())),
            close: Some(double(bar.close().value())),
            volume: Some(bar.volume().count().to_string()),
            wap: Some(bar.close().value().normalize().to_string()),
            count: Some(1),
        }
    }

    fn span_of(
        &self,
        bars: &[Bar],
        asked: &HistoricalDataRequest,
    ) -> (DateTime<Utc>, DateTime<Utc>) {
        let end = self.end_of(asked).ok().flatten();
        let end = end.unwrap_or_else(|| self.now());
        (bars.first().map_or(end, Bar::start), end)
    }

    /// The end that was asked for; `None` for now.
    fn end_of(&self, asked: &HistoricalDataRequest) -> Result<Option<DateTime<Utc>>, Spoken> {
        let text = asked.end.as_deref().unwrap_or("");
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(moment) = utc_moment(text) {
            return Ok(Some(moment));
        }
        let clock = text.get(..17).unwrap_or("");
        let local = NaiveDateTime::parse_from_str(clock, "%Y%m%d %H:%M:%S");
        let local = local.map_err(|_no_moment| bad_request("end", text))?;
        if text.ends_with("UTC") || text.ends_with("GMT") {
            return Ok(Some(local.and_utc()));
        }
        let date = catalyst_domain::calendar::TradingDate::new(local.date());
        let calendar = &self.wire.rules().calendar;
        Ok(Some(calendar.at(date, local.time())))
    }
}

fn is_daily(size: &str) -> bool {
    matches!(size, "1 day" | "1D")
}

fn days_in(duration: &str) -> Result<u32, Spoken> {
    let bad = || bad_request("duration", duration);
    let (count, unit) = duration.split_once(' ').ok_or_else(bad)?;
    let count: u32 = count.parse().map_err(|_no_count| bad())?;
    if unit == "S" {
        return Ok(count.div_ceil(86_400).max(1));
    }
    let days = DAYS_OF.iter().find(|(name, _)| *name == unit);
    let (_, days) = days.ok_or_else(bad)?;
    Ok(count.saturating_mul(*days).clamp(1, DAYS_MAX))
}

fn no_bars(why: &str) -> Spoken {
    let text = format!("Historical Market Data Service error message:HMDS {why}");
    error_that(162, text)
}

fn bad_request(field: &str, found: &str) -> Spoken {
    let text = format!("{}-'bd' : cause - {field} `{found}`", words_of(321));
    error_that(321, text)
}
