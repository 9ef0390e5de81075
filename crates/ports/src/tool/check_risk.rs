//! `check_risk`: the very same gate as execution, asked without acting.

use catalyst_domain::money::Money;
use catalyst_domain::news::{NewsId, Sentiment};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::Breach;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

use crate::news::MissingSource;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct CheckRiskInput {
    /// What to trade.
    pub symbol: Symbol,
    /// Which way.
    pub side: Side,
    /// Single shares.
    pub quantity: Shares,
    /// The price to pay, per share.
    pub entry_price: Price,
    /// Where the trade is wrong and leaves.
    pub stop_loss: Price,
    /// Where the trade is right and leaves.
    pub take_profit: Price,
    /// The headline that the trade rests on: an id that `get_news` returned in this cycle for the
    /// symbol.
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
}

/// What the trade costs, at the worst price it may pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct TradeCosts {
    /// Fees of the purchase.
    pub entry: Money,
    /// Fees of the sale at the target.
    pub exit_at_target: Money,
    /// Fees of the sale at the stop.
    pub exit_at_stop: Money,
}

/// The gate's opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct RiskReport {
    /// True when no rule is broken; only then may `execute_trade` follow.
    pub approved: bool,
    /// Every broken rule with its numbers.
    pub breaches: Vec<Breach>,
    /// Entry criteria that are not met but only reported.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Vec::is_empty"))]
    pub notes: Vec<Breach>,
    /// Price collars of the exchange that the order may run into; they refuse nothing here.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Vec::is_empty"))]
    pub warnings: Vec<Breach>,
    /// Sources of news that did not answer in this cycle: the headline was judged without theirs.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Vec::is_empty"))]
    pub news_missing: Vec<MissingSource>,
    /// The largest quantity that keeps the rules that grow with size.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub max_quantity: Option<Shares>,
    /// What it costs.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub costs: Option<TradeCosts>,
    /// Gain at the target over loss at the stop, all fees counted.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub net_reward_risk: Option<Decimal>,
    /// How far the price must rise before the trade pays for itself, in per cent.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub break_even_pct: Option<Decimal>,
}
