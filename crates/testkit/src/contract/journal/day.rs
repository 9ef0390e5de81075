//! What the journal knows of a day.

use catalyst_domain::account::Holdings;
use catalyst_domain::money::Currency;
use catalyst_domain::order::{CycleId, Leg};
use catalyst_domain::reconcile::{Discrepancy, Finding, OrphanRule};
use catalyst_domain::risk::{LimitLedger, TradingState};
use catalyst_domain::side::Side;
use catalyst_ports::journal::{DayJournal, DecisionNote, Journal, JournalEntry, StateScope};
use catalyst_ports::tool::Decision;
use chrono::TimeDelta;

use super::{day, kept, opened};
use crate::builders::{a_fill, a_moment, an_order, hkd, shares, symbol, told};

/// A day nobody has written about: nothing held, nothing found, trading.
pub async fn an_empty_day_knows_nothing(journal: &dyn Journal) {
    let read = day(journal, "2026-09-14").await;

    assert_eq!(
        read,
        DayJournal {
            equity_at_open: None,
            equity_last: None,
            cash_expected: None,
            opening: Holdings::none(Currency::Hkd),
            holdings: Holdings::none(Currency::Hkd),
            fills: Vec::new(),
            families: Vec::new(),
            state: TradingState::Trading,
            move_of_day: None,
            findings: Vec::new(),
            findings_carried: Vec::new(),
            limits: LimitLedger::empty(),
            decisions: Vec::new(),
        }
    );
}

/// The day of a fill is the exchange's, whose midnight is 16:00 UTC, and not the day of the cycle
/// that learned of it.
pub async fn opening_and_holdings_part_at_midnight_in_the_exchange(journal: &dyn Journal) {
    let cycle = opened(journal, "20260915-1000.1").await;
    let midnight = a_moment("2026-09-14T16:00:00Z");
    let before = a_fill("before")
        .at(midnight - TimeDelta::microseconds(1))
        .build();
    let after = a_fill("after").of("5").at(midnight).build();
    let next_day = a_fill("next")
        .of("1")
        .at(midnight + TimeDelta::days(1))
        .build();
    let all = [before.clone(), after.clone(), next_day.clone()];
    let entries = all.iter().cloned().map(told).collect();
    kept(journal, cycle, entries).await;

    let read = day(journal, "2026-09-15").await;

    let holdings = |fills: &[_]| Holdings::from_fills(Currency::Hkd, fills).unwrap();
    assert_eq!(read.opening, holdings(std::slice::from_ref(&before)));
    assert_eq!(read.fills, [after]);
    assert_eq!(read.holdings, holdings(&all));
    let monday = day(journal, "2026-09-14").await;
    assert_eq!(monday.opening, holdings(&[]));
    assert_eq!(monday.fills, [before]);
}

/// The first reading is of the day asked about, the last of any day.
pub async fn equity_is_known_first_and_last(journal: &dyn Journal) {
    let at = a_moment("2026-09-14T01:30:00Z");
    let monday = opened(journal, "20260914-0930.1").await;
    let read_at = |hours, text| JournalEntry::Reading {
        equity: hkd(text),
        cash: hkd(text),
        at: at + TimeDelta::hours(hours),
    };
    let entries = vec![read_at(0, "1000000"), read_at(1, "1000100.25")];
    kept(journal, monday, entries).await;
    let tuesday = opened(journal, "20260915-0930.1").await;
    kept(journal, tuesday, vec![read_at(24, "999000")]).await;
    kept(journal, tuesday, vec![read_at(25, "998000")]).await;

    let of_monday = day(journal, "2026-09-14").await;
    let of_tuesday = day(journal, "2026-09-15").await;
    let of_wednesday = day(journal, "2026-09-16").await;

    let last = Some((hkd("998000"), at + TimeDelta::hours(25)));
    assert_eq!(of_monday.equity_at_open, Some(hkd("1000000")));
    assert_eq!(of_tuesday.equity_at_open, Some(hkd("999000")));
    assert_eq!(of_tuesday.equity_last, last);
    assert_eq!(of_wednesday.equity_at_open, None);
    assert_eq!(of_wednesday.equity_last, last);
}

async fn moved(journal: &dyn Journal, cycle: CycleId, state: TradingState, scope: StateScope) {
    let entry = JournalEntry::State {
        state,
        scope,
        reason: "for the test".to_owned(),
        at: a_moment(&format!("{}T02:00:00Z", cycle.date())),
    };
    kept(journal, cycle, vec![entry]).await;
}

async fn states(journal: &dyn Journal) -> [TradingState; 2] {
    [
        day(journal, "2026-09-14").await.state,
        day(journal, "2026-09-15").await.state,
    ]
}

async fn moves_of_days(journal: &dyn Journal) -> [Option<TradingState>; 2] {
    [
        day(journal, "2026-09-14").await.move_of_day,
        day(journal, "2026-09-15").await.move_of_day,
    ]
}

/// The daily loss stops one day, and the owner may end the stop before the day does.
pub async fn a_day_move_of_the_switch_ends_with_its_day(journal: &dyn Journal) {
    use TradingState::{ExitsOnly, Trading};

    let monday = opened(journal, "20260914-1000.1").await;
    moved(journal, monday, ExitsOnly, StateScope::Day).await;
    assert_eq!(states(journal).await, [ExitsOnly, Trading]);
    assert_eq!(moves_of_days(journal).await, [Some(ExitsOnly), None]);

    moved(journal, monday, Trading, StateScope::UntilMoved).await;
    assert_eq!(states(journal).await, [Trading, Trading]);
    assert_eq!(moves_of_days(journal).await, [None, None]);
}

/// A halt of the owner stays over midnight; a later resume does not change the day before it.
pub async fn a_move_of_the_owner_holds_until_moved_again(journal: &dyn Journal) {
    use TradingState::{Halted, Trading};

    let monday = opened(journal, "20260914-1000.1").await;
    moved(journal, monday, Halted, StateScope::UntilMoved).await;
    assert_eq!(states(journal).await, [Halted, Halted]);

    let tuesday = opened(journal, "20260915-1000.1").await;
    moved(journal, tuesday, Trading, StateScope::UntilMoved).await;
    assert_eq!(states(journal).await, [Halted, Trading]);
}

/// The owner's halt, or exits only by his hand, after the day's stop ends neither it nor what it leaves.
pub async fn a_halt_after_a_stop_of_the_day_does_not_end_it(journal: &dyn Journal) {
    use TradingState::{ExitsOnly, Halted};

    let monday = opened(journal, "20260914-1000.1").await;
    moved(journal, monday, ExitsOnly, StateScope::Day).await;
    moved(journal, monday, Halted, StateScope::UntilMoved).await;
    assert_eq!(states(journal).await, [Halted, Halted]);
    assert_eq!(moves_of_days(journal).await, [Some(ExitsOnly), None]);

    moved(journal, monday, ExitsOnly, StateScope::UntilMoved).await;
    assert_eq!(states(journal).await, [ExitsOnly, ExitsOnly]);
    assert_eq!(moves_of_days(journal).await, [Some(ExitsOnly), None]);
}

/// A stop for the day, moved while the owner's halt holds, does not open the door to exits only.
pub async fn a_day_move_never_loosens_what_holds_until_moved(journal: &dyn Journal) {
    use TradingState::{ExitsOnly, Halted};

    let monday = opened(journal, "20260914-1000.1").await;
    moved(journal, monday, Halted, StateScope::UntilMoved).await;
    moved(journal, monday, ExitsOnly, StateScope::Day).await;

    assert_eq!(states(journal).await, [Halted, Halted]);
    assert_eq!(moves_of_days(journal).await, [Some(ExitsOnly), None]);
}

/// Exits only by the owner's hand is no stop of the day; a warning of the day stops nothing.
pub async fn a_move_of_the_owner_is_none_of_the_day(journal: &dyn Journal) {
    use TradingState::{ExitsOnly, Trading};

    let monday = opened(journal, "20260914-1000.1").await;
    moved(journal, monday, ExitsOnly, StateScope::UntilMoved).await;
    assert_eq!(moves_of_days(journal).await, [None, None]);

    moved(journal, monday, Trading, StateScope::Day).await;
    assert_eq!(states(journal).await, [ExitsOnly, ExitsOnly]);
    assert_eq!(moves_of_days(journal).await, [Some(Trading), None]);
}

/// The last settling of the day counts, also when it found nothing. Every kind of finding comes back
/// with its remedy and its evidence.
pub async fn later_findings_supersede_earlier_ones(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let at = a_moment("2026-09-14T02:00:00Z");
    let (symbol, many, few) = (symbol("700"), shares(300), shares(100));
    let all = [
        Finding::Phantom {
            symbol,
            journal: many,
        },
        Finding::Orphan {
            symbol,
            broker: many,
        },
        Finding::QuantityMismatch {
            symbol,
            journal: many,
            broker: few,
        },
        Finding::ShortPosition {
            symbol,
            shares: few,
        },
        Finding::MissingProtection { symbol, held: many },
        Finding::WrongProtection {
            symbol,
            held: many,
            guarded: few,
        },
        Finding::UnknownOrder {
            order: an_order(cycle, 9, Leg::Stop),
            symbol,
            side: Side::Sell,
            shares: many,
        },
        Finding::ForeignOrder {
            number: i64::MAX,
            symbol,
            side: Side::Sell,
            shares: few,
        },
        Finding::CashDifference {
            expected: hkd("1000.01"),
            broker: hkd("-7.5"),
        },
    ];
    let findings: Vec<Discrepancy> = all
        .into_iter()
        .map(|finding| Discrepancy {
            finding,
            remedy: finding.remedy(OrphanRule::Flatten),
            evidence: format!("what each side said of {}", finding.as_str()),
        })
        .collect();
    let entry = |findings| JournalEntry::Findings { findings, at };

    kept(journal, cycle, vec![entry(findings.clone())]).await;
    assert_eq!(day(journal, "2026-09-14").await.findings, findings);

    kept(journal, cycle, vec![entry(Vec::new())]).await;
    assert_eq!(day(journal, "2026-09-14").await.findings, []);
}

/// What a settling found is carried into every later day until one of them settles, and is then gone from
/// those after it too.
pub async fn findings_are_carried_until_a_later_day_settles(journal: &dyn Journal) {
    let at = a_moment("2026-09-14T02:00:00Z");
    let finding = Finding::Phantom {
        symbol: symbol("700"),
        journal: shares(300),
    };
    let found = vec![Discrepancy {
        finding,
        remedy: finding.remedy(OrphanRule::Flatten),
        evidence: "the broker has none".to_owned(),
    }];
    let compared = |findings, at| vec![JournalEntry::Findings { findings, at }];
    let monday = opened(journal, "20260914-1000.1").await;
    kept(journal, monday, compared(found.clone(), at)).await;

    let read = day(journal, "2026-09-14").await;
    assert_eq!(
        (read.findings, read.findings_carried),
        (found.clone(), vec![])
    );
    let later = day(journal, "2026-09-16").await;
    assert_eq!((later.findings, later.findings_carried), (vec![], found));
    let earlier = day(journal, "2026-09-11").await;
    assert_eq!(
        (earlier.findings, earlier.findings_carried),
        (vec![], vec![])
    );

    let tuesday = opened(journal, "20260915-1000.1").await;
    let nothing = compared(Vec::new(), at + TimeDelta::days(1));
    kept(journal, tuesday, nothing).await;
    for date in ["2026-09-15", "2026-09-16"] {
        let read = day(journal, date).await;
        assert_eq!((read.findings, read.findings_carried), (vec![], vec![]));
    }
}

/// Decisions of the day and of no other, oldest first, word for word.
pub async fn decisions_come_back_in_order(journal: &dyn Journal) {
    let monday = opened(journal, "20260914-1000.1").await;
    let tuesday = opened(journal, "20260915-1000.1").await;
    let at = a_moment("2026-09-14T02:00:00.000009Z");
    let note = |cycle, decision, symbol, minutes| DecisionNote {
        cycle,
        decision,
        symbol,
        reasoning: "it's \"so\"; \u{6e2c}\u{8a66}".to_owned(),
        at: at + TimeDelta::minutes(minutes),
    };
    let notes = [
        note(monday, Decision::Trade, Some(symbol("700")), 0),
        note(monday, Decision::Skip, None, 1),
        note(monday, Decision::Close, Some(symbol("5")), 2),
        note(monday, Decision::Emergency, None, 3),
    ];
    let entries = notes.iter().cloned().map(JournalEntry::Decision).collect();
    kept(journal, monday, entries).await;
    let other = note(tuesday, Decision::Skip, None, 1_440);
    kept(journal, tuesday, vec![JournalEntry::Decision(other)]).await;

    assert_eq!(day(journal, "2026-09-14").await.decisions, notes);
}
