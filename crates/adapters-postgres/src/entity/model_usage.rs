//! Table `model_usages`. What one question to a model took.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Exact;

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "model_usages")]
#[expect(
    clippy::struct_field_names,
    reason = "the derive wants `Model`, the field's word is the owner's"
)]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that wrote it.
    pub cycle_id: i64,
    /// Which model.
    pub model: String,
    /// The provider's name of the request.
    pub request: Option<String>,
    /// Tokens read at the full price.
    pub tokens_in: i64,
    /// Tokens read from the cache.
    pub tokens_cache_read: i64,
    /// Tokens written into the cache.
    pub tokens_cache_written: i64,
    /// Tokens written.
    pub tokens_out: i64,
    /// What it cost.
    pub cost: Exact,
    /// Of the cost.
    pub currency: String,
    /// How long it took.
    pub millis: i64,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
