//! What can go wrong between the agent and the gateway, as values that may be told again.

use std::time::Duration;

use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, TimeDelta, Utc};
use ibapi::Error;
use thiserror::Error as ThisError;

/// A failure of the broker's side of the house; the source behind the errors of the ports.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum IbkrError {
    /// Nobody listens, or the listener hung up before the handshake was over.
    #[error("no gateway at {address}: {text}")]
    NotReached {
        /// Host and port.
        address: Box<str>,
        /// What the system said.
        text: String,
    },
    /// The gateway is there and did not answer in time.
    #[error("no answer to {what} within {within:?}")]
    Silent {
        /// What was asked.
        what: &'static str,
        /// How long was waited.
        within: Duration,
    },
    /// The connection broke.
    #[error("the connection was lost at {what}: {text}")]
    Lost {
        /// What was under way.
        what: &'static str,
        /// What the client said.
        text: String,
    },
    /// The gateway answered with an error of its own.
    #[error("the gateway refused {what}: {text} (code {code})")]
    Refused {
        /// What was asked.
        what: &'static str,
        /// The code of the broker's table.
        code: i32,
        /// In the broker's words.
        text: String,
    },
    /// An answer that cannot be read, or was not read to its end.
    #[error("the answer to {what} does not read: {text}")]
    Garbled {
        /// What was asked.
        what: &'static str,
        /// What was wrong.
        text: String,
    },
    /// Another process uses the client id, or the gateway has not yet let it go.
    #[error("client id {client_id} is in use, another run may be connected")]
    ClientIdInUse {
        /// The configured id.
        client_id: i32,
    },
    /// The gateway is too old or too new for the client.
    #[error("the gateway speaks version {found}, allowed are 213 to 226; install another gateway")]
    Version {
        /// The version it announced.
        found: i32,
    },
    /// The login does not hold the configured account.
    #[error("the configured account is not among the {count} accounts of the login")]
    WrongAccount {
        /// How many accounts the login has.
        count: usize,
    },
    /// The clocks of gateway and agent disagree.
    #[error(
        "the gateway's clock shows {server}, {} s from ours, allowed are {} s",
        skew.num_seconds(),
        allowed.num_seconds()
    )]
    Skewed {
        /// The gateway's time.
        server: DateTime<Utc>,
        /// Gateway less agent.
        skew: TimeDelta,
        /// The bound.
        allowed: TimeDelta,
    },
    /// The connection was lost more often than one run may mend.
    #[error("the connection was lost {times} times in one run, no further attempt is made")]
    LostTooOften {
        /// How often.
        times: u32,
    },
    /// The session was closed by its owner.
    #[error("the session is closed")]
    Closed,
    /// The gateway lost its own link to the broker (1100) and has not told of its return.
    #[error("the gateway has lost its link to the broker")]
    LinkDown,
    /// A bound of the run is reached.
    #[error("a run may send {max} {what}, and has")]
    Bound {
        /// Of what.
        what: &'static str,
        /// How many.
        max: u32,
    },
    /// The rules on file and the gateway's facts contradict each other, so nothing is traded.
    #[error("{symbol} is not traded: {text}")]
    Disagreement {
        /// The symbol in question.
        symbol: Symbol,
        /// What each side says.
        text: String,
    },
    /// The historical budget is used up.
    #[error("{used} requests for bars in ten minutes are the limit, the next is free in {wait:?}")]
    Paced {
        /// The limit.
        used: u32,
        /// Until the oldest request is ten minutes old.
        wait: Duration,
    },
}

impl IbkrError {
    /// What the client's error about `what` means here.
    pub(crate) fn of(what: &'static str, error: Error) -> Self {
        let text = error.to_string();
        if is_hung_up(&error) {
            return Self::Lost { what, text };
        }
        if let Error::ClientIdInUse { client_id } = error {
            return Self::ClientIdInUse { client_id };
        }
        if let Error::ServerVersion(_, found, _) = error {
            return Self::Version { found };
        }
        if let Error::Notice(notice) = error {
            return Self::Refused {
                what,
                code: notice.code,
                text: notice.message,
            };
        }
        Self::Garbled { what, text }
    }

    /// True when only a fresh connection can help.
    pub(crate) const fn is_lost(&self) -> bool {
        matches!(self, Self::Lost { .. } | Self::NotReached { .. })
    }

    /// The code with which the gateway refused, if it did.
    pub(crate) const fn code(&self) -> Option<i32> {
        if let Self::Refused { code, .. } = self {
            Some(*code)
        } else {
            None
        }
    }

    /// True for what no waiting mends: an answer that contradicts itself, and a gateway of another
    /// account, version or time.
    pub(crate) const fn needs_owner(&self) -> bool {
        matches!(
            self,
            Self::Garbled { .. }
                | Self::Version { .. }
                | Self::WrongAccount { .. }
                | Self::Skewed { .. }
        )
    }
}

/// True for what the client says when nobody is at the other end any more.
const fn is_hung_up(error: &Error) -> bool {
    matches!(
        error,
        Error::Io(_)
            | Error::ConnectionReset
            | Error::ConnectionFailed
            | Error::ConnectionRejected(_)
            | Error::Shutdown
            | Error::InvalidFrame(_)
            | Error::UnexpectedEndOfStream
            | Error::EndOfStream
    )
}
