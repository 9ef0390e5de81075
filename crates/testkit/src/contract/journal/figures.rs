//! What is derived: fills with their fees and corrections, cash, what was written off, limits.

use catalyst_domain::order::{CycleId, Execution, ExecutionId, FeesAre, Fill};
use catalyst_domain::quantity::Shares;
use catalyst_ports::journal::{
    CycleEnding, CycleRecord, EQUITY_BASE, Journal, JournalEntry, LimitRecord,
};
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::{day, kept, opened};
use crate::builders::{a_fill, a_moment, hkd, shares, symbol, told};

fn estimated(fill: &Fill) -> JournalEntry {
    JournalEntry::Execution(Execution {
        fill: fill.clone(),
        fees: FeesAre::Estimated,
        replaces: None,
    })
}

fn correcting(fill: &Fill, replaces: &str) -> JournalEntry {
    JournalEntry::Execution(Execution {
        fill: fill.clone(),
        fees: FeesAre::Reported,
        replaces: Some(ExecutionId::new(replaces)),
    })
}

/// A fee that comes late takes the place of the estimate, and no estimate takes that of a fee.
pub async fn a_late_fee_counts_and_a_later_estimate_does_not(journal: &dyn Journal) {
    let guess = a_fill("one").fees(Decimal::from(70)).build();
    let known = a_fill("one").fees(Decimal::from(85)).build();
    let cycle = opened(journal, "20260914-1000.1").await;

    kept(journal, cycle, vec![estimated(&guess)]).await;
    assert_eq!(
        day(journal, "2026-09-14").await.fills,
        std::slice::from_ref(&guess)
    );

    kept(journal, cycle, vec![told(known.clone())]).await;
    kept(journal, cycle, vec![estimated(&guess)]).await;
    let read = day(journal, "2026-09-14").await;
    assert_eq!(read.fills, std::slice::from_ref(&known));
    let cost = read.holdings.position(known.symbol).unwrap().cost;
    assert_eq!(cost, hkd("50085"));
}

/// A correction takes the place of what it corrects, whichever of the two is told first.
pub async fn a_correction_counts_in_place_of_what_it_corrects(journal: &dyn Journal) {
    let wrong = |name| a_fill(name).price("500").build();
    let right = |name| a_fill(name).price("499.8").build();
    let cycle = opened(journal, "20260914-1000.1").await;

    kept(journal, cycle, vec![told(wrong("a.1"))]).await;
    kept(journal, cycle, vec![correcting(&right("a.2"), "a.1")]).await;
    kept(journal, cycle, vec![correcting(&right("b.2"), "b.1")]).await;
    kept(journal, cycle, vec![told(wrong("b.1"))]).await;

    let read = day(journal, "2026-09-14").await;
    assert_eq!(read.fills, [right("a.2"), right("b.2")]);
    assert_eq!(read.holdings.shares(symbol("700")), shares(200));
}

/// A correction of a fill from before a day that ended flat reaches back behind that day.
pub async fn a_correction_reaches_back_behind_a_flat_day(journal: &dyn Journal) {
    let at = a_moment("2026-09-14T02:00:00Z");
    let bought = a_fill("a.1").at(at).build();
    let sold = a_fill("z").selling().at(at + TimeDelta::minutes(1)).build();
    let monday = opened(journal, "20260914-1000.1").await;
    kept(journal, monday, vec![told(bought), told(sold)]).await;
    closed(journal, monday, at).await;
    assert!(day(journal, "2026-09-15").await.opening.is_flat());

    let tuesday = opened(journal, "20260915-1000.1").await;
    let more = a_fill("a.2").shares(300).at(at).build();
    kept(journal, tuesday, vec![correcting(&more, "a.1")]).await;

    let read = day(journal, "2026-09-15").await;
    assert_eq!(read.opening.shares(symbol("700")), shares(200));
    assert_eq!(read.holdings.shares(symbol("700")), shares(200));
}

/// What is written off was gone before the day on which it is, and its result is not known.
pub async fn what_is_written_off_was_gone_before_the_day(journal: &dyn Journal) {
    let at = a_moment("2026-09-14T02:00:00Z");
    let monday = opened(journal, "20260914-1000.1").await;
    let bought = a_fill("bought").shares(300).at(at).build();
    kept(journal, monday, vec![told(bought.clone())]).await;
    let tuesday = opened(journal, "20260915-1000.1").await;
    let gone = JournalEntry::WriteOff {
        symbol: bought.symbol,
        from: shares(300),
        to: shares(100),
        evidence: "the broker has 100".to_owned(),
        at: at + TimeDelta::days(1),
    };

    kept(journal, tuesday, vec![gone]).await;

    let before = day(journal, "2026-09-14").await;
    assert_eq!(before.opening.shares(bought.symbol), Shares::ZERO);
    let read = day(journal, "2026-09-15").await;
    assert_eq!(read.opening.shares(bought.symbol), shares(100));
    assert_eq!(read.holdings.shares(bought.symbol), shares(100));
    assert!(read.holdings.results_unknown().contains(&bought.symbol));
}

/// A correction of one symbol brings nothing back that was written off of another.
pub async fn a_correction_leaves_what_was_written_off_gone(journal: &dyn Journal) {
    let at = a_moment("2026-09-14T02:00:00Z");
    let monday = opened(journal, "20260914-1000.1").await;
    let lost = a_fill("lost").of("388").at(at).build();
    let bought = a_fill("b").of("5").at(at).build();
    let sold = a_fill("s").of("5").selling().at(at + TimeDelta::minutes(1));
    kept(
        journal,
        monday,
        vec![told(lost.clone()), told(bought), told(sold.clone().build())],
    )
    .await;
    closed(journal, monday, at).await;
    let tuesday = opened(journal, "20260915-1000.1").await;
    let gone = JournalEntry::WriteOff {
        symbol: lost.symbol,
        from: lost.shares,
        to: Shares::ZERO,
        evidence: "the broker has none".to_owned(),
        at: at + TimeDelta::days(1),
    };
    kept(journal, tuesday, vec![gone]).await;
    closed(journal, tuesday, at + TimeDelta::days(1)).await;
    let wednesday = opened(journal, "20260916-1000.1").await;
    let mut better = sold.price("510").build();
    better.execution = ExecutionId::new("s.2");
    kept(journal, wednesday, vec![correcting(&better, "s")]).await;

    let read = day(journal, "2026-09-16").await;

    assert_eq!(read.holdings.shares(lost.symbol), Shares::ZERO);
}

/// Ends a run a minute after `at`.
async fn closed(journal: &dyn Journal, id: CycleId, at: DateTime<Utc>) {
    let end = CycleRecord {
        id,
        ending: CycleEnding::Done,
        summary: String::new(),
        tool_calls: 0,
        next_at: None,
        at: at + TimeDelta::minutes(2),
    };
    journal.close(end, Vec::new()).await.unwrap();
}

/// Cash is that of the last reading before the day, moved by what happened since; while a fee is only
/// a guess nobody knows it.
pub async fn cash_is_carried_by_fills(journal: &dyn Journal) {
    let at = a_moment("2026-09-14T02:00:00Z");
    let reading = |cash, at| JournalEntry::Reading {
        equity: hkd("1000000"),
        cash: hkd(cash),
        at,
    };
    let monday = opened(journal, "20260914-1000.1").await;
    assert_eq!(day(journal, "2026-09-14").await.cash_expected, None);
    let early = a_fill("early").at(at - TimeDelta::seconds(1)).build();
    kept(journal, monday, vec![told(early), reading("800000", at)]).await;
    let first = a_fill("first").at(at + TimeDelta::seconds(1)).build();
    kept(journal, monday, vec![told(first)]).await;
    let expected = day(journal, "2026-09-14").await.cash_expected;
    assert_eq!(expected, Some(hkd("749920")));

    kept(
        journal,
        monday,
        vec![reading("749000", at + TimeDelta::minutes(1))],
    )
    .await;
    let expected = day(journal, "2026-09-14").await.cash_expected;
    assert_eq!(expected, Some(hkd("749920")), "the base is the day's first");

    let next = at + TimeDelta::days(1);
    let tuesday = opened(journal, "20260915-1000.1").await;
    let sold = a_fill("sold").selling().at(next).build();
    kept(journal, tuesday, vec![reading("1", next), told(sold)]).await;
    let expected = day(journal, "2026-09-15").await.cash_expected;
    assert_eq!(
        expected,
        Some(hkd("798920")),
        "the base is of the day before"
    );

    let guess = a_fill("guess").at(next).build();
    kept(journal, tuesday, vec![estimated(&guess)]).await;
    assert_eq!(day(journal, "2026-09-15").await.cash_expected, None);
}

/// The last value of each limit is in force, on every day. An equity that the owner accepts as it comes
/// is no limit: the next reading has none before it.
pub async fn limits_are_remembered(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let at = a_moment("2026-09-14T02:00:00Z");
    let change = |name: &str, was: Option<&str>, becomes: &str| JournalEntry::Limits {
        changes: vec![LimitRecord {
            name: name.to_owned(),
            was: was.map(str::to_owned),
            becomes: becomes.to_owned(),
        }],
        accepted_by: "the owner".to_owned(),
        at,
    };
    let reading = JournalEntry::Reading {
        equity: hkd("1000000"),
        cash: hkd("1000000"),
        at,
    };
    let entries = vec![
        change("risk.max_positions", None, "5"),
        change("risk.max_daily_trades", None, "10"),
        change("risk.max_positions", Some("5"), "4"),
        reading,
    ];
    kept(journal, cycle, entries).await;
    assert!(day(journal, "2026-09-14").await.equity_last.is_some());
    kept(journal, cycle, vec![change(EQUITY_BASE, None, "any")]).await;

    let read = day(journal, "2026-09-16").await;

    assert_eq!(read.limits.value("risk.max_positions"), Some("4"));
    assert_eq!(read.limits.value("risk.max_daily_trades"), Some("10"));
    assert_eq!(read.limits.value(EQUITY_BASE), None);
    assert_eq!(read.equity_last, None);
    assert_eq!(day(journal, "2026-09-14").await.cash_expected, None);
    let deposited = JournalEntry::Reading {
        equity: hkd("1500000"),
        cash: hkd("1500000"),
        at: at + TimeDelta::minutes(1),
    };
    kept(journal, cycle, vec![deposited]).await;
    let expected = day(journal, "2026-09-15").await.cash_expected;
    assert_eq!(expected, Some(hkd("1500000")));
}
