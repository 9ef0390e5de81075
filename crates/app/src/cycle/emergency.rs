//! The day's loss limit: its warning, told once a day, and its stop, after which everything is left and
//! no entry follows on this day.

use catalyst_domain::order::ExitCause;
use catalyst_domain::risk::{DayStage, LossVerdict, TradingState};
use catalyst_ports::journal::{JournalEntry, StateScope};
use catalyst_ports::tool::Severity;
use chrono::TimeDelta;
use tracing::{info, warn};

use super::read_equity;
use crate::CycleError;
use crate::leave::on_time;
use crate::observe::Picture;
use crate::orders::flatten;
use crate::running::Running;

/// Between two readings of the loss: quotes and bars move on, and ten readings take less than a minute.
const READINGS_APART: TimeDelta = TimeDelta::seconds(5);
/// Readings without a figure in one run, after which the next run begins the count anew.
const UNREAD_MAX: u32 = 3;

/// True while something is held on a day that is over for entries: at the daily loss limit, and after
/// an emergency until it is finished, also when the price has recovered since. The limit counts once
/// readings in a row agree on it. Where a price is missing, what goes by the clock does not wait for it.
pub(crate) async fn must_leave(
    run: &mut Running<'_>,
    picture: &Picture,
) -> Result<bool, CycleError> {
    let is_held = !picture.account.positions.is_empty();
    if picture.day.move_of_day == Some(TradingState::ExitsOnly) {
        return Ok(is_held);
    }
    let is_new = picture.day.state == TradingState::Trading || is_held;
    let is_over = picture.stage(run.policy) == DayStage::Stopped;
    let can_leave = picture.moment.phase.accepts_exits();
    let is_doubtful = !is_over && is_held && can_leave && picture.lacks_price();
    if !is_new || !(is_over || is_doubtful) {
        return Ok(false);
    }
    if is_doubtful {
        on_time(run).await?;
    }
    is_confirmed(run, picture).await
}

/// Reads the day's loss again until as many readings agree on the limit as it takes, or one does not. A
/// reading without a figure is none, the first one too. A run that is asked to end leaves it to the next.
async fn is_confirmed(run: &mut Running<'_>, first: &Picture) -> Result<bool, CycleError> {
    let mut readings: Vec<DayStage> = first.agreed_stage(run.policy).into_iter().collect();
    let mut unread = u32::from(readings.is_empty());
    loop {
        match LossVerdict::of(&readings, run.policy.loss_confirmations) {
            LossVerdict::Confirmed => return Ok(true),
            LossVerdict::Within if readings.is_empty() && run.stopped() => return Ok(false),
            LossVerdict::Within if readings.is_empty() => {}
            LossVerdict::Within => {
                info!(cycle.id = %run.id, readings = readings.len(), "the loss was not seen again");
                return Ok(false);
            }
            LossVerdict::Doubtful { .. } if run.stopped() => return Ok(false),
            LossVerdict::Doubtful { more } => {
                warn!(cycle.id = %run.id, more, "the daily loss limit, to be seen again");
            }
        }
        run.wait_until(run.now() + READINGS_APART).await;
        match read_equity(run).await?.agreed_stage(run.policy) {
            Some(stage) => readings.push(stage),
            None if unread < UNREAD_MAX && !run.out_of_time() => unread += 1,
            None => {
                let text = "something held has no price, so its limit cannot be weighed; the next run \
                            looks again";
                run.tell(Severity::Critical, "the day's loss is not known", text)
                    .await;
                return Ok(false);
            }
        }
    }
}

/// Tells the owner, once a day, that the loss has come to its warning and entries are half size.
pub(crate) async fn warn_of_loss(
    run: &mut Running<'_>,
    picture: &Picture,
) -> Result<(), CycleError> {
    let (Some(pnl), None) = (picture.pnl, picture.day.move_of_day) else {
        return Ok(());
    };
    if picture.stage(run.policy) != DayStage::Conservative || picture.day.equity_at_open.is_none() {
        return Ok(());
    }
    let at = run.policy.gate.limits().warning_loss();
    let reason = format!("the day's result is {pnl}, the warning is a loss of {at}");
    let entry = JournalEntry::State {
        state: TradingState::Trading,
        scope: StateScope::Day,
        reason: reason.clone(),
        at: run.now(),
    };
    run.record(vec![entry]).await?;
    let text = format!("{reason}; no entry above half size today");
    run.tell(Severity::Warning, "daily loss warning", &text)
        .await;
    Ok(())
}

/// Flattens and allows exits only until the day is over. Safe to repeat.
pub(crate) async fn stop_for_the_day(
    run: &mut Running<'_>,
    picture: &Picture,
) -> Result<(), CycleError> {
    let loss = picture
        .pnl
        .map_or_else(|| "not known".to_owned(), |pnl| pnl.to_string());
    if picture.day.move_of_day != Some(TradingState::ExitsOnly) {
        let limit = run.policy.gate.limits().max_daily_loss();
        let reason = format!("the day's result is {loss}, the limit is a loss of {limit}");
        let entry = JournalEntry::State {
            state: TradingState::ExitsOnly,
            scope: StateScope::Day,
            reason: reason.clone(),
            at: run.now(),
        };
        run.record(vec![entry]).await?;
        run.tell(Severity::Critical, "daily loss limit reached", &reason)
            .await;
    }
    let left = flatten(run, ExitCause::DailyLoss, "the day is over").await?;
    let still_held: Vec<String> = left
        .iter()
        .filter(|report| !report.held.is_zero())
        .map(|report| format!("{} {}: {}", report.held, report.symbol, report.outcome))
        .collect();
    if !still_held.is_empty() {
        run.tell(
            Severity::Critical,
            "not flat, exits go on",
            &still_held.join("; "),
        )
        .await;
    }
    Ok(())
}
