//! Table `order_intents`. An order family about to be sent, kept before the send.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "order_intents")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that wrote it.
    pub cycle_id: i64,
    /// The book it belongs to.
    pub book_id: i64,
    /// The name of its first leg, unique in its book.
    pub name: String,
    /// The exchange day of the run that sent it, `YYYY-MM-DD`.
    pub date: String,
    /// What it is about.
    pub symbol: String,
    /// What it was to do, as JSON text of this crate's own shape.
    pub plan: String,
    /// In the advisor's words, or the cause of an exit.
    pub reason: String,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
