//! One run of `catalyst technicals`, with nothing of this machine's settings.

use assert_cmd::Command;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `catalyst technicals` with `arguments` and `input` on its standard input.
pub(crate) fn technicals(arguments: &[&str], input: impl Into<Vec<u8>>) -> Ended {
    let output = Command::cargo_bin("catalyst")
        .unwrap()
        .env_clear()
        .arg("technicals")
        .args(arguments)
        .write_stdin(input)
        .output()
        .unwrap();
    Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
