//! The chain: every row has the next place over all tables and a seal over itself and the row before.
//!
//! Whoever writes takes the head first and so waits for whoever else writes.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, DbErr, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use crate::entity::{AnyRow, chain_head};

/// The end of the chain while one transaction adds to it.
pub(super) struct Chain<'a> {
    work: &'a DatabaseTransaction,
    last: i64,
    hash: Vec<u8>,
}

impl<'a> Chain<'a> {
    /// Takes the head.
    pub(super) async fn take(work: &'a DatabaseTransaction) -> Result<Self, DbErr> {
        let head = chain_head::Entity::find()
            .lock_exclusive()
            .one(work)
            .await?
            .ok_or_else(|| DbErr::RecordNotFound("the head of the chain".to_owned()))?;
        Ok(Self {
            work,
            last: head.row_id,
            hash: head.hash,
        })
    }

    /// Adds `row` behind all others and returns its place.
    pub(super) async fn add(&mut self, mut row: AnyRow) -> Result<i64, DbErr> {
        self.last += 1;
        row.place(self.last, &self.hash);
        self.hash = row.hash().to_vec();
        row.insert(self.work).await?;
        Ok(self.last)
    }

    /// The seal of the last row.
    pub(super) fn seal(&self) -> &[u8] {
        &self.hash
    }

    /// Keeps the new head. Without this the transaction must not be committed.
    pub(super) async fn keep(self) -> Result<(), DbErr> {
        use chain_head::{Column, Entity};

        Entity::update_many()
            .col_expr(Column::RowId, Expr::value(self.last))
            .col_expr(Column::Hash, Expr::value(self.hash))
            .filter(Column::Id.eq(chain_head::ONLY))
            .exec(self.work)
            .await?;
        Ok(())
    }
}
