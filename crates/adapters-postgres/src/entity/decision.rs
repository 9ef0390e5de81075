//! Table `decisions`. A decision in words.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "decisions")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that kept it.
    pub cycle_id: i64,
    /// The name of the run it belongs to.
    pub about: String,
    /// The word.
    pub decision: String,
    /// About what, if about one symbol.
    pub symbol: Option<String>,
    /// Why.
    pub reasoning: String,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
