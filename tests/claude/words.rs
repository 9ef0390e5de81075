//! What the stand-in says: messages of the model, and bodies of failures.

use serde_json::{Value, json};

use super::server::Reply;

/// A purchase that the gate lets pass at half past ten of the generated day, in the tool's own words.
pub(super) const CHECK: &str = r#"{"symbol":"2318","side":"buy","quantity":3000,"entry_price":63.0,"stop_loss":61.95,"take_profit":66.1}"#;

/// The same, to be sent.
pub(super) const TRADE: &str = r#"{"symbol":"2318","side":"buy","quantity":3000,"order_type":"limit","limit_price":63.0,"stop_loss":61.95,"take_profit":66.1,"reason":"flag"}"#;

/// Names that the generated day has.
const SYMBOLS: [&str; 4] = ["700", "2318", "9988", "388"];

const LOG: &str = r#"{"decision":"skip","reasoning":"nothing to do"}"#;

/// A message that stopped for this reason. `content` is JSON text and stays as it is.
pub(super) fn message(stop: &str, content: &str) -> Reply {
    let stop = json!(stop);
    Reply::ok(format!(
        r#"{{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5-5","content":{content},"stop_reason":{stop},"stop_sequence":null,"usage":{{"input_tokens":9,"output_tokens":7}}}}"#
    ))
}

/// One call, its input as JSON text.
pub(crate) fn call(id: &str, name: &str, input: &str) -> String {
    let (id, name) = (json!(id), json!(name));
    format!(r#"{{"type":"tool_use","id":{id},"name":{name},"input":{input}}}"#)
}

/// One of twenty-four calls that look, each at something else.
pub(super) fn look(number: usize) -> String {
    let symbol = SYMBOLS[number % SYMBOLS.len()];
    let id = format!("toolu_{number}");
    let one = format!(r#"{{"symbol":"{symbol}"}}"#);
    match number / SYMBOLS.len() {
        0 => call(&id, "get_quote", &one),
        1 => call(&id, "get_news", &one),
        span => {
            let span = ["5m", "15m", "1h", "1d"][span - 2];
            let input = format!(r#"{{"symbol":"{symbol}","timeframe":"{span}"}}"#);
            call(&id, "get_technicals", &input)
        }
    }
}

/// A message that wants these calls.
pub(crate) fn uses(calls: &[String]) -> Reply {
    message("tool_use", &format!("[{}]", calls.join(",")))
}

/// A message that keeps its decision.
pub(crate) fn logs() -> Reply {
    uses(&[call("toolu_log", "log_decision", LOG)])
}

/// A message that has said everything.
pub(crate) fn ends(text: &str) -> Reply {
    let text: Value = json!([{"type": "text", "text": text}]);
    message("end_turn", &text.to_string())
}

/// The body of a failure; `code` is the finer reason.
pub(crate) fn failure(kind: &str, code: Option<&str>) -> String {
    let details = code.map(|code| json!({"error_code": code}));
    let error = json!({"type": kind, "message": "in the provider's words", "details": details});
    json!({"type": "error", "error": error, "request_id": "req_1"}).to_string()
}
