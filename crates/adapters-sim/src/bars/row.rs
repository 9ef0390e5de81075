//! One row of a bar file, and the header that says where its cells are.

use catalyst_domain::market::{Bar, Ohlc};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::refusal::Defect;

const COLUMNS: [&str; 7] = [
    "symbol",
    "timestamp",
    "open",
    "high",
    "low",
    "close",
    "volume",
];
const PRICE_WORDS: &str = "a plain decimal number above 0 such as 512.5";
const TIME_WORDS: &str = "a time such as 2020-11-02T09:30:00+08:00";
const VOLUME_WORDS: &str = "a whole number of shares from 0";

/// More columns than this are no bar file; it bounds the cells kept of a row.
const FIELDS_MAX: usize = 32;

/// Where each known column stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    places: [usize; COLUMNS.len()],
    fields: usize,
}

/// A row as read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) symbol: Symbol,
    pub(super) bar: Bar,
}

impl Header {
    pub(super) fn parse(line: &str) -> Result<Self, Defect> {
        let line = line.trim_start_matches('\u{feff}').trim_end();
        let names: Vec<&str> = line.split(',').map(str::trim).collect();
        let mut places = [0; COLUMNS.len()];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            let found = names.iter().position(|name| *name == column);
            *place = found
                .filter(|place| *place < FIELDS_MAX)
                .ok_or(Defect::MissingColumn { column })?;
        }
        Ok(Self {
            places,
            fields: names.len(),
        })
    }

    pub(super) fn read(
        &self,
        line: &str,
        last_symbol: Option<(&str, Symbol)>,
    ) -> Result<Row, Defect> {
        let mut cells = [""; FIELDS_MAX];
        let mut found = 0;
        for cell in line.trim_end().split(',') {
            if let Some(kept) = cells.get_mut(found) {
                *kept = cell;
            }
            found += 1;
        }
        if found != self.fields {
            return Err(Defect::FieldCount {
                found,
                expected: self.fields,
            });
        }
        let [symbol, time, open, high, low, close, volume] = self
            .places
            .map(|place| cells.get(place).copied().unwrap_or(""));
        let symbol = match last_symbol {
            Some((text, known)) if text == symbol => known,
            Some(_) | None => symbol
                .parse()
                .map_err(|_unknown| cell("symbol", symbol, "a symbol such as 00700"))?,
        };
        let prices = Ohlc {
            open: price("open", open)?,
            high: price("high", high)?,
            low: price("low", low)?,
            close: price("close", close)?,
        };
        let start = moment(time).ok_or_else(|| cell("timestamp", time, TIME_WORDS))?;
        let shares = whole(volume).ok_or_else(|| cell("volume", volume, VOLUME_WORDS))?;
        Ok(Row {
            symbol,
            bar: Bar::new(start, prices, shares)?,
        })
    }
}

fn cell(column: &'static str, found: &str, allowed: &'static str) -> Defect {
    Defect::Cell {
        column,
        found: found.chars().take(40).collect(),
        allowed,
    }
}

fn price(column: &'static str, text: &str) -> Result<Price, Defect> {
    let refused = || cell(column, text, PRICE_WORDS);
    let value = decimal(text).ok_or_else(refused)?;
    Price::new(value).map_err(|_out_of_range| refused())
}

/// Plain digits with at most one point; what `NaN`, exponents and signs are not.
fn decimal(text: &str) -> Option<Decimal> {
    const DIGITS_MAX: usize = 18;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_bare_point = text.contains('.') && fraction.is_empty();
    let is_too_long = whole.len() + fraction.len() > DIGITS_MAX;
    if whole.is_empty() || is_bare_point || is_too_long {
        return None;
    }
    let mut digits = 0_i64;
    for byte in whole.bytes().chain(fraction.bytes()) {
        if !byte.is_ascii_digit() {
            return None;
        }
        digits = digits * 10 + i64::from(byte - b'0');
    }
    let places = u32::try_from(fraction.len());
    places.ok().map(|places| Decimal::new(digits, places))
}

fn whole(text: &str) -> Option<Shares> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let count = text.parse::<u64>();
    match count {
        Ok(count) if is_digits => Shares::new(count).ok(),
        Ok(_) | Err(_) => None,
    }
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    let parsed = DateTime::parse_from_rfc3339(text);
    parsed.ok().map(|moment| moment.to_utc())
}
