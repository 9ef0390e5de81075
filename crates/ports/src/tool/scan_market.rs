//! `scan_market`: a ranked shortlist of what moves now, under short keys (`docs/scan.md`).

use std::collections::BTreeMap;
use std::fmt;

use catalyst_domain::calendar::Phase;
use catalyst_domain::price::Price;
use catalyst_domain::scan::{FeedSentinel, Filter, Sentinel};
use catalyst_domain::symbol::Symbol;
use chrono::NaiveTime;
use rust_decimal::Decimal;

/// Which names to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "UPPERCASE"))]
pub enum ScanIndex {
    /// Hang Seng Index.
    Hsi,
    /// Hang Seng China Enterprises Index.
    Hscei,
    /// Hang Seng TECH Index.
    Hstech,
    /// Every name that is known.
    All,
}

impl ScanIndex {
    /// The owner's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hsi => "HSI",
            Self::Hscei => "HSCEI",
            Self::Hstech => "HSTECH",
            Self::All => "ALL",
        }
    }
}

impl fmt::Display for ScanIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct ScanMarketInput {
    /// Which names; when left out HSI, or the owner's list where the settings name one.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub index: Option<ScanIndex>,
    /// How many candidates at most, 1 to 30; 10 when left out.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub limit: Option<u32>,
}

/// One name worth a look. Missing figures are left out, never zero.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct Candidate {
    /// `s`: which name.
    #[cfg_attr(feature = "wire", serde(rename = "s"))]
    pub symbol: Symbol,
    /// `px`: price of the last trade.
    #[cfg_attr(feature = "wire", serde(rename = "px"))]
    pub last: Price,
    /// `chg`: change from the previous close in per cent; like all percentages here with one place
    /// below ten, and none from ten on.
    #[cfg_attr(feature = "wire", serde(rename = "chg"))]
    pub change_pct: Decimal,
    /// `gap`: open against the previous close in per cent.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "gap", skip_serializing_if = "Option::is_none")
    )]
    pub gap_pct: Option<Decimal>,
    /// `rv`: volume so far against the usual volume by this time of day; two places
    /// below ten, one from ten on.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "rv", skip_serializing_if = "Option::is_none")
    )]
    pub relative_volume: Option<Decimal>,
    /// `to`: value traded today, in millions of the trading currency; one place, none from 100 on.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "to", skip_serializing_if = "Option::is_none")
    )]
    pub turnover_millions: Option<Decimal>,
    /// `hi`: how far below the day's high, in per cent of it.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "hi", skip_serializing_if = "Option::is_none")
    )]
    pub below_high_pct: Option<Decimal>,
    /// `vw`: 1 when the last price is above the session's volume-weighted average, 0 when not.
    #[cfg_attr(
        feature = "wire",
        serde(
            rename = "vw",
            skip_serializing_if = "Option::is_none",
            serialize_with = "wire::flag"
        )
    )]
    pub above_vwap: Option<bool>,
    /// `sp`: ask less bid, in ticks.
    #[cfg_attr(feature = "wire", serde(rename = "sp"))]
    pub spread_ticks: u32,
}

/// What was found. Every name looked at is in exactly one of `ok`, `filtered` and `quarantined`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct ScanReport {
    /// `at`: the time at the exchange, as `10:30`.
    #[cfg_attr(feature = "wire", serde(serialize_with = "wire::clock"))]
    pub at: NaiveTime,
    /// `phase`: what the exchange is doing, only where it does not trade continuously.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub phase: Option<Phase>,
    /// `n`: names looked at.
    #[cfg_attr(feature = "wire", serde(rename = "n"))]
    pub looked_at: u32,
    /// `ok`: names worth a look, of which `c` holds the best.
    #[cfg_attr(feature = "wire", serde(rename = "ok"))]
    pub passed: u32,
    /// `filtered`: names taken by each hard filter: up to three by name, more by their count.
    #[cfg_attr(
        feature = "wire",
        serde(
            skip_serializing_if = "BTreeMap::is_empty",
            serialize_with = "wire::filtered"
        )
    )]
    pub filtered: BTreeMap<Filter, Vec<Symbol>>,
    /// `quarantined`: names whose data cannot be believed, with the reason: up to five by name, of
    /// more the count for each reason.
    #[cfg_attr(
        feature = "wire",
        serde(
            skip_serializing_if = "Vec::is_empty",
            serialize_with = "wire::quarantined"
        )
    )]
    pub quarantined: Vec<(Symbol, Sentinel)>,
    /// `feed`: why the feed itself is doubted; what rests on it is left out.
    #[cfg_attr(
        feature = "wire",
        serde(skip_serializing_if = "Vec::is_empty", serialize_with = "wire::feed")
    )]
    pub feed: Vec<FeedSentinel>,
    /// `why`: in words, why there is no candidate; left out when there is one.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "why", skip_serializing_if = "Option::is_none")
    )]
    pub reason: Option<String>,
    /// `c`: the shortlist, best first.
    #[cfg_attr(feature = "wire", serde(rename = "c"))]
    pub candidates: Vec<Candidate>,
}

/// The compact forms of lists that may be long.
#[cfg(feature = "wire")]
mod wire {
    use std::collections::BTreeMap;

    use catalyst_domain::scan::{FeedSentinel, Filter, Sentinel};
    use catalyst_domain::symbol::Symbol;
    use chrono::NaiveTime;
    use serde::ser::{SerializeMap as _, Serializer};

    /// Names that one filter lists before it only counts them.
    const FILTERED_NAMED_MAX: usize = 3;
    /// Doubted names that are listed before they are only counted.
    const QUARANTINED_NAMED_MAX: usize = 5;

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes fields by reference"
    )]
    pub(super) fn flag<S: Serializer>(flag: &Option<bool>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u8(u8::from(flag.unwrap_or(false)))
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes fields by reference"
    )]
    pub(super) fn clock<S: Serializer>(at: &NaiveTime, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&at.format("%H:%M"))
    }

    pub(super) fn feed<S: Serializer>(doubts: &[FeedSentinel], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(doubts.iter().map(|doubt| doubt.as_str()))
    }

    pub(super) fn filtered<S: Serializer>(
        taken: &BTreeMap<Filter, Vec<Symbol>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(taken.len()))?;
        for (filter, names) in taken {
            if names.len() <= FILTERED_NAMED_MAX {
                map.serialize_entry(filter.as_str(), names)?;
            } else {
                map.serialize_entry(filter.as_str(), &names.len())?;
            }
        }
        map.end()
    }

    pub(super) fn quarantined<S: Serializer>(
        names: &[(Symbol, Sentinel)],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        if names.len() <= QUARANTINED_NAMED_MAX {
            let mut map = to.serialize_map(Some(names.len()))?;
            for (symbol, sentinel) in names {
                map.serialize_entry(symbol, sentinel.as_str())?;
            }
            return map.end();
        }
        let mut counts: BTreeMap<Sentinel, usize> = BTreeMap::new();
        for (_, sentinel) in names {
            *counts.entry(*sentinel).or_insert(0) += 1;
        }
        let mut map = to.serialize_map(Some(counts.len()))?;
        for (sentinel, count) in counts {
            map.serialize_entry(sentinel.as_str(), &count)?;
        }
        map.end()
    }
}
