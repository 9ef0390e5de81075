//! Exits by the clock: what went nowhere for too long, before lunch what goes nowhere, before the close
//! everything.

use catalyst_domain::account::Position;
use catalyst_domain::order::{ExitCause, OrderPlan};
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::Severity;
use rust_decimal::Decimal;

use crate::observe::Picture;
use crate::orders::{close_each, flatten};
use crate::running::Running;
use crate::{CycleError, LunchExits};

/// Leaves what the clock says must be left now.
pub(crate) async fn on_time(run: &mut Running<'_>) -> Result<(), CycleError> {
    let picture = Picture::take(run).await?;
    let sessions = run
        .rules
        .calendar
        .continuous_sessions(picture.moment.date)?;
    let now = picture.moment.now;
    let schedule = &run.policy.schedule;
    if schedule.is_day_end(&sessions, now) {
        let reports = flatten(run, ExitCause::EndOfDay, "end of day").await?;
        let last_call = sessions.last().is_some_and(|last| now >= last.end);
        for report in reports
            .iter()
            .filter(|report| last_call && !report.held.is_zero())
        {
            let text = format!("{} shares still held: {}", report.held, report.outcome);
            run.tell(
                Severity::Critical,
                &format!("{} not flat", report.symbol),
                &text,
            )
            .await;
        }
    } else if schedule.is_before_lunch(&sessions, now) {
        before_lunch(run, &picture).await?;
        time_stops(run, &picture).await?;
    } else {
        time_stops(run, &picture).await?;
    }
    Ok(())
}

/// Leaves what is held for longer than the owner's time stop and goes nowhere.
async fn time_stops(run: &mut Running<'_>, picture: &Picture) -> Result<(), CycleError> {
    let Some(patience) = run.policy.time_stop else {
        return Ok(());
    };
    if !picture.moment.phase.is_continuous() {
        return Ok(());
    }
    let is_stale = |position: &&Position| {
        picture.moment.now - position.since >= patience
            && has_gained(picture, position) == Some(false)
    };
    let stale = held_where(picture, is_stale);
    if !stale.is_empty() {
        let reason = "held long enough, gone nowhere";
        close_each(run, &stale, ExitCause::TimeStop, reason).await?;
    }
    Ok(())
}

/// The symbols of the positions for which `leaves` holds.
fn held_where(picture: &Picture, leaves: impl FnMut(&&Position) -> bool) -> Vec<Symbol> {
    let leaving = picture.day.holdings.positions().filter(leaves);
    leaving.map(|position| position.symbol).collect()
}

async fn before_lunch(run: &mut Running<'_>, picture: &Picture) -> Result<(), CycleError> {
    let leaves = |position: &&Position| match run.policy.lunch_exits {
        LunchExits::All => true,
        LunchExits::None => false,
        LunchExits::FlatOnly => has_gained(picture, position) != Some(true),
    };
    let symbols = held_where(picture, leaves);
    if !symbols.is_empty() {
        close_each(run, &symbols, ExitCause::BeforeLunch, "flat before lunch").await?;
    }
    Ok(())
}

/// Whether the price has gained half of the distance from entry to stop, below which the owner calls it
/// flat; `None` without a price or a bracket.
fn has_gained(picture: &Picture, position: &Position) -> Option<bool> {
    let planned = picture
        .day
        .families
        .iter()
        .rev()
        .find_map(|family| match &family.intent.plan {
            OrderPlan::Bracket(plan) if plan.instrument.symbol == position.symbol => {
                Some(plan.bracket)
            }
            OrderPlan::Bracket(_) | OrderPlan::Protect(_) | OrderPlan::Exit(_) => None,
        });
    let mark: &Price = picture.marks.get(&position.symbol)?;
    let bracket = planned?;
    let risked = bracket.entry().value() - bracket.stop().value();
    Some(mark.value() - position.average_price() >= risked * Decimal::new(5, 1))
}
