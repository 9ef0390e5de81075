//! `detect_patterns`: what the last closed bars draw, with legal levels.

use catalyst_domain::market::Timeframe;
use catalyst_domain::pattern::{CONFIDENCE_MIN, Pattern, PatternKind, TickSize, scan_breakouts};
use catalyst_domain::tick::TickGrid;
use catalyst_ports::tool::{
    DetectPatternsInput, PatternLine, PatternReport, ToolProblem, ToolReply,
};

use super::Looked;
use super::learned::{Fact, Learned};
use super::session_bars::{SessionBar, closed_bars, pattern_bars};
use crate::running::Running;

/// A pattern older than this many bars has been acted on or missed.
const FRESH_BARS: usize = 6;

const NOT_AVAILABLE_YET: [PatternKind; 4] = [
    PatternKind::BullFlag,
    PatternKind::CupHandle,
    PatternKind::AscendingTriangle,
    PatternKind::Abcd,
];

pub(super) async fn run(run: &Running<'_>, input: DetectPatternsInput) -> Looked {
    let timeframe = input.timeframe.unwrap_or(Timeframe::FifteenMinutes);
    let bars = closed_bars(run, input.symbol, timeframe).await?;
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
    let patterns: Vec<PatternLine> = fresh(&bars, grid)
        .iter()
        .filter_map(|pattern| line(pattern, &bars))
        .collect();
    let fact = Fact::Pattern(patterns.first().map(|pattern| pattern.name));
    let report = PatternReport {
        symbol: input.symbol,
        timeframe,
        bars: u32::try_from(bars.len()).unwrap_or(u32::MAX),
        patterns,
        not_available_yet: NOT_AVAILABLE_YET.to_vec(),
    };
    Ok((
        ToolReply::Patterns(report),
        vec![Learned {
            symbol: input.symbol,
            fact,
        }],
    ))
}

/// Patterns known within the last few bars, newest first.
fn fresh(bars: &[SessionBar], grid: TickGrid<'_>) -> Vec<Pattern> {
    let (Some(last), Some(views)) = (bars.last(), pattern_bars(bars)) else {
        return Vec::new();
    };
    let Some(step) = TickSize::at(grid, last.bar.close()) else {
        return Vec::new();
    };
    let oldest = bars.len().saturating_sub(FRESH_BARS);
    let mut found: Vec<Pattern> = scan_breakouts(&views, step)
        .iter()
        .filter(|detection| detection.known_at >= oldest)
        .filter(|detection| detection.confidence >= CONFIDENCE_MIN)
        .filter_map(|detection| detection.on_grid(grid))
        .collect();
    found.reverse();
    found
}

fn line(pattern: &Pattern, bars: &[SessionBar]) -> Option<PatternLine> {
    let at = |index: usize| bars.get(index).map(|placed| placed.bar.start());
    Some(PatternLine {
        name: pattern.kind,
        confidence: pattern.confidence,
        start: at(pattern.start)?,
        end: at(pattern.end)?,
        known_at: at(pattern.known_at)?,
        trigger: pattern.trigger.price(),
        stop: pattern.stop.price(),
        target: pattern.target.price(),
    })
}
