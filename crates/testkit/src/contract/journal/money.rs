//! What asking models has cost.

use catalyst_domain::money::Money;
use catalyst_ports::journal::{
    CycleEnding, CycleRecord, CycleStart, Journal, JournalEntry, ModelUsage, Spending,
};
use chrono::TimeDelta;

use super::kept;
use crate::builders::{a_cycle_start, a_moment, hkd, usd};

/// Costs add up digit for digit within the day and the calendar month of the runs that asked, whatever
/// the clock said when the answer came.
pub async fn costs_add_up_by_day_and_month(journal: &dyn Journal) {
    for (name, costs) in [
        ("20260831-1000.1", ["7", "7"]),
        ("20260901-1000.1", ["0.1", "0.0000001"]),
        ("20260911-1000.1", ["0.0252", "1.10"]),
        ("20260914-1000.1", ["0.25", "0.0000003"]),
        ("20260914-1030.1", ["0.03", "0.02"]),
        ("20260915-1000.1", ["9", "9"]),
    ] {
        spent(journal, name, costs.map(usd)).await;
    }

    let told = spending(journal, "2026-09-14").await;

    assert_eq!(told.day, usd("0.3000003"));
    assert_eq!(told.month, usd("1.5252004"));
    assert_eq!(spending(journal, "2026-10-01").await, Spending::nothing());
    assert_eq!(spending(journal, "2026-08-31").await.month, usd("14"));
}

/// A run that was killed is counted under the advisor that it asked.
pub async fn runs_without_an_end_are_counted(journal: &dyn Journal) {
    for (name, advisor) in [
        ("20260911-1000.1", "claude"),
        ("20260914-1000.1", "claude"),
        ("20260914-1030.1", "claude"),
        ("20260914-1100.1", "rules"),
    ] {
        opened_by(journal, name, advisor).await;
    }
    let end = CycleRecord {
        id: opened_by(journal, "20260914-1130.1", "claude").await,
        ending: CycleEnding::Done,
        summary: "done".to_owned(),
        tool_calls: 0,
        next_at: None,
        at: a_moment("2026-09-14T03:31:00Z"),
    };
    journal.close(end, Vec::new()).await.unwrap();

    let told = spending(journal, "2026-09-14").await;

    assert_eq!((told.unended_day, told.unended_month), (2, 3));
}

/// An amount that cannot be added is never left out.
pub async fn a_cost_in_another_currency_is_an_error(journal: &dyn Journal) {
    spent(journal, "20260914-1000.1", [usd("0.1"), hkd("0.1")]).await;

    let told = journal
        .spending("2026-09-14".parse().unwrap(), "claude")
        .await;

    assert!(told.is_err(), "{told:?}");
}

async fn spending(journal: &dyn Journal, date: &str) -> Spending {
    let asked = journal.spending(date.parse().unwrap(), "claude");
    asked.await.unwrap()
}

async fn opened_by(
    journal: &dyn Journal,
    name: &str,
    advisor: &str,
) -> catalyst_domain::order::CycleId {
    let start = CycleStart {
        advisor: advisor.to_owned(),
        ..a_cycle_start(name, a_moment("2026-09-14T02:00:00Z"))
    };
    journal.open(start).await.unwrap()
}

async fn spent(journal: &dyn Journal, name: &str, costs: [Money; 2]) {
    let cycle = opened_by(journal, name, "claude").await;
    let usages = costs.map(|cost| {
        JournalEntry::Usage(ModelUsage {
            model: "claude-sonnet-5-5".to_owned(),
            request: None,
            tokens_in: 1,
            tokens_cache_read: 0,
            tokens_cache_written: 0,
            tokens_out: 1,
            cost,
            took: TimeDelta::seconds(1),
            at: a_moment("2026-09-14T15:59:59Z"),
        })
    });
    kept(journal, cycle, usages.to_vec()).await;
}
