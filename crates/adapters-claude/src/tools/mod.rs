//! Tools: how the twelve are described to the model. Their inputs are defined once, in the ports; a
//! test asks the parser there which fields and words it knows and compares.

mod acting;
mod looking;
mod schema;

pub(crate) use schema::{ToolSpec, listed};

/// All tools, in the order of the owner's document.
pub(crate) const TOOLS: [&ToolSpec; 12] = [
    &looking::SCAN_MARKET,
    &looking::GET_QUOTE,
    &looking::GET_TECHNICALS,
    &looking::DETECT_PATTERNS,
    &looking::GET_NEWS,
    &acting::CHECK_RISK,
    &looking::GET_PORTFOLIO,
    &acting::EXECUTE_TRADE,
    &acting::CLOSE_POSITION,
    &acting::CLOSE_ALL,
    &acting::SEND_ALERT,
    &acting::LOG_DECISION,
];
