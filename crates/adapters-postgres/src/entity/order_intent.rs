//! Table `order_intents`. An order family about to be sent, kept before the send.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_intents")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The cycle that wrote it.
    pub cycle_id: i64,
    /// The name of its first leg, unique.
    pub name: String,
    /// The exchange day of the cycle that sent it, `YYYY-MM-DD`.
    pub date: String,
    /// What it was to do, as JSON text of this crate's own shape.
    pub plan: String,
    /// In the advisor's words, or the cause of an exit.
    pub reason: String,
    /// When, in microseconds of UTC.
    pub at: i64,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
