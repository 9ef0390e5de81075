//! Bodies of the model's messages, as the interface writes them.

/// Of every answer: what no cache had, read, written for five minutes, and out.
pub(crate) const USAGE: &str = r#"{"input_tokens":10,"cache_creation_input_tokens":300,"cache_read_input_tokens":4000,"cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":0},"output_tokens":120,"service_tier":"standard","iterations":[]}"#;

/// Thinking as it comes by default: without words, signed.
pub(crate) const THINKING: &str =
    r#"{"type":"thinking","thinking":"","signature":"EqQB/+a\u003d"}"#;

/// A message with these blocks.
pub(crate) fn message(stop_reason: &str, blocks: &[&str]) -> String {
    format!(
        r#"{{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5-5","content":[{}],"stop_reason":{stop_reason},"stop_sequence":null,"usage":{USAGE}}}"#,
        blocks.join(",")
    )
}

pub(crate) fn call(id: &str, name: &str, input: &str) -> String {
    format!(r#"{{"type":"tool_use","id":"{id}","name":"{name}","input":{input}}}"#)
}

/// Wants these tools, after some thinking.
pub(crate) fn uses(calls: &[String]) -> String {
    let mut blocks = vec![THINKING];
    blocks.extend(calls.iter().map(String::as_str));
    message(r#""tool_use""#, &blocks)
}

/// Keeps its decision.
pub(crate) fn logs(id: &str) -> String {
    let input = r#"{"decision":"skip","reasoning":"nothing moves"}"#;
    uses(&[call(id, "log_decision", input)])
}

/// Ends with these words.
pub(crate) fn ends(words: &str) -> String {
    message(
        r#""end_turn""#,
        &[&format!(r#"{{"type":"text","text":"{words}"}}"#)],
    )
}
