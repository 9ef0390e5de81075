//! The frame of a picture: legal prices at the left, the first and the last time, lunch and night.

use std::fmt::Write as _;

use catalyst_domain::price::Price;
use catalyst_domain::tick::{LimitPrice, TickGrid};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::series::{Break, Scanned};
use super::sketch::Sketch;
use super::svg::escaped;

/// Prices of the axis, about.
const PRICES: f64 = 6.0;

/// Bars a stretch of trading has at least on the whole, for its end to be marked: where every bar or
/// so is a day, lines would tell nothing.
const STRETCH_BARS_MIN: usize = 3;

/// What lies behind the bars, and the times under them.
pub(super) fn frame(sketch: &Sketch, scanned: &Scanned<'_>) -> String {
    let mut text = breaks(sketch, scanned);
    for price in prices(sketch, scanned.grid) {
        let y = sketch.y(price.value().to_f64().unwrap_or(0.0));
        let (left, right) = (Sketch::left(), sketch.right());
        let written = writeln!(
            text,
            "<path class=\"axis\" d=\"M{left:.1} {y:.1}H{right:.1}\"/>\
             <text class=\"price\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{price}</text>",
            left - 6.0,
            y + 4.0,
        );
        debug_assert!(written.is_ok(), "text can always be written to");
    }
    text + &times(sketch, scanned)
}

/// Round prices within the picture, each moved to a legal one: none where the tick table ends.
fn prices(sketch: &Sketch, grid: TickGrid<'_>) -> Vec<LimitPrice> {
    let Some((low, high)) = sketch.range() else {
        return Vec::new();
    };
    let least = (high - low) / PRICES;
    let power = 10.0_f64.powf(least.log10().floor());
    let mut digits = [1.0, 2.0, 5.0].into_iter();
    let digit = digits.find(|digit| digit * power >= least);
    let numbers = [digit.unwrap_or(10.0) * power, low, high].map(Decimal::try_from);
    let [Ok(step), Ok(low), Ok(high)] = numbers else {
        return Vec::new();
    };
    if step.is_zero() {
        return Vec::new();
    }
    let first = (low / step).ceil();
    let mut legal: Vec<LimitPrice> = (0..=20_u8)
        .map(|number| (first + Decimal::from(number)) * step)
        .take_while(|price| *price <= high)
        .filter_map(|price| grid.snap_up(Price::new(price).ok()?))
        .filter(|price| price.value() <= high)
        .collect();
    legal.dedup();
    legal
}

/// A light line at every lunch and night.
fn breaks(sketch: &Sketch, scanned: &Scanned<'_>) -> String {
    let mut text = String::new();
    if scanned.breaks.len() * STRETCH_BARS_MIN > scanned.bars.len() {
        return text;
    }
    let (top, bottom) = (sketch.pane().0, sketch.floor());
    for (index, gap) in &scanned.breaks {
        let x = Sketch::x_before(*index);
        let word = match gap {
            Break::Lunch => "lunch",
            Break::Night => "night",
        };
        let written = writeln!(
            text,
            "<path class=\"break {word}\" d=\"M{x:.1} {top:.1}V{bottom:.1}\"><title>{word}</title></path>",
        );
        debug_assert!(written.is_ok(), "text can always be written to");
    }
    text
}

/// The first and the last time under the prices.
fn times(sketch: &Sketch, scanned: &Scanned<'_>) -> String {
    let (Some(first), Some(last)) = (scanned.times.first(), scanned.times.last()) else {
        return String::new();
    };
    let (left, right) = (Sketch::left(), sketch.right());
    format!(
        "<text class=\"name\" x=\"{left:.1}\" y=\"{y:.1}\">{}</text>\
         <text class=\"name\" x=\"{right:.1}\" y=\"{y:.1}\" text-anchor=\"end\">{}</text>\n",
        escaped(first),
        escaped(last),
        y = sketch.pane().1 + 14.0,
    )
}
