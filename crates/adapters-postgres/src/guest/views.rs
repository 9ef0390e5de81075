//! Read-only views for the older system, in its words, inside the journal's own schema.

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbErr, TransactionTrait as _};

const VIEWS: &str = include_str!("views.sql");

/// Makes the views, or makes them again; all or none.
pub(crate) async fn make_compatibility_views(db: &DatabaseConnection) -> Result<(), DbErr> {
    let work = db.begin().await?;
    work.execute_unprepared(VIEWS).await?;
    work.commit().await
}
