//! How orders are sent and how long a cycle may take.

use catalyst_domain::budget::Budget;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::grounding::GroundingRule;
use chrono::TimeDelta;

use super::budget;
use super::problem::SettingsError;
use super::raw::RawSettings;

/// Section `orders`, what the risk limits do not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrderPolicy {
    /// Ticks that the limit of a marketable order lies through the best ask.
    pub(crate) market_slippage_ticks: u32,
    /// Time an entry is given to fill before it is cancelled; shorter than a cycle's limit.
    pub(crate) fill_wait: TimeDelta,
    /// Stops that may be put back under one position in a day.
    pub(crate) repairs_max: u32,
    /// Readings of the day's loss at its limit, in a row, that leave everything.
    pub(crate) loss_confirmations: u32,
    /// Age from which a position that goes nowhere is left, `None` for never.
    pub(crate) time_stop: Option<TimeDelta>,
    /// What the broker charges.
    pub(crate) commission: CommissionPlan,
}

/// Section `cycle`, and the bound on the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CycleBounds {
    /// Wall clock of one cycle.
    pub(crate) time_limit: TimeDelta,
    /// Turns of the advisor in one cycle, by the owner's name `claude.max_iterations`.
    pub(crate) max_turns: u32,
    /// Tool calls of one cycle.
    pub(crate) max_calls: u32,
    /// What asking a model may cost.
    pub(crate) budget: Budget,
    /// Alerts the advisor may send in one cycle.
    pub(crate) max_alerts: u32,
    /// What is done about a reason that gives what no tool returned, by the owner's name
    /// `strategy.grounding`.
    pub(crate) grounding: GroundingRule,
}

pub(super) fn read_bounds(raw: &RawSettings<'_>) -> Result<CycleBounds, SettingsError> {
    Ok(CycleBounds {
        time_limit: seconds(raw.whole("cycle.time_limit_seconds", 10..=1_500)?),
        max_turns: raw.whole("claude.max_iterations", 1..=100)?,
        max_calls: raw.whole("claude.max_calls", 1..=100)?,
        budget: budget::read(raw)?,
        max_alerts: raw.whole("cycle.max_alerts", 0..=20)?,
        grounding: raw.word(
            "strategy.grounding",
            &[
                (GroundingRule::Report.as_str(), GroundingRule::Report),
                (GroundingRule::Require.as_str(), GroundingRule::Require),
            ],
        )?,
    })
}

pub(super) fn read_policy(
    raw: &RawSettings<'_>,
    bounds: &CycleBounds,
) -> Result<OrderPolicy, SettingsError> {
    let wait = raw.whole("orders.fill_wait_seconds", 1..=600)?;
    if seconds(wait) >= bounds.time_limit {
        return Err(SettingsError::value(
            "orders.fill_wait_seconds",
            &wait.to_string(),
            "less than cycle.time_limit_seconds",
        ));
    }
    Ok(OrderPolicy {
        market_slippage_ticks: raw.whole("orders.market_slippage_ticks", 0..=100)?,
        fill_wait: seconds(wait),
        repairs_max: raw.whole("orders.max_repairs", 1..=200)?,
        loss_confirmations: raw.whole("risk.loss_confirmations", 1..=10)?,
        time_stop: read_time_stop(raw)?,
        commission: raw.parsed("orders.commission_plan", "none, ibkr-fixed, ibkr-tiered")?,
    })
}

fn read_time_stop(raw: &RawSettings<'_>) -> Result<Option<TimeDelta>, SettingsError> {
    let key = "orders.time_stop_minutes";
    if !raw.has(key) {
        return Ok(None);
    }
    let minutes = raw.whole(key, 1..=390)?;
    Ok(Some(TimeDelta::minutes(i64::from(minutes))))
}

fn seconds(count: u32) -> TimeDelta {
    TimeDelta::seconds(i64::from(count))
}
