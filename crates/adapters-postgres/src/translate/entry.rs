//! Journal entries as rows, in the order in which they are kept. Places and seals are the chain's
//! business and left open.

use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, Execution, OrderTicket};
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::TradingState;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{
    FamilyEnding, IntentRecord, JournalEntry, LimitRecord, ModelUsage, StateScope, ToolRecord,
    VerdictRecord,
};
use catalyst_ports::notifier::Alert;
use chrono::{DateTime, Utc};
use thiserror::Error;

use super::cell::{clean, count_of};
use super::fill::{commission_row, execution_row};
use super::finding::comparison_rows;
use super::note::{decision_row, scope_word};
use super::plan::{PlanError, plan_text};
use crate::entity::{
    AnyRow, Exact, alert, alert_end, halt, limit_change, model_usage, order_event, order_intent,
    reading, settlement, tool_call, verdict, write_off,
};

/// The run that writes, as rows name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Writer {
    /// Row of the run.
    pub(crate) cycle: i64,
    /// Row of the book.
    pub(crate) book: i64,
    /// The exchange day of the run.
    pub(crate) date: String,
}

/// A place that the chain gives.
pub(crate) const OPEN_PLACE: i64 = 0;

/// Why an entry has no row.
#[derive(Debug, Error)]
pub(crate) enum EntryError {
    /// A plan has no text form.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A value has no text form.
    #[error("an entry has no text form")]
    Text(#[from] serde_json::Error),
}

/// The rows of `entry`.
pub(crate) fn rows_of(writer: &Writer, entry: JournalEntry) -> Result<Vec<AnyRow>, EntryError> {
    let cycle_id = writer.cycle;
    let row = match entry {
        JournalEntry::Tool(tool) => AnyRow::ToolCall(tool_row(cycle_id, *tool)?),
        JournalEntry::Verdict(verdict) => AnyRow::Verdict(verdict_row(cycle_id, &verdict)?),
        JournalEntry::Intent(intent) => AnyRow::OrderIntent(intent_row(writer, intent)?),
        JournalEntry::Ticket { ticket, at } => AnyRow::OrderEvent(event_row(writer, &ticket, at)),
        JournalEntry::Settled { id, ending, at } => {
            AnyRow::Settlement(settlement_row(writer, id, ending, at))
        }
        JournalEntry::Execution(execution) => return Ok(both_rows(writer, &execution)),
        JournalEntry::Reading { equity, cash, at } => {
            AnyRow::Reading(reading_row(writer, equity, cash, at))
        }
        JournalEntry::State {
            state,
            scope,
            reason,
            at,
        } => AnyRow::Halt(halt::Model {
            reason: clean(reason),
            ..halt_row(writer, state, scope, at)
        }),
        JournalEntry::Findings { findings, at } => {
            return Ok(comparison_rows(writer, &findings, at)?);
        }
        JournalEntry::WriteOff {
            symbol,
            from,
            to,
            evidence,
            at,
        } => AnyRow::WriteOff(write_off::Model {
            evidence: clean(evidence),
            ..write_off_row(writer, symbol, (from, to), at)
        }),
        JournalEntry::Limits {
            changes,
            accepted_by,
            at,
        } => {
            let rows = changes
                .into_iter()
                .map(|change| AnyRow::LimitChange(limit_row(writer, change, &accepted_by, at)));
            return Ok(rows.collect());
        }
        JournalEntry::Usage(usage) => AnyRow::ModelUsage(usage_row(cycle_id, usage)),
        JournalEntry::Decision(note) => AnyRow::Decision(decision_row(cycle_id, &note)),
        JournalEntry::Alert { alert, delivered } => {
            AnyRow::Alert(alert_row(cycle_id, alert, delivered))
        }
        JournalEntry::AlertEnded { number, ending, at } => AnyRow::AlertEnd(alert_end::Model {
            id: OPEN_PLACE,
            cycle_id,
            alert_id: number.0,
            ending: ending.as_str().to_owned(),
            at: at.timestamp_micros(),
            hash: Vec::new(),
        }),
    };
    Ok(vec![row])
}

fn settlement_row(
    writer: &Writer,
    id: ClientOrderId,
    ending: FamilyEnding,
    at: DateTime<Utc>,
) -> settlement::Model {
    settlement::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        order_name: id.to_string(),
        ending: ending.as_str().to_owned(),
        at: at.timestamp_micros(),
        hash: Vec::new(),
    }
}

fn reading_row(writer: &Writer, equity: Money, cash: Money, at: DateTime<Utc>) -> reading::Model {
    reading::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        date: writer.date.clone(),
        equity: Exact(equity.amount()),
        cash: Exact(cash.amount()),
        currency: equity.currency().to_string(),
        at: at.timestamp_micros(),
        hash: Vec::new(),
    }
}

/// The reason is the caller's to set.
fn halt_row(
    writer: &Writer,
    state: TradingState,
    scope: StateScope,
    at: DateTime<Utc>,
) -> halt::Model {
    halt::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        date: writer.date.clone(),
        state: state.as_str().to_owned(),
        scope: scope_word(scope).to_owned(),
        reason: String::new(),
        at: at.timestamp_micros(),
        hash: Vec::new(),
    }
}

/// The evidence is the caller's to set.
fn write_off_row(
    writer: &Writer,
    symbol: Symbol,
    (from, to): (Shares, Shares),
    at: DateTime<Utc>,
) -> write_off::Model {
    write_off::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        symbol: symbol.to_string(),
        from_shares: count_of(from),
        to_shares: count_of(to),
        evidence: String::new(),
        at: at.timestamp_micros(),
        hash: Vec::new(),
    }
}

fn limit_row(
    writer: &Writer,
    change: LimitRecord,
    accepted_by: &str,
    at: DateTime<Utc>,
) -> limit_change::Model {
    limit_change::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        name: change.name,
        was: change.was,
        becomes: change.becomes,
        accepted_by: clean(accepted_by.to_owned()),
        at: at.timestamp_micros(),
        hash: Vec::new(),
    }
}

fn tool_row(cycle_id: i64, tool: ToolRecord) -> Result<tool_call::Model, serde_json::Error> {
    let request = tool.request.as_ref().map(serde_json::to_string);
    Ok(tool_call::Model {
        id: OPEN_PLACE,
        cycle_id,
        number: i64::from(tool.number),
        request: request.transpose()?,
        reply: serde_json::to_string(&tool.reply)?,
        name: clean(tool.name),
        at: tool.at.timestamp_micros(),
        hash: Vec::new(),
    })
}

fn verdict_row(cycle_id: i64, record: &VerdictRecord) -> Result<verdict::Model, serde_json::Error> {
    Ok(verdict::Model {
        id: OPEN_PLACE,
        cycle_id,
        symbol: record.symbol.to_string(),
        side: record.side.to_string(),
        shares: count_of(record.shares),
        breaches: serde_json::to_string(&record.breaches)?,
        notes: serde_json::to_string(&record.notes)?,
        at: record.at.timestamp_micros(),
        hash: Vec::new(),
    })
}

fn intent_row(writer: &Writer, intent: IntentRecord) -> Result<order_intent::Model, PlanError> {
    Ok(order_intent::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        name: intent.id.to_string(),
        date: intent.id.cycle().date().to_string(),
        symbol: intent.plan.symbol().to_string(),
        plan: plan_text(&intent.plan)?,
        reason: clean(intent.reason),
        at: intent.at.timestamp_micros(),
        hash: Vec::new(),
    })
}

fn event_row(writer: &Writer, ticket: &OrderTicket, at: DateTime<Utc>) -> order_event::Model {
    order_event::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        order_name: ticket.id.to_string(),
        symbol: ticket.symbol.to_string(),
        side: ticket.side.to_string(),
        price: ticket.price.map(|price| Exact(price.value())),
        shares: count_of(ticket.shares),
        filled: count_of(ticket.filled),
        status: ticket.status.as_str().to_owned(),
        at: at.timestamp_micros(),
        hash: Vec::new(),
    }
}

/// What changed hands, and what it cost: the second may become known later.
fn both_rows(writer: &Writer, execution: &Execution) -> Vec<AnyRow> {
    vec![
        AnyRow::Execution(execution_row(writer, execution)),
        AnyRow::Commission(commission_row(writer, execution)),
    ]
}

fn usage_row(cycle_id: i64, usage: ModelUsage) -> model_usage::Model {
    let count = |tokens| i64::try_from(tokens).unwrap_or(i64::MAX);
    model_usage::Model {
        id: OPEN_PLACE,
        cycle_id,
        model: clean(usage.model),
        request: usage.request.map(clean),
        tokens_in: count(usage.tokens_in),
        tokens_cache_read: count(usage.tokens_cache_read),
        tokens_cache_written: count(usage.tokens_cache_written),
        tokens_out: count(usage.tokens_out),
        cost: Exact(usage.cost.amount()),
        currency: usage.cost.currency().to_string(),
        millis: usage.took.num_milliseconds(),
        at: usage.at.timestamp_micros(),
        hash: Vec::new(),
    }
}

fn alert_row(cycle_id: i64, message: Alert, delivered: bool) -> alert::Model {
    alert::Model {
        id: OPEN_PLACE,
        cycle_id,
        severity: message.severity.as_str().to_owned(),
        subject: clean(message.subject),
        message: clean(message.message),
        delivered,
        at: message.at.timestamp_micros(),
        hash: Vec::new(),
    }
}
