//! Unit: what the words and signs behind a number make of it.

use rust_decimal::Decimal;

use super::claim::Measure;

/// What stands behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Nothing that changes it.
    None,
    /// It is a count of something that is told, such as `x` or `shares`.
    Counted,
    /// It is so many times larger.
    Scale(Decimal),
    /// It is a share of something.
    Measured(Measure),
    /// It is a span of time, an ordinal or part of a name, and no figure.
    NoFigure,
}

const SPANS: [&str; 31] = [
    "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr",
    "hrs", "hour", "hours", "d", "day", "days", "week", "weeks", "month", "months", "year",
    "years", "bar", "bars", "candle", "candles", "period", "periods", "session",
];
const CHINESE_SPANS: [&str; 17] = [
    "分", "秒", "小時", "小时", "天", "日", "周", "週", "個月", "个月", "月", "年", "根", "時",
    "时", "號", "号",
];
/// A name such as `5G` has at most as many letters behind its number.
const NAME_LETTERS_MAX: usize = 2;

/// The unit that `rest`, what stands behind a number, begins with. `is_short` is told of whole numbers
/// of few digits, which alone may be spans or names.
pub(super) fn unit_of(rest: &[char], spelling: Spelling) -> Unit {
    let gap = rest.iter().take_while(|c| matches!(c, ' ' | '-')).count();
    let behind = rest.get(gap.min(1)..).unwrap_or(&[]);
    if behind.first() == Some(&'%') {
        return Unit::Measured(Measure::PerCent);
    }
    let word: String = behind
        .iter()
        .take_while(|c| c.is_ascii_alphabetic())
        .collect();
    let lower = word.to_ascii_lowercase();
    let is_attached = gap == 0;
    match lower.as_str() {
        "" => chinese_unit(behind),
        "percent" | "pct" | "per" => Unit::Measured(Measure::PerCent),
        "bp" | "bps" => Unit::Measured(Measure::BasisPoints),
        "thousand" => scale(3),
        "million" | "mn" | "mil" => scale(6),
        "billion" | "bn" => scale(9),
        "trillion" => scale(12),
        "k" if is_attached => scale(3),
        "m" if is_attached && (word == "M" || spelling == Spelling::Long) => scale(6),
        "b" if is_attached => scale(9),
        "st" | "nd" | "rd" | "th" if is_attached => Unit::NoFigure,
        "x" => Unit::Counted,
        span if SPANS.contains(&span) && spelling == Spelling::Short => Unit::NoFigure,
        name if is_attached && name.len() <= NAME_LETTERS_MAX && spelling == Spelling::Short => {
            Unit::NoFigure
        }
        _ => Unit::None,
    }
}

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// A whole number of at most three digits.
    Short,
    /// Any other.
    Long,
}

fn scale(zeros: u32) -> Unit {
    Unit::Scale(power_of_ten(zeros))
}

/// Zeros of the greatest number that is told apart from greater ones; no figure has as many.
const ZEROS_MAX: u32 = 20;

/// Ten to `zeros`, at most the greatest number.
pub(super) fn power_of_ten(zeros: u32) -> Decimal {
    Decimal::from(10_u128.pow(zeros.min(ZEROS_MAX)))
}

/// `number` times `factor`, at most the greatest number.
pub(super) fn scaled(number: Decimal, factor: Decimal) -> Decimal {
    let greatest = power_of_ten(ZEROS_MAX);
    let product = number.checked_mul(factor);
    product.map_or(greatest, |product| product.min(greatest))
}

/// Zeros of a Chinese unit of numbers.
pub(super) const fn zeros_of(letter: char) -> Option<u32> {
    match letter {
        '十' | '拾' => Some(1),
        '百' | '佰' => Some(2),
        '千' | '仟' => Some(3),
        '万' | '萬' => Some(4),
        '亿' | '億' => Some(8),
        _ => None,
    }
}

fn chinese_unit(behind: &[char]) -> Unit {
    let zeros: Vec<u32> = behind.iter().map_while(|c| zeros_of(*c)).collect();
    if !zeros.is_empty() {
        return scale(zeros.iter().sum());
    }
    let begins = |word: &str| behind.starts_with(&word.chars().collect::<Vec<_>>());
    if begins("倍") || begins("×") {
        Unit::Counted
    } else if CHINESE_SPANS.iter().any(|span| begins(span)) {
        Unit::NoFigure
    } else {
        Unit::None
    }
}
