//! Trades before the gate, drawn so that some pass and most fail near a limit.

use std::sync::LazyLock;

use catalyst_domain::market::Feed;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{ClientOrderId, EntryIntent, Leg, OrderIntent};
use catalyst_domain::risk::{
    EntryCriteria, Held, RawLimits, RiskDecision, RiskGate, RiskLimits, TradingState, WorkingOrder,
    WorkingRole,
};
use catalyst_testkit::builders::{
    ViewBuilder, a_cycle, a_view, an_entry, an_order, price, shares, symbol,
};
use chrono::TimeDelta;
use proptest::prelude::{Just, Strategy, prop_oneof};
use rust_decimal::Decimal;

/// Reading the exchange's tables takes longer than judging, so it is done once.
static MORNING: LazyLock<ViewBuilder> = LazyLock::new(a_view);

/// The trade, in whole dollars, which are on every tick around 500.
#[derive(Debug, Clone)]
pub(crate) struct Trade {
    pub(crate) shares: u64,
    pub(crate) entry: i64,
    pub(crate) to_stop: i64,
    pub(crate) to_target: i64,
    pub(crate) at_market: bool,
}

/// The account and its day, in whole dollars.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) equity: i64,
    pub(crate) cash: i64,
    pub(crate) pnl: i64,
    pub(crate) entries: u32,
    pub(crate) in_symbol: u32,
    pub(crate) held_of_it: u64,
    pub(crate) other_names: usize,
    pub(crate) at_work: u64,
}

/// The market and what is unsettled.
#[derive(Debug, Clone)]
pub(crate) struct Market {
    pub(crate) last: i64,
    pub(crate) quote_age: i64,
    pub(crate) since_stop: Option<i64>,
    pub(crate) state: TradingState,
    pub(crate) findings: u32,
    pub(crate) feed: Feed,
}

/// All of it, with the limits it is held to.
#[derive(Debug, Clone)]
pub(crate) struct GateCase {
    pub(crate) trade: Trade,
    pub(crate) account: Account,
    pub(crate) market: Market,
    pub(crate) raw: RawLimits,
}

impl GateCase {
    pub(crate) fn intent(&self) -> EntryIntent {
        let text = |dollars: i64| dollars.to_string();
        let Trade {
            entry,
            to_stop,
            to_target,
            ..
        } = self.trade;
        let builder = an_entry().shares(self.trade.shares).between(
            &text(entry - to_stop),
            &text(entry),
            &text(entry + to_target),
        );
        match self.trade.at_market {
            true => builder.at_market().sized(),
            false => builder.sized(),
        }
    }

    pub(crate) fn view(&self) -> ViewBuilder {
        let mut view = MORNING.clone();
        let now = view.moment.now;
        let (account, market) = (&self.account, &self.market);
        view.state = market.state;
        view.findings_open = market.findings;
        if let Some(quote) = &mut view.quote {
            quote.last = price(&market.last.to_string());
            quote.bid = price(&(market.last - 1).to_string());
            quote.ask = price(&(market.last + 1).to_string());
            quote.at = now - TimeDelta::seconds(market.quote_age);
            quote.feed = market.feed;
        }
        view.account.equity = Some(dollars(account.equity));
        view.account.equity_expected = Some(dollars(account.equity));
        view.account.cash = Some(dollars(account.cash));
        view.day.equity_at_open = Some(dollars(account.equity - account.pnl));
        view.day.pnl = Some(dollars(account.pnl));
        view.day.entries = Some(account.entries);
        view.day.entries_in_symbol = Some(account.in_symbol);
        view.day.last_stop_out = market
            .since_stop
            .map(|minutes| now - TimeDelta::minutes(minutes));
        let others = (1..=account.other_names).map(|number| Held {
            symbol: symbol(&number.to_string()),
            shares: shares(400),
            mark: Some(price("60")),
        });
        let own = (account.held_of_it > 0).then(|| Held {
            symbol: symbol("700"),
            shares: shares(account.held_of_it),
            mark: Some(price(&market.last.to_string())),
        });
        view.holdings = others.chain(own).collect();
        let at_work = (account.at_work > 0).then(|| WorkingOrder {
            symbol: symbol("5"),
            role: WorkingRole::Entry,
            shares: shares(account.at_work),
            price: Some(price("60")),
        });
        view.working = at_work.into_iter().collect();
        view
    }

    pub(crate) fn limits(&self) -> RiskLimits {
        RiskLimits::new(self.raw.clone(), Currency::Hkd).unwrap()
    }

    /// The gate's answer to the trade in `view`.
    pub(crate) fn review_in(&self, view: &ViewBuilder) -> RiskDecision {
        let intent = OrderIntent::Entry(self.intent());
        RiskGate::new(self.limits()).review(&intent, &view.view(), an_id())
    }

    pub(crate) fn passes(&self) -> bool {
        is_approved(&self.review_in(&self.view()))
    }
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

fn dollars(amount: i64) -> Money {
    Money::new(Decimal::from(amount), Currency::Hkd).unwrap()
}

fn trades() -> impl Strategy<Value = Trade> {
    let shares = prop_oneof![
        9 => (1_u64..=8).prop_map(|lots| lots * 100),
        1 => 1_u64..=900,
    ];
    let at_market = prop_oneof![3 => Just(false), 1 => Just(true)];
    (shares, 494_i64..=504, 1_i64..=28, 20_i64..=120, at_market).prop_map(
        |(shares, entry, to_stop, to_target, at_market)| Trade {
            shares,
            entry,
            to_stop,
            to_target,
            at_market,
        },
    )
}

fn accounts() -> impl Strategy<Value = Account> {
    let day = (-25_i64..=10, 0_u32..=10, 0_u32..=2);
    let held = (
        prop_oneof![3 => Just(0_u64), 1 => 1_u64..=300],
        0_usize..=4,
        prop_oneof![3 => Just(0_u64), 1 => 1_u64..=2_000],
    );
    (300_000_i64..=3_000_000, 20_i64..=100, day, held).prop_map(
        |(equity, cash_percent, (pnl, entries, in_symbol), held)| Account {
            equity,
            cash: equity / 100 * cash_percent,
            pnl: equity / 1_000 * pnl,
            entries,
            in_symbol,
            held_of_it: held.0,
            other_names: held.1,
            at_work: held.2,
        },
    )
}

fn markets() -> impl Strategy<Value = Market> {
    let since_stop = prop_oneof![4 => Just(None), 1 => (0_i64..=60).prop_map(Some)];
    let state = prop_oneof![
        12 => Just(TradingState::Trading),
        1 => Just(TradingState::ExitsOnly),
        1 => Just(TradingState::Halted),
    ];
    let findings = prop_oneof![12 => Just(0_u32), 1 => 1_u32..=3];
    let feed = prop_oneof![12 => Just(Feed::Live), 1 => Just(Feed::Delayed)];
    (492_i64..=508, 0_i64..=18, since_stop, state, findings, feed).prop_map(
        |(last, quote_age, since_stop, state, findings, feed)| Market {
            last,
            quote_age,
            since_stop,
            state,
            findings,
            feed,
        },
    )
}

fn raw_limits() -> impl Strategy<Value = RawLimits> {
    let fuse = || prop_oneof![2 => Just(None), 1 => (100_000_i64..=900_000).prop_map(Some)];
    (
        2_u32..=6,
        5_i64..=30,
        10_i64..=20,
        1_u32..=40,
        fuse(),
        fuse(),
    )
        .prop_map(|(names, percent, reward, lots, order, gross)| RawLimits {
            max_positions: names,
            max_position_pct: Decimal::new(percent, 2),
            min_risk_reward: Decimal::new(reward, 1),
            max_order_lots: lots,
            max_order_value: order.map(Decimal::from),
            max_gross_value: gross.map(Decimal::from),
            entry_criteria: EntryCriteria::Report,
            ..RawLimits::owner()
        })
}

pub(crate) fn gate_cases() -> impl Strategy<Value = GateCase> {
    (trades(), accounts(), markets(), raw_limits()).prop_map(|(trade, account, market, raw)| {
        GateCase {
            trade,
            account,
            market,
            raw,
        }
    })
}
