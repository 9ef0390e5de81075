//! Guardian: every position has a working stop at the broker, right side, right size, read back; or
//! it gets one; or it is left.

use catalyst_domain::order::{
    ClientOrderId, ExitCause, Leg, OrderIntent, OrderPlan, ProtectIntent,
};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{OrphanRule, guarded_shares, is_being_left};
use catalyst_domain::risk::RiskDecision;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::LimitPrice;
use catalyst_ports::journal::{Family, FamilyEnding};
use catalyst_ports::order_gateway::GatewayError;
use catalyst_ports::tool::{CloseOutcome, Severity};
use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;
use tracing::{error, warn};

use super::close::close;
use super::send::{Sent, send};
use crate::CycleError;
use crate::observe::Picture;
use crate::running::Running;
use crate::settle::settle;

/// Whether a position is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    /// Nothing is held.
    Flat,
    /// All that is held is under a working stop.
    Guarded,
    /// Something is held without a stop and could not be left either.
    Unprotected,
}

/// Stops and targets as last agreed for a position.
#[derive(Debug, Clone, Copy)]
struct Agreed {
    stop: Price,
    target: Option<Price>,
}

/// Verifies every position of the account, the others also when one cannot be; the first failure is
/// returned at the end.
pub(crate) async fn protect_all(run: &mut Running<'_>) -> Result<(), CycleError> {
    let account = run.ports.account.snapshot().await?;
    let mut first = Ok(());
    for position in account.positions {
        if let Err(failure) = verify(run, position.symbol).await {
            error!(cycle.id = %run.id, symbol = %position.symbol, error = %failure, "not verified");
            first = first.and(Err(failure));
        }
    }
    first
}

/// Verifies one position, repairs its protection if it can, leaves it if it cannot.
pub(crate) async fn verify(
    run: &mut Running<'_>,
    symbol: Symbol,
) -> Result<Protection, CycleError> {
    let picture = Picture::take(run).await?;
    let held = picture.held(symbol);
    if held.is_zero() {
        return Ok(Protection::Flat);
    }
    if guarded_shares(symbol, &picture.working) == held || being_left(&picture, symbol) {
        return Ok(Protection::Guarded);
    }
    warn!(cycle.id = %run.id, %symbol, %held, "position without a matching stop, repairing");
    if is_owners(run, &picture, symbol) {
        let text =
            format!("{held} shares that the journal does not know; nothing is done about them");
        run.tell(Severity::Critical, &format!("{symbol} is not ours"), &text)
            .await;
        return Ok(Protection::Unprotected);
    }
    let protection = match agreed(&picture, symbol) {
        Some(agreed) if restore(run, symbol, held, agreed).await? => Protection::Guarded,
        Some(_) | None => leave(run, symbol).await?,
    };
    settle(run).await?;
    Ok(protection)
}

/// True for a position that the journal does not know where the owner is to be asked about such.
fn is_owners(run: &Running<'_>, picture: &Picture, symbol: Symbol) -> bool {
    run.policy.reconcile.orphans == OrphanRule::AskOwner
        && picture.day.holdings.position(symbol).is_none()
}

/// Puts stop and target back under what is held. True when a stop of the right size works after it.
pub(super) async fn restore_agreed(
    run: &mut Running<'_>,
    symbol: Symbol,
) -> Result<bool, CycleError> {
    let picture = Picture::take(run).await?;
    let held = picture.held(symbol);
    match agreed(&picture, symbol) {
        Some(agreed) if !held.is_zero() => restore(run, symbol, held, agreed).await,
        Some(_) | None => Ok(held.is_zero()),
    }
}

async fn restore(
    run: &mut Running<'_>,
    symbol: Symbol,
    held: Shares,
    agreed: Agreed,
) -> Result<bool, CycleError> {
    let picture = Picture::take(run).await?;
    let repairs = repairs_of(&picture, symbol);
    if repairs >= run.policy.repairs_max {
        let text = format!("{repairs} stops were put back today and none stays");
        run.tell(
            Severity::Critical,
            &format!("{symbol} keeps no stop"),
            &text,
        )
        .await;
        return Ok(false);
    }
    let facts = picture.facts_of_held(run, symbol).await;
    let gone = facts.quote.is_some_and(|quote| quote.last <= agreed.stop);
    if gone && picture.moment.phase.accepts_exits() {
        return Ok(false);
    }
    cancel_guards(run, symbol).await?;
    let picture = Picture::take(run).await?;
    let facts = picture.facts_of_held(run, symbol).await;
    let view = facts.view(&picture, run.rules, run.policy, symbol);
    let Agreed { stop, target } = agreed;
    let intent = OrderIntent::Protect(ProtectIntent {
        symbol,
        shares: held,
        stop,
        target,
    });
    let id = run.next_order(Leg::Stop);
    let order = match run.policy.gate.review(&intent, &view, id) {
        RiskDecision::Approved(order) => order,
        RiskDecision::Refused(refusal) => {
            warn!(cycle.id = %run.id, %symbol, %refusal, "protection refused");
            return Ok(false);
        }
    };
    match send(run, order, "protection restored", Vec::new()).await? {
        Sent::Taken(_) => {}
        Sent::Refused(_) | Sent::Unknown => return Ok(false),
    }
    let working = run.ports.gateway.working().await?;
    Ok(guarded_shares(symbol, &working) == held)
}

/// What is to be alone is not.
#[derive(Debug, Error)]
#[error("order {id} is still at work after its cancellation; nothing is put beside it")]
struct StillAtWork {
    id: ClientOrderId,
}

/// Cancels the stops and targets of `symbol`, so that what comes next is alone; an error when one of
/// them stays, because beside it the same shares could be sold twice.
pub(super) async fn cancel_guards(run: &Running<'_>, symbol: Symbol) -> Result<(), CycleError> {
    for ticket in run.ports.gateway.working().await? {
        if ticket.symbol != symbol {
            continue;
        }
        let left = run.ports.gateway.cancel(ticket.id).await?;
        let is_guard = matches!(ticket.id.leg(), Leg::Stop | Leg::Target);
        if is_guard && left.is_some_and(|left| left.status.is_alive()) {
            let source = Box::new(StillAtWork { id: ticket.id });
            return Err(GatewayError::Unavailable { source }.into());
        }
    }
    Ok(())
}

/// Stops that were put back under `symbol` today, without those that follow an exit of our own: the stop
/// before them was taken away on purpose.
fn repairs_of(picture: &Picture, symbol: Symbol) -> u32 {
    let today = picture.moment.date;
    let mut repairs = 0;
    let mut after_exit = false;
    for family in &picture.day.families {
        let intent = &family.intent;
        if intent.plan.symbol() != symbol || intent.id.cycle().date() != today {
            continue;
        }
        if is_protection(&intent.plan) && !after_exit {
            repairs += 1;
        }
        after_exit = matches!(intent.plan, OrderPlan::Exit(_));
    }
    repairs
}

/// The highest stop, with its target, of the families that the position may be made of. A family that
/// came to nothing agreed nothing, and an orphan has no family and gets no invented stop.
fn agreed(picture: &Picture, symbol: Symbol) -> Option<Agreed> {
    let counts = |ending: Option<FamilyEnding>| match ending {
        None | Some(FamilyEnding::Done | FamilyEnding::Lost) => true,
        Some(FamilyEnding::Unfilled | FamilyEnding::Rejected | FamilyEnding::NotSent) => false,
    };
    let since = picture
        .day
        .holdings
        .position(symbol)
        .map(|position| position.since);
    picture
        .day
        .families
        .iter()
        .filter(|family| counts(family.ending) || is_protection(&family.intent.plan))
        .filter(|family| since.is_none_or(|since| made_it(family, since)))
        .filter_map(|family| agreed_by(&family.intent.plan, symbol))
        .max_by_key(|agreed| agreed.stop)
}

/// A stop that was put back and cancelled again for an exit was agreed all the same.
const fn is_protection(plan: &OrderPlan) -> bool {
    matches!(plan, OrderPlan::Protect(_))
}

/// A bracket sent long before the position began belongs to an earlier one.
fn made_it(family: &Family, since: DateTime<Utc>) -> bool {
    family.intent.at + TimeDelta::minutes(10) >= since
}

fn agreed_by(plan: &OrderPlan, symbol: Symbol) -> Option<Agreed> {
    match plan {
        OrderPlan::Bracket(plan) if plan.instrument.symbol == symbol => Some(Agreed {
            stop: plan.bracket.stop().price(),
            target: Some(plan.bracket.target().price()),
        }),
        OrderPlan::Protect(plan) if plan.symbol == symbol => Some(Agreed {
            stop: plan.stop.price(),
            target: plan.target.map(LimitPrice::price),
        }),
        OrderPlan::Bracket(_) | OrderPlan::Protect(_) | OrderPlan::Exit(_) => None,
    }
}

/// True while an exit of the whole position is at work; it has no stop beside it on purpose.
pub(super) fn being_left(picture: &Picture, symbol: Symbol) -> bool {
    is_being_left(symbol, picture.held(symbol), &picture.working)
}

async fn leave(run: &mut Running<'_>, symbol: Symbol) -> Result<Protection, CycleError> {
    let subject = format!("{symbol} has no stop");
    run.tell(
        Severity::Critical,
        &subject,
        "no stop could be kept, the position is being left",
    )
    .await;
    let report = close(run, symbol, ExitCause::Unprotected, "no stop could be kept").await?;
    Ok(match report.outcome {
        CloseOutcome::Flat => Protection::Flat,
        CloseOutcome::InAuction | CloseOutcome::StillHeldAndProtected => Protection::Guarded,
        CloseOutcome::StillHeldUnprotected | CloseOutcome::Unknown => Protection::Unprotected,
    })
}
