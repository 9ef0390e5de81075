//! Text forms of the values for whoever writes or reads JSON, behind the feature `serde`.
//!
//! Values are written as their one spelling and read through their own constructors, so nothing
//! enters that the constructor would refuse. What grants something, an approved order above all,
//! has no form here.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::de::{self, Deserializer, Visitor};
use serde::ser::{SerializeMap as _, Serializer};
use serde::{Deserialize, Serialize};

use crate::calendar::{Phase, TradingDate};
use crate::market::{Feed, Timeframe};
use crate::money::{Money, Rounding};
use crate::news::{HeadlineText, Language, NewsId, NewsKind, Sentiment};
use crate::order::{ClientOrderId, CycleId, TicketStatus};
use crate::pattern::{PatternKind, PatternState};
use crate::price::Price;
use crate::quantity::{LotSize, Shares};
use crate::risk::{Breach, TradingState};
use crate::side::Side;
use crate::symbol::Symbol;

macro_rules! written_as_text {
    ($($value:ty),+ $(,)?) => {$(
        impl Serialize for $value {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}

macro_rules! written_as_word {
    ($($value:ty),+ $(,)?) => {$(
        impl Serialize for $value {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    )+};
}

macro_rules! read_from_text {
    ($($value:ty => $expected:literal),+ $(,)?) => {$(
        impl<'de> Deserialize<'de> for $value {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(TextOrNumber { expected: $expected, to: PhantomData })
            }
        }
    )+};
}

written_as_text!(
    Symbol,
    Side,
    Price,
    TradingDate,
    Timeframe,
    ClientOrderId,
    CycleId,
    HeadlineText,
    NewsId
);
written_as_word!(
    Phase,
    Feed,
    TicketStatus,
    PatternKind,
    PatternState,
    TradingState,
    Sentiment,
    NewsKind,
    Language
);
read_from_text!(
    Symbol => "a symbol such as \"00700\"",
    Side => "\"buy\" or \"sell\"",
    Price => "a price such as \"512.5\" or 512.5",
    TradingDate => "a date such as \"2026-09-14\"",
    Timeframe => "\"5m\", \"15m\", \"1h\" or \"1d\"",
    ClientOrderId => "the name of an order",
    CycleId => "the name of a cycle",
    NewsId => "the id of a headline, as get_news gave it",
    Sentiment => "\"positive\", \"negative\", \"neutral\" or \"unknown\"",
);

/// Reads text through `FromStr`. A number is read as the shortest decimal that means it, so 512.5
/// and "512.5" are one.
struct TextOrNumber<T> {
    expected: &'static str,
    to: PhantomData<T>,
}

impl<T> TextOrNumber<T>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    fn read<E: de::Error>(text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

impl<T> Visitor<'_> for TextOrNumber<T>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        Self::read(text)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        Self::read(&number.to_string())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        Self::read(&number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        Self::read(&number.to_string())
    }
}

impl Serialize for Shares {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.count())
    }
}

impl<'de> Deserialize<'de> for Shares {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(u64::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Serialize for LotSize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.shares())
    }
}

/// Money is written as its amount to the cent; the currency stands once, beside the whole answer.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cents: Decimal = Rounding::HalfUp.settle(self.amount(), 2);
        serializer.collect_str(&format_args!("{cents:.2}"))
    }
}

impl Serialize for Breach {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("rule", self.rule.as_str())?;
        map.serialize_entry("limit", &self.limit.to_string())?;
        map.serialize_entry("found", &self.found.to_string())?;
        map.serialize_entry("text", &self.to_string())?;
        map.end()
    }
}
