//! Why something happened: from what it came to, back to the words that caused it.

use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, CycleId, Execution, OrderPlan};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};

use super::{DecisionNote, FamilyEnding, Provenance};

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An order, by the name of any of its family.
    Order(ClientOrderId),
    /// A symbol, over every day that is kept.
    Symbol(Symbol),
    /// A run.
    Cycle(CycleId),
}

/// What a family of orders made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FamilyResult {
    /// Nothing was filled.
    Nothing,
    /// It is a sale or a protection; what it made belongs to the family that bought.
    OfAnother,
    /// What was bought is still held, in part or whole.
    Open,
    /// Bought and sold again. Where several families bought into one position it is the result of
    /// all of them together, and each names the others.
    Closed {
        /// Before fees.
        gross: Money,
        /// Of both sides.
        fees: Money,
        /// What is left.
        net: Money,
    },
    /// Shares left the account and nobody reported how.
    Unknown,
}

/// A judgement of the gate, breaches and notes as JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryVerdict {
    /// The row that holds it; rows are counted over all tables, so a smaller one was kept before.
    pub row: i64,
    /// About what.
    pub symbol: Symbol,
    /// Which way.
    pub side: Side,
    /// How many shares.
    pub shares: Shares,
    /// Every broken limit, a JSON list; empty when it passed.
    pub breaches: String,
    /// What was only noted, a JSON list.
    pub notes: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A report of the broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryEvent {
    /// The order of the family.
    pub order: ClientOrderId,
    /// Which way.
    pub side: Side,
    /// Limit or stop price; `None` for an auction order.
    pub price: Option<Price>,
    /// How many shares it is for.
    pub shares: Shares,
    /// Shares filled so far.
    pub filled: Shares,
    /// Where it stood.
    pub status: String,
    /// When it was read.
    pub at: DateTime<Utc>,
}

/// One order family with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryFamily {
    /// The row that holds it.
    pub row: i64,
    /// The name of its first leg.
    pub id: ClientOrderId,
    /// What it was to do.
    pub plan: OrderPlan,
    /// In the advisor's words, or the cause of an exit.
    pub reason: String,
    /// When it was kept, before it was sent.
    pub at: DateTime<Utc>,
    /// Its end; `None` while it may still fill.
    pub ending: Option<FamilyEnding>,
    /// What it made.
    pub result: FamilyResult,
    /// Other families of the same position, in the order they were sent: those that bought into it,
    /// and the sales and protections of its time.
    pub others: Vec<ClientOrderId>,
    /// What the broker reported, in the order it was read.
    pub events: Vec<StoryEvent>,
    /// What changed hands and counts, oldest first; what the broker corrected is left out.
    pub executions: Vec<Execution>,
}

/// A tool call, request and reply as JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryCall {
    /// The row that holds it.
    pub row: i64,
    /// Counted from one within the run.
    pub number: i64,
    /// The tool.
    pub name: String,
    /// What was asked; `None` when it could not be understood.
    pub request: Option<String>,
    /// What was answered.
    pub reply: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One run with what it was told and what it said.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryCycle {
    /// Its name.
    pub id: CycleId,
    /// Who advised.
    pub advisor: String,
    /// What it ran on.
    pub provenance: Provenance,
    /// When it began.
    pub at: DateTime<Utc>,
    /// How it ended; `None` when it was killed or still runs.
    pub ending: Option<String>,
    /// Its last words.
    pub summary: Option<String>,
    /// What the gate said, in order.
    pub verdicts: Vec<StoryVerdict>,
    /// What was asked and answered, in order.
    pub calls: Vec<StoryCall>,
    /// Decisions in words, in order.
    pub decisions: Vec<DecisionNote>,
    /// What each question to a model cost, in order.
    pub costs: Vec<Money>,
}

/// All that is kept about a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Of an order its own family first, then the others of its position; of a symbol all, newest
    /// first; of a run those that it sent, in order.
    pub families: Vec<StoryFamily>,
    /// Of an order the run that sent it; of a run itself; of a symbol the runs of the last day on
    /// which the gate or the advisor spoke of it, else on which a tool named it, in order.
    pub cycles: Vec<StoryCycle>,
}
