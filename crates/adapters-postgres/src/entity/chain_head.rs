//! Table `chain_heads`. The last row of the chain, one row at most. The only row that is changed.

use sea_orm::entity::prelude::*;

/// The id of its only row.
pub(crate) const ONLY: i32 = 1;

/// The row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "chain_heads")]
pub struct Model {
    /// Always one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Place of the last row.
    pub row_id: i64,
    /// Its seal.
    pub hash: Vec<u8>,
}

/// None: it stands alone.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
