//! Table `decisions`. A decision in words.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "decisions")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The cycle that kept it.
    pub cycle_id: i64,
    /// The name of the cycle it belongs to.
    pub about: String,
    /// The word.
    pub decision: String,
    /// About what, if about one symbol.
    pub symbol: Option<String>,
    /// Why.
    pub reasoning: String,
    /// When, in microseconds of UTC.
    pub at: i64,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
