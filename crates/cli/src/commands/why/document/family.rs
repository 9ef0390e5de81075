//! An order family in the document.

use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, EntryPrice, Execution, ExitPrice, OrderPlan};
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{FamilyEnding, FamilyResult, StoryEvent, StoryFamily};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// One family.
#[derive(Debug, Serialize)]
pub(super) struct FamilyLine {
    row: i64,
    order: ClientOrderId,
    symbol: Symbol,
    side: String,
    shares: Shares,
    plan: PlanLine,
    reason: String,
    at: DateTime<Utc>,
    ending: Option<&'static str>,
    result: ResultLine,
    others: Vec<ClientOrderId>,
    events: Vec<EventLine>,
    executions: Vec<ExecutionLine>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum PlanLine {
    Bracket {
        meets: &'static str,
        worst: String,
        entry: String,
        stop: String,
        target: String,
        currency: String,
    },
    Exit {
        limit: Option<String>,
        cause: &'static str,
    },
    Protect {
        stop: String,
        target: Option<String>,
    },
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum ResultLine {
    Nothing,
    OfAnother,
    Open,
    Closed {
        gross: Money,
        fees: Money,
        net: Money,
        currency: String,
    },
    Unknown,
}

#[derive(Debug, Serialize)]
struct EventLine {
    order: ClientOrderId,
    side: String,
    price: Option<String>,
    shares: Shares,
    filled: Shares,
    status: String,
    at: DateTime<Utc>,
}

#[derive(Debug, Serialize)]
struct ExecutionLine {
    execution: String,
    order: ClientOrderId,
    side: String,
    shares: Shares,
    price: String,
    fees: Money,
    currency: String,
    fees_are: &'static str,
    at: DateTime<Utc>,
}

impl FamilyLine {
    pub(super) fn of(family: &StoryFamily) -> Self {
        Self {
            row: family.row,
            order: family.id,
            symbol: family.plan.symbol(),
            side: family.plan.side().to_string(),
            shares: family.plan.shares(),
            plan: PlanLine::of(&family.plan),
            reason: family.reason.clone(),
            at: family.at,
            ending: family.ending.map(FamilyEnding::as_str),
            result: ResultLine::of(family.result),
            others: family.others.clone(),
            events: family.events.iter().map(EventLine::of).collect(),
            executions: family.executions.iter().map(ExecutionLine::of).collect(),
        }
    }
}

impl PlanLine {
    fn of(plan: &OrderPlan) -> Self {
        match plan {
            OrderPlan::Bracket(plan) => Self::Bracket {
                meets: match plan.entry {
                    EntryPrice::Limit(_) => "limit",
                    EntryPrice::Marketable(_) => "marketable",
                },
                worst: plan.entry.worst().to_string(),
                entry: plan.bracket.entry().to_string(),
                stop: plan.bracket.stop().to_string(),
                target: plan.bracket.target().to_string(),
                currency: plan.instrument.currency.to_string(),
            },
            OrderPlan::Exit(plan) => Self::Exit {
                limit: match plan.price {
                    ExitPrice::Limit(limit) => Some(limit.to_string()),
                    ExitPrice::Auction => None,
                },
                cause: plan.cause.as_str(),
            },
            OrderPlan::Protect(plan) => Self::Protect {
                stop: plan.stop.to_string(),
                target: plan.target.map(|target| target.to_string()),
            },
        }
    }
}

impl ResultLine {
    fn of(result: FamilyResult) -> Self {
        match result {
            FamilyResult::Nothing => Self::Nothing,
            FamilyResult::OfAnother => Self::OfAnother,
            FamilyResult::Open => Self::Open,
            FamilyResult::Closed { gross, fees, net } => Self::Closed {
                gross,
                fees,
                net,
                currency: net.currency().to_string(),
            },
            FamilyResult::Unknown => Self::Unknown,
        }
    }
}

impl EventLine {
    fn of(event: &StoryEvent) -> Self {
        Self {
            order: event.order,
            side: event.side.to_string(),
            price: event.price.map(|price| price.to_string()),
            shares: event.shares,
            filled: event.filled,
            status: event.status.clone(),
            at: event.at,
        }
    }
}

impl ExecutionLine {
    fn of(execution: &Execution) -> Self {
        let fill = &execution.fill;
        Self {
            execution: fill.execution.to_string(),
            order: fill.order,
            side: fill.side.to_string(),
            shares: fill.shares,
            price: fill.price.to_string(),
            fees: fill.fees,
            currency: fill.fees.currency().to_string(),
            fees_are: execution.fees.as_str(),
            at: fill.at,
        }
    }
}
