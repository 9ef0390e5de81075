//! The numbers and symbols of the answers about the market.

use catalyst_domain::grounding::Grounds;
use catalyst_domain::indicator::BandFigures;
use catalyst_domain::money::Money;
use catalyst_domain::price::Price;
use catalyst_ports::tool::{
    DayLine, PatternReport, QuoteReport, ScanReport, TechnicalsLine, TechnicalsReport,
};
use rust_decimal::Decimal;

const MILLION: u32 = 1_000_000;

fn see_all(seen: &mut Grounds, numbers: impl IntoIterator<Item = Decimal>) {
    for number in numbers {
        seen.see_number(number);
    }
}

pub(super) fn see_scan(seen: &mut Grounds, report: &ScanReport) {
    see_all(seen, [report.looked_at, report.passed].map(Decimal::from));
    for found in &report.candidates {
        seen.see_symbol(found.symbol);
        let turnover = found
            .turnover_millions
            .and_then(|millions| millions.checked_mul(MILLION.into()));
        see_all(
            seen,
            [
                found.last.value(),
                found.change_pct,
                found.spread_ticks.into(),
            ],
        );
        let figures = [
            found.gap_pct,
            found.relative_volume,
            found.turnover_millions,
            turnover,
            found.below_high_pct,
        ];
        see_all(seen, figures.into_iter().flatten());
    }
}

pub(super) fn see_quotes(seen: &mut Grounds, report: &QuoteReport) {
    for line in &report.quotes {
        seen.see_symbol(line.symbol);
        let prices = [line.last, line.bid, line.ask];
        see_all(seen, prices.map(Price::value));
        let counts = [line.volume.count().into(), line.age_seconds.into()];
        see_all(seen, counts);
        let lot = line.lot.map(|lot| lot.as_shares().count().into());
        let value = line.lot_value.map(Money::amount);
        see_all(seen, [lot, line.tick, value].into_iter().flatten());
    }
}

pub(super) fn see_technicals(seen: &mut Grounds, report: &TechnicalsReport) {
    for line in &report.technicals {
        see_line(seen, line);
        see_day(seen, &line.day);
    }
}

fn see_line(seen: &mut Grounds, line: &TechnicalsLine) {
    seen.see_symbol(line.symbol);
    seen.see_number(line.bars.into());
    let close = line.close.map(Price::value);
    let averages = [line.sma20, line.sma50, line.ema9, line.ema20];
    see_all(seen, averages.into_iter().flatten());
    see_all(seen, [close, line.rsi, line.atr].into_iter().flatten());
    if let Some(macd) = line.macd {
        see_all(seen, [macd.line, macd.signal, macd.histogram]);
    }
    for bands in [line.bb, line.vwap].into_iter().flatten() {
        let BandFigures {
            upper,
            middle,
            lower,
        } = bands;
        see_all(seen, [upper, middle, lower]);
    }
    if let Some(volume) = line.rvol {
        see_all(seen, [volume.x, volume.n.into()]);
    }
}

fn see_day(seen: &mut Grounds, day: &DayLine) {
    let opening = day.or15.map(|range| [range.low, range.high]);
    let prices = [day.hi, day.lo].into_iter().flatten();
    let prices = prices.chain(opening.into_iter().flatten());
    see_all(seen, prices.map(Price::value));
    see_all(seen, day.gap);
}

pub(super) fn see_patterns(seen: &mut Grounds, report: &PatternReport) {
    seen.see_symbol(report.symbol);
    seen.see_number(report.bars.into());
    for line in &report.patterns {
        seen.see_number(line.confidence);
        let prices = [line.trigger, line.stop, line.target];
        see_all(seen, prices.map(Price::value));
        see_all(seen, line.measures.iter().map(|(_, measure)| *measure));
    }
}
