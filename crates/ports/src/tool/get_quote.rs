//! `get_quote`: books now, of one symbol or several.

use catalyst_domain::calendar::Phase;
use catalyst_domain::market::Feed;
use catalyst_domain::money::Money;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::{LotSize, Shares};
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

/// The book of one symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct QuoteLine {
    /// Whose book.
    pub symbol: Symbol,
    /// Price of the last trade.
    pub last: Price,
    /// Best price a buyer offers.
    pub bid: Price,
    /// Best price a seller asks.
    pub ask: Price,
    /// Shares traded today.
    pub volume: Shares,
    /// Age of the prices in seconds.
    pub age_seconds: i64,
    /// Live or delayed.
    pub feed: Feed,
    /// Shares to the board lot; left out when not known, and then the symbol is not traded.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub lot: Option<LotSize>,
    /// The price step at the last price.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub tick: Option<Decimal>,
    /// What one lot is worth at the last price.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub lot_value: Option<Money>,
}

/// The books asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct QuoteReport {
    /// What the exchange is doing.
    pub phase: Phase,
    /// The books there are.
    pub quotes: Vec<QuoteLine>,
    /// Symbols that are not known or do not trade today.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Vec::is_empty"))]
    pub unknown: Vec<Symbol>,
}
