//! Named limits: every limit under its name in the settings file, with the way in which it is looser.

use std::fmt;

use rust_decimal::Decimal;

use crate::money::plain_decimal;
use crate::risk::{EntryCriteria, FeedPolicy, MarketOrders, RawLimits, RiskLimits};

/// A value of a limit; printed as the settings file writes it, without idle zeros.
///
/// Shown at [`RiskLimits::named`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitValue {
    /// A count, a share of one, an amount or a span in the unit of the setting.
    Number(Decimal),
    /// A word of the setting.
    Word(&'static str),
    /// `null`: this fuse is not there.
    Unset,
    /// A text that is no value of the limit.
    Unreadable,
}

impl fmt::Display for LimitValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.normalize().fmt(f),
            Self::Word(word) => f.write_str(word),
            Self::Unset => f.write_str("null"),
            Self::Unreadable => f.write_str("unreadable"),
        }
    }
}

/// Which value of a limit lets more trades pass.
///
/// Shown at [`RiskLimits::named`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looser {
    /// The greater number.
    Greater,
    /// The smaller number.
    Smaller,
    /// The greater number, and most of all none.
    GreaterOrUnset,
    /// The word further on in this list.
    Later(&'static [&'static str]),
}

/// How loose a value is; the greater lets more pass.
pub(super) type Looseness = (bool, Decimal);

impl Looser {
    /// The value that `text` stands for.
    pub(super) fn read(self, text: &str) -> LimitValue {
        let number = plain_decimal(text).filter(|number| *number >= Decimal::ZERO);
        let read = match self {
            Self::GreaterOrUnset if text == "null" => Some(LimitValue::Unset),
            Self::Greater | Self::Smaller | Self::GreaterOrUnset => number.map(LimitValue::Number),
            Self::Later(words) => {
                let word = words.iter().find(|word| **word == text);
                word.map(|word| LimitValue::Word(word))
            }
        };
        read.unwrap_or(LimitValue::Unreadable)
    }

    /// How loose `value` is; `None` for what is no value of such a limit.
    pub(super) fn looseness(self, value: LimitValue) -> Option<Looseness> {
        match (self, value) {
            (Self::Greater | Self::GreaterOrUnset, LimitValue::Number(number)) => {
                Some((false, number))
            }
            (Self::Smaller, LimitValue::Number(number)) => Some((false, -number)),
            (Self::GreaterOrUnset, LimitValue::Unset) => Some((true, Decimal::ZERO)),
            (Self::Later(words), LimitValue::Word(word)) => {
                let place = words.iter().position(|known| *known == word)?;
                Some((false, Decimal::from(place)))
            }
            (Self::Greater | Self::Smaller, LimitValue::Unset)
            | (
                Self::Greater | Self::Smaller | Self::GreaterOrUnset,
                LimitValue::Word(_) | LimitValue::Unreadable,
            )
            | (
                Self::Later(_),
                LimitValue::Number(_) | LimitValue::Unset | LimitValue::Unreadable,
            ) => None,
        }
    }
}

/// One limit.
///
/// Shown at [`RiskLimits::named`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedLimit {
    /// Section and key of the settings file, such as `risk.max_positions`.
    pub name: &'static str,
    /// What it is.
    pub value: LimitValue,
    /// Which way it is looser.
    pub looser: Looser,
}

impl RiskLimits {
    /// Every limit, in the order of [`RawLimits`].
    ///
    /// ```
    /// use catalyst_domain::money::Currency;
    /// use catalyst_domain::risk::{LimitValue, Looser, NamedLimit, RawLimits, RiskLimits};
    /// let limits = RiskLimits::new(RawLimits::owner(), Currency::Hkd)?.named();
    /// let five = LimitValue::Number(5.into());
    /// let positions =
    ///     NamedLimit { name: "risk.max_positions", value: five, looser: Looser::Greater };
    /// assert_eq!(limits[0], positions);
    /// let fuse = limits.iter().find(|limit| limit.name == "risk.max_order_value");
    /// assert_eq!(fuse.map(|limit| limit.value.to_string()).as_deref(), Some("null"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn named(&self) -> Vec<NamedLimit> {
        let RawLimits {
            max_positions,
            max_position_pct,
            max_daily_loss_pct,
            warning_loss_pct,
            max_daily_trades,
            min_risk_reward,
            max_risk_per_trade_pct,
            max_stop_distance_pct,
            max_price_deviation_pct,
            max_quote_age_seconds,
            max_entries_per_symbol,
            cooldown_minutes,
            no_entry_after_open_minutes,
            no_entry_before_close_minutes,
            max_order_lots,
            max_equity_jump_pct,
            max_order_value,
            max_gross_value,
            max_news_age_hours,
            min_relative_volume,
            min_rsi,
            max_rsi,
            entry_criteria,
            feed_policy,
            market_orders,
        } = *self.raw();
        vec![
            greater("risk.max_positions", max_positions),
            greater("risk.max_position_pct", max_position_pct),
            // A day that may lose more is stopped later.
            greater("risk.max_daily_loss_pct", max_daily_loss_pct),
            // Entries shrink to half from the warning on, so that a later warning lets more pass.
            greater("risk.warning_loss_pct", warning_loss_pct),
            greater("risk.max_daily_trades", max_daily_trades),
            smaller("risk.min_risk_reward", min_risk_reward),
            greater("risk.max_risk_per_trade_pct", max_risk_per_trade_pct),
            greater("risk.max_stop_distance_pct", max_stop_distance_pct),
            greater("risk.max_price_deviation_pct", max_price_deviation_pct),
            greater("risk.max_quote_age_seconds", max_quote_age_seconds),
            greater("risk.max_entries_per_symbol", max_entries_per_symbol),
            // Times without entry let more pass the shorter they are.
            smaller("risk.cooldown_minutes", cooldown_minutes),
            smaller(
                "risk.no_entry_after_open_minutes",
                no_entry_after_open_minutes,
            ),
            smaller(
                "risk.no_entry_before_close_minutes",
                no_entry_before_close_minutes,
            ),
            greater("risk.max_order_lots", max_order_lots),
            greater("risk.max_equity_jump_pct", max_equity_jump_pct),
            fuse("risk.max_order_value", max_order_value),
            fuse("risk.max_gross_value", max_gross_value),
            // An older headline is a weaker reason to buy.
            greater("news.max_age_hours", max_news_age_hours),
            smaller("strategy.min_relative_volume", min_relative_volume),
            // The range of RSI lets more pass the further each end lies out.
            smaller("strategy.min_rsi", min_rsi),
            greater("strategy.max_rsi", max_rsi),
            criteria(entry_criteria),
            feed(feed_policy),
            orders(market_orders),
        ]
    }
}

fn greater(name: &'static str, number: impl Into<Decimal>) -> NamedLimit {
    NamedLimit {
        name,
        value: LimitValue::Number(number.into()),
        looser: Looser::Greater,
    }
}

fn smaller(name: &'static str, number: impl Into<Decimal>) -> NamedLimit {
    NamedLimit {
        looser: Looser::Smaller,
        ..greater(name, number)
    }
}

fn fuse(name: &'static str, amount: Option<Decimal>) -> NamedLimit {
    NamedLimit {
        name,
        value: amount.map_or(LimitValue::Unset, LimitValue::Number),
        looser: Looser::GreaterOrUnset,
    }
}

/// Criteria that are only noted refuse nothing.
const fn criteria(value: EntryCriteria) -> NamedLimit {
    let word = match value {
        EntryCriteria::Require => "require",
        EntryCriteria::Report => "report",
    };
    NamedLimit {
        name: "strategy.entry_criteria",
        value: LimitValue::Word(word),
        looser: Looser::Later(&["require", "report"]),
    }
}

const fn feed(value: FeedPolicy) -> NamedLimit {
    let word = match value {
        FeedPolicy::LiveOnly => "false",
        FeedPolicy::DelayedAccepted => "true",
    };
    NamedLimit {
        name: "market_data.accept_delayed",
        value: LimitValue::Word(word),
        looser: Looser::Later(&["false", "true"]),
    }
}

const fn orders(value: MarketOrders) -> NamedLimit {
    let word = match value {
        MarketOrders::Refused => "refused",
        MarketOrders::AsMarketableLimit => "marketable",
    };
    NamedLimit {
        name: "orders.market_orders",
        value: LimitValue::Word(word),
        looser: Looser::Later(&["refused", "marketable"]),
    }
}
