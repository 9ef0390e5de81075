//! The owner's request that everything is left: kept beside the halt flag, until nothing is held.

use thiserror::Error;

use crate::Source;

/// Everything is to be left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlattenRequest {
    /// Who asked, when and why, in one line for people.
    pub reason: String,
}

/// Whether a request stands cannot be told; then nothing new is entered.
#[derive(Debug, Error)]
#[error("the request to flatten cannot be read or removed")]
pub struct RequestError {
    /// Why.
    pub source: Source,
}

/// Requests that outlive a process and work without a database.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait FlattenRequests: Send + Sync {
    /// The request that stands, if any.
    fn standing(&self) -> Result<Option<FlattenRequest>, RequestError>;

    /// Takes the request away: the account was seen flat, with nothing at work. May be called twice.
    fn fulfilled(&self) -> Result<(), RequestError>;
}
