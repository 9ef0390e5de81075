//! `detect_patterns`: what the closed bars of today draw, with legal levels; minutes say whether the
//! trigger was hit since, and drop what has met its stop or its target.

use catalyst_domain::indicator::{Doubt, examine};
use catalyst_domain::market::{Bar, Timeframe};
use catalyst_domain::pattern::{
    CONFIDENCE_MIN, Detection, Pattern, PatternKind, PatternLife, PatternScan, PatternState,
    TickSize,
};
use catalyst_domain::price::Price;
use catalyst_domain::tick::TickGrid;
use catalyst_ports::market_data::BarSpan;
use catalyst_ports::tool::{
    DetectPatternsInput, PatternLine, PatternReport, ToolProblem, ToolReply,
};

use super::learned::{Fact, Learned};
use super::session_bars::{SessionBar, date_of, fetch_closed_bars, is_stale};
use super::{Looked, market_problem};
use crate::running::Running;

/// A trigger older than this many bars has been acted on or missed.
const FRESH_BARS: usize = 6;

/// Bars under which hardly a shape fits beside the bars behind its unit and its volume.
const BARS_MIN: usize = 20;

/// Measures that are shown of each pattern: the weakest tell most.
const MEASURES_SHOWN: usize = 4;

pub(super) async fn run(run: &Running<'_>, input: DetectPatternsInput) -> Looked {
    let timeframe = input.timeframe.unwrap_or(Timeframe::FifteenMinutes);
    let bars = fetch_closed_bars(run, input.symbol, timeframe).await?;
    let doubts = doubts(run, &bars, timeframe);
    let (_, bars) = bars.split_at(doubts.sound_from);
    let minutes = run
        .ports
        .market
        .bars(input.symbol, BarSpan::Minutes { days: 1 })
        .await
        .map_err(|error| market_problem(&error))?;
    let date = run.rules.calendar.date_of(run.now());
    let not_available = |what: String| ToolProblem::NotAvailable { what };
    let instrument = run
        .ports
        .catalog
        .instrument(input.symbol, date)
        .await
        .map_err(|error| not_available(error.to_string()))?;
    let grid = run
        .rules
        .ticks
        .on(date, instrument.kind)
        .map_err(|error| not_available(error.to_string()))?;
    let (found, hindrance) = match (doubts.found, seen(run, bars, (timeframe, grid))) {
        (Some(doubt), _) => (Vec::new(), Some(shapeless(doubt))),
        (None, Err(close)) => (Vec::new(), Some(off_table(close, grid))),
        (None, Ok(found)) => (found, None),
    };
    let mut patterns: Vec<PatternLine> = found
        .into_iter()
        .filter(|found| timeframe == Timeframe::Day || is_of_today(run, found, bars))
        .filter_map(|found| line(run, &found.on_grid(grid)?, bars, (timeframe, &minutes)))
        .collect();
    patterns.sort_by_key(|line| std::cmp::Reverse(line.confidence));
    let reason = hindrance.or_else(|| patterns.is_empty().then(|| nothing(bars.len())));
    let learned = learned(input, timeframe, &patterns);
    let report = PatternReport {
        symbol: input.symbol,
        timeframe,
        bars: u32::try_from(bars.len()).unwrap_or(u32::MAX),
        patterns,
        reason,
    };
    Ok((ToolReply::Patterns(report), learned))
}

/// What speaks against the bars, and where those begin that are of one scale.
struct Doubts {
    sound_from: usize,
    found: Option<Doubt>,
}

fn doubts(run: &Running<'_>, bars: &[SessionBar], timeframe: Timeframe) -> Doubts {
    let plain: Vec<Bar> = bars.iter().map(|placed| placed.bar).collect();
    let examined = examine(&plain, |a, b| date_of(run, a) != date_of(run, b));
    let stale =
        is_stale(&run.rules.calendar, run.now(), (plain.last(), timeframe)).then_some(Doubt::Stale);
    // Thin bars are the scan's own business, and behind a split it begins anew.
    let spiked = examined.doubts.contains(&Doubt::Spike);
    Doubts {
        sound_from: examined.sound_from,
        found: stale.or(spiked.then_some(Doubt::Spike)),
    }
}

/// The surest pattern is evidence on the spans that scans look at; an hour or a day informs only.
fn learned(
    input: DetectPatternsInput,
    timeframe: Timeframe,
    patterns: &[PatternLine],
) -> Vec<Learned> {
    let fact = Fact::Pattern(timeframe, patterns.first().map(|pattern| pattern.name));
    match timeframe {
        Timeframe::FiveMinutes | Timeframe::FifteenMinutes => vec![Learned {
            symbol: input.symbol,
            fact,
        }],
        Timeframe::Hour | Timeframe::Day => Vec::new(),
    }
}

fn shapeless(doubt: Doubt) -> String {
    format!("{}: such bars show no shape", doubt.as_str())
}

fn off_table(close: Price, grid: TickGrid<'_>) -> String {
    let (lowest, highest) = (grid.lowest().price(), grid.highest().price());
    format!(
        "a close of {close} is outside the tick table, which has {lowest} to {highest}: no level is legal"
    )
}

fn nothing(bars: usize) -> String {
    if bars < BARS_MIN {
        format!("{bars} closed bars are not enough, a pattern needs {BARS_MIN} or more")
    } else {
        "none of the five patterns stands, and none was triggered lately".to_owned()
    }
}

/// What stands at the last bar, and what was triggered within the last few; a close without a tick is
/// the error.
fn seen(
    run: &Running<'_>,
    bars: &[SessionBar],
    (timeframe, grid): (Timeframe, TickGrid<'_>),
) -> Result<Vec<Detection>, Price> {
    let last = bars.len().saturating_sub(1);
    let oldest = bars.len().saturating_sub(FRESH_BARS);
    let mut scan = PatternScan::new();
    let mut found = Vec::new();
    let mut day = None;
    for placed in bars {
        let close = placed.bar.close();
        let (Some(view), Some(tick)) = (placed.for_patterns(), TickSize::at(grid, close)) else {
            return Err(close);
        };
        let date = run.rules.calendar.date_of(placed.bar.start());
        if timeframe != Timeframe::Day && day.replace(date) != Some(date) {
            scan.expire_armed();
        }
        found.extend(scan.next(&view, tick).into_iter().filter(|one| {
            let alive = match one.state {
                PatternState::Armed => one.known_at == last,
                PatternState::Triggered => one.known_at >= oldest,
            };
            alive && one.confidence >= CONFIDENCE_MIN
        }));
    }
    Ok(found)
}

/// Patterns of yesterday expired at the close.
fn is_of_today(run: &Running<'_>, found: &Detection, bars: &[SessionBar]) -> bool {
    let calendar = &run.rules.calendar;
    bars.get(found.known_at)
        .is_some_and(|known| calendar.date_of(known.bar.start()) == calendar.date_of(run.now()))
}

/// The pattern as it stands by now; none when it is over.
fn line(
    run: &Running<'_>,
    pattern: &Pattern,
    bars: &[SessionBar],
    (timeframe, minutes): (Timeframe, &[Bar]),
) -> Option<PatternLine> {
    let at = |index: usize| bars.get(index).map(|placed| placed.bar.start());
    let known = at(pattern.known_at)?;
    let since = match (pattern.state, timeframe.span()) {
        (PatternState::Triggered, Some(span)) if pattern.kind == PatternKind::Breakout => {
            known + span
        }
        (PatternState::Armed, Some(span)) => known + span,
        (PatternState::Triggered, _) | (PatternState::Armed, None) => known,
    };
    let later = minutes.get(minutes.partition_point(|bar| bar.start() < since)..)?;
    let hit = match pattern.life_after(later) {
        PatternLife::Over => return None,
        PatternLife::Triggered(at) => Some(at),
        PatternLife::Waiting => None,
    };
    let state = match hit {
        Some(_) => PatternState::Triggered,
        None => pattern.state,
    };
    let mut measures = pattern.measures.clone();
    measures.sort_by_key(|measure| measure.score);
    let local = |at| run.rules.calendar.local(at);
    Some(PatternLine {
        name: pattern.kind,
        confidence: pattern.confidence,
        state,
        start: local(at(pattern.start)?),
        end: local(at(pattern.end)?),
        triggered_at: hit.map(local),
        trigger: pattern.trigger.price(),
        stop: pattern.stop.price(),
        target: pattern.target.price(),
        measures: measures
            .iter()
            .take(MEASURES_SHOWN)
            .map(|measure| (measure.name, measure.value))
            .collect(),
    })
}
