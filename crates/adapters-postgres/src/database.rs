//! A journal's database, opened: what asks about all of it, and the way to the book of one account.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_ports::journal::{
    Annals, Archive, Census, ChainHead, Chronicle, JournalError, Latest, Pulse, Seal, Standing,
    Story, Subject, Verification,
};
use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, SqlxPostgresConnector};

use crate::connect::{OpenError, PostgresConfig, open_file, open_in_memory, pool};
use crate::guest::{ColumnFound, copy_security_ids, make_compatibility_views};
use crate::journal::SqlJournal;
use crate::migration::{check_only, migrate, version};
use crate::store::{BindError, Book, MarketRules, Store, unavailable};

/// The schema of an SQLite file, which has no others.
const MAIN: &str = "main";

/// An opened database with the schema of this program.
#[derive(Debug, Clone)]
pub struct Database {
    store: Arc<Store>,
    schema: String,
}

impl Database {
    /// The journal in the file at `path`, made when there is none and brought up to date.
    pub async fn sqlite(path: &Path, rules: MarketRules) -> Result<Self, OpenError> {
        let db = open_file(path).await?;
        Self::brought_up_to_date(db, &path.display().to_string(), rules).await
    }

    /// A journal that is gone when it is dropped, for tests.
    pub async fn in_memory(rules: MarketRules) -> Result<Self, OpenError> {
        let db = open_in_memory().await?;
        Self::brought_up_to_date(db, ":memory:", rules).await
    }

    /// The journal in a PostgreSQL database. Its schema must be there: see [`migrate_postgres`].
    pub async fn postgres(config: &PostgresConfig, rules: MarketRules) -> Result<Self, OpenError> {
        let place = config.place();
        let db = connected(config).await?;
        check_only(&db, config.schema())
            .await
            .map_err(|error| OpenError::of(&place, error))?;
        if let Some(neighbour) = config.neighbour() {
            neighbour.check(&db, config.user()).await?;
            copy_security_ids(&db, neighbour)
                .await
                .map_err(|error| OpenError::unavailable(&place, error))?;
        }
        Ok(Self::over(db, rules, config.schema()))
    }

    /// The book of one account or rehearsal, to be written.
    pub async fn book(&self, book: &Book, now: DateTime<Utc>) -> Result<SqlJournal, BindError> {
        let row = self.store.enter(book, now).await?;
        Ok(SqlJournal::new(Arc::clone(&self.store), row))
    }

    /// The book of an account, to be read; `None` when nothing was ever written for it.
    pub async fn existing_book(&self, account: &str) -> Result<Option<SqlJournal>, BindError> {
        let row = self.store.existing(account).await?;
        Ok(row.map(|row| SqlJournal::new(Arc::clone(&self.store), row)))
    }

    /// Ends the connection to a file, which is then whole without the two that SQLite keeps beside it while it
    /// is open. Nothing may be asked afterwards. What is durable is so already: where this takes long or
    /// fails, whoever opens the file next makes it whole.
    pub async fn close(&self) {
        self.store.close().await;
    }

    async fn brought_up_to_date(
        db: DatabaseConnection,
        place: &str,
        rules: MarketRules,
    ) -> Result<Self, OpenError> {
        migrate(&db, MAIN)
            .await
            .map_err(|error| OpenError::of(place, error))?;
        Ok(Self::over(db, rules, MAIN))
    }

    fn over(db: DatabaseConnection, rules: MarketRules, schema: &str) -> Self {
        Self {
            store: Arc::new(Store::new(db, rules)),
            schema: schema.to_owned(),
        }
    }
}

/// Brings the schema of a PostgreSQL database up to date and returns the version it had, 0 for none.
/// Makes and changes nothing outside the schema of `config`, and nothing at all where the neighbour's
/// table is not as it would be read.
pub async fn migrate_postgres(config: &PostgresConfig) -> Result<i64, OpenError> {
    let place = config.place();
    let db = connected(config).await?;
    if let Some(neighbour) = config.neighbour() {
        neighbour.check(&db, config.user()).await?;
    }
    let before = migrate(&db, config.schema())
        .await
        .map_err(|error| OpenError::of(&place, error))?;
    if config.has_compatibility_views() {
        make_compatibility_views(&db)
            .await
            .map_err(|error| OpenError::unavailable(&place, error))?;
    }
    Ok(before)
}

/// The version of the schema in the file at `path`, 0 where there is none. Changes nothing.
pub async fn schema_version(path: &Path) -> Result<i64, OpenError> {
    let place = path.display().to_string();
    match path.try_exists() {
        Ok(false) => return Ok(0),
        Ok(true) => {}
        Err(source) => return Err(OpenError::unavailable(&place, source)),
    }
    let db = open_file(path).await?;
    let found = version(&db, MAIN)
        .await
        .map_err(|error| OpenError::of(&place, error))?;
    Ok(found.unwrap_or(0))
}

/// Holds the neighbour's table that the settings name against what this program reads of it; says what
/// was found, column by column.
pub async fn check_contract(config: &PostgresConfig) -> Result<Vec<ColumnFound>, OpenError> {
    let db = connected(config).await?;
    match config.neighbour() {
        Some(neighbour) => neighbour.check(&db, config.user()).await,
        None => Ok(Vec::new()),
    }
}

pub(crate) async fn connected(config: &PostgresConfig) -> Result<DatabaseConnection, OpenError> {
    let pool = pool(config)
        .await
        .map_err(|source| OpenError::unavailable(&config.place(), source))?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

#[async_trait]
impl Annals for Database {
    async fn chronicle(
        &self,
        from: TradingDate,
        to: TradingDate,
    ) -> Result<Chronicle, JournalError> {
        let told = self.store.main_chronicle((from, to)).await;
        told.map_err(unavailable)
    }
}

#[async_trait]
impl Archive for Database {
    async fn head(&self) -> Result<ChainHead, JournalError> {
        self.store.head().await.map_err(unavailable)
    }

    async fn verify(&self, seal: Option<Seal>) -> Result<Verification, JournalError> {
        self.store.verify(seal).await.map_err(unavailable)
    }

    async fn census(&self) -> Result<Census, JournalError> {
        self.store.census(&self.schema).await.map_err(unavailable)
    }

    async fn story(&self, subject: Subject) -> Result<Option<Story>, JournalError> {
        self.store.story(subject).await.map_err(unavailable)
    }

    async fn pulse(&self, since: TradingDate) -> Result<Pulse, JournalError> {
        self.store.pulse(since).await.map_err(unavailable)
    }
}

#[async_trait]
impl Standing for Database {
    async fn latest(&self, date: TradingDate) -> Result<Latest, JournalError> {
        self.store.latest(date).await.map_err(unavailable)
    }
}
