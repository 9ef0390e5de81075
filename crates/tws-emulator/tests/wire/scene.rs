//! A gateway over a world of hand-made bars, and the orders that tests send to it.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use catalyst_adapters_sim::bars::{DailyHistory, LoadedBars};
use catalyst_adapters_sim::config::SimConfig;
use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::market::{Bar, Ohlc};
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::quantity::Shares;
use catalyst_domain::rulebook::Rulebook;
use catalyst_tws_emulator::{Emulator, EmulatorConfig, FaultScript};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::client::Client;
use crate::fields::Fields;

pub(crate) static RULES: LazyLock<Arc<Rulebook>> =
    LazyLock::new(|| Arc::new(Rulebook::of(Exchange::Hkex).unwrap()));

/// A Monday under the tick table of 2026: 0.2 from 200 to 500.
pub(crate) const MONDAY: &str = "2026-09-14";

/// A moment of that day, local time.
pub(crate) fn at(clock: &str) -> DateTime<Utc> {
    let format = if clock.len() == 5 {
        "%H:%M"
    } else {
        "%H:%M:%S"
    };
    let time = NaiveTime::parse_from_str(clock, format).unwrap();
    RULES.calendar.at(MONDAY.parse().unwrap(), time)
}

/// One minute: its start, its four prices, its volume.
pub(crate) type Minute = (&'static str, [&'static str; 4], u64);

/// From 09:30 to 10:00 the price is 400, then falls to 398, rises to 414, and falls through 394.
pub(crate) const DAY: &[Minute] = &[
    ("09:30", ["400", "400", "400", "400"], 100_000),
    ("09:59", ["400", "400", "400", "400"], 100_000),
    ("10:00", ["399.8", "400", "399", "399.4"], 100_000),
    ("10:01", ["399.4", "399.6", "398", "398.4"], 100_000),
    ("10:02", ["398.4", "414", "398.4", "413"], 100_000),
    ("10:03", ["413", "413", "393", "394"], 100_000),
];

/// A gateway at 10:00 of [`MONDAY`] over the bars of symbol 700.
pub(crate) struct Scene {
    pub(crate) emulator: Emulator,
}

impl Scene {
    pub(crate) fn open() -> Self {
        Self::with(DAY, |_| {}, FaultScript::none())
    }

    pub(crate) fn with(
        minutes: &[Minute],
        settle: impl FnOnce(&mut EmulatorConfig),
        faults: FaultScript,
    ) -> Self {
        let mut config = EmulatorConfig::paper(([127, 0, 0, 1], 0).into());
        settle(&mut config);
        let emulator = Emulator::start(config, world(minutes), faults).unwrap();
        Self { emulator }
    }

    /// A gateway that does these things wrong.
    pub(crate) fn faulty(script: &str) -> Self {
        Self::with(DAY, |_| {}, FaultScript::parse(script).unwrap())
    }

    pub(crate) fn client(&self, id: i64) -> Client {
        Client::begin(self.emulator.address(), id)
    }

    pub(crate) fn pass(&self, clock: &str) {
        self.emulator.advance_to(at(clock));
    }
}

pub(crate) fn world(minutes: &[Minute]) -> Arc<SimWorld> {
    let date: TradingDate = MONDAY.parse().unwrap();
    let bars: Vec<Bar> = minutes.iter().map(bar).collect();
    let yesterday = date.previous().previous().previous();
    let before = bars.iter().take(1).map(|bar| shifted(bar, -3)).collect();
    let symbol = "700".parse().unwrap();
    let loaded = LoadedBars {
        days: BTreeMap::from([
            (yesterday, BTreeMap::from([(symbol, before)])),
            (date, BTreeMap::from([(symbol, bars)])),
        ]),
        refused: Vec::new(),
    };
    let cash = Money::parse("1000000", Currency::Hkd).unwrap();
    SimWorld::begin(WorldSetup {
        rules: Arc::clone(&RULES),
        tape: Tape::loaded(loaded, DailyHistory::default(), &RULES.calendar),
        news: Vec::new(),
        config: SimConfig::pessimistic(cash, CommissionPlan::IbkrFixed),
        account: None,
        start: at("10:00"),
    })
    .unwrap()
}

fn shifted(bar: &Bar, days: i64) -> Bar {
    let prices = Ohlc {
        open: bar.open(),
        high: bar.high(),
        low: bar.low(),
        close: bar.close(),
    };
    Bar::new(bar.start() + TimeDelta::days(days), prices, bar.volume()).unwrap()
}

fn bar((clock, prices, volume): &Minute) -> Bar {
    let [open, high, low, close] = prices.map(|price| price.parse().unwrap());
    let prices = Ohlc {
        open,
        high,
        low,
        close,
    };
    Bar::new(at(clock), prices, Shares::new(*volume).unwrap()).unwrap()
}

pub(crate) fn tencent() -> Fields {
    Fields::new()
        .text(2, "700")
        .text(3, "STK")
        .text(8, "SEHK")
        .text(10, "HKD")
}

/// An order in the making.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) id: i64,
    fields: Fields,
}

/// A limit purchase for the day.
pub(crate) fn buy(id: i64, shares: &str, limit: f64) -> Sent {
    let fields = Fields::new()
        .text(5, "BUY")
        .text(6, shares)
        .text(8, "LMT")
        .double(9, limit)
        .text(11, "DAY");
    Sent { id, fields }
}

/// A limit sale, `DAY` or `GTC`.
pub(crate) fn sell(id: i64, shares: &str, limit: f64, tif: &str) -> Sent {
    let fields = Fields::new()
        .text(5, "SELL")
        .text(6, shares)
        .text(8, "LMT")
        .double(9, limit)
        .text(11, tif);
    Sent { id, fields }
}

/// A stop, good till cancelled.
pub(crate) fn stop(id: i64, shares: &str, trigger: f64) -> Sent {
    let fields = Fields::new()
        .text(5, "SELL")
        .text(6, shares)
        .text(8, "STP")
        .double(10, trigger)
        .text(11, "GTC");
    Sent { id, fields }
}

impl Sent {
    pub(crate) fn named(mut self, order_ref: &str) -> Self {
        self.fields = self.fields.text(28, order_ref);
        self
    }

    pub(crate) fn under(mut self, parent: i64) -> Self {
        self.fields = self.fields.int(4, parent);
        self
    }

    pub(crate) fn in_group(mut self, group: &str) -> Self {
        self.fields = self.fields.text(27, group).int(30, 2);
        self
    }

    pub(crate) fn with(mut self, change: impl FnOnce(Fields) -> Fields) -> Self {
        self.fields = change(self.fields);
        self
    }

    /// Sends it unreleased.
    pub(crate) fn hold(self, client: &mut Client) {
        let placed = Fields::new()
            .int(1, self.id)
            .inner(2, &tencent())
            .inner(3, &self.fields);
        client.send(3, &placed);
    }

    /// Sends and releases it.
    pub(crate) fn release(self, client: &mut Client) {
        self.with(|fields| fields.int(66, 1)).hold(client);
    }
}

/// Purchase, target and stop as orders `first`, and the two after it.
pub(crate) fn bracket(client: &mut Client, first: i64, shares: &str) {
    let name = "20260914-1000.1-01";
    buy(first, shares, 400.2)
        .named(&format!("{name}e"))
        .hold(client);
    sell(first + 1, shares, 412.0, "GTC")
        .named(&format!("{name}t"))
        .under(first)
        .hold(client);
    stop(first + 2, shares, 394.6)
        .named(&format!("{name}s"))
        .under(first)
        .release(client);
}
