//! What a handle prepares behind its own last commit is what it would have kept after asking, whoever
//! has added to the chain in between: to the seal of the last row.

use std::rc::Rc;

use catalyst_adapters_postgres::{Book, Database, SqlJournal, migrate_postgres};
use catalyst_domain::order::{CycleId, Leg};
use catalyst_ports::journal::{Archive as _, Journal as _, JournalEntry};
use catalyst_testkit::builders::{
    a_bracket_plan, a_cycle, a_cycle_start, a_fill, a_moment, an_intent_of, an_order, told,
};
use chrono::{DateTime, Utc};
use tempfile::TempDir;

use crate::fixture::{journal, rules};
use crate::recall::{SLOTS, Step, entry, law, the_end};
use crate::tables::full;
use crate::tables::hand::Hand;

fn at() -> DateTime<Utc> {
    a_moment("2026-09-14T02:00:00Z")
}

/// An empty journal: connections to it that know nothing of one another, and what has to live as long.
trait Place {
    async fn empty() -> Self;
    async fn connected(&self) -> Database;
    fn address(&self) -> String;
}

impl Place for TempDir {
    async fn empty() -> Self {
        tempfile::tempdir().unwrap()
    }

    async fn connected(&self) -> Database {
        let path = self.path().join("journal.sqlite");
        Database::sqlite(&path, rules()).await.unwrap()
    }

    fn address(&self) -> String {
        let path = self.path().join("journal.sqlite");
        format!("sqlite://{}", path.display())
    }
}

impl Place for catalyst_testkit::postgres::Database {
    async fn empty() -> Self {
        let server = crate::fixture::postgres::empty();
        let config = crate::fixture::postgres::config(&server);
        migrate_postgres(&config).await.unwrap();
        server
    }

    async fn connected(&self) -> Database {
        let config = crate::fixture::postgres::config(self);
        Database::postgres(&config, rules()).await.unwrap()
    }

    fn address(&self) -> String {
        self.url()
    }
}

/// Plays `steps`, each with the handle that `handle` gives for its writer.
async fn played(steps: &[Step], mut handle: impl AsyncFnMut(usize) -> Rc<SqlJournal>) {
    let mut runs: [[Option<CycleId>; 2]; 2] = [[None; 2]; 2];
    let mut fresh = 0;
    for step in steps {
        let slot = &mut runs[step.writer][step.day];
        let run = if let Some(run) = *slot {
            run
        } else {
            let start = a_cycle_start(SLOTS[step.day], at());
            handle(step.writer).await.open(start).await.unwrap()
        };
        let writer = handle(step.writer).await;
        *slot = (!step.ends).then_some(run);
        let mut entries = Vec::new();
        for choice in &step.entries {
            fresh += 1;
            entries.push(entry(run, *choice, fresh));
        }
        if step.ends {
            writer.close(the_end(run), entries).await.unwrap();
        } else {
            writer.record(run, entries).await.unwrap();
        }
        if let Some(day) = step.asks {
            drop(handle(0).await.day(a_cycle(SLOTS[day]).date()).await);
        }
    }
}

/// Who writes beside the handle that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// Another run of the same book.
    Intruder,
    /// A rehearsal in the same journal, while the handle takes the word that its book is its own.
    Rehearsal,
}

/// A handle of `writer` that knows of nothing.
async fn fresh(database: &Database, writer: usize, beside: Beside) -> SqlJournal {
    if (writer, beside) != (1, Beside::Rehearsal) {
        return journal(database).await;
    }
    let book = Book::Rehearsal("a dry run".to_owned());
    database.book(&book, at()).await.unwrap()
}

async fn is_as_if_asked<P: Place>(steps: &[Step], beside: Beside) {
    let place = P::empty().await;
    let databases = [place.connected().await, place.connected().await];
    let mut ours = fresh(&databases[0], 0, beside).await;
    if beside == Beside::Rehearsal {
        ours = ours.alone();
    }
    let handles = [ours, fresh(&databases[1], 1, beside).await].map(Rc::new);
    played(steps, async |writer| Rc::clone(&handles[writer])).await;
    let asking = TempDir::empty().await;
    fresh(&asking.connected().await, 0, beside).await;
    let dry = Rc::new(fresh(&asking.connected().await, 1, beside).await);
    played(steps, async |writer| match (writer, beside) {
        // A rehearsal's book is its handle's alone.
        (1, Beside::Rehearsal) => Rc::clone(&dry),
        _ => Rc::new(journal(&asking.connected().await).await),
    })
    .await;

    let kept = databases[0].verify(None).await.unwrap();
    let asked = asking.connected().await.verify(None).await.unwrap();
    assert_eq!((kept.flaw, kept.head), (None, asked.head));
}

fn tried<P: Place>(cases: u32) {
    law(cases, async |steps| {
        is_as_if_asked::<P>(&steps, Beside::Intruder).await;
        is_as_if_asked::<P>(&steps, Beside::Rehearsal).await;
    });
}

/// A report on an order and a purchase that the other handle was told first, over another connection or the
/// same.
async fn what_another_was_told_first_is_kept_once<P: Place>() {
    let place = P::empty().await;
    let (one, two) = (place.connected().await, place.connected().await);
    is_kept_once(&place, &one, &two).await;
    let place = P::empty().await;
    let one = place.connected().await;
    is_kept_once(&place, &one, &one).await;
}

async fn is_kept_once(place: &impl Place, one: &Database, two: &Database) {
    let (ours, other) = (journal(one).await, journal(two).await);
    let intrusion = other.open(a_cycle_start(SLOTS[0], at())).await.unwrap();
    let run = ours.open(a_cycle_start(SLOTS[0], at())).await.unwrap();
    ours.record(run, Vec::new()).await.unwrap();
    let reports = || full::family(run, 2, at()).drain(3..6).collect::<Vec<_>>();
    other.record(intrusion, reports()).await.unwrap();

    for report in reports().split_off(1) {
        ours.record(run, vec![report]).await.unwrap();
    }

    let hand = Hand::on(&place.address()).await;
    let kept = hand
        .texts(
            "SELECT 'events ' || count(*) FROM order_events UNION ALL \
             SELECT 'executions ' || count(*) FROM executions ORDER BY 1",
        )
        .await;
    assert_eq!(
        kept,
        ["events 2", "executions 1"].map(|count| Some(count.to_owned()))
    );
    assert_eq!(one.verify(None).await.unwrap().flaw, None);
}

/// A purchase of an order that was named after a run before the run was opened, which only the journal
/// itself can know.
async fn an_execution_older_than_the_run_of_its_order_is_kept_once<P: Place>() {
    let place = P::empty().await;
    let (one, two) = (place.connected().await, place.connected().await);
    let (ours, other) = (journal(&one).await, journal(&two).await);
    let order = an_order(a_cycle(SLOTS[0]), 1, Leg::Entry);
    let fill = || told(a_fill("one").order(order).at(at()).build());
    let before = other.open(a_cycle_start(SLOTS[1], at())).await.unwrap();
    other.record(before, vec![fill()]).await.unwrap();
    let run = ours.open(a_cycle_start(SLOTS[0], at())).await.unwrap();
    assert_eq!(run, order.cycle());

    let note = JournalEntry::Findings {
        findings: Vec::new(),
        at: at(),
    };
    ours.record(run, vec![fill(), note]).await.unwrap();

    let day = ours.day(run.date()).await.unwrap();
    assert_eq!(day.fills.len(), 1);
    let verified = one.verify(None).await.unwrap();
    // The book, two runs, two batches, what was bought with its cost, and the note.
    assert_eq!((verified.flaw, verified.head.rows), (None, 8));
}

/// Bought by another while a run that knows of nothing held comes to its end, with and without the word of
/// its holder that nobody does so.
async fn a_run_ends_with_what_another_has_bought<P: Place>() {
    let place = P::empty().await;
    let (one, two) = (place.connected().await, place.connected().await);
    let other = journal(&two).await;
    let intrusion = other.open(a_cycle_start(SLOTS[1], at())).await.unwrap();
    for (handle, name) in [
        (journal(&one).await, "one"),
        (journal(&one).await.alone(), "two"),
    ] {
        let run = handle.open(a_cycle_start(SLOTS[0], at())).await.unwrap();
        handle.day(run.date()).await.unwrap();
        handle.record(run, Vec::new()).await.unwrap();
        let fill = a_fill(name).at(at()).build();
        other.record(intrusion, vec![told(fill)]).await.unwrap();
        handle.close(the_end(run), Vec::new()).await.unwrap();
    }

    let hand = Hand::on(&place.address()).await;
    let flat = hand.texts("SELECT CAST(id AS TEXT) FROM cycle_ends WHERE NOT flat");
    assert_eq!(flat.await.len(), 2);
    assert_eq!(one.verify(None).await.unwrap().flaw, None);
}

/// A copy takes the place of the database behind a run's back: the end of the chain is gone, and something
/// else may have grown there. A purchase that was lost is kept when it is told again; nothing is bought
/// before the day has been read again.
async fn what_a_copy_has_lost_is_kept_again<P: Place>() {
    for regrown in [false, true] {
        let place = P::empty().await;
        let (one, two) = (place.connected().await, place.connected().await);
        let hand = Hand::on(&place.address()).await;
        let ours = journal(&one).await.alone();
        let run = ours.open(a_cycle_start(SLOTS[0], at())).await.unwrap();
        let intent = |number| {
            let id = an_order(run, number, Leg::Entry);
            JournalEntry::Intent(an_intent_of(a_bracket_plan(id), id, at()))
        };
        let fill = || {
            told(
                a_fill("one")
                    .order(an_order(run, 1, Leg::Entry))
                    .at(at())
                    .build(),
            )
        };
        ours.record(run, vec![intent(1)]).await.unwrap();
        ours.day(run.date()).await.unwrap();
        hand.run("CREATE TABLE copies AS SELECT * FROM chain_heads")
            .await
            .unwrap();
        ours.record(run, vec![fill()]).await.unwrap();

        for table in hand.tables().await {
            let lost = "id > (SELECT row_id FROM copies)";
            hand.run(&format!("DELETE FROM {table} WHERE {lost}"))
                .await
                .unwrap();
        }
        let back = "row_id = (SELECT row_id FROM copies), hash = (SELECT hash FROM copies)";
        hand.run(&format!("UPDATE chain_heads SET {back}"))
            .await
            .unwrap();
        hand.run("DROP TABLE copies").await.unwrap();
        if regrown {
            let other = journal(&two).await;
            let intrusion = other.open(a_cycle_start(SLOTS[1], at())).await.unwrap();
            for _ in 0..2 {
                other.record(intrusion, Vec::new()).await.unwrap();
            }
        }

        let refused = ours.record(run, vec![intent(2)]).await.unwrap_err();
        let text = refused.source.to_string();
        assert!(text.starts_with("the journal has moved on"), "{text}");
        ours.record(run, vec![fill()]).await.unwrap();
        let day = ours.day(run.date()).await.unwrap();
        assert_eq!((day.fills.len(), day.families.len()), (1, 1), "{regrown}");
        ours.record(run, vec![intent(3)]).await.unwrap();
        assert_eq!(one.verify(None).await.unwrap().flaw, None, "{regrown}");
    }
}

macro_rules! on {
    ($engine:ident $place:ty, $cases:literal) => {
        mod $engine {
            #[test]
            fn what_a_handle_keeps_is_what_one_that_asks_would_keep() {
                super::tried::<$place>($cases);
            }

            #[tokio::test]
            async fn what_another_was_told_first_is_kept_once() {
                super::what_another_was_told_first_is_kept_once::<$place>().await;
            }

            #[tokio::test]
            async fn an_execution_older_than_the_run_of_its_order_is_kept_once() {
                super::an_execution_older_than_the_run_of_its_order_is_kept_once::<$place>().await;
            }

            #[tokio::test]
            async fn what_a_copy_has_lost_is_kept_again() {
                super::what_a_copy_has_lost_is_kept_again::<$place>().await;
            }

            #[tokio::test]
            async fn a_run_ends_with_what_another_has_bought() {
                super::a_run_ends_with_what_another_has_bought::<$place>().await;
            }
        }
    };
}

on!(in_a_file tempfile::TempDir, 24);
on!(in_postgres catalyst_testkit::postgres::Database, 8);
