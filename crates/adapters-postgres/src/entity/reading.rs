//! Table `readings`. The account as the broker gave it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Exact;

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "readings")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that wrote it.
    pub cycle_id: i64,
    /// The book it belongs to.
    pub book_id: i64,
    /// The exchange day, `YYYY-MM-DD`.
    pub date: String,
    /// Cash and positions at market.
    pub equity: Exact,
    /// Cash.
    pub cash: Exact,
    /// Three letters.
    pub currency: String,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
