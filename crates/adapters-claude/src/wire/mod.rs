//! Wire: the shapes of the interface's version 2026-10-21, as they stand in requests and answers.
//!
//! What we send is written field by field and nothing else; what we read ignores what it does not know.

mod failure;
mod models;
mod request;
mod response;

pub(crate) use failure::{FailureBody, FailureWords};
pub(crate) use models::{ModelLine, ModelList};
pub(crate) use request::{
    CacheMark, Message, MessagesRequest, OutputConfig, Role, Text, Thinking, ToolChoice, ToolResult,
};
pub(crate) use response::{
    BlockHead, Message as MessagesResponse, StopDetails, TextBlock, ToolUseBlock, Usage,
};
