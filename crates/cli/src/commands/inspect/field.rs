//! Field: a value that a flag and a key of a line give in the same spelling.

use std::borrow::Cow;
use std::str::FromStr;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::money::{Currency, plain_decimal};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::{LotSize, Shares};
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use thiserror::Error;

use super::bad_question::BadQuestion;

/// A value with one spelling for flags and lines.
pub(crate) trait Field: Sized {
    /// What may stand there, after "allowed is".
    const ALLOWED: &'static str;
    /// How a line of JSON may write it.
    const FORM: Form = Form::Text;

    /// The value that `text` spells, `None` for any other text.
    fn parse(text: &str) -> Option<Self>;
}

/// How JSON may write a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// In quotes.
    Text,
    /// In quotes or bare; a bare number is read by its digits as they stand, never through a float.
    TextOrNumber,
}

/// A value as a flag or a key gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked<T>(pub(crate) T);

/// A text that spells no value; the flag or key that gave it is named by whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("allowed is {allowed}")]
pub(crate) struct NotAllowed {
    allowed: &'static str,
}

impl NotAllowed {
    /// What a `T` may be.
    const fn of<T: Field>() -> Self {
        Self {
            allowed: T::ALLOWED,
        }
    }
}

impl<T: Field> FromStr for Asked<T> {
    type Err = NotAllowed;

    fn from_str(text: &str) -> Result<Self, NotAllowed> {
        T::parse(text).map(Self).ok_or(NotAllowed::of::<T>())
    }
}

impl<'de, T: Field> Deserialize<'de> for Asked<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = <&RawValue>::deserialize(deserializer)?.get();
        let text = match json.as_bytes().first() {
            Some(b'"') => text_of(json),
            Some(b'-' | b'0'..=b'9') if T::FORM == Form::TextOrNumber => Some(Cow::Borrowed(json)),
            Some(_) | None => None,
        };
        text.and_then(|text| T::parse(&text))
            .map(Self)
            .ok_or_else(|| D::Error::custom(T::ALLOWED))
    }
}

/// The value of a flag or key that the question makes no sense without.
pub(crate) fn needed<T: Field>(field: &str, asked: Option<Asked<T>>) -> Result<T, BadQuestion> {
    match asked {
        Some(Asked(value)) => Ok(value),
        None => Err(BadQuestion::missing(field, T::ALLOWED)),
    }
}

/// What stands between the quotes of a JSON string; `None` when it is no text, such as half of a
/// surrogate pair.
pub(super) fn text_of(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        return serde_json::from_str(json).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(inner))
}

macro_rules! parsed_fields {
    ($($value:ty, $form:ident, $allowed:literal;)+) => {$(
        impl Field for $value {
            const ALLOWED: &'static str = $allowed;
            const FORM: Form = Form::$form;

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )+};
}

parsed_fields! {
    Exchange, Text, "HKEX or NYSE";
    TradingDate, Text, "a date such as 2026-11-23";
    Symbol, Text, "a code such as 700, 00700 or 0700.HK, or letters such as AAPL or BRK.B";
    Side, Text, "buy, sell, long (which is buy) or short (which is sell)";
    InstrumentKind, Text, "equity, etf or reit";
    CommissionPlan, Text, "none, ibkr-fixed or ibkr-tiered";
    Currency, Text, "HKD, USD, AUD or CNH";
    Price, TextOrNumber, "plain digits such as 512.5, above 0, at most 10000000, with at most 8 decimal places";
}

impl Field for DateTime<FixedOffset> {
    const ALLOWED: &'static str = "RFC 3339 with an offset, such as 2026-11-23T10:00:00+08:00";

    fn parse(text: &str) -> Option<Self> {
        Self::parse_from_rfc3339(text).ok()
    }
}

impl Field for Decimal {
    const ALLOWED: &'static str =
        "plain digits such as 512.5: no exponent, no separator, at most 28 digits";
    const FORM: Form = Form::TextOrNumber;

    fn parse(text: &str) -> Option<Self> {
        plain_decimal(text)
    }
}

impl Field for Shares {
    const ALLOWED: &'static str = "a whole number of shares from 0 to 10000000000";
    const FORM: Form = Form::TextOrNumber;

    fn parse(text: &str) -> Option<Self> {
        Self::new(whole(text)?).ok()
    }
}

impl Field for LotSize {
    const ALLOWED: &'static str = "a whole number of shares from 1 to 4294967295";
    const FORM: Form = Form::TextOrNumber;

    fn parse(text: &str) -> Option<Self> {
        Self::new(u32::try_from(whole(text)?).ok()?).ok()
    }
}

impl Field for u32 {
    const ALLOWED: &'static str = "a whole number from 0 to 4294967295";
    const FORM: Form = Form::TextOrNumber;

    fn parse(text: &str) -> Option<Self> {
        whole(text)?.try_into().ok()
    }
}

/// Digits and nothing else: the standard library would also read a plus sign.
fn whole(text: &str) -> Option<u64> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use catalyst_domain::quantity::{LotSize, Shares};
    use catalyst_domain::side::Side;
    use catalyst_domain::symbol::Symbol;
    use rust_decimal::Decimal;

    use super::{Asked, Field};

    /// The value of a line's key, and of a flag where the JSON is a plain text in quotes.
    fn read<T: Field>(json: &str) -> Option<T> {
        let found = serde_json::from_str::<Asked<T>>(json).ok();
        found.map(|Asked(value)| value)
    }

    #[test]
    fn decimals_are_read_by_their_digits_in_quotes_or_bare() {
        for (json, expected) in [
            ("\"512.50\"", Some(Decimal::new(51_250, 2))),
            ("512.50", Some(Decimal::new(51_250, 2))),
            ("512.500000001", Some(Decimal::new(512_500_000_001, 9))),
            ("-3", Some(Decimal::from(-3))),
            ("\"5\\u0031\"", Some(Decimal::from(51))),
            ("1e3", None),
            ("\"1E3\"", None),
            ("1e309", None),
            ("\"1,000\"", None),
            ("\"+1\"", None),
            ("\" 1\"", None),
            ("\"\u{ff11}\u{ff12}\"", None),
            ("\"NaN\"", None),
            ("\"\"", None),
            ("\"0.00000000000000000000000000001\"", None),
            ("true", None),
            ("null", None),
            ("[1]", None),
            ("{}", None),
            ("\"\\ud800\"", None),
        ] {
            assert_eq!(read::<Decimal>(json), expected, "{json}");
        }
    }

    #[test]
    fn shares_are_whole_and_never_negative() {
        for (json, expected) in [
            ("100", Some(100)),
            ("\"100\"", Some(100)),
            ("0", Some(0)),
            ("10000000000", Some(10_000_000_000)),
            ("10000000001", None),
            ("9223372036854775808", None),
            ("100.0", None),
            ("100.5", None),
            ("1e2", None),
            ("-100", None),
            ("-0", None),
            ("\"+100\"", None),
            ("\"\"", None),
        ] {
            let found = read::<Shares>(json).map(Shares::count);

            assert_eq!(found, expected, "{json}");
        }
        assert_eq!(read::<LotSize>("0"), None);
        assert_eq!(read::<u32>("4294967296"), None);
    }

    #[test]
    fn words_stand_in_quotes_and_are_never_guessed() {
        assert_eq!(read("\"long\""), Some(Side::Buy));
        assert_eq!(read::<Side>("\"hold\""), None);
        assert_eq!(read::<Side>("1"), None);
        assert_eq!(read("\"0700.HK\""), "00700".parse::<Symbol>().ok());
        assert_eq!(read::<Symbol>("\"700\u{200b}\""), None);
        assert_eq!(read::<Symbol>("700"), None);
    }

    #[test]
    fn a_flag_is_read_as_a_key_is_and_says_what_is_allowed() {
        let flag = "1e3".parse::<Asked<Decimal>>();

        assert_eq!("7.5".parse(), Ok(Asked(Decimal::new(75, 1))));
        assert_eq!(
            flag.unwrap_err().to_string(),
            "allowed is plain digits such as 512.5: no exponent, no separator, at most 28 digits"
        );
    }
}
