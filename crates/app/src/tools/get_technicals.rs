//! `get_technicals`: the indicators of the last closed bars, of today, and its volume; what is not
//! there is named, and what is doubted is no evidence.

use std::collections::BTreeMap;

use catalyst_domain::indicator::{Doubt, Readings, examine, readings, vwap_bands};
use catalyst_domain::market::{Bar, Timeframe};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::BarSpan;
use catalyst_ports::tool::{
    Figure, GetTechnicalsInput, Lack, TechnicalsLine, TechnicalsReport, ToolName, ToolProblem,
    ToolReply,
};
use futures_util::future::join_all;
use rust_decimal::Decimal;

use super::asked_symbols::asked_symbols;
use super::day_line::day_line;
use super::learned::{Fact, Learned};
use super::own_volume::{SESSIONS, relative_volume};
use super::session_bars::{DAYS, closed_bars, date_of, days_of_minutes, is_stale};
use super::{Looked, market_problem};
use crate::running::Running;

/// The default, and the only span whose RSI is evidence: another span informs but cannot be shopped.
const EVIDENCE_ON: Timeframe = Timeframe::FifteenMinutes;

/// Bars after a split from which the strength index is worth a decision: with fewer it is 3 points
/// and more from its long-history value.
const SETTLED_BARS: usize = 50;

pub(super) async fn run(run: &Running<'_>, input: &GetTechnicalsInput) -> Looked {
    let symbols = asked_symbols(ToolName::GetTechnicals, input.symbol, &input.symbols)?;
    let timeframe = input.timeframe.unwrap_or(EVIDENCE_ON);
    let looks = symbols.iter().map(|symbol| look(run, *symbol, timeframe));
    let mut report = TechnicalsReport {
        timeframe,
        technicals: Vec::new(),
        unknown: Vec::new(),
        unavailable: Vec::new(),
    };
    let mut learned = Vec::new();
    for (symbol, looked) in symbols.iter().zip(join_all(looks).await) {
        match looked {
            Ok((line, facts)) => {
                report.technicals.push(line);
                learned.extend(facts);
            }
            Err(problem) if symbols.len() == 1 => return Err(problem),
            Err(ToolProblem::UnknownSymbol { .. }) => report.unknown.push(*symbol),
            Err(_) => report.unavailable.push(*symbol),
        }
    }
    Ok((ToolReply::Technicals(report), learned))
}

async fn look(
    run: &Running<'_>,
    symbol: Symbol,
    timeframe: Timeframe,
) -> Result<(TechnicalsLine, Vec<Learned>), ToolProblem> {
    let days = days_of_minutes(timeframe).max(SESSIONS + 1);
    let minutes = bars(run, symbol, BarSpan::Minutes { days }).await?;
    let daily = bars(run, symbol, BarSpan::Days { count: DAYS }).await?;
    let series = match timeframe.span() {
        Some(span) => {
            let closed = closed_bars(run, &minutes, span, days_of_minutes(timeframe));
            let closed = closed.map_err(|error| ToolProblem::NotAvailable {
                what: error.to_string(),
            })?;
            closed.into_iter().map(|placed| placed.bar).collect()
        }
        None => daily.clone(),
    };
    let judged = Judged::of(run, &series, timeframe);
    let date = run.rules.calendar.date_of(run.now());
    let (_, today) = minutes.split_at(minutes.partition_point(|bar| date_of(run, bar) < date));
    let (day, mut missing) = day_line(run, today, daily.last());
    missing.extend(judged.missing());
    let vwap = vwap_bands(today);
    if vwap.is_none() {
        missing.insert(Figure::Vwap, Lack::NoTradeToday);
    }
    let rvol = relative_volume(run, symbol, &minutes).await;
    if let Err(lack) = rvol {
        missing.insert(Figure::Rvol, lack);
    }
    let facts = learned(symbol, timeframe, &judged, rvol.ok().map(|found| found.x));
    let found = judged.told();
    let line = TechnicalsLine {
        symbol,
        bars: u32::try_from(judged.bars.len()).unwrap_or(u32::MAX),
        close: judged.bars.last().map(Bar::close),
        rsi: found.rsi.map(|rsi| rsi.round_dp(1).normalize()),
        macd: found.macd,
        sma20: found.sma20,
        sma50: found.sma50,
        ema9: found.ema9,
        ema20: found.ema20,
        atr: found.atr,
        bb: found.bands,
        vwap,
        rvol: rvol.ok(),
        day,
        doubt: judged.doubts.clone(),
        missing,
    };
    Ok((line, facts))
}

async fn bars(run: &Running<'_>, symbol: Symbol, span: BarSpan) -> Result<Vec<Bar>, ToolProblem> {
    let bars = run.ports.market.bars(symbol, span).await;
    bars.map_err(|error| market_problem(&error))
}

/// The volume is evidence whatever the span; the strength index only on the one span, and only where
/// nothing speaks against it. A figure that is missing is learned as missing.
fn learned(
    symbol: Symbol,
    timeframe: Timeframe,
    judged: &Judged<'_>,
    volume: Option<Decimal>,
) -> Vec<Learned> {
    let mut facts = vec![Fact::RelativeVolume(volume)];
    if timeframe == EVIDENCE_ON {
        facts.push(Fact::Rsi(judged.evidence()));
    }
    facts
        .into_iter()
        .map(|fact| Learned { symbol, fact })
        .collect()
}

/// A series on the scale of its last bar, with what speaks against its figures.
struct Judged<'a> {
    bars: &'a [Bar],
    doubts: Vec<Doubt>,
    figures: Readings,
}

impl<'a> Judged<'a> {
    fn of(run: &Running<'_>, series: &'a [Bar], timeframe: Timeframe) -> Self {
        let night = |a: &Bar, b: &Bar| date_of(run, a) != date_of(run, b);
        let examined = examine(series, night);
        let (_, bars) = series.split_at(examined.sound_from);
        let mut doubts = examined.doubts;
        if is_stale(&run.rules.calendar, run.now(), (bars.last(), timeframe)) {
            doubts.push(Doubt::Stale);
        }
        Self {
            bars,
            doubts,
            figures: readings(bars),
        }
    }

    fn doubts(&self, doubt: Doubt) -> bool {
        self.doubts.contains(&doubt)
    }

    /// What may be told: a spike is in every figure of the series, empty bars shrink the measures of
    /// movement.
    fn told(&self) -> Readings {
        if self.doubts(Doubt::Spike) {
            return Readings::default();
        }
        if self.doubts(Doubt::Thin) {
            return Readings {
                rsi: None,
                atr: None,
                ..self.figures
            };
        }
        self.figures
    }

    fn evidence(&self) -> Option<Decimal> {
        let unsettled = self.doubts(Doubt::Split) && self.bars.len() < SETTLED_BARS;
        if unsettled || self.doubts(Doubt::Stale) {
            return None;
        }
        self.told().rsi
    }

    fn missing(&self) -> BTreeMap<Figure, Lack> {
        if self.doubts(Doubt::Spike) {
            return BTreeMap::from([(Figure::Series, Lack::Doubted(Doubt::Spike))]);
        }
        let told = self.told();
        let bars = u32::try_from(self.bars.len()).unwrap_or(u32::MAX);
        let movement = |warm: u32, otherwise: Lack| match (bars < warm, self.doubts(Doubt::Thin)) {
            (true, _) => Lack::NeedsBars(warm),
            (false, true) => Lack::Doubted(Doubt::Thin),
            (false, false) => otherwise,
        };
        [
            (Figure::Rsi, told.rsi.is_some(), movement(15, Lack::Flat)),
            (Figure::Atr, told.atr.is_some(), movement(15, Lack::Flat)),
            (Figure::Macd, told.macd.is_some(), Lack::NeedsBars(34)),
            (Figure::Sma20, told.sma20.is_some(), Lack::NeedsBars(20)),
            (Figure::Sma50, told.sma50.is_some(), Lack::NeedsBars(50)),
            (Figure::Ema9, told.ema9.is_some(), Lack::NeedsBars(9)),
            (Figure::Ema20, told.ema20.is_some(), Lack::NeedsBars(20)),
            (Figure::Bb, told.bands.is_some(), Lack::NeedsBars(20)),
        ]
        .into_iter()
        .filter(|(_, is_told, _)| !is_told)
        .map(|(figure, _, lack)| (figure, lack))
        .collect()
    }
}
