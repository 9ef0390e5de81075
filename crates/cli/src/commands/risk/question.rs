//! The question of `risk check` and `risk size`: one JSON object. A key may be missing; what that
//! means is decided where the trade is judged.

use std::collections::BTreeMap;
use std::fmt;

use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::Feed;
use catalyst_domain::money::Currency;
use catalyst_domain::news::Sentiment;
use catalyst_domain::order::EntryKind;
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::quantity::{LotSize, Shares};
use catalyst_domain::risk::TradingState;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::limits::LimitsAsked;
use crate::commands::inspect::{Asked, Given, Object};

/// A moment as a question writes it.
pub(super) type At = DateTime<FixedOffset>;

/// Everything a question may say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub(super) exchange: Option<Asked<Exchange>>,
    pub(super) now: Option<Asked<At>>,
    pub(super) instrument: Option<Object<InstrumentAsked>>,
    pub(super) account: Option<Object<AccountAsked>>,
    pub(super) day: Option<Object<DayAsked>>,
    pub(super) positions: Option<Vec<Object<PositionAsked>>>,
    pub(super) working: Option<Vec<Object<WorkingAsked>>>,
    pub(super) quote: Option<Object<QuoteAsked>>,
    pub(super) trade: Option<Object<TradeAsked>>,
    pub(super) limits: Option<Object<LimitsAsked>>,
    pub(super) evidence: Option<Object<EvidenceAsked>>,
    pub(super) halt: Option<Asked<TradingState>>,
    pub(super) findings: Option<Asked<u32>>,
    pub(super) plan: Option<Asked<CommissionPlan>>,
}

/// `instrument`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentAsked {
    pub(super) symbol: Option<Asked<Symbol>>,
    pub(super) lot: Option<Asked<LotSize>>,
    pub(super) kind: Option<Asked<InstrumentKind>>,
    pub(super) currency: Option<Asked<Currency>>,
}

/// `account`; `rate` is units of the exchange's currency for one of the account's.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountAsked {
    pub(super) equity: Option<Asked<Given>>,
    pub(super) cash: Option<Asked<Given>>,
    pub(super) currency: Option<Asked<Currency>>,
    pub(super) rate: Option<Asked<Given>>,
}

/// `day`; `pnl` in the account's currency.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DayAsked {
    pub(super) pnl: Option<Asked<Given>>,
    pub(super) trades: Option<Asked<Given>>,
    pub(super) entries: Option<EntriesAsked>,
}

/// `day.entries`: today's entries in the symbol of the trade, or in every symbol by its name.
#[derive(Debug)]
pub(super) enum EntriesAsked {
    OfTheSymbol(u32),
    BySymbol(BTreeMap<Symbol, u32>),
}

/// An element of `positions`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PositionAsked {
    pub(super) symbol: Asked<Symbol>,
    pub(super) quantity: Asked<Shares>,
    pub(super) price: Option<Asked<Given>>,
}

/// An element of `working`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkingAsked {
    pub(super) symbol: Asked<Symbol>,
    pub(super) side: Asked<Side>,
    pub(super) quantity: Asked<Shares>,
    pub(super) price: Option<Asked<Given>>,
}

/// `quote`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuoteAsked {
    pub(super) last: Option<Asked<Given>>,
    pub(super) bid: Option<Asked<Given>>,
    pub(super) ask: Option<Asked<Given>>,
    pub(super) at: Option<Asked<At>>,
    pub(super) feed: Option<Asked<Feed>>,
}

/// `trade`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TradeAsked {
    pub(super) symbol: Option<Asked<Symbol>>,
    pub(super) side: Option<Asked<Side>>,
    pub(super) quantity: Option<Asked<Shares>>,
    pub(super) order_type: Option<Asked<EntryKind>>,
    pub(super) entry_price: Option<Asked<Given>>,
    pub(super) stop_loss: Option<Asked<Given>>,
    pub(super) take_profit: Option<Asked<Given>>,
    pub(super) reason: Option<String>,
}

/// `evidence`: what the tools returned in this cycle.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceAsked {
    pub(super) relative_volume: Option<Asked<Given>>,
    pub(super) rsi: Option<Asked<Given>>,
    pub(super) pattern: Option<Asked<PatternKind>>,
    pub(super) headline_sentiment: Option<Asked<Sentiment>>,
    pub(super) headline_published: Option<Asked<At>>,
}

impl<'de> Deserialize<'de> for EntriesAsked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const ALLOWED: &str =
            "a whole number, or an object of whole numbers by symbol, each symbol once";
        let json = <&RawValue>::deserialize(deserializer)?.get();
        let read = if json.starts_with('{') {
            serde_json::from_str(json).map(|Counts(counts)| Self::BySymbol(counts))
        } else {
            serde_json::from_str(json).map(|Asked(count)| Self::OfTheSymbol(count))
        };
        read.map_err(|_no_count| D::Error::custom(ALLOWED))
    }
}

/// Counts by symbol, each named once in whatever spelling: of two the larger could get lost.
struct Counts(BTreeMap<Symbol, u32>);

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CountsVisitor)
    }
}

struct CountsVisitor;

impl<'de> Visitor<'de> for CountsVisitor {
    type Value = Counts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of whole numbers by symbol")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Counts, A::Error> {
        let mut counts = BTreeMap::new();
        while let Some((symbol, Asked(count))) = map.next_entry::<Symbol, Asked<u32>>()? {
            if counts.insert(symbol, count).is_some() {
                return Err(A::Error::custom("a symbol twice"));
            }
        }
        Ok(Counts(counts))
    }
}

impl EntriesAsked {
    /// Today's entries in `symbol`; a symbol that a list does not name has had none.
    pub(super) fn of(&self, symbol: Symbol) -> u32 {
        match self {
            Self::OfTheSymbol(count) => *count,
            Self::BySymbol(counts) => counts.get(&symbol).copied().unwrap_or(0),
        }
    }
}
