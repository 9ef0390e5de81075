//! Table `cycle_ends`. The end of a run. A run without one was killed or still runs.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "cycle_ends")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that ended, unique.
    pub cycle_id: i64,
    /// The book it belongs to.
    pub book_id: i64,
    /// The exchange day of the run, `YYYY-MM-DD`.
    pub date: String,
    /// How it ended.
    pub ending: String,
    /// Last words, for a person.
    pub summary: String,
    /// Tools called.
    pub tool_calls: i64,
    /// True when the fills kept so far left nothing held.
    pub flat: bool,
    /// Every order family of the book that was kept before this place had an end by then.
    pub open_from: i64,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
