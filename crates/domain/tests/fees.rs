//! Fees against the published rates and worked examples, and the laws of charges.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot read its material has failed"
)]

use catalyst_domain::fees::{
    CommissionPlan, FeeItem, FeeSchedule, FeeTables, FeesOfDay, TradeTerms,
};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::money::{Currency, Money, Rounding};
use catalyst_domain::profile::MarketProfile;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use rust_decimal::Decimal;

mod shared_data;

const NO_PLAN: CommissionPlan = CommissionPlan::None;

fn fees_on(date: &str) -> FeesOfDay {
    FeeSchedule::hkex()
        .unwrap()
        .on(date.parse().unwrap())
        .unwrap()
}

fn buy(shares: u64, price: &str) -> TradeTerms {
    TradeTerms {
        side: Side::Buy,
        kind: InstrumentKind::Equity,
        shares: Shares::new(shares).unwrap(),
        price: price.parse().unwrap(),
    }
}

fn hkd(amount: &str) -> Money {
    Money::parse(amount, Currency::Hkd).unwrap()
}

fn charge(date: &str, trade: &TradeTerms, item: FeeItem) -> Money {
    fees_on(date).cost(trade, NO_PLAN).unwrap().of(item)
}

// Market rules on costs: the worked example, exactly half a cent rounding up.
#[test]
fn the_worked_example_costs_what_it_says_on_either_side() {
    let fees = fees_on("2026-11-23");
    for side in [Side::Buy, Side::Sell] {
        let trade = TradeTerms {
            side,
            ..buy(100, "500")
        };

        let cost = fees.cost(&trade, NO_PLAN).unwrap();

        assert_eq!(
            cost.items,
            [
                (FeeItem::StampDuty, hkd("50")),
                (FeeItem::SfcLevy, hkd("1.35")),
                (FeeItem::AfrcLevy, hkd("0.08")),
                (FeeItem::TradingFee, hkd("2.83")),
                (FeeItem::SettlementFee, hkd("2.10")),
            ]
        );
        assert_eq!(cost.total, hkd("56.36"));
    }
    let odd = fees.cost(&buy(3_000, "16.67"), NO_PLAN).unwrap();
    assert_eq!(odd.of(FeeItem::StampDuty), hkd("51"));
}

// Market rules on costs: the combined rates, and what a round trip has to earn.
#[test]
fn the_charges_add_up_to_the_published_combined_rates() {
    let trade = buy(100_000, "100");
    let combined = |date: &str, items: &[FeeItem]| -> Decimal {
        let sum: Decimal = items
            .iter()
            .map(|item| charge(date, &trade, *item).amount())
            .sum();
        sum / Decimal::from(100_000)
    };
    let statutory = [
        FeeItem::StampDuty,
        FeeItem::SfcLevy,
        FeeItem::AfrcLevy,
        FeeItem::TradingFee,
    ];

    assert_eq!(combined("2026-11-23", &statutory), Decimal::new(1_085, 4));
    assert_eq!(combined("2022-06-01", &statutory), Decimal::new(13_785, 5));
    let one_side = fees_on("2026-11-23").total(&trade, NO_PLAN).unwrap();
    let round_trip_bp = one_side.amount() * Decimal::TWO / Decimal::from(1_000);
    assert_eq!(round_trip_bp, Decimal::new(2_254, 2));
}

#[test]
fn stamp_duty_rounds_up_to_a_dollar_and_spares_funds_and_later_reits() {
    let of_kind = |kind| TradeTerms {
        kind,
        ..buy(100, "20.01")
    };
    let stamp = |date: &str, kind| charge(date, &of_kind(kind), FeeItem::StampDuty);

    assert_eq!(stamp("2026-11-23", InstrumentKind::Equity), hkd("3"));
    assert_eq!(stamp("2026-11-23", InstrumentKind::Etf), hkd("0"));
    assert_eq!(stamp("2024-12-20", InstrumentKind::Reit), hkd("3"));
    assert_eq!(stamp("2024-12-21", InstrumentKind::Reit), hkd("0"));
}

#[test]
fn charges_change_on_their_dates() {
    let trade = buy(10_000, "10");

    for (item, date, amount) in [
        (FeeItem::StampDuty, "2021-07-31", "100"),
        (FeeItem::StampDuty, "2021-08-01", "130"),
        (FeeItem::StampDuty, "2023-11-16", "130"),
        (FeeItem::StampDuty, "2023-11-17", "100"),
        (FeeItem::AfrcLevy, "2021-12-31", "0"),
        (FeeItem::AfrcLevy, "2022-01-01", "0.15"),
        (FeeItem::TradingFee, "2022-12-31", "5"),
        (FeeItem::TradingFee, "2023-01-01", "5.65"),
        (FeeItem::TradingTariff, "2022-12-31", "0.50"),
        (FeeItem::TradingTariff, "2023-01-01", "0"),
        (FeeItem::SettlementFee, "2025-06-29", "2"),
        (FeeItem::SettlementFee, "2025-06-30", "4.20"),
    ] {
        assert_eq!(charge(date, &trade, item), hkd(amount), "{item} on {date}");
    }
}

#[test]
fn the_old_settlement_fee_had_a_floor_and_a_cap() {
    let settlement = |shares| charge("2025-06-27", &buy(shares, "10"), FeeItem::SettlementFee);

    assert_eq!(settlement(100), hkd("2"));
    assert_eq!(settlement(20_000), hkd("4"));
    assert_eq!(settlement(1_000_000), hkd("100"));
}

#[test]
fn every_row_of_the_reference_table_is_charged_on_its_dates() {
    let Some(text) = shared_data::text("hk/fees.csv") else {
        return;
    };
    let mut compared = 0;
    for row in shared_data::rows(&text) {
        let [item, from, to, percent, fixed, min, max, rounding, ..] = row.as_slice() else {
            unreachable!("nine columns")
        };
        if !to.is_empty() && *to < "2015-01-01" {
            continue;
        }
        let from = if *from < "2015-01-01" {
            "2015-01-01"
        } else {
            from
        };
        let to = if to.is_empty() { "2027-12-31" } else { to };
        let sum = |cell: &str| {
            if cell.is_empty() {
                None
            } else {
                cell.parse::<Decimal>().ok()
            }
        };
        for (date, shares) in [(from, 300), (to, 70_000), (from, 4_000_000)] {
            let trade = buy(shares, "12.34");
            let value = Decimal::from(shares) * Decimal::new(1_234, 2);
            let raw = value * percent.parse::<Decimal>().unwrap() / Decimal::from(100);
            let settled = if rounding.starts_with("up") {
                Rounding::Up.settle(raw, 0)
            } else {
                Rounding::HalfUp.settle(raw, 2)
            };
            let mut expected = settled + sum(fixed).unwrap_or_default();
            expected = expected.max(sum(min).unwrap_or_default());
            expected = sum(max).map_or(expected, |max| expected.min(max));
            assert_eq!(
                charge(date, &trade, item.parse().unwrap()).amount(),
                expected,
                "{row:?} on {date}"
            );
        }
        compared += 1;
    }
    assert_eq!(compared, 10);
}

#[test]
fn the_fixed_plan_pays_exchange_and_clearing_and_the_tiered_one_does_not() {
    let fees = fees_on("2026-11-23");
    let trade = buy(100, "500");

    let fixed = fees.cost(&trade, CommissionPlan::IbkrFixed).unwrap();
    let tiered = fees.cost(&trade, CommissionPlan::IbkrTiered).unwrap();

    assert_eq!(fixed.of(FeeItem::Commission), hkd("40"));
    assert_eq!(fixed.of(FeeItem::SettlementFee), hkd("0"));
    assert_eq!(fixed.total, hkd("91.43"));
    assert_eq!(tiered.of(FeeItem::Commission), hkd("25"));
    assert_eq!(tiered.total, hkd("81.36"));
}

#[test]
fn the_minimum_commission_dominates_small_orders() {
    let fees = fees_on("2026-11-23");
    let commission = |price, plan| {
        fees.cost(&buy(100, price), plan)
            .unwrap()
            .of(FeeItem::Commission)
    };

    assert_eq!(commission("10", CommissionPlan::IbkrFixed), hkd("18"));
    assert_eq!(commission("225", CommissionPlan::IbkrFixed), hkd("18"));
    assert_eq!(commission("230", CommissionPlan::IbkrFixed), hkd("18.40"));
    assert_eq!(commission("230", CommissionPlan::IbkrTiered), hkd("18"));
}

#[test]
fn no_shares_cost_nothing() {
    let fees = fees_on("2020-01-02");

    let cost = fees
        .cost(&buy(0, "500"), CommissionPlan::IbkrTiered)
        .unwrap();

    assert_eq!((cost.items.len(), cost.total), (0, hkd("0")));
}

#[test]
fn dates_outside_the_coverage_have_no_fees() {
    let schedule = FeeSchedule::hkex().unwrap();

    for outside in ["2014-12-31", "2028-01-01"] {
        assert_eq!(
            schedule
                .on(outside.parse().unwrap())
                .unwrap_err()
                .to_string(),
            format!("fee schedule is not known for {outside}, it covers 2015-01-01 to 2027-12-31")
        );
    }
}

const PLANS: &str = "plan,effective_from,effective_to,rate,basis,min,rounding,includes\n\
    ibkr-fixed,,,0,value,,nearest cent,\nibkr-tiered,,,0,value,,nearest cent,\n";

const CHARGE_HEAD: &str =
    "item,effective_from,effective_to,side,exempt,rate,basis,fixed,min,max,rounding";

fn schedule_of(rows: &str) -> Result<FeeSchedule, String> {
    let tables = FeeTables {
        charges: &format!("{CHARGE_HEAD}\n{rows}"),
        plans: PLANS,
    };
    FeeSchedule::parse(&tables, MarketProfile::hkex().unwrap()).map_err(|error| error.to_string())
}

#[test]
fn between_its_rows_a_charge_is_nothing_and_over_unknown_ones_it_is_refused() {
    let schedule = schedule_of(
        "sec_fee,,2015-12-31,sell,,unknown,value,,,,up to cent\n\
         sec_fee,2017-01-01,2017-12-31,both,,0.001,value,,,,up to cent\n",
    )
    .unwrap();
    let total = |date: &str| {
        let fees = schedule.on(date.parse().unwrap());
        fees.map(|fees| fees.total(&buy(100, "10"), NO_PLAN).unwrap())
    };

    assert_eq!(
        total("2015-12-31").unwrap_err().to_string(),
        "sec_fee is not known for 2015-12-31, it covers 2017-01-01 to 2017-12-31"
    );
    assert_eq!(total("2016-06-01"), Ok(hkd("0")));
    assert_eq!(total("2017-12-31"), Ok(hkd("1")));
    assert_eq!(total("2018-01-01"), Ok(hkd("0")));
}

#[test]
fn a_charge_of_which_no_rate_is_known_makes_no_schedule() {
    let error = schedule_of("sec_fee,,,sell,,unknown,value,,,,up to cent\n").unwrap_err();

    assert_eq!(error, "sec_fee has no rows");
}

#[test]
fn a_bad_row_is_named_by_line_and_column() {
    for (row, refusal) in [
        (
            "stamp_duty,,,both,,0.1 %,value,,,,up to unit",
            "column `rate`: found `0.1 %`, allowed is 0 to 1, with ten places",
        ),
        (
            "stamp_duty,,,both,,0.1,price,,,,up to unit",
            "column `basis`: found `price`, allowed is value, share or trade",
        ),
        (
            "stamp_duty,,,all,,0.1,value,,,,up to unit",
            "column `side`: found `all`, allowed is both, buy or sell",
        ),
    ] {
        let error = schedule_of(row).unwrap_err();
        assert_eq!(error, format!("fee schedule, line 2, {refusal}"));
    }
}

#[test]
fn plan_words_are_read_as_they_are_written() {
    for plan in [
        NO_PLAN,
        CommissionPlan::IbkrFixed,
        CommissionPlan::IbkrTiered,
    ] {
        assert_eq!(plan.to_string().parse(), Ok(plan));
    }
    assert_eq!(
        "ibkr".parse::<CommissionPlan>().unwrap_err().to_string(),
        "commission plan `ibkr` is unknown, allowed are none, ibkr-fixed, ibkr-tiered"
    );
}
