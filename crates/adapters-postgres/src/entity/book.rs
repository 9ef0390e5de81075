//! Table `books`.
//! An account whose trading this journal keeps, or one rehearsal. Nothing is ever added up over
//! two books.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "books")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// `account` or `rehearsal`.
    pub kind: String,
    /// The broker's name of the account, or what the rehearsal is called.
    pub account: String,
    /// When, in microseconds of UTC.
    pub at: i64,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
