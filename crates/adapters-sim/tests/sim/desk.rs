//! An exchange with one listed symbol on one day, and short words for what tests do with it.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use catalyst_adapters_sim::config::SimConfig;
use catalyst_adapters_sim::exchange::{Exchange, LegOrder, LegTerms, OrderRefusal};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::{Instrument, InstrumentKind};
use catalyst_domain::market::{Bar, Ohlc};
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{
    Bracket, BracketPlan, ClientOrderId, CycleId, EntryPrice, ExitCause, ExitPlan, ExitPrice, Leg,
    OrderPlan, OrderTicket, ProtectPlan, RunKind,
};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::{LotSize, Shares};
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::LimitPrice;
use chrono::{DateTime, NaiveTime, Utc};

pub(crate) static RULES: LazyLock<Arc<Rulebook>> =
    LazyLock::new(|| Arc::new(Rulebook::of(catalyst_domain::exchange::Exchange::Hkex).unwrap()));

/// A Monday under the tick table of 2026: 0.01 from 10 to 20.
pub(crate) const MONDAY: &str = "2026-09-14";

pub(crate) struct Desk {
    pub(crate) exchange: Exchange,
    date: TradingDate,
    families: u16,
}

pub(crate) fn config() -> SimConfig {
    let cash = Money::parse("1000000", Currency::Hkd).unwrap();
    SimConfig::pessimistic(cash, CommissionPlan::IbkrFixed)
}

pub(crate) fn symbol() -> Symbol {
    "00005".parse().unwrap()
}

pub(crate) fn shares(count: u64) -> Shares {
    Shares::new(count).unwrap()
}

pub(crate) fn price(text: &str) -> Price {
    text.parse().unwrap()
}

pub(crate) fn legal(text: &str, date: TradingDate) -> LimitPrice {
    let grid = RULES.ticks.on(date, InstrumentKind::Equity).unwrap();
    grid.exact(price(text)).unwrap()
}

pub(crate) fn at(date: TradingDate, time: &str) -> DateTime<Utc> {
    let format = if time.len() == 5 { "%H:%M" } else { "%H:%M:%S" };
    let time = NaiveTime::parse_from_str(time, format).unwrap();
    RULES.calendar.at(date, time)
}

impl Desk {
    pub(crate) fn open() -> Self {
        Self::with(config())
    }

    pub(crate) fn with(config: SimConfig) -> Self {
        let date: TradingDate = MONDAY.parse().unwrap();
        let exchange = Exchange::new(Arc::clone(&RULES), config, at(date, "09:00"));
        let mut desk = Self {
            exchange,
            date,
            families: 0,
        };
        desk.next_day(MONDAY);
        desk
    }

    pub(crate) fn next_day(&mut self, date: &str) {
        self.date = date.parse().unwrap();
        let listed = BTreeMap::from([(symbol(), instrument())]);
        self.exchange.open_day(self.date, listed).unwrap();
    }

    pub(crate) fn id(&mut self, leg: Leg) -> ClientOrderId {
        self.families += 1;
        self.named(self.families, leg)
    }

    pub(crate) fn named(&self, number: u16, leg: Leg) -> ClientOrderId {
        let cycle = CycleId::new(RunKind::Cycle, self.date, NaiveTime::MIN, 1);
        ClientOrderId::derive(cycle, number, leg)
    }

    pub(crate) fn bracket(&self, count: u64, [stop, entry, target]: [&str; 3]) -> BracketPlan {
        let entry = legal(entry, self.date);
        BracketPlan {
            instrument: instrument(),
            shares: shares(count),
            entry: EntryPrice::Limit(entry),
            bracket: Bracket::long(legal(stop, self.date), entry, legal(target, self.date))
                .unwrap(),
        }
    }

    /// A limit purchase at the middle of `prices` between its stop and its target.
    pub(crate) fn buy(&mut self, count: u64, prices: [&str; 3], time: &str) -> ClientOrderId {
        let plan = OrderPlan::Bracket(self.bracket(count, prices));
        self.send(plan, Leg::Entry, time).unwrap().id
    }

    pub(crate) fn sell(
        &mut self,
        count: u64,
        limit: &str,
        time: &str,
    ) -> Result<OrderTicket, OrderRefusal> {
        let price = ExitPrice::Limit(legal(limit, self.date));
        self.exit(count, price, time)
    }

    pub(crate) fn sell_in_auction(
        &mut self,
        count: u64,
        time: &str,
    ) -> Result<OrderTicket, OrderRefusal> {
        self.exit(count, ExitPrice::Auction, time)
    }

    fn exit(
        &mut self,
        count: u64,
        price: ExitPrice,
        time: &str,
    ) -> Result<OrderTicket, OrderRefusal> {
        let plan = OrderPlan::Exit(ExitPlan {
            symbol: symbol(),
            shares: shares(count),
            price,
            cause: ExitCause::Advisor,
        });
        self.send(plan, Leg::Exit, time)
    }

    pub(crate) fn protect(
        &mut self,
        count: u64,
        stop: &str,
        target: Option<&str>,
        time: &str,
    ) -> Result<OrderTicket, OrderRefusal> {
        let plan = OrderPlan::Protect(ProtectPlan {
            symbol: symbol(),
            shares: shares(count),
            stop: legal(stop, self.date),
            target: target.map(|target| legal(target, self.date)),
        });
        self.send(plan, Leg::Stop, time)
    }

    pub(crate) fn send(
        &mut self,
        plan: OrderPlan,
        leg: Leg,
        time: &str,
    ) -> Result<OrderTicket, OrderRefusal> {
        let id = self.id(leg);
        self.exchange.accept(&plan, id, at(self.date, time))
    }

    /// Places single orders together.
    pub(crate) fn place(
        &mut self,
        legs: &[LegOrder],
        time: &str,
    ) -> Result<OrderTicket, OrderRefusal> {
        self.exchange.place(legs, at(self.date, time))
    }

    pub(crate) fn amend(
        &mut self,
        leg: &LegOrder,
        time: &str,
    ) -> Result<OrderTicket, OrderRefusal> {
        self.exchange.amend(leg, at(self.date, time))
    }

    /// One order as a wire brings it.
    pub(crate) fn leg(
        &self,
        id: ClientOrderId,
        count: u64,
        terms: fn(LimitPrice) -> LegTerms,
        price: &str,
    ) -> LegOrder {
        let terms = terms(legal(price, self.date));
        LegOrder {
            id: id.sibling(terms.leg()),
            symbol: symbol(),
            shares: shares(count),
            terms,
        }
    }

    pub(crate) fn cancel(&mut self, id: ClientOrderId, time: &str) -> Option<OrderTicket> {
        self.exchange.cancel(id, at(self.date, time)).unwrap()
    }

    /// A minute that begins at `time`: open, high, low, close and volume.
    pub(crate) fn bar(&mut self, time: &str, prices: [&str; 4], volume: u64) {
        let start = at(self.date, time);
        let bar = bar(start, prices, volume);
        let end = start + chrono::TimeDelta::minutes(1);
        self.exchange.on_bar(symbol(), &bar, end).unwrap();
    }

    pub(crate) fn close_day(&mut self) {
        self.exchange.close_day(self.date).unwrap();
    }

    /// Buys `count` shares at 10.00 outside any stop or target.
    pub(crate) fn hold(&mut self, count: u64) {
        let id = self.buy(count, ["9", "10", "20"], "09:30");
        self.bar("09:30", ["9.99", "10", "9.99", "10"], count * 10);
        for leg in [Leg::Stop, Leg::Target] {
            self.cancel(id.sibling(leg), "09:31").unwrap();
        }
    }

    pub(crate) fn ticket(&self, id: ClientOrderId) -> OrderTicket {
        self.exchange.ticket(id).unwrap()
    }

    pub(crate) fn held(&self) -> u64 {
        let held = self.exchange.positions().get(&symbol());
        held.map_or(0, |shares| shares.count())
    }

    /// Leg, shares and price of every fill.
    pub(crate) fn fills(&self) -> Vec<(Leg, u64, String)> {
        let fills = self.exchange.fills().iter();
        fills
            .map(|fill| {
                (
                    fill.order.leg(),
                    fill.shares.count(),
                    fill.price.to_string(),
                )
            })
            .collect()
    }
}

pub(crate) fn bar(start: DateTime<Utc>, [open, high, low, close]: [&str; 4], volume: u64) -> Bar {
    let prices = Ohlc {
        open: price(open),
        high: price(high),
        low: price(low),
        close: price(close),
    };
    Bar::new(start, prices, shares(volume)).unwrap()
}

pub(crate) fn instrument() -> Instrument {
    Instrument {
        symbol: symbol(),
        kind: InstrumentKind::Equity,
        currency: Currency::Hkd,
        lot_size: LotSize::new(400).unwrap(),
    }
}
