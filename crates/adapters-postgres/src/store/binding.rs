//! The account a journal belongs to. Two accounts in one journal would add up positions of both.

use catalyst_ports::Source;
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{DbErr, EntityTrait as _};
use thiserror::Error;

use super::Store;
use crate::entity::binding;

/// Why the journal does not serve an account. The accounts are not named, since errors are logged.
#[derive(Debug, Error)]
pub enum BindError {
    /// It was first used with another account.
    #[error(
        "the journal belongs to another account than the broker's; use the state folder of this \
         account, or an empty one"
    )]
    OtherAccount,
    /// The journal does not answer.
    #[error("the journal is unavailable")]
    Unavailable {
        /// Why.
        source: Source,
    },
}

impl From<DbErr> for BindError {
    fn from(error: DbErr) -> Self {
        Self::Unavailable {
            source: error.into(),
        }
    }
}

impl Store {
    pub(crate) async fn bind(&self, account: &str, at: DateTime<Utc>) -> Result<(), BindError> {
        let work = self.writing().await?;
        match binding::Entity::find().one(&work).await? {
            Some(bound) if bound.account == account => return Ok(()),
            Some(_) => return Err(BindError::OtherAccount),
            None => {}
        }
        let row = binding::ActiveModel {
            id: NotSet,
            account: Set(account.to_owned()),
            at: Set(at.timestamp_micros()),
        };
        binding::Entity::insert(row)
            .exec_without_returning(&work)
            .await?;
        work.commit().await?;
        Ok(())
    }
}
