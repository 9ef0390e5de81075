//! A full journal on each engine, and a hand on its tables.

use catalyst_adapters_postgres::Database;
use catalyst_ports::journal::{Archive as _, Flaw, FlawKind};
use catalyst_testkit::postgres;
use tempfile::TempDir;

use super::hand::Hand;

/// The two, and what has to live as long.
pub(super) struct Tampered {
    pub(super) journal: Database,
    pub(super) hand: Hand,
    _folder: Option<TempDir>,
    _server: Option<postgres::Database>,
}

impl Tampered {
    pub(super) async fn in_a_file(runs: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite");
        let journal = Database::sqlite(&path, crate::fixture::rules())
            .await
            .unwrap();
        let hand = Hand::on(&format!("sqlite://{}", path.display())).await;
        Self::filled(journal, hand, runs, (Some(folder), None)).await
    }

    pub(super) async fn in_postgres(runs: i64) -> Self {
        let (journal, server) = crate::fixture::postgres::migrated().await;
        let hand = Hand::on(&server.url()).await;
        Self::filled(journal, hand, runs, (None, Some(server))).await
    }

    async fn filled(
        journal: Database,
        hand: Hand,
        runs: i64,
        (folder, server): (Option<TempDir>, Option<postgres::Database>),
    ) -> Self {
        super::full::fill(&crate::fixture::journal(&journal).await, runs).await;
        assert_eq!(journal.verify(None).await.unwrap().flaw, None);
        Self {
            journal,
            hand,
            _folder: folder,
            _server: server,
        }
    }

    pub(super) async fn flaw(&self) -> Option<Flaw> {
        self.journal.verify(None).await.unwrap().flaw
    }

    /// What is wrong, where, in which table.
    pub(super) async fn found(&self) -> Option<(FlawKind, i64, Option<&'static str>)> {
        let flaw = self.flaw().await;
        flaw.map(|flaw| (flaw.kind, flaw.row, flaw.table))
    }
}
