//! Translate: the model's blocks into typed calls and words, and replies into results.

use std::collections::BTreeSet;

use catalyst_ports::advisor::{ToolAnswer, ToolCall};
use catalyst_ports::tool::{ToolInputError, ToolName, ToolReply, ToolRequest};
use serde_json::value::RawValue;

use crate::outside::one_line;
use crate::wire::{BlockHead, TextBlock, ToolResult, ToolUseBlock};

/// Characters of the model's last words that are kept.
const WORDS_MAX: usize = 2_000;
/// Characters of a call's name that are kept; the interface allows as many.
const NAME_MAX: usize = 64;
/// Characters of a call's id.
const ID_MAX: usize = 128;

/// What one message of the model holds for us.
#[derive(Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) blocks: usize,
    pub(crate) words: String,
    pub(crate) calls: Vec<ToolCall>,
}

/// Reads `content`. Blocks of unknown kinds are passed over; a known one that does not read, an id
/// that is empty or far too long, or one that stood before among `ids`, is an error.
pub(crate) fn said(content: &RawValue, ids: &BTreeSet<String>) -> Result<Said, String> {
    let broken = |what: &str| format!("a {what} of the answer does not read");
    let blocks: Vec<&RawValue> =
        serde_json::from_str(content.get()).map_err(|_not_a_list| broken("list of blocks"))?;
    let mut words: Vec<String> = Vec::new();
    let mut calls = Vec::new();
    let mut seen = ids.clone();
    for block in &blocks {
        let head: BlockHead =
            serde_json::from_str(block.get()).map_err(|_no_type| broken("block"))?;
        match head.kind.as_str() {
            "text" => {
                let text: TextBlock =
                    serde_json::from_str(block.get()).map_err(|_no_text| broken("text block"))?;
                words.push(text.text);
            }
            "tool_use" => {
                let block: ToolUseBlock = serde_json::from_str(block.get())
                    .map_err(|_no_call| broken("tool_use block"))?;
                if block.id.is_empty() || block.id.chars().count() > ID_MAX {
                    return Err("a call without a proper id".to_owned());
                }
                if !seen.insert(block.id.clone()) {
                    return Err("two calls of one id".to_owned());
                }
                calls.push(call(block));
            }
            _ => {}
        }
    }
    Ok(Said {
        blocks: blocks.len(),
        words: one_line(&words.join(" "), WORDS_MAX),
        calls,
    })
}

fn call(block: ToolUseBlock) -> ToolCall {
    let input = block.input.get();
    let mut reader = serde_json::Deserializer::from_str(input);
    let request = match ToolName::find(&block.name) {
        // A list would be read by the order of fields, which no schema promises.
        Some(tool) if !input.starts_with('{') => Err(ToolInputError::BadInput {
            tool,
            field: ".".to_owned(),
            problem: "the input is no object, allowed is an object of the tool's fields".to_owned(),
        }),
        Some(_) | None => ToolRequest::parse(&block.name, &mut reader),
    };
    ToolCall {
        request,
        id: block.id,
        name: one_line(&block.name, NAME_MAX),
    }
}

/// One result for each of `calls`, in their order. A call that nobody answered gets its result too:
/// the interface refuses a history with a call left open.
pub(crate) fn results<'a>(
    calls: &'a [String],
    answers: &[ToolAnswer],
) -> Result<Vec<ToolResult<'a>>, serde_json::Error> {
    let mut results = Vec::with_capacity(calls.len());
    for id in calls {
        let answer = answers.iter().find(|answer| answer.id == *id);
        let (content, is_error) = match answer {
            Some(answer) => (
                serde_json::to_string(&answer.reply)?,
                matches!(answer.reply, ToolReply::Problem(_)),
            ),
            None => ("not run".to_owned(), true),
        };
        results.push(ToolResult {
            tool_use_id: id,
            content,
            is_error,
        });
    }
    Ok(results)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use catalyst_ports::advisor::ToolAnswer;
    use catalyst_ports::tool::{DecisionReceipt, ToolProblem, ToolReply, ToolRequest};
    use serde_json::value::RawValue;

    use super::{Said, results, said};

    fn read(content: &str) -> Result<Said, String> {
        let raw: Box<RawValue> = serde_json::from_str(content).unwrap();
        said(&raw, &BTreeSet::from(["old".to_owned()]))
    }

    #[test]
    fn words_and_calls_are_found_among_blocks_of_every_kind() {
        let said = read(
            r#"[{"type":"thinking","thinking":"","signature":"x"},{"type":"text","text":"one"},
                {"type":"new_kind","text":3},{"type":"text","text":"two"},
                {"type":"tool_use","id":"a","name":"get_portfolio","input":{},"caller":null}]"#,
        )
        .unwrap();

        assert_eq!((said.blocks, said.words.as_str()), (5, "one two"));
        let request = said.calls[0].request.as_ref().unwrap();
        assert!(
            matches!(request, ToolRequest::GetPortfolio(_)),
            "{request:?}"
        );
    }

    #[test]
    fn a_message_that_breaks_the_protocol_is_none() {
        for (content, wanted) in [
            ("{}", "list of blocks"),
            ("[1]", "block"),
            (r#"[{"type":"text"}]"#, "text block"),
            (
                r#"[{"type":"tool_use","id":"a","name":"x"}]"#,
                "tool_use block",
            ),
            (
                r#"[{"type":"tool_use","id":"","name":"x","input":{}}]"#,
                "proper id",
            ),
            (
                r#"[{"type":"tool_use","id":"old","name":"x","input":{}}]"#,
                "one id",
            ),
            (
                r#"[{"type":"tool_use","id":"a","name":"x","input":{}},
                    {"type":"tool_use","id":"a","name":"y","input":{}}]"#,
                "one id",
            ),
        ] {
            let why = read(content).unwrap_err();
            assert!(why.contains(wanted), "{content}: {why}");
        }
    }

    #[test]
    fn an_input_that_does_not_fit_is_the_calls_own_problem_and_names_field_and_what_is_allowed() {
        for (name, input, wanted) in [
            (
                "Get_Portfolio",
                "{}",
                "tool `Get_Portfolio` does not exist; the tools are scan_market",
            ),
            ("get_portfolio", r#"{"a":1}"#, "unknown field `a`"),
            ("get_portfolio", "[]", "no object"),
            ("scan_market", r#"{"index":"hsi"}"#, "expected one of `HSI`"),
            (
                "get_quote",
                r#"{"symbol":"\uff17\uff10\uff10"}"#,
                "is not understood, allowed are Hong Kong codes",
            ),
            ("scan_market", r#"{"limit":1e999}"#, "number out of range"),
            ("scan_market", r#"{"limit":"NaN"}"#, "field `limit`"),
        ] {
            let content =
                format!(r#"[{{"type":"tool_use","id":"a","name":"{name}","input":{input}}}]"#);
            let said = read(&content).unwrap();
            let error = said.calls[0].request.as_ref().unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }

    #[test]
    fn every_call_gets_its_result_in_its_place() {
        let calls = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        let answers = [
            ToolAnswer {
                id: "c".to_owned(),
                reply: ToolReply::Problem(ToolProblem::Skipped),
            },
            ToolAnswer {
                id: "a".to_owned(),
                reply: ToolReply::Decision(DecisionReceipt { recorded: true }),
            },
        ];

        let results = results(&calls, &answers).unwrap();

        let seen: Vec<_> = results
            .iter()
            .map(|result| (result.tool_use_id, result.is_error))
            .collect();
        assert_eq!(seen, [("a", false), ("b", true), ("c", true)]);
        assert_eq!(results[0].content, r#"{"recorded":true}"#);
        assert!(results[2].content.starts_with(r#"{"error":"skipped""#));
    }
}
