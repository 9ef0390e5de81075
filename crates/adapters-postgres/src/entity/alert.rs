//! Table `alerts`. A message to the owner.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "alerts")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The cycle that wrote it.
    pub cycle_id: i64,
    /// How soon it should be read.
    pub severity: String,
    /// One line.
    pub subject: String,
    /// The message.
    pub message: String,
    /// Whether it got through.
    pub delivered: bool,
    /// When, in microseconds of UTC.
    pub at: i64,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
