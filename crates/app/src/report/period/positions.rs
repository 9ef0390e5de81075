//! The positions of a chronicle, symbol by symbol.

use std::collections::BTreeMap;

use catalyst_domain::account::{HoldingPeriod, WriteOff, holding_periods};
use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::order::Fill;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::Chronicle;

/// Every position that the chronicle knows.
pub(super) fn positions(chronicle: &Chronicle, calendar: &TradingCalendar) -> Vec<HoldingPeriod> {
    let mut fills: BTreeMap<Symbol, Vec<Fill>> = BTreeMap::new();
    for execution in &chronicle.executions {
        let fill = execution.fill.clone();
        fills.entry(fill.symbol).or_default().push(fill);
    }
    let mut all = Vec::new();
    for (symbol, fills) in fills {
        let gone = chronicle.gone.iter().filter(|one| one.symbol == symbol);
        let gone = gone.map(|one| WriteOff {
            at: one.at,
            to: one.to,
        });
        all.extend(holding_periods(fills, gone.collect(), calendar));
    }
    all
}
