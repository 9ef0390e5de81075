//! Settle: before anything new, find out what became of everything old.
//!
//! Reads executions, resolves every order family whose end is not known, compares positions, and
//! keeps what differs as findings. Runs at the start of every run, after every order, and at its
//! end; needs no advisor.

use catalyst_domain::order::{
    ClientOrderId, Execution, ExitPrice, FeesAre, Fill, Leg, OrderPlan, OrderTicket, TicketStatus,
};
use catalyst_ports::journal::{FamilyEnding, IntentRecord, JournalEntry};
use catalyst_ports::order_gateway::GatewayError;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, TimeDelta, Utc};
use tracing::{error, info, warn};

use crate::CycleError;
use crate::compare::compare;
use crate::running::Running;

/// An order that the broker does not show may still be on its way for so long.
const UNDER_WAY: TimeDelta = TimeDelta::seconds(60);

/// What settling found.
#[derive(Debug)]
pub(crate) struct Settlement {
    /// Families whose fate is still not known.
    pub(crate) unknown: Vec<ClientOrderId>,
    /// Why an order of an earlier run could not be cancelled; the first reason, if there is one.
    pub(crate) stuck: Option<GatewayError>,
}

/// Settles everything. Entries left at work by a run that is over are cancelled first: nobody
/// watches them any more. One that will not be cancelled does not hold the others up.
pub(crate) async fn settle(run: &mut Running<'_>) -> Result<Settlement, CycleError> {
    let unsettled = run.ports.journal.unsettled().await?;
    let mut stuck = None;
    for family in unsettled
        .iter()
        .filter(|family| family.id.cycle() != run.id)
    {
        if let Err(failure) = cancel_stale(run, family).await {
            error!(cycle.id = %run.id, order.id = %family.id, error = %failure, "not cancelled");
            stuck.get_or_insert(failure);
        }
    }
    let since = executions_from(run, &unsettled)?;
    let told = run.ports.account.executions_since(since).await?;
    let mut entries = unkept(run, &told).await?;
    let mut unknown = Vec::new();
    for family in &unsettled {
        match resolve(run, family, &told).await? {
            Fate::Ended(ending, tickets) => {
                info!(cycle.id = %run.id, order.id = %family.id, ending = ending.as_str(), "settled");
                if ending == FamilyEnding::Lost {
                    lost(run, family).await;
                }
                let at = run.now();
                entries.extend(
                    tickets
                        .into_iter()
                        .map(|ticket| JournalEntry::Ticket { ticket, at }),
                );
                entries.push(JournalEntry::Settled {
                    id: family.id,
                    ending,
                    at,
                });
            }
            Fate::Alive => {}
            Fate::Unknown => unknown.push(family.id),
        }
    }
    if !entries.is_empty() {
        run.record(entries).await?;
    }
    compare(run).await?;
    Ok(Settlement { unknown, stuck })
}

/// Executions are asked for from the start of the day, or earlier when an order is older.
fn executions_from(
    run: &Running<'_>,
    unsettled: &[IntentRecord],
) -> Result<DateTime<Utc>, CycleError> {
    let moment = run.rules.calendar.moment(run.now())?;
    let midnight = run.rules.calendar.at(moment.date, chrono::NaiveTime::MIN);
    Ok(unsettled
        .iter()
        .map(|family| family.at)
        .min()
        .map_or(midnight, |at| at.min(midnight)))
}

/// What of `told` the journal does not know yet, so that a run that learns nothing commits nothing.
async fn unkept(run: &Running<'_>, told: &[Execution]) -> Result<Vec<JournalEntry>, CycleError> {
    let date = run.rules.calendar.date_of(run.now());
    let day = run.ports.journal.day(date).await?;
    let is_kept = |one: &&Execution| {
        one.fees == FeesAre::Reported && day.fills.contains(&one.fill) && one.replaces.is_none()
    };
    Ok(told
        .iter()
        .filter(|one| !is_kept(one))
        .cloned()
        .map(JournalEntry::Execution)
        .collect())
}

/// Tells the owner of an order that ended out of sight.
async fn lost(run: &Running<'_>, family: &IntentRecord) {
    let text = format!(
        "order {} of {} is not at work, and the broker no longer shows what became of it; compare the \
         positions with the broker's statement of {}",
        family.id,
        family.plan.symbol(),
        run.rules.calendar.date_of(family.at)
    );
    run.tell(Severity::Critical, "order lost from sight", &text)
        .await;
}

async fn cancel_stale(run: &Running<'_>, family: &IntentRecord) -> Result<(), GatewayError> {
    let leg = match family.plan {
        OrderPlan::Bracket(_) => Leg::Entry,
        OrderPlan::Exit(plan) if plan.price == ExitPrice::Auction => return Ok(()),
        OrderPlan::Exit(_) => Leg::Exit,
        OrderPlan::Protect(_) => return Ok(()),
    };
    let id = family.id.sibling(leg);
    let ticket = match run.ports.gateway.ticket(id).await {
        Err(GatewayError::OutOfSight) => None,
        answer => answer?,
    };
    if ticket.is_some_and(|ticket| ticket.status.is_alive()) {
        warn!(cycle.id = %run.id, order.id = %id, "left at work by an earlier run, cancelling");
        run.ports.gateway.cancel(id).await?;
    }
    Ok(())
}

enum Fate {
    Ended(FamilyEnding, Vec<OrderTicket>),
    Alive,
    Unknown,
}

async fn resolve(
    run: &Running<'_>,
    family: &IntentRecord,
    told: &[Execution],
) -> Result<Fate, CycleError> {
    let mut tickets = Vec::new();
    let mut out_of_sight = false;
    for leg in legs(&family.plan) {
        match run.ports.gateway.ticket(family.id.sibling(*leg)).await {
            Ok(ticket) => tickets.extend(ticket),
            Err(GatewayError::OutOfSight) => out_of_sight = true,
            Err(error) => return Err(error.into()),
        }
    }
    if tickets.iter().any(|ticket| ticket.status.is_alive()) {
        return Ok(Fate::Alive);
    }
    let is_of_family = |fill: &Fill| fill.order.is_family_of(family.id);
    let told_filled = told.iter().any(|one| is_of_family(&one.fill));
    if out_of_sight {
        let sent_on = run.rules.calendar.date_of(family.at);
        let day = run.ports.journal.day(sent_on).await?;
        let ending = if told_filled || day.fills.iter().any(is_of_family) {
            FamilyEnding::Done
        } else {
            FamilyEnding::Lost
        };
        return Ok(Fate::Ended(ending, tickets));
    }
    if tickets.is_empty() {
        let under_way = run.now() < family.at + UNDER_WAY;
        return Ok(match (told_filled, under_way) {
            (true, _) => Fate::Ended(FamilyEnding::Done, tickets),
            (false, true) => Fate::Unknown,
            (false, false) => Fate::Ended(FamilyEnding::NotSent, tickets),
        });
    }
    let any_filled = tickets.iter().any(|ticket| !ticket.filled.is_zero());
    let rejected = tickets
        .iter()
        .any(|ticket| ticket.status == TicketStatus::Rejected);
    let ending = match (any_filled, rejected) {
        (true, _) => FamilyEnding::Done,
        (false, true) => FamilyEnding::Rejected,
        (false, false) => FamilyEnding::Unfilled,
    };
    Ok(Fate::Ended(ending, tickets))
}

const fn legs(plan: &OrderPlan) -> &'static [Leg] {
    match plan {
        OrderPlan::Bracket(_) => &[Leg::Entry, Leg::Stop, Leg::Target],
        OrderPlan::Exit(_) => &[Leg::Exit],
        OrderPlan::Protect(_) => &[Leg::Stop, Leg::Target],
    }
}
