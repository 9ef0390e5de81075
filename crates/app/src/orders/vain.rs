//! Vain exits: the stop was taken away, nothing was sold, and the stop was put back. Each leaves the position
//! bare for a while, so that after many of them in a row the stop stays for longer before the next.

use catalyst_domain::order::{Fill, OrderPlan, RunKind};
use catalyst_domain::reconcile::guarded_shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::DayJournal;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, TimeDelta, Utc};
use tracing::warn;

use crate::CycleError;
use crate::observe::Picture;
use crate::running::Running;

/// How long the stop stays after too many vain exits.
const REST: TimeDelta = TimeDelta::minutes(30);

/// When stops were put back under `symbol` after exits that sold nothing, since something of it was last sold
/// on the day of `day`.
fn vain_exits(day: &DayJournal, symbol: Symbol) -> Vec<DateTime<Utc>> {
    let sold = |fill: &&Fill| fill.symbol == symbol && fill.side == Side::Sell;
    let last_sale = day.fills.iter().filter(sold).map(|fill| fill.at).max();
    let mut vain = Vec::new();
    let mut after_exit = false;
    for family in &day.families {
        let intent = &family.intent;
        if intent.plan.symbol() != symbol {
            continue;
        }
        let is_put_back = matches!(intent.plan, OrderPlan::Protect(_)) && after_exit;
        if is_put_back && last_sale.is_none_or(|sale| intent.at > sale) {
            vain.push(intent.at);
        }
        after_exit = matches!(intent.plan, OrderPlan::Exit(_));
    }
    vain
}

/// True while the stop of `symbol` stays because too many exits were vain. What has no stop of its full size
/// is left all the same, and so is everything in the closing auction and at the owner's own hand.
pub(super) fn rests(run: &Running<'_>, picture: &Picture, symbol: Symbol) -> bool {
    let is_guarded = guarded_shares(symbol, &picture.working) == picture.held(symbol);
    let is_asked = run.id.kind() == RunKind::Hand;
    if !picture.moment.phase.is_continuous() || !is_guarded || is_asked {
        return false;
    }
    let vain = vain_exits(&picture.day, symbol);
    let rests = is_enough(run, vain.len())
        && vain
            .last()
            .is_some_and(|last| picture.moment.now < *last + REST);
    if rests {
        warn!(cycle.id = %run.id, %symbol, vain = vain.len(), "the stop stays, exits were vain");
    }
    rests
}

fn is_enough(run: &Running<'_>, vain: usize) -> bool {
    u32::try_from(vain).unwrap_or(u32::MAX) >= run.policy.repairs_max
}

/// Calls the owner when the exit of `symbol` that has just come to nothing is the one after which the stop
/// stays for longer: once, and again only after something was sold.
pub(super) async fn tell_if_vain(run: &Running<'_>, symbol: Symbol) -> Result<(), CycleError> {
    let today = run.rules.calendar.date_of(run.now());
    let vain = vain_exits(&run.ports.journal.day(today).await?, symbol).len();
    let is_first = is_enough(run, vain) && !is_enough(run, vain.saturating_sub(1));
    if is_first {
        let text = format!(
            "{vain} exits in a row sold nothing; the stop is at work again, and from now on a run tries every {} \
             minutes and in the closing auction; `catalyst flatten` tries at once",
            REST.num_minutes()
        );
        run.tell(Severity::Critical, &format!("{symbol} is not sold"), &text)
            .await;
    }
    Ok(())
}
