//! `get_quote`: books now, with lot and tick, each with the doubt that a sentinel has about it.

use std::collections::BTreeMap;

use catalyst_domain::calendar::SessionMoment;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::market::{Quote, Snapshot};
use catalyst_domain::scan::{Sentinel, Sighting};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{
    GetQuoteInput, QuoteLine, QuoteReport, ToolInputError, ToolName, ToolProblem, ToolReply,
};
use rust_decimal::Decimal;

use super::Looked;
use super::learned::{Fact, Learned};
use super::sight::{scan_moment, sightings};
use crate::running::Running;

const SYMBOLS_MAX: usize = 20;

pub(super) async fn run(run: &Running<'_>, input: &GetQuoteInput) -> Looked {
    let symbols = wanted(input)?;
    let moment =
        run.rules
            .calendar
            .moment(run.now())
            .map_err(|error| ToolProblem::NotAvailable {
                what: error.to_string(),
            })?;
    let seen = sightings(run, &symbols).await?;
    let mut report = QuoteReport {
        phase: moment.phase,
        quotes: Vec::new(),
        missing: Vec::new(),
    };
    for symbol in symbols {
        match seen_of(&seen, symbol) {
            Ok(shown) => report.quotes.push(line(run, &moment, &shown).await),
            Err(sentinel) => report.missing.push((symbol, sentinel)),
        }
    }
    let learned = lessons(&report);
    Ok((ToolReply::Quotes(report), learned))
}

/// The symbols asked for, each once, in their order.
fn wanted(input: &GetQuoteInput) -> Result<Vec<Symbol>, ToolProblem> {
    let given = input.symbol.iter().chain(&input.symbols);
    let mut symbols: Vec<Symbol> = Vec::new();
    let mut count = 0;
    for symbol in given {
        count += 1;
        if !symbols.contains(symbol) {
            symbols.push(*symbol);
        }
    }
    if (1..=SYMBOLS_MAX).contains(&count) {
        return Ok(symbols);
    }
    Err(ToolProblem::Input(ToolInputError::BadInput {
        tool: ToolName::GetQuote,
        field: "symbols".to_owned(),
        problem: format!("{count} given, allowed are 1 to {SYMBOLS_MAX}"),
    }))
}

fn seen_of(seen: &BTreeMap<Symbol, Sighting>, symbol: Symbol) -> Result<Snapshot, Sentinel> {
    match seen.get(&symbol) {
        Some(Sighting::Shown(shown)) if shown.quote.symbol == symbol => Ok(*shown),
        Some(Sighting::Shown(_) | Sighting::Malformed) => Err(Sentinel::Malformed),
        Some(Sighting::Absent) | None => Err(Sentinel::NoData),
    }
}

async fn line(run: &Running<'_>, moment: &SessionMoment, shown: &Snapshot) -> QuoteLine {
    let quote = &shown.quote;
    let listed = listing(run, quote).await;
    QuoteLine {
        symbol: quote.symbol,
        last: quote.last,
        bid: quote.bid,
        ask: quote.ask,
        volume: quote.day_volume,
        age_seconds: quote.age(moment.now).num_seconds(),
        feed: quote.feed,
        lot: listed.map(|(instrument, _)| instrument.lot_size),
        tick: listed.and_then(|(_, tick)| tick),
        lot_value: listed.map(|(instrument, _)| {
            quote
                .last
                .times(instrument.lot_size.as_shares(), instrument.currency)
        }),
        doubt: Sentinel::over(shown, &scan_moment(run, moment)),
    }
}

/// The listing and its price step at the last price; `None` when no board lot is known.
async fn listing(run: &Running<'_>, quote: &Quote) -> Option<(Instrument, Option<Decimal>)> {
    let date = run.rules.calendar.date_of(run.now());
    let Ok(instrument) = run.ports.catalog.instrument(quote.symbol, date).await else {
        return None;
    };
    let Ok(grid) = run.rules.ticks.on(date, instrument.kind) else {
        return Some((instrument, None));
    };
    Some((instrument, grid.tick_at(quote.last)))
}

/// Whom not to believe in this cycle, whichever tool has seen it.
fn lessons(report: &QuoteReport) -> Vec<Learned> {
    let shown = report.quotes.iter();
    let doubted = shown.filter_map(|line| Some((line.symbol, line.doubt?)));
    doubted
        .chain(report.missing.iter().copied())
        .map(|(symbol, sentinel)| Learned {
            symbol,
            fact: Fact::Doubted(sentinel),
        })
        .collect()
}
