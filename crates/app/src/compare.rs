//! Compare: the broker's truth against the journal, and what the rules say is to happen about each
//! difference. What is kept is what is still open afterwards.

use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::{ClientOrderId, Leg, OrderPlan, OrderTicket};
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{
    BrokerView, Discrepancy, Finding, JournalView, Remedy, reconcile,
};
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::account::BrokerPosition;
use catalyst_ports::journal::{DayJournal, Family, FamilyEnding, JournalEntry};
use catalyst_ports::tool::Severity;
use tracing::{error, warn};

use crate::CycleError;
use crate::running::Running;

/// Compares, cancels what nobody knows, writes off what is gone since an earlier day, and keeps the
/// findings when they have changed.
pub(crate) async fn compare(run: &mut Running<'_>) -> Result<(), CycleError> {
    let date = run.rules.calendar.date_of(run.now());
    let (mut found, mut day) = look(run, date).await?;
    let cancelled = cancel_unknown(run, &found, &day).await?;
    let written_off = write_off(run, date, &found).await?;
    if cancelled || written_off {
        (found, day) = look(run, date).await?;
    }
    for one in &found {
        let (finding, evidence) = (one.finding, &one.evidence);
        warn!(cycle.id = %run.id, %finding, evidence, "journal and broker differ");
    }
    if !is_same(&found, &day.findings) || !day.findings_carried.is_empty() {
        run.record(vec![JournalEntry::Findings {
            findings: found.clone(),
            at: run.now(),
        }])
        .await?;
        tell(run, &found, &day.findings).await;
    }
    Ok(())
}

/// The differences now, with the journal's day they were found in.
async fn look(
    run: &Running<'_>,
    date: TradingDate,
) -> Result<(Vec<Discrepancy>, Arc<DayJournal>), CycleError> {
    let working = run.ports.gateway.working().await?;
    let foreign = run.ports.gateway.foreign().await?;
    let account = run.ports.account.snapshot().await?;
    let day = run.ports.journal.day(date).await?;
    let (positions, short) = (counted(&account.positions), counted(&account.short));
    let families: Vec<ClientOrderId> = day
        .families
        .iter()
        .filter(|family| !lives_on(family, &working))
        .map(|family| family.intent.id)
        .collect();
    let journal = JournalView {
        holdings: &day.holdings,
        families: &families,
        cash: day.cash_expected,
    };
    let broker = BrokerView {
        positions: &positions,
        short: &short,
        working: &working,
        foreign: &foreign,
        cash: account.cash,
        at: run.now(),
    };
    let mut found = reconcile(&journal, &broker, &run.policy.reconcile);
    found.retain(|one| !is_on_purpose(run, &one.finding));
    Ok((found, day))
}

fn counted(positions: &[BrokerPosition]) -> Vec<(Symbol, Shares)> {
    let positions = positions.iter();
    positions
        .map(|position| (position.symbol, position.shares))
        .collect()
}

/// True for a family that came to nothing by the journal while its entry is at work all the same: nobody
/// waits for it any more, so it counts as an order that nobody knows.
fn lives_on(family: &Family, working: &[OrderTicket]) -> bool {
    let came_to_nothing = matches!(
        family.ending,
        Some(FamilyEnding::NotSent | FamilyEnding::Rejected | FamilyEnding::Unfilled)
    );
    came_to_nothing
        && working.iter().any(|ticket| {
            ticket.id.is_family_of(family.intent.id)
                && ticket.id.leg() == Leg::Entry
                && ticket.status.is_alive()
        })
}

/// True for a position without its stops while this very run is leaving it.
fn is_on_purpose(run: &Running<'_>, finding: &Finding) -> bool {
    match finding {
        Finding::MissingProtection { symbol, .. } | Finding::WrongProtection { symbol, .. } => {
            run.leaving.contains(symbol)
        }
        Finding::Phantom { .. }
        | Finding::Orphan { .. }
        | Finding::QuantityMismatch { .. }
        | Finding::ShortPosition { .. }
        | Finding::UnknownOrder { .. }
        | Finding::ForeignOrder { .. }
        | Finding::CashDifference { .. } => false,
    }
}

/// Cancels the orders whose remedy it is, and the agent's own sales of what is owed; true when there were
/// any.
///
/// Stops are cancelled only where both sides hold nothing, also on a second look: the list of positions
/// may lag behind a fill, and a good stop must not pay for that.
async fn cancel_unknown(
    run: &Running<'_>,
    found: &[Discrepancy],
    day: &DayJournal,
) -> Result<bool, CycleError> {
    let mut any = false;
    for one in found {
        let is_cancelled = one.remedy == Remedy::Cancel;
        match one.finding {
            Finding::ShortPosition { symbol, .. } => {
                any |= cancel_sales(run, symbol, |leg| leg != Leg::Entry).await?;
            }
            Finding::UnknownOrder { order, .. } if is_cancelled => {
                any |= try_to_cancel(run, order).await;
            }
            Finding::WrongProtection { symbol, .. }
                if is_cancelled && is_empty(run, symbol, day).await? =>
            {
                any |= cancel_sales(run, symbol, |leg| leg == Leg::Stop).await?;
            }
            Finding::Phantom { .. }
            | Finding::Orphan { .. }
            | Finding::QuantityMismatch { .. }
            | Finding::MissingProtection { .. }
            | Finding::WrongProtection { .. }
            | Finding::UnknownOrder { .. }
            | Finding::ForeignOrder { .. }
            | Finding::CashDifference { .. } => {}
        }
    }
    Ok(any)
}

/// Cancels what works in `symbol` under a leg that is meant.
async fn cancel_sales(
    run: &Running<'_>,
    symbol: Symbol,
    is_meant: impl Fn(Leg) -> bool,
) -> Result<bool, CycleError> {
    let mut any = false;
    for ticket in run.ports.gateway.working().await? {
        if ticket.symbol == symbol && is_meant(ticket.id.leg()) {
            any |= try_to_cancel(run, ticket.id).await;
        }
    }
    Ok(any)
}

/// True when the broker took the cancellation; otherwise the finding stays open, and nothing waits for it.
async fn try_to_cancel(run: &Running<'_>, order: ClientOrderId) -> bool {
    match run.ports.gateway.cancel(order).await {
        Ok(_) => true,
        Err(failure) => {
            error!(cycle.id = %run.id, order.id = %order, error = %failure, "not cancelled");
            false
        }
    }
}

/// True when nothing of `symbol` is held by anybody's count, and nothing of it may just have been bought.
async fn is_empty(run: &Running<'_>, symbol: Symbol, day: &DayJournal) -> Result<bool, CycleError> {
    let bought_today = day
        .fills
        .iter()
        .any(|fill| fill.symbol == symbol && fill.side == Side::Buy);
    let sold_today = day
        .fills
        .iter()
        .any(|fill| fill.symbol == symbol && fill.side == Side::Sell);
    let undecided = day.families.iter().any(|family| {
        family.ending.is_none()
            && family.intent.plan.symbol() == symbol
            && matches!(family.intent.plan, OrderPlan::Bracket(_))
    });
    let by_journal = !day.holdings.shares(symbol).is_zero();
    if by_journal || (bought_today && !sold_today) || undecided {
        return Ok(false);
    }
    let account = run.ports.account.snapshot().await?;
    let is_it = |position: &BrokerPosition| position.symbol == symbol && !position.shares.is_zero();
    Ok(!account.positions.iter().any(is_it))
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
    let known = match run.ports.journal.day(before).await {
        Ok(day) => day.findings.clone(),
        Err(error) => {
            warn!(cycle.id = %run.id, %error, "nothing is written off without the day before");
            return Ok(false);
        }
    };
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
        | Finding::ShortPosition { .. }
        | Finding::Orphan { .. }
        | Finding::MissingProtection { .. }
        | Finding::WrongProtection { .. }
        | Finding::UnknownOrder { .. }
        | Finding::ForeignOrder { .. }
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
        let subject = one.finding.as_str();
        let text = text
            .strip_prefix(subject)
            .map_or(text.as_str(), |rest| rest.trim_start_matches(": "));
        run.tell(Severity::Critical, subject, text).await;
    }
}
