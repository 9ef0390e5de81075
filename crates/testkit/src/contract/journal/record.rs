//! Cycles and what they record.

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::Leg;
use catalyst_ports::journal::{CycleEnding, CycleRecord, Journal, JournalEntry};
use rust_decimal::Decimal;

use super::{day, kept, opened};
use crate::builders::{a_cycle, a_fill, a_moment, an_order, hkd, told};

/// The journal gives the attempt; the one asked for is ignored.
pub async fn an_id_is_never_used_twice(journal: &dyn Journal) {
    let first = opened(journal, "20260914-1000.7").await;
    let second = opened(journal, "20260914-1000.7").await;

    assert_eq!(first.to_string(), "20260914-1000.1");
    assert_eq!(second.to_string(), "20260914-1000.2");
}

/// Another time, another day and a guard are other slots.
pub async fn slots_count_their_attempts_apart(journal: &dyn Journal) {
    for name in [
        "20260914-1000.1",
        "20260914-1030.1",
        "20260915-1000.1",
        "g20260914-1000.1",
    ] {
        assert_eq!(opened(journal, name).await.to_string(), name);
    }
}

/// The last entries are kept with the end of a cycle, which does not give its name free.
pub async fn a_closed_cycle_keeps_its_name(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let end = CycleRecord {
        id: cycle,
        ending: CycleEnding::Done,
        summary: "nothing to do".to_owned(),
        tool_calls: 3,
        next_at: None,
        at: a_moment("2026-09-14T02:01:00Z"),
    };

    let last = told(a_fill("last").build());
    journal.close(end, vec![last]).await.unwrap();

    assert_eq!(day(journal, "2026-09-14").await.fills.len(), 1);
    assert_eq!(opened(journal, "20260914-1000.1").await.attempt(), 2);
}

/// Entries and their order families are refused together when one of them cannot be kept: here an
/// intent whose name is taken.
pub async fn entries_are_kept_all_or_none(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let id = an_order(cycle, 1, Leg::Exit);
    let intent = || {
        JournalEntry::Intent(crate::builders::an_intent_of(
            crate::builders::an_auction_exit(),
            id,
            a_moment("2026-09-14T02:00:00Z"),
        ))
    };
    kept(journal, cycle, vec![intent()]).await;

    let fill = told(a_fill("lost").build());
    let refused = journal.record(cycle, vec![fill, intent()]).await;

    assert!(refused.is_err(), "a name of an order is used once");
    assert_eq!(day(journal, "2026-09-14").await.fills, []);
}

/// Nothing is kept for a cycle that was never opened.
pub async fn entries_of_an_unknown_cycle_are_refused(journal: &dyn Journal) {
    let fill = told(a_fill("lost").build());

    let refused = journal.record(a_cycle("20260914-1000.1"), vec![fill]).await;

    assert!(refused.is_err(), "the cycle was never opened");
    assert_eq!(day(journal, "2026-09-14").await.fills, []);
}

/// Money has up to 28 digits, and none of them may be lost to a float.
pub async fn money_comes_back_digit_for_digit(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    for (text, execution) in [
        ("123456789012345678.1234567891", "long"),
        ("0.1234567890123456789012345678", "fine"),
        ("-0.0000000000000000000000000001", "least"),
        ("0.1", "tenth"),
    ] {
        let amount = Decimal::from_str_exact(text).unwrap();
        let equity = Money::new(amount, Currency::Hkd).unwrap();
        let fill = a_fill(execution).fees(amount).build();
        let at = a_moment("2026-09-14T02:00:00Z");

        let entries = vec![
            told(fill.clone()),
            JournalEntry::Reading {
                equity,
                cash: equity,
                at,
            },
        ];
        kept(journal, cycle, entries).await;

        let read = day(journal, "2026-09-14").await;
        let back = read
            .fills
            .iter()
            .find(|one| one.execution == fill.execution);
        assert_eq!(back, Some(&fill));
        assert_eq!(read.equity_last, Some((equity, at)));
    }
}

/// A moment keeps its microseconds.
pub async fn microseconds_come_back_as_they_were(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let at = a_moment("2026-09-14T02:00:00.123457Z");
    let fill = a_fill("precise").at(at).build();
    let equity = hkd("1000000");

    let entries = vec![
        told(fill.clone()),
        JournalEntry::Reading {
            equity,
            cash: equity,
            at,
        },
    ];
    kept(journal, cycle, entries).await;

    let read = day(journal, "2026-09-14").await;
    assert_eq!(read.fills, [fill]);
    assert_eq!(read.equity_last, Some((equity, at)));
}
