//! One turn of a conversation: calls to answer, or the end.

use crate::tool::{ToolInputError, ToolReply, ToolRequest};

/// A call as the advisor made it.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolCall {
    /// The advisor's own name for the call, echoed with the answer.
    pub id: String,
    /// The tool's name as it was written, for the record.
    pub name: String,
    /// What was asked, or why it could not be understood.
    pub request: Result<ToolRequest, ToolInputError>,
}

/// The answer to one call.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolAnswer {
    /// The call's own name.
    pub id: String,
    /// What the tool says.
    pub reply: ToolReply,
}

/// How the advisor ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// Its last words, for the record.
    pub text: String,
}

/// What the advisor wants next.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// Run these and come back.
    UseTools(Vec<ToolCall>),
    /// Done.
    Finish(Conclusion),
}
