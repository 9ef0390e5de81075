//! Flatten: one pass at leaving everything by the owner's word, allowed in any state and phase.

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::dated::NotCovered;
use catalyst_domain::order::{CycleId, RunKind};
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::CycleEnding;
use chrono::{DateTime, Utc};
use tracing::{Instrument as _, info_span, warn};

use crate::conclude::conclude;
use crate::cycle::{keep_safe, start};
use crate::outcome::STOPPED;
use crate::requested::{Left, leave_as_asked, still_there};
use crate::running::Running;
use crate::{CycleError, Policy, Ports, chain};

/// Phases looked through for one that takes exits; a trading day has fewer.
const PHASES_MAX: u32 = 16;

/// What one pass came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlattenOutcome {
    /// Which run.
    pub id: CycleId,
    /// Exits and stops sent.
    pub orders: u32,
    /// What keeps the account from being flat; empty when it was seen flat.
    pub left: Vec<Left>,
    /// Working orders that are not the agent's, which are left alone; `None` where the broker did not say.
    pub foreign: Option<u32>,
    /// When the pass was over.
    pub at: DateTime<Utc>,
    /// When an exit can next be sent, `at` when it can already; `None` beyond the calendar.
    pub next_exit_at: Option<DateTime<Utc>>,
    /// True when the operating system asked the pass to end.
    pub stopped: bool,
}

/// Settles, leaves what the phase lets be left, and verifies. Where the request is gone already it only
/// settles and looks.
pub async fn run_flatten(
    ports: &Ports,
    policy: &Policy,
    rules: &Rulebook,
) -> Result<FlattenOutcome, CycleError> {
    let _held = ports.lock.acquire().await?.ok_or(CycleError::Busy)?;
    let moment = rules.calendar.moment(ports.clock.now())?;
    let local = rules.calendar.local(moment.now).time();
    let slot = CycleId::new(RunKind::Hand, moment.date, local, 0);
    let id = ports
        .journal
        .open(start(policy, slot, "none", moment))
        .await?;
    let mut run = Running::begin(ports, policy, rules, id);
    let left = pass(&mut run)
        .instrument(info_span!("flatten", cycle.id = %id))
        .await;
    let (ending, summary) = match &left {
        Err(failure) => (CycleEnding::Failed, chain(failure)),
        Ok(_) if run.stopped() => (CycleEnding::Stopped, format!("flatten, {STOPPED}")),
        Ok(left) if left.is_empty() => (CycleEnding::Protective, "flatten: flat".to_owned()),
        Ok(left) => (
            CycleEnding::Protective,
            format!("flatten: {} left", left.len()),
        ),
    };
    conclude(&mut run, "flatten failed", ending, summary).await?;
    let at = ports.clock.now();
    Ok(FlattenOutcome {
        id,
        at,
        orders: run.tally.orders,
        left: left?,
        foreign: count_foreign(ports).await,
        next_exit_at: next_exit_at(&rules.calendar, at)?,
        stopped: run.stopped(),
    })
}

/// What cannot be counted keeps nobody from knowing that the account is flat.
async fn count_foreign(ports: &Ports) -> Option<u32> {
    match ports.gateway.foreign().await {
        Ok(orders) => Some(u32::try_from(orders.len()).unwrap_or(u32::MAX)),
        Err(failure) => {
            warn!(error = %failure, "orders of others are not counted");
            None
        }
    }
}

/// Protects again whatever the leaving came to. What could not be settled or verified holds up nothing that
/// is to be left; it is the result in the end, unless the account was seen flat: then all was settled anew,
/// and there is nothing to protect.
async fn pass(run: &mut Running<'_>) -> Result<Vec<Left>, CycleError> {
    let before = keep_safe(run).await;
    let asked = leave_as_asked(run).await;
    if asked
        .as_ref()
        .is_ok_and(|left| left.as_ref().is_some_and(Vec::is_empty))
    {
        return Ok(Vec::new());
    }
    let after = keep_safe(run).await;
    before?;
    let left = asked?;
    after?;
    match left {
        Some(left) => Ok(left),
        None => still_there(run, &[]).await,
    }
}

/// The first moment from `now` on at which the exchange takes an exit; `None` when the calendar ends before.
///
/// ```
/// use catalyst_app::next_exit_at;
/// use catalyst_domain::calendar::TradingCalendar;
/// let calendar = TradingCalendar::hkex()?;
/// let lunch = "2026-09-14T12:10:00+08:00".parse()?;
/// let afternoon = "2026-09-14T13:00:00+08:00".parse()?;
/// assert_eq!(next_exit_at(&calendar, lunch)?, Some(afternoon));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn next_exit_at(
    calendar: &TradingCalendar,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, NotCovered> {
    let mut moment = calendar.moment(now)?;
    for _ in 0..PHASES_MAX {
        if moment.phase.accepts_exits() {
            return Ok(Some(moment.now));
        }
        let Some(change) = moment.next_change else {
            return Ok(None);
        };
        moment = calendar.moment(change.at)?;
    }
    Ok(None)
}
