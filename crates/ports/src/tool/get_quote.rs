//! `get_quote`: books now, of one symbol or several, under short keys (`docs/scan.md`).

use catalyst_domain::calendar::Phase;
use catalyst_domain::market::Feed;
use catalyst_domain::money::Money;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::{LotSize, Shares};
use catalyst_domain::scan::Sentinel;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

/// What is asked: `symbol`, or `symbols` with up to twenty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct GetQuoteInput {
    /// One symbol.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub symbol: Option<Symbol>,
    /// Several symbols.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub symbols: Vec<Symbol>,
}

/// The book of one symbol. What is not known is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct QuoteLine {
    /// `s`: whose book.
    #[cfg_attr(feature = "wire", serde(rename = "s"))]
    pub symbol: Symbol,
    /// `px`: price of the last trade.
    #[cfg_attr(feature = "wire", serde(rename = "px"))]
    pub last: Price,
    /// `b`: best price a buyer offers.
    #[cfg_attr(feature = "wire", serde(rename = "b"))]
    pub bid: Price,
    /// `a`: best price a seller asks.
    #[cfg_attr(feature = "wire", serde(rename = "a"))]
    pub ask: Price,
    /// `v`: shares traded today.
    #[cfg_attr(feature = "wire", serde(rename = "v"))]
    pub volume: Shares,
    /// `age`: age of the prices in seconds.
    #[cfg_attr(feature = "wire", serde(rename = "age"))]
    pub age_seconds: i64,
    /// `feed`: live or delayed.
    pub feed: Feed,
    /// `lot`: shares to the board lot; left out when not known, and then the symbol is not traded.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub lot: Option<LotSize>,
    /// `tick`: the price step at the last price.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub tick: Option<Decimal>,
    /// `lv`: what one lot is worth at the last price.
    #[cfg_attr(
        feature = "wire",
        serde(rename = "lv", skip_serializing_if = "Option::is_none")
    )]
    pub lot_value: Option<Money>,
    /// `doubt`: why these figures cannot be believed; then the symbol is not entered in this cycle.
    #[cfg_attr(
        feature = "wire",
        serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "wire::doubt"
        )
    )]
    pub doubt: Option<Sentinel>,
}

/// The books asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct QuoteReport {
    /// `phase`: what the exchange is doing.
    pub phase: Phase,
    /// `q`: the books there are, in the order asked for.
    #[cfg_attr(feature = "wire", serde(rename = "q"))]
    pub quotes: Vec<QuoteLine>,
    /// `none`: symbols without a book, with the reason: `no_data` for those that are not known or do
    /// not trade today, `malformed` for those whose figures are no numbers.
    #[cfg_attr(
        feature = "wire",
        serde(
            rename = "none",
            skip_serializing_if = "Vec::is_empty",
            serialize_with = "wire::missing"
        )
    )]
    pub missing: Vec<(Symbol, Sentinel)>,
}

/// The compact forms of doubts.
#[cfg(feature = "wire")]
mod wire {
    use catalyst_domain::scan::Sentinel;
    use catalyst_domain::symbol::Symbol;
    use serde::ser::{SerializeMap as _, Serializer};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes fields by reference"
    )]
    pub(super) fn doubt<S: Serializer>(doubt: &Option<Sentinel>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(doubt.map_or("", Sentinel::as_str))
    }

    pub(super) fn missing<S: Serializer>(
        names: &[(Symbol, Sentinel)],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(names.len()))?;
        for (symbol, sentinel) in names {
            map.serialize_entry(symbol, sentinel.as_str())?;
        }
        map.end()
    }
}
