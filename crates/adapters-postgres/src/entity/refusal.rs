//! Table `refusals`. A trade refused before the gate, by a rule of the conversation.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refusals")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The cycle that wrote it.
    pub cycle_id: i64,
    /// The stable word of the rule.
    pub rule: String,
    /// What it is about.
    pub symbol: String,
    /// When, in microseconds of UTC.
    pub at: i64,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
