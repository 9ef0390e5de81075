//! The United States through the same types: ticks, trading units and charges of the profile.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its material has failed"
)]

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::{CommissionPlan, FeeItem, TradeTerms};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::lots::LotError;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use catalyst_domain::tick::{LimitPrice, TickGrid};
use rust_decimal::Decimal;

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn nyse() -> Rulebook {
    Rulebook::of(Exchange::Nyse).unwrap()
}

fn grid(rules: &Rulebook) -> TickGrid<'_> {
    let on = date("2026-11-23");
    rules.ticks.on(on, InstrumentKind::Equity).unwrap()
}

fn shown(limit: Option<LimitPrice>) -> String {
    limit.map_or_else(|| "none".to_owned(), |limit| limit.to_string())
}

fn sell(shares: u64, at: &str) -> TradeTerms {
    TradeTerms {
        side: Side::Sell,
        kind: InstrumentKind::Equity,
        shares: Shares::new(shares).unwrap(),
        price: price(at),
    }
}

fn usd(amount: &str) -> Money {
    Money::parse(amount, Currency::Usd).unwrap()
}

fn charge(on: &str, trade: &TradeTerms, item: FeeItem) -> Money {
    let fees = nyse().fees.on(date(on)).unwrap();
    fees.cost(trade, CommissionPlan::None).unwrap().of(item)
}

fn commission(trade: &TradeTerms, plan: CommissionPlan) -> Money {
    let fees = nyse().fees.on(date("2026-11-23")).unwrap();
    fees.cost(trade, plan).unwrap().of(FeeItem::Commission)
}

// Market rules on the US profile: 0.01 at or above one dollar, 0.0001 below.
#[test]
fn a_dollar_sharp_has_the_tick_of_the_prices_above_it() {
    let rules = nyse();
    let grid = grid(&rules);

    for (at, tick, down, up) in [
        ("0.0001", "0.0001", "none", "0.0002"),
        ("0.9999", "0.0001", "0.9998", "1.00"),
        ("1", "0.01", "0.9999", "1.01"),
        ("1.01", "0.01", "1.00", "1.02"),
        ("10000000", "0.01", "9999999.99", "none"),
    ] {
        let found = price(at);
        let legal = grid.exact(found).unwrap();
        assert_eq!(grid.tick_at(found), Some(tick.parse().unwrap()), "{at}");
        assert_eq!(shown(grid.down(legal)), down, "{at}");
        assert_eq!(shown(grid.up(legal)), up, "{at}");
    }
    assert_eq!(shown(grid.exact(price("1")).ok()), "1.00");
    assert_eq!(shown(grid.step(price("0.9998"), 2)), "1.00");
    assert_eq!(shown(grid.step(price("1.02"), -2)), "1.00");
}

#[test]
fn a_price_between_two_steps_is_held_by_the_band_on_its_side_of_a_dollar() {
    let rules = nyse();
    let grid = grid(&rules);

    for (at, below, above, tick) in [
        ("0.99995", "0.9999", "1.00", Decimal::new(1, 4)),
        ("1.00000001", "1.00", "1.01", Decimal::new(1, 2)),
        ("1.005", "1.00", "1.01", Decimal::new(1, 2)),
        ("0.12345", "0.1234", "0.1235", Decimal::new(1, 4)),
    ] {
        let found = price(at);
        assert!(grid.exact(found).is_err(), "{at}");
        assert_eq!(shown(grid.snap_down(found)), below, "{at}");
        assert_eq!(shown(grid.snap_up(found)), above, "{at}");
        assert_eq!(grid.tick_at(found), Some(tick), "{at}");
    }
}

#[test]
fn every_step_below_twenty_dollars_is_left_and_found_again() {
    let rules = nyse();
    let grid = grid(&rules);
    let steps = 9_999 + 1_900;

    let walk: Vec<_> = std::iter::successors(Some(grid.lowest()), |at| grid.up(*at))
        .take_while(|at| at.price() <= price("20"))
        .collect();

    assert_eq!(walk.len(), steps + 1);
    for pair in walk.windows(2) {
        assert_eq!(grid.down(pair[1]), Some(pair[0]));
        assert_eq!(grid.exact(pair[1].price()), Ok(pair[1]));
        assert_eq!(
            grid.steps_between(pair[0].price(), pair[1].price()),
            Some(1)
        );
    }
    assert_eq!(
        grid.steps_between(grid.lowest().price(), price("20")),
        u32::try_from(steps).ok()
    );
}

#[test]
fn from_the_day_of_the_half_penny_no_tick_is_known() {
    let rules = nyse();

    for kind in [
        InstrumentKind::Equity,
        InstrumentKind::Etf,
        InstrumentKind::Reit,
    ] {
        let last = rules.ticks.on(date("2027-10-31"), kind).unwrap();
        assert_eq!(last.tick_at(price("1")), Some(Decimal::new(1, 2)));
        let refusal = rules.ticks.on(date("2027-11-01"), kind).unwrap_err();
        assert_eq!(
            (refusal.from, refusal.to),
            (date("2015-01-01"), date("2027-10-31"))
        );
    }
}

#[test]
fn the_unit_is_one_share_for_names_of_letters_and_codes_of_digits_have_none() {
    let rules = nyse();
    let on = date("2027-12-31");

    for name in ["AAPL", "BRK.B", "F"] {
        let answer = rules.lots.instrument(name.parse().unwrap(), on).unwrap();
        assert_eq!(answer.instrument.lot_size.shares(), 1, "{name}");
        assert_eq!(answer.instrument.currency, Currency::Usd);
        assert_eq!(answer.warning, None);
    }
    let code = "00700".parse().unwrap();
    assert_eq!(
        rules.lots.instrument(code, on),
        Err(LotError::Unknown { symbol: code })
    );
    let hong_kong = Rulebook::of(Exchange::Hkex).unwrap();
    let name = "AAPL".parse().unwrap();
    assert_eq!(
        hong_kong.lots.instrument(name, on),
        Err(LotError::Unknown { symbol: name })
    );
}

#[test]
fn a_name_outside_the_coverage_has_no_unit() {
    let rules = nyse();
    let name = "AAPL".parse().unwrap();

    let refusal = rules.lots.instrument(name, date("2028-01-01")).unwrap_err();

    assert_eq!(
        refusal.to_string(),
        "lot of AAPL is not known for 2028-01-01, the rows lie in 2015-01-01 to 2027-12-31"
    );
}

// Market rules on the US profile: SEC and FINRA fees on sells, by date, up to the cent.
#[test]
fn fees_on_sells_change_on_their_dates() {
    let trade = sell(10_000, "100");

    for (item, on, amount) in [
        (FeeItem::SecFee, "2025-05-14", "0"),
        (FeeItem::SecFee, "2026-04-03", "0"),
        (FeeItem::SecFee, "2026-04-04", "20.60"),
        (FeeItem::SecFee, "2027-12-31", "20.60"),
        (FeeItem::FinraFee, "2025-12-31", "1.66"),
        (FeeItem::FinraFee, "2026-01-01", "1.95"),
        (FeeItem::FinraFee, "2026-09-30", "1.95"),
        (FeeItem::FinraFee, "2026-10-01", "0"),
        (FeeItem::FinraFee, "2026-12-31", "0"),
        (FeeItem::FinraFee, "2027-01-01", "2.32"),
    ] {
        assert_eq!(charge(on, &trade, item), usd(amount), "{item} on {on}");
        let buy = TradeTerms {
            side: Side::Buy,
            ..trade
        };
        assert_eq!(charge(on, &buy, item), usd("0"), "{item} on {on}");
    }
}

#[test]
fn the_fee_by_share_has_a_highest_sum_per_trade_and_the_one_by_value_has_none() {
    for (on, max) in [
        ("2025-12-31", "8.30"),
        ("2026-09-30", "9.79"),
        ("2027-01-04", "11.61"),
    ] {
        let trade = sell(1_000_000, "1000");
        assert_eq!(charge(on, &trade, FeeItem::FinraFee), usd(max), "{on}");
    }
    let large = sell(1_000_000, "1000");
    assert_eq!(charge("2026-09-30", &large, FeeItem::SecFee), usd("20600"));
    let small = sell(1, "0.5");
    assert_eq!(charge("2026-09-30", &small, FeeItem::SecFee), usd("0.01"));
    assert_eq!(charge("2026-09-30", &small, FeeItem::FinraFee), usd("0.01"));
}

#[test]
fn a_date_with_a_charge_of_unknown_rate_is_refused_and_not_free() {
    let fees = nyse().fees;

    for (on, refusal) in [
        (
            "2015-01-02",
            "sec_fee is not known for 2015-01-02, it covers 2025-05-14 to 2027-12-31",
        ),
        (
            "2025-05-13",
            "sec_fee is not known for 2025-05-13, it covers 2025-05-14 to 2027-12-31",
        ),
        (
            "2028-01-01",
            "fee schedule is not known for 2028-01-01, it covers 2015-01-01 to 2027-12-31",
        ),
    ] {
        assert_eq!(fees.on(date(on)).unwrap_err().to_string(), refusal);
    }
}

// General knowledge: 0.005 per share from 1.00 up, at most 1 % of the value, even under 1.00.
#[test]
fn commission_goes_by_share_between_a_floor_and_a_part_of_the_value() {
    for (shares, at, fixed, tiered) in [
        (100, "50", "1.00", "0.35"),
        (200, "50", "1.00", "0.70"),
        (1_000, "50", "5.00", "3.50"),
        (1_001, "50", "5.01", "3.51"),
        (10_000, "0.20", "20.00", "20.00"),
        (10, "0.20", "0.02", "0.02"),
        (10, "5", "0.50", "0.35"),
    ] {
        let trade = sell(shares, at);
        let found = [CommissionPlan::IbkrFixed, CommissionPlan::IbkrTiered]
            .map(|plan| commission(&trade, plan));
        assert_eq!(found, [usd(fixed), usd(tiered)], "{shares} at {at}");
    }
}
