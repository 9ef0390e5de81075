//! Table `commissions`.
//! What an execution cost. Of several rows the last counts, one that the broker reported before
//! any estimate.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Exact;

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "commissions")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that wrote it.
    pub cycle_id: i64,
    /// The book it belongs to.
    pub book_id: i64,
    /// The broker's name of the execution.
    pub execution: String,
    /// Commission, levies and duty.
    pub fees: Exact,
    /// Of price and fees.
    pub currency: String,
    /// `reported` by the broker or `estimated` from the fee schedule.
    pub basis: String,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
