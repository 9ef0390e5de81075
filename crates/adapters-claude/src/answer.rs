//! Answer: what came back over HTTP, before anybody judged it.

use std::time::Duration;

/// One answer, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Of HTTP.
    pub(crate) status: u16,
    /// The provider's name of the request.
    pub(crate) request_id: Option<String>,
    /// What the provider says about asking again.
    pub(crate) again: Again,
    pub(crate) body: String,
}

/// What the headers say about asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Again {
    /// `x-should-retry`: it beats the status.
    pub(crate) should: Option<bool>,
    /// How long to wait before.
    pub(crate) after: Option<Duration>,
}

/// Why there is no whole answer. Each may pass by itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoAnswer {
    /// Nobody answers, or the connection is not secure.
    #[error("it cannot be reached")]
    Unreachable,
    /// The answer did not come or end in time.
    #[error("no answer within {seconds} s")]
    TooSlow {
        /// The bound.
        seconds: u64,
    },
    /// The connection ended within the answer.
    #[error("the answer broke off")]
    BrokenOff,
    /// The answer has no end within the bound.
    #[error("the answer is longer than {most} bytes")]
    TooLong {
        /// The bound.
        most: usize,
    },
}

impl NoAnswer {
    /// True when the provider may have worked on an answer, and so may charge for it.
    pub(crate) const fn may_cost(&self) -> bool {
        match self {
            Self::Unreachable => false,
            Self::TooSlow { .. } | Self::BrokenOff | Self::TooLong { .. } => true,
        }
    }
}
