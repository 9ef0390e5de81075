//! Table `write_offs`.
//! Shares that the broker no longer has and whose sale nobody ever reported. What they made is not
//! known.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "write_offs")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that wrote it.
    pub cycle_id: i64,
    /// The book it belongs to.
    pub book_id: i64,
    /// What is gone.
    pub symbol: String,
    /// Shares by the executions.
    pub from_shares: i64,
    /// Shares at the broker.
    pub to_shares: i64,
    /// What each side said.
    pub evidence: String,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
