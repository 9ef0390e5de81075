//! Failure: the body of an answer whose status is no success. Bodies of proxies are none.

use serde::Deserialize;

/// The whole body.
#[derive(Debug, Deserialize)]
pub(crate) struct FailureBody {
    pub(crate) error: FailureWords,
}

/// What was wrong, for programs and for people.
#[derive(Debug, Deserialize)]
pub(crate) struct FailureWords {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) message: String,
    pub(crate) details: Option<FailureDetails>,
}

/// The finer reason.
#[derive(Debug, Deserialize)]
pub(crate) struct FailureDetails {
    pub(crate) error_code: Option<String>,
}
