//! `get_portfolio`: the account, its protection, and the limits used and left.

use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, TicketStatus};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::TradingState;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

/// Nothing is asked; the account is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct GetPortfolioInput {}

/// One position at market.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct PositionLine {
    /// What is held.
    pub symbol: Symbol,
    /// How many shares.
    pub shares: Shares,
    /// Average price paid, before fees.
    pub average_price: Decimal,
    /// Price now.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub last: Option<Price>,
    /// Value now less cost, purchase fees included.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub unrealised: Option<Money>,
    /// The working stop; left out when there is none, which is an emergency.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub stop: Option<Price>,
    /// The working target.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub target: Option<Price>,
    /// Shares under the working stop.
    pub protected_shares: Shares,
}

/// One order that may still fill.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct WorkingLine {
    /// Its name.
    pub id: ClientOrderId,
    /// What it trades.
    pub symbol: Symbol,
    /// Which way.
    pub side: Side,
    /// Shares that may still fill.
    pub remaining: Shares,
    /// Its price.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub price: Option<Price>,
    /// Where it stands.
    pub status: TicketStatus,
}

/// How much of the day's limits is used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct LimitsUsed {
    /// Names held or about to be.
    pub names: u32,
    /// Names allowed.
    pub names_max: u32,
    /// Entries sent today.
    pub entries: u32,
    /// Entries allowed in a day.
    pub entries_max: u32,
    /// Loss of the day as a share of its first equity, in per cent; zero when the day gains.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub daily_loss_pct: Option<Decimal>,
    /// Loss at which everything is flattened, in per cent.
    pub daily_loss_max_pct: Decimal,
    /// Differences between journal and broker that forbid entries.
    pub findings_open: u32,
}

/// The account now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct PortfolioView {
    /// Cash that may be spent.
    pub cash: Money,
    /// Cash and positions at market.
    pub equity: Money,
    /// Gain of the day after fees, open positions included; left out when not known, and then no
    /// entry passes.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub day_pnl: Option<Money>,
    /// The halt switch.
    pub state: TradingState,
    /// All positions.
    pub positions: Vec<PositionLine>,
    /// All orders that may still fill.
    pub working: Vec<WorkingLine>,
    /// Limits used and left.
    pub limits: LimitsUsed,
}
