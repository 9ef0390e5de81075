//! Resume: what stands against trading again, as far as the journal and the owner's own request tell.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::OrderPlan;
use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::flatten_request::FlattenRequest;
use catalyst_ports::journal::{DayJournal, Family, Journal};
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
    let date = rules.calendar.date_of(at);
    let day = journal.day(date).await?;
    let mut lines: Vec<String> = day
        .findings_open()
        .map(|found| {
            format!(
                "open finding: {} ({}): {}",
                found.finding,
                found.remedy.as_str(),
                found.evidence
            )
        })
        .collect();
    let families = day.families.iter();
    let open = families.filter(|family| is_unsettled(family, &day, date));
    lines.extend(open.map(|family| {
        let (id, symbol) = (family.intent.id, family.intent.plan.symbol());
        format!("order not settled: {id} of {symbol}, nobody has said what became of it")
    }));
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

/// True for an order whose end is not known and which is not what protects a position: an exit, and a
/// purchase of which the journal has no share.
fn is_unsettled(family: &Family, day: &DayJournal, date: TradingDate) -> bool {
    let intent = &family.intent;
    let is_held = !day.holdings.shares(intent.plan.symbol()).is_zero();
    // Fills of earlier days are in the holdings alone.
    let is_unfilled = || {
        let mut fills = day.fills.iter();
        intent.id.cycle().date() == date && !fills.any(|fill| fill.order.is_family_of(intent.id))
    };
    family.ending.is_none()
        && match intent.plan {
            OrderPlan::Exit(_) => true,
            OrderPlan::Protect(_) => !is_held,
            OrderPlan::Bracket(_) => !is_held || is_unfilled(),
        }
}
