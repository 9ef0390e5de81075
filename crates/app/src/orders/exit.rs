//! One exit order: priced, judged, sent. Waiting for it is `close`'s business.

use catalyst_domain::order::{ClientOrderId, ExitCause, ExitIntent, ExitKind, Leg, OrderIntent};
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::RiskDecision;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;
use tracing::warn;

use super::send::{Sent, send};
use crate::CycleError;
use crate::observe::{Picture, SymbolFacts};
use crate::running::Running;

/// No exit is priced further below the last price; the gate refuses one at twice this.
const DEEPEST: Decimal = Decimal::from_parts(10, 0, 0, false, 2);

/// What is to be sold in one try.
#[derive(Debug, Clone, Copy)]
pub(super) struct ExitTry {
    pub(super) symbol: Symbol,
    pub(super) held: Shares,
    pub(super) cause: ExitCause,
    pub(super) attempt: u32,
}

/// What became of the send.
#[derive(Debug, Clone, Copy)]
pub(super) enum Started {
    Working(ClientOrderId),
    InAuction,
    Refused,
    Unknown,
}

/// Judges and sends one exit.
pub(super) async fn start_exit(
    run: &mut Running<'_>,
    picture: &Picture,
    exit: ExitTry,
    reason: &str,
) -> Result<Started, CycleError> {
    let facts = picture.facts_of_held(run, exit.symbol).await;
    let Some(kind) = exit_kind(run, picture, &facts, exit.attempt) else {
        warn!(cycle.id = %run.id, symbol = %exit.symbol, "no price to exit at");
        return Ok(Started::Refused);
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
            return Ok(Started::Refused);
        }
    };
    Ok(match send(run, order, reason, Vec::new()).await? {
        Sent::Taken(_) if kind == ExitKind::Auction => Started::InAuction,
        Sent::Taken(ticket) => Started::Working(ticket.id),
        Sent::Refused(_) => Started::Refused,
        Sent::Unknown => Started::Unknown,
    })
}

/// True where an exit could be priced and would pass the gate once the stops and targets are gone, so that
/// none is taken away in vain. Sends nothing.
pub(super) async fn could_exit(
    run: &Running<'_>,
    picture: &Picture,
    symbol: Symbol,
    cause: ExitCause,
) -> bool {
    let facts = picture.facts_of_held(run, symbol).await.unguarded();
    let Some(kind) = exit_kind(run, picture, &facts, 0) else {
        warn!(cycle.id = %run.id, %symbol, "no price to exit at");
        return false;
    };
    let exit = ExitIntent {
        symbol,
        shares: picture.held(symbol),
        kind,
        cause,
    };
    let view = facts.view(picture, run.rules, run.policy, symbol);
    let breaches = run.policy.gate.assess_exit(&exit, &view);
    for breach in &breaches {
        warn!(cycle.id = %run.id, %symbol, %breach, "exit would be refused");
    }
    breaches.is_empty()
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
    let quote = facts.quote?;
    let kind = facts.instrument?.kind;
    let grid = run.rules.ticks.on(picture.moment.date, kind).ok()?;
    let deepest = quote.last.value() * (Decimal::ONE - DEEPEST);
    let depth = run
        .policy
        .exit_slippage_ticks
        .max(1)
        .saturating_mul(1 << attempt.min(8));
    let mut price = grid.snap_down(quote.bid)?;
    for _ in 0..depth {
        match grid.down(price) {
            Some(lower) if lower.value() >= deepest => price = lower,
            Some(_) | None => break,
        }
    }
    Some(ExitKind::Limit(price.price()))
}
