//! A run in the document, with what its tools were asked and answered as JSON.

use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{DecisionNote, StoryCall, StoryCycle, StoryVerdict};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::commands::why::cost::Cost;

/// One run.
#[derive(Debug, Serialize)]
pub(super) struct RunLine {
    run: String,
    slot: String,
    advisor: String,
    version: String,
    settings_hash: String,
    prompt_hash: Option<String>,
    rules_hash: String,
    at: DateTime<Utc>,
    ending: Option<String>,
    summary: Option<String>,
    verdicts: Vec<VerdictLine>,
    calls: Vec<CallLine>,
    decisions: Vec<DecisionLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<Cost>,
}

#[derive(Debug, Serialize)]
struct VerdictLine {
    row: i64,
    symbol: Symbol,
    side: String,
    shares: Shares,
    breaches: Box<RawValue>,
    notes: Box<RawValue>,
    at: DateTime<Utc>,
}

#[derive(Debug, Serialize)]
struct CallLine {
    row: i64,
    number: i64,
    name: String,
    request: Option<Box<RawValue>>,
    reply: Box<RawValue>,
    at: DateTime<Utc>,
}

#[derive(Debug, Serialize)]
struct DecisionLine {
    decision: &'static str,
    symbol: Option<Symbol>,
    reasoning: String,
    at: DateTime<Utc>,
}

impl RunLine {
    pub(super) fn of(run: &StoryCycle) -> Result<Self, serde_json::Error> {
        let verdicts: Result<_, _> = run.verdicts.iter().map(VerdictLine::of).collect();
        let calls: Result<_, _> = run.calls.iter().map(CallLine::of).collect();
        let on = run.provenance.clone();
        Ok(Self {
            run: run.id.to_string(),
            slot: run.id.slot(),
            advisor: run.advisor.clone(),
            version: on.version,
            settings_hash: on.settings_hash,
            prompt_hash: on.prompt_hash,
            rules_hash: on.rules_hash,
            at: run.at,
            ending: run.ending.clone(),
            summary: run.summary.clone(),
            verdicts: verdicts?,
            calls: calls?,
            decisions: run.decisions.iter().map(DecisionLine::of).collect(),
            model: Cost::of(run),
        })
    }
}

impl VerdictLine {
    fn of(verdict: &StoryVerdict) -> Result<Self, serde_json::Error> {
        Ok(Self {
            row: verdict.row,
            symbol: verdict.symbol,
            side: verdict.side.to_string(),
            shares: verdict.shares,
            breaches: RawValue::from_string(verdict.breaches.clone())?,
            notes: RawValue::from_string(verdict.notes.clone())?,
            at: verdict.at,
        })
    }
}

impl CallLine {
    fn of(call: &StoryCall) -> Result<Self, serde_json::Error> {
        let request = call.request.clone().map(RawValue::from_string);
        Ok(Self {
            row: call.row,
            number: call.number,
            name: call.name.clone(),
            request: request.transpose()?,
            reply: RawValue::from_string(call.reply.clone())?,
            at: call.at,
        })
    }
}

impl DecisionLine {
    fn of(note: &DecisionNote) -> Self {
        Self {
            decision: note.decision.as_str(),
            symbol: note.symbol,
            reasoning: note.reasoning.clone(),
            at: note.at,
        }
    }
}
