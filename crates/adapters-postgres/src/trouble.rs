//! Which failures mean that the database is away, which that it is damaged, and which that something is
//! wrong with what it was told. Only the first may wait in the write-ahead file: telling the second again
//! would fail again.

use std::error::Error;
use std::iter::successors;

use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::DatabaseError;

/// Classes of PostgreSQL's error codes that pass: connection, resources, intervention of an operator,
/// the system below, an object in use or a lock not granted, no entry, read-only after a failover, rights
/// taken away (documentation, appendix A).
const PASSING: &[&str] = &["08", "53", "57", "58", "55", "40", "28", "25006", "42501"];

/// Primary result codes of SQLite that pass: busy, locked, read-only, input or output, full, cannot
/// open (documentation, "Result and Error Codes").
const PASSING_OF_SQLITE: &[i32] = &[5, 6, 8, 10, 13, 14];

/// Primary result codes of SQLite that say what the file holds: corrupt, not a database.
const DAMAGE_OF_SQLITE: &[i32] = &[11, 26];

/// True when a journal's file is no longer as SQLite wrote it, whatever stands around the cause. The same
/// request never succeeds again.
pub fn is_damage(failure: &(dyn Error + 'static)) -> bool {
    successors(Some(failure), |&one| one.source()).any(|cause| {
        let Some(RuntimeErr::SqlxError(failure)) = cause.downcast_ref::<RuntimeErr>() else {
            return false;
        };
        let sqlx::Error::Database(said) = failure.as_ref() else {
            return false;
        };
        code_of_sqlite(said.as_ref()).is_some_and(|code| DAMAGE_OF_SQLITE.contains(&code))
    })
}

/// The primary result code of SQLite, where it is SQLite that speaks.
fn code_of_sqlite(said: &dyn DatabaseError) -> Option<i32> {
    if said
        .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
        .is_some()
    {
        return None;
    }
    let code = said.code()?.parse::<i32>();
    code.ok().map(|code| code & 0xff)
}

/// True when the same request may succeed later.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "libraries add variants, and only these mean that trying again may help"
)]
pub(crate) fn is_outage(failure: &DbErr) -> bool {
    match failure {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(failure) | DbErr::Exec(failure) | DbErr::Query(failure) => match failure {
            RuntimeErr::SqlxError(failure) => is_passing(failure),
            RuntimeErr::Internal(_) => false,
        },
        _ => false,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "libraries add variants, and only these mean that trying again may help"
)]
fn is_passing(failure: &sqlx::Error) -> bool {
    match failure {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(said) => {
            if let Some(code) = code_of_sqlite(said.as_ref()) {
                return PASSING_OF_SQLITE.contains(&code);
            }
            let code = said.code();
            code.is_some_and(|code| PASSING.iter().any(|class| code.starts_with(class)))
        }
        _ => false,
    }
}
