//! Resume: what stands against trading again, as far as the journal and the owner's own request tell.

use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::flatten_request::FlattenRequest;
use catalyst_ports::journal::Journal;
use chrono::{DateTime, Utc};

use crate::CycleError;

/// One line for each thing that stands against resuming at `at`; empty when nothing does. `request` is the
/// owner's request that everything is left, if one stands.
pub async fn objections(
    journal: &dyn Journal,
    rules: &Rulebook,
    request: Option<&FlattenRequest>,
    at: DateTime<Utc>,
) -> Result<Vec<String>, CycleError> {
    let day = journal.day(rules.calendar.date_of(at)).await?;
    let mut lines: Vec<String> = day
        .findings
        .iter()
        .map(|found| {
            format!(
                "open finding: {} ({}): {}",
                found.finding,
                found.remedy.as_str(),
                found.evidence
            )
        })
        .collect();
    if day
        .move_of_day
        .is_some_and(|state| state > TradingState::Trading)
    {
        lines.push(
            "the day is stopped, by its loss or in an emergency; the stop ends with the day"
                .to_owned(),
        );
    }
    if let Some(request) = request {
        lines.push(format!(
            "everything is still to be left: {}",
            request.reason
        ));
    }
    Ok(lines)
}
