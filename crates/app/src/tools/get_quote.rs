//! `get_quote`: books now, with lot and tick.

use catalyst_domain::instrument::Instrument;
use catalyst_domain::market::Quote;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{
    GetQuoteInput, QuoteLine, QuoteReport, ToolInputError, ToolName, ToolProblem, ToolReply,
};
use futures_util::future::join_all;
use rust_decimal::Decimal;

use super::Looked;
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
    let quotes = join_all(symbols.iter().map(|symbol| run.ports.market.quote(*symbol))).await;
    let mut report = QuoteReport {
        phase: moment.phase,
        quotes: Vec::new(),
        unknown: Vec::new(),
    };
    for (symbol, quote) in symbols.iter().zip(quotes) {
        match quote {
            Ok(quote) => report.quotes.push(line(run, &quote).await),
            Err(_) => report.unknown.push(*symbol),
        }
    }
    Ok((ToolReply::Quotes(report), Vec::new()))
}

fn wanted(input: &GetQuoteInput) -> Result<Vec<Symbol>, ToolProblem> {
    let symbols: Vec<Symbol> = input
        .symbol
        .into_iter()
        .chain(input.symbols.clone())
        .collect();
    if (1..=SYMBOLS_MAX).contains(&symbols.len()) {
        return Ok(symbols);
    }
    Err(ToolProblem::Input(ToolInputError::BadInput {
        tool: ToolName::GetQuote,
        field: "symbols".to_owned(),
        problem: format!("{} given, allowed are 1 to {SYMBOLS_MAX}", symbols.len()),
    }))
}

async fn line(run: &Running<'_>, quote: &Quote) -> QuoteLine {
    let listed = listing(run, quote).await;
    QuoteLine {
        symbol: quote.symbol,
        last: quote.last,
        bid: quote.bid,
        ask: quote.ask,
        volume: quote.day_volume,
        age_seconds: quote.age(run.now()).num_seconds(),
        feed: quote.feed,
        lot: listed.map(|(instrument, _)| instrument.lot_size),
        tick: listed.and_then(|(_, tick)| tick),
        lot_value: listed.map(|(instrument, _)| {
            quote
                .last
                .times(instrument.lot_size.as_shares(), instrument.currency)
        }),
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
