//! Tick grids against the exchange's tables, and the laws that every grid keeps.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot read its material has failed"
)]

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::price::Price;
use catalyst_domain::tick::{LimitPrice, TickError, TickGrid, TickTable};
use rust_decimal::Decimal;

mod shared_data;

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn shown(limit: Option<LimitPrice>) -> String {
    limit.map_or_else(|| "none".to_owned(), |limit| limit.to_string())
}

fn is_legal(ticks: &TickTable, on: &str, text: &str) -> bool {
    let grid = ticks.on(date(on), InstrumentKind::Equity).unwrap();
    grid.exact(price(text)).is_ok()
}

#[test]
fn every_band_of_the_reference_table_is_the_band_of_the_grid() {
    let Some(text) = shared_data::text("hk/spread_table.csv") else {
        return;
    };
    let ticks = TickTable::hkex().unwrap();
    let mut compared = 0;
    for row in shared_data::rows(&text) {
        let [part, from, to, over, up_to, spread] = row.as_slice() else {
            unreachable!("six columns")
        };
        let (kinds, first) = match *part {
            "A" => (
                vec![InstrumentKind::Equity, InstrumentKind::Reit],
                "2015-01-01",
            ),
            "D" => (vec![InstrumentKind::Etf], "2026-08-03"),
            _ => continue,
        };
        let from = if from.is_empty() { first } else { from };
        let to = if to.is_empty() { "2027-12-31" } else { to };
        let tick: Decimal = spread.parse().unwrap();
        let over: Decimal = over.parse().unwrap();
        for (on, kind) in [from, to]
            .into_iter()
            .flat_map(|d| kinds.iter().map(move |k| (d, *k)))
        {
            let grid = ticks.on(date(on), kind).unwrap();
            assert_eq!(grid.tick_at(price(up_to)), Some(tick), "{row:?}");
            let inside = Price::new(over.max(Decimal::new(9, 3)) + Decimal::new(1, 3)).unwrap();
            assert_eq!(grid.tick_at(inside), Some(tick), "{row:?}");
            if over > Decimal::ZERO {
                let edge = grid.exact(Price::new(over).unwrap()).unwrap();
                assert_eq!(grid.up(edge).unwrap().value(), over + tick, "{row:?}");
            }
            let upper = grid.exact(price(up_to)).unwrap();
            assert_eq!(
                grid.down(upper).unwrap().value(),
                upper.value() - tick,
                "{row:?}"
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 34 * 4 + 10 * 2);
}

// Market rules, traps: legality by trade date.
#[test]
fn legality_goes_by_the_trade_date() {
    let ticks = TickTable::hkex().unwrap();

    for (text, on, legal) in [
        ("9.985", "2026-08-03", true),
        ("9.985", "2026-07-31", false),
        ("15.01", "2025-08-01", false),
        ("15.01", "2025-08-04", true),
        ("49.95", "2025-08-01", true),
        ("49.95", "2025-08-04", false),
        ("49.95", "2026-08-03", false),
        ("49.98", "2025-08-01", false),
        ("49.98", "2025-08-04", true),
        ("49.98", "2026-08-03", true),
        ("49.99", "2025-08-01", false),
        ("49.99", "2025-08-04", false),
        ("49.99", "2026-08-03", false),
    ] {
        assert_eq!(is_legal(&ticks, on, text), legal, "{text} on {on}");
    }
}

#[test]
fn edges_step_up_by_the_band_above_and_down_by_the_band_below() {
    let ticks = TickTable::hkex().unwrap();
    let grid = ticks
        .on(date("2026-08-03"), InstrumentKind::Equity)
        .unwrap();

    for (edge, down, up) in [
        ("0.25", "0.249", "0.255"),
        ("10", "9.995", "10.01"),
        ("20", "19.99", "20.02"),
        ("50", "49.98", "50.05"),
        ("100", "99.95", "100.10"),
        ("500", "499.80", "500.50"),
        ("1000", "999.50", "1001.00"),
    ] {
        let at = grid.exact(price(edge)).unwrap();
        assert_eq!(
            (shown(grid.down(at)), shown(grid.up(at))),
            (down.to_owned(), up.to_owned())
        );
        assert_eq!(grid.snap_down(price(edge)), Some(at));
        assert_eq!(grid.snap_up(price(edge)), Some(at));
        assert_eq!(at.date(), date("2026-08-03"));
    }
}

#[test]
fn a_move_across_a_band_is_rounded_in_the_band_of_the_result() {
    let ticks = TickTable::hkex().unwrap();
    let grid = ticks
        .on(date("2026-08-03"), InstrumentKind::Equity)
        .unwrap();
    let moved = price("10.08495");

    assert_eq!(
        grid.exact(moved),
        Err(TickError::OffGrid {
            found: moved,
            tick: Decimal::new(1, 2),
            below: price("10.08"),
            above: price("10.09"),
        })
    );
    assert_eq!(shown(grid.snap_down(moved)), "10.08");
    assert_eq!(shown(grid.snap_up(moved)), "10.09");
}

#[test]
fn a_price_off_the_grid_is_refused_with_its_tick_and_its_neighbours() {
    let ticks = TickTable::hkex().unwrap();
    let grid = ticks
        .on(date("2026-08-03"), InstrumentKind::Equity)
        .unwrap();

    for (found, tick, below, above) in [
        ("600.013", "0.5", "600", "600.5"),
        ("10.0049", "0.01", "10", "10.01"),
        ("0.0105", "0.001", "0.01", "0.011"),
    ] {
        assert_eq!(
            grid.exact(price(found)),
            Err(TickError::OffGrid {
                found: price(found),
                tick: tick.parse().unwrap(),
                below: price(below),
                above: price(above),
            })
        );
    }
}

#[test]
fn a_hair_over_an_edge_belongs_to_the_band_above() {
    let ticks = TickTable::hkex().unwrap();
    let grid = ticks
        .on(date("2026-08-03"), InstrumentKind::Equity)
        .unwrap();
    let hair = price("10.00000001");

    assert_eq!(grid.tick_at(hair), Some(Decimal::new(1, 2)));
    assert_eq!(shown(grid.snap_down(hair)), "10.000");
    assert_eq!(shown(grid.snap_up(hair)), "10.01");
    assert_eq!(shown(grid.next_below(hair)), "10.000");
}

#[test]
fn funds_have_a_table_of_their_own_and_none_before_it_is_known() {
    let ticks = TickTable::hkex().unwrap();
    let fund = ticks.on(date("2026-08-03"), InstrumentKind::Etf).unwrap();

    assert_eq!(fund.tick_at(price("24.5")), Some(Decimal::new(2, 2)));
    assert_eq!(fund.tick_at(price("512.5")), Some(Decimal::new(2, 1)));
    assert_eq!(
        ticks
            .on(date("2026-08-02"), InstrumentKind::Etf)
            .unwrap_err()
            .to_string(),
        "tick table of exchange traded funds is not known for 2026-08-02, \
         it covers 2026-08-03 to 2027-12-31"
    );
}

#[test]
fn dates_outside_the_coverage_have_no_grid() {
    let ticks = TickTable::hkex().unwrap();

    for outside in ["2014-12-31", "2028-01-01"] {
        let refusal = ticks.on(date(outside), InstrumentKind::Equity).unwrap_err();
        assert_eq!(
            (refusal.from, refusal.to),
            (date("2015-01-01"), date("2027-12-31"))
        );
    }
}

#[test]
fn beyond_the_ends_nothing_is_extrapolated() {
    let ticks = TickTable::hkex().unwrap();
    let grid = ticks
        .on(date("2026-08-03"), InstrumentKind::Equity)
        .unwrap();

    for outside in ["0.009", "0.0099999", "9995.00000001", "10000"] {
        let found = price(outside);
        assert_eq!(
            grid.exact(found),
            Err(TickError::OutOfRange {
                found,
                lowest: price("0.01"),
                highest: price("9995"),
            })
        );
        assert_eq!((grid.snap_down(found), grid.snap_up(found)), (None, None));
        assert_eq!(grid.tick_at(found), None);
    }
    assert_eq!(
        (grid.down(grid.lowest()), grid.up(grid.highest())),
        (None, None)
    );
    assert_eq!(grid.next_above(price("0.001")), Some(grid.lowest()));
    assert_eq!(grid.next_below(price("10000")), Some(grid.highest()));
    assert_eq!(
        (
            grid.next_below(price("0.01")),
            grid.next_above(price("9995"))
        ),
        (None, None)
    );
}

fn walk(grid: TickGrid<'_>) -> Vec<LimitPrice> {
    let prices = std::iter::successors(Some(grid.lowest()), |at| grid.up(*at));
    prices.take(50_000).collect()
}

#[test]
fn the_walk_of_the_present_table_has_the_length_of_its_bands() {
    let ticks = TickTable::hkex().unwrap();
    let grid = ticks
        .on(date("2026-08-03"), InstrumentKind::Equity)
        .unwrap();
    let steps = 240 + 1950 + 1000 + 1500 + 1000 + 1000 + 1500 + 1000 + 1000 + 1500 + 999;

    assert_eq!(walk(grid).len(), steps + 1);
    let (lowest, highest) = (grid.lowest().price(), grid.highest().price());
    assert_eq!(
        grid.steps_between(lowest, highest),
        u32::try_from(steps).ok()
    );
    assert_eq!(
        grid.step(lowest, i32::try_from(steps).unwrap()),
        Some(grid.highest())
    );
}

#[test]
fn a_bad_band_is_named_by_line_and_column() {
    let market = catalyst_domain::profile::MarketProfile::hkex().unwrap();
    let refusal = |rows: &str| {
        let head = "kinds,effective_from,effective_to,begins,over,up_to,lowest,tick";
        let table = TickTable::parse(&format!("{head}\n{rows}\n"), market);
        table.unwrap_err().to_string()
    };
    let first = "equity etf reit,,,over,0,1,0.01,0.01";

    assert_eq!(
        refusal(&format!("{first}\nequity etf reit,,,over,2,3,,0.02")),
        "tick table, line 3, column `over`: found `2`, \
         allowed is the upper edge of the band before, on both ticks"
    );
    assert_eq!(
        refusal(&format!("{first}\nequity etf reit,,,from,1,3,,0.02")),
        "tick table, line 3, column `begins`: found `from`, allowed is over or at"
    );
    assert_eq!(
        refusal(&first.replace("over", "at")),
        "tick table, line 2, column `begins`: found `at`, \
         allowed is over, as there is no band before"
    );
}
