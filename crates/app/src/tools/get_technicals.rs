//! `get_technicals`: RSI, ATR, VWAP and relative volume, each with what it rests on.

use catalyst_domain::indicator::{readings, session_vwap};
use catalyst_domain::market::{Bar, Timeframe};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::BarSpan;
use catalyst_ports::tool::{GetTechnicalsInput, Reading, TechnicalsReport, ToolReply};
use rust_decimal::Decimal;

use super::learned::{Fact, Learned};
use super::session_bars::closed_bars;
use super::{Looked, market_problem, volume};
use crate::running::Running;

/// The default, and the only span whose RSI is evidence: another span informs but cannot be shopped.
const EVIDENCE_ON: Timeframe = Timeframe::FifteenMinutes;

/// Named so that nobody takes their absence for a figure.
const NOT_AVAILABLE_YET: [&str; 4] = ["macd", "sma", "ema", "bollinger"];

pub(super) async fn run(run: &Running<'_>, input: GetTechnicalsInput) -> Looked {
    let timeframe = input.timeframe.unwrap_or(EVIDENCE_ON);
    let bars: Vec<Bar> = closed_bars(run, input.symbol, timeframe)
        .await?
        .into_iter()
        .map(|placed| placed.bar)
        .collect();
    let today = run
        .ports
        .market
        .bars(input.symbol, BarSpan::Minutes { days: 1 })
        .await
        .map_err(|error| market_problem(&error))?;
    let count = u32::try_from(bars.len()).unwrap_or(u32::MAX);
    let rests_on_bars = |value: Decimal| Reading {
        value,
        rests_on: count,
    };
    let found = readings(&bars);
    let relative = relative(run, input.symbol, &today).await;
    let report = TechnicalsReport {
        symbol: input.symbol,
        timeframe,
        bars: count,
        close: bars.last().map(Bar::close),
        rsi: found.rsi.map(rests_on_bars),
        atr: found.atr.map(rests_on_bars),
        vwap: session_vwap(&today).map(|value| Reading {
            value,
            rests_on: u32::try_from(today.len()).unwrap_or(u32::MAX),
        }),
        relative_volume: relative,
        not_available_yet: NOT_AVAILABLE_YET.to_vec(),
    };
    let symbol = input.symbol;
    let mut learned = vec![Learned {
        symbol,
        fact: Fact::RelativeVolume(relative.map(|reading| reading.value)),
    }];
    if timeframe == EVIDENCE_ON {
        let fact = Fact::Rsi(report.rsi.map(|reading| reading.value));
        learned.push(Learned { symbol, fact });
    }
    Ok((ToolReply::Technicals(report), learned))
}

async fn relative(run: &Running<'_>, symbol: Symbol, today: &[Bar]) -> Option<Reading> {
    let date = run.rules.calendar.date_of(run.now());
    let progress = volume::progress(run, date)?;
    let so_far = today
        .iter()
        .fold(catalyst_domain::quantity::Shares::ZERO, |sum, bar| {
            sum.plus(bar.volume())
        });
    let found = volume::measured(run, symbol, so_far, progress).await?;
    Some(Reading {
        value: found.ratio,
        rests_on: found.sessions,
    })
}
