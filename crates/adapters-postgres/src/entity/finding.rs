//! Table `findings`. A difference between journal and broker, with what each side said.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "findings")]
pub struct Model {
    /// Its place in the chain, counted over all tables.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The run that wrote it.
    pub cycle_id: i64,
    /// The settling that saw it.
    pub comparison_id: i64,
    /// The stable word.
    pub kind: String,
    /// The symbol; null when it is about the account.
    pub subject: Option<String>,
    /// Its figures, as JSON text.
    pub detail: String,
    /// The rule for what happens.
    pub remedy: String,
    /// What each side said.
    pub evidence: String,
    /// Seals the row and all before it.
    pub hash: Vec<u8>,
}

/// None: rows are found by id, name and day.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
