//! Table `cycles`. A run of the agent, opened before anything else and closed last.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cycles")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The name of the run, unique.
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
    /// Hash of the settings in force.
    pub settings_hash: String,
    /// When it began, in microseconds of UTC.
    pub opened_at: i64,
    /// How it ended; null for a run that was killed or still runs.
    pub ending: Option<String>,
    /// Last words, for a person.
    pub summary: Option<String>,
    /// Tools called.
    pub tool_calls: Option<i64>,
    /// When it ended, in microseconds of UTC.
    pub closed_at: Option<i64>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
