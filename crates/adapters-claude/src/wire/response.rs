//! Response: a message of the model. Its content stays raw, because it goes back byte for byte.

use serde::Deserialize;
use serde_json::value::RawValue;

/// The whole body.
#[derive(Debug, Deserialize)]
pub(crate) struct Message {
    pub(crate) model: String,
    pub(crate) content: Box<RawValue>,
    pub(crate) stop_reason: Option<String>,
    pub(crate) stop_details: Option<StopDetails>,
    pub(crate) usage: Usage,
}

/// Why the provider refused.
#[derive(Debug, Deserialize)]
pub(crate) struct StopDetails {
    pub(crate) category: Option<String>,
    pub(crate) explanation: Option<String>,
}

/// What every block has; kinds that are not known here only go back.
#[derive(Debug, Deserialize)]
pub(crate) struct BlockHead {
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

/// Words.
#[derive(Debug, Deserialize)]
pub(crate) struct TextBlock {
    pub(crate) text: String,
}

/// A call, its input untouched.
#[derive(Debug, Deserialize)]
pub(crate) struct ToolUseBlock {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) input: Box<RawValue>,
}

/// Tokens by kind. `input_tokens` is only what no cache had.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Usage {
    pub(crate) input_tokens: u64,
    pub(crate) output_tokens: u64,
    cache_creation_input_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    cache_creation: Option<CacheCreation>,
}

/// Tokens written into the cache, by how long they stay.
#[derive(Debug, Clone, Deserialize)]
struct CacheCreation {
    ephemeral_5m_input_tokens: u64,
    ephemeral_1h_input_tokens: u64,
}

impl Usage {
    /// Tokens written into the cache, whatever their lifetime.
    pub(crate) fn written(&self) -> u64 {
        let split = self.written_5m().saturating_add(self.written_1h());
        split.max(self.cache_creation_input_tokens.unwrap_or(0))
    }

    pub(crate) fn written_5m(&self) -> u64 {
        let split = self.cache_creation.as_ref();
        split.map_or(0, |split| split.ephemeral_5m_input_tokens)
    }

    /// Those of an hour, and those whose lifetime is not told.
    pub(crate) fn written_1h(&self) -> u64 {
        let told = self.cache_creation.as_ref();
        let told = told.map_or(0, |split| split.ephemeral_1h_input_tokens);
        let all = self.cache_creation_input_tokens.unwrap_or(0);
        told.max(all.saturating_sub(self.written_5m()))
    }

    /// Tokens read from the cache.
    pub(crate) fn read(&self) -> u64 {
        self.cache_read_input_tokens.unwrap_or(0)
    }

    /// The whole prompt, cached or not.
    pub(crate) fn prompt(&self) -> u64 {
        self.input_tokens
            .saturating_add(self.written())
            .saturating_add(self.read())
    }
}
