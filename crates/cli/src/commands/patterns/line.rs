//! What was seen, as JSON lines for programs and as text for people.

use std::fmt::Write as _;

use catalyst_domain::pattern::PatternKind;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use super::series::{Scanned, Seen};

/// Measures that are shown of each pattern: the weakest tell most.
const MEASURES_SHOWN: usize = 4;

/// One sighting; bars are counted from 0.
#[derive(Serialize)]
struct Line<'a> {
    series: &'a str,
    name: PatternKind,
    start: usize,
    end: usize,
    asof: usize,
    confidence: f64,
    trigger: f64,
    stop: f64,
    target: f64,
}

/// One object a line.
pub(super) fn json_lines(
    scanned: &Scanned<'_>,
    seen: &[&Seen],
) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    for one in seen {
        let pattern = &one.pattern;
        let number = |value: Decimal| value.to_f64().unwrap_or(0.0);
        let line = Line {
            series: &scanned.name,
            name: pattern.kind,
            start: pattern.start,
            end: pattern.end,
            asof: pattern.known_at,
            confidence: (one.confidence * 1e4).floor() / 1e4,
            trigger: number(pattern.trigger.value()),
            stop: number(pattern.stop.value()),
            target: number(pattern.target.value()),
        };
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    Ok(text)
}

/// A line a sighting, or one that says there is none, and how many instances there were `earlier`.
pub(super) fn text(scanned: &Scanned<'_>, seen: &[&Seen], earlier: usize) -> String {
    let mut text = String::new();
    let name = &scanned.name;
    if seen.is_empty() {
        let bars = scanned.bars.len();
        return match earlier {
            0 => format!("{name}: no pattern in {bars} bars\n"),
            earlier => format!(
                "{name}: no pattern at the last of {bars} bars; {earlier} before it, --every-bar tells \
                 them\n"
            ),
        };
    }
    let time = |index: usize| scanned.times.get(index).map_or("", String::as_str);
    for one in seen {
        let pattern = &one.pattern;
        let mut measures = pattern.measures.clone();
        measures.sort_by_key(|measure| measure.score);
        let weakest: Vec<String> = measures
            .iter()
            .take(MEASURES_SHOWN)
            .map(|measure| format!("{} {}", measure.name, measure.value))
            .collect();
        let written = writeln!(
            text,
            "{name} {}: {} {:.2} {}, from {}; trigger {}, stop {}, target {}; weakest: {}",
            time(pattern.known_at),
            pattern.kind,
            pattern.confidence,
            pattern.state.as_str(),
            time(pattern.start),
            pattern.trigger,
            pattern.stop,
            pattern.target,
            weakest.join(", "),
        );
        debug_assert!(written.is_ok(), "text can always be written to");
    }
    text
}
