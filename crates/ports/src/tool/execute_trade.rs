//! `execute_trade`: a purchase with its stop and target, after a passing `check_risk`.

use std::fmt;

use catalyst_domain::news::{NewsId, Sentiment};
use catalyst_domain::order::ClientOrderId;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

/// How the entry should meet the market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "lowercase"))]
pub enum OrderType {
    /// At once, inside the slippage cap.
    Market,
    /// At `limit_price` or better.
    Limit,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct ExecuteTradeInput {
    /// What to trade.
    pub symbol: Symbol,
    /// Which way.
    pub side: Side,
    /// Single shares.
    pub quantity: Shares,
    /// How to meet the market.
    pub order_type: OrderType,
    /// Needed for a limit order: the `entry_price` that `check_risk` passed.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub limit_price: Option<Price>,
    /// The `stop_loss` that `check_risk` passed.
    pub stop_loss: Price,
    /// The `take_profit` that `check_risk` passed.
    pub take_profit: Price,
    /// The `news_id` that `check_risk` passed.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub news_id: Option<NewsId>,
    /// The advisor's own reading of that headline, for the record; a negative one refuses.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub news_reading: Option<Sentiment>,
    /// Why, for the record.
    pub reason: String,
}

/// What became of the order by the time the tool answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "snake_case"))]
pub enum ExecutionOutcome {
    /// All shares bought, all of them under a working stop.
    FilledAndProtected,
    /// Some shares bought and under a working stop, the rest cancelled.
    PartlyFilledAndProtected,
    /// Nothing bought, order cancelled.
    NotFilled,
    /// Bought, but the stop could not be verified; the position is being left.
    Unprotected,
    /// Nobody knows yet; the symbol is blocked until the next settling finds out.
    Unknown,
}

impl fmt::Display for ExecutionOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FilledAndProtected => "filled and protected",
            Self::PartlyFilledAndProtected => "partly filled and protected",
            Self::NotFilled => "not filled",
            Self::Unprotected => "unprotected",
            Self::Unknown => "unknown",
        })
    }
}

/// What the broker did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct ExecutionReport {
    /// Name of the order.
    pub order: ClientOrderId,
    /// What was traded.
    pub symbol: Symbol,
    /// What became of it.
    pub outcome: ExecutionOutcome,
    /// Shares bought.
    pub filled: Shares,
    /// Average price paid.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub average_price: Option<Decimal>,
}
