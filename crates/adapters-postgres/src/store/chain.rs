//! The chain: every row has the next place over all tables and a seal over itself and the row before.
//!
//! Whoever writes takes the head first and so waits for whoever else writes.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    QueryFilter as _, QuerySelect as _,
};

use super::strand::{Head, Strand};
use crate::entity::{AnyRow, chain_head};

/// What one transaction added to the chain.
#[derive(Debug)]
pub(crate) struct Added {
    /// The last row before it that its teller knows of, or has to; `None` where the chain is not the one
    /// that he knew.
    pub(crate) behind: Option<i64>,
    /// The rows at their places, oldest first.
    pub(crate) rows: Vec<AnyRow>,
}

/// The end of the chain while one transaction adds to it.
pub(super) struct Chain<'a> {
    work: &'a DatabaseTransaction,
    /// The last row before it that its teller knows of.
    behind: Option<i64>,
    strand: Strand,
    /// How many rows of the strand are in their tables.
    flushed: usize,
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
            behind: Some(head.row_id),
            strand: Strand::behind(Head::of(head)),
            flushed: 0,
        })
    }

    /// The place of the last row.
    pub(super) const fn last(&self) -> i64 {
        self.strand.end().place
    }

    /// Nothing behind `place` concerns whoever adds.
    pub(super) const fn follows(&mut self, place: i64) {
        self.behind = Some(place);
    }

    /// Whoever adds knew another chain.
    pub(super) const fn is_another(&mut self) {
        self.behind = None;
    }

    /// Where the chain ends.
    pub(super) const fn end(&self) -> &Head {
        self.strand.end()
    }

    /// Adds `row` behind all others and returns its place. It is in its table after `flush`.
    pub(super) fn add(&mut self, row: AnyRow) -> i64 {
        self.strand.add(row)
    }

    /// Adds `rows` of one batch behind all others. They are in their tables after `flush`.
    pub(super) fn add_all(&mut self, rows: Vec<AnyRow>) {
        self.strand.add_all(rows);
    }

    /// Puts what was added into its tables.
    pub(super) async fn flush(&mut self) -> Result<(), DbErr> {
        if let Some(waiting) = self.strand.rows().get(self.flushed..) {
            AnyRow::insert_all(waiting, self.work).await?;
        }
        self.flushed = self.strand.rows().len();
        Ok(())
    }

    /// The seal of the last row.
    pub(super) fn seal(&self) -> &[u8] {
        &self.strand.end().seal
    }

    /// Keeps the rows and the new head. Without this the transaction must not be committed.
    pub(super) async fn keep(mut self) -> Result<(Added, Head), DbErr> {
        self.flush().await?;
        if !advance(self.work, &self.strand).await? {
            let why = "the head of the chain moved under its lock";
            return Err(DbErr::Custom(why.to_owned()));
        }
        let (rows, end) = self.strand.into_rows();
        let behind = self.behind;
        Ok((Added { behind, rows }, end))
    }

    /// What was added, when nothing was.
    pub(super) fn nothing(self) -> Added {
        Added {
            behind: self.behind,
            rows: Vec::new(),
        }
    }
}

/// Moves the head of the chain to the end of `strand`, if it is where the strand begins; says whether it
/// was. If so nobody else adds until the transaction ends.
pub(super) async fn advance(db: &impl ConnectionTrait, strand: &Strand) -> Result<bool, DbErr> {
    use chain_head::{Column, Entity};

    let (begin, end) = (strand.begin(), strand.end());
    let moved = Entity::update_many()
        .col_expr(Column::RowId, Expr::value(end.place))
        .col_expr(Column::Hash, Expr::value(end.seal.clone()))
        .filter(Column::Id.eq(chain_head::ONLY))
        .filter(Column::RowId.eq(begin.place))
        .filter(Column::Hash.eq(begin.seal.clone()))
        .exec(db)
        .await?;
    Ok(moved.rows_affected == 1)
}
