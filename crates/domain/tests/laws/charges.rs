//! Charges against exact decimal arithmetic, at any size, and what a row of a fee table may say.

use std::sync::LazyLock;

use catalyst_domain::fees::{
    CommissionPlan, FeeBreakdown, FeeItem, FeeSchedule, FeeTables, FeesOfDay, TradeTerms,
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

static HKEX: LazyLock<FeeSchedule> = LazyLock::new(|| FeeSchedule::hkex().unwrap());
static NYSE: LazyLock<FeeSchedule> = LazyLock::new(|| FeeSchedule::nyse().unwrap());

fn on(schedule: &FeeSchedule, date: &str) -> FeesOfDay {
    schedule.on(date.parse().unwrap()).unwrap()
}

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

/// The charges of 2026-06-01 on a sale in the United States. Source: market rules on the US profile.
fn published_in_new_york(trade: &TradeTerms, plan: CommissionPlan) -> Vec<(FeeItem, Decimal)> {
    let count = Decimal::from(trade.shares.count());
    let value = trade.price.value() * count;
    let cents = |sum: Decimal| sum.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero);
    let by_share = |rate, places| cents(count * Decimal::new(rate, places));
    let hundredth = cents(value * Decimal::new(1, 2));
    let mut charges = vec![
        (FeeItem::SecFee, cents(value * Decimal::new(206, 7))),
        (
            FeeItem::FinraFee,
            by_share(195, 6).min(Decimal::new(979, 2)),
        ),
    ];
    let commission = match plan {
        CommissionPlan::None => None,
        CommissionPlan::IbkrTiered => Some(by_share(35, 4).max(Decimal::new(35, 2))),
        CommissionPlan::IbkrFixed => Some(by_share(5, 3).max(Decimal::ONE)),
    };
    charges.extend(commission.map(|sum| (FeeItem::Commission, sum.min(hundredth))));
    charges
}

fn charges_of(cost: &FeeBreakdown) -> Vec<(FeeItem, Decimal)> {
    let items = cost.items.iter();
    items.map(|(item, sum)| (*item, sum.amount())).collect()
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn every_charge_is_its_rate_of_the_value_to_the_cent(trade in trades(), plan in plans()) {
        let fees = on(&HKEX, "2026-11-23");

        let cost = fees.cost(&trade, plan).unwrap();

        prop_assert_eq!(charges_of(&cost), published(&trade, plan));
        let total = published(&trade, plan).into_iter().map(|(_, sum)| sum).sum();
        prop_assert_eq!(cost.total, Money::new(total, Currency::Hkd).unwrap());
        prop_assert_eq!(fees.total(&trade, plan), Ok(cost.total));
    }

    #[test]
    fn charges_by_share_and_those_capped_by_value_are_exact_too(
        trade in trades(),
        plan in plans(),
    ) {
        let sale = TradeTerms { side: Side::Sell, ..trade };

        let cost = on(&NYSE, "2026-06-01").cost(&sale, plan).unwrap();

        prop_assert_eq!(charges_of(&cost), published_in_new_york(&sale, plan));
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
        for fees in [
            on(&HKEX, "2015-01-02"),
            on(&HKEX, "2022-06-01"),
            on(&HKEX, "2026-11-23"),
            on(&NYSE, "2026-06-01"),
        ] {
            let (less, more) = (fees.cost(&trade, plan).unwrap(), fees.cost(&larger, plan).unwrap());

            prop_assert!(less.total.amount() <= more.total.amount());
            for (item, charge) in less.items {
                prop_assert!(charge.amount() <= more.of(item).amount(), "{}", item);
            }
        }
    }
}

const CHARGES: &str =
    "item,effective_from,effective_to,side,exempt,rate,basis,fixed,min,max,max_rate,rounding\n";
const PLANS: &str = "plan,effective_from,effective_to,rate,basis,min,rounding,includes\n\
    ibkr-fixed,,,0,value,,nearest cent,\nibkr-tiered,,,0,value,,nearest cent,\n";

/// The schedule of these rows of charges, or the words that refuse it.
fn with_rows(rows: &[&str]) -> Result<FeeSchedule, String> {
    let charges = format!("{CHARGES}{}\n", rows.join("\n"));
    let tables = FeeTables {
        charges: &charges,
        plans: PLANS,
    };
    let schedule = FeeSchedule::parse(&tables, MarketProfile::hkex().unwrap());
    schedule.map_err(|error| error.to_string())
}

/// The schedule whose only charge has these cells after its dates.
fn with_charge(cells: &str) -> Result<FeeSchedule, String> {
    with_rows(&[&format!("trading_fee,,,{cells}")])
}

/// What a hundred shares at `price` pay under the row.
fn charged(row: &str, side: Side, price: &str) -> String {
    let trade = TradeTerms {
        side,
        kind: InstrumentKind::Equity,
        shares: Shares::new(100).unwrap(),
        price: price.parse().unwrap(),
    };
    let fees = on(&with_charge(row).unwrap(), "2026-11-23");
    fees.total(&trade, CommissionPlan::None)
        .unwrap()
        .to_string()
}

#[test]
fn a_cap_below_the_floor_is_refused_and_one_at_the_floor_is_the_charge() {
    assert_eq!(
        with_charge("both,,0.001,value,,5,4.99,,nearest cent").unwrap_err(),
        "fee schedule, line 2, column `max`: found `4.99`, allowed is a sum not below min"
    );
    assert_eq!(
        charged("both,,0.001,value,,5,5,,nearest cent", Side::Buy, "999"),
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
        let row = format!("both,,0.001,value,,,,,{rounding}");
        let found = ["12.34", "12.35", "12.36"].map(|price| charged(&row, Side::Buy, price));

        assert_eq!(found, [down, half, up], "{rounding}");
    }
    assert_eq!(
        with_charge("both,,0.001,value,,,,,to cent").unwrap_err(),
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
        let row = format!("{payer},,0.001,value,,,,,nearest cent");

        assert_eq!(charged(&row, Side::Buy, "50"), buying);
        assert_eq!(charged(&row, Side::Sell, "50"), selling);
    }
}

#[test]
fn a_fixed_sum_is_added_and_the_whole_held_between_floor_and_cap() {
    let charged = |row| charged(row, Side::Buy, "50");

    assert_eq!(charged("both,,,trade,0.50,,,,nearest cent"), "0.50 HKD");
    assert_eq!(
        charged("both,,0.001,value,0.50,,,,nearest cent"),
        "5.50 HKD"
    );
    assert_eq!(
        charged("both,,0.001,value,0.50,6,,,nearest cent"),
        "6.00 HKD"
    );
    assert_eq!(
        charged("both,,0.001,value,0.50,,4,,nearest cent"),
        "4.00 HKD"
    );
    assert_eq!(charged("both,,0.02,share,,,,,nearest cent"), "2.00 HKD");
}

#[test]
fn a_rate_is_at_most_the_whole() {
    assert_eq!(
        charged("both,,1,value,,,,,nearest cent", Side::Buy, "50"),
        "5000.00 HKD"
    );
    for rate in ["1.0000000001", "0.00000000001", "-0.1", ""] {
        assert_eq!(
            with_charge(&format!("both,,{rate},value,,,,,nearest cent")).unwrap_err(),
            format!(
                "fee schedule, line 2, column `rate`: found `{rate}`, \
                 allowed is 0 to 1, with ten places"
            )
        );
    }
}

#[test]
fn a_cap_by_value_wins_over_the_floor_and_is_settled_in_the_same_way() {
    let charged = |price| charged("both,,0.005,share,,1,,0.01,up to cent", Side::Buy, price);

    assert_eq!(charged("50"), "1.00 HKD");
    assert_eq!(charged("1"), "1.00 HKD");
    assert_eq!(charged("0.99"), "0.99 HKD");
    assert_eq!(charged("0.001"), "0.01 HKD");
    assert_eq!(
        with_charge("both,,0.005,share,,1,,1.1,up to cent").unwrap_err(),
        "fee schedule, line 2, column `max_rate`: found `1.1`, allowed is 0 to 1, with ten places"
    );
}

const KNOWN: &str = "sfc_levy,2020-01-01,2020-06-30,both,,0.01,value,,,,,nearest cent";
const LATER: &str = "sfc_levy,2022-01-01,2022-06-30,both,,0.02,value,,,,,nearest cent";
const UNKNOWN: &str = "sfc_levy,2023-01-01,2023-06-30,both,,unknown,value,,,,,nearest cent";

#[test]
fn between_its_rows_a_charge_did_not_exist_and_where_its_rate_is_unknown_a_day_is_refused() {
    let schedule = with_rows(&[KNOWN, UNKNOWN, LATER]).unwrap();
    let trade = TradeTerms {
        side: Side::Sell,
        kind: InstrumentKind::Equity,
        shares: Shares::new(100).unwrap(),
        price: "1".parse().unwrap(),
    };
    let total = |date| {
        on(&schedule, date)
            .total(&trade, CommissionPlan::None)
            .unwrap()
    };

    let dates = [
        "2019-12-31",
        "2020-06-30",
        "2020-07-01",
        "2022-01-01",
        "2023-07-01",
    ];
    assert_eq!(
        dates.map(|date| total(date).to_string()),
        ["0.00 HKD", "1.00 HKD", "0.00 HKD", "2.00 HKD", "0.00 HKD"]
    );
    for date in ["2023-01-01", "2023-06-30"] {
        assert_eq!(
            schedule.on(date.parse().unwrap()).unwrap_err().to_string(),
            format!("sfc_levy is not known for {date}, it covers 2020-01-01 to 2022-06-30")
        );
    }
    assert_eq!(with_rows(&[UNKNOWN]).unwrap_err(), "sfc_levy has no rows");
}
