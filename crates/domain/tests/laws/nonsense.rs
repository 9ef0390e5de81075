//! Rule texts made of nonsense: each is a table that answers, or a refusal, and never a panic.

use catalyst_domain::fees::{CommissionPlan, FeeSchedule, FeeTables, TradeTerms};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::lots::LotTable;
use catalyst_domain::price::Price;
use catalyst_domain::profile::MarketProfile;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::tick::{TickGrid, TickTable};
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

/// Rows of these cells, of which one in forty is wrong.
fn rows(cells: Vec<&'static [&'static str]>) -> impl Strategy<Value = String> {
    const WRONG: [&str; 14] = [
        "",
        "0",
        "-1",
        "1e9",
        "x",
        "\"",
        "0.00001",
        "0.0001",
        "10000000",
        "10000001",
        "equity",
        "2026-01-01",
        "2025-13-01",
        "99999999999999999999999999999",
    ];
    let cell = |good: &'static [&'static str]| prop_oneof![40 => select(good), 1 => select(WRONG.to_vec())];
    let row = cells.into_iter().map(cell).collect::<Vec<_>>();
    let row = row.prop_map(|cells| cells.join(","));
    proptest::collection::vec(row, 1..4).prop_map(|rows| rows.join("\n"))
}

/// Two cells: from when, and until when.
const SPANS: &[&str] = &[
    ",",
    ",2025-12-31",
    "2026-01-01,2026-06-30",
    "2026-11-23,",
    "2027-01-01,2026-01-01",
];
/// Five cells: how it begins, over, up to, lowest, tick.
const BANDS: &[&str] = &[
    "over,0,1,0.01,0.01",
    "over,0,10000000,0.0001,0.0001",
    "over,1,10,,0.5",
    "over,10,9995,,5",
    "at,1,9999,,0.01",
];
/// Two cells: rate and basis.
const RATES: &[&str] = &[
    "0,value",
    "1,value",
    "0.0000000001,value",
    "0.02,share",
    "unknown,share",
    ",trade",
];
const ITEMS: &[&str] = &["stamp_duty", "sfc_levy", "sec_fee", "finra_fee"];
const KINDS: &[&str] = &["equity etf reit"];
const SUMS: &[&str] = &["", "0", "0.0001", "18"];
const ROUNDINGS: &[&str] = &["nearest cent", "up to cent", "down to cent", "up to unit"];

fn prices() -> impl Strategy<Value = Price> {
    (1_i64..=1_000_000_000_000_000).prop_map(|digits| Price::new(Decimal::new(digits, 8)).unwrap())
}

fn is_consistent(grid: TickGrid<'_>, at: Price, steps: i32) -> bool {
    let (down, up) = (grid.snap_down(at), grid.snap_up(at));
    let around = down
        .zip(up)
        .is_none_or(|(down, up)| down.price() <= at && at <= up.price());
    let reached = grid.step(at, steps);
    let on_grid = |price: Price| grid.exact(price).is_ok();
    around
        && [down, up, reached]
            .into_iter()
            .flatten()
            .all(|limit| on_grid(limit.price()))
        && grid.lowest().price() <= grid.highest().price()
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn a_tick_table_keeps_its_laws_or_is_refused(
        rows in rows(vec![KINDS, SPANS, BANDS]),
        at in prices(),
        steps in proptest::num::i32::ANY,
    ) {
        let text = format!("kinds,effective_from,effective_to,begins,over,up_to,lowest,tick\n{rows}");
        let Ok(table) = TickTable::parse(&text, MarketProfile::hkex().unwrap()) else {
            return Ok(());
        };

        if let Ok(grid) = table.on("2026-11-23".parse().unwrap(), InstrumentKind::Equity) {
            prop_assert!(is_consistent(grid, at, steps), "{}", text);
        }
    }

    #[test]
    fn a_fee_table_charges_or_is_refused(
        rows in rows(vec![
            ITEMS, SPANS, &["both", "buy", "sell"], &["", "etf"], RATES, SUMS, SUMS, &["", "20"],
            &["", "0.01"], ROUNDINGS,
        ]),
        rate in select(vec!["0", "1", "0.0008", "x"]),
        price in prices(),
        count in 0_u64..=10_000_000_000,
    ) {
        let charges = format!(
            "item,effective_from,effective_to,side,exempt,rate,basis,fixed,min,max,max_rate,\
             rounding\n{rows}"
        );
        let plans = format!(
            "plan,effective_from,effective_to,rate,basis,min,rounding,includes\n\
             ibkr-fixed,,,{rate},value,18,up to cent,\nibkr-tiered,,,0,share,18,nearest cent,"
        );
        let tables = FeeTables { charges: &charges, plans: &plans };
        let Ok(schedule) = FeeSchedule::parse(&tables, MarketProfile::hkex().unwrap()) else {
            return Ok(());
        };
        let trade = TradeTerms {
            side: Side::Buy,
            kind: InstrumentKind::Equity,
            shares: Shares::new(count).unwrap(),
            price,
        };

        if let Ok(fees) = schedule.on("2026-11-23".parse().unwrap()) {
            let plan = CommissionPlan::IbkrFixed;
            let cost = fees.cost(&trade, plan);
            prop_assert_eq!(fees.total(&trade, plan), cost.clone().map(|cost| cost.total));
            prop_assert!(cost.is_ok_and(|cost| !cost.total.is_negative()) || count > 0);
        }
    }

    #[test]
    fn a_list_of_lots_answers_or_is_refused(
        rows in rows(vec![
            &["700", "00700", "5", "AAPL"], &["100", "1", "4294967295"], SPANS,
            &["", "2026-06-01"], &["", "equity", "etf"],
        ]),
    ) {
        let text = format!("code,board_lot,effective_from,effective_to,as_of,kind\n{rows}");
        let market = MarketProfile::hkex().unwrap();
        let Ok(table) = LotTable::parse_user(&text, market.coverage, market) else {
            return Ok(());
        };

        for symbol in table.symbols() {
            if let Ok(answer) = table.instrument(symbol, "2026-11-23".parse().unwrap()) {
                prop_assert_eq!(answer.instrument.symbol, symbol);
                prop_assert!(answer.instrument.lot_size.shares() > 0);
            }
        }
    }
}
