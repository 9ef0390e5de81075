//! The numbers of the charts as JSON inside the page. Times are the exchange's wall clock, written as if
//! it were UTC, because the charts show no other.

use std::io;

use catalyst_app::{Curve, CurvePoint, PeriodReport, TradeEnd, TradeStory};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::market::Bar;
use catalyst_domain::price::Price;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use super::super::words::Words;

/// Points of the equity curve that are drawn in full; of longer ones each day keeps four.
const POINTS_MAX: usize = 600;

/// Trades with a chart, the largest gains and losses first: what keeps the page of a year small.
pub(super) const CHARTS_MAX: usize = 300;

#[derive(Debug, Serialize)]
struct Data {
    /// Whether the time of day matters on the equity chart.
    clock: bool,
    /// Time, equity, drawdown in per cent.
    equity: Vec<(i64, f64, f64)>,
    trades: Vec<Chart>,
}

#[derive(Debug, Serialize)]
struct Chart {
    /// Digits after the point of a price.
    places: u32,
    /// Time, open, high, low, close.
    bars: Vec<(i64, f64, f64, f64, f64)>,
    levels: Vec<(&'static str, f64)>,
    marks: Vec<(i64, &'static str)>,
}

/// The text; without `<`, which could end the element that holds it.
pub(super) fn json(report: &PeriodReport, words: &Words<'_>) -> io::Result<String> {
    let data = Data {
        clock: report.days.0 == report.days.1,
        equity: equity(&report.curve, words),
        trades: charted(report)
            .into_iter()
            .map(|trade| chart(trade, words))
            .collect(),
    };
    let text = serde_json::to_string(&data)?;
    Ok(text.replace('<', "\\u003c"))
}

/// The trades that have a chart, in the order of the report.
pub(super) fn charted(report: &PeriodReport) -> Vec<&TradeStory> {
    let with_bars = report.trades.iter().filter(|trade| !trade.bars.is_empty());
    let mut chosen: Vec<(usize, &TradeStory)> = with_bars.enumerate().collect();
    chosen.sort_by_key(|(_, trade)| std::cmp::Reverse(weight(trade)));
    chosen.truncate(CHARTS_MAX);
    chosen.sort_by_key(|(place, _)| *place);
    chosen.into_iter().map(|(_, trade)| trade).collect()
}

/// What nobody knows weighs most.
fn weight(trade: &TradeStory) -> Decimal {
    match trade.end {
        TradeEnd::Closed { net, .. } => net.amount().abs(),
        TradeEnd::Open | TradeEnd::Unknown { .. } => Decimal::MAX,
    }
}

fn equity(curve: &Curve, words: &Words<'_>) -> Vec<(i64, f64, f64)> {
    let mut points: Vec<(i64, f64, f64)> = Vec::new();
    for point in thinned(curve, words) {
        let shown = (
            wall_clock(point.at, words),
            number(point.equity.amount().round_dp(2)),
            number((point.drawdown * Decimal::ONE_HUNDRED).round_dp(4)),
        );
        match points.last_mut() {
            // A chart has one value for each time; the later reading is the truer one.
            Some(last) if last.0 >= shown.0 => *last = (last.0, shown.1, shown.2),
            Some(_) | None => points.push(shown),
        }
    }
    points
}

/// All points of a short curve; of a long one each day's first, best, worst and last.
fn thinned(curve: &Curve, words: &Words<'_>) -> Vec<CurvePoint> {
    if curve.points.len() <= POINTS_MAX {
        return curve.points.clone();
    }
    let day = |point: &CurvePoint| -> TradingDate { words.calendar.date_of(point.at) };
    let mut kept = Vec::new();
    for of_day in curve.points.chunk_by(|one, next| day(one) == day(next)) {
        let value = |point: &&CurvePoint| point.equity.amount();
        let mut four: Vec<CurvePoint> = [
            of_day.first(),
            of_day.iter().max_by_key(value),
            of_day.iter().min_by_key(value),
            of_day.last(),
        ]
        .into_iter()
        .flatten()
        .copied()
        .collect();
        four.sort_by_key(|point| point.at);
        four.dedup();
        kept.extend(four);
    }
    kept
}

fn chart(trade: &TradeStory, words: &Words<'_>) -> Chart {
    let level = |name, price: Option<Price>| price.map(|price| (name, number(price.value())));
    let (exit, left_at) = match trade.end {
        TradeEnd::Closed { exit, at, .. } => (Some(("exit", number(exit))), Some(at)),
        TradeEnd::Open | TradeEnd::Unknown { .. } => (None, None),
    };
    let entry = Some(("entry", number(trade.entry)));
    let levels = [
        entry,
        level("stop", trade.stop),
        level("target", trade.target),
        exit,
    ];
    let marks = [(Some(trade.opened_at), "in"), (left_at, "out")];
    let marks = marks.into_iter().filter_map(|(at, name)| {
        let bar = bar_at(&trade.bars, at?)?;
        Some((wall_clock(bar.start(), words), name))
    });
    Chart {
        places: places(&trade.bars),
        bars: trade.bars.iter().map(|bar| row(bar, words)).collect(),
        levels: levels.into_iter().flatten().collect(),
        marks: marks.collect(),
    }
}

fn row(bar: &Bar, words: &Words<'_>) -> (i64, f64, f64, f64, f64) {
    let price = |price: Price| number(price.value());
    (
        wall_clock(bar.start(), words),
        price(bar.open()),
        price(bar.high()),
        price(bar.low()),
        price(bar.close()),
    )
}

/// The bar in which `at` lies; the chart is of one day, so a later moment has none.
fn bar_at(bars: &[Bar], at: DateTime<Utc>) -> Option<&Bar> {
    let last = bars.last()?;
    if at - last.start() > chrono::TimeDelta::hours(1) {
        return None;
    }
    let after = bars.partition_point(|bar| bar.start() <= at);
    bars.get(after.saturating_sub(1))
}

fn places(bars: &[Bar]) -> u32 {
    let scales = bars
        .iter()
        .map(|bar| bar.close().value().normalize().scale());
    scales.max().unwrap_or(2).clamp(2, 4)
}

fn wall_clock(at: DateTime<Utc>, words: &Words<'_>) -> i64 {
    words.calendar.local(at).and_utc().timestamp()
}

fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}
