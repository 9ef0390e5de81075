//! Journal entries as rows: those that are kept for people and for later proof, and the two that say
//! what was sent and how it ended.

use catalyst_domain::order::{ClientOrderId, OrderTicket};
use catalyst_domain::risk::{Rule, TradingState};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{FamilyEnding, IntentRecord, StateScope, ToolRecord, VerdictRecord};
use catalyst_ports::notifier::Alert;
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::{NotSet, Set};

use super::cell::count_of;
use super::note::scope_word;
use super::plan::{PlanError, plan_text};
use crate::entity::{
    DecimalText, alert, order_event, order_intent, settlement, state, tool_call, verdict,
};

pub(crate) fn tool_row(
    cycle: i64,
    tool: ToolRecord,
) -> Result<tool_call::ActiveModel, serde_json::Error> {
    let request = tool.request.as_ref().map(serde_json::to_string);
    Ok(tool_call::ActiveModel {
        id: NotSet,
        cycle_id: Set(cycle),
        number: Set(i64::from(tool.number)),
        request: Set(request.transpose()?),
        reply: Set(serde_json::to_string(&tool.reply)?),
        name: Set(tool.name),
        at: Set(tool.at.timestamp_micros()),
    })
}

pub(crate) fn verdict_row(
    cycle: i64,
    record: &VerdictRecord,
) -> Result<verdict::ActiveModel, serde_json::Error> {
    Ok(verdict::ActiveModel {
        id: NotSet,
        cycle_id: Set(cycle),
        symbol: Set(record.symbol.to_string()),
        side: Set(record.side.to_string()),
        shares: Set(count_of(record.shares)),
        breaches: Set(serde_json::to_string(&record.breaches)?),
        notes: Set(serde_json::to_string(&record.notes)?),
        at: Set(record.at.timestamp_micros()),
    })
}

pub(crate) fn intent_row(
    cycle: i64,
    intent: IntentRecord,
) -> Result<order_intent::ActiveModel, PlanError> {
    Ok(order_intent::ActiveModel {
        id: NotSet,
        cycle_id: Set(cycle),
        name: Set(intent.id.to_string()),
        date: Set(intent.id.cycle().date().to_string()),
        plan: Set(plan_text(&intent.plan)?),
        reason: Set(intent.reason),
        at: Set(intent.at.timestamp_micros()),
    })
}

pub(crate) fn event_row(
    cycle: i64,
    ticket: &OrderTicket,
    at: DateTime<Utc>,
) -> order_event::ActiveModel {
    order_event::ActiveModel {
        id: NotSet,
        cycle_id: Set(cycle),
        order_name: Set(ticket.id.to_string()),
        symbol: Set(ticket.symbol.to_string()),
        side: Set(ticket.side.to_string()),
        price: Set(ticket.price.map(|price| DecimalText(price.value()))),
        shares: Set(count_of(ticket.shares)),
        filled: Set(count_of(ticket.filled)),
        status: Set(ticket.status.as_str().to_owned()),
        at: Set(at.timestamp_micros()),
    }
}

pub(crate) fn settlement_row(
    cycle: i64,
    id: ClientOrderId,
    ending: FamilyEnding,
    at: DateTime<Utc>,
) -> settlement::ActiveModel {
    settlement::ActiveModel {
        id: NotSet,
        cycle_id: Set(cycle),
        order_name: Set(id.to_string()),
        ending: Set(ending.as_str().to_owned()),
        at: Set(at.timestamp_micros()),
    }
}

/// The reason is left empty and is the caller's to set.
pub(crate) fn state_row(
    cycle: i64,
    state: TradingState,
    scope: StateScope,
    at: DateTime<Utc>,
) -> state::ActiveModel {
    state::ActiveModel {
        id: NotSet,
        cycle_id: Set(cycle),
        state: Set(state.as_str().to_owned()),
        scope: Set(scope_word(scope).to_owned()),
        reason: NotSet,
        at: Set(at.timestamp_micros()),
    }
}

pub(crate) fn alert_row(cycle: i64, message: Alert, delivered: bool) -> alert::ActiveModel {
    alert::ActiveModel {
        id: NotSet,
        cycle_id: Set(cycle),
        severity: Set(message.severity.as_str().to_owned()),
        subject: Set(message.subject),
        message: Set(message.message),
        delivered: Set(delivered),
        at: Set(message.at.timestamp_micros()),
    }
}
