//! Risk limits from the sections `risk`, `strategy`, `news`, `market_data` and `orders`; what is sensible is
//! decided by the domain alone.

use catalyst_domain::money::Currency;
use catalyst_domain::risk::{
    EntryCriteria, FeedPolicy, LimitError, MarketOrders, RawLimits, RiskLimits,
};

use super::problem::SettingsError;
use super::raw::RawSettings;

pub(super) fn read(raw: &RawSettings<'_>) -> Result<RiskLimits, SettingsError> {
    let limits = RawLimits {
        max_positions: raw.count("risk.max_positions")?,
        max_position_pct: raw.decimal("risk.max_position_pct")?,
        max_daily_loss_pct: raw.decimal("risk.max_daily_loss_pct")?,
        warning_loss_pct: raw.decimal("risk.warning_loss_pct")?,
        max_daily_trades: raw.count("risk.max_daily_trades")?,
        min_risk_reward: raw.decimal("risk.min_risk_reward")?,
        max_risk_per_trade_pct: raw.decimal("risk.max_risk_per_trade_pct")?,
        max_stop_distance_pct: raw.decimal("risk.max_stop_distance_pct")?,
        max_price_deviation_pct: raw.decimal("risk.max_price_deviation_pct")?,
        max_quote_age_seconds: raw.count("risk.max_quote_age_seconds")?,
        max_entries_per_symbol: raw.count("risk.max_entries_per_symbol")?,
        cooldown_minutes: raw.count("risk.cooldown_minutes")?,
        no_entry_after_open_minutes: raw.count("risk.no_entry_after_open_minutes")?,
        no_entry_before_close_minutes: raw.count("risk.no_entry_before_close_minutes")?,
        max_order_lots: raw.count("risk.max_order_lots")?,
        max_equity_jump_pct: raw.decimal("risk.max_equity_jump_pct")?,
        max_order_value: raw.optional_decimal("risk.max_order_value")?,
        max_gross_value: raw.optional_decimal("risk.max_gross_value")?,
        max_news_age_hours: raw.count("news.max_age_hours")?,
        min_relative_volume: raw.decimal("strategy.min_relative_volume")?,
        min_rsi: raw.decimal("strategy.min_rsi")?,
        max_rsi: raw.decimal("strategy.max_rsi")?,
        entry_criteria: raw.word(
            "strategy.entry_criteria",
            &[
                ("require", EntryCriteria::Require),
                ("report", EntryCriteria::Report),
            ],
        )?,
        feed_policy: raw.word(
            "market_data.accept_delayed",
            &[
                ("false", FeedPolicy::LiveOnly),
                ("true", FeedPolicy::DelayedAccepted),
            ],
        )?,
        market_orders: raw.word(
            "orders.market_orders",
            &[
                ("marketable", MarketOrders::AsMarketableLimit),
                ("refused", MarketOrders::Refused),
            ],
        )?,
    };
    RiskLimits::new(limits, Currency::Hkd).map_err(|error| named_in_full(&error))
}

/// The domain names a limit without its section, and three sections hold limits.
fn named_in_full(error: &LimitError) -> SettingsError {
    if error.name == "max_news_age_hours" {
        return SettingsError::value("news.max_age_hours", &error.found, error.allowed);
    }
    let in_strategy = format!("strategy.{}", error.name);
    let key = if super::keys::is_known(&in_strategy) {
        in_strategy
    } else {
        format!("risk.{}", error.name)
    };
    SettingsError::value(&key, &error.found, error.allowed)
}
