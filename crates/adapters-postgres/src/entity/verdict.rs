//! Table `verdicts`. A judgement of the gate, its breaches as JSON text.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "verdicts")]
pub struct Model {
    /// In the order of writing.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The cycle that wrote it.
    pub cycle_id: i64,
    /// What it is about.
    pub symbol: String,
    /// Which way.
    pub side: String,
    /// How many shares.
    pub shares: i64,
    /// Every broken limit; an empty list when it passed.
    pub breaches: String,
    /// Entry criteria that were only noted.
    pub notes: String,
    /// When, in microseconds of UTC.
    pub at: i64,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
