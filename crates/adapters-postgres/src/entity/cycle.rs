//! Table `cycles`.
//! A run of the agent, opened before anything else. Its end is a row of `cycle_ends`, since rows
//! are never changed.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "cycles")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The book it belongs to.
    pub book_id: i64,
    /// The name of the run, unique in its book.
    pub name: String,
    /// The name without its attempt; attempts are counted within it.
    pub slot: String,
    /// Counted from one within the slot.
    pub attempt: i32,
    /// The exchange day, `YYYY-MM-DD`.
    pub date: String,
    /// Who advised.
    pub advisor: String,
    /// Version of the program.
    pub version: String,
    /// SHA-256 of the settings in force.
    pub settings_hash: String,
    /// SHA-256 of what the advisor was told to do; null when it reads no text.
    pub prompt_hash: Option<String>,
    /// SHA-256 of the market's tables.
    pub rules_hash: String,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
