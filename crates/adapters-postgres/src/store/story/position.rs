//! What an order family made of the positions that it had a part in.

use catalyst_domain::account::{HoldingPeriod, round_trips};
use catalyst_domain::money::{Currency, Money, MoneyError};
use catalyst_domain::order::{ClientOrderId, Fill};
use catalyst_ports::journal::FamilyResult;

/// What the family `id`, which was to buy and has fills, made of `positions`.
pub(super) fn result_of(
    id: ClientOrderId,
    positions: &[HoldingPeriod],
    currency: Currency,
) -> Result<FamilyResult, MoneyError> {
    let own: Vec<&HoldingPeriod> = positions.iter().filter(|one| one.has(id)).collect();
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
