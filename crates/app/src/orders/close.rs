//! Close: cancel what works, confirm, exit, confirm flat; else put the stop back.

use catalyst_domain::order::{ExitCause, ExitIntent, ExitKind, Leg, OrderIntent};
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::{Breach, Figure, Refusal, RiskDecision, Rule};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{CloseOutcome, CloseReport};
use tracing::warn;

use super::guardian::{cancel_guards, restore_agreed};
use super::send::{Sent, await_end, send};
use crate::CycleError;
use crate::observe::{Picture, SymbolFacts};
use crate::running::Running;
use crate::settle::settle;

/// Tries of one close before the stop is put back; each sells twice as deep as the one before.
const TRIES: u32 = 3;

/// Leaves all of `symbol`. Where the phase takes no exit nothing is touched and the stop stays.
pub(crate) async fn close(
    run: &mut Running<'_>,
    symbol: Symbol,
    cause: ExitCause,
    reason: &str,
) -> Result<CloseReport, CycleError> {
    let before = Picture::take(run).await?.held(symbol);
    if before.is_zero() {
        return Ok(report(symbol, CloseOutcome::Flat, before, before));
    }
    if door_shut(run)?.is_some() {
        return Ok(report(
            symbol,
            CloseOutcome::StillHeldAndProtected,
            before,
            before,
        ));
    }
    cancel_guards(run, symbol).await?;
    let mut progress = Progress::Ended;
    for attempt in 0..TRIES {
        settle(run).await?;
        let picture = Picture::take(run).await?;
        let held = picture.held(symbol);
        if held.is_zero() || progress != Progress::Ended || run.out_of_time() {
            break;
        }
        let exit = ExitTry {
            symbol,
            held,
            cause,
            attempt,
        };
        progress = attempt_exit(run, &picture, exit, reason).await?;
    }
    settle(run).await?;
    let held = Picture::take(run).await?.held(symbol);
    let outcome = match progress {
        _ if held.is_zero() => CloseOutcome::Flat,
        Progress::InAuction => CloseOutcome::InAuction,
        Progress::Unknown => CloseOutcome::Unknown,
        Progress::Ended if restore_agreed(run, symbol).await? => {
            CloseOutcome::StillHeldAndProtected
        }
        Progress::Ended => CloseOutcome::StillHeldUnprotected,
    };
    Ok(report(symbol, outcome, before, held))
}

/// Where one exit stands when its try is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Nothing of it is at work.
    Ended,
    /// It waits for the auction's match.
    InAuction,
    /// Nobody knows what became of it.
    Unknown,
}

/// Why a close cannot even begin now; `None` when the phase takes exits.
pub(crate) fn door_shut(run: &Running<'_>) -> Result<Option<Refusal>, CycleError> {
    let phase = run.rules.calendar.moment(run.now())?.phase;
    Ok((!phase.accepts_exits()).then(|| {
        let limit = Figure::Word("continuous trading or the closing auction");
        Refusal::single(Breach::new(
            Rule::Phase,
            limit,
            Figure::Word(phase.as_str()),
        ))
    }))
}

#[derive(Debug, Clone, Copy)]
struct ExitTry {
    symbol: Symbol,
    held: Shares,
    cause: ExitCause,
    attempt: u32,
}

/// One exit order, followed to its end.
async fn attempt_exit(
    run: &mut Running<'_>,
    picture: &Picture,
    exit: ExitTry,
    reason: &str,
) -> Result<Progress, CycleError> {
    let facts = picture.facts(run, exit.symbol).await;
    let Some(kind) = exit_kind(run, picture, &facts, exit.attempt) else {
        warn!(cycle.id = %run.id, symbol = %exit.symbol, "no price to exit at");
        return Ok(Progress::Ended);
    };
    let ExitTry {
        symbol,
        held: shares,
        cause,
        ..
    } = exit;
    let intent = OrderIntent::Exit(ExitIntent {
        symbol,
        shares,
        kind,
        cause,
    });
    let view = facts.view(picture, run.rules, run.policy, symbol);
    let id = run.next_order(Leg::Exit);
    let order = match run.policy.gate.review(&intent, &view, id) {
        RiskDecision::Approved(order) => order,
        RiskDecision::Refused(refusal) => {
            warn!(cycle.id = %run.id, %symbol, %refusal, "exit refused");
            return Ok(Progress::Ended);
        }
    };
    match send(run, order, reason, Vec::new()).await? {
        Sent::Taken(_) if kind == ExitKind::Auction => Ok(Progress::InAuction),
        Sent::Taken(ticket) => match await_end(run, ticket.id).await? {
            Some(_) => Ok(Progress::Ended),
            None => Ok(Progress::Unknown),
        },
        Sent::Refused(_) => Ok(Progress::Ended),
        Sent::Unknown => Ok(Progress::Unknown),
    }
}

/// A limit below the bid in continuous trading, an auction order in the closing auction.
fn exit_kind(
    run: &Running<'_>,
    picture: &Picture,
    facts: &SymbolFacts,
    attempt: u32,
) -> Option<ExitKind> {
    if !picture.moment.phase.is_continuous() {
        return Some(ExitKind::Auction);
    }
    let kind = facts.instrument?.kind;
    let grid = run.rules.ticks.on(picture.moment.date, kind).ok()?;
    let bid = grid.snap_down(facts.quote?.bid)?;
    let depth = run
        .policy
        .exit_slippage_ticks
        .saturating_mul(1 << attempt.min(8));
    let mut price = bid;
    for _ in 0..depth {
        price = grid.down(price)?;
    }
    Some(ExitKind::Limit(price.price()))
}

fn report(symbol: Symbol, outcome: CloseOutcome, before: Shares, held: Shares) -> CloseReport {
    let sold = before.minus(held).unwrap_or(Shares::ZERO);
    CloseReport {
        symbol,
        outcome,
        sold,
        held,
    }
}
