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
use proptest::prelude::*;
use rust_decimal::Decimal;

mod shared_data;

/// Dates and kinds in which Hong Kong has a table of its own.
const REGIMES: [(&str, InstrumentKind); 5] = [
    ("2015-01-01", InstrumentKind::Equity),
    ("2025-08-03", InstrumentKind::Reit),
    ("2025-08-04", InstrumentKind::Equity),
    ("2026-08-03", InstrumentKind::Equity),
    ("2026-08-03", InstrumentKind::Etf),
];

/// The tables, and what is asked of them: the regimes of Hong Kong and the one of New York.
struct Regime {
    ticks: TickTable,
    on: &'static str,
    kind: InstrumentKind,
}

impl Regime {
    fn grid(&self) -> TickGrid<'_> {
        self.ticks.on(date(self.on), self.kind).unwrap()
    }
}

impl std::fmt::Debug for Regime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let highest = self.grid().highest();
        write!(f, "{} on {} up to {highest}", self.kind, self.on)
    }
}

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn shown(limit: Option<LimitPrice>) -> String {
    limit.map_or_else(|| "none".to_owned(), |limit| limit.to_string())
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
            "B" => continue,
            other => unreachable!("part {other}, debt (B) is no kind of instrument here"),
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
    std::iter::successors(Some(grid.lowest()), |at| grid.up(*at)).collect()
}

#[test]
fn every_legal_price_of_every_regime_is_left_and_found_again() {
    let ticks = TickTable::hkex().unwrap();
    for (on, kind) in REGIMES {
        let grid = ticks.on(date(on), kind).unwrap();
        let prices = walk(grid);

        assert_eq!(prices.last(), Some(&grid.highest()), "{on} {kind}");
        for pair in prices.windows(2) {
            let (lower, upper) = (pair[0], pair[1]);
            assert!(lower.price() < upper.price());
            assert_eq!(grid.down(upper), Some(lower), "{on} {kind} {upper}");
            assert_eq!(grid.exact(upper.price()), Ok(upper));
            assert_eq!(grid.steps_between(upper.price(), lower.price()), Some(1));
            assert_eq!(
                upper.value() - lower.value(),
                grid.tick_at(upper.price()).unwrap()
            );
        }
    }
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

fn any_regime() -> impl Strategy<Value = Regime> {
    let hong_kong = proptest::sample::select(REGIMES.to_vec()).prop_map(|(on, kind)| Regime {
        ticks: TickTable::hkex().unwrap(),
        on,
        kind,
    });
    let new_york = Just(()).prop_map(|()| Regime {
        ticks: TickTable::nyse().unwrap(),
        on: "2026-11-23",
        kind: InstrumentKind::Equity,
    });
    prop_oneof![4 => hong_kong, 1 => new_york]
}

/// Prices around one, and up to those beyond the tables of Hong Kong.
fn any_price() -> impl Strategy<Value = Price> {
    let digits = prop_oneof![1_i64..200_000_000, 1_i64..1_050_000_000_000];
    (digits, 0_u32..=8)
        .prop_map(|(digits, places)| Decimal::new(digits, 8).round_dp(places))
        .prop_filter_map("above zero", |value| Price::new(value).ok())
}

proptest! {
    #[test]
    fn snapping_brackets_a_price_and_is_idempotent(regime in any_regime(), at in any_price()) {
        let grid = regime.grid();
        if let (Some(down), Some(up)) = (grid.snap_down(at), grid.snap_up(at)) {
            prop_assert!(down.price() <= at && at <= up.price());
            prop_assert_eq!(grid.snap_down(down.price()), Some(down));
            prop_assert_eq!(grid.snap_up(up.price()), Some(up));
            prop_assert_eq!(grid.exact(down.price()), Ok(down));
            prop_assert_eq!(grid.exact(up.price()), Ok(up));
            prop_assert_eq!(grid.exact(at).is_ok(), down.price() == at && up.price() == at);
            prop_assert_eq!(down == up, grid.exact(at).is_ok());
            if let Some(above) = grid.up(down) {
                prop_assert_eq!(grid.down(above), Some(down));
            }
            if down != up {
                prop_assert_eq!(grid.up(down), Some(up));
                prop_assert_eq!(grid.next_above(at), Some(up));
                prop_assert_eq!(grid.next_below(at), Some(down));
            }
        } else {
            let outside = at < grid.lowest().price() || at > grid.highest().price();
            prop_assert!(outside, "{}", at);
        }
    }

    #[test]
    fn many_steps_are_as_many_single_steps(
        regime in any_regime(), at in any_price(), steps in -60_i32..60,
    ) {
        let grid = regime.grid();
        let mut walked = grid.snap_down(at).filter(|from| steps != 0 || from.price() == at);
        if let Some(start) = walked {
            let from = if steps < 0 { at } else { start.price() };
            for count in 0..steps.unsigned_abs() {
                let here = if count == 0 { Some(from) } else { walked.map(LimitPrice::price) };
                walked = here.and_then(|here| {
                    if steps > 0 { grid.next_above(here) } else { grid.next_below(here) }
                });
            }
            prop_assert_eq!(grid.step(at, steps), walked);
            if let Some(end) = walked {
                let counted = grid.steps_between(start.price(), end.price()).unwrap();
                let lost = u32::from(steps < 0 && start.price() != at);
                prop_assert_eq!(counted + lost, steps.unsigned_abs());
            }
        }
    }
}
