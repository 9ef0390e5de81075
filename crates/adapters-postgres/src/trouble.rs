//! Which failures mean that the database is away, and which that something is wrong with what it was
//! told. Only the first may wait in the write-ahead file: telling the second again would fail again.

use sea_orm::{DbErr, RuntimeErr};

/// Classes of PostgreSQL's error codes that pass: connection, resources, intervention of an operator,
/// the system below, an object in use or a lock not granted, no entry, read-only after a failover, rights
/// taken away (documentation, appendix A).
const PASSING: &[&str] = &["08", "53", "57", "58", "55", "40", "28", "25006", "42501"];

/// Primary result codes of SQLite that pass: busy, locked, read-only, input or output, full, cannot
/// open (documentation, "Result and Error Codes").
const PASSING_OF_SQLITE: &[i32] = &[5, 6, 8, 10, 13, 14];

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
            let Some(code) = said.code() else {
                return false;
            };
            if said
                .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
                .is_some()
            {
                PASSING.iter().any(|class| code.starts_with(class))
            } else {
                let primary = code.parse::<i32>().map(|code| code & 0xff);
                primary.is_ok_and(|primary| PASSING_OF_SQLITE.contains(&primary))
            }
        }
        _ => false,
    }
}
