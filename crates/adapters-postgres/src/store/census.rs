//! What there is, counted.

use catalyst_ports::journal::{BookLine, Census, LastRun};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbBackend, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, Statement,
};

use super::Store;
use super::latest::run_of;
use super::read::ReadError;
use super::verify::head;
use crate::entity::{book, counts, cycle};
use crate::migration::newest;
use crate::translate::cell::Place;

impl Store {
    pub(crate) async fn census(&self, schema: &str) -> Result<Census, ReadError> {
        let db = self.reading().await?;
        let engine = if db.get_database_backend() == DbBackend::Postgres {
            "postgres"
        } else {
            "sqlite"
        };
        let mut books = Vec::new();
        for row in book::Entity::find()
            .order_by_asc(book::Column::Id)
            .all(&db)
            .await?
        {
            books.push(book_line(&db, row).await?);
        }
        let census = Census {
            engine,
            schema_version: newest(),
            bytes: bytes(&db, schema).await?,
            head: head(&db).await?,
            rows: counts(&db).await?,
            books,
            last_run: last_run(&db).await?,
        };
        db.commit().await?;
        Ok(census)
    }
}

async fn book_line(db: &impl ConnectionTrait, row: book::Model) -> Result<BookLine, ReadError> {
    let runs = cycle::Entity::find()
        .filter(cycle::Column::BookId.eq(row.id))
        .count(db)
        .await?;
    let place = Place {
        table: "books",
        id: row.id,
    };
    Ok(BookLine {
        begun: place.moment("at", row.at)?,
        kind: row.kind,
        name: row.account,
        runs,
    })
}

async fn last_run(db: &impl ConnectionTrait) -> Result<Option<LastRun>, ReadError> {
    let last = cycle::Entity::find()
        .order_by_desc(cycle::Column::Id)
        .one(db)
        .await?;
    let Some(row) = last else { return Ok(None) };
    Ok(Some(run_of(db, row).await?))
}

/// Bytes of everything in the journal's place.
async fn bytes(db: &impl ConnectionTrait, schema: &str) -> Result<u64, DbErr> {
    let engine = db.get_database_backend();
    let asked = if engine == DbBackend::Postgres {
        let sql = "SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS bigint) AS bytes \
                   FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
                   WHERE n.nspname = $1 AND c.relkind = 'r'";
        Statement::from_sql_and_values(engine, sql, [schema.into()])
    } else {
        let sql =
            "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()";
        Statement::from_string(engine, sql)
    };
    let row = db.query_one_raw(asked).await?;
    let bytes: i64 = match row {
        Some(row) => row.try_get("", "bytes")?,
        None => 0,
    };
    Ok(bytes.unsigned_abs())
}
