//! Values from the ends of their ranges: the gate answers, consistently, and never panics.

use catalyst_domain::market::Quote;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{EntryIntent, EntryKind, ExitCause, ExitIntent, ExitKind};
use catalyst_domain::order::{OrderIntent, ProtectIntent};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::{LotSize, Shares};
use catalyst_domain::risk::{Held, RawLimits, WorkingOrder};
use catalyst_testkit::builders::{ViewBuilder, an_entry, symbol};
use catalyst_testkit::strategies::thousands;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::case::{an_id, gate, is_approved, morning};
use crate::draw::{raw_limits, roles};

fn prices() -> impl Strategy<Value = Price> {
    let ends = [
        "0.00000001",
        "0.0001",
        "0.01",
        "0.25",
        "500",
        "9995",
        "9999999.99999999",
        "10000000",
    ];
    let ends = ends.map(|text| text.parse().unwrap()).to_vec();
    let any = (1_i64..=1_000_000_000_000_000)
        .prop_map(|digits| Price::new(Decimal::new(digits, 8)).unwrap());
    prop_oneof![3 => select(ends), 1 => any]
}

fn counts() -> impl Strategy<Value = Shares> {
    let ends = select(vec![0, 1, 99, 100, 3_000, 9_999_999_999, 10_000_000_000]);
    prop_oneof![ends, 0_u64..=10_000_000_000].prop_map(|count| Shares::new(count).unwrap())
}

fn sums() -> impl Strategy<Value = Option<Money>> {
    let ends = [
        "-1000000000000000000",
        "-0.0000000000000000000000000001",
        "0",
        "0.0000000000000000000000000001",
        "999999999999999999.9999999999",
        "1000000000000000000",
        "1000000",
    ];
    let ends = select(ends.map(|text| text.parse::<Decimal>().unwrap()).to_vec());
    let currencies = prop_oneof![6 => Just(Currency::Hkd), 1 => Just(Currency::Usd)];
    let sum = (ends, currencies).prop_map(|(sum, currency)| Money::new(sum, currency).unwrap());
    prop_oneof![8 => sum.prop_map(Some), 1 => Just(None)]
}

fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    let now = morning().moment.now;
    prop_oneof![
        2 => Just(now),
        1 => Just(DateTime::<Utc>::MIN_UTC),
        1 => Just(DateTime::<Utc>::MAX_UTC),
        1 => (-3_i64..=3).prop_map(move |seconds| now + TimeDelta::seconds(seconds)),
    ]
}

fn holdings() -> impl Strategy<Value = Vec<Held>> {
    let held = (
        select(vec!["700", "5", "AAPL"]),
        counts(),
        proptest::option::of(prices()),
    );
    let held = held.prop_map(|(code, shares, mark)| Held {
        symbol: symbol(code),
        shares,
        mark,
    });
    proptest::collection::vec(held, 0..40)
}

fn working() -> impl Strategy<Value = Vec<WorkingOrder>> {
    let order = (roles(), counts(), proptest::option::of(prices()));
    let order = order.prop_map(|(role, shares, price)| WorkingOrder {
        symbol: symbol("700"),
        role,
        shares,
        price,
    });
    proptest::collection::vec(order, 0..40)
}

fn quotes() -> impl Strategy<Value = Quote> {
    (prices(), prices(), prices(), moments()).prop_map(|(last, bid, ask, at)| Quote {
        last,
        bid,
        ask,
        at,
        ..morning().quote.unwrap()
    })
}

fn views() -> impl Strategy<Value = ViewBuilder> {
    let account = (sums(), sums(), sums());
    let day = (sums(), sums(), proptest::option::of(moments()));
    let lots = select(vec![1_u32, 100, 100_000, u32::MAX]);
    (account, day, quotes(), holdings(), working(), lots).prop_map(
        |(account, day, quote, holdings, working, lot)| {
            let mut view = morning();
            view.account.equity = account.0;
            view.account.cash = account.1;
            view.account.equity_expected = account.2;
            view.day.pnl = day.0;
            view.day.equity_at_open = day.1;
            view.day.last_stop_out = day.2;
            view.quote = Some(quote);
            view.holdings = holdings;
            view.working = working;
            view.findings_open = 0;
            view.instrument.as_mut().unwrap().lot_size = LotSize::new(lot).unwrap();
            view
        },
    )
}

fn entries() -> impl Strategy<Value = EntryIntent> {
    let kinds = select(vec![EntryKind::Limit, EntryKind::Market]);
    (prices(), prices(), prices(), counts(), kinds).prop_map(
        |(stop, entry, target, shares, kind)| {
            let mut intent = an_entry().sized();
            intent.shares = shares;
            intent.idea.stop = stop;
            intent.idea.entry = entry;
            intent.idea.target = target;
            intent.idea.kind = kind;
            intent
        },
    )
}

/// Limits with the largest numbers they may hold.
fn widest() -> RawLimits {
    let most = Some(Decimal::from(1_000_000_000_000_000_000_u64));
    RawLimits {
        max_position_pct: Decimal::ONE,
        max_risk_per_trade_pct: Decimal::ONE,
        max_stop_distance_pct: Decimal::ONE,
        max_price_deviation_pct: Decimal::ONE,
        max_equity_jump_pct: Decimal::ONE,
        max_daily_loss_pct: Decimal::ONE,
        max_order_lots: 1_000_000,
        max_order_value: most,
        max_gross_value: most,
        ..RawLimits::owner()
    }
}

fn limits() -> impl Strategy<Value = RawLimits> {
    let narrow = RawLimits {
        max_gross_value: Some(Decimal::new(1, 28)),
        ..widest()
    };
    prop_oneof![Just(widest()), Just(narrow), raw_limits()]
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn every_entry_has_an_answer_and_only_one(
        intent in entries(),
        view in views(),
        raw in limits(),
    ) {
        let found = gate(raw.clone()).assess(&intent, &view.view());

        let decision = gate(raw).review(&OrderIntent::Entry(intent.clone()), &view.view(), an_id());

        prop_assert_eq!(is_approved(&decision), found.breaches.is_empty());
        if found.breaches.is_empty() {
            prop_assert_eq!(found.max_quantity.is_some_and(|most| most >= intent.shares), true);
        }
    }

    #[test]
    fn every_exit_and_every_guard_has_an_answer(
        view in views(),
        count in counts(),
        at in prices(),
        target in proptest::option::of(prices()),
    ) {
        let exit = OrderIntent::Exit(ExitIntent {
            symbol: symbol("700"),
            shares: count,
            kind: ExitKind::Limit(at),
            cause: ExitCause::Emergency,
        });
        let guard = OrderIntent::Protect(ProtectIntent {
            symbol: symbol("700"),
            shares: count,
            stop: at,
            target,
        });
        let held = view.view().held(symbol("700"));

        for intent in [exit, guard] {
            let decision = gate(RawLimits::owner()).review(&intent, &view.view(), an_id());
            prop_assert_eq!(is_approved(&decision) && count > held, false);
        }
    }
}

// The largest sum of money, the largest lot, and a share at either end of the table.
#[test]
fn the_largest_account_is_sized_in_the_largest_lots() {
    let all = Money::new(Decimal::from(1_000_000_000_000_000_000_u64), Currency::Hkd).unwrap();
    let mut view = morning();
    view.account.equity = Some(all);
    view.account.cash = Some(all);
    view.instrument.as_mut().unwrap().lot_size = LotSize::new(u32::MAX).unwrap();

    for (stop, entry, target) in [("0.01", "0.011", "0.012"), ("9985", "9990", "9995")] {
        let intent = an_entry().between(stop, entry, target).sized();

        let found = gate(widest()).assess(&intent, &view.view());

        let two_lots = Shares::new(2 * u64::from(u32::MAX)).unwrap();
        assert_eq!(found.max_quantity, Some(two_lots), "{entry}");
    }
}
