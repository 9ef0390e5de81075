//! The shape of a request, closed: what is not named here the interface refuses as an extra input.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    pub(crate) model: String,
    pub(crate) max_tokens: u32,
    pub(crate) cache_control: Mark,
    pub(crate) thinking: Option<Thinking>,
    pub(crate) output_config: Option<OutputConfig>,
    pub(crate) tool_choice: Option<ToolChoice>,
    pub(crate) system: Vec<Text>,
    pub(crate) tools: Vec<Tool>,
    pub(crate) messages: Vec<Message>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mark {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) ttl: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Thinking {
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutputConfig {
    pub(crate) effort: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToolChoice {
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(rename = "text")]
    pub(crate) words: String,
    pub(crate) cache_control: Option<Mark>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tool {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) strict: bool,
    pub(crate) input_schema: Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Message {
    pub(crate) role: String,
    /// Raw, since the model may write numbers that no reader here holds.
    pub(crate) content: Vec<Box<RawValue>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToolResult {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) tool_use_id: String,
    pub(crate) content: String,
    #[serde(default)]
    pub(crate) is_error: bool,
}

/// What tells blocks apart.
#[derive(Debug, Deserialize)]
pub(crate) struct Block {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) id: Option<String>,
    pub(crate) cache_control: Option<Mark>,
}

/// The parts whose bytes may never change within a conversation.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Bytes {
    pub(crate) model: String,
    pub(crate) system: Box<RawValue>,
    pub(crate) tools: Box<RawValue>,
    pub(crate) messages: Vec<Box<RawValue>>,
}
