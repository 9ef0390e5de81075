//! The end of a day: what it came to, and the head of the journal's chain, told once.

use catalyst_domain::order::CycleId;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{ChainHead, JournalEntry};
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::Severity;
use chrono::TimeDelta;

use super::deliver::deliver;
use crate::running::Running;
use crate::{CycleError, DayReport, Policy, Ports, day_report};

/// After the end of continuous trading; behind the closing auction on a full day.
const AFTER_TRADING: TimeDelta = TimeDelta::minutes(15);

/// Tells what the day of the run `id` came to, once, from a quarter of an hour after its trading on.
/// Somebody who keeps the message can hold `head` against the journal later: a chain alone cannot show
/// that its tail was cut off or all of it rewritten.
pub async fn tell_day_closed(
    ports: &Ports,
    policy: &Policy,
    rules: &Rulebook,
    id: CycleId,
    head: ChainHead,
) -> Result<(), CycleError> {
    let Some(desk) = &ports.alerts else {
        return Ok(());
    };
    let now = ports.clock.now();
    let date = id.date();
    let sessions = rules.calendar.continuous_sessions(date)?;
    let is_over = sessions
        .last()
        .is_some_and(|last| now >= last.end + AFTER_TRADING);
    let subject = format!("day closed {date}");
    if !is_over {
        return Ok(());
    }
    let told = desk.queue.alerts(now).await?;
    if told.iter().any(|one| one.alert.subject == subject) {
        return Ok(());
    }
    let report = day_report(ports, rules, date).await?;
    let alert = Alert {
        severity: Severity::Info,
        subject,
        message: text_of(&report, head),
        run: Some(id),
        at: now,
    };
    let entry = JournalEntry::Alert {
        alert,
        delivered: false,
    };
    ports.journal.record(id, vec![entry]).await?;
    deliver(&mut Running::begin(ports, policy, rules, id)).await;
    Ok(())
}

fn text_of(report: &DayReport, head: ChainHead) -> String {
    let positions: Vec<String> = report
        .open_positions
        .iter()
        .map(ToString::to_string)
        .collect();
    let left = if positions.is_empty() {
        "nothing".to_owned()
    } else {
        positions.join(", ")
    };
    format!(
        "P&L {} after fees of {}, {} trades\nstill held: {left}\njournal: {} rows, head {}\n\
         Keep this message: catalyst verify --head {} shows later whether a row is missing.",
        report.net,
        report.fees,
        report.trades.len(),
        head.rows,
        head.seal,
        head.seal,
    )
}
