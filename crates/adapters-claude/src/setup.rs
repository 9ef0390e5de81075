//! Setup: why Claude cannot be asked at all. Nothing was sent, and no variant holds a key.

use thiserror::Error;

use crate::config::MAX_TOKENS_RANGE;
use crate::prompt::PromptError;

/// What has to be mended before the first request.
#[derive(Debug, Error)]
pub enum SetupError {
    /// There is no key.
    #[error("there is no key for Claude")]
    NoKey,
    /// The key has letters that no key has.
    #[error("the key for Claude holds blanks, line ends or other letters that no key has")]
    Key,
    /// An answer may not be that long.
    #[error(
        "max_tokens is {found}, allowed is {} to {}",
        MAX_TOKENS_RANGE.start(),
        MAX_TOKENS_RANGE.end()
    )]
    MaxTokens {
        /// As configured.
        found: u32,
    },
    /// The instructions cannot be rendered.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// The client for HTTP cannot be made, most often for want of certificates on this machine.
    #[error("the HTTP client for Claude cannot be made")]
    Client(#[from] reqwest::Error),
    /// What is sent cannot be written as JSON.
    #[error("the request cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}
