//! The day's loss limit: everything is left, and no entry follows on this day.

use catalyst_domain::order::ExitCause;
use catalyst_domain::risk::{DayStage, TradingState};
use catalyst_ports::journal::{JournalEntry, StateScope};
use catalyst_ports::tool::Severity;

use crate::CycleError;
use crate::observe::Picture;
use crate::orders::flatten;
use crate::running::Running;

/// True while something is held on a day that is over for entries: at the daily loss limit, and after
/// an emergency until it is finished, also when the price has recovered since.
pub(crate) fn must_leave(run: &Running<'_>, picture: &Picture) -> bool {
    let over = picture.stage(run.policy) == DayStage::Stopped
        || picture.day.state == TradingState::ExitsOnly;
    over && (picture.day.state == TradingState::Trading || !picture.account.positions.is_empty())
}

/// Flattens and allows exits only until the day is over. Safe to repeat.
pub(crate) async fn stop_for_the_day(
    run: &mut Running<'_>,
    picture: &Picture,
) -> Result<(), CycleError> {
    let loss = picture
        .pnl
        .map_or_else(|| "not known".to_owned(), |pnl| pnl.to_string());
    if picture.day.state == TradingState::Trading {
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
