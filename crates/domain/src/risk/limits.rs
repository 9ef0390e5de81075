//! Risk limits: the owner's numbers, made once and refused when they make no sense.

use chrono::TimeDelta;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::money::{Currency, Money};
use crate::ratio::BasisPoints;
use crate::risk::{EntryCriteria, FeedPolicy, MarketOrders, RawLimits};

/// A number that is no sensible limit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{name} is {found}, allowed is {allowed}")]
pub struct LimitError {
    /// The setting, by its name in the file.
    pub name: &'static str,
    /// What it says.
    pub found: String,
    /// What it may say.
    pub allowed: &'static str,
}

/// The limits in force, every one of them sensible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskLimits {
    raw: RawLimits,
    max_position: BasisPoints,
    max_daily_loss: BasisPoints,
    warning_loss: BasisPoints,
    max_risk_per_trade: BasisPoints,
    max_stop_distance: BasisPoints,
    max_price_deviation: BasisPoints,
    max_equity_jump: BasisPoints,
    max_order_value: Option<Money>,
    max_gross_value: Option<Money>,
}

fn share(name: &'static str, fraction: Decimal) -> Result<BasisPoints, LimitError> {
    BasisPoints::from_fraction(fraction)
        .filter(|points| points.points() > 0)
        .ok_or_else(|| LimitError {
            name,
            found: fraction.to_string(),
            allowed: "a fraction above 0 up to 1 in steps of 0.0001, so 0.2 for 20 %",
        })
}

fn count(
    name: &'static str,
    found: u32,
    most: u32,
    allowed: &'static str,
) -> Result<(), LimitError> {
    if (1..=most).contains(&found) {
        Ok(())
    } else {
        Err(LimitError {
            name,
            found: found.to_string(),
            allowed,
        })
    }
}

fn fuse(
    name: &'static str,
    value: Option<Decimal>,
    currency: Currency,
) -> Result<Option<Money>, LimitError> {
    let refused = |found: Decimal| LimitError {
        name,
        found: found.to_string(),
        allowed: "an amount above 0",
    };
    match value {
        None => Ok(None),
        Some(value) if value <= Decimal::ZERO => Err(refused(value)),
        Some(value) => match Money::new(value, currency) {
            Ok(money) => Ok(Some(money)),
            Err(_) => Err(refused(value)),
        },
    }
}

impl RiskLimits {
    /// Limits in `currency`, the one that the instruments trade in.
    ///
    /// ```
    /// use catalyst_domain::money::Currency;
    /// use catalyst_domain::risk::{RawLimits, RiskLimits};
    /// let limits = RiskLimits::new(RawLimits::owner(), Currency::Hkd)?;
    /// assert_eq!(limits.max_position().to_string(), "20 %");
    /// let in_percent = RawLimits { max_position_pct: 20.into(), ..RawLimits::owner() };
    /// assert_eq!(
    ///     RiskLimits::new(in_percent, Currency::Hkd).unwrap_err().to_string(),
    ///     "max_position_pct is 20, allowed is a fraction above 0 up to 1 in steps of 0.0001, \
    ///      so 0.2 for 20 %"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(raw: RawLimits, currency: Currency) -> Result<Self, LimitError> {
        Self::check_counts(&raw)?;
        Self::check_criteria(&raw)?;
        let limits = Self {
            max_position: share("max_position_pct", raw.max_position_pct)?,
            max_daily_loss: share("max_daily_loss_pct", raw.max_daily_loss_pct)?,
            warning_loss: share("warning_loss_pct", raw.warning_loss_pct)?,
            max_risk_per_trade: share("max_risk_per_trade_pct", raw.max_risk_per_trade_pct)?,
            max_stop_distance: share("max_stop_distance_pct", raw.max_stop_distance_pct)?,
            max_price_deviation: share("max_price_deviation_pct", raw.max_price_deviation_pct)?,
            max_equity_jump: share("max_equity_jump_pct", raw.max_equity_jump_pct)?,
            max_order_value: fuse("max_order_value", raw.max_order_value, currency)?,
            max_gross_value: fuse("max_gross_value", raw.max_gross_value, currency)?,
            raw,
        };
        if limits.warning_loss >= limits.max_daily_loss {
            return Err(LimitError {
                name: "warning_loss_pct",
                found: limits.raw.warning_loss_pct.to_string(),
                allowed: "less than max_daily_loss_pct",
            });
        }
        Ok(limits)
    }

    /// The numbers as the settings give them.
    pub(super) const fn raw(&self) -> &RawLimits {
        &self.raw
    }

    /// The same limits with the entry criteria required or only reported.
    #[must_use]
    pub fn with_entry_criteria(self, entry_criteria: EntryCriteria) -> Self {
        Self {
            raw: RawLimits {
                entry_criteria,
                ..self.raw
            },
            ..self
        }
    }

    fn check_counts(raw: &RawLimits) -> Result<(), LimitError> {
        count("max_positions", raw.max_positions, 100, "1 to 100")?;
        count("max_daily_trades", raw.max_daily_trades, 1_000, "1 to 1000")?;
        count(
            "max_quote_age_seconds",
            raw.max_quote_age_seconds,
            3_600,
            "1 to 3600",
        )?;
        count(
            "max_news_age_hours",
            raw.max_news_age_hours,
            168,
            "1 to 168",
        )?;
        count(
            "max_entries_per_symbol",
            raw.max_entries_per_symbol,
            1_000,
            "1 to 1000",
        )?;
        count(
            "max_order_lots",
            raw.max_order_lots,
            1_000_000,
            "1 to 1000000",
        )?;
        let minutes = [
            ("cooldown_minutes", raw.cooldown_minutes),
            (
                "no_entry_after_open_minutes",
                raw.no_entry_after_open_minutes,
            ),
            (
                "no_entry_before_close_minutes",
                raw.no_entry_before_close_minutes,
            ),
        ];
        for (name, found) in minutes {
            if found > 390 {
                return Err(LimitError {
                    name,
                    found: found.to_string(),
                    allowed: "0 to 390",
                });
            }
        }
        Ok(())
    }

    fn check_criteria(raw: &RawLimits) -> Result<(), LimitError> {
        let refuse = |name, found: Decimal, allowed| {
            Err(LimitError {
                name,
                found: found.to_string(),
                allowed,
            })
        };
        let hundred = Decimal::from(100);
        if raw.min_risk_reward < Decimal::ONE || raw.min_risk_reward > hundred {
            return refuse("min_risk_reward", raw.min_risk_reward, "1 to 100");
        }
        if raw.min_relative_volume <= Decimal::ZERO || raw.min_relative_volume > hundred {
            return refuse(
                "min_relative_volume",
                raw.min_relative_volume,
                "above 0 up to 100",
            );
        }
        if raw.min_rsi < Decimal::ZERO || raw.min_rsi >= raw.max_rsi {
            return refuse("min_rsi", raw.min_rsi, "0 to less than max_rsi");
        }
        if raw.max_rsi > hundred {
            return refuse("max_rsi", raw.max_rsi, "more than min_rsi up to 100");
        }
        Ok(())
    }

    /// Names held at once.
    pub const fn max_positions(&self) -> u32 {
        self.raw.max_positions
    }

    /// Share of equity in one name.
    pub const fn max_position(&self) -> BasisPoints {
        self.max_position
    }

    /// Loss of the day at which everything is flattened.
    pub const fn max_daily_loss(&self) -> BasisPoints {
        self.max_daily_loss
    }

    /// Loss of the day at which entries shrink to half size.
    pub const fn warning_loss(&self) -> BasisPoints {
        self.warning_loss
    }

    /// Entries sent in a day.
    pub const fn max_daily_trades(&self) -> u32 {
        self.raw.max_daily_trades
    }

    /// Net reward to net risk.
    pub const fn min_reward_risk(&self) -> Decimal {
        self.raw.min_risk_reward
    }

    /// Share of equity between entry and stop.
    pub const fn max_risk_per_trade(&self) -> BasisPoints {
        self.max_risk_per_trade
    }

    /// Distance from entry to stop.
    pub const fn max_stop_distance(&self) -> BasisPoints {
        self.max_stop_distance
    }

    /// Distance of the entry from the last price.
    pub const fn max_price_deviation(&self) -> BasisPoints {
        self.max_price_deviation
    }

    /// How long a quote stays good.
    pub fn max_quote_age(&self) -> TimeDelta {
        TimeDelta::seconds(i64::from(self.raw.max_quote_age_seconds))
    }

    /// Entries in one symbol in a day.
    pub const fn max_entries_per_symbol(&self) -> u32 {
        self.raw.max_entries_per_symbol
    }

    /// Time without entry in a symbol after a stop.
    pub fn cooldown(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.raw.cooldown_minutes))
    }

    /// Time without entry after a session opens.
    pub fn no_entry_after_open(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.raw.no_entry_after_open_minutes))
    }

    /// Time without entry before a session ends.
    pub fn no_entry_before_close(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.raw.no_entry_before_close_minutes))
    }

    /// Board lots in one order.
    pub const fn max_order_lots(&self) -> u32 {
        self.raw.max_order_lots
    }

    /// Unexplained change of equity.
    pub const fn max_equity_jump(&self) -> BasisPoints {
        self.max_equity_jump
    }

    /// Absolute fuse on one order.
    pub const fn max_order_value(&self) -> Option<Money> {
        self.max_order_value
    }

    /// Absolute fuse on all holdings together.
    pub const fn max_gross_value(&self) -> Option<Money> {
        self.max_gross_value
    }

    /// How long a headline stays good for the entry criteria.
    pub fn max_news_age(&self) -> TimeDelta {
        TimeDelta::hours(i64::from(self.raw.max_news_age_hours))
    }

    /// Least relative volume of the entry criteria.
    pub const fn min_relative_volume(&self) -> Decimal {
        self.raw.min_relative_volume
    }

    /// Range of RSI of the entry criteria, both ends inclusive.
    pub const fn rsi_range(&self) -> (Decimal, Decimal) {
        (self.raw.min_rsi, self.raw.max_rsi)
    }

    /// Whether the criteria refuse or report.
    pub const fn entry_criteria(&self) -> EntryCriteria {
        self.raw.entry_criteria
    }

    /// Whether delayed quotes may be traded on.
    pub const fn feed_policy(&self) -> FeedPolicy {
        self.raw.feed_policy
    }

    /// Whether market entries are taken.
    pub const fn market_orders(&self) -> MarketOrders {
        self.raw.market_orders
    }
}
