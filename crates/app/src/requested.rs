//! What the owner has asked to be left: everything, run after run, until the broker shows nothing.

use catalyst_domain::order::ExitCause;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{CloseOutcome, CloseReport, Severity};
use tracing::error;

use crate::CycleError;
use crate::orders::flatten;
use crate::running::Running;
use crate::settle::settle;

/// Something that keeps the account from being flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Of what.
    pub symbol: Symbol,
    /// Shares held, or shares that may still fill.
    pub shares: Shares,
    /// What it is, and why it is still there.
    pub why: String,
}

/// Leaves everything where the owner's request stands, and takes the request away once nothing is held,
/// nothing works, and no order is of unknown fate. `None` where nothing was asked.
pub(crate) async fn leave_as_asked(run: &mut Running<'_>) -> Result<Option<Vec<Left>>, CycleError> {
    let Some(request) = run.request() else {
        return Ok(None);
    };
    let reports = flatten(run, ExitCause::Owner, &request.reason).await?;
    let left = still_there(run, &reports).await?;
    if left.is_empty() {
        done(run).await;
    } else if run.rules.calendar.moment(run.now())?.phase.accepts_exits() {
        let lines: Vec<String> = left.iter().map(ToString::to_string).collect();
        run.tell(
            Severity::Critical,
            "not flat, exits go on",
            &lines.join("; "),
        )
        .await;
    }
    Ok(Some(left))
}

async fn done(run: &Running<'_>) {
    match run.ports.requests.fulfilled() {
        Ok(()) => {
            let text =
                "nothing is held and nothing works; entries stay halted until `catalyst resume`";
            run.tell(Severity::Info, "flat, as asked", text).await;
        }
        Err(failure) => {
            error!(cycle.id = %run.id, cause = %failure.source, "flat, but: {failure}");
        }
    }
}

/// Why something is still held that was to be left.
fn why_held(outcome: CloseOutcome) -> String {
    match outcome {
        CloseOutcome::Flat => "held, though it was seen sold".to_owned(),
        CloseOutcome::Unknown => "what became of its exit is not known yet".to_owned(),
        CloseOutcome::InAuction
        | CloseOutcome::StillHeldAndProtected
        | CloseOutcome::StillHeldUnprotected => outcome.to_string(),
    }
}

/// All that keeps the account from being flat now, by what the broker shows and the journal does not know.
pub(crate) async fn still_there(
    run: &mut Running<'_>,
    reports: &[CloseReport],
) -> Result<Vec<Left>, CycleError> {
    let settled = settle(run).await?;
    let account = run.ports.account.snapshot().await?;
    let mut left = Vec::new();
    for position in &account.positions {
        let report = reports.iter().find(|one| one.symbol == position.symbol);
        let why = report.map_or_else(|| "held".to_owned(), |one| why_held(one.outcome));
        left.push(Left {
            symbol: position.symbol,
            shares: position.shares,
            why,
        });
    }
    left.extend(account.short.iter().map(|owed| Left {
        symbol: owed.symbol,
        shares: owed.shares,
        why: "owed, and bought back by nobody but the owner".to_owned(),
    }));
    let is_held = |symbol: Symbol| account.positions.iter().any(|one| one.symbol == symbol);
    let today = run.rules.calendar.date_of(run.now());
    let day = run.ports.journal.day(today).await?;
    for position in day.holdings.positions() {
        if !is_held(position.symbol) {
            left.push(Left {
                symbol: position.symbol,
                shares: position.shares,
                why: "held by the journal, and not shown by the broker".to_owned(),
            });
        }
    }
    for ticket in run.ports.gateway.working().await? {
        if !is_held(ticket.symbol) {
            left.push(Left {
                symbol: ticket.symbol,
                shares: ticket.remaining(),
                why: format!("order {} is still at work", ticket.id),
            });
        }
    }
    for family in run.ports.journal.unsettled().await? {
        if settled.unknown.contains(&family.id) {
            left.push(Left {
                symbol: family.plan.symbol(),
                shares: family.plan.shares(),
                why: format!("what became of order {} is not known", family.id),
            });
        }
    }
    Ok(left)
}

impl std::fmt::Display for Left {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} shares of {}: {}", self.shares, self.symbol, self.why)
    }
}
