//! The tools as they are sent, against the parser that understands the calls.

use std::collections::BTreeSet;

use catalyst_ports::tool::{ToolName, ToolRequest};
use serde_json::{Map, Value, json};

use super::{Field, Kind, Need, ToolSpec, listed};
use crate::prompt::tests::facts;
use crate::tools::TOOLS;

fn as_sent() -> Value {
    let listed = listed(&TOOLS, &facts()).unwrap();
    serde_json::to_value(&listed).unwrap()
}

/// A value of the field's kind that the parser takes.
fn sound(field: &Field) -> Value {
    match (field.kind, field.name) {
        (Kind::Words(words), _) => json!(words[0]),
        (Kind::Texts, _) => json!(["700"]),
        (Kind::Integer, _) => json!(1),
        (Kind::Number, _) => json!(512.5),
        (Kind::Text, "symbol") => json!("00700"),
        (Kind::Text, "news_id") => json!("n123"),
        (Kind::Text, _) => json!("words"),
    }
}

fn input(tool: &ToolSpec) -> Map<String, Value> {
    let fields = tool.fields.iter();
    fields
        .map(|field| (field.name.to_owned(), sound(field)))
        .collect()
}

fn refusal(tool: &ToolSpec, input: Map<String, Value>) -> String {
    let parsed = ToolRequest::parse(tool.name.as_str(), Value::Object(input));
    parsed.unwrap_err().to_string()
}

/// Words in backticks after the one that was found.
fn told(error: &str) -> BTreeSet<&str> {
    error
        .rsplit("expected")
        .next()
        .unwrap()
        .split('`')
        .skip(1)
        .step_by(2)
        .collect()
}

#[test]
fn the_tools_are_the_twelve_in_their_order() {
    assert_eq!(TOOLS.map(|tool| tool.name), ToolName::ALL);
}

#[test]
fn the_parser_takes_every_field_and_knows_no_other() {
    for tool in TOOLS {
        let parsed = ToolRequest::parse(tool.name.as_str(), Value::Object(input(tool)));
        assert_eq!(parsed.unwrap().name(), tool.name);

        let mut strange = input(tool);
        strange.insert("zz".to_owned(), json!(1));
        let error = refusal(tool, strange);
        let names: BTreeSet<&str> = tool.fields.iter().map(|field| field.name).collect();
        assert!(error.contains("unknown field `zz`"), "{error}");
        if names.is_empty() {
            assert!(error.contains("there are no fields"), "{error}");
        } else {
            assert_eq!(told(&error), names, "{}", tool.name);
        }
    }
}

#[test]
fn what_is_required_is_what_the_parser_cannot_do_without() {
    for tool in TOOLS {
        for field in tool.fields {
            let mut without = input(tool);
            without.remove(field.name);
            let parsed = ToolRequest::parse(tool.name.as_str(), Value::Object(without));
            let needed = parsed.is_err();
            assert_eq!(
                needed,
                field.need == Need::Required,
                "{} {}",
                tool.name,
                field.name
            );
        }
    }
}

#[test]
fn every_word_of_a_list_is_understood_and_another_is_refused_with_them() {
    for tool in TOOLS {
        for field in tool.fields {
            let Kind::Words(words) = field.kind else {
                continue;
            };
            for word in words {
                let mut with = input(tool);
                with.insert(field.name.to_owned(), json!(word));
                let parsed = ToolRequest::parse(tool.name.as_str(), Value::Object(with));
                assert!(parsed.is_ok(), "{} {word}", tool.name);
            }
            let mut with = input(tool);
            with.insert(field.name.to_owned(), json!("zz"));
            let error = refusal(tool, with);
            assert!(error.contains("zz"), "{error}");
            for word in words {
                assert!(error.contains(word), "{error} lacks {word}");
            }
        }
    }
}

fn check_strict(schema: &Value, optional: &mut usize) {
    const ALLOWED: [&str; 7] = [
        "type",
        "properties",
        "required",
        "additionalProperties",
        "description",
        "enum",
        "items",
    ];
    let schema = schema.as_object().unwrap();
    for key in schema.keys() {
        assert!(ALLOWED.contains(&key.as_str()), "{key}");
    }
    assert!(
        schema["type"].is_string(),
        "a union counts against the limits"
    );
    if schema["type"] == "object" {
        assert_eq!(schema["additionalProperties"], json!(false));
        let properties = schema["properties"].as_object().unwrap();
        let required = schema["required"].as_array().unwrap();
        *optional += properties.len() - required.len();
        for property in properties.values() {
            check_strict(property, optional);
        }
    }
    if let Some(items) = schema.get("items") {
        check_strict(items, optional);
    }
}

#[test]
fn the_schemas_keep_the_strict_subset_and_its_counts() {
    let tools = as_sent();
    let tools = tools.as_array().unwrap();
    let mut optional = 0;

    for tool in tools {
        assert_eq!(tool["strict"], json!(true));
        assert!(tool["description"].as_str().unwrap().len() > 100, "{tool}");
        check_strict(&tool["input_schema"], &mut optional);
    }

    assert!(tools.len() <= 20);
    assert!(optional <= 24, "{optional}");
}

#[test]
fn the_tools_as_they_are_sent() {
    let listed = listed(&TOOLS, &facts()).unwrap();

    insta::assert_snapshot!(serde_json::to_string_pretty(&listed).unwrap());
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let bytes = || serde_json::to_string(&listed(&TOOLS, &facts()).unwrap()).unwrap();

    assert_eq!(bytes(), bytes());
}
