//! What every journal promises about its alerts. `alert_queue_contract!` makes a test of each promise.

use catalyst_domain::order::CycleId;
use catalyst_ports::journal::{
    ALERTS_KEPT_FOR, AlertEnding, AlertQueue, Annals, Journal, JournalEntry, KeptAlert,
};
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, TimeDelta, Utc};

use crate::builders::{a_cycle_start, a_moment};

fn begin() -> DateTime<Utc> {
    a_moment("2026-09-14T02:00:00.000009Z")
}

async fn opened(journal: &dyn Journal) -> CycleId {
    let start = a_cycle_start("20260914-1000.1", begin());
    journal.open(start).await.unwrap()
}

fn alert(severity: Severity, subject: &str, run: CycleId) -> Alert {
    Alert {
        severity,
        subject: subject.to_owned(),
        message: "as it was".to_owned(),
        run: Some(run),
        at: begin(),
    }
}

async fn raised(journal: &dyn Journal, alert: Alert, delivered: bool) {
    let run = alert.run.unwrap();
    let entry = JournalEntry::Alert { alert, delivered };
    journal.record(run, vec![entry]).await.unwrap();
}

/// Alerts come back as they were, oldest first; one delivered at once has ended when it was raised.
pub async fn alerts_come_back_with_what_became_of_them<J: Journal + AlertQueue>(journal: &J) {
    let run = opened(journal).await;
    let alerts = [Severity::Info, Severity::Warning, Severity::Critical]
        .map(|severity| alert(severity, severity.as_str(), run));
    for one in &alerts {
        raised(journal, one.clone(), one.severity == Severity::Warning).await;
    }

    let kept = journal.alerts(begin()).await.unwrap();

    let back: Vec<Alert> = kept.iter().map(|one| one.alert.clone()).collect();
    assert_eq!(back, alerts);
    let ended: Vec<_> = kept.iter().map(|one| one.ended).collect();
    assert_eq!(ended, [None, Some((AlertEnding::Delivered, begin())), None]);
}

/// Whoever reads the days is told that an alert went out, at once or later.
pub async fn the_annals_tell_what_was_delivered_later<J>(journal: &J)
where
    J: Journal + AlertQueue + Annals,
{
    let run = opened(journal).await;
    for subject in ["waits", "late"] {
        raised(journal, alert(Severity::Warning, subject, run), false).await;
    }
    raised(journal, alert(Severity::Critical, "at once", run), true).await;
    let kept = journal.alerts(begin()).await.unwrap();
    let late = kept.iter().find(|one| one.alert.subject == "late");
    let end = JournalEntry::AlertEnded {
        number: late.unwrap().number,
        ending: AlertEnding::Delivered,
        at: begin(),
    };
    journal.record(run, vec![end]).await.unwrap();

    let told = journal.chronicle(run.date(), run.date()).await.unwrap();

    let told: Vec<_> = told
        .alerts
        .iter()
        .map(|(alert, delivered)| (alert.subject.as_str(), *delivered))
        .collect();
    assert_eq!(told, [("waits", false), ("late", true), ("at once", true)]);
}

/// The end of a wait is another entry, perhaps of another run, and of that alert alone.
pub async fn an_ending_ends_its_alert_alone<J: Journal + AlertQueue>(journal: &J) {
    let run = opened(journal).await;
    for subject in ["one", "two", "three"] {
        raised(journal, alert(Severity::Warning, subject, run), false).await;
    }
    let numbers: Vec<_> = waiting(journal)
        .await
        .iter()
        .map(|one| one.number)
        .collect();
    let later = begin() + TimeDelta::minutes(5);
    let next = opened(journal).await;

    let &[first, _, third] = numbers.as_slice() else {
        panic!("three wait: {numbers:?}");
    };
    let end = |number, ending| JournalEntry::AlertEnded {
        number,
        ending,
        at: later,
    };
    let ends = vec![
        end(first, AlertEnding::Delivered),
        end(third, AlertEnding::Dropped),
    ];
    journal.record(next, ends).await.unwrap();

    let kept = journal.alerts(later).await.unwrap();
    let ended: Vec<_> = kept.iter().map(|one| one.ended).collect();
    let expected = [
        Some((AlertEnding::Delivered, later)),
        None,
        Some((AlertEnding::Dropped, later)),
    ];
    assert_eq!(ended, expected);
}

async fn waiting(queue: &dyn AlertQueue) -> Vec<KeptAlert> {
    let mut kept = queue.alerts(begin()).await.unwrap();
    kept.retain(|one| one.ended.is_none());
    kept
}

/// After its time an alert is not looked at any more.
pub async fn an_alert_is_looked_at_for_its_time<J: Journal + AlertQueue>(journal: &J) {
    let run = opened(journal).await;
    raised(journal, alert(Severity::Critical, "old", run), false).await;

    let last = begin() + ALERTS_KEPT_FOR;
    let after = last + TimeDelta::microseconds(1);

    assert_eq!(journal.alerts(last).await.unwrap().len(), 1);
    assert_eq!(journal.alerts(after).await.unwrap(), []);
}

/// Makes a test of each promise of [`catalyst_ports::journal::AlertQueue`].
///
/// `$fresh` is a path to an async function that returns `(journal, keep)`: an empty journal that
/// nobody else uses, and whatever has to live as long.
#[macro_export]
macro_rules! alert_queue_contract {
    ($fresh:path) => {
        $crate::alert_queue_contract! { @each $fresh:
            alerts_come_back_with_what_became_of_them
            an_ending_ends_its_alert_alone
            the_annals_tell_what_was_delivered_later
            an_alert_is_looked_at_for_its_time
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let (journal, _keep) = $fresh().await;
            $crate::contract::alert_queue::$promise(&journal).await;
        }
    )+};
}
