//! A picture for the eye: bars, volume, and each pattern with its span and its three levels. One
//! self-contained file, light or dark as the reader's screen is.

use std::fmt::Write as _;

use catalyst_domain::pattern::Pattern;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::series::{Scanned, Seen};
use super::sketch::Sketch;

/// Bars that a pattern's levels are drawn beyond the bar that showed it.
const LEVEL_BARS: usize = 18;

/// Rows that the names of neighbours take turns in, so that they do not lie on each other.
const NAME_ROWS: u8 = 5;

/// Letters of a name or a time that are shown; a picture holds no control characters.
const LABEL_MAX: usize = 60;

const STYLE: &str = "svg{background:#fff;color:#222;font:11px sans-serif}\
.up{fill:#2a8f5a;stroke:#2a8f5a}.down{fill:#c0433a;stroke:#c0433a}.volume{fill:#9aa3ad}\
.span{fill:#3b6fd4;fill-opacity:.10}.name{fill:currentColor}\
.trigger{stroke:#3b6fd4}.stop{stroke:#c0433a}.target{stroke:#2a8f5a}.level{stroke-dasharray:4 3}\
.axis{stroke:#9aa3ad;stroke-opacity:.4}\
@media(prefers-color-scheme:dark){svg{background:#15181c;color:#ddd}}";

/// The whole series with the surest sighting of each pattern instance.
pub(super) fn picture(scanned: &Scanned, confidence: f64) -> String {
    let instances = instances(scanned, confidence);
    let levels = instances
        .iter()
        .flat_map(|pattern| [pattern.stop.value(), pattern.target.value()])
        .map(number);
    let sketch = Sketch::of(&scanned.bars, levels);
    let mut text = String::new();
    let head = writeln!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\">\
         <title>{}</title><style>{STYLE}</style>",
        sketch.width(),
        Sketch::height(),
        escaped(&scanned.name),
    );
    debug_assert!(head.is_ok(), "text can always be written to");
    for (pattern, row) in instances.iter().zip((0..NAME_ROWS).cycle()) {
        text.push_str(&span(scanned, pattern, row));
    }
    for (index, bar) in scanned.bars.iter().enumerate() {
        text.push_str(&bar_mark(&sketch, index, &bar.ohlcv));
    }
    for pattern in &instances {
        text.push_str(&level_marks(&sketch, pattern, scanned.bars.len()));
    }
    text.push_str(&axis(&sketch, scanned));
    text.push_str("</svg>\n");
    text
}

/// The surest sighting of each instance, earliest first.
pub(super) fn instances(scanned: &Scanned, confidence: f64) -> Vec<&Pattern> {
    let mut best: Vec<&Seen> = Vec::new();
    for seen in scanned.seen(true, confidence) {
        let same = |other: &&mut &Seen| {
            (other.pattern.kind, other.pattern.start) == (seen.pattern.kind, seen.pattern.start)
        };
        match best.iter_mut().find(same) {
            Some(other) if other.confidence >= seen.confidence => {}
            Some(other) => *other = seen,
            None => best.push(seen),
        }
    }
    best.into_iter().map(|seen| &seen.pattern).collect()
}

fn span(scanned: &Scanned, pattern: &Pattern, row: u8) -> String {
    let (top, bottom) = Sketch::pane();
    let (left, right) = (Sketch::x(pattern.start), Sketch::x(pattern.end));
    let time = scanned
        .times
        .get(pattern.known_at)
        .map_or("", String::as_str);
    format!(
        "<g class=\"pattern\" data-name=\"{}\"><title>{} {:.2}, seen at {}</title>\
         <rect class=\"span\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>\
         <text class=\"name\" x=\"{left:.1}\" y=\"{:.1}\">{} {:.2}</text></g>\n",
        pattern.kind,
        pattern.kind,
        pattern.confidence,
        escaped(time),
        (right - left).max(1.0),
        bottom - top,
        top + 12.0 + 12.0 * f64::from(row),
        pattern.kind,
        pattern.confidence,
    )
}

fn bar_mark(sketch: &Sketch, index: usize, bar: &catalyst_domain::indicator::Ohlcv) -> String {
    let class = if bar.close() >= bar.open() {
        "up"
    } else {
        "down"
    };
    let (x, half) = (Sketch::x(index), Sketch::body() / 2.0);
    let (top, bottom) = (
        sketch.y(bar.close().max(bar.open())),
        sketch.y(bar.close().min(bar.open())),
    );
    let (volume_top, volume_height) = sketch.volume(bar.volume());
    format!(
        "<path class=\"{class}\" d=\"M{x:.1} {:.1}V{:.1}\"/>\
         <rect class=\"{class}\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>\
         <rect class=\"volume\" x=\"{:.1}\" y=\"{volume_top:.1}\" width=\"{:.1}\" height=\"{volume_height:.1}\"/>\n",
        sketch.y(bar.high()),
        sketch.y(bar.low()),
        x - half,
        2.0 * half,
        (bottom - top).max(0.6),
        x - half,
        2.0 * half,
    )
}

fn level_marks(sketch: &Sketch, pattern: &Pattern, bars: usize) -> String {
    let from = Sketch::x(pattern.end);
    let last = bars.saturating_sub(1).max(pattern.end);
    let to = Sketch::x((pattern.known_at + LEVEL_BARS).min(last)).max(from + 4.0);
    let mut text = String::new();
    for (class, level) in [
        ("trigger", pattern.trigger),
        ("stop", pattern.stop),
        ("target", pattern.target),
    ] {
        let y = sketch.y(number(level.value()));
        let mark = writeln!(
            text,
            "<path class=\"level {class}\" d=\"M{from:.1} {y:.1}H{to:.1}\"/>\
             <text class=\"name\" x=\"{:.1}\" y=\"{:.1}\">{level}</text>",
            to + 2.0,
            y + 4.0,
        );
        debug_assert!(mark.is_ok(), "text can always be written to");
    }
    text
}

/// First and last time under the prices, highest and lowest price at the right.
fn axis(sketch: &Sketch, scanned: &Scanned) -> String {
    let (top, bottom) = Sketch::pane();
    let (Some(first), Some(last)) = (scanned.times.first(), scanned.times.last()) else {
        return String::new();
    };
    let right = sketch.width() - 16.0;
    format!(
        "<path class=\"axis\" d=\"M16 {bottom:.1}H{right:.1}M16 {top:.1}H{right:.1}\"/>\
         <text class=\"name\" x=\"16\" y=\"{y:.1}\">{}</text>\
         <text class=\"name\" x=\"{right:.1}\" y=\"{y:.1}\" text-anchor=\"end\">{}</text>\n",
        escaped(first),
        escaped(last),
        y = bottom + 14.0,
    )
}

fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

fn escaped(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_control())
        .take(LABEL_MAX)
        .collect();
    plain
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
