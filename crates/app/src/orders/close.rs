//! Close: cancel what works, confirm, exit, confirm flat; else put the stop back.
//!
//! Several positions are left side by side: one that does not sell must not hold up the others.

use catalyst_domain::calendar::Phase;
use catalyst_domain::order::{ClientOrderId, ExitCause};
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::guarded_shares;
use catalyst_domain::risk::{Breach, Figure, Refusal, Rule};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{CloseOutcome, CloseReport, Severity};
use chrono::{DateTime, TimeDelta, Utc};
use tracing::error;

use super::exit::{ExitTry, Started, could_exit, start_exit};
use super::guardian::{being_left, cancel_guards, restore_agreed};
use super::send::await_end;
use super::vain::{rests, tell_if_vain};
use crate::CycleError;
use crate::observe::Picture;
use crate::running::Running;
use crate::settle::settle;

/// Tries of one close before the stop is put back; each sells twice as deep as the one before.
const TRIES: u32 = 3;
/// How long each exit at work may still fill once the run is asked to end; the supervisor waits longer.
const GRACE: TimeDelta = TimeDelta::seconds(5);

/// One position on its way out.
#[derive(Debug)]
struct Leaving {
    symbol: Symbol,
    before: Shares,
    progress: Progress,
}

/// Where an exit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Nothing of it is at work.
    Ended,
    /// No exit could be sent, or too many were vain, so nothing of it was touched.
    Kept,
    /// It waits for its fill.
    Working(ClientOrderId),
    /// It waits for the auction's match.
    InAuction,
    /// Nobody knows what became of it.
    Unknown,
}

/// Leaves all of `symbol`. Where the phase takes no exit nothing is touched and the stop stays.
pub(crate) async fn close(
    run: &mut Running<'_>,
    symbol: Symbol,
    cause: ExitCause,
    reason: &str,
) -> Result<CloseReport, CycleError> {
    let reports = close_each(run, &[symbol], cause, reason).await?;
    let none = CloseReport {
        symbol,
        outcome: CloseOutcome::Flat,
        sold: Shares::ZERO,
        held: Shares::ZERO,
    };
    Ok(reports.into_iter().next().unwrap_or(none))
}

/// Leaves all of `symbols`. The first try is made even when the run is out of time. No stop is taken
/// away once the run is asked to end, nor while nothing can be kept, since no exit could follow it.
pub(crate) async fn close_each(
    run: &mut Running<'_>,
    symbols: &[Symbol],
    cause: ExitCause,
    reason: &str,
) -> Result<Vec<CloseReport>, CycleError> {
    let picture = Picture::take(run).await?;
    let mut leaving: Vec<Leaving> = symbols
        .iter()
        .map(|symbol| Leaving {
            symbol: *symbol,
            before: picture.held(*symbol),
            progress: standing(&picture, *symbol),
        })
        .collect();
    if run.stopped() || door_shut(run)?.is_some() || !can_be_kept(run).await {
        return Ok(leaving.iter().map(|one| untouched(&picture, one)).collect());
    }
    run.leaving.extend(symbols);
    uncover(run, &picture, &mut leaving, cause).await;
    for attempt in 0..TRIES {
        settle(run).await?;
        let picture = Picture::take(run).await?;
        let open = leaving.iter().any(|one| is_open(one, &picture));
        if !open || run.stopped() || (attempt > 0 && run.out_of_time()) {
            break;
        }
        for one in leaving.iter_mut().filter(|one| is_open(one, &picture)) {
            let held = picture.held(one.symbol);
            let exit = ExitTry {
                symbol: one.symbol,
                held,
                cause,
                attempt,
            };
            one.progress = match start_exit(run, &picture, exit, reason).await {
                Ok(Started::Working(id)) => Progress::Working(id),
                Ok(Started::InAuction) => Progress::InAuction,
                Ok(Started::Refused) => Progress::Ended,
                Ok(Started::Unknown) => Progress::Unknown,
                Err(failure) => {
                    error!(cycle.id = %run.id, symbol = %one.symbol, error = %failure, "no exit");
                    Progress::Unknown
                }
            };
        }
        let give_up = run.now() + run.policy.fill_wait;
        for one in &mut leaving {
            one.progress = ended(run, one, give_up).await;
        }
    }
    settle(run).await?;
    let concluded = conclude(run, leaving).await;
    run.leaving.retain(|symbol| !symbols.contains(symbol));
    concluded
}

/// Takes stops and targets away from whatever is held and not on its way out yet.
/// What no exit could follow keeps them.
async fn uncover(run: &Running<'_>, picture: &Picture, leaving: &mut [Leaving], cause: ExitCause) {
    for one in leaving
        .iter_mut()
        .filter(|one| one.progress == Progress::Ended && !one.before.is_zero())
    {
        if rests(run, picture, one.symbol) || !could_exit(run, picture, one.symbol, cause).await {
            one.progress = Progress::Kept;
        } else if let Err(failure) = cancel_guards(run, one.symbol).await {
            error!(cycle.id = %run.id, symbol = %one.symbol, error = %failure, "not cancelled");
            one.progress = Progress::Unknown;
        }
    }
}

/// False while nothing can be kept, of which the owner is told.
async fn can_be_kept(run: &mut Running<'_>) -> bool {
    let Err(failure) = run.record(Vec::new()).await else {
        return true;
    };
    let text = format!("nothing can be kept, so stops stay and nothing is sold: {failure}");
    run.tell(Severity::Critical, "exit not begun", &text).await;
    false
}

/// Why a close cannot even begin now; `None` when the phase takes exits.
pub(crate) fn door_shut(run: &Running<'_>) -> Result<Option<Refusal>, CycleError> {
    let phase: Phase = run.rules.calendar.moment(run.now())?.phase;
    Ok((!phase.accepts_exits()).then(|| {
        let limit = Figure::Word("continuous trading or the closing auction");
        Refusal::single(Breach::new(
            Rule::Phase,
            limit,
            Figure::Word(phase.as_str()),
        ))
    }))
}

fn standing(picture: &Picture, symbol: Symbol) -> Progress {
    if picture.held(symbol).is_zero() || !being_left(picture, symbol) {
        Progress::Ended
    } else {
        Progress::InAuction
    }
}

fn is_open(one: &Leaving, picture: &Picture) -> bool {
    one.progress == Progress::Ended && !picture.held(one.symbol).is_zero()
}

/// What became of an exit at work; one that cannot be asked about or cancelled is of unknown fate.
async fn ended(run: &Running<'_>, one: &Leaving, give_up: DateTime<Utc>) -> Progress {
    let Progress::Working(id) = one.progress else {
        return one.progress;
    };
    match await_end(run, id, give_up, GRACE).await {
        Ok(Some(_)) => Progress::Ended,
        Ok(None) => Progress::Unknown,
        Err(failure) => {
            error!(cycle.id = %run.id, symbol = %one.symbol, error = %failure, "exit not followed");
            Progress::Unknown
        }
    }
}

/// One stop that cannot be put back does not keep the others from it.
async fn is_restored(run: &mut Running<'_>, symbol: Symbol) -> bool {
    match restore_agreed(run, symbol).await {
        Ok(restored) => restored,
        Err(failure) => {
            error!(cycle.id = %run.id, %symbol, error = %failure, "stop not put back");
            false
        }
    }
}

/// Nothing could be done; says how the position stands.
fn untouched(picture: &Picture, one: &Leaving) -> CloseReport {
    let held = one.before;
    let outcome = if held.is_zero() {
        CloseOutcome::Flat
    } else if one.progress == Progress::InAuction {
        CloseOutcome::InAuction
    } else if guarded_shares(one.symbol, &picture.working) == held {
        CloseOutcome::StillHeldAndProtected
    } else {
        CloseOutcome::StillHeldUnprotected
    };
    CloseReport {
        symbol: one.symbol,
        outcome,
        sold: Shares::ZERO,
        held,
    }
}

/// Puts stops back under what is left and says what each close came to.
async fn conclude(
    run: &mut Running<'_>,
    leaving: Vec<Leaving>,
) -> Result<Vec<CloseReport>, CycleError> {
    let picture = Picture::take(run).await?;
    let mut reports = Vec::with_capacity(leaving.len());
    for one in leaving {
        let held = picture.held(one.symbol);
        let outcome = match one.progress {
            _ if held.is_zero() => CloseOutcome::Flat,
            Progress::InAuction => CloseOutcome::InAuction,
            Progress::Unknown | Progress::Working(_) => CloseOutcome::Unknown,
            Progress::Kept if guarded_shares(one.symbol, &picture.working) == held => {
                CloseOutcome::StillHeldAndProtected
            }
            Progress::Ended | Progress::Kept if is_restored(run, one.symbol).await => {
                tell_if_vain(run, one.symbol).await;
                CloseOutcome::StillHeldAndProtected
            }
            Progress::Ended | Progress::Kept => CloseOutcome::StillHeldUnprotected,
        };
        if matches!(
            outcome,
            CloseOutcome::Unknown | CloseOutcome::StillHeldUnprotected
        ) {
            let text = format!("{held} shares of {} are {outcome}", one.symbol);
            run.tell(Severity::Critical, "exit not finished", &text)
                .await;
        }
        let sold = one.before.minus(held).unwrap_or(Shares::ZERO);
        reports.push(CloseReport {
            symbol: one.symbol,
            outcome,
            sold,
            held,
        });
    }
    Ok(reports)
}
