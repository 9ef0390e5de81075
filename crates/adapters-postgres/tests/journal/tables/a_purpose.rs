//! What somebody with a purpose would do: take a row out, slip one in, exchange two, cut the tail,
//! write everything anew.

use catalyst_ports::journal::{Archive as _, FlawKind};
use catalyst_testkit::builders::a_moment;

use super::hand::{Engine, Hand, Holds};
use super::tampered::Tampered;

/// Runs in these journals.
const RUNS: i64 = 3;

/// Each of these on a journal in a file and on one in PostgreSQL.
macro_rules! on_both_engines {
    ($($tried:ident)+) => {
        mod in_a_file {$(
            #[tokio::test]
            async fn $tried() {
                super::$tried(&super::Tampered::in_a_file(super::RUNS).await).await;
            }
        )+}

        mod in_postgres {$(
            #[tokio::test]
            async fn $tried() {
                super::$tried(&super::Tampered::in_postgres(super::RUNS).await).await;
            }
        )+}
    };
}

on_both_engines! {
    a_row_taken_out_is_missed_at_its_place
    a_row_slipped_in_is_seen_past_the_end_before_the_beginning_and_at_a_taken_place
    two_rows_that_change_places_are_seen
    a_tail_cut_off_shows_only_against_a_seal_from_before
    a_head_moved_alone_is_seen
    a_row_whose_seal_was_made_anew_breaks_the_next
}

async fn a_row_taken_out_is_missed_at_its_place(tampered: &Tampered) {
    for table in ["findings", "tool_calls", "cycles"] {
        let place = places(&tampered.hand, table).await[0];
        let sql = format!("DELETE FROM {table} WHERE id = {place}");

        tampered.hand.run(&sql).await.unwrap();

        let missing = Some((FlawKind::Missing, place, None));
        assert_eq!(tampered.found().await, missing, "{table}");
    }
}

async fn a_row_slipped_in_is_seen_past_the_end_before_the_beginning_and_at_a_taken_place(
    tampered: &Tampered,
) {
    let hand = &tampered.hand;
    let end = i64::try_from(tampered.journal.head().await.unwrap().rows).unwrap();
    let taken = places(hand, "verdicts").await[0];
    let copied = places(hand, "alerts").await[0];
    for place in [end + 1, end + 1_000, 0, -5, taken] {
        let sql = format!(
            "INSERT INTO alerts SELECT {place}, cycle_id, severity, subject, message, delivered, at, \
             hash FROM alerts WHERE id = {copied}"
        );
        hand.run(&sql).await.unwrap();

        let inserted = Some((FlawKind::Inserted, place, Some("alerts")));
        assert_eq!(tampered.found().await, inserted);
        let sql = format!("DELETE FROM alerts WHERE id = {place}");
        hand.run(&sql).await.unwrap();
        assert_eq!(tampered.found().await, None);
    }
}

async fn two_rows_that_change_places_are_seen(tampered: &Tampered) {
    for table in ["decisions", "executions"] {
        let places = places(&tampered.hand, table).await;
        let (one, other) = (places[0], places[1]);
        exchange(&tampered.hand, table, one, other).await;

        let altered = Some((FlawKind::Altered, one, Some(table)));
        assert_eq!(tampered.found().await, altered);
        exchange(&tampered.hand, table, one, other).await;
        assert_eq!(tampered.found().await, None);
    }
}

/// Lets two rows of `table` change places.
async fn exchange(hand: &Hand, table: &str, one: i64, other: i64) {
    for (from, to) in [(one, -1), (other, one), (-1, other)] {
        let to = to.to_string();
        hand.set((table, from), "id", &to).await.unwrap();
    }
}

async fn a_tail_cut_off_shows_only_against_a_seal_from_before(tampered: &Tampered) {
    let hand = &tampered.hand;
    let before = tampered.journal.head().await.unwrap().seal;
    let last = *places(hand, "cycle_ends").await.last().unwrap() - 1;
    let mut ends_with = None;
    for table in hand.tables().await {
        let sql = format!("DELETE FROM {table} WHERE id > {last}");
        hand.run(&sql).await.unwrap();
        if places(hand, &table).await.last() == Some(&last) {
            ends_with = Some(seal(hand, &table, last).await);
        }
    }
    let kept = ends_with.unwrap();
    let head = format!("UPDATE chain_heads SET row_id = {last}, hash = {kept}");
    hand.run(&head).await.unwrap();

    assert_eq!(tampered.found().await, None, "the chain alone is whole");
    let asked = tampered.journal.verify(Some(before)).await.unwrap();
    assert_eq!(asked.flaw.unwrap().kind, FlawKind::SealUnknown);
}

async fn a_head_moved_alone_is_seen(tampered: &Tampered) {
    let hand = &tampered.hand;
    let head = tampered.journal.head().await.unwrap();
    let end = i64::try_from(head.rows).unwrap();
    let proofs = places(hand, "proofs_of_life").await;
    assert_eq!(
        proofs.last(),
        Some(&end),
        "a run ends with its proof of life"
    );

    hand.run("UPDATE chain_heads SET row_id = row_id - 1")
        .await
        .unwrap();
    let moved = Some((FlawKind::HeadMoved, end - 1, None));
    assert_eq!(tampered.found().await, moved);

    hand.run("UPDATE chain_heads SET row_id = row_id + 2")
        .await
        .unwrap();
    let missing = Some((FlawKind::Missing, end + 1, None));
    assert_eq!(tampered.found().await, missing);

    let other = seal(hand, "proofs_of_life", proofs[0]).await;
    let sql = format!("UPDATE chain_heads SET row_id = {end}, hash = {other}");
    hand.run(&sql).await.unwrap();
    let moved = Some((FlawKind::HeadMoved, end, None));
    assert_eq!(tampered.found().await, moved);
}

/// A second journal that differs in one word of one row, and is whole, stands in for one written anew.
async fn a_row_whose_seal_was_made_anew_breaks_the_next(tampered: &Tampered) {
    let twin = match tampered.hand.engine {
        Engine::Sqlite => Tampered::in_a_file(0).await,
        Engine::Postgres => Tampered::in_postgres(0).await,
    };
    let account = catalyst_adapters_postgres::Book::Rehearsal("another".to_owned());
    let now = a_moment("2026-09-14T00:00:00Z");
    twin.journal.book(&account, now).await.unwrap();
    let sealed = seal(&twin.hand, "books", 2).await;
    let (journal, hand) = (&tampered.journal, &tampered.hand);
    let head = journal.head().await.unwrap();
    assert_ne!(head.rows, 2);

    assert_eq!(places(hand, "cycles").await[0], 2);
    hand.run("DELETE FROM cycles WHERE id = 2").await.unwrap();
    let at = now.timestamp_micros();
    let anew = format!("INSERT INTO books VALUES (2, 'rehearsal', 'another', {at}, {sealed})");
    hand.run(&anew).await.unwrap();

    let (kind, row, _) = tampered.found().await.unwrap();
    assert_eq!((kind, row), (FlawKind::Altered, 3));
    let rewritten = twin.journal.verify(Some(head.seal)).await.unwrap();
    assert_eq!(rewritten.flaw.unwrap().kind, FlawKind::SealUnknown);
    assert_eq!(
        twin.found().await,
        None,
        "a journal written anew is whole by itself"
    );
}

/// The places of `table`.
async fn places(hand: &Hand, table: &str) -> Vec<i64> {
    let sql = format!("SELECT CAST(id AS text) AS place FROM {table} ORDER BY id");
    let ids = hand.texts(&sql).await;
    ids.iter()
        .map(|id| id.as_ref().unwrap().parse().unwrap())
        .collect()
}

/// The seal at `place` of `table`, in SQL.
async fn seal(hand: &Hand, table: &str, place: i64) -> String {
    hand.literal((table, place), "hash", Holds::Bytes).await
}
