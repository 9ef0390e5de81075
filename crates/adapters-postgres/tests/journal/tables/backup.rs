//! A copy of a journal file that is taken while a run writes to it.

use catalyst_adapters_postgres::Database;
use catalyst_ports::journal::{Archive as _, Journal as _};
use catalyst_testkit::builders::{a_cycle_start, a_moment};

#[tokio::test]
async fn a_copy_taken_while_the_journal_is_open_is_whole_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (
        folder.path().join("a.sqlite"),
        folder.path().join("b.sqlite"),
    );
    let database = Database::sqlite(&path, crate::fixture::rules())
        .await
        .unwrap();
    let journal = crate::fixture::journal(&database).await;
    super::full::fill(&journal, 2).await;
    let at = a_moment("2026-09-14T04:00:00Z");
    let open = journal.open(a_cycle_start("20260914-1200.1", at)).await;
    open.unwrap();
    let head = database.head().await.unwrap();

    let hand = super::hand::Hand::on(&format!("sqlite://{}", path.display())).await;
    let into = format!("VACUUM INTO '{}'", copy.display());
    hand.run(&into).await.unwrap();

    let restored = Database::sqlite(&copy, crate::fixture::rules())
        .await
        .unwrap();
    let found = restored.verify(Some(head.seal)).await.unwrap();
    assert_eq!((found.head, found.flaw), (head, None));
    let again = crate::fixture::journal(&restored).await;
    let date = "2026-09-14".parse().unwrap();
    assert_eq!(
        again.day(date).await.unwrap(),
        journal.day(date).await.unwrap()
    );
    let next = again.open(a_cycle_start("20260914-1200.1", at)).await;
    assert_eq!(next.unwrap().attempt(), 2);
    assert_eq!(restored.verify(Some(head.seal)).await.unwrap().flaw, None);
    assert_eq!(
        database.head().await.unwrap(),
        head,
        "the first has not moved"
    );
}
