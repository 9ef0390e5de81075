//! Reader: finds the numbers and symbols that a text gives.

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization as _;

use super::chinese::numeral;
use super::claim::{Figure, Measure, Said};
use super::unit::{Spelling, Unit, power_of_ten, scaled, unit_of};
use crate::symbol::Symbol;

/// Letters that are read; nothing that is written for a record is longer.
const READ_MAX: usize = 8_000;
/// Whole numbers up to this are counting words.
const SMALL_MAX: u32 = 10;
/// From here on trailing zeros are taken for rounding.
const ROUNDED_MIN: u32 = 10_000;
/// Digits that count of a rounded number at least.
const ROUNDED_DIGITS_MIN: usize = 2;
/// Digits of a number that may be a span, a name or the like.
const SHORT_DIGITS_MAX: usize = 3;
/// More digits than any figure has.
const DIGITS_MAX: usize = 18;

const CURRENCIES: [&str; 6] = ["HKD", "USD", "CNY", "RMB", "HK", "US"];
const EXCHANGES: [&str; 3] = ["HK", "SEHK", "HKEX"];
/// Names that have numbers behind them, as in `RSI(14)`.
const INDICATORS: [&str; 11] = [
    "RSI", "EMA", "SMA", "MA", "MACD", "ATR", "BB", "BOLL", "KDJ", "VWAP", "VOL",
];

/// Every claim of `text`, in its order.
pub(super) fn read(text: &str) -> Vec<Said> {
    let letters: Vec<char> = text.nfkc().take(READ_MAX).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let (before, rest) = letters.split_at(at);
        let (said, length) = if letter.is_ascii_digit() {
            digits(before, rest)
        } else if *letter == '$' {
            (letters_behind_dollar(rest), 1)
        } else {
            chinese(before, rest).unwrap_or((None, 1))
        };
        found.extend(said);
        at += length.max(1);
    }
    found
}

/// What was found, and how many letters it took.
type Found = (Option<Said>, usize);

/// Reads what begins with a digit.
fn digits(before: &[char], rest: &[char]) -> Found {
    if let Some(length) = date_or_clock(rest) {
        return (None, length);
    }
    let number = Number::read(rest);
    let behind = rest.get(number.length..).unwrap_or(&[]);
    if number.is_bare() {
        if let Some((symbol, length)) = symbol(before, &number, behind) {
            return (Some(Said::Symbol(symbol)), number.length + length);
        }
        if is_part_of_name(before, &number) {
            return (None, number.length);
        }
    }
    (figure(before, &number, behind), number.length)
}

/// A number as its digits stand.
struct Number {
    /// Without separators; with a point where there is one.
    text: String,
    /// Letters it takes.
    length: usize,
    has_separators: bool,
}

impl Number {
    fn read(rest: &[char]) -> Self {
        let run = |from: usize| {
            let tail = rest.get(from..).unwrap_or(&[]);
            tail.iter().take_while(|c| c.is_ascii_digit()).count()
        };
        let mut length = run(0);
        let mut has_separators = false;
        let leads = length <= 3;
        while leads && rest.get(length) == Some(&',') && run(length + 1) == 3 {
            length += 4;
            has_separators = true;
        }
        let fraction = run(length + 1);
        if rest.get(length) == Some(&'.') && fraction > 0 {
            length += 1 + fraction;
        }
        let letters = rest.get(..length).unwrap_or(&[]);
        Self {
            text: letters.iter().filter(|c| **c != ',').collect(),
            length,
            has_separators,
        }
    }

    fn is_whole(&self) -> bool {
        !self.text.contains('.')
    }

    /// Digits and nothing else.
    fn is_bare(&self) -> bool {
        self.is_whole() && !self.has_separators
    }

    fn spelling(&self) -> Spelling {
        if self.is_bare() && self.text.len() <= SHORT_DIGITS_MAX {
            Spelling::Short
        } else {
            Spelling::Long
        }
    }

    fn value(&self) -> Decimal {
        let few = Some(&self.text).filter(|text| text.len() <= DIGITS_MAX);
        few.and_then(|text| text.parse().ok())
            .unwrap_or(power_of_ten(u32::MAX))
    }

    /// What one step of the last digit that counts is worth.
    fn step(&self) -> Decimal {
        let value = self.value();
        if !self.is_whole() {
            return Decimal::new(1, value.scale());
        }
        if value < Decimal::from(ROUNDED_MIN) {
            return Decimal::ONE;
        }
        let digits = self.text.trim_start_matches('0');
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        let rounded = zeros.min(digits.len().saturating_sub(ROUNDED_DIGITS_MIN));
        power_of_ten(u32::try_from(rounded).unwrap_or(u32::MAX))
    }
}

/// A number that is a figure, in its measure; `None` for what is none.
fn figure(before: &[char], number: &Number, behind: &[char]) -> Option<Said> {
    let (value, step) = (number.value(), number.step());
    let unit = unit_of(behind, number.spelling());
    let is_money = follows_currency(before);
    let counts_words = number.is_bare() && value <= Decimal::from(SMALL_MAX) && !is_money;
    let plain = |value, step| Figure {
        value,
        step,
        measure: Measure::Plain,
    };
    match unit {
        Unit::NoFigure => None,
        Unit::None | Unit::Counted if counts_words => None,
        Unit::None if number.is_bare() && !is_money => Some(bare(number, plain(value, step))),
        Unit::None | Unit::Counted => Some(Said::Number(plain(value, step))),
        Unit::Scale(scale) => Some(Said::Number(plain(
            scaled(value, scale),
            scaled(step, scale),
        ))),
        Unit::Measured(measure) => Some(Said::Number(Figure {
            value,
            step,
            measure,
        })),
    }
}

/// Digits that may be a code as well.
fn bare(number: &Number, figure: Figure) -> Said {
    match number.text.parse::<Symbol>() {
        Ok(symbol) => Said::Either(figure, symbol),
        Err(_) => Said::Number(figure),
    }
}

/// The symbol that `number` is by its spelling, and the letters behind that belong to it.
fn symbol(before: &[char], number: &Number, behind: &[char]) -> Option<(Symbol, usize)> {
    let suffix: String = behind.iter().take(3).collect();
    let ends = behind.get(3).is_none_or(|c| !c.is_ascii_alphanumeric());
    let has_suffix = ends && suffix.eq_ignore_ascii_case(".hk");
    let has_prefix = matches!(before.last(), Some('.' | ':'))
        && EXCHANGES.contains(&word_before(before.split_last()?.1).as_str());
    let has_zero = number.text.starts_with('0') && number.text.len() >= 4;
    if !(has_suffix || has_prefix || has_zero) {
        return None;
    }
    let length = if has_suffix { 3 } else { 0 };
    Some((number.text.parse().ok()?, length))
}

/// Letters behind a dollar sign that name an instrument.
fn letters_behind_dollar(rest: &[char]) -> Option<Said> {
    let named = rest.iter().skip(1);
    let word: String = named.take_while(|c| c.is_ascii_uppercase()).collect();
    let begins = rest.get(1)?.is_ascii_uppercase();
    begins
        .then(|| word.parse().ok())
        .flatten()
        .map(Said::Symbol)
}

/// The ASCII letters that `before` ends with, in upper case.
fn word_before(before: &[char]) -> String {
    let is_letter = |c: &&char| c.is_ascii_alphabetic();
    let length = before.iter().rev().take_while(is_letter).count();
    let word = before.get(before.len() - length..).unwrap_or(&[]);
    word.iter().map(char::to_ascii_uppercase).collect()
}

fn follows_currency(before: &[char]) -> bool {
    let trimmed: &[char] = match before.split_last() {
        Some((' ', rest)) => rest,
        _ => before,
    };
    matches!(trimmed.last(), Some('$' | '¥' | '£' | '€'))
        || CURRENCIES.contains(&word_before(trimmed).as_str())
}

/// `EMA20`, `Q3`, `RSI(14)`, `MACD(12,26,9)`, 第3.
fn is_part_of_name(before: &[char], number: &Number) -> bool {
    if number.text.len() > SHORT_DIGITS_MAX {
        return false;
    }
    if before.last() == Some(&'第') {
        return true;
    }
    let word = word_before(before);
    if !word.is_empty() {
        let short = word.len() <= SHORT_DIGITS_MAX || INDICATORS.contains(&word.as_str());
        return short && !CURRENCIES.contains(&word.as_str());
    }
    let inner = before.iter().rev();
    let listed = inner.take_while(|c| c.is_ascii_digit() || matches!(c, ',' | ' '));
    let before_list = before.get(..before.len() - listed.count()).unwrap_or(&[]);
    match before_list.split_last() {
        Some(('(', name)) => INDICATORS.contains(&word_before(name).as_str()),
        _ => false,
    }
}

/// The length of a date such as 2026-09-14 or a time such as 10:30.
fn date_or_clock(rest: &[char]) -> Option<usize> {
    let fits = |pattern: &str| {
        let is_so = |(at, wanted): (usize, char)| {
            rest.get(at).is_some_and(|c| match wanted {
                'd' => c.is_ascii_digit(),
                '-' => matches!(c, '-' | '/'),
                other => *c == other,
            })
        };
        let ends = rest.get(pattern.len()).is_none_or(|c| !c.is_ascii_digit());
        (ends && pattern.char_indices().all(is_so)).then_some(pattern.len())
    };
    ["dddd-dd-dd", "dd:dd:dd", "dd:dd", "d:dd"]
        .into_iter()
        .find_map(fits)
}

/// Reads a Chinese numeral.
fn chinese(before: &[char], rest: &[char]) -> Option<Found> {
    let read = numeral(rest)?;
    let behind = rest.get(read.length..).unwrap_or(&[]);
    let small = read.value <= Decimal::from(SMALL_MAX) && read.value.scale() == 0;
    let unit = unit_of(behind, Spelling::Short);
    let measure = match unit {
        Unit::Measured(measure) => measure,
        Unit::None | Unit::Counted | Unit::Scale(_) | Unit::NoFigure
            if before.ends_with(&['百', '分', '之']) =>
        {
            Measure::PerCent
        }
        Unit::NoFigure => return Some((None, read.length)),
        Unit::None | Unit::Counted | Unit::Scale(_) => Measure::Plain,
    };
    if before.last() == Some(&'第') || (small && measure == Measure::Plain) {
        return Some((None, read.length));
    }
    let figure = Figure {
        value: scaled(read.value, Decimal::ONE),
        step: scaled(read.step, Decimal::ONE),
        measure,
    };
    Some((Some(Said::Number(figure)), read.length))
}
