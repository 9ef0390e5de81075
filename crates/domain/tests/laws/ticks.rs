//! Tick grids over every legal price of every regime, and beyond both ends of one.

use std::iter::successors;
use std::sync::LazyLock;

use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::price::Price;
use catalyst_domain::profile::MarketProfile;
use catalyst_domain::tick::{LimitPrice, TickGrid, TickTable};
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

static HKEX: LazyLock<TickTable> = LazyLock::new(|| TickTable::hkex().unwrap());
static NYSE: LazyLock<TickTable> = LazyLock::new(|| TickTable::nyse().unwrap());

/// A day of each table of Hong Kong, with a kind it is for.
const HKEX_REGIMES: [(&str, InstrumentKind); 4] = [
    ("2025-08-03", InstrumentKind::Equity),
    ("2026-08-02", InstrumentKind::Reit),
    ("2026-11-23", InstrumentKind::Equity),
    ("2026-11-23", InstrumentKind::Etf),
];

/// More prices than any table of Hong Kong has; New York's, which has no end, is walked to 200 dollars.
const PRICES_MAX: usize = 30_000;

fn hkex(on: &str, kind: InstrumentKind) -> TickGrid<'static> {
    HKEX.on(on.parse().unwrap(), kind).unwrap()
}

fn present() -> TickGrid<'static> {
    hkex("2026-11-23", InstrumentKind::Equity)
}

/// The grids of every regime of both markets.
fn regimes() -> Vec<TickGrid<'static>> {
    let dollar = NYSE.on("2026-11-23".parse().unwrap(), InstrumentKind::Equity);
    let hong_kong = HKEX_REGIMES.into_iter().map(|(on, kind)| hkex(on, kind));
    hong_kong.chain(dollar).collect()
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
fn the_walk_up_ends_at_the_highest_price() {
    for (on, kind) in HKEX_REGIMES {
        let grid = hkex(on, kind);

        assert_eq!(walk(grid).last(), Some(&grid.highest()), "{on} {kind}");
    }
}

#[test]
fn down_of_up_and_up_of_down_lead_back_from_every_legal_price() {
    for grid in regimes() {
        for at in walk(grid) {
            let there_and_back = grid.up(at).map(|up| grid.down(up));
            assert!(there_and_back.is_none_or(|back| back == Some(at)), "{at}");
            let back_and_there = grid.down(at).map(|down| grid.up(down));
            assert!(back_and_there.is_none_or(|there| there == Some(at)), "{at}");
            assert_eq!(grid.exact(at.price()), Ok(at));
        }
    }
}

// A buy is put on the tick below and a sale on the tick above, so that neither pays for rounding.
#[test]
fn between_two_legal_prices_a_buy_goes_down_and_a_sale_goes_up() {
    for grid in regimes() {
        for pair in walk(grid).windows(2) {
            let (lower, upper) = (pair[0], pair[1]);
            let tick = upper.value() - lower.value();
            let middle = Price::new(lower.value() + tick / Decimal::TWO).unwrap();

            assert_eq!(grid.snap_down(middle), Some(lower), "{middle}");
            assert_eq!(grid.snap_up(middle), Some(upper), "{middle}");
            assert_eq!(grid.next_below(middle), Some(lower), "{middle}");
            assert_eq!(grid.next_above(middle), Some(upper), "{middle}");
            assert_eq!(grid.tick_at(middle), Some(tick), "{middle}");
        }
    }
}

#[test]
fn any_legal_price_is_as_many_steps_from_the_lowest_as_the_walk_takes() {
    for grid in regimes() {
        let lowest = grid.lowest().price();
        for (steps, at) in (0_u32..).zip(walk(grid)) {
            let up = i32::try_from(steps).unwrap();

            assert_eq!(grid.steps_between(lowest, at.price()), Some(steps));
            assert_eq!(grid.step(lowest, up), Some(at));
            assert_eq!(grid.step(at.price(), -up), Some(grid.lowest()), "{at}");
            assert_eq!(grid.step(at.price(), -up - 1), None, "{at}");
        }
    }
}

/// Prices on and off the grid, also beyond its ends.
fn any_price() -> impl Strategy<Value = Price> {
    let digits = prop_oneof![1_i64..1_050_000_000_000, 1_i64..=1_000_000_000_000_000];
    (digits, 0_u32..=8)
        .prop_map(|(digits, places)| Decimal::new(digits, 8).round_dp(places))
        .prop_filter_map("above zero", |value| Price::new(value).ok())
}

fn any_regime() -> impl Strategy<Value = TickGrid<'static>> {
    select(regimes())
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn snapping_brackets_a_price_and_is_idempotent(grid in any_regime(), at in any_price()) {
        let (Some(down), Some(up)) = (grid.snap_down(at), grid.snap_up(at)) else {
            let outside = at < grid.lowest().price() || at > grid.highest().price();
            prop_assert!(outside && grid.exact(at).is_err(), "{}", at);
            return Ok(());
        };

        prop_assert!(down.price() <= at && at <= up.price());
        prop_assert_eq!(grid.snap_down(down.price()), Some(down));
        prop_assert_eq!(grid.snap_up(up.price()), Some(up));
        prop_assert_eq!(grid.exact(down.price()), Ok(down));
        prop_assert_eq!(grid.exact(up.price()), Ok(up));
        prop_assert_eq!(down == up, grid.exact(at).is_ok());
        if down != up {
            prop_assert_eq!(grid.up(down), Some(up));
            prop_assert_eq!(grid.down(up), Some(down));
            prop_assert_eq!(grid.next_above(at), Some(up));
            prop_assert_eq!(grid.next_below(at), Some(down));
        }
    }

    #[test]
    fn many_steps_are_as_many_single_steps(
        grid in any_regime(),
        at in any_price(),
        steps in 1_i32..60,
    ) {
        let climbed = (1..steps).try_fold(grid.next_above(at), |here, _| {
            here.map(|here| grid.up(here))
        });
        let descended = (1..steps).try_fold(grid.next_below(at), |here, _| {
            here.map(|here| grid.down(here))
        });

        prop_assert_eq!(grid.step(at, steps), climbed.flatten());
        prop_assert_eq!(grid.step(at, -steps), descended.flatten());
    }
}

#[test]
fn the_lowest_price_is_found_from_below_above_and_beside() {
    let grid = present();
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
    let grid = present();
    let is_legal = |text| grid.exact(price(text)).is_ok();

    assert!(is_legal("9.995"));
    for text in ["9.99500001", "9.99499999", "10.00000001", "0.01000001"] {
        assert!(!is_legal(text), "{text}");
    }
}

#[test]
fn no_step_leads_past_either_end_or_stays_off_the_grid() {
    let grid = present();
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

const HEAD: &str = "kinds,effective_from,effective_to,begins,over,up_to,lowest,tick\n";

/// What is said of a table of these bands, each `begins,over,up_to,lowest,tick`; nothing when it is
/// taken.
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
    assert_eq!(refusal(&["over,0,1,0.02,0.02"]), None);
    assert_eq!(refusal(&["over,0,1,1,0.02"]), None);
    for lowest in ["0", "0.01", "0.03", "1.02", "-0.02", ""] {
        assert_eq!(
            refusal(&[&format!("over,0,1,{lowest},0.02")]),
            Some(format!(
                "tick table, line 2, column `lowest`: found `{lowest}`, \
                 allowed is a multiple of the tick, up to the edge"
            ))
        );
    }
}

#[test]
fn each_band_begins_where_the_one_before_ends_on_the_ticks_of_both() {
    assert_eq!(
        refusal(&["over,0,1,0.02,0.02", "over,1,3,,0.5", "over,3,5,,1"]),
        None
    );
    for (over, up_to, tick) in [
        ("2", "3", "0.5"),
        ("0.98", "3", "0.02"),
        ("1", "1.5", "0.3"),
        ("1", "1", "0.5"),
        ("1", "0.5", "0.5"),
    ] {
        assert_eq!(
            refusal(&[
                "over,0,1,0.02,0.02",
                &format!("over,{over},{up_to},,{tick}")
            ]),
            Some(format!(
                "tick table, line 3, column `over`: found `{over}`, \
                 allowed is the upper edge of the band before, on both ticks"
            ))
        );
    }
}

#[test]
fn a_tick_is_above_zero_and_its_edge_on_it_up_to_ten_million() {
    assert_eq!(refusal(&["over,0,10000000,0.0001,0.0001"]), None);
    for tick in ["0", "-0.01", "0.00001", ""] {
        assert_eq!(
            refusal(&[&format!("over,0,1,0.01,{tick}")]),
            Some(format!(
                "tick table, line 2, column `tick`: found `{tick}`, \
                 allowed is 0.0001 or more, in steps of 0.0001"
            ))
        );
    }
    for up_to in ["1.01", "10000000.02", "0.00001", ""] {
        assert_eq!(
            refusal(&[&format!("over,0,{up_to},0.02,0.02")]),
            Some(format!(
                "tick table, line 2, column `up_to`: found `{up_to}`, \
                 allowed is a multiple of the tick up to 10000000"
            ))
        );
    }
}

#[test]
fn a_band_begins_over_its_edge_or_at_it_and_the_first_one_over() {
    assert_eq!(refusal(&["over,0,1,0.02,0.02", "at,1,3,,0.5"]), None);
    assert_eq!(
        refusal(&["at,0,1,0.02,0.02"]).as_deref(),
        Some(
            "tick table, line 2, column `begins`: found `at`, \
             allowed is over, as there is no band before"
        )
    );
    assert_eq!(
        refusal(&["over,0,1,0.02,0.02", "from,1,3,,0.5"]).as_deref(),
        Some("tick table, line 3, column `begins`: found `from`, allowed is over or at")
    );
}
