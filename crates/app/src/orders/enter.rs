//! Enter: idea, intent, gate, journal, broker, fill, protection. The whole life of an entry.

use catalyst_domain::order::{EntryIntent, Leg, OrderIntent, OrderTicket};
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::{Breach, Refusal, RiskDecision};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{JournalEntry, VerdictRecord};
use catalyst_ports::tool::ExecutionOutcome;
use chrono::TimeDelta;
use rust_decimal::Decimal;

use super::guardian::{Protection, verify};
use super::send::{Sent, await_end, send};
use crate::CycleError;
use crate::observe::Picture;
use crate::running::Running;
use crate::settle::settle;
use crate::tools::Cited;

/// What an entry is argued with.
#[derive(Debug)]
pub(crate) struct Argued<'a> {
    /// The headline it cites.
    pub(crate) cited: Cited,
    /// Why, in the advisor's words.
    pub(crate) reason: &'a str,
    /// What of these words no tool returned, for the record.
    pub(crate) ungrounded: Vec<Breach>,
}

/// What became of an intended entry.
#[derive(Debug)]
pub(crate) enum Entered {
    /// The gate said no; nothing was sent.
    Refused(Refusal),
    /// The broker said no; nothing is at work.
    Rejected(String),
    /// It was sent.
    Sent {
        /// Name of its first leg.
        id: catalyst_domain::order::ClientOrderId,
        /// What became of it.
        outcome: ExecutionOutcome,
        /// Shares bought.
        filled: Shares,
        /// Average price paid.
        average_price: Option<Decimal>,
    },
}

/// Judges `intent` on fresh prices and on the headline it cites and, if it passes, sends it and
/// follows it to its end.
pub(crate) async fn enter(
    run: &mut Running<'_>,
    intent: EntryIntent,
    argued: Argued<'_>,
) -> Result<Entered, CycleError> {
    let symbol = intent.idea.symbol;
    let Argued {
        cited,
        reason,
        ungrounded,
    } = argued;
    let id = run.next_order(Leg::Entry);
    run.place(symbol).await;
    let picture = Picture::take(run).await?;
    let headline = run.seen_news.named(symbol, cited);
    let facts = picture.facts(run, symbol).await.citing(headline);
    let view = facts.view(&picture, run.rules, run.policy, symbol);
    let verdict = |breaches: Vec<Breach>| {
        JournalEntry::Verdict(VerdictRecord {
            symbol,
            side: intent.idea.side,
            shares: intent.shares,
            breaches,
            notes: [
                run.policy.gate.assess(&intent, &view).notes,
                ungrounded.clone(),
            ]
            .concat(),
            at: view.now(),
        })
    };
    let order = match run
        .policy
        .gate
        .review(&OrderIntent::Entry(intent.clone()), &view, id)
    {
        RiskDecision::Approved(order) => order,
        RiskDecision::Refused(refusal) => {
            let refused = verdict(refusal.breaches().copied().collect());
            run.note(refused);
            run.count_refusal(refusal.breaches());
            return Ok(Entered::Refused(refusal));
        }
    };
    let entry = verdict(Vec::new());
    run.tally.approved += 1;
    match send(run, order, reason, vec![entry]).await? {
        Sent::Refused(reason) => Ok(Entered::Rejected(reason)),
        Sent::Unknown => Ok(Entered::Sent {
            id,
            outcome: ExecutionOutcome::Unknown,
            filled: Shares::ZERO,
            average_price: None,
        }),
        Sent::Taken(ticket) => follow(run, ticket, symbol).await,
    }
}

async fn follow(
    run: &mut Running<'_>,
    ticket: OrderTicket,
    symbol: Symbol,
) -> Result<Entered, CycleError> {
    let id = ticket.id;
    let give_up = (run.now() + run.policy.fill_wait).min(run.deadline);
    let ended = await_end(run, id, give_up, TimeDelta::zero()).await?;
    let filled = ended.map_or(Shares::ZERO, |ticket| ticket.filled);
    settle(run).await?;
    let outcome = match (ended, filled.is_zero()) {
        (None, _) => ExecutionOutcome::Unknown,
        (Some(_), true) => ExecutionOutcome::NotFilled,
        (Some(ended), false) => match verify(run, symbol).await? {
            Protection::Unprotected => ExecutionOutcome::Unprotected,
            Protection::Flat | Protection::Guarded if filled == ended.shares => {
                ExecutionOutcome::FilledAndProtected
            }
            Protection::Flat | Protection::Guarded => ExecutionOutcome::PartlyFilledAndProtected,
        },
    };
    let average_price = average_paid(run, id).await?;
    Ok(Entered::Sent {
        id,
        outcome,
        filled,
        average_price,
    })
}

async fn average_paid(
    run: &Running<'_>,
    id: catalyst_domain::order::ClientOrderId,
) -> Result<Option<Decimal>, CycleError> {
    let day = run.ports.journal.day(id.cycle().date()).await?;
    let (mut value, mut shares) = (Decimal::ZERO, Decimal::ZERO);
    for fill in day.fills.iter().filter(|fill| fill.order == id) {
        value += fill.gross().amount();
        shares += Decimal::from(fill.shares.count());
    }
    Ok(value
        .checked_div(shares)
        .map(|average| average.round_dp(6).normalize()))
}
