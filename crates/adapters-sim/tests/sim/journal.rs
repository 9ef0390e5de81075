//! The journal in memory keeps the promises of its port.

use std::sync::Arc;

use catalyst_adapters_sim::memory_journal::MemoryJournal;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{ClientOrderId, CycleId, ExecutionId, Fill, Leg, OrderPlan, RunKind};
use catalyst_domain::risk::TradingState;
use catalyst_domain::side::Side;
use catalyst_ports::journal::{
    CycleEnding, CycleRecord, CycleStart, FamilyEnding, IntentRecord, Journal as _, JournalEntry,
    Provenance, StateScope,
};
use catalyst_testkit::builders::told;
use chrono::NaiveTime;

use crate::desk::{Desk, MONDAY, RULES, at, price, shares, symbol};
use crate::world::now;

const TUESDAY: &str = "2026-09-15";

fn journal() -> MemoryJournal {
    MemoryJournal::new(Currency::Hkd, Arc::new(RULES.calendar.clone()))
}

fn start(date: &str) -> CycleStart {
    let date = date.parse().unwrap();
    let ten = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    CycleStart {
        slot: CycleId::new(RunKind::Cycle, date, ten, 0),
        advisor: "rules".to_owned(),
        provenance: Provenance {
            version: "0".to_owned(),
            settings_hash: "0".to_owned(),
            prompt_hash: None,
            rules_hash: "0".to_owned(),
        },
        at: at(date, "10:00"),
    }
}

fn fill(name: &str, side: Side, count: u64, date: &str) -> Fill {
    let date = date.parse().unwrap();
    let cycle = CycleId::new(RunKind::Cycle, date, NaiveTime::MIN, 1);
    Fill {
        execution: ExecutionId::new(name),
        order: ClientOrderId::derive(cycle, 1, Leg::Entry),
        symbol: symbol(),
        side,
        shares: shares(count),
        price: price("10"),
        fees: Money::parse("10", Currency::Hkd).unwrap(),
        at: at(date, "10:00"),
    }
}

fn intent(cycle: CycleId) -> IntentRecord {
    let desk = Desk::open();
    IntentRecord {
        id: ClientOrderId::derive(cycle, 1, Leg::Entry),
        plan: OrderPlan::Bracket(desk.bracket(400, ["9.5", "10", "11"])),
        reason: "breakout".to_owned(),
        at: at(cycle.date(), "10:01"),
    }
}

fn moved(state: TradingState, scope: StateScope, date: &str, time: &str) -> JournalEntry {
    JournalEntry::State {
        state,
        scope,
        reason: "test".to_owned(),
        at: at(date.parse().unwrap(), time),
    }
}

#[test]
fn each_attempt_at_a_slot_has_its_own_name() {
    let journal = journal();

    let first = now(journal.open(start(MONDAY))).unwrap();
    let second = now(journal.open(start(MONDAY))).unwrap();

    assert_eq!(first.to_string(), "20260914-1000.1");
    assert_eq!(second.to_string(), "20260914-1000.2");
    let names: Vec<_> = journal.cycles().into_iter().map(|cycle| cycle.id).collect();
    assert_eq!(names, [first, second]);
}

#[test]
fn a_fill_reported_twice_is_kept_once() {
    let journal = journal();
    let cycle = now(journal.open(start(MONDAY))).unwrap();
    let bought = told(fill("a", Side::Buy, 400, MONDAY));

    now(journal.record(cycle, vec![bought.clone(), bought.clone()])).unwrap();
    now(journal.record(cycle, vec![bought])).unwrap();

    let day = now(journal.day(MONDAY.parse().unwrap())).unwrap();
    assert_eq!(day.fills.len(), 1);
    assert_eq!(day.holdings.shares(symbol()), shares(400));
}

#[test]
fn a_day_opens_with_what_the_days_before_left() {
    let journal = journal();
    let cycle = now(journal.open(start(TUESDAY))).unwrap();
    let bought = told(fill("a", Side::Buy, 400, MONDAY));
    let sold = told(fill("b", Side::Sell, 100, TUESDAY));

    now(journal.record(cycle, vec![bought])).unwrap();
    now(journal.record(cycle, vec![sold])).unwrap();
    now(journal.record(cycle, vec![told(fill("c", Side::Buy, 200, MONDAY))])).unwrap();

    let monday = now(journal.day(MONDAY.parse().unwrap())).unwrap();
    let tuesday = now(journal.day(TUESDAY.parse().unwrap())).unwrap();
    assert!(monday.opening.is_flat());
    assert_eq!(tuesday.opening.shares(symbol()), shares(600));
    assert_eq!(tuesday.holdings.shares(symbol()), shares(500));
    assert_eq!(tuesday.fills.len(), 1);
}

#[test]
fn entries_are_kept_all_or_none() {
    let journal = journal();
    let cycle = now(journal.open(start(MONDAY))).unwrap();
    let twice = vec![
        told(fill("a", Side::Buy, 400, MONDAY)),
        JournalEntry::Intent(intent(cycle)),
        JournalEntry::Intent(intent(cycle)),
    ];

    now(journal.record(cycle, twice)).unwrap_err();

    let day = now(journal.day(MONDAY.parse().unwrap())).unwrap();
    assert_eq!((day.fills.len(), day.families.len()), (0, 0));
    assert_eq!(journal.entries(cycle), []);
}

#[test]
fn orphan_position() {
    let journal = journal();
    let cycle = now(journal.open(start(MONDAY))).unwrap();
    let beyond = vec![
        told(fill("a", Side::Buy, 400, MONDAY)),
        told(fill("b", Side::Sell, 500, MONDAY)),
    ];

    now(journal.record(cycle, beyond)).unwrap();

    let day = now(journal.day(MONDAY.parse().unwrap())).unwrap();
    assert_eq!(day.fills.len(), 2);
    assert!(day.holdings.is_flat());
}

#[test]
fn a_family_is_unsettled_until_its_end_is_known_and_is_carried_into_later_days() {
    let journal = journal();
    let cycle = now(journal.open(start(MONDAY))).unwrap();
    let intended = intent(cycle);
    now(journal.record(cycle, vec![JournalEntry::Intent(intended.clone())])).unwrap();
    let carried = now(journal.day(TUESDAY.parse().unwrap())).unwrap();

    let settled = JournalEntry::Settled {
        id: intended.id,
        ending: FamilyEnding::Unfilled,
        at: at(TUESDAY.parse().unwrap(), "09:00"),
    };
    now(journal.record(cycle, vec![settled])).unwrap();

    assert_eq!(carried.families.len(), 1);
    assert_eq!(now(journal.unsettled()).unwrap(), []);
    let monday = now(journal.day(MONDAY.parse().unwrap())).unwrap();
    assert_eq!(monday.families[0].ending, Some(FamilyEnding::Unfilled));
    let tuesday = now(journal.day(TUESDAY.parse().unwrap())).unwrap();
    assert_eq!(tuesday.families, []);
}

#[test]
fn a_move_for_the_day_ends_with_it_and_never_loosens_a_lasting_one() {
    let journal = journal();
    let cycle = now(journal.open(start(MONDAY))).unwrap();
    let state = |date: &str| now(journal.day(date.parse().unwrap())).unwrap().state;
    let before = state(MONDAY);

    let day_move = moved(TradingState::ExitsOnly, StateScope::Day, MONDAY, "11:00");
    now(journal.record(cycle, vec![day_move])).unwrap();
    let (monday, tuesday) = (state(MONDAY), state(TUESDAY));
    let lasting = moved(
        TradingState::Halted,
        StateScope::UntilMoved,
        TUESDAY,
        "09:00",
    );
    let milder = moved(TradingState::ExitsOnly, StateScope::Day, TUESDAY, "11:00");
    now(journal.record(cycle, vec![lasting, milder])).unwrap();
    let halted = state(TUESDAY);
    let resumed = moved(
        TradingState::Trading,
        StateScope::UntilMoved,
        TUESDAY,
        "12:00",
    );
    now(journal.record(cycle, vec![resumed])).unwrap();

    assert_eq!(
        (before, monday),
        (TradingState::Trading, TradingState::ExitsOnly)
    );
    assert_eq!(
        (tuesday, halted),
        (TradingState::Trading, TradingState::Halted)
    );
    assert_eq!(state(TUESDAY), TradingState::Trading);
}

#[test]
fn the_first_equity_of_a_day_is_its_opening_one() {
    let journal = journal();
    let cycle = now(journal.open(start(MONDAY))).unwrap();
    let read = |amount: &str, time: &str| JournalEntry::Reading {
        equity: Money::parse(amount, Currency::Hkd).unwrap(),
        cash: Money::parse(amount, Currency::Hkd).unwrap(),
        at: at(MONDAY.parse().unwrap(), time),
    };

    now(journal.record(cycle, vec![read("100", "09:30"), read("90", "10:00")])).unwrap();

    let day = now(journal.day(MONDAY.parse().unwrap())).unwrap();
    assert_eq!(day.equity_at_open, Money::parse("100", Currency::Hkd).ok());
    assert_eq!(
        day.equity_last.map(|(equity, _)| equity),
        Money::parse("90", Currency::Hkd).ok()
    );
}

#[test]
fn a_cycle_ends_once() {
    let journal = journal();
    let id = now(journal.open(start(MONDAY))).unwrap();
    let record = CycleRecord {
        id,
        ending: CycleEnding::Done,
        summary: "nothing to do".to_owned(),
        tool_calls: 0,
        next_at: None,
        at: at(MONDAY.parse().unwrap(), "10:02"),
    };

    now(journal.close(record.clone(), Vec::new())).unwrap();
    let again = now(journal.close(record.clone(), Vec::new())).unwrap_err();

    assert_eq!(journal.cycles()[0].end, Some(record));
    assert_eq!(
        again.source.to_string(),
        "cycle 20260914-1000.1 has ended already"
    );
}
