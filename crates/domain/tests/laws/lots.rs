//! Board lots: what the table names, and when a lot on file is to be confirmed.

use catalyst_domain::lots::{LotTable, LotWarning};
use catalyst_domain::profile::MarketProfile;
use catalyst_domain::quantity::LotSize;
use catalyst_domain::symbol::Symbol;

const ROWS: &str = "code,kind,lot,effective_from,effective_to,as_of,source\n\
    2800,etf,500,2026-01-01,,2026-11-30,list\n700,equity,40,2026-01-01,,2026-11-30,list\n";
const UNITS: &str = "effective_from,lot\n2026-11-16,100\n2026-12-07,500\n";

fn table() -> LotTable {
    let market = MarketProfile::hkex().unwrap();
    let table = LotTable::parse(ROWS, market).unwrap();
    table.with_standard_units(UNITS).unwrap()
}

fn symbol(code: &str) -> Symbol {
    code.parse().unwrap()
}

fn warning(code: &str, on: &str) -> Option<LotWarning> {
    let table = table();
    let answer = table.instrument(symbol(code), on.parse().unwrap());
    answer.unwrap().warning
}

#[test]
fn the_symbols_on_file_come_in_their_order() {
    let symbols: Vec<_> = table().symbols().collect();

    assert_eq!(symbols, [symbol("00700"), symbol("02800")]);
}

#[test]
fn a_lot_seen_on_the_day_itself_is_sure_and_one_seen_the_day_before_is_not() {
    let changeable = |lot| {
        Some(LotWarning::NotStandardUnit {
            lot: LotSize::new(lot).unwrap(),
            as_of: "2026-11-30".parse().unwrap(),
        })
    };

    assert_eq!(warning("700", "2026-11-15"), None);
    assert_eq!(warning("700", "2026-11-30"), None);
    assert_eq!(warning("700", "2026-12-01"), changeable(40));
    assert_eq!(warning("2800", "2026-12-06"), changeable(500));
    assert_eq!(warning("2800", "2026-12-07"), None);
}

#[test]
fn a_list_is_old_after_ninety_days() {
    let old = LotWarning::Old {
        as_of: "2026-11-30".parse().unwrap(),
        age_days: 91,
    };

    assert_eq!(warning("2800", "2027-02-28"), None);
    assert_eq!(warning("2800", "2027-03-01"), Some(old));
}
