//! The journal over any SeaORM connection. Writing and reading have a file each.

mod alerts;
mod book;
mod cash;
mod census;
mod chain;
mod chronicle;
mod day;
mod executed;
mod families;
mod findings;
mod holdings;
mod keep;
mod latest;
mod open;
mod pulse;
mod read;
mod ready;
mod repeat;
mod reported;
mod spending;
mod story;
mod strand;
mod switch;
mod verify;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::money::Currency;
use catalyst_domain::tick::TickTable;
use catalyst_ports::Source;
use catalyst_ports::journal::JournalError;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
};
use tracing::info;

pub(crate) use book::BookRow;
pub use book::{BindError, Book};
pub(crate) use chain::Added;
pub(crate) use day::DayRows;
pub(crate) use keep::{Batch, KeepError, Known, Telling};
pub(crate) use open::OpenCycle;
pub(crate) use read::ReadError;
pub(crate) use reported::Reported;
pub(crate) use strand::{Head, Strand};

/// How long a run waits at its end for its file to be closed.
const CLOSING: Duration = Duration::from_secs(1);

/// What the journal must know of the market to give back what it was given.
#[derive(Debug, Clone)]
pub struct MarketRules {
    /// Tells the exchange day of a fill.
    pub calendar: Arc<TradingCalendar>,
    /// Makes the limit prices of kept plans again.
    pub ticks: Arc<TickTable>,
    /// The currency that holdings are counted in.
    pub currency: Currency,
}

/// One connection with the rules to read by.
#[derive(Debug)]
pub(crate) struct Store {
    db: DatabaseConnection,
    rules: MarketRules,
    /// Where the chain ended behind the last commit of this connection; anybody may have added since.
    head: Mutex<Option<Head>>,
}

impl Store {
    pub(crate) const fn new(db: DatabaseConnection, rules: MarketRules) -> Self {
        let head = Mutex::new(None);
        Self { db, rules, head }
    }

    /// The rules to read by.
    pub(crate) const fn rules(&self) -> &MarketRules {
        &self.rules
    }

    /// Ends the connection to a file, if it can be ended in time. A server needs no leave.
    pub(crate) async fn close(&self) {
        if self.db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        let closed = tokio::time::timeout(CLOSING, self.db.close_by_ref()).await;
        if !matches!(closed, Ok(Ok(()))) {
            info!(?closed, "the journal's file is left open");
        }
    }

    /// Where the chain ends unless somebody else has added to it.
    pub(crate) fn likely_head(&self) -> Option<Head> {
        let head = self.head.lock();
        head.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The last commit of this connection tells nothing any more.
    fn forget(&self) {
        let seen = self.head.lock();
        *seen.unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// A commit has moved the head to `head`.
    fn saw(&self, head: Head) {
        let seen = self.head.lock();
        *seen.unwrap_or_else(PoisonError::into_inner) = Some(head);
    }

    /// A transaction that will write. It takes the write lock at once, since SQLite lets a reader that
    /// turns into a writer fail instead of wait.
    async fn writing(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.db.begin_with_options(options).await
    }

    /// A transaction that only reads: all its answers are of one moment.
    async fn reading(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            isolation_level: (self.db.get_database_backend() == DbBackend::Postgres)
                .then_some(IsolationLevel::RepeatableRead),
            ..TransactionOptions::default()
        };
        self.db.begin_with_options(options).await
    }
}

/// The port's error around any cause.
pub(crate) fn unavailable(source: impl Into<Source>) -> JournalError {
    JournalError {
        source: source.into(),
    }
}
