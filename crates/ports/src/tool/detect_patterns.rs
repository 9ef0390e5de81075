//! `detect_patterns`: chart patterns of one symbol that stand or were just triggered, under short
//! keys (`docs/patterns.md`).

use catalyst_domain::market::Timeframe;
use catalyst_domain::pattern::{PatternKind, PatternState};
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use chrono::NaiveDateTime;
use rust_decimal::Decimal;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct DetectPatternsInput {
    /// Which symbol.
    pub symbol: Symbol,
    /// The span of a bar; fifteen minutes when left out.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub timeframe: Option<Timeframe>,
}

/// One pattern, its levels on the tick grid of the day. Times are those of the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct PatternLine {
    /// `p`: which pattern.
    #[cfg_attr(feature = "wire", serde(rename = "p"))]
    pub name: PatternKind,
    /// `c`: confidence from 0.6, which separates true patterns from near misses, to 1.
    #[cfg_attr(feature = "wire", serde(rename = "c"))]
    pub confidence: Decimal,
    /// `st`: armed while the trigger waits, triggered once a trade was at it.
    #[cfg_attr(feature = "wire", serde(rename = "st"))]
    pub state: PatternState,
    /// `from`: start of its first bar.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "from", serialize_with = "wire::minute")
    )]
    pub start: NaiveDateTime,
    /// `to`: start of its last bar.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "to", serialize_with = "wire::minute")
    )]
    pub end: NaiveDateTime,
    /// `hit`: the minute of the first trade at the trigger; left out while it waits.
    #[cfg_attr(
        feature = "wire",
        serde(
            rename = "hit",
            skip_serializing_if = "Option::is_none",
            serialize_with = "wire::some_minute"
        )
    )]
    pub triggered_at: Option<NaiveDateTime>,
    /// `tr`: buy at or above.
    #[cfg_attr(feature = "wire", serde(rename = "tr"))]
    pub trigger: Price,
    /// `sl`: wrong at or below.
    #[cfg_attr(feature = "wire", serde(rename = "sl"))]
    pub stop: Price,
    /// `tp`: right at or above.
    #[cfg_attr(feature = "wire", serde(rename = "tp"))]
    pub target: Price,
    /// `why`: the weakest measures behind the confidence, each with its figure.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "why", serialize_with = "wire::measures")
    )]
    pub measures: Vec<(&'static str, Decimal)>,
}

/// The patterns there are.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct PatternReport {
    /// `s`: which symbol.
    #[cfg_attr(feature = "wire", serde(rename = "s"))]
    pub symbol: Symbol,
    /// `tf`: the span of a bar.
    #[cfg_attr(feature = "wire", serde(rename = "tf"))]
    pub timeframe: Timeframe,
    /// `bars`: closed bars that were looked at.
    pub bars: u32,
    /// `found`: patterns of today with a confidence of 0.6 or more, the surest first.
    #[cfg_attr(feature = "wire", serde(rename = "found"))]
    pub patterns: Vec<PatternLine>,
    /// `none`: in words, why there is no pattern; left out when there is one.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "none", skip_serializing_if = "Option::is_none")
    )]
    pub reason: Option<String>,
}

/// Times as a trader writes them, and figures by their names.
#[cfg(feature = "wire")]
mod wire {
    use chrono::NaiveDateTime;
    use rust_decimal::Decimal;
    use serde::ser::Serializer;

    pub(super) fn minute<S: Serializer>(at: &NaiveDateTime, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&at.format("%m-%d %H:%M"))
    }

    #[expect(clippy::ref_option, reason = "serde passes fields by reference")]
    pub(super) fn some_minute<S: Serializer>(
        at: &Option<NaiveDateTime>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => minute(at, to),
            None => to.serialize_none(),
        }
    }

    pub(super) fn measures<S: Serializer>(
        measures: &[(&'static str, Decimal)],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_map(measures.iter().copied())
    }
}
