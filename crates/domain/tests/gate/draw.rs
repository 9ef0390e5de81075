//! How cases are drawn: most numbers lie near a limit, on either side of it, and most parts of a case
//! are sound, so that a good part passes and each rule alone refuses some.

use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::market::Feed;
use catalyst_domain::news::Sentiment;
use catalyst_domain::order::EntryKind;
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::{
    EntryCriteria, Evidence, FeedPolicy, MarketOrders, RawLimits, TradingState, WorkingRole,
};
use catalyst_domain::scan::{Doubt, FeedSentinel, Sentinel};
use proptest::option;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::case::{Account, AtWork, Day, DayTrades, GateCase, Market, News, Trade};
use crate::recomputed::time;

/// Mostly the sound value, else one of the strategy.
fn mostly<T: Clone + std::fmt::Debug + 'static>(
    sound: T,
    else_of: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = T> {
    prop_oneof![14 => Just(sound), 1 => else_of]
}

/// A price in cents near `dollars`, mostly a whole dollar, which is legal here.
pub(crate) fn near(dollars: std::ops::RangeInclusive<i64>) -> impl Strategy<Value = i64> {
    let fraction = prop_oneof![
        40 => Just(0_i64),
        2 => select(vec![20_i64, 50, 80]),
        1 => 0_i64..100,
    ];
    (dollars, fraction).prop_map(|(whole, fraction)| whole * 100 + fraction)
}

fn trades() -> impl Strategy<Value = Trade> {
    let size = (
        select(vec![20_u32, 100, 100, 400]),
        prop_oneof![4 => 1_u64..=3, 1 => 4_u64..=9],
        mostly(0_u64, 1_u64..=99),
    );
    let to_stop = prop_oneof![20 => near(1..=14), 2 => near(14..=30), 1 => near(-4..=0)];
    let to_target = prop_oneof![20 => near(20..=120), 1 => near(-4..=0)];
    let kind = prop_oneof![3 => Just(EntryKind::Limit), 1 => Just(EntryKind::Market)];
    let plan = select(vec![
        CommissionPlan::None,
        CommissionPlan::IbkrFixed,
        CommissionPlan::IbkrTiered,
    ]);
    (size, near(494..=504), to_stop, to_target, kind, plan).prop_map(
        |((lot, lots, odd), entry, to_stop, to_target, kind, plan)| Trade {
            shares: u64::from(lot) * lots * (100 / u64::from(lot)).max(1) + odd,
            lot,
            entry,
            stop: entry - to_stop,
            target: entry + to_target,
            kind,
            plan,
        },
    )
}

pub(crate) fn roles() -> impl Strategy<Value = WorkingRole> {
    select(vec![
        WorkingRole::Entry,
        WorkingRole::Exit,
        WorkingRole::Stop,
        WorkingRole::Target,
        WorkingRole::Unresolved,
    ])
}

fn at_work() -> impl Strategy<Value = Option<AtWork>> {
    (roles(), 1_u64..=2_000).prop_map(|(role, shares)| Some(AtWork { role, shares }))
}

fn accounts() -> impl Strategy<Value = Account> {
    let expected = prop_oneof![6 => 99_i64..=101, 1 => 75_i64..=130];
    let cash = prop_oneof![6 => 30_i64..=100, 1 => 5_i64..=30];
    let worth = (400_000_i64..=4_000_000, expected, cash);
    let held = prop_oneof![3 => Just(0_u64), 1 => 1_u64..=300];
    let others = prop_oneof![3 => 0_u32..=1, 1 => 2_u32..=5];
    let work = prop_oneof![2 => Just(None), 1 => at_work()];
    (worth, held, others, work, mostly(None, at_work())).prop_map(
        |((equity, expected, cash), held_of_it, other_names, at_work, own_at_work)| Account {
            equity,
            expected: equity * 100 / expected,
            cash: equity / 100 * cash,
            held_of_it,
            other_names,
            at_work,
            own_at_work,
        },
    )
}

/// Losses lie around the warning and the limit.
fn days() -> impl Strategy<Value = Day> {
    let bounded = (400_000_i64..=8_000_000, 0_u32..=6)
        .prop_map(|(min_equity, made)| Some(DayTrades { min_equity, made }));
    let state = mostly(
        TradingState::Trading,
        select(vec![TradingState::ExitsOnly, TradingState::Halted]),
    );
    let stop = prop_oneof![8 => Just(None), 1 => (0_i64..=4_000).prop_map(Some)];
    let in_symbol = prop_oneof![6 => Just(0_u32), 1 => 1_u32..=3];
    let counts = (0_u32..=8, in_symbol);
    let losses = prop_oneof![6 => -10_i64..=10, 1 => -26_i64..=-14];
    (
        losses,
        counts,
        stop,
        mostly(None, bounded),
        state,
        mostly(0_u32, 1_u32..=3),
    )
        .prop_map(
            |(pnl_permille, counts, seconds_since_stop, bounded, state, findings)| Day {
                pnl_permille,
                entries: counts.0,
                in_symbol: counts.1,
                seconds_since_stop,
                bounded,
                state,
                findings,
            },
        )
}

fn seconds() -> impl Strategy<Value = i64> {
    let edges = vec![
        time(9, 30),
        time(9, 35),
        time(9, 35) - 1,
        time(11, 45),
        time(11, 45) + 1,
        time(12, 0),
        time(13, 0),
        time(13, 5),
        time(13, 5) - 1,
        time(15, 45),
        time(15, 45) + 1,
        time(16, 0),
    ];
    prop_oneof![
        16 => time(9, 40)..time(11, 40),
        1 => time(9, 0)..time(16, 15),
        1 => select(edges),
    ]
}

fn markets() -> impl Strategy<Value = Market> {
    let feed = mostly(Feed::Live, Just(Feed::Delayed));
    let age = prop_oneof![
        24 => -2_i64..=8,
        1 => -4_i64..=18,
        1 => 1_200_i64..=1_220,
    ];
    let spread = mostly(100_i64, select(vec![0_i64, -100, 300]));
    (seconds(), near(493..=507), 493_i64..=507, spread, age, feed).prop_map(
        |(second, last, bid, spread, quote_age, feed)| Market {
            second,
            last,
            bid: bid * 100,
            ask: bid * 100 + spread,
            quote_age,
            feed,
        },
    )
}

const DOUBTS: [Doubt; 2] = [
    Doubt::Name(Sentinel::Stale),
    Doubt::Feed(FeedSentinel::Unchanged),
];

fn evidence() -> impl Strategy<Value = Evidence> {
    let volume = option::of((10_i64..=20).prop_map(|tenths| Decimal::new(tenths, 1)));
    let rsi = option::of((35_i64..=75).prop_map(Decimal::from));
    let pattern = option::of(Just(PatternKind::Breakout));
    (
        mostly(Some(Decimal::TWO), volume),
        mostly(Some(Decimal::from(55)), rsi),
        mostly(Some(PatternKind::BullFlag), pattern),
        mostly(None, select(DOUBTS.map(Some).to_vec())),
    )
        .prop_map(|(relative_volume, rsi, pattern, doubt)| Evidence {
            relative_volume,
            rsi,
            pattern,
            headline: None,
            doubt,
        })
}

fn news() -> impl Strategy<Value = Option<News>> {
    let sentiments = || select(Sentiment::ALL.to_vec());
    let ages = prop_oneof![-1_i64..=1, 660_i64..=780, 1_380_i64..=1_500];
    let bad = option::of(prop_oneof![480_i64..=600, 1_320_i64..=1_560]);
    let news = (
        mostly(true, Just(false)),
        mostly(Sentiment::Positive, sentiments()),
        mostly(540, ages),
        mostly(None, bad),
        mostly(None, option::of(sentiments())),
    )
        .prop_map(|(returned, sentiment, age, age_of_bad, reading)| {
            Some(News {
                returned,
                sentiment,
                age,
                age_of_bad,
                reading,
            })
        });
    prop_oneof![19 => news, 1 => Just(None)]
}

fn counts() -> impl Strategy<Value = RawLimits> {
    (
        (2_u32..=6, 6_u32..=14, 1_u32..=3, 3_u32..=60),
        (8_u32..=20, 10_u32..=45, 0_u32..=10, 0_u32..=20),
    )
        .prop_map(|(most, spans)| RawLimits {
            max_positions: most.0,
            max_daily_trades: most.1,
            max_entries_per_symbol: most.2,
            max_order_lots: most.3,
            max_quote_age_seconds: spans.0,
            cooldown_minutes: spans.1,
            no_entry_after_open_minutes: spans.2,
            no_entry_before_close_minutes: spans.3,
            ..RawLimits::owner()
        })
}

fn shares_of_equity() -> impl Strategy<Value = RawLimits> {
    let points = |range: std::ops::RangeInclusive<i64>| {
        range.prop_map(|basis_points| Decimal::new(basis_points, 4))
    };
    (
        (points(800..=4_000), points(30..=200), points(200..=600)),
        (points(150..=400), points(1_500..=3_000)),
        (points(100..=160), points(161..=250)),
        10_i64..=21,
    )
        .prop_map(|(size, price, loss, reward)| RawLimits {
            max_position_pct: size.0,
            max_risk_per_trade_pct: size.1,
            max_stop_distance_pct: size.2,
            max_price_deviation_pct: price.0,
            max_equity_jump_pct: price.1,
            warning_loss_pct: loss.0,
            max_daily_loss_pct: loss.1,
            min_risk_reward: Decimal::new(reward, 1),
            ..RawLimits::owner()
        })
}

fn policies() -> impl Strategy<Value = RawLimits> {
    let fuse = || prop_oneof![2 => Just(None), 1 => (100_000_i64..=900_000).prop_map(|sum| Some(sum.into()))];
    let criteria = select(vec![EntryCriteria::Require, EntryCriteria::Report]);
    let feeds = select(vec![FeedPolicy::LiveOnly, FeedPolicy::DelayedAccepted]);
    let market = mostly(MarketOrders::AsMarketableLimit, Just(MarketOrders::Refused));
    let readings = (12_i64..=18, 36_i64..=50, 60_i64..=74, 12_u32..=24);
    (fuse(), fuse(), criteria, feeds, market, readings).prop_map(
        |(order, gross, entry_criteria, feed_policy, market_orders, readings)| RawLimits {
            max_order_value: order,
            max_gross_value: gross,
            entry_criteria,
            feed_policy,
            market_orders,
            max_news_age_hours: readings.3,
            min_relative_volume: Decimal::new(readings.0, 1),
            min_rsi: Decimal::from(readings.1),
            max_rsi: Decimal::from(readings.2),
            ..RawLimits::owner()
        },
    )
}

/// Limits of every kind around the owner's; any field of one may be exchanged for another's.
pub(crate) fn raw_limits() -> impl Strategy<Value = RawLimits> {
    (counts(), shares_of_equity(), policies()).prop_map(|(counts, shares, policies)| RawLimits {
        max_positions: counts.max_positions,
        max_daily_trades: counts.max_daily_trades,
        max_entries_per_symbol: counts.max_entries_per_symbol,
        max_order_lots: counts.max_order_lots,
        max_quote_age_seconds: counts.max_quote_age_seconds,
        cooldown_minutes: counts.cooldown_minutes,
        no_entry_after_open_minutes: counts.no_entry_after_open_minutes,
        no_entry_before_close_minutes: counts.no_entry_before_close_minutes,
        max_order_value: policies.max_order_value,
        max_gross_value: policies.max_gross_value,
        entry_criteria: policies.entry_criteria,
        feed_policy: policies.feed_policy,
        market_orders: policies.market_orders,
        max_news_age_hours: policies.max_news_age_hours,
        min_relative_volume: policies.min_relative_volume,
        min_rsi: policies.min_rsi,
        max_rsi: policies.max_rsi,
        ..shares
    })
}

pub(crate) fn gate_cases() -> impl Strategy<Value = GateCase> {
    (
        trades(),
        accounts(),
        days(),
        markets(),
        (evidence(), news()),
        raw_limits(),
    )
        .prop_map(|(trade, account, day, market, seen, raw)| GateCase {
            trade,
            account,
            day,
            market,
            evidence: seen.0,
            news: seen.1,
            raw,
        })
}
