//! The rules of the interface for one request, and for a request after another.

use std::collections::BTreeSet;

use serde_json::value::RawValue;
use wiremock::http::HeaderMap;

use super::closed_shape::{Block, Bytes, Message, Request, Text, ToolResult};

/// Said of a history that ends with the model's words; after a pause it may.
pub(crate) const NOT_OURS: &str = "the first or the last message is not ours";

/// What the interface would say to this request; empty when nothing.
pub(crate) fn objections(headers: &HeaderMap, body: &[u8], before: Option<&Bytes>) -> Vec<String> {
    let mut found = headers_wrong(headers);
    let request: Request = match serde_json::from_slice(body) {
        Ok(request) => request,
        Err(error) => return vec![format!("extra or missing inputs: {error}")],
    };
    found.extend(settings_wrong(&request));
    found.extend(marks_wrong(&request));
    found.extend(messages_wrong(&request.messages));
    let bytes: Bytes = serde_json::from_slice(body).unwrap();
    if let Some(before) = before.filter(|_| bytes.messages.len() > 1) {
        found.extend(history_rewritten(before, &bytes));
    }
    found
}

fn headers_wrong(headers: &HeaderMap) -> Vec<String> {
    let once = [
        ("content-type", "application/json"),
        ("anthropic-version", "2026-10-21"),
        ("x-api-key", super::stage::KEY),
    ];
    let mut found = Vec::new();
    for (name, value) in once {
        let values: Vec<_> = headers.get_all(name).iter().collect();
        if values.len() != 1 || values[0] != value {
            found.push(format!("header {name} is {values:?}"));
        }
    }
    for name in ["authorization", "anthropic-beta"] {
        if headers.contains_key(name) {
            found.push(format!("header {name} is there"));
        }
    }
    found
}

fn settings_wrong(request: &Request) -> Vec<String> {
    let mut found = Vec::new();
    let thinks = matches!(
        request.model.as_str(),
        "claude-haiku-5-5" | "claude-sonnet-5-5" | "claude-opus-5-5"
    );
    if request
        .thinking
        .as_ref()
        .is_some_and(|thinking| thinking.kind != "adaptive" || !thinks)
    {
        found.push(format!("{:?} for {}", request.thinking, request.model));
    }
    let efforts = ["low", "medium", "high"];
    let effort = request
        .output_config
        .as_ref()
        .map(|config| config.effort.as_str());
    if effort.is_some_and(|effort| !thinks || !efforts.contains(&effort)) {
        found.push(format!("effort {effort:?} for {}", request.model));
    }
    if request
        .tool_choice
        .as_ref()
        .is_some_and(|choice| choice.kind != "none")
    {
        found.push(format!("{:?}: a forced call", request.tool_choice));
    }
    if !(1..=21_333).contains(&request.max_tokens) {
        found.push(format!("max_tokens {}", request.max_tokens));
    }
    let names: BTreeSet<&str> = request
        .tools
        .iter()
        .map(|tool| tool.name.as_str())
        .collect();
    if names.len() != 12 || request.tools.iter().any(|tool| !is_sound(tool)) {
        found.push(format!("tools {names:?}"));
    }
    found
}

fn is_sound(tool: &super::closed_shape::Tool) -> bool {
    tool.strict && !tool.description.is_empty() && tool.input_schema["type"] == "object"
}

fn marks_wrong(request: &Request) -> Vec<String> {
    let in_messages = request.messages.iter().flat_map(|message| &message.content);
    let marked = in_messages
        .filter(|raw| block(raw).cache_control.is_some())
        .count();
    let in_system = request
        .system
        .iter()
        .filter(|text| text.cache_control.is_some())
        .count();
    let mut found = Vec::new();
    if 1 + marked + in_system > 4 {
        found.push("more than four cache marks".to_owned());
    }
    let long = |mark: &super::closed_shape::Mark| mark.ttl.as_deref() == Some("1h");
    let system_long = request
        .system
        .iter()
        .all(|text| text.cache_control.as_ref().is_some_and(long));
    if request.cache_control.kind != "ephemeral" || long(&request.cache_control) || !system_long {
        found.push("a shorter mark stands before a longer one".to_owned());
    }
    if request
        .system
        .iter()
        .any(|text| text.kind != "text" || text.words.is_empty())
    {
        found.push("system is no text".to_owned());
    }
    found
}

fn messages_wrong(messages: &[Message]) -> Vec<String> {
    let mut found = Vec::new();
    let is_user = |message: Option<&Message>| message.is_some_and(|one| one.role == "user");
    if !is_user(messages.first()) || !is_user(messages.last()) {
        found.push(NOT_OURS.to_owned());
    }
    let mut open: Vec<String> = Vec::new();
    for message in messages {
        if message.content.is_empty() {
            found.push("an empty message".to_owned());
        }
        let results = match message.role.as_str() {
            "assistant" => {
                if !open.is_empty() {
                    found.push("calls without results".to_owned());
                }
                open = calls_of(&message.content);
                continue;
            }
            "user" => results_of(&message.content),
            other => {
                found.push(format!("role {other}"));
                continue;
            }
        };
        match results {
            Ok(ids) if ids == open => {}
            Ok(ids) => found.push(format!("results {ids:?} for calls {open:?}")),
            Err(why) => found.push(why),
        }
        open.clear();
    }
    found
}

fn block(raw: &RawValue) -> Block {
    serde_json::from_str(raw.get()).unwrap()
}

fn calls_of(content: &[Box<RawValue>]) -> Vec<String> {
    let blocks = content.iter().map(|raw| block(raw));
    let calls = blocks.filter(|block| block.kind == "tool_use");
    calls.filter_map(|block| block.id).collect()
}

/// The ids of the results: all of them first, nothing empty, no text behind them.
fn results_of(content: &[Box<RawValue>]) -> Result<Vec<String>, String> {
    let mut ids = Vec::new();
    for raw in content {
        if block(raw).kind == "tool_result" {
            let result: ToolResult =
                serde_json::from_str(raw.get()).map_err(|error| error.to_string())?;
            assert_eq!(result.kind, "tool_result");
            if result.content.is_empty() {
                return Err(format!("an empty result, error {}", result.is_error));
            }
            ids.push(result.tool_use_id);
        } else {
            let text: Text = serde_json::from_str(raw.get()).map_err(|error| error.to_string())?;
            if text.words.trim().is_empty() || !ids.is_empty() {
                return Err("an empty text, or text behind results".to_owned());
            }
        }
    }
    Ok(ids)
}

fn history_rewritten(before: &Bytes, now: &Bytes) -> Vec<String> {
    let mut found = Vec::new();
    let same = before.model == now.model
        && before.system.get() == now.system.get()
        && before.tools.get() == now.tools.get();
    if !same {
        found.push("model, system or tools changed within a conversation".to_owned());
    }
    let grown = before.messages.len() <= now.messages.len();
    let mut pairs = before.messages.iter().zip(&now.messages);
    if !grown || pairs.any(|(one, other)| one.get() != other.get()) {
        found.push("history was rewritten".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::objections;
    use wiremock::http::{HeaderMap, HeaderValue};

    fn headers() -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("content-type", "application/json"),
            ("anthropic-version", "2026-10-21"),
            ("x-api-key", super::super::stage::KEY),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers
    }

    fn request(messages: &str) -> String {
        let tool = |n: u8| {
            format!(
                r#"{{"name":"t{n}","description":"d","strict":true,"input_schema":{{"type":"object"}}}}"#
            )
        };
        let tools: Vec<String> = (0..12).map(tool).collect();
        format!(
            r#"{{"model":"claude-haiku-5-5","max_tokens":10,"cache_control":{{"type":"ephemeral"}},
                "system":[{{"type":"text","text":"s","cache_control":{{"type":"ephemeral","ttl":"1h"}}}}],
                "tools":[{}],"messages":[{messages}]}}"#,
            tools.join(",")
        )
    }

    const HELLO: &str = r#"{"role":"user","content":[{"type":"text","text":"hello"}]}"#;
    const CALL: &str =
        r#"{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"t1","input":{}}]}"#;
    const RESULT: &str =
        r#"{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"r"}]}"#;

    #[test]
    fn the_rules_let_a_sound_conversation_pass() {
        let body = request(&[HELLO, CALL, RESULT].join(","));

        let none: Vec<String> = Vec::new();
        assert_eq!(objections(&headers(), body.as_bytes(), None), none);
    }

    #[test]
    fn the_rules_object_to_every_known_fault() {
        let behind = r#"{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"r"},{"type":"text","text":"and"}]}"#;
        let other = RESULT.replace("\"a\"", "\"b\"");
        for (body, wanted) in [
            (
                request(HELLO).replace("\"max_tokens\"", "\"temperature\":1,\"max_tokens\""),
                "extra",
            ),
            (request(&[HELLO, CALL].join(",")), "last message"),
            (request(&[HELLO, CALL, HELLO].join(",")), "results []"),
            (request(&[HELLO, CALL, &other].join(",")), "results [\"b\"]"),
            (request(&[HELLO, CALL, behind].join(",")), "behind results"),
            (request(&HELLO.replace("hello", " ")), "empty text"),
            (request(HELLO).replace("\"1h\"", "\"5m\""), "shorter mark"),
            (
                request(HELLO).replace("\"strict\":true", "\"strict\":false"),
                "tools",
            ),
            (request(HELLO).replace(":10,", ":30000,"), "max_tokens"),
        ] {
            let found = objections(&headers(), body.as_bytes(), None).join("; ");
            assert!(found.contains(wanted), "{wanted}: {found}");
        }
        let mut twice = headers();
        twice.append("x-api-key", HeaderValue::from_static("b"));
        assert!(!objections(&twice, request(HELLO).as_bytes(), None).is_empty());
    }

    #[test]
    fn the_rules_see_a_rewritten_history() {
        let before = serde_json::from_str(&request(HELLO)).unwrap();
        let edited = HELLO.replace("hello", "hullo");

        let now = request(&[&edited, CALL, RESULT].join(","));

        let found = objections(&headers(), now.as_bytes(), Some(&before));
        assert_eq!(found, ["history was rewritten"]);
    }
}
