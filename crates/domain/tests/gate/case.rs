//! One trade before the gate in plain numbers, from which a test works out the answer by itself.
//! Prices are in cents, sums in whole Hong Kong dollars, on Monday 2026-09-14.

use std::sync::LazyLock;

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::day_trading::{DayTradeRule, PatternDayTrader};
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::market::Feed;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::news::Sentiment;
use catalyst_domain::order::{ClientOrderId, EntryIntent, EntryKind, Leg, OrderIntent};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::LotSize;
use catalyst_domain::risk::{
    Assessment, Evidence, Headline, Held, NamedHeadline, RawLimits, RiskDecision, RiskGate,
    RiskLimits, TradingState, WorkingOrder, WorkingRole,
};
use catalyst_testkit::builders::{
    ViewBuilder, a_cycle, a_moment, a_view, an_entry, an_order, price, shares, symbol,
};
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

/// Reading the exchange's tables takes longer than judging, so it is done once.
static MORNING: LazyLock<ViewBuilder> = LazyLock::new(a_view);
static CALENDAR: LazyLock<TradingCalendar> = LazyLock::new(|| TradingCalendar::hkex().unwrap());

/// What other names are held at and what is at work in one of them, in dollars.
pub(crate) const OTHER_PRICE: i64 = 60;
pub(crate) const OTHER_SHARES: u64 = 400;
pub(crate) const DAY_TRADES_MAX: u32 = 3;

#[derive(Debug, Clone)]
pub(crate) struct Trade {
    pub(crate) shares: u64,
    pub(crate) lot: u32,
    pub(crate) entry: i64,
    pub(crate) stop: i64,
    pub(crate) target: i64,
    pub(crate) kind: EntryKind,
    pub(crate) plan: CommissionPlan,
}

/// An order that may still fill; of another name, or of the trade's own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AtWork {
    pub(crate) role: WorkingRole,
    pub(crate) shares: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) equity: i64,
    pub(crate) expected: i64,
    pub(crate) cash: i64,
    pub(crate) held_of_it: u64,
    pub(crate) other_names: u32,
    pub(crate) at_work: Option<AtWork>,
    pub(crate) own_at_work: Option<AtWork>,
}

/// A day-trade rule: what it exempts, and what was made of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayTrades {
    pub(crate) min_equity: i64,
    pub(crate) made: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Day {
    /// Of the equity.
    pub(crate) pnl_permille: i64,
    pub(crate) entries: u32,
    pub(crate) in_symbol: u32,
    pub(crate) seconds_since_stop: Option<i64>,
    /// The day-trade rule, where there is one.
    pub(crate) bounded: Option<DayTrades>,
    pub(crate) state: TradingState,
    pub(crate) findings: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Market {
    /// Seconds of the exchange's day.
    pub(crate) second: i64,
    pub(crate) last: i64,
    pub(crate) bid: i64,
    pub(crate) ask: i64,
    pub(crate) quote_age: i64,
    pub(crate) feed: Feed,
}

/// The headline that the trade names, in minutes before the moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct News {
    pub(crate) returned: bool,
    pub(crate) sentiment: Sentiment,
    pub(crate) age: i64,
    pub(crate) age_of_bad: Option<i64>,
    pub(crate) reading: Option<Sentiment>,
}

#[derive(Debug, Clone)]
pub(crate) struct GateCase {
    pub(crate) trade: Trade,
    pub(crate) account: Account,
    pub(crate) day: Day,
    pub(crate) market: Market,
    /// Without its headline, which is as `news` says.
    pub(crate) evidence: Evidence,
    pub(crate) news: Option<News>,
    pub(crate) raw: RawLimits,
}

impl News {
    fn named(self, now: DateTime<Utc>) -> NamedHeadline {
        if !self.returned {
            return NamedHeadline::NotReturned;
        }
        NamedHeadline::Returned(Headline {
            sentiment: self.sentiment,
            published: now - TimeDelta::minutes(self.age),
            latest_negative: self.age_of_bad.map(|age| now - TimeDelta::minutes(age)),
            reading: self.reading,
        })
    }
}

impl GateCase {
    pub(crate) fn intent(&self) -> EntryIntent {
        let trade = &self.trade;
        let mut intent = an_entry().shares(trade.shares).sized();
        intent.idea.kind = trade.kind;
        intent.idea.entry = cents(trade.entry);
        intent.idea.stop = cents(trade.stop);
        intent.idea.target = cents(trade.target);
        intent
    }

    pub(crate) fn view(&self) -> ViewBuilder {
        let mut view = morning_at(self.market.second);
        let now = view.moment.now;
        view.plan = self.trade.plan;
        view.state = self.day.state;
        view.findings_open = self.day.findings;
        view.evidence = self.evidence;
        view.evidence.headline = self.news.map(|news| news.named(now));
        if let Some(instrument) = &mut view.instrument {
            instrument.lot_size = LotSize::new(self.trade.lot).unwrap();
        }
        if let Some(quote) = &mut view.quote {
            quote.last = cents(self.market.last);
            quote.bid = cents(self.market.bid);
            quote.ask = cents(self.market.ask);
            quote.at = now - TimeDelta::seconds(self.market.quote_age);
            quote.feed = self.market.feed;
        }
        self.tell_account(&mut view);
        self.tell_day(&mut view);
        view
    }

    fn tell_account(&self, view: &mut ViewBuilder) {
        let account = &self.account;
        view.account.equity = Some(dollars(account.equity));
        view.account.equity_expected = Some(dollars(account.expected));
        view.account.cash = Some(dollars(account.cash));
        let others = (1..=account.other_names).map(|number| Held {
            symbol: symbol(&number.to_string()),
            shares: shares(OTHER_SHARES),
            mark: Some(price(&OTHER_PRICE.to_string())),
        });
        let own = (account.held_of_it > 0).then(|| Held {
            symbol: symbol("700"),
            shares: shares(account.held_of_it),
            mark: Some(cents(self.market.last)),
        });
        view.holdings = others.chain(own).collect();
        let order = |code, at: Price| {
            move |work: AtWork| WorkingOrder {
                symbol: symbol(code),
                role: work.role,
                shares: shares(work.shares),
                price: Some(at),
            }
        };
        let other = account.at_work.map(order("9988", cents(OTHER_PRICE * 100)));
        let own = account
            .own_at_work
            .map(order("700", cents(self.market.last)));
        view.working = other.into_iter().chain(own).collect();
    }

    fn tell_day(&self, view: &mut ViewBuilder) {
        let day = &self.day;
        let now = view.moment.now;
        view.day.equity_at_open = Some(dollars(self.account.equity - self.pnl()));
        view.day.pnl = Some(dollars(self.pnl()));
        view.day.entries = Some(day.entries);
        view.day.entries_in_symbol = Some(day.in_symbol);
        view.day.last_stop_out = day
            .seconds_since_stop
            .map(|seconds| now - TimeDelta::seconds(seconds));
        view.day.day_trades = day.bounded.map(|trades| trades.made);
        view.day_trading = Some(day.bounded.map_or(DayTradeRule::Free, |trades| {
            DayTradeRule::Pattern(PatternDayTrader {
                min_equity: dollars(trades.min_equity),
                day_trades_max: DAY_TRADES_MAX,
                sessions: 5,
            })
        }));
    }

    /// Gain of the day in dollars.
    pub(crate) const fn pnl(&self) -> i64 {
        self.account.equity / 1_000 * self.day.pnl_permille
    }

    pub(crate) fn gate(&self) -> RiskGate {
        gate(self.raw.clone())
    }

    /// The gate's findings about the trade in its own view.
    pub(crate) fn assess(&self) -> Assessment {
        self.gate().assess(&self.intent(), &self.view().view())
    }

    /// The gate's answer to the trade in `view`.
    pub(crate) fn review_in(&self, view: &ViewBuilder) -> RiskDecision {
        let intent = OrderIntent::Entry(self.intent());
        self.gate().review(&intent, &view.view(), an_id())
    }
}

pub(crate) fn gate(raw: RawLimits) -> RiskGate {
    RiskGate::new(RiskLimits::new(raw, Currency::Hkd).unwrap())
}

pub(crate) fn is_approved(decision: &RiskDecision) -> bool {
    match decision {
        RiskDecision::Approved(_) => true,
        RiskDecision::Refused(_) => false,
    }
}

pub(crate) fn an_id() -> ClientOrderId {
    an_order(a_cycle("20260914-1000.1"), 1, Leg::Entry)
}

/// The usual morning.
pub(crate) fn morning() -> ViewBuilder {
    MORNING.clone()
}

/// The usual view at so many seconds into the exchange's day.
pub(crate) fn morning_at(second: i64) -> ViewBuilder {
    let mut view = morning();
    view.moment = CALENDAR.moment(at_second(second)).unwrap();
    view
}

/// The moment that is so many seconds into the exchange's day.
pub(crate) fn at_second(second: i64) -> DateTime<Utc> {
    a_moment("2026-09-13T16:00:00Z") + TimeDelta::seconds(second)
}

pub(crate) fn cents(count: i64) -> Price {
    Price::new(Decimal::new(count, 2)).unwrap()
}

pub(crate) fn dollars(amount: i64) -> Money {
    Money::new(Decimal::from(amount), Currency::Hkd).unwrap()
}
