//! Table `order_events`. A report of the broker on an order.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Exact;

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "order_events")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that wrote it.
    pub cycle_id: i64,
    /// The book it belongs to.
    pub book_id: i64,
    /// The agent's name of the order.
    pub order_name: String,
    /// What it is about.
    pub symbol: String,
    /// Which way.
    pub side: String,
    /// Limit or stop price; null for an auction order.
    pub price: Option<Exact>,
    /// How many shares.
    pub shares: i64,
    /// Shares filled so far.
    pub filled: i64,
    /// Where it stands.
    pub status: String,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
