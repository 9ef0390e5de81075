//! Why something happened, from a journal made by hand, on each engine.

use catalyst_adapters_postgres::Database;
use catalyst_domain::order::{
    ClientOrderId, CycleId, Execution, ExecutionId, FeesAre, Fill, Leg, OrderPlan,
};
use catalyst_domain::risk::{Breach, Figure, Rule};
use catalyst_domain::side::Side;
use catalyst_ports::journal::{
    Archive as _, FamilyEnding, FamilyResult, Journal as _, JournalEntry, Story, StoryFamily,
    Subject, VerdictRecord,
};
use catalyst_ports::journal::{CycleEnding, CycleRecord};
use catalyst_testkit::builders::{
    a_bracket_plan, a_cycle, a_cycle_start, a_fill, a_moment, an_auction_exit, an_intent_of,
    an_order, hkd, shares, symbol, told,
};
use catalyst_testkit::postgres;
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

/// The run that buys.
const MORNING: &str = "20260914-1000.1";
/// The guard that leaves, and the one of the next day that misses shares.
const GUARD: &str = "g20260914-1550.1";
const NEXT_DAY: &str = "g20260915-0930.1";

fn ten() -> DateTime<Utc> {
    a_moment("2026-09-14T02:00:00Z")
}

fn bought(number: u16) -> ClientOrderId {
    an_order(a_cycle(MORNING), number, Leg::Entry)
}

fn left(number: u16) -> ClientOrderId {
    an_order(a_cycle(GUARD), number, Leg::Exit)
}

/// The bracket of the builders, of another symbol.
fn a_bracket_of(id: ClientOrderId, text: &str) -> OrderPlan {
    match a_bracket_plan(id) {
        OrderPlan::Bracket(mut plan) => {
            plan.instrument.symbol = symbol(text);
            OrderPlan::Bracket(plan)
        }
        other @ (OrderPlan::Exit(_) | OrderPlan::Protect(_)) => other,
    }
}

fn judged(text: &str, breaches: Vec<Breach>) -> JournalEntry {
    JournalEntry::Verdict(VerdictRecord {
        symbol: symbol(text),
        side: Side::Buy,
        shares: shares(200),
        breaches,
        notes: Vec::new(),
        at: ten(),
    })
}

fn purchase(id: ClientOrderId, text: &str, fill: Fill) -> Vec<JournalEntry> {
    vec![
        judged(text, Vec::new()),
        JournalEntry::Intent(an_intent_of(a_bracket_of(id, text), id, ten())),
        told(fill),
    ]
}

/// 700 is bought in two parts, of which one is corrected, and left in two orders; 5 is half sold by
/// its own target; of 388 half goes missing; 1299 is refused.
async fn keep_two_days(database: &Database) {
    let journal = crate::fixture::journal(database).await;
    let run = journal.open(a_cycle_start(MORNING, ten())).await.unwrap();
    let full = Breach::new(Rule::MaxPositions, Figure::Count(5), Figure::Count(6));
    let mut entries = vec![judged("1299", vec![full])];
    let first = a_fill("1").order(bought(1)).build();
    entries.extend(purchase(bought(1), "700", first.clone()));
    let guess = Fill {
        execution: ExecutionId::new("2"),
        price: "510".parse().unwrap(),
        ..first.clone()
    };
    let corrected = Fill {
        execution: ExecutionId::new("3"),
        price: "502".parse().unwrap(),
        ..first
    };
    entries.push(told(guess));
    entries.push(JournalEntry::Execution(Execution {
        fill: corrected,
        fees: FeesAre::Estimated,
        replaces: Some(ExecutionId::new("2")),
    }));
    let half = a_fill("4").of("5").order(bought(2)).shares(200).build();
    entries.extend(purchase(bought(2), "5", half.clone()));
    entries.push(told(Fill {
        execution: ExecutionId::new("5"),
        order: bought(2).sibling(Leg::Target),
        side: Side::Sell,
        shares: shares(100),
        at: half.at + TimeDelta::hours(1),
        ..half
    }));
    let lost = a_fill("6").of("388").order(bought(3)).shares(200).build();
    entries.extend(purchase(bought(3), "388", lost));
    journal.record(run, entries).await.unwrap();
    journal.close(ended(run), Vec::new()).await.unwrap();

    leave_700(database).await;
    miss_388(database).await;
}

fn ended(id: CycleId) -> CycleRecord {
    CycleRecord {
        id,
        ending: CycleEnding::Done,
        summary: "three bought".to_owned(),
        tool_calls: 0,
        next_at: None,
        at: ten() + TimeDelta::minutes(1),
    }
}

async fn leave_700(database: &Database) {
    let journal = crate::fixture::journal(database).await;
    let at = a_moment("2026-09-14T07:50:00Z");
    let guard = journal.open(a_cycle_start(GUARD, at)).await.unwrap();
    let sale = |name: &str, id| {
        let seconds = TimeDelta::seconds(i64::from(left(1) != id) + 1);
        let fill = a_fill(name).order(id).selling().price("510");
        told(fill.fees(Decimal::new(85, 0)).at(at + seconds).build())
    };
    let intent = |id| JournalEntry::Intent(an_intent_of(an_auction_exit(), id, at));
    let settled = |id| JournalEntry::Settled {
        id,
        ending: FamilyEnding::Done,
        at,
    };
    let entries = vec![
        intent(left(1)),
        sale("7", left(1)),
        intent(left(2)),
        sale("8", left(2)),
        settled(bought(1)),
    ];
    journal.record(guard, entries).await.unwrap();
}

async fn miss_388(database: &Database) {
    let journal = crate::fixture::journal(database).await;
    let at = a_moment("2026-09-15T01:30:00Z");
    let guard = journal.open(a_cycle_start(NEXT_DAY, at)).await.unwrap();
    let gone = JournalEntry::WriteOff {
        symbol: symbol("388"),
        from: shares(200),
        to: shares(100),
        evidence: "the broker has 100".to_owned(),
        at,
    };
    journal.record(guard, vec![gone]).await.unwrap();
}

/// The same journal on each engine; the second value keeps the server's database.
async fn on_each_engine() -> (Vec<Database>, postgres::Database) {
    let embedded = Database::in_memory(crate::fixture::rules()).await.unwrap();
    let (in_postgres, server) = crate::fixture::postgres::migrated().await;
    let databases = vec![embedded, in_postgres];
    for database in &databases {
        keep_two_days(database).await;
    }
    (databases, server)
}

async fn story(database: &Database, subject: Subject) -> Story {
    database.story(subject).await.unwrap().unwrap()
}

fn ids(families: &[StoryFamily]) -> Vec<ClientOrderId> {
    families.iter().map(|family| family.id).collect()
}

#[tokio::test]
async fn an_order_tells_its_result_its_verdict_and_who_left_the_position() {
    let (databases, _server) = on_each_engine().await;

    for database in &databases {
        let told = story(database, Subject::Order(bought(1).sibling(Leg::Stop))).await;

        assert_eq!(ids(&told.families), [bought(1), left(1), left(2)]);
        let family = &told.families[0];
        assert_eq!(family.others, [left(1), left(2)]);
        assert_eq!(family.ending, Some(FamilyEnding::Done));
        assert_eq!(family.reason, "breakout with volume");
        let closed = FamilyResult::Closed {
            gross: hkd("1800"),
            fees: hkd("330"),
            net: hkd("1470"),
        };
        assert_eq!(family.result, closed, "bought at 500 and 502, sold at 510");
        let fees: Vec<FeesAre> = family.executions.iter().map(|one| one.fees).collect();
        assert_eq!(fees, [FeesAre::Reported, FeesAre::Estimated]);
        let run = &told.cycles[0];
        assert_eq!((told.cycles.len(), run.id), (1, a_cycle(MORNING)));
        assert_eq!(run.summary.as_deref(), Some("three bought"));
        let passed = run.verdicts.iter().find(|one| one.breaches == "[]");
        assert!(passed.unwrap().row < family.row);
    }
}

#[tokio::test]
async fn an_exit_belongs_to_the_family_that_bought() {
    let (databases, _server) = on_each_engine().await;

    for database in &databases {
        let told = story(database, Subject::Order(left(2))).await;

        assert_eq!(ids(&told.families), [left(2), bought(1), left(1)]);
        assert_eq!(told.families[0].result, FamilyResult::OfAnother);
        assert_eq!(told.families[0].others, [bought(1), left(1)]);
        assert_eq!(told.families[0].ending, None);
    }
}

#[tokio::test]
async fn what_is_held_is_open_and_what_went_missing_is_unknown() {
    let (databases, _server) = on_each_engine().await;

    for database in &databases {
        let held = story(database, Subject::Symbol(symbol("5"))).await;
        assert_eq!(held.families[0].result, FamilyResult::Open);
        assert_eq!(held.families[0].executions.len(), 2);

        let missed = story(database, Subject::Symbol(symbol("388"))).await;
        assert_eq!(missed.families[0].result, FamilyResult::Unknown);
    }
}

#[tokio::test]
async fn a_symbol_tells_its_families_newest_first_and_one_that_was_only_refused_its_run() {
    let (databases, _server) = on_each_engine().await;

    for database in &databases {
        let traded = story(database, Subject::Symbol(symbol("700"))).await;
        assert_eq!(ids(&traded.families), [left(2), left(1), bought(1)]);

        let refused = story(database, Subject::Symbol(symbol("1299"))).await;
        assert_eq!(refused.families, []);
        let run = &refused.cycles[0];
        assert_eq!(run.id, a_cycle(MORNING));
        assert!(run.verdicts[0].breaches.contains("max_positions: 5"));
    }
}

#[tokio::test]
async fn a_run_tells_what_it_sent_in_order_and_that_it_has_not_ended() {
    let (databases, _server) = on_each_engine().await;

    for database in &databases {
        let morning = story(database, Subject::Cycle(a_cycle(MORNING))).await;
        assert_eq!(ids(&morning.families), [bought(1), bought(2), bought(3)]);
        assert_eq!(morning.cycles[0].ending.as_deref(), Some("done"));

        let guard = story(database, Subject::Cycle(a_cycle(NEXT_DAY))).await;
        assert_eq!(
            (guard.families, guard.cycles[0].ending.clone()),
            (vec![], None)
        );
    }
}

#[tokio::test]
async fn nothing_is_told_about_what_is_not_kept() {
    let (databases, _server) = on_each_engine().await;
    let empty = Database::in_memory(crate::fixture::rules()).await.unwrap();
    let unknown = [
        Subject::Order(bought(9)),
        Subject::Symbol(symbol("9988")),
        Subject::Cycle(a_cycle("20260914-1000.2")),
    ];

    for database in databases.iter().chain([&empty]) {
        for subject in unknown {
            assert_eq!(database.story(subject).await.unwrap(), None, "{subject:?}");
        }
    }
}

#[tokio::test]
async fn a_position_bought_again_is_a_new_one_with_exits_of_its_own() {
    let database = Database::in_memory(crate::fixture::rules()).await.unwrap();
    keep_two_days(&database).await;
    let journal = crate::fixture::journal(&database).await;
    let at = a_moment("2026-09-15T02:00:00Z");
    let run = journal
        .open(a_cycle_start("20260915-1000.1", at))
        .await
        .unwrap();
    let again = an_order(run, 1, Leg::Entry);
    let unfilled = an_order(run, 2, Leg::Exit);
    let intent = |plan, id, at| JournalEntry::Intent(an_intent_of(plan, id, at));
    let entries = vec![
        intent(a_bracket_plan(again), again, at),
        told(a_fill("9").order(again).at(at).build()),
        intent(an_auction_exit(), unfilled, at + TimeDelta::hours(1)),
    ];
    journal.record(run, entries).await.unwrap();

    let told = story(&database, Subject::Symbol(symbol("700"))).await;

    let [exit, second, .., first] = told.families.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!((exit.id, exit.result), (unfilled, FamilyResult::Nothing));
    assert_eq!((second.id, second.result), (again, FamilyResult::Open));
    assert_eq!(second.others, [unfilled]);
    assert_eq!(first.others, [left(1), left(2)]);
    assert!(matches!(first.result, FamilyResult::Closed { .. }));
}
