//! Table `tool_calls`. A tool call with its answer, both as JSON text.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tool_calls")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The cycle that wrote it.
    pub cycle_id: i64,
    /// Counted from one within the cycle.
    pub number: i64,
    /// The tool as the advisor wrote it.
    pub name: String,
    /// What was asked; null when it could not be understood.
    pub request: Option<String>,
    /// What was answered.
    pub reply: String,
    /// When, in microseconds of UTC.
    pub at: i64,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
