//! Charges against exact decimal arithmetic, at any size, and what a row of a fee table may say.

use std::sync::LazyLock;

use catalyst_domain::fees::{
    CommissionPlan, FeeItem, FeeSchedule, FeeTables, FeesOfDay, TradeTerms,
};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::price::Price;
use catalyst_domain::profile::MarketProfile;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use rust_decimal::{Decimal, RoundingStrategy};

static FEES: LazyLock<FeesOfDay> = LazyLock::new(|| {
    let schedule = FeeSchedule::hkex().unwrap();
    schedule.on("2026-11-23".parse().unwrap()).unwrap()
});

fn trades() -> impl Strategy<Value = TradeTerms> {
    let sides = select(vec![Side::Buy, Side::Sell]);
    let kinds = select(vec![
        InstrumentKind::Equity,
        InstrumentKind::Etf,
        InstrumentKind::Reit,
    ]);
    let counts = prop_oneof![1_u64..=10_000, 1_u64..=10_000_000_000];
    let prices = (1_i64..=1_000_000_000_000_000, 0_u32..=8);
    (sides, kinds, counts, prices).prop_filter_map(
        "a price above zero",
        |(side, kind, count, (digits, places))| {
            Some(TradeTerms {
                side,
                kind,
                shares: Shares::new(count).unwrap(),
                price: Price::new(Decimal::new(digits, 8).round_dp(places)).ok()?,
            })
        },
    )
}

fn plans() -> impl Strategy<Value = CommissionPlan> {
    select(vec![
        CommissionPlan::None,
        CommissionPlan::IbkrFixed,
        CommissionPlan::IbkrTiered,
    ])
}

fn to_the_cent(sum: Decimal) -> Decimal {
    sum.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// The charges of 2026-11-23 by the published rates. Source: market rules on costs.
fn published(trade: &TradeTerms, plan: CommissionPlan) -> Vec<(FeeItem, Decimal)> {
    let value = trade.price.value() * Decimal::from(trade.shares.count());
    let of_value = |rate, places| value * Decimal::new(rate, places);
    let least = Decimal::from(18);
    let stamp = match trade.kind {
        InstrumentKind::Equity => Some(of_value(1, 3).ceil()),
        InstrumentKind::Etf | InstrumentKind::Reit => None,
    };
    let levies = [
        (FeeItem::SfcLevy, to_the_cent(of_value(27, 6))),
        (FeeItem::AfrcLevy, to_the_cent(of_value(15, 7))),
    ];
    let exchange = [
        (FeeItem::TradingFee, to_the_cent(of_value(565, 7))),
        (FeeItem::SettlementFee, to_the_cent(of_value(42, 6))),
    ];
    let mut charges: Vec<_> = stamp
        .map(|duty| (FeeItem::StampDuty, duty))
        .into_iter()
        .collect();
    charges.extend(levies);
    match plan {
        CommissionPlan::None => charges.extend(exchange),
        CommissionPlan::IbkrTiered => {
            charges.extend(exchange);
            charges.push((FeeItem::Commission, to_the_cent(of_value(5, 4)).max(least)));
        }
        CommissionPlan::IbkrFixed => {
            charges.push((FeeItem::Commission, to_the_cent(of_value(8, 4)).max(least)));
        }
    }
    charges
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn every_charge_is_its_rate_of_the_value_to_the_cent(trade in trades(), plan in plans()) {
        let cost = FEES.cost(&trade, plan).unwrap();

        let found: Vec<_> = cost.items.iter().map(|(item, sum)| (*item, sum.amount())).collect();
        let expected = published(&trade, plan);
        prop_assert_eq!(&found, &expected);
        let total = expected.iter().map(|(_, sum)| *sum).sum();
        prop_assert_eq!(cost.total, Money::new(total, Currency::Hkd).unwrap());
        prop_assert_eq!(FEES.total(&trade, plan), Ok(cost.total));
    }

    #[test]
    fn more_shares_or_a_higher_price_never_cost_less(
        trade in trades(),
        plan in plans(),
        shares in 0_u64..=1_000_000,
        digits in 0_i64..=1_000_000_000,
    ) {
        let price = Price::new(trade.price.value() + Decimal::new(digits, 8));
        let larger = TradeTerms {
            shares: trade.shares.plus(Shares::new(shares).unwrap()),
            price: price.unwrap_or(trade.price),
            ..trade
        };

        let (less, more) = (FEES.cost(&trade, plan).unwrap(), FEES.cost(&larger, plan).unwrap());

        for (item, charge) in less.items {
            prop_assert!(charge.amount() <= more.of(item).amount(), "{}", item);
        }
        prop_assert!(less.total.amount() <= more.total.amount());
    }
}

const CHARGES: &str =
    "item,effective_from,effective_to,side,exempt,rate,basis,fixed,min,max,rounding\n";
const PLANS: &str = "plan,effective_from,effective_to,rate,min,rounding,includes\n\
    ibkr-fixed,,,0,,nearest cent,\nibkr-tiered,,,0,,nearest cent,\n";

/// The schedule whose only charge is the row, its cells after the dates; or the words that refuse it.
fn with_charge(row: &str) -> Result<FeesOfDay, String> {
    let charges = format!("{CHARGES}trading_fee,,,{row}\n");
    let tables = FeeTables {
        charges: &charges,
        plans: PLANS,
    };
    let schedule = FeeSchedule::parse(&tables, MarketProfile::hkex().unwrap());
    let schedule = schedule.map_err(|error| error.to_string())?;
    Ok(schedule.on("2026-11-23".parse().unwrap()).unwrap())
}

/// What a hundred shares at `price` pay under the row.
fn charged(row: &str, side: Side, price: &str) -> String {
    let trade = TradeTerms {
        side,
        kind: InstrumentKind::Equity,
        shares: Shares::new(100).unwrap(),
        price: price.parse().unwrap(),
    };
    let fees = with_charge(row).unwrap();
    fees.total(&trade, CommissionPlan::None)
        .unwrap()
        .to_string()
}

#[test]
fn a_cap_below_the_floor_is_refused_and_one_at_the_floor_is_the_charge() {
    assert_eq!(
        with_charge("both,,0.001,value,,5,4.99,nearest cent").unwrap_err(),
        "fee schedule, line 2, column `max`: found `4.99`, allowed is a sum not below min"
    );
    assert_eq!(
        charged("both,,0.001,value,,5,5,nearest cent", Side::Buy, "999"),
        "5.00 HKD"
    );
}

#[test]
fn each_rounding_settles_in_its_own_way() {
    for (rounding, down, half, up) in [
        ("nearest cent", "1.23 HKD", "1.24 HKD", "1.24 HKD"),
        ("up to cent", "1.24 HKD", "1.24 HKD", "1.24 HKD"),
        ("down to cent", "1.23 HKD", "1.23 HKD", "1.23 HKD"),
        ("up to unit", "2.00 HKD", "2.00 HKD", "2.00 HKD"),
    ] {
        let row = format!("both,,0.001,value,,,,{rounding}");
        let found = ["12.34", "12.35", "12.36"].map(|price| charged(&row, Side::Buy, price));

        assert_eq!(found, [down, half, up], "{rounding}");
    }
    assert_eq!(
        with_charge("both,,0.001,value,,,,to cent").unwrap_err(),
        "fee schedule, line 2, column `rounding`: found `to cent`, \
         allowed is nearest cent, up to cent, down to cent, up to unit"
    );
}

#[test]
fn one_side_pays_what_is_for_one_side() {
    for (payer, buying, selling) in [
        ("both", "5.00 HKD", "5.00 HKD"),
        ("buy", "5.00 HKD", "0.00 HKD"),
        ("sell", "0.00 HKD", "5.00 HKD"),
    ] {
        let row = format!("{payer},,0.001,value,,,,nearest cent");

        assert_eq!(charged(&row, Side::Buy, "50"), buying);
        assert_eq!(charged(&row, Side::Sell, "50"), selling);
    }
}

#[test]
fn a_fixed_sum_is_added_and_the_whole_held_between_floor_and_cap() {
    let charged = |row| charged(row, Side::Buy, "50");

    assert_eq!(charged("both,,,trade,0.50,,,nearest cent"), "0.50 HKD");
    assert_eq!(charged("both,,0.001,value,0.50,,,nearest cent"), "5.50 HKD");
    assert_eq!(
        charged("both,,0.001,value,0.50,6,,nearest cent"),
        "6.00 HKD"
    );
    assert_eq!(
        charged("both,,0.001,value,0.50,,4,nearest cent"),
        "4.00 HKD"
    );
    assert_eq!(charged("both,,0.02,share,,,,nearest cent"), "2.00 HKD");
}

#[test]
fn a_rate_is_at_most_the_whole() {
    assert_eq!(
        charged("both,,1,value,,,,nearest cent", Side::Buy, "50"),
        "5000.00 HKD"
    );
    for rate in ["1.0000000001", "0.00000000001", "-0.1", ""] {
        assert_eq!(
            with_charge(&format!("both,,{rate},value,,,,nearest cent")).unwrap_err(),
            format!(
                "fee schedule, line 2, column `rate`: found `{rate}`, \
                 allowed is 0 to 1, with ten places"
            )
        );
    }
}
