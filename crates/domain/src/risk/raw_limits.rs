//! The owner's numbers as his settings file gives them, not yet believed.

use rust_decimal::Decimal;

/// Whether the owner's entry criteria refuse a trade or are only noted on it.
///
/// Shown at [`RawLimits::owner`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryCriteria {
    /// All four must be met by this cycle's evidence.
    Require,
    /// What is not met is reported and does not refuse.
    Report,
}

/// Whether delayed quotes may be traded on.
///
/// Shown at [`RawLimits::owner`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeedPolicy {
    /// Live quotes only.
    LiveOnly,
    /// Delayed quotes too, with limit orders only.
    DelayedAccepted,
}

/// Whether an entry may ask for whatever the market asks, within the price band.
///
/// Shown at [`RawLimits::owner`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarketOrders {
    /// Sent as a limit through the best ask, so that the worst price is known.
    AsMarketableLimit,
    /// Not at all.
    Refused,
}

/// The owner's numbers as his settings file gives them, not yet believed. Shares are fractions of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLimits {
    /// Names held at once.
    pub max_positions: u32,
    /// Share of equity in one name.
    pub max_position_pct: Decimal,
    /// Loss of the day, as a share of its first equity, at which everything is flattened.
    pub max_daily_loss_pct: Decimal,
    /// Loss of the day at which entries shrink to half size.
    pub warning_loss_pct: Decimal,
    /// Entries sent in a day.
    pub max_daily_trades: u32,
    /// Net reward to net risk.
    pub min_risk_reward: Decimal,
    /// Share of equity between entry and stop.
    pub max_risk_per_trade_pct: Decimal,
    /// Distance from entry to stop.
    pub max_stop_distance_pct: Decimal,
    /// Distance of the entry from the last price.
    pub max_price_deviation_pct: Decimal,
    /// Seconds a quote stays good.
    pub max_quote_age_seconds: u32,
    /// Entries in one symbol in a day.
    pub max_entries_per_symbol: u32,
    /// Minutes without entry in a symbol after a stop.
    pub cooldown_minutes: u32,
    /// Minutes without entry after a session opens.
    pub no_entry_after_open_minutes: u32,
    /// Minutes without entry before a session ends.
    pub no_entry_before_close_minutes: u32,
    /// Board lots in one order; where the exchange takes fewer, that counts.
    pub max_order_lots: u32,
    /// Unexplained change of equity.
    pub max_equity_jump_pct: Decimal,
    /// Absolute fuse on one order, in the account's trading currency.
    pub max_order_value: Option<Decimal>,
    /// Absolute fuse on all holdings together.
    pub max_gross_value: Option<Decimal>,
    /// Hours that a headline stays good for the entry criteria.
    pub max_news_age_hours: u32,
    /// Least relative volume of the entry criteria.
    pub min_relative_volume: Decimal,
    /// Least RSI of the entry criteria, inclusive.
    pub min_rsi: Decimal,
    /// Greatest RSI of the entry criteria, inclusive.
    pub max_rsi: Decimal,
    /// Whether the criteria refuse or report.
    pub entry_criteria: EntryCriteria,
    /// Whether delayed quotes may be traded on.
    pub feed_policy: FeedPolicy,
    /// Whether market entries are taken.
    pub market_orders: MarketOrders,
}

impl RawLimits {
    /// The owner's limits, as his settings and the specification of this product have them.
    ///
    /// ```
    /// use catalyst_domain::risk::{EntryCriteria, FeedPolicy, MarketOrders, RawLimits};
    /// let owner = RawLimits::owner();
    /// assert_eq!((owner.max_positions, owner.max_daily_trades), (5, 10));
    /// assert_eq!(owner.entry_criteria, EntryCriteria::Require);
    /// assert_eq!(owner.feed_policy, FeedPolicy::LiveOnly);
    /// assert_eq!(owner.market_orders, MarketOrders::AsMarketableLimit);
    /// assert_eq!(owner.max_order_value, None);
    /// ```
    pub fn owner() -> Self {
        Self {
            max_positions: 5,
            max_position_pct: Decimal::new(20, 2),
            max_daily_loss_pct: Decimal::new(2, 2),
            warning_loss_pct: Decimal::new(15, 3),
            max_daily_trades: 10,
            min_risk_reward: Decimal::new(20, 1),
            max_risk_per_trade_pct: Decimal::new(1, 2),
            max_stop_distance_pct: Decimal::new(5, 2),
            max_price_deviation_pct: Decimal::new(3, 2),
            max_quote_age_seconds: 15,
            max_entries_per_symbol: 2,
            cooldown_minutes: 30,
            no_entry_after_open_minutes: 5,
            no_entry_before_close_minutes: 15,
            max_order_lots: 3_000,
            max_equity_jump_pct: Decimal::new(20, 2),
            max_order_value: None,
            max_gross_value: None,
            max_news_age_hours: 24,
            min_relative_volume: Decimal::new(15, 1),
            min_rsi: Decimal::from(40),
            max_rsi: Decimal::from(70),
            entry_criteria: EntryCriteria::Require,
            feed_policy: FeedPolicy::LiveOnly,
            market_orders: MarketOrders::AsMarketableLimit,
        }
    }
}
