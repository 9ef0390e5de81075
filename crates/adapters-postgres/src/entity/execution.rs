//! Table `executions`.
//! Shares that changed hands. Positions are derived from these rows; what they cost is in
//! `commissions`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Exact;

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "executions")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that learned of it, which need not be the one that sent the order.
    pub cycle_id: i64,
    /// The book it belongs to.
    pub book_id: i64,
    /// The broker's name of it, unique in its book: a repeated report is kept once.
    pub execution: String,
    /// The execution that this one corrects, which then no longer counts.
    pub replaces: Option<String>,
    /// The agent's name of the order.
    pub order_name: String,
    /// What it is about.
    pub symbol: String,
    /// Which way.
    pub side: String,
    /// How many shares.
    pub shares: i64,
    /// Per share.
    pub price: Exact,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
