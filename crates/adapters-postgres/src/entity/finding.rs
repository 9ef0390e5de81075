//! Table `findings`. A difference between journal and broker.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "findings")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The settling that saw it.
    pub comparison_id: i64,
    /// The stable word.
    pub kind: String,
    /// What it is about.
    pub symbol: String,
    /// Shares by the journal, or held, by the kind of finding; null when it has no such figure.
    pub shares: Option<i64>,
    /// Shares at the broker, or under a working stop; null when it has no such figure.
    pub other_shares: Option<i64>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
