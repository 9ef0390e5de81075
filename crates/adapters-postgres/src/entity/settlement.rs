//! Table `settlements`.
//! The end of an order family. A family without one may still be at work.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "settlements")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that wrote it.
    pub cycle_id: i64,
    /// The book it belongs to.
    pub book_id: i64,
    /// The name of the family's first leg.
    pub order_name: String,
    /// Which end.
    pub ending: String,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
