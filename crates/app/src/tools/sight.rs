//! Sight: what the market says of many names at once, as the sentinels want to hear it.

use std::collections::BTreeMap;

use catalyst_domain::calendar::SessionMoment;
use catalyst_domain::scan::{ScanMoment, Sighting};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::MarketDataError;
use catalyst_ports::tool::ToolProblem;
use tracing::warn;

use super::market_problem;
use crate::running::Running;

/// One sighting for each name the market answered for; it fails only when the market does not answer.
pub(crate) async fn sightings(
    run: &Running<'_>,
    names: &[Symbol],
) -> Result<BTreeMap<Symbol, Sighting>, ToolProblem> {
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let answers = run.ports.market.snapshots(names).await;
    let answers = answers.map_err(|error| market_problem(&error))?;
    let mut seen = BTreeMap::new();
    for (symbol, answer) in answers {
        let sighting = match answer {
            Ok(snapshot) => Sighting::Shown(snapshot),
            Err(MarketDataError::Unknown { .. }) => Sighting::Absent,
            Err(MarketDataError::Unavailable { source }) => {
                warn!(cycle.id = %run.id, %symbol, error = %source, "no market data");
                Sighting::Absent
            }
            Err(MarketDataError::Malformed { source, .. }) => {
                warn!(cycle.id = %run.id, %symbol, error = %source, "malformed market data");
                Sighting::Malformed
            }
        };
        seen.insert(symbol, sighting);
    }
    Ok(seen)
}

/// The moment as the sentinels judge it.
pub(crate) fn scan_moment(run: &Running<'_>, moment: &SessionMoment) -> ScanMoment {
    let traded = run
        .rules
        .calendar
        .minutes_since_open(moment.date, moment.now);
    ScanMoment {
        now: moment.now,
        traded_minutes: traded.ok().filter(|_| moment.phase.is_continuous()),
        feeds: run.policy.gate.limits().feed_policy(),
    }
}
