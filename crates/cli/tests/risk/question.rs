//! The example question, changes to it, and what the program answers.

use assert_cmd::Command;
use serde_json::Value;

pub(crate) fn catalyst(arguments: &[&str], input: &str) -> std::process::Output {
    Command::cargo_bin("catalyst")
        .unwrap()
        .env_clear()
        .arg("risk")
        .args(arguments)
        .write_stdin(input.to_owned())
        .output()
        .unwrap()
}

pub(crate) fn answers(command: &str, input: &str) -> Vec<Value> {
    let output = catalyst(&[command], input);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub(crate) fn example() -> Value {
    let output = catalyst(&["check", "--example"], "");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The example with the value at each pointer replaced; `null` takes the key away.
pub(crate) fn with(changes: &[(&str, Value)]) -> Value {
    let mut question = example();
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let object = question.pointer_mut(parent).unwrap();
        if value.is_null() {
            object.as_object_mut().unwrap().remove(key).unwrap();
        } else {
            object[key] = value.clone();
        }
    }
    question
}

pub(crate) fn check(question: &Value) -> Value {
    answers("check", &question.to_string()).remove(0)
}

pub(crate) fn rules(answer: &Value) -> Vec<&str> {
    let breaches = answer["breaches"].as_array().unwrap();
    breaches
        .iter()
        .map(|breach| breach["rule"].as_str().unwrap())
        .collect()
}

pub(crate) fn breaches_of(changes: &[(&str, Value)]) -> (Value, Vec<String>) {
    let answer = check(&with(changes));
    let rules = rules(&answer).into_iter().map(str::to_owned).collect();
    (answer["approved"].clone(), rules)
}
