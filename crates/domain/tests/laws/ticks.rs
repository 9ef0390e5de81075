//! Tick grids over every legal price of every regime, and beyond both ends of one.

use std::iter::successors;
use std::sync::LazyLock;

use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::price::Price;
use catalyst_domain::profile::MarketProfile;
use catalyst_domain::tick::{LimitPrice, TickGrid, TickTable};
use rust_decimal::Decimal;

static TICKS: LazyLock<TickTable> = LazyLock::new(|| TickTable::hkex().unwrap());

/// First and last day of each table, with the kinds it is for.
const REGIMES: [(&str, InstrumentKind); 9] = [
    ("2015-01-01", InstrumentKind::Equity),
    ("2025-08-03", InstrumentKind::Reit),
    ("2025-08-04", InstrumentKind::Reit),
    ("2026-08-02", InstrumentKind::Equity),
    ("2026-08-03", InstrumentKind::Equity),
    ("2027-12-31", InstrumentKind::Equity),
    ("2027-12-31", InstrumentKind::Reit),
    ("2026-08-03", InstrumentKind::Etf),
    ("2027-12-31", InstrumentKind::Etf),
];

/// More prices than any table of the exchange has.
const PRICES_MAX: usize = 50_000;

fn grid(on: &str, kind: InstrumentKind) -> TickGrid<'static> {
    TICKS.on(on.parse().unwrap(), kind).unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn walk(grid: TickGrid<'_>) -> Vec<LimitPrice> {
    let prices = successors(Some(grid.lowest()), |at| grid.up(*at));
    prices.take(PRICES_MAX).collect()
}

fn shown(limit: Option<LimitPrice>) -> Option<String> {
    limit.map(|limit| limit.to_string())
}

#[test]
fn down_of_up_and_up_of_down_lead_back_from_every_legal_price() {
    for (on, kind) in REGIMES {
        let grid = grid(on, kind);
        let prices = walk(grid);

        assert!(prices.len() < PRICES_MAX);
        assert_eq!(prices.last(), Some(&grid.highest()));
        for at in prices {
            let there_and_back = grid.up(at).map(|up| grid.down(up));
            assert!(
                there_and_back.is_none_or(|back| back == Some(at)),
                "{on} {kind} {at}"
            );
            let back_and_there = grid.down(at).map(|down| grid.up(down));
            assert!(
                back_and_there.is_none_or(|there| there == Some(at)),
                "{on} {kind} {at}"
            );
        }
    }
}

// A buy is put on the tick below and a sale on the tick above, so that neither pays for rounding.
#[test]
fn between_two_legal_prices_a_buy_goes_down_and_a_sale_goes_up() {
    for (on, kind) in REGIMES {
        let grid = grid(on, kind);
        for pair in walk(grid).windows(2) {
            let (lower, upper) = (pair[0], pair[1]);
            let middle = Price::new((lower.value() + upper.value()) / Decimal::TWO).unwrap();

            assert_eq!(grid.snap_down(middle), Some(lower), "{on} {kind} {middle}");
            assert_eq!(grid.snap_up(middle), Some(upper), "{on} {kind} {middle}");
            assert_eq!(grid.next_below(middle), Some(lower), "{on} {kind} {middle}");
            assert_eq!(grid.next_above(middle), Some(upper), "{on} {kind} {middle}");
        }
    }
}

#[test]
fn any_legal_price_is_as_many_steps_from_the_lowest_as_the_walk_takes() {
    for (on, kind) in REGIMES {
        let grid = grid(on, kind);
        let lowest = grid.lowest().price();
        for (steps, at) in (0_u32..).zip(walk(grid)) {
            assert_eq!(grid.steps_between(lowest, at.price()), Some(steps));
            let up = i32::try_from(steps).unwrap();
            assert_eq!(grid.step(lowest, up), Some(at), "{on} {kind} {at}");
            assert_eq!(grid.step(at.price(), -up), Some(grid.lowest()));
            assert_eq!(grid.step(at.price(), -up - 1), None, "{on} {kind} {at}");
        }
    }
}

#[test]
fn the_lowest_price_is_found_from_below_above_and_beside() {
    let grid = grid("2026-08-03", InstrumentKind::Equity);
    let lowest = Some("0.010".to_owned());

    assert_eq!(shown(grid.snap_down(price("0.01"))), lowest);
    assert_eq!(shown(grid.snap_down(price("0.0109"))), lowest);
    assert_eq!(shown(grid.next_below(price("0.0101"))), lowest);
    assert_eq!(shown(grid.next_below(price("0.011"))), lowest);
    assert_eq!(shown(grid.snap_up(price("0.01"))), lowest);
    assert_eq!(shown(grid.next_above(price("0.00000001"))), lowest);
}

#[test]
fn a_hair_beside_a_legal_price_is_not_legal() {
    let grid = grid("2026-08-03", InstrumentKind::Equity);
    let is_legal = |text| grid.exact(price(text)).is_ok();

    assert!(is_legal("9.995"));
    for text in ["9.99500001", "9.99499999", "10.00000001", "0.01000001"] {
        assert!(!is_legal(text), "{text}");
    }
}

#[test]
fn no_step_leads_past_either_end_or_stays_off_the_grid() {
    let grid = grid("2026-08-03", InstrumentKind::Equity);
    let step = |from: &str, steps| shown(grid.step(price(from), steps));

    assert_eq!(step("0.012", -2).as_deref(), Some("0.010"));
    assert_eq!(step("0.012", -3), None);
    assert_eq!(step("9990", 1).as_deref(), Some("9995.00"));
    assert_eq!(step("9990", 2), None);
    assert_eq!(step("10", 0).as_deref(), Some("10.000"));
    assert_eq!(step("10.001", 0), None);
    assert_eq!(step("10", i32::MAX), None);
    assert_eq!(step("10", i32::MIN), None);
}

const HEAD: &str = "kinds,effective_from,effective_to,over,up_to,lowest,tick\n";

/// What is said of a table of these bands, each `over,up_to,lowest,tick`; nothing when it is taken.
fn refusal(bands: &[&str]) -> Option<String> {
    let rows = bands
        .iter()
        .map(|band| format!("equity etf reit,,,{band}\n"));
    let text = format!("{HEAD}{}", rows.collect::<String>());
    let table = TickTable::parse(&text, MarketProfile::hkex().unwrap());
    table.err().map(|error| error.to_string())
}

#[test]
fn the_first_band_begins_at_a_price_on_its_tick() {
    assert_eq!(refusal(&["0,1,0.02,0.02"]), None);
    assert_eq!(refusal(&["0,1,1,0.02"]), None);
    for lowest in ["0", "0.01", "0.03", "1.02", "-0.02", ""] {
        assert_eq!(
            refusal(&[&format!("0,1,{lowest},0.02")]),
            Some(format!(
                "tick table, line 2, column `lowest`: found `{lowest}`, \
                 allowed is a multiple of the tick, up to the edge"
            ))
        );
    }
}

#[test]
fn each_band_begins_where_the_one_before_ends_on_the_ticks_of_both() {
    assert_eq!(refusal(&["0,1,0.02,0.02", "1,3,,0.5", "3,5,,1"]), None);
    for (over, up_to, tick) in [
        ("2", "3", "0.5"),
        ("0.98", "3", "0.02"),
        ("1", "1.5", "0.3"),
        ("1", "1", "0.5"),
        ("1", "0.5", "0.5"),
    ] {
        assert_eq!(
            refusal(&["0,1,0.02,0.02", &format!("{over},{up_to},,{tick}")]),
            Some(format!(
                "tick table, line 3, column `over`: found `{over}`, \
                 allowed is the upper edge of the band before, on both ticks"
            ))
        );
    }
}

#[test]
fn a_tick_is_above_zero_and_its_edge_on_it_up_to_ten_million() {
    assert_eq!(refusal(&["0,10000000,0.0001,0.0001"]), None);
    for tick in ["0", "-0.01", "0.00001", ""] {
        assert_eq!(
            refusal(&[&format!("0,1,0.01,{tick}")]),
            Some(format!(
                "tick table, line 2, column `tick`: found `{tick}`, \
                 allowed is 0.0001 or more, in steps of 0.0001"
            ))
        );
    }
    for up_to in ["1.01", "10000000.02", "0.00001", ""] {
        assert_eq!(
            refusal(&[&format!("0,{up_to},0.02,0.02")]),
            Some(format!(
                "tick table, line 2, column `up_to`: found `{up_to}`, \
                 allowed is a multiple of the tick up to 10000000"
            ))
        );
    }
}
