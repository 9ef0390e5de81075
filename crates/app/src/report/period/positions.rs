//! Positions one after the other, each with its fills, from its first share to its last or to now.

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::order::{ClientOrderId, Fill};
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{Chronicle, GoneShares};
use chrono::{DateTime, Utc};

/// A position in one symbol.
#[derive(Debug)]
pub(super) struct Position {
    pub(super) symbol: Symbol,
    /// The order that opened it.
    pub(super) order: ClientOrderId,
    pub(super) fills: Vec<Fill>,
    pub(super) held: Shares,
    pub(super) opened: DateTime<Utc>,
    /// When nothing was left; `None` while something is.
    pub(super) over: Option<DateTime<Utc>>,
    /// Shares left it and nobody reported how.
    pub(super) is_written_off: bool,
}

/// Every position that the chronicle knows. What is written off on a day was gone before the day
/// began; a sale of what is not held makes none.
pub(super) fn positions(chronicle: &Chronicle, calendar: &TradingCalendar) -> Vec<Position> {
    let mut fills: BTreeMap<Symbol, Vec<Fill>> = BTreeMap::new();
    for execution in &chronicle.executions {
        let fill = execution.fill.clone();
        fills.entry(fill.symbol).or_default().push(fill);
    }
    let mut all = Vec::new();
    for (symbol, fills) in fills {
        let gone = chronicle.gone.iter().filter(|one| one.symbol == symbol);
        all.extend(of_symbol(fills, gone.copied().collect(), calendar));
    }
    all
}

fn of_symbol(fills: Vec<Fill>, gone: Vec<GoneShares>, calendar: &TradingCalendar) -> Vec<Position> {
    let mut positions: Vec<Position> = Vec::new();
    let mut gone = gone.into_iter().peekable();
    for fill in fills {
        let day = calendar.date_of(fill.at);
        while let Some(one) = gone.next_if(|one| calendar.date_of(one.at) <= day) {
            write_off(&mut positions, one);
        }
        match (positions.last_mut(), fill.side) {
            (Some(running), Side::Buy | Side::Sell) if running.over.is_none() => running.take(fill),
            (Some(_) | None, Side::Buy) => positions.push(Position::begun_by(fill)),
            (Some(_) | None, Side::Sell) => {}
        }
    }
    for one in gone {
        write_off(&mut positions, one);
    }
    positions
}

fn write_off(positions: &mut [Position], one: GoneShares) {
    if let Some(running) = positions.last_mut().filter(|last| last.over.is_none())
        && one.to < running.held
    {
        running.held = one.to;
        running.is_written_off = true;
        running.over = one.to.is_zero().then_some(one.at);
    }
}

impl Position {
    fn begun_by(fill: Fill) -> Self {
        Self {
            symbol: fill.symbol,
            order: fill.order,
            held: fill.shares,
            opened: fill.at,
            over: None,
            is_written_off: false,
            fills: vec![fill],
        }
    }

    fn take(&mut self, fill: Fill) {
        self.held = match fill.side {
            Side::Buy => self.held.plus(fill.shares),
            Side::Sell => self.held.minus(fill.shares).unwrap_or(Shares::ZERO),
        };
        self.over = self.held.is_zero().then_some(fill.at);
        self.fills.push(fill);
    }
}
