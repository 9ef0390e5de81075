//! Table `executions`.
//! Shares that changed hands. Positions are derived from these rows and from nothing else.

use sea_orm::entity::prelude::*;

use super::DecimalText;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "executions")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The cycle that learned of it, which need not be the one that sent the order.
    pub cycle_id: i64,
    /// The broker's name of it, unique: a repeated report is kept once.
    pub execution: String,
    /// The agent's name of the order.
    pub order_name: String,
    /// What it is about.
    pub symbol: String,
    /// Which way.
    pub side: String,
    /// How many shares.
    pub shares: i64,
    /// Per share.
    pub price: DecimalText,
    /// Commission, levies and duty.
    pub fees: DecimalText,
    /// Of price and fees.
    pub currency: String,
    /// When, in microseconds of UTC.
    pub at: i64,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
