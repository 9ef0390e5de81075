//! Table `settlements`. The end of an order family. A family without one may still be at work.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "settlements")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The cycle that wrote it.
    pub cycle_id: i64,
    /// The name of the family's first leg.
    pub order_name: String,
    /// Which end.
    pub ending: String,
    /// When, in microseconds of UTC.
    pub at: i64,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
