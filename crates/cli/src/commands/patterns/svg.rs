//! A picture for the eye: bars, volume, and each pattern with its span and its three levels. One
//! self-contained file, light or dark as the reader's screen is.

use std::fmt::Write as _;

use catalyst_domain::pattern::Pattern;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::frame::frame;
use super::labels::{Labels, width};
use super::series::{Scanned, Seen};
use super::sketch::Sketch;

/// Bars that a pattern's levels are drawn beyond the bar that showed it.
const LEVEL_BARS: usize = 18;

/// Letters of a name or a time that are shown; a picture holds no control characters.
const LABEL_MAX: usize = 60;

const STYLE: &str = "svg{background:#fff;color:#222;font:11px sans-serif}\
.up{fill:#2a8f5a;stroke:#2a8f5a}.down{fill:#c0433a;stroke:#c0433a}.volume{fill:#9aa3ad}\
.span{fill:#3b6fd4;fill-opacity:.10}.name,.price{fill:currentColor}.price{fill-opacity:.7}\
.level{stroke-dasharray:4 3}\
.level.trigger{stroke:#3b6fd4}.level.stop{stroke:#c0433a}.level.target{stroke:#2a8f5a}\
.tag.trigger{fill:#3b6fd4}.tag.stop{fill:#c0433a}.tag.target{fill:#2a8f5a}\
.tag{stroke:#fff;stroke-width:3;paint-order:stroke}\
.axis{stroke:#9aa3ad;stroke-opacity:.35}.break{stroke:#9aa3ad;stroke-opacity:.6}\
.lunch{stroke-dasharray:2 4}\
@media(prefers-color-scheme:dark){svg{background:#15181c;color:#ddd}.tag{stroke:#15181c}}";

/// The whole series with the surest sighting of each pattern instance.
pub(super) fn picture(scanned: &Scanned<'_>, confidence: f64) -> String {
    let instances = instances(scanned, confidence);
    let levels = instances
        .iter()
        .flat_map(|pattern| [pattern.stop.value(), pattern.target.value()])
        .map(number);
    let sketch = Sketch::of(&scanned.bars, levels);
    let names = names(&sketch, &instances);
    let rows = names.iter().map(|name| name.row + 1).max();
    let sketch = sketch.with_name_rows(rows.unwrap_or(0));
    let mut text = String::new();
    let head = writeln!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\">\
         <title>{}</title><style>{STYLE}</style>",
        sketch.width(),
        sketch.height(),
        escaped(&scanned.name),
    );
    debug_assert!(head.is_ok(), "text can always be written to");
    text.push_str(&frame(&sketch, scanned));
    for (pattern, name) in instances.iter().zip(&names) {
        text.push_str(&span(&sketch, scanned, pattern, name));
    }
    for (index, bar) in scanned.bars.iter().enumerate() {
        text.push_str(&bar_mark(&sketch, index, &bar.ohlcv));
    }
    let mut labels = Labels::default();
    for pattern in &instances {
        let bars = scanned.bars.len();
        text.push_str(&level_marks(&sketch, pattern, (bars, &mut labels)));
    }
    text.push_str("</svg>\n");
    text
}

/// The name of an instance with its place above the prices.
struct Name {
    text: String,
    left: f64,
    row: usize,
}

fn names(sketch: &Sketch, instances: &[&Pattern]) -> Vec<Name> {
    let mut labels = Labels::default();
    let named = instances.iter().map(|pattern| {
        let text = format!("{} {:.2}", pattern.kind, pattern.confidence);
        let left = Sketch::x(pattern.start).min(sketch.width() - width(&text));
        let row = labels.row(left, &text);
        Name { text, left, row }
    });
    named.collect()
}

/// The surest sighting of each instance, earliest first.
pub(super) fn instances<'a>(scanned: &'a Scanned<'_>, confidence: f64) -> Vec<&'a Pattern> {
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

fn span(sketch: &Sketch, scanned: &Scanned<'_>, pattern: &Pattern, name: &Name) -> String {
    let (top, bottom) = sketch.pane();
    let (left, right) = (Sketch::x(pattern.start), Sketch::x(pattern.end));
    let time = scanned
        .times
        .get(pattern.known_at)
        .map_or("", String::as_str);
    format!(
        "<g class=\"pattern\" data-name=\"{}\"><title>{}, seen at {}</title>\
         <rect class=\"span\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>\
         <text class=\"name\" x=\"{:.1}\" y=\"{:.1}\">{}</text></g>\n",
        pattern.kind,
        name.text,
        escaped(time),
        (right - left).max(1.0),
        bottom - top,
        name.left,
        sketch.name_line(name.row),
        name.text,
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

/// The three levels; a price that finds no room beside the others is told by its line alone.
fn level_marks(sketch: &Sketch, pattern: &Pattern, (bars, labels): (usize, &mut Labels)) -> String {
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
        let price = level.to_string();
        let left = (to + 3.0).min(sketch.width() - width(&price));
        let tag = labels
            .near(left, y + 4.0, &price)
            .map_or_else(String::new, |y| {
                format!("<text class=\"tag {class}\" x=\"{left:.1}\" y=\"{y:.1}\">{price}</text>")
            });
        let mark = writeln!(
            text,
            "<path class=\"level {class}\" d=\"M{from:.1} {y:.1}H{to:.1}\"><title>{class} {price}</title>\
             </path>{tag}",
        );
        debug_assert!(mark.is_ok(), "text can always be written to");
    }
    text
}

fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

pub(super) fn escaped(text: &str) -> String {
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
