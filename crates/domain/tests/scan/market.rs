//! A sound market half an hour into a Monday, which the tests break in one place each.

use std::collections::BTreeMap;

use catalyst_domain::exchange::Exchange;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::market::{Feed, Quote, Snapshot};
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::FeedPolicy;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::scan::{Field, ScanLimits, ScanMoment, Sentinel, Sifted, Sighting, sift};
use catalyst_domain::symbol::Symbol;
use catalyst_testkit::builders::{hkd, price, symbol};
use chrono::{DateTime, TimeDelta, Utc};

/// Names with a lot of 100 or more on the day, cheap enough for any of the tests.
pub(crate) const CODES: [&str; 8] = ["1", "2", "3", "5", "388", "700", "939", "9988"];

pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00+08:00".parse().unwrap()
}

pub(crate) fn moment() -> ScanMoment {
    ScanMoment {
        now: now(),
        traded_minutes: Some(30),
        feeds: FeedPolicy::LiveOnly,
    }
}

/// Up two per cent on two million shares, with a spread of one tick.
pub(crate) fn sound(code: &str) -> Snapshot {
    Snapshot {
        quote: Quote {
            symbol: symbol(code),
            last: price("51"),
            bid: price("50.95"),
            ask: price("51"),
            day_volume: Shares::new(2_000_000).unwrap(),
            at: now() - TimeDelta::seconds(1),
            feed: Feed::Live,
        },
        open: Some(price("50.5")),
        high: Some(price("52")),
        low: Some(price("50")),
        previous_close: Some(price("50")),
    }
}

/// The sound snapshot of 00700 with its quote changed.
pub(crate) fn quoted(change: impl FnOnce(&mut Quote)) -> Snapshot {
    let mut shown = sound("700");
    change(&mut shown.quote);
    shown
}

pub(crate) fn caught(shown: &Snapshot) -> Option<Sentinel> {
    Sentinel::over(shown, &moment())
}

/// A field to sift: names, what was seen of them, their listings.
#[derive(Debug)]
pub(crate) struct Market {
    rules: Rulebook,
    pub(crate) names: Vec<Symbol>,
    pub(crate) seen: BTreeMap<Symbol, Sighting>,
    pub(crate) listings: BTreeMap<Symbol, Instrument>,
    pub(crate) limits: ScanLimits,
    pub(crate) at: ScanMoment,
    pub(crate) equity: Money,
}

impl Market {
    /// All of [`CODES`], sound.
    pub(crate) fn sound() -> Self {
        Self::showing(|code| Sighting::Shown(sound(code)))
    }

    pub(crate) fn showing(seen: impl Fn(&str) -> Sighting) -> Self {
        let rules = Rulebook::of(Exchange::Hkex).unwrap();
        let date = rules.calendar.date_of(now());
        let listing = |code| {
            let answer = rules.lots.instrument(symbol(code), date).unwrap();
            (symbol(code), answer.instrument)
        };
        Self {
            names: CODES.map(symbol).to_vec(),
            seen: CODES.map(|code| (symbol(code), seen(code))).into(),
            listings: CODES.map(listing).into(),
            limits: ScanLimits::usual(Currency::Hkd).unwrap(),
            at: moment(),
            equity: hkd("1000000"),
            rules,
        }
    }

    /// Changes every snapshot; the number counts the names from zero.
    pub(crate) fn each(mut self, change: impl Fn(usize, &mut Snapshot)) -> Self {
        for (number, sighting) in self.seen.values_mut().enumerate() {
            if let Sighting::Shown(shown) = sighting {
                change(number, shown);
            }
        }
        self
    }

    pub(crate) fn sifted(&self) -> Sifted {
        let field = Field {
            names: &self.names,
            seen: &self.seen,
            listings: &self.listings,
            ticks: &self.rules.ticks,
            date: self.rules.calendar.date_of(now()),
            equity: self.equity,
        };
        sift(&field, &self.at, &self.limits)
    }
}
