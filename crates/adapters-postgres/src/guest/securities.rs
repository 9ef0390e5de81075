//! The neighbour's numbers of securities, copied: a view on his table would keep him from changing it.

use catalyst_domain::symbol::Symbol;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait as _,
};

use super::contract::Neighbour;
use crate::migration::quoted;

/// Copies the numbers of all Hong Kong securities; one that has a number already keeps the newest.
pub(crate) async fn copy_security_ids(
    db: &DatabaseConnection,
    neighbour: &Neighbour,
) -> Result<(), DbErr> {
    let (schema, table) = (quoted(&neighbour.schema), quoted(&neighbour.table));
    let sql = format!(
        "SELECT CAST(security_id AS bigint) AS id, CAST(symbol AS text) AS symbol \
         FROM {schema}.{table} WHERE symbol ~ '^[0-9]' ORDER BY security_id"
    );
    let work = db.begin().await?;
    let rows = work
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await?;
    for row in rows {
        let spelling: String = row.try_get("", "symbol")?;
        let id: i64 = row.try_get("", "id")?;
        if let Ok(symbol) = spelling.parse::<Symbol>() {
            keep(&work, symbol, id).await?;
        }
    }
    work.commit().await
}

async fn keep(db: &impl ConnectionTrait, symbol: Symbol, id: i64) -> Result<(), DbErr> {
    let sql = "INSERT INTO security_ids (symbol, security_id) VALUES ($1, $2) \
               ON CONFLICT (symbol) DO UPDATE SET security_id = excluded.security_id \
               WHERE security_ids.security_id <> excluded.security_id";
    let values = [symbol.to_string().into(), id.into()];
    let told = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    db.execute_raw(told).await?;
    Ok(())
}
