//! What the last comparison with the broker found.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::reconcile::Discrepancy;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use crate::entity::{comparison, finding};
use crate::translate::cell::Unreadable;
use crate::translate::finding::discrepancy_of;

/// The last comparison up to the end of one day.
#[derive(Debug, Clone)]
pub(super) struct FindingRows {
    last: Option<comparison::Model>,
    /// What it found.
    found: Vec<finding::Model>,
}

impl FindingRows {
    /// The last of `book` up to the end of `date`.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        book: i64,
        date: TradingDate,
    ) -> Result<Self, DbErr> {
        let last = comparison::Entity::find()
            .filter(comparison::Column::BookId.eq(book))
            .filter(comparison::Column::Date.lte(date.to_string()))
            .order_by_desc(comparison::Column::Date)
            .order_by_desc(comparison::Column::Id)
            .one(db)
            .await?;
        let found = match &last {
            Some(last) => found_by(db, last.id).await?,
            None => Vec::new(),
        };
        Ok(Self { last, found })
    }

    /// A later comparison of the day.
    pub(super) fn begin(&mut self, row: &comparison::Model) {
        self.last = Some(row.clone());
        self.found.clear();
    }

    /// One more finding of the last comparison.
    pub(super) fn add(&mut self, row: &finding::Model) {
        self.found.push(row.clone());
    }

    /// What was found, if it was found on `date`, and what was found before and is carried into it.
    pub(super) fn told(
        &self,
        date: TradingDate,
    ) -> Result<(Vec<Discrepancy>, Vec<Discrepancy>), Unreadable> {
        let found = self.found.iter().map(discrepancy_of);
        let found = found.collect::<Result<_, Unreadable>>()?;
        let day = date.to_string();
        Ok(if self.last.as_ref().is_some_and(|last| last.date == day) {
            (found, Vec::new())
        } else {
            (Vec::new(), found)
        })
    }
}

async fn found_by(
    db: &impl ConnectionTrait,
    comparison: i64,
) -> Result<Vec<finding::Model>, DbErr> {
    finding::Entity::find()
        .filter(finding::Column::ComparisonId.eq(comparison))
        .order_by_asc(finding::Column::Id)
        .all(db)
        .await
}
