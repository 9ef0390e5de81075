//! Figures in words, the same on a terminal and on a page.

use catalyst_app::{TradeEnd, TradeStory, WouldHave};
use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::money::{Money, Rounding};
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

/// What stands where a figure is not known.
pub(super) const UNKNOWN: &str = "unknown";

/// Missing days that are named one by one; JSON names all.
const MISSING_MAX: usize = 8;

/// The exchange's clock and the spelling of figures.
pub(super) struct Words<'a> {
    pub(super) calendar: &'a TradingCalendar,
}

impl<'a> Words<'a> {
    pub(super) const fn new(calendar: &'a TradingCalendar) -> Self {
        Self { calendar }
    }

    /// The time of day at the exchange.
    pub(super) fn clock(&self, at: DateTime<Utc>) -> String {
        self.calendar.local(at).format("%H:%M").to_string()
    }

    /// Date and time at the exchange.
    pub(super) fn moment(&self, at: DateTime<Utc>) -> String {
        self.calendar.local(at).format("%Y-%m-%d %H:%M").to_string()
    }

    /// From when to when a trade was held.
    pub(super) fn held(&self, trade: &TradeStory) -> String {
        let begin = self.moment(trade.opened_at);
        let (TradeEnd::Closed { at, .. } | TradeEnd::Unknown { at: Some(at) }) = trade.end else {
            return format!("{begin}, still held");
        };
        let same_day = self.calendar.date_of(trade.opened_at) == self.calendar.date_of(at);
        let end = if same_day {
            self.clock(at)
        } else {
            self.moment(at)
        };
        format!("{begin} to {end}, {}", duration(trade.held_for()))
    }
}

/// `1 day` or the first and the last.
pub(super) fn span((from, to): (TradingDate, TradingDate)) -> String {
    if from == to {
        from.to_string()
    } else {
        format!("{from} to {to}")
    }
}

/// Digits in groups of three with two places, without the currency.
pub(super) fn grouped(amount: Decimal) -> String {
    let text = format!("{:.2}", Rounding::HalfUp.settle(amount.abs(), 2));
    let (whole, places) = text.split_once('.').unwrap_or((&text, "00"));
    let mut groups = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            groups.push(',');
        }
        groups.push(digit);
    }
    format!("{groups}.{places}")
}

/// An amount with its currency, and a minus where it is owed.
pub(super) fn amount(money: Money) -> String {
    let sign = if money.is_negative() { "-" } else { "" };
    format!("{sign}{} {}", grouped(money.amount()), money.currency())
}

/// A gain with a plus, a loss with a minus.
pub(super) fn signed(money: Money) -> String {
    let sign = match Rounding::HalfUp.settle(money.amount(), 2) {
        some if some > Decimal::ZERO => "+",
        some if some < Decimal::ZERO => "-",
        _nothing => "",
    };
    format!("{sign}{} {}", grouped(money.amount()), money.currency())
}

/// A gain or loss that may not be known.
pub(super) fn signed_or_unknown(money: Option<Money>) -> String {
    money.map_or_else(|| UNKNOWN.to_owned(), signed)
}

/// An amount that may not be known.
pub(super) fn amount_or_unknown(money: Option<Money>) -> String {
    money.map_or_else(|| UNKNOWN.to_owned(), amount)
}

/// A fraction in per cent with its sign.
pub(super) fn signed_percent(fraction: Decimal) -> String {
    let percent = Rounding::HalfUp.settle(fraction * Decimal::ONE_HUNDRED, 2);
    let sign = if percent > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{percent:.2} %")
}

/// A fraction in per cent.
pub(super) fn percent(fraction: Decimal) -> String {
    let percent = Rounding::HalfUp.settle(fraction * Decimal::ONE_HUNDRED, 2);
    format!("{percent:.2} %")
}

/// Basis points in per cent, cut and never rounded up: 100 % means all of it.
pub(super) fn points(points: i64) -> String {
    let percent = Decimal::new(points, 2);
    format!("{} %", Rounding::Down.settle(percent, 1))
}

/// A price without the zeros that say nothing.
pub(super) fn price(value: Decimal) -> String {
    Rounding::HalfUp.settle(value, 4).normalize().to_string()
}

/// Hours and minutes.
pub(super) fn duration(span: TimeDelta) -> String {
    let (hours, minutes) = (span.num_hours(), span.num_minutes() % 60);
    match (hours, minutes) {
        (0, 0) => format!("{} s", span.num_seconds()),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// One thing, or several.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// What a refused trade would have come to.
pub(super) fn would_have(would: WouldHave) -> String {
    match would {
        WouldHave::NoPrices => "prices not known".to_owned(),
        WouldHave::NoBars => "no bars".to_owned(),
        WouldHave::NotFilled => "never filled".to_owned(),
        WouldHave::Left {
            by,
            exit,
            gross,
            net,
        } => {
            let (made, fees) = match net {
                Some(net) => (net, ""),
                None => (gross, " before fees"),
            };
            format!("{}{fees}, left by {by} at {exit}", signed(made))
        }
    }
}

/// Trading days of which no run is kept: how many, and the first of them.
pub(super) fn missing(dates: &[TradingDate]) -> String {
    let first: Vec<String> = dates
        .iter()
        .take(MISSING_MAX)
        .map(ToString::to_string)
        .collect();
    let rest = dates.len().saturating_sub(MISSING_MAX);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    let days = count(dates.len(), "trading day", "trading days");
    format!("no run is kept of {days}: {}{more}", first.join(", "))
}

/// Names of days and symbols, in a row.
pub(super) fn foreign(bars: &[(TradingDate, Symbol)]) -> String {
    let names: Vec<String> = bars
        .iter()
        .map(|(date, symbol)| format!("{symbol} on {date}"))
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use catalyst_domain::money::{Currency, Money};
    use chrono::TimeDelta;

    use super::{amount, duration, points, signed};

    fn hkd(text: &str) -> Money {
        Money::parse(text, Currency::Hkd).unwrap()
    }

    #[test]
    fn amounts_are_grouped_and_signed() {
        assert_eq!(amount(hkd("1234567.895")), "1,234,567.90 HKD");
        assert_eq!(amount(hkd("-999")), "-999.00 HKD");
        assert_eq!(signed(hkd("1000")), "+1,000.00 HKD");
        assert_eq!(signed(hkd("-0.001")), "0.00 HKD");
    }

    #[test]
    fn almost_all_is_not_all() {
        assert_eq!(points(9_999), "99.9 %");
        assert_eq!(points(10_000), "100.0 %");
    }

    #[test]
    fn a_span_is_told_in_its_largest_units() {
        assert_eq!(duration(TimeDelta::seconds(59)), "59 s");
        assert_eq!(duration(TimeDelta::minutes(134)), "2 h 14 min");
    }
}
