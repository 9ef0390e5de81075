//! The journal on SQLite and the file lock keep the promises of their ports.
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made has to stop the test"
)]

mod fixture;

mod in_memory {
    //! The journal of rehearsals.

    use catalyst_adapters_postgres::SqliteJournal;

    async fn fresh() -> (SqliteJournal, ()) {
        let rules = crate::fixture::rules();
        (SqliteJournal::open_in_memory(rules).await.unwrap(), ())
    }

    catalyst_testkit::journal_contract!(fresh);
}

mod in_a_file {
    //! The journal of the embedded default.

    use catalyst_adapters_postgres::SqliteJournal;
    use tempfile::TempDir;

    async fn fresh() -> (SqliteJournal, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite");
        let journal = SqliteJournal::open(&path, crate::fixture::rules()).await;
        (journal.unwrap(), folder)
    }

    catalyst_testkit::journal_contract!(fresh);
}

mod file_lock {
    //! Two runs on one state folder.

    use std::sync::Arc;

    use catalyst_adapters_postgres::FileLock;
    use catalyst_testkit::builders::a_moment;
    use catalyst_testkit::clock::ManualClock;
    use tempfile::TempDir;

    async fn fresh() -> (FileLock, FileLock, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalyst.lock");
        let clock = Arc::new(ManualClock::at(a_moment("2026-09-14T02:00:00Z")));
        let other = FileLock::new(path.clone(), Arc::clone(&clock) as _);
        (FileLock::new(path, clock), other, folder)
    }

    catalyst_testkit::cycle_lock_contract!(fresh);
}
