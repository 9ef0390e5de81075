//! The plan: which waiting alerts go out now, in which messages. Pure; `deliver` carries it out.

use std::collections::BTreeSet;

use catalyst_domain::calendar::TradingCalendar;
use catalyst_ports::journal::{AlertEnding, AlertNumber, KeptAlert};
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, TimeDelta, Utc};

use super::AlertRules;

/// What is not critical waits no longer than this, and is then told in a sum.
const WAITS_FOR: TimeDelta = TimeDelta::days(1);
/// Critical messages may be so many times more in an hour.
const CRITICAL_FACTOR: usize = 5;
/// Messages of one run at most; the rest is for the next.
const MESSAGES_MAX: usize = 20;
/// Subjects that a sum names.
const NAMED_MAX: usize = 10;

/// One message to send, and the alerts that have ended when it has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dispatch {
    pub(super) alert: Alert,
    pub(super) covers: Vec<AlertNumber>,
    pub(super) ending: AlertEnding,
}

/// The messages of now: critical ones first, then the oldest.
pub(super) fn plan(
    kept: &[KeptAlert],
    rules: AlertRules,
    calendar: &TradingCalendar,
    now: DateTime<Utc>,
) -> Vec<Dispatch> {
    let waiting = kept.iter().filter(|one| one.ended.is_none());
    let (old, waiting): (Vec<&KeptAlert>, Vec<&KeptAlert>) = waiting.partition(|one| {
        one.alert.severity != Severity::Critical && one.alert.at < now - WAITS_FOR
    });
    // What cannot wait is not behind what can.
    let (first, then): (Vec<&KeptAlert>, Vec<&KeptAlert>) = waiting
        .into_iter()
        .partition(|one| one.alert.severity == Severity::Critical);
    let waiting = [first, then].concat();
    let mut planned: Vec<Dispatch> = sum_of(&old, now).into_iter().collect();
    let lately = sent_since(kept, now - TimeDelta::hours(1));
    let (mut sent, mut urgent) = (lately + planned.len(), 0);
    for (index, one) in waiting.iter().enumerate() {
        let is_told = waiting
            .iter()
            .take(index)
            .any(|e| says_the_same(&e.alert, &one.alert));
        let is_full = planned.len() >= MESSAGES_MAX;
        let is_critical = one.alert.severity == Severity::Critical;
        // What is critical takes no room from the rest.
        let before = if is_critical { sent + urgent } else { sent };
        let has_room = before < bound(one.alert.severity, rules);
        if is_told || is_full || !has_room || was_sent(kept, &one.alert, now - rules.repeat) {
            continue;
        }
        let same = waiting
            .iter()
            .filter(|other| says_the_same(&other.alert, &one.alert));
        planned.push(together(&same.copied().collect::<Vec<_>>(), one, calendar));
        if is_critical {
            urgent += 1;
        } else {
            sent += 1;
        }
    }
    planned
}

/// Whether a critical alert goes out the moment it is raised: not when its words were sent lately or
/// too many were.
pub(crate) fn may_go_now(
    alert: &Alert,
    kept: &[KeptAlert],
    rules: AlertRules,
    now: DateTime<Utc>,
) -> bool {
    alert.severity == Severity::Critical
        && !was_sent(kept, alert, now - rules.repeat)
        && sent_since(kept, now - TimeDelta::hours(1)) < bound(alert.severity, rules)
}

/// True when the two differ in their run and moment only.
pub(super) fn says_the_same(one: &Alert, other: &Alert) -> bool {
    (one.severity, &one.subject, &one.message) == (other.severity, &other.subject, &other.message)
}

fn bound(severity: Severity, rules: AlertRules) -> usize {
    let usual = usize::try_from(rules.per_hour).unwrap_or(usize::MAX);
    match severity {
        Severity::Critical => usual.saturating_mul(CRITICAL_FACTOR),
        Severity::Info | Severity::Warning => usual,
    }
}

fn delivered_at(one: &KeptAlert) -> Option<DateTime<Utc>> {
    match one.ended {
        Some((AlertEnding::Delivered, at)) => Some(at),
        Some((AlertEnding::Dropped, _)) | None => None,
    }
}

/// Whether the words of `alert` were delivered after `since`.
pub(super) fn was_sent(kept: &[KeptAlert], alert: &Alert, since: DateTime<Utc>) -> bool {
    kept.iter().any(|one| {
        says_the_same(&one.alert, alert) && delivered_at(one).is_some_and(|at| at > since)
    })
}

/// Messages since then; alerts that went out together are one.
fn sent_since(kept: &[KeptAlert], since: DateTime<Utc>) -> usize {
    let messages: BTreeSet<_> = kept
        .iter()
        .filter_map(|one| {
            let at = delivered_at(one).filter(|at| *at > since)?;
            Some((at, &one.alert.subject, &one.alert.message))
        })
        .collect();
    messages.len()
}

/// One message for all that say the same, dated as the first.
fn together(same: &[&KeptAlert], first: &KeptAlert, calendar: &TradingCalendar) -> Dispatch {
    let mut alert = first.alert.clone();
    if let (count @ 2.., Some(last)) = (same.len(), same.last()) {
        let last = calendar.local(last.alert.at).format("%Y-%m-%d %H:%M:%S");
        alert.message = format!("{} (seen {count} times, last at {last})", alert.message);
    }
    Dispatch {
        alert,
        covers: same.iter().map(|one| one.number).collect(),
        ending: AlertEnding::Delivered,
    }
}

/// What waited too long, told in one message.
fn sum_of(old: &[&KeptAlert], now: DateTime<Utc>) -> Option<Dispatch> {
    let first = old.first()?;
    let mut subjects: Vec<&str> = Vec::new();
    for one in old {
        if !subjects.contains(&one.alert.subject.as_str()) {
            subjects.push(&one.alert.subject);
        }
    }
    let more = if subjects.len() > NAMED_MAX {
        ", and others"
    } else {
        ""
    };
    subjects.truncate(NAMED_MAX);
    Some(Dispatch {
        alert: Alert {
            severity: Severity::Warning,
            subject: format!("{} alerts were never sent", old.len()),
            message: format!(
                "no channel took them for a day, the journal has them: {}{more}",
                subjects.join(", ")
            ),
            run: first.alert.run,
            at: now,
        },
        covers: old.iter().map(|one| one.number).collect(),
        ending: AlertEnding::Dropped,
    })
}

#[cfg(test)]
mod tests;
