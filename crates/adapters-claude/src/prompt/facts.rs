//! Facts: limits, hours and bounds in the words of the instructions, by the names of their
//! placeholders.

use catalyst_domain::risk::{EntryCriteria, FeedPolicy, MarketOrders, RiskLimits};
use catalyst_ports::tool::ToolName;
use chrono::{NaiveTime, TimeDelta};
use rust_decimal::Decimal;

use super::template::Values;

/// Calls in one turn. More would put the last mark of the cache beyond the twenty blocks that the
/// provider looks back.
const BATCH_MAX: u32 = 8;

/// Which positions are left before lunch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LunchRule {
    /// Those that have not gained half of what they risked.
    FlatOnly,
    /// All.
    All,
    /// None.
    None,
}

/// What the instructions tell, all of it from settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptFacts {
    /// The limits in force.
    pub limits: RiskLimits,
    /// Continuous trading on an ordinary day, start and end of each session.
    pub sessions: Vec<(NaiveTime, NaiveTime)>,
    /// When positions are left before lunch.
    pub lunch_exit: NaiveTime,
    /// Which those are.
    pub lunch_rule: LunchRule,
    /// From when on everything is left.
    pub close_exit: NaiveTime,
    /// Turns of a conversation.
    pub turns_max: u32,
    /// Wall clock of a cycle.
    pub time_limit: TimeDelta,
    /// Messages to the owner in one cycle.
    pub alerts_max: u32,
}

impl PromptFacts {
    /// Every placeholder with its value.
    pub(crate) fn values(&self) -> Values {
        let limits = &self.limits;
        let (min_rsi, max_rsi) = limits.rsi_range();
        let half = Decimal::new(i64::from(limits.max_position().points()), 2) / Decimal::TWO;
        Values::from([
            ("alerts_max", self.alerts_max.to_string()),
            ("batch_max", BATCH_MAX.to_string()),
            ("close_exit", clock(self.close_exit)),
            ("cooldown", minutes(limits.cooldown())),
            (
                "entry_criteria",
                criteria(limits.entry_criteria()).to_owned(),
            ),
            ("feed", feed(limits.feed_policy()).to_owned()),
            ("fuses", self.fuses()),
            ("lunch_exit", clock(self.lunch_exit)),
            ("lunch_rule", lunch(self.lunch_rule).to_owned()),
            ("market_orders", market(limits.market_orders()).to_owned()),
            ("max_daily_loss", limits.max_daily_loss().to_string()),
            ("max_daily_trades", limits.max_daily_trades().to_string()),
            (
                "max_entries_per_symbol",
                limits.max_entries_per_symbol().to_string(),
            ),
            ("max_news_age", hours(limits.max_news_age())),
            ("max_order_lots", limits.max_order_lots().to_string()),
            (
                "max_position",
                format!(
                    "{} ({} % after the day's warning)",
                    limits.max_position(),
                    half.normalize()
                ),
            ),
            ("max_positions", limits.max_positions().to_string()),
            (
                "max_price_deviation",
                limits.max_price_deviation().to_string(),
            ),
            ("max_quote_age", seconds(limits.max_quote_age())),
            ("max_risk", limits.max_risk_per_trade().to_string()),
            ("max_rsi", max_rsi.normalize().to_string()),
            ("max_stop_distance", limits.max_stop_distance().to_string()),
            (
                "min_relative_volume",
                limits.min_relative_volume().normalize().to_string(),
            ),
            (
                "min_reward_risk",
                limits.min_reward_risk().normalize().to_string(),
            ),
            ("min_rsi", min_rsi.normalize().to_string()),
            ("no_entry_after_open", minutes(limits.no_entry_after_open())),
            (
                "no_entry_before_close",
                minutes(limits.no_entry_before_close()),
            ),
            ("sessions", self.sessions()),
            ("time_limit", seconds(self.time_limit)),
            ("tools", ToolName::ALL.map(ToolName::as_str).join(", ")),
            ("turns_max", self.turns_max.to_string()),
            ("warning_loss", limits.warning_loss().to_string()),
        ])
    }

    fn sessions(&self) -> String {
        let spans = self.sessions.iter();
        let spans = spans.map(|(start, end)| format!("{} to {}", clock(*start), clock(*end)));
        format!("{} Hong Kong time", spans.collect::<Vec<_>>().join(" and "))
    }

    fn fuses(&self) -> String {
        let order = self.limits.max_order_value();
        let gross = self.limits.max_gross_value();
        let order = order.map(|most| format!(", worth at most {most}"));
        let gross = gross.map(|most| format!("; all holdings together at most {most}"));
        order.into_iter().chain(gross).collect()
    }
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

fn minutes(span: TimeDelta) -> String {
    format!("{} minutes", span.num_minutes())
}

fn seconds(span: TimeDelta) -> String {
    format!("{} seconds", span.num_seconds())
}

fn hours(span: TimeDelta) -> String {
    format!("{} hours", span.num_hours())
}

const fn criteria(rule: EntryCriteria) -> &'static str {
    match rule {
        EntryCriteria::Require => {
            "the harness refuses an entry that does not meet them by what the tools returned in this cycle"
        }
        EntryCriteria::Report => "the harness notes on the record what an entry does not meet",
    }
}

const fn feed(policy: FeedPolicy) -> &'static str {
    match policy {
        FeedPolicy::LiveOnly => " and live, never delayed",
        FeedPolicy::DelayedAccepted => "; delayed ones count too, with limit orders only",
    }
}

const fn market(orders: MarketOrders) -> &'static str {
    match orders {
        MarketOrders::AsMarketableLimit => {
            "A market order is sent as a limit a few ticks through the ask; prefer limit orders."
        }
        MarketOrders::Refused => "Limit orders only; market orders are refused.",
    }
}

const fn lunch(rule: LunchRule) -> &'static str {
    match rule {
        LunchRule::FlatOnly => "leaves positions that have not gained half of what they risked",
        LunchRule::All => "leaves everything",
        LunchRule::None => "leaves nothing by itself",
    }
}
