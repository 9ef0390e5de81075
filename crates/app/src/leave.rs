//! Exits by the clock: what went nowhere for too long, before lunch what goes nowhere, before the close
//! everything.

use catalyst_domain::account::Position;
use catalyst_domain::order::{ExitCause, OrderPlan};
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::Severity;
use rust_decimal::Decimal;

use crate::observe::Picture;
use crate::orders::{close, flatten};
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
        picture.moment.now - position.since >= patience && goes_nowhere(picture, position)
    };
    let stale: Vec<Symbol> = picture
        .day
        .holdings
        .positions()
        .filter(is_stale)
        .map(|position| position.symbol)
        .collect();
    for symbol in stale {
        close(
            run,
            symbol,
            ExitCause::TimeStop,
            "held long enough, gone nowhere",
        )
        .await?;
    }
    Ok(())
}

async fn before_lunch(run: &mut Running<'_>, picture: &Picture) -> Result<(), CycleError> {
    let leaves = |position: &&Position| match run.policy.lunch_exits {
        LunchExits::All => true,
        LunchExits::None => false,
        LunchExits::FlatOnly => goes_nowhere(picture, position),
    };
    let symbols: Vec<_> = picture
        .day
        .holdings
        .positions()
        .filter(leaves)
        .map(|position| position.symbol)
        .collect();
    for symbol in symbols {
        close(run, symbol, ExitCause::BeforeLunch, "flat before lunch").await?;
    }
    Ok(())
}

/// True while the price has not gained half of the distance from entry to stop: the owner's "flat".
fn goes_nowhere(picture: &Picture, position: &Position) -> bool {
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
    let mark: Option<&Price> = picture.marks.get(&position.symbol);
    match (planned, mark) {
        (Some(bracket), Some(mark)) => {
            let risked = bracket.entry().value() - bracket.stop().value();
            mark.value() - position.average_price() < risked * Decimal::new(5, 1)
        }
        (None, _) | (_, None) => true,
    }
}
