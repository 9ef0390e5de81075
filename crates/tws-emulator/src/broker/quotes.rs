//! Quotes: one picture, or one now and again whenever the world has moved.

use super::seen::seen;
use crate::wire::absent::or_empty;
use catalyst_adapters_sim::world::TradedSoFar;
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, TimeDelta, Utc};

use super::report::double;
use super::{Broker, SessionId};
use crate::config::QuoteFeed;
use crate::kinds::ReplyKind;
use crate::spoken::words_of;
use crate::wire::market::{
    MarketDataRequest, MarketDataType, TickPrice, TickReqParams, TickSize, TickString,
};
use crate::wire::session::ById;

/// How late delayed quotes are.
const DELAY: TimeDelta = TimeDelta::minutes(15);

/// Board lots that are said to be bid and offered; the tape knows none, and so the last trade has one.
const LOTS_AT_BEST: u64 = 10;

/// The data types of the protocol.
const LIVE: i32 = 1;
const DELAYED: i32 = 3;

/// Numbers of ticks, live or delayed.
#[derive(Debug, Clone, Copy)]
struct TickIds {
    bid: i32,
    ask: i32,
    last: i32,
    bid_size: i32,
    ask_size: i32,
    high: i32,
    low: i32,
    volume: i32,
    close: i32,
    open: i32,
    last_size: i32,
    last_time: i32,
}

const LIVE_TICKS: TickIds = TickIds {
    bid: 1,
    ask: 2,
    last: 4,
    bid_size: 0,
    ask_size: 3,
    high: 6,
    low: 7,
    volume: 8,
    close: 9,
    open: 14,
    last_size: 5,
    last_time: 45,
};

const DELAYED_TICKS: TickIds = TickIds {
    bid: 66,
    ask: 67,
    last: 68,
    bid_size: 69,
    ask_size: 70,
    high: 72,
    low: 73,
    volume: 74,
    close: 75,
    open: 76,
    last_size: 71,
    last_time: 88,
};

impl Broker {
    pub(super) fn choose_quotes(&mut self, id: SessionId, kind: i32) {
        if let Some(session) = self.session_mut(id) {
            session.quote_kind = kind;
        }
    }

    pub(super) fn forget_quote(&mut self, id: SessionId, req_id: i32) {
        if let Some(session) = self.session_mut(id) {
            session.streams.remove(&req_id);
        }
    }

    pub(super) fn send_quote(&mut self, id: SessionId, asked: &MarketDataRequest) {
        let req_id = asked.req_id.unwrap_or(0);
        let named = or_empty(asked.contract.as_ref());
        let instrument = match self.instrument_named(&named) {
            Ok(instrument) => instrument,
            Err(spoken) => return self.say(id, req_id, spoken.code, &spoken.text),
        };
        let Some(kind) = self.kind_for(id) else {
            return self.say(id, req_id, 354, words_of(354));
        };
        if kind == DELAYED {
            self.say(id, req_id, 10167, words_of(10167));
        }
        let meaning = TickReqParams {
            req_id: Some(req_id),
            min_tick: self.finest_tick(instrument.kind),
            bbo_exchange: Some("SEHK".to_owned()),
            snapshot_permissions: Some(3),
        };
        self.send(id, ReplyKind::TickReqParams, &meaning);
        let delivered = MarketDataType {
            req_id: Some(req_id),
            kind: Some(kind),
        };
        self.send(id, ReplyKind::MarketDataType, &delivered);
        self.send_ticks(id, req_id, instrument.symbol, kind);
        if asked.snapshot == Some(true) {
            let end = ById {
                req_id: Some(req_id),
            };
            self.send(id, ReplyKind::SnapshotEnd, &end);
        } else if let Some(session) = self.session_mut(id) {
            session.streams.insert(req_id, instrument.symbol);
        }
    }

    /// Sends every quote that goes on once more.
    pub(super) fn refresh_quotes(&mut self) {
        let streaming = self.sessions_that(|session| !session.streams.is_empty());
        for id in streaming {
            let Some(kind) = self.kind_for(id) else {
                continue;
            };
            let streams = self.session_mut(id).map(|session| session.streams.clone());
            for (req_id, symbol) in streams.into_iter().flatten() {
                self.send_ticks(id, req_id, symbol, kind);
            }
        }
    }

    /// The kind of quotes that a client gets: the login's, if it asked for that kind.
    fn kind_for(&self, id: SessionId) -> Option<i32> {
        let asked = self
            .sessions
            .get(&id)
            .map_or(LIVE, |session| session.quote_kind);
        match self.config.feed {
            QuoteFeed::Live => Some(LIVE),
            QuoteFeed::Delayed if asked >= DELAYED => Some(DELAYED),
            QuoteFeed::Delayed | QuoteFeed::Absent => None,
        }
    }

    /// The last price of today, or of the day before.
    pub(super) fn last_price(&self, symbol: Symbol) -> Option<Price> {
        let traded = seen(self.wire.traded(symbol, self.now()))?;
        last_of(&traded).map(|(price, _)| price)
    }

    fn send_ticks(&mut self, id: SessionId, req_id: i32, symbol: Symbol, kind: i32) {
        let (ticks, moment) = if kind == DELAYED {
            (DELAYED_TICKS, self.now() - DELAY)
        } else {
            (LIVE_TICKS, self.now())
        };
        let Some(traded) = seen(self.wire.traded(symbol, moment)) else {
            return;
        };
        let Some((last, until)) = last_of(&traded) else {
            return;
        };
        let answer = self.wire.rules().lots.instrument(symbol, self.today());
        let Ok(instrument) = answer.map(|answer| answer.instrument) else {
            return;
        };
        let grid = self.wire.rules().ticks.on(self.today(), instrument.kind);
        let ask = grid.ok().and_then(|grid| grid.next_above(last));
        let ask = ask.map(catalyst_domain::tick::LimitPrice::price);
        let lot = u64::from(instrument.lot_size.shares());
        let at_best = lot.saturating_mul(LOTS_AT_BEST);
        let day = traded.day;
        let prices = [
            (ticks.bid, Some(last)),
            (ticks.ask, ask),
            (ticks.last, Some(last)),
            (ticks.high, day.map(|day| day.high)),
            (ticks.low, day.map(|day| day.low)),
            (ticks.close, traded.previous_close.map(|(price, _)| price)),
            (ticks.open, day.map(|day| day.open)),
        ];
        for (tick, price) in prices {
            if let Some(price) = price {
                let message = TickPrice {
                    req_id: Some(req_id),
                    tick: Some(tick),
                    price: Some(double(price.value())),
                    size: None,
                    attributes: Some(0),
                };
                self.send(id, ReplyKind::TickPrice, &message);
            }
        }
        let sizes = [
            (ticks.bid_size, at_best),
            (ticks.ask_size, at_best),
            (ticks.last_size, lot),
            (ticks.volume, traded.volume.count()),
        ];
        for (tick, size) in sizes {
            let message = TickSize {
                req_id: Some(req_id),
                tick: Some(tick),
                size: Some(size.to_string()),
            };
            self.send(id, ReplyKind::TickSize, &message);
        }
        let time = TickString {
            req_id: Some(req_id),
            tick: Some(ticks.last_time),
            value: Some(until.timestamp().to_string()),
        };
        self.send(id, ReplyKind::TickString, &time);
    }
}

/// The last price with the end of the bar it was made in.
fn last_of(traded: &TradedSoFar) -> Option<(Price, DateTime<Utc>)> {
    traded
        .day
        .map(|day| (day.last, day.until))
        .or(traded.previous_close)
}
