//! The chain: every row has the next place over all tables and a seal over itself and the row before.
//!
//! Whoever writes takes the head first and so waits for whoever else writes.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, DbErr, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use crate::entity::{AnyRow, chain_head};

/// What one transaction added to the chain.
#[derive(Debug)]
pub(crate) struct Added {
    /// The last row before it that its teller knows of, or has to.
    pub(crate) behind: i64,
    /// The rows at their places, oldest first.
    pub(crate) rows: Vec<AnyRow>,
}

/// The end of the chain while one transaction adds to it.
pub(super) struct Chain<'a> {
    work: &'a DatabaseTransaction,
    last: i64,
    hash: Vec<u8>,
    /// In their tables.
    added: Added,
    /// Have their places and are not in their tables yet.
    waiting: Vec<AnyRow>,
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
            added: Added {
                behind: head.row_id,
                rows: Vec::new(),
            },
            waiting: Vec::new(),
        })
    }

    /// The place of the last row.
    pub(super) const fn last(&self) -> i64 {
        self.last
    }

    /// Nothing behind `place` concerns whoever adds.
    pub(super) const fn follows(&mut self, place: i64) {
        self.added.behind = place;
    }

    /// Adds `row` behind all others and returns its place. It is in its table after `flush`.
    pub(super) fn add(&mut self, mut row: AnyRow) -> i64 {
        self.last += 1;
        row.place(self.last, &self.hash);
        self.hash = row.hash().to_vec();
        self.waiting.push(row);
        self.last
    }

    /// What was added and no question to the database finds yet, oldest first.
    pub(super) fn waiting(&self) -> &[AnyRow] {
        &self.waiting
    }

    /// Puts what was added into its tables.
    pub(super) async fn flush(&mut self) -> Result<(), DbErr> {
        AnyRow::insert_all(&self.waiting, self.work).await?;
        self.added.rows.append(&mut self.waiting);
        Ok(())
    }

    /// The seal of the last row.
    pub(super) fn seal(&self) -> &[u8] {
        &self.hash
    }

    /// Keeps the rows and the new head. Without this the transaction must not be committed.
    pub(super) async fn keep(mut self) -> Result<Added, DbErr> {
        use chain_head::{Column, Entity};

        self.flush().await?;
        Entity::update_many()
            .col_expr(Column::RowId, Expr::value(self.last))
            .col_expr(Column::Hash, Expr::value(self.hash))
            .filter(Column::Id.eq(chain_head::ONLY))
            .exec(self.work)
            .await?;
        Ok(self.added)
    }

    /// What was added, when nothing was.
    pub(super) fn nothing(self) -> Added {
        self.added
    }
}
