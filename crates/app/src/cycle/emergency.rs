//! The day's loss limit: everything is left, and no entry follows on this day.

use catalyst_domain::order::ExitCause;
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::{JournalEntry, StateScope};
use catalyst_ports::tool::Severity;

use crate::CycleError;
use crate::observe::Picture;
use crate::orders::flatten;
use crate::running::Running;

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
    let left = flatten(run, ExitCause::DailyLoss, "daily loss limit").await?;
    let still_held: Vec<String> = left
        .iter()
        .filter(|report| !report.held.is_zero())
        .map(|report| format!("{} {}: {}", report.held, report.symbol, report.outcome))
        .collect();
    if !still_held.is_empty() {
        run.tell(
            Severity::Critical,
            "not flat after the daily loss limit",
            &still_held.join("; "),
        )
        .await;
    }
    Ok(())
}
