//! Compare: the broker's truth against the journal, and what the rules say is to happen about each
//! difference. What is kept is what is still open afterwards.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::{ClientOrderId, Leg};
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{
    BrokerView, Discrepancy, Finding, JournalView, Remedy, reconcile,
};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{DayJournal, JournalEntry};
use catalyst_ports::tool::Severity;
use tracing::warn;

use crate::CycleError;
use crate::running::Running;

/// Compares, cancels what nobody knows, writes off what is gone since an earlier day, and keeps the
/// findings when they have changed.
pub(crate) async fn compare(run: &mut Running<'_>) -> Result<Vec<Discrepancy>, CycleError> {
    let date = run.rules.calendar.date_of(run.now());
    let (mut found, mut day) = look(run, date).await?;
    let cancelled = cancel_unknown(run, &found).await?;
    let written_off = write_off(run, date, &found).await?;
    if cancelled || written_off {
        (found, day) = look(run, date).await?;
    }
    for one in &found {
        let (finding, evidence) = (one.finding, &one.evidence);
        warn!(cycle.id = %run.id, %finding, evidence, "journal and broker differ");
    }
    if !is_same(&found, &day.findings) {
        run.record(vec![JournalEntry::Findings {
            findings: found.clone(),
            at: run.now(),
        }])
        .await?;
        tell(run, &found, &day.findings).await;
    }
    Ok(found)
}

/// The differences now, with the journal's day they were found in.
async fn look(
    run: &Running<'_>,
    date: TradingDate,
) -> Result<(Vec<Discrepancy>, DayJournal), CycleError> {
    let account = run.ports.account.snapshot().await?;
    let working = run.ports.gateway.working().await?;
    let day = run.ports.journal.day(date).await?;
    let positions: Vec<(Symbol, Shares)> = account
        .positions
        .iter()
        .map(|position| (position.symbol, position.shares))
        .collect();
    let families: Vec<ClientOrderId> = day.families.iter().map(|family| family.intent.id).collect();
    let journal = JournalView {
        holdings: &day.holdings,
        families: &families,
        cash: day.cash_expected,
    };
    let broker = BrokerView {
        positions: &positions,
        working: &working,
        cash: account.cash,
        at: run.now(),
    };
    Ok((reconcile(&journal, &broker, &run.policy.reconcile), day))
}

/// Cancels the orders whose remedy it is; true when there were any.
async fn cancel_unknown(run: &Running<'_>, found: &[Discrepancy]) -> Result<bool, CycleError> {
    let mut any = false;
    for one in found.iter().filter(|one| one.remedy == Remedy::Cancel) {
        match one.finding {
            Finding::UnknownOrder { order, .. } => {
                run.ports.gateway.cancel(order).await?;
                any = true;
            }
            Finding::WrongProtection { symbol, .. } => {
                for ticket in run.ports.gateway.working().await? {
                    if ticket.symbol == symbol && ticket.id.leg() == Leg::Stop {
                        run.ports.gateway.cancel(ticket.id).await?;
                        any = true;
                    }
                }
            }
            Finding::Phantom { .. }
            | Finding::Orphan { .. }
            | Finding::QuantityMismatch { .. }
            | Finding::MissingProtection { .. }
            | Finding::CashDifference { .. } => {}
        }
    }
    Ok(any)
}

/// Writes off what the broker no longer has and an earlier day has missed already: no execution can
/// come any more that would explain it. True when there was any.
async fn write_off(
    run: &mut Running<'_>,
    date: TradingDate,
    found: &[Discrepancy],
) -> Result<bool, CycleError> {
    let missing: Vec<&Discrepancy> = found
        .iter()
        .filter(|one| gone(&one.finding).is_some())
        .collect();
    if missing.is_empty() {
        return Ok(false);
    }
    let before = run.rules.calendar.previous_trading_date(date)?;
    let known = run.ports.journal.day(before).await?.findings;
    let mut entries = Vec::new();
    for one in missing {
        let Some((symbol, from, to)) = gone(&one.finding) else {
            continue;
        };
        let was_missed = known
            .iter()
            .any(|old| gone(&old.finding).is_some_and(|old| old.0 == symbol));
        if was_missed {
            entries.push(JournalEntry::WriteOff {
                symbol,
                from,
                to,
                evidence: one.evidence.clone(),
                at: run.now(),
            });
            let text = format!(
                "{from} {symbol} by the journal, {to} at the broker since {before}: written off, what \
                 they made is not known; {}",
                one.evidence
            );
            run.tell(Severity::Critical, "position written off", &text)
                .await;
        }
    }
    if entries.is_empty() {
        return Ok(false);
    }
    run.record(entries).await?;
    Ok(true)
}

/// Shares that the journal holds and the broker does not: symbol, by the journal, at the broker.
fn gone(finding: &Finding) -> Option<(Symbol, Shares, Shares)> {
    match *finding {
        Finding::Phantom { symbol, journal } => Some((symbol, journal, Shares::ZERO)),
        Finding::QuantityMismatch {
            symbol,
            journal,
            broker,
        } if journal > broker => Some((symbol, journal, broker)),
        Finding::QuantityMismatch { .. }
        | Finding::Orphan { .. }
        | Finding::MissingProtection { .. }
        | Finding::WrongProtection { .. }
        | Finding::UnknownOrder { .. }
        | Finding::CashDifference { .. } => None,
    }
}

/// Evidence names moments and so differs each time; the findings are what counts.
fn is_same(found: &[Discrepancy], known: &[Discrepancy]) -> bool {
    found.len() == known.len()
        && found
            .iter()
            .zip(known)
            .all(|(one, other)| (one.finding, one.remedy) == (other.finding, other.remedy))
}

/// Tells the owner, once each, of what only he can decide.
async fn tell(run: &Running<'_>, found: &[Discrepancy], known: &[Discrepancy]) {
    for one in found.iter().filter(|one| one.remedy == Remedy::AskOwner) {
        if known.iter().any(|old| old.finding == one.finding) {
            continue;
        }
        let text = format!(
            "{}; no entry until it is settled. {}",
            one.finding, one.evidence
        );
        run.tell(Severity::Critical, one.finding.as_str(), &text)
            .await;
    }
}
