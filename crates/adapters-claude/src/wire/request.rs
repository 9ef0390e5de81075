//! Request: the body of `POST /v1/messages`. Its field order is the order of its bytes.

use serde::Serialize;
use serde_json::value::RawValue;

/// The whole body.
#[derive(Debug, Serialize)]
pub(crate) struct MessagesRequest<'a> {
    pub(crate) model: &'a str,
    pub(crate) max_tokens: u32,
    /// At the top level: the mark that follows the growing end.
    pub(crate) cache_control: CacheMark,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) thinking: Option<Thinking>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) output_config: Option<OutputConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tool_choice: Option<ToolChoice>,
    pub(crate) system: &'a RawValue,
    pub(crate) tools: &'a RawValue,
    pub(crate) messages: &'a [Box<RawValue>],
}

/// Marks a prefix that the provider keeps.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "type", rename = "ephemeral")]
pub(crate) struct CacheMark {
    #[serde(skip_serializing_if = "Option::is_none")]
    ttl: Option<&'static str>,
}

impl CacheMark {
    /// For the few minutes of one conversation.
    pub(crate) const FIVE_MINUTES: Self = Self { ttl: None };
    /// From one cycle to the next.
    pub(crate) const ONE_HOUR: Self = Self { ttl: Some("1h") };
}

/// How the model is to think.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Thinking {
    /// As much as it sees fit.
    Adaptive,
}

/// How hard it is to work.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct OutputConfig {
    pub(crate) effort: &'static str,
}

/// Whether it may call tools; left out it may.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ToolChoice {
    /// It has to conclude.
    None,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// We do.
    User,
    /// The model did.
    Assistant,
}

/// One message of the history.
#[derive(Debug, Serialize)]
pub(crate) struct Message<C> {
    pub(crate) role: Role,
    pub(crate) content: C,
}

/// A block of text, with its mark where it ends a prefix to keep.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "text")]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cache_control: Option<CacheMark>,
}

/// The answer to one call.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "tool_result")]
pub(crate) struct ToolResult<'a> {
    pub(crate) tool_use_id: &'a str,
    pub(crate) content: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_error: bool,
}
