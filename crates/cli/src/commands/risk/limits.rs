//! `limits` of a question: keys of the settings' `risk`, and those of other sections that the gate
//! reads. What is not named is as the owner's defaults have it.

use catalyst_domain::money::Currency;
use catalyst_domain::risk::{
    EntryCriteria, FeedPolicy, LimitError, MarketOrders, RawLimits, RiskLimits,
};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::commands::inspect::{Asked, BadQuestion};

/// Ticks that a market entry may lie through the ask where the question does not say.
const SLIPPAGE_TICKS: u32 = 5;

/// Everything `limits` may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitsAsked {
    max_positions: Option<Asked<u32>>,
    max_position_pct: Option<Asked<Decimal>>,
    max_daily_loss_pct: Option<Asked<Decimal>>,
    warning_loss_pct: Option<Asked<Decimal>>,
    max_daily_trades: Option<Asked<u32>>,
    min_risk_reward: Option<Asked<Decimal>>,
    max_risk_per_trade_pct: Option<Asked<Decimal>>,
    max_stop_distance_pct: Option<Asked<Decimal>>,
    max_price_deviation_pct: Option<Asked<Decimal>>,
    max_quote_age_seconds: Option<Asked<u32>>,
    max_entries_per_symbol: Option<Asked<u32>>,
    cooldown_minutes: Option<Asked<u32>>,
    no_entry_after_open_minutes: Option<Asked<u32>>,
    no_entry_before_close_minutes: Option<Asked<u32>>,
    max_order_lots: Option<Asked<u32>>,
    max_equity_jump_pct: Option<Asked<Decimal>>,
    max_order_value: Option<Asked<Decimal>>,
    max_gross_value: Option<Asked<Decimal>>,
    max_news_age_hours: Option<Asked<u32>>,
    min_relative_volume: Option<Asked<Decimal>>,
    min_rsi: Option<Asked<Decimal>>,
    max_rsi: Option<Asked<Decimal>>,
    entry_criteria: Option<Asked<EntryCriteria>>,
    accept_delayed: Option<bool>,
    market_orders: Option<Asked<MarketOrders>>,
    market_slippage_ticks: Option<Asked<u32>>,
}

fn or<T>(asked: Option<Asked<T>>, owners: T) -> T {
    asked.map_or(owners, |Asked(value)| value)
}

impl LimitsAsked {
    /// The limits in `currency`, or the first that makes no sense.
    pub(super) fn read(&self, currency: Currency) -> Result<RiskLimits, BadQuestion> {
        let owners = RawLimits::owner();
        let feed_policy = match self.accept_delayed {
            Some(true) => FeedPolicy::DelayedAccepted,
            Some(false) => FeedPolicy::LiveOnly,
            None => owners.feed_policy,
        };
        let fuse = |asked: Option<Asked<Decimal>>| asked.map(|Asked(value)| value);
        let raw = RawLimits {
            max_positions: or(self.max_positions, owners.max_positions),
            max_position_pct: or(self.max_position_pct, owners.max_position_pct),
            max_daily_loss_pct: or(self.max_daily_loss_pct, owners.max_daily_loss_pct),
            warning_loss_pct: or(self.warning_loss_pct, owners.warning_loss_pct),
            max_daily_trades: or(self.max_daily_trades, owners.max_daily_trades),
            min_risk_reward: or(self.min_risk_reward, owners.min_risk_reward),
            max_risk_per_trade_pct: or(self.max_risk_per_trade_pct, owners.max_risk_per_trade_pct),
            max_stop_distance_pct: or(self.max_stop_distance_pct, owners.max_stop_distance_pct),
            max_price_deviation_pct: or(
                self.max_price_deviation_pct,
                owners.max_price_deviation_pct,
            ),
            max_quote_age_seconds: or(self.max_quote_age_seconds, owners.max_quote_age_seconds),
            max_entries_per_symbol: or(self.max_entries_per_symbol, owners.max_entries_per_symbol),
            cooldown_minutes: or(self.cooldown_minutes, owners.cooldown_minutes),
            no_entry_after_open_minutes: or(
                self.no_entry_after_open_minutes,
                owners.no_entry_after_open_minutes,
            ),
            no_entry_before_close_minutes: or(
                self.no_entry_before_close_minutes,
                owners.no_entry_before_close_minutes,
            ),
            max_order_lots: or(self.max_order_lots, owners.max_order_lots),
            max_equity_jump_pct: or(self.max_equity_jump_pct, owners.max_equity_jump_pct),
            max_order_value: fuse(self.max_order_value),
            max_gross_value: fuse(self.max_gross_value),
            max_news_age_hours: or(self.max_news_age_hours, owners.max_news_age_hours),
            min_relative_volume: or(self.min_relative_volume, owners.min_relative_volume),
            min_rsi: or(self.min_rsi, owners.min_rsi),
            max_rsi: or(self.max_rsi, owners.max_rsi),
            entry_criteria: or(self.entry_criteria, owners.entry_criteria),
            feed_policy,
            market_orders: or(self.market_orders, owners.market_orders),
        };
        RiskLimits::new(raw, currency).map_err(|error| named(&error))
    }

    /// Ticks that a market entry may lie through the ask.
    pub(super) fn slippage_ticks(&self) -> Result<u32, BadQuestion> {
        match self.market_slippage_ticks {
            None => Ok(SLIPPAGE_TICKS),
            Some(Asked(ticks)) if ticks <= 100 => Ok(ticks),
            Some(Asked(ticks)) => Err(BadQuestion::new(
                "limits.market_slippage_ticks",
                &ticks.to_string(),
                "0 to 100",
            )),
        }
    }
}

fn named(error: &LimitError) -> BadQuestion {
    let field = format!("limits.{}", error.name);
    BadQuestion::new(&field, &error.found, error.allowed)
}
