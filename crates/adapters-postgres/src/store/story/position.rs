//! Positions one after the other: which fills and which families made each, and what it came to.

use catalyst_domain::account::round_trips;
use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::money::{Currency, Money, MoneyError};
use catalyst_domain::order::{ClientOrderId, Fill};
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_ports::journal::FamilyResult;
use chrono::{DateTime, Utc};

use crate::store::holdings::WrittenOff;

/// A position in one symbol from its first share to its last, or to now.
#[derive(Debug)]
pub(super) struct Position {
    fills: Vec<Fill>,
    held: Shares,
    opened: DateTime<Utc>,
    over: Option<DateTime<Utc>>,
    is_written_off: bool,
}

/// The positions that `fills` of one symbol, in the order they happened, and its write-offs made. What
/// is written off on a day was gone before the day began; a sale of what is not held makes none.
pub(super) fn positions_of(
    fills: Vec<Fill>,
    written_off: Vec<WrittenOff>,
    calendar: &TradingCalendar,
) -> Vec<Position> {
    let mut positions: Vec<Position> = Vec::new();
    let mut gone = written_off.into_iter().peekable();
    for fill in fills {
        let day = calendar.date_of(fill.at);
        while let Some(one) = gone.next_if(|one| one.day <= day) {
            write_off(&mut positions, &one);
        }
        match (positions.last_mut(), fill.side) {
            (Some(running), Side::Buy | Side::Sell) if running.over.is_none() => {
                running.take(fill);
            }
            (Some(_) | None, Side::Buy) => positions.push(Position::begun_by(fill)),
            (Some(_) | None, Side::Sell) => {}
        }
    }
    for one in gone {
        write_off(&mut positions, &one);
    }
    positions
}

fn write_off(positions: &mut [Position], one: &WrittenOff) {
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

    /// True when a fill of the family `id` is part of it.
    pub(super) fn has(&self, id: ClientOrderId) -> bool {
        self.fills.iter().any(|fill| fill.order.is_family_of(id))
    }

    /// True when it was held at `moment`, its first and its last included.
    pub(super) fn was_held_at(&self, moment: DateTime<Utc>) -> bool {
        self.opened <= moment && self.over.is_none_or(|over| moment <= over)
    }
}

/// What the family `id`, which was to buy and has fills, made of `positions`.
pub(super) fn result_of(
    id: ClientOrderId,
    positions: &[Position],
    currency: Currency,
) -> Result<FamilyResult, MoneyError> {
    let own: Vec<&Position> = positions.iter().filter(|one| one.has(id)).collect();
    if own.is_empty() || own.iter().any(|one| one.is_written_off) {
        return Ok(FamilyResult::Unknown);
    }
    if own.iter().any(|one| one.over.is_none()) {
        return Ok(FamilyResult::Open);
    }
    let fills: Vec<Fill> = own.iter().flat_map(|one| one.fills.clone()).collect();
    let trips = round_trips(currency, &fills)?;
    if trips.len() != own.len() {
        // More was sold than was bought: what the account made of it is not in these fills.
        return Ok(FamilyResult::Unknown);
    }
    let gross = Money::sum(currency, trips.iter().map(|trip| trip.gross))?;
    let fees = Money::sum(currency, trips.iter().map(|trip| trip.fees))?;
    let net = gross.minus(fees)?;
    Ok(FamilyResult::Closed { gross, fees, net })
}
