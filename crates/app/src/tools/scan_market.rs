//! `scan_market`: looks at every name of its universe, doubts bad data, filters and ranks the rest.
//! What is doubted, filtered and preferred is decided in the domain's room `scan`.

use std::collections::BTreeMap;

use catalyst_domain::calendar::{SessionMoment, TradingDate};
use catalyst_domain::indicator::session_vwap;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::quantity::Shares;
use catalyst_domain::scan::{
    FeedSentinel, Field, Figures, Filter, Sentinel, Sifted, Sighting, Universe, Withheld,
    best_first, sift, volume_is_constant,
};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::instruments::CatalogError;
use catalyst_ports::market_data::BarSpan;
use catalyst_ports::tool::{ScanIndex, ScanMarketInput, ToolProblem, ToolReply};
use futures_util::stream::{StreamExt as _, iter};
use rust_decimal::Decimal;
use tracing::warn;

use super::learned::{Fact, Learned};
use super::sight::{scan_moment, sightings};
use super::{Looked, scan_report, volume};
use crate::running::Running;

const LIMIT_DEFAULT: u32 = 10;
const LIMIT_MAX: u32 = 30;
/// Requests to the market that are under way at once.
const AT_ONCE: usize = 16;
/// Names whose history is read; of more that pass, those first by what is known without it.
const MEASURED_MAX: usize = 60;
/// Names whose relative volume is read at least, filtered ones among them, so that a feed which says
/// the same of everybody is seen on a day on which few names pass.
const MEASURED_MIN: usize = 8;

pub(super) async fn run(run: &Running<'_>, input: ScanMarketInput) -> Looked {
    let limit = input.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX);
    let not_available = |what: String| ToolProblem::NotAvailable { what };
    let moment = run
        .rules
        .calendar
        .moment(run.now())
        .map_err(|error| not_available(error.to_string()))?;
    let names = names(run, input.index, moment.date).await?;
    let account = run.ports.account.snapshot().await;
    let account = account.map_err(|error| not_available(error.to_string()))?;
    let seen = sightings(run, &names).await?;
    let listings = listings(run, &names, moment.date).await?;
    let field = Field {
        names: &names,
        seen: &seen,
        listings: &listings,
        ticks: &run.rules.ticks,
        date: moment.date,
        equity: account.equity,
    };
    let sifted = sift(&field, &scan_moment(run, &moment), &run.policy.scan.limits);
    let (sifted, passed) = ranked(run, &moment, sifted, &seen).await;
    let best = usize::try_from(limit).unwrap_or(usize::MAX);
    let shortlist = with_averages(run, passed, best).await;
    let scanned = names.iter().map(|symbol| Learned {
        symbol: *symbol,
        fact: Fact::Scanned,
    });
    let learned = lessons(&sifted).into_iter().chain(scanned).collect();
    let report = scan_report::of(&moment, &names, sifted, &shortlist);
    Ok((ToolReply::Scan(report), learned))
}

/// The names to look at: members of an index, every name, or the owner's list and no other.
async fn names(
    run: &Running<'_>,
    index: Option<ScanIndex>,
    date: TradingDate,
) -> Result<Vec<Symbol>, ToolProblem> {
    let list = match &run.policy.scan.universe {
        Universe::Members => None,
        Universe::List(list) => Some(list),
    };
    let index = match (list, index) {
        (Some(list), None | Some(ScanIndex::All)) => return Ok(list.clone()),
        (None, None) => ScanIndex::Hsi,
        (_, Some(index)) => index,
    };
    let members = run.ports.catalog.members(index, date).await;
    let mut members = members.map_err(|error| ToolProblem::NotAvailable {
        what: error.to_string(),
    })?;
    members.retain(|name| list.is_none_or(|list| list.contains(name)));
    members.dedup();
    Ok(members)
}

/// The listings that are known on the day; a name without one is filtered by name. A catalog that answers
/// about nobody is no market without lots.
async fn listings(
    run: &Running<'_>,
    names: &[Symbol],
    date: TradingDate,
) -> Result<BTreeMap<Symbol, Instrument>, ToolProblem> {
    let listed = |name: Symbol| async move {
        let instrument = run.ports.catalog.instrument(name, date).await;
        instrument.map(|instrument| (name, instrument))
    };
    let answers: Vec<_> = iter(names.iter().copied().map(listed))
        .buffered(AT_ONCE)
        .collect()
        .await;
    let mut listings = BTreeMap::new();
    let mut silent = None;
    for answer in answers {
        match answer {
            Ok((name, instrument)) => {
                listings.insert(name, instrument);
            }
            Err(error @ CatalogError::Unavailable { .. }) => {
                warn!(cycle.id = %run.id, %error, "no listing");
                silent = Some(error);
            }
            Err(CatalogError::UnknownLot { .. } | CatalogError::UnknownMembers { .. }) => {}
        }
    }
    match silent {
        Some(error) if listings.is_empty() => Err(ToolProblem::NotAvailable {
            what: error.to_string(),
        }),
        Some(_) | None => Ok(listings),
    }
}

/// Measures relative volume, doubts it where it is one and the same, and orders what passed.
async fn ranked(
    run: &Running<'_>,
    moment: &SessionMoment,
    mut sifted: Sifted,
    seen: &BTreeMap<Symbol, Sighting>,
) -> (Sifted, Vec<Figures>) {
    let weights = &run.policy.scan.limits.weights;
    let mut passed = std::mem::take(&mut sifted.passed);
    best_first(&mut passed, weights);
    let behind = passed.split_off(passed.len().min(MEASURED_MAX));
    let measured = measured(run, moment.date, with_sample(&passed, &sifted, seen)).await;
    let ratios: Vec<Decimal> = measured.values().copied().collect();
    if volume_is_constant(&ratios) {
        sifted.feed.insert(FeedSentinel::ConstantVolume);
    }
    let withheld = sifted.withholds(Withheld::Volume) || sifted.withholds(Withheld::RelativeVolume);
    if !withheld {
        for found in &mut passed {
            found.relative_volume = measured.get(&found.symbol).copied();
        }
    }
    if !weights.above_vwap.is_zero() {
        passed = with_averages(run, passed, MEASURED_MAX).await;
    }
    best_first(&mut passed, weights);
    passed.extend(behind);
    (sifted, passed)
}

/// What passed, and so many of the filtered names that a constant can be told, with their volumes.
fn with_sample(
    passed: &[Figures],
    sifted: &Sifted,
    seen: &BTreeMap<Symbol, Sighting>,
) -> Vec<(Symbol, Shares)> {
    let quoted = |symbol: Symbol| match seen.get(&symbol) {
        Some(Sighting::Shown(shown)) => Some((symbol, shown.quote.day_volume)),
        Some(Sighting::Absent | Sighting::Malformed) | None => None,
    };
    let sample = sifted
        .filtered
        .iter()
        .filter(|(_, filter)| *filter != Filter::NoLot)
        .take(MEASURED_MIN.saturating_sub(passed.len()))
        .map(|(symbol, _)| *symbol);
    let of_passed = passed.iter().map(|found| found.symbol);
    of_passed.chain(sample).filter_map(quoted).collect()
}

/// Relative volume of each, where it is known.
async fn measured(
    run: &Running<'_>,
    date: TradingDate,
    names: Vec<(Symbol, Shares)>,
) -> BTreeMap<Symbol, Decimal> {
    let Some(progress) = volume::progress(run, date) else {
        return BTreeMap::new();
    };
    let ratio = |(symbol, so_far)| async move {
        let found = volume::measured(run, symbol, so_far, progress).await;
        found.map(|found| (symbol, found.ratio.round_dp(2).normalize()))
    };
    iter(names.into_iter().map(ratio))
        .buffered(AT_ONCE)
        .filter_map(|found| async move { found })
        .collect()
        .await
}

/// The first `count`, with the side of the session's average they are on.
async fn with_averages(run: &Running<'_>, found: Vec<Figures>, count: usize) -> Vec<Figures> {
    let placed = |found: Figures| async move {
        if found.above_vwap.is_some() {
            return found;
        }
        let span = BarSpan::Minutes { days: 1 };
        let today = run.ports.market.bars(found.symbol, span).await;
        let average = today.ok().and_then(|bars| session_vwap(&bars));
        let last = found.snapshot.quote.last.value();
        Figures {
            above_vwap: average.map(|average| last > average),
            ..found
        }
    };
    iter(found.into_iter().take(count).map(placed))
        .buffered(AT_ONCE)
        .collect()
        .await
}

/// What a scan teaches: whom not to believe in this cycle. What is doubted with the feed alone is held
/// back for every name, whether it was looked at or not. Its volumes are of another basis than those of
/// `get_technicals` and no evidence: of two figures the better one could be chosen.
fn lessons(sifted: &Sifted) -> Vec<Learned> {
    let doubted = sifted.quarantined.iter();
    let doubts = doubted
        .filter(|(_, sentinel)| *sentinel != Sentinel::Feed)
        .map(|(symbol, sentinel)| Learned {
            symbol: *symbol,
            fact: Fact::Doubted(*sentinel),
        });
    doubts.collect()
}
