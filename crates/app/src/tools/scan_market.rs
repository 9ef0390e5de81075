//! `scan_market`: looks at every name of an index, doubts bad data, ranks the rest.

use catalyst_domain::indicator::session_vwap;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_ports::market_data::BarSpan;
use catalyst_ports::tool::{
    Candidate, Quarantined, ScanIndex, ScanMarketInput, ScanReport, ToolProblem, ToolReply,
};

use super::learned::{Fact, Learned};
use super::{Looked, market_problem, ranking, volume};
use crate::running::Running;

const LIMIT_DEFAULT: u32 = 10;
const LIMIT_MAX: u32 = 30;

pub(super) async fn run(run: &Running<'_>, input: ScanMarketInput) -> Looked {
    let index = input.index.unwrap_or(ScanIndex::Hsi);
    let limit = input.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX);
    let date = run.rules.calendar.date_of(run.now());
    let not_available = |what: String| ToolProblem::NotAvailable { what };
    let names = run
        .ports
        .catalog
        .members(index, date)
        .await
        .map_err(|error| not_available(error.to_string()))?;
    let snapshots = run
        .ports
        .market
        .snapshots(&names)
        .await
        .map_err(|error| market_problem(&error))?;
    let grid = run
        .rules
        .ticks
        .on(date, InstrumentKind::Equity)
        .map_err(|error| not_available(error.to_string()))?;
    let now = run.now();
    let mut quarantined = Vec::new();
    let mut candidates = Vec::new();
    let mut filtered = 0;
    for snapshot in &snapshots {
        let symbol = snapshot.quote.symbol;
        if let Some(reason) = ranking::disbelief(snapshot, now) {
            quarantined.push(Quarantined { symbol, reason });
            continue;
        }
        let mut found = ranking::candidate(snapshot, grid);
        if ranking::moves(&found) {
            add_volume(run, &mut found, snapshot.quote.day_volume).await;
            candidates.push(found);
        } else {
            filtered += 1;
        }
    }
    ranking::best_first(&mut candidates);
    candidates.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    for candidate in &mut candidates {
        add_average(run, candidate).await;
    }
    let learned = candidates
        .iter()
        .map(|found| Learned {
            symbol: found.symbol,
            fact: Fact::RelativeVolume(found.relative_volume),
        })
        .collect();
    let looked_at = u32::try_from(names.len()).unwrap_or(u32::MAX);
    Ok((
        ToolReply::Scan(ScanReport {
            looked_at,
            quarantined,
            filtered,
            candidates,
        }),
        learned,
    ))
}

async fn add_volume(
    run: &Running<'_>,
    candidate: &mut Candidate,
    so_far: catalyst_domain::quantity::Shares,
) {
    let date = run.rules.calendar.date_of(run.now());
    if let Some(progress) = volume::progress(run, date) {
        let found = volume::measured(run, candidate.symbol, so_far, progress).await;
        candidate.relative_volume = found.map(|found| found.ratio);
    }
}

async fn add_average(run: &Running<'_>, candidate: &mut Candidate) {
    let today = run
        .ports
        .market
        .bars(candidate.symbol, BarSpan::Minutes { days: 1 })
        .await;
    candidate.above_vwap = today
        .ok()
        .and_then(|bars| session_vwap(&bars))
        .map(|average| candidate.last.value() > average);
}
