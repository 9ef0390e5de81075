//! Books: whose trading a row is about. Two accounts in one journal would add up positions of both.

use catalyst_ports::Source;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use thiserror::Error;

use super::Store;
use super::chain::Chain;
use crate::entity::{AnyRow, book};
use crate::hex::hex;
use crate::translate::entry::OPEN_PLACE;

const ACCOUNT: &str = "account";
const REHEARSAL: &str = "rehearsal";

/// Whose trading is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Book {
    /// An account at a broker. A journal has one, and refuses any other for ever.
    Account(String),
    /// A rehearsal by its name. A journal may have many, each begun anew and never added up with
    /// anything.
    Rehearsal(String),
}

/// A book's row.
#[derive(Debug, Clone)]
pub(crate) struct BookRow {
    /// Its place.
    pub(crate) id: i64,
    /// Its seal in hexadecimal digits.
    pub(crate) seal: String,
}

impl BookRow {
    fn of(row: &book::Model) -> Self {
        Self {
            id: row.id,
            seal: hex(&row.hash),
        }
    }
}

/// Why the journal does not serve an account. The accounts are not named, since errors are logged.
#[derive(Debug, Error)]
pub enum BindError {
    /// It was first used with another account.
    #[error(
        "the journal belongs to another account than the broker's; use the state folder or schema \
         of this account, or an empty one"
    )]
    OtherAccount,
    /// The journal does not answer.
    #[error("the journal is unavailable")]
    Unavailable {
        /// Why.
        source: Source,
    },
}

impl BindError {
    /// True when trying again later may help.
    pub const fn is_outage(&self) -> bool {
        match self {
            Self::Unavailable { .. } => true,
            Self::OtherAccount => false,
        }
    }
}

impl From<DbErr> for BindError {
    fn from(error: DbErr) -> Self {
        Self::Unavailable {
            source: error.into(),
        }
    }
}

impl Store {
    /// The row of `book`, made at its first use. Nobody waits for a writer where it is made already.
    pub(crate) async fn enter(
        &self,
        book: &Book,
        now: DateTime<Utc>,
    ) -> Result<BookRow, BindError> {
        if let Book::Account(name) = book
            && let Some(row) = self.existing(name).await?
        {
            return Ok(row);
        }
        let work = self.writing().await?;
        let mut chain = Chain::take(&work).await?;
        let (kind, name) = match book {
            Book::Account(name) => (ACCOUNT, name),
            Book::Rehearsal(name) => (REHEARSAL, name),
        };
        if kind == ACCOUNT {
            let bound = book::Entity::find()
                .filter(book::Column::Kind.eq(ACCOUNT))
                .one(&work)
                .await?;
            match bound {
                Some(bound) if bound.account == *name => return Ok(BookRow::of(&bound)),
                Some(_) => return Err(BindError::OtherAccount),
                None => {}
            }
        }
        let row = AnyRow::Book(book::Model {
            id: OPEN_PLACE,
            kind: kind.to_owned(),
            account: name.clone(),
            at: now.timestamp_micros(),
            hash: Vec::new(),
        });
        let id = chain.add(row);
        let seal = hex(chain.seal());
        let (_added, head) = chain.keep().await?;
        work.commit().await?;
        self.saw(head);
        Ok(BookRow { id, seal })
    }

    /// The row of an account's book, for whoever only reads: nothing is made.
    pub(crate) async fn existing(&self, account: &str) -> Result<Option<BookRow>, BindError> {
        let bound = book::Entity::find()
            .filter(book::Column::Kind.eq(ACCOUNT))
            .one(&self.db)
            .await?;
        match bound {
            Some(bound) if bound.account == account => Ok(Some(BookRow::of(&bound))),
            Some(_) => Err(BindError::OtherAccount),
            None => Ok(None),
        }
    }

    /// The book that is asked about when none is named: the account's, else the last rehearsal's.
    pub(crate) async fn main_book(&self) -> Result<Option<i64>, DbErr> {
        let account = book::Entity::find()
            .filter(book::Column::Kind.eq(ACCOUNT))
            .one(&self.db)
            .await?;
        if let Some(account) = account {
            return Ok(Some(account.id));
        }
        let last = book::Entity::find()
            .order_by_desc(book::Column::Id)
            .one(&self.db)
            .await?;
        Ok(last.map(|book| book.id))
    }
}
