//! The journal on each engine and the locks keep the promises of their ports.

mod in_memory {
    //! The journal of tests.

    use catalyst_adapters_postgres::{Database, SqlJournal};

    async fn fresh() -> (SqlJournal, ()) {
        let database = Database::in_memory(crate::fixture::rules()).await.unwrap();
        (crate::fixture::journal(&database).await, ())
    }

    catalyst_testkit::journal_contract!(fresh);
    catalyst_testkit::annals_contract!(fresh);
    catalyst_testkit::alert_queue_contract!(fresh);
}

mod in_a_file {
    //! The journal of the embedded default.

    use catalyst_adapters_postgres::{Database, SqlJournal};
    use tempfile::TempDir;

    async fn fresh() -> (SqlJournal, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite");
        let database = Database::sqlite(&path, crate::fixture::rules()).await;
        (crate::fixture::journal(&database.unwrap()).await, folder)
    }

    catalyst_testkit::journal_contract!(fresh);
    catalyst_testkit::annals_contract!(fresh);
    catalyst_testkit::alert_queue_contract!(fresh);
}

mod in_postgres {
    //! The journal of real use.

    use catalyst_adapters_postgres::SqlJournal;
    use catalyst_testkit::postgres;

    async fn fresh() -> (SqlJournal, postgres::Database) {
        let (database, server) = crate::fixture::postgres::migrated().await;
        (crate::fixture::journal(&database).await, server)
    }

    catalyst_testkit::journal_contract!(fresh);
    catalyst_testkit::annals_contract!(fresh);
    catalyst_testkit::alert_queue_contract!(fresh);
}

mod file_lock {
    //! Two runs on one state folder.

    use std::sync::Arc;

    use catalyst_adapters_postgres::FileLock;
    use catalyst_testkit::builders::a_moment;
    use catalyst_testkit::clock::ManualClock;
    use chrono::TimeDelta;
    use tempfile::TempDir;

    fn fresh() -> (FileLock, FileLock, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalyst.lock");
        let lock = |path| {
            let clock = ManualClock::at(a_moment("2026-09-14T02:00:00Z"));
            FileLock::new(path, Arc::new(clock), TimeDelta::minutes(6))
        };
        (lock(path.clone()), lock(path), folder)
    }

    catalyst_testkit::cycle_lock_contract!(fresh);
}

mod session_lock {
    //! Two runs on one schema, perhaps from two machines.

    use catalyst_adapters_postgres::SessionLock;
    use catalyst_testkit::postgres;

    fn fresh() -> (SessionLock, SessionLock, postgres::Database) {
        let server = crate::fixture::postgres::empty();
        let lock = || SessionLock::new(crate::fixture::postgres::config(&server));
        (lock(), lock(), server)
    }

    catalyst_testkit::cycle_lock_contract!(fresh);
}
