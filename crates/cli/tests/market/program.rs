//! One run of `catalyst market`, with nothing of this machine's settings.

use assert_cmd::Command;
use serde_json::Value;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `catalyst market` with the words of `arguments` and `input` on its standard input.
pub(crate) fn market(arguments: &str, input: impl Into<Vec<u8>>) -> Ended {
    let output = Command::cargo_bin("catalyst")
        .unwrap()
        .env_clear()
        .arg("market")
        .args(arguments.split_whitespace())
        .write_stdin(input)
        .output()
        .unwrap();
    Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ended {
    /// The JSON of each line of standard output.
    pub(crate) fn answers(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// The one answer to a question in flags.
pub(crate) fn answer(arguments: &str) -> Value {
    let ended = market(arguments, "");
    assert_eq!(ended.code, Some(0), "{arguments}: {}", ended.err);
    let mut answers = ended.answers();
    assert_eq!(answers.len(), 1, "{arguments}");
    answers.remove(0)
}

/// The answers to lines, one each.
pub(crate) fn answers(arguments: &str, lines: &[&str]) -> Vec<Value> {
    let ended = market(arguments, lines.join("\n"));
    assert_eq!(ended.code, Some(0), "{arguments}: {}", ended.err);
    let answers = ended.answers();
    assert_eq!(answers.len(), lines.len(), "{arguments}");
    answers
}

/// Key and value that the answer to `arguments` calls wrong.
pub(crate) fn refused(arguments: &str) -> (String, String) {
    at_fault(&answer(arguments))
}

/// Key and value that an answer calls wrong.
pub(crate) fn at_fault(answer: &Value) -> (String, String) {
    let error = answer["error"].as_object().unwrap();
    assert_eq!(error.len(), 3, "{answer}");
    assert_ne!(error["allowed"], "", "{answer}");
    let text = |key: &str| error[key].as_str().unwrap().to_owned();
    (text("field"), text("found"))
}

/// Asserts that the flags are usage: nothing on standard output, and `told` on standard error.
pub(crate) fn assert_usage(arguments: &str, told: &str) {
    let ended = market(arguments, "");
    assert_eq!(ended.code, Some(2), "{arguments}");
    assert_eq!(ended.out, "", "{arguments}");
    assert!(ended.err.contains(told), "{arguments}: {}", ended.err);
}
