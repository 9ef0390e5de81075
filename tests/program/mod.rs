//! The built program as its owner starts it: in a scratch home, with nothing of this machine's
//! settings, and what came out of it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::tree::root;

/// A home that nobody has used, and the program in it.
#[derive(Debug)]
pub(crate) struct Program {
    home: TempDir,
    variables: Vec<(String, String)>,
}

/// How one run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Program {
    pub(crate) fn in_scratch_home() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        }
    }

    /// The same with a variable in its environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The folder in which it runs; relative paths of arguments begin here.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Runs `catalyst` with these arguments.
    pub(crate) fn catalyst(&self, arguments: &[&str]) -> Ended {
        self.catalyst_reading(arguments, "")
    }

    /// Runs `catalyst` with these arguments and `input` on its standard input.
    pub(crate) fn catalyst_reading(&self, arguments: &[&str], input: &str) -> Ended {
        self.file("input", input);
        let input = File::open(self.home().join("input")).unwrap();
        let output = self.command(arguments).stdin(input).output().unwrap();
        Ended {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// `catalyst` with these arguments, ready to be started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command
            .args(arguments)
            .current_dir(self.home())
            .env_clear()
            .env("HOME", self.home())
            .env("XDG_STATE_HOME", self.home().join("state"))
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Writes `text` into a file of the home.
    pub(crate) fn file(&self, name: &str, text: &str) {
        let path = self.home().join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(path, text).unwrap();
    }
}

impl Ended {
    /// The JSON document on standard output.
    pub(crate) fn json(&self) -> Value {
        match serde_json::from_str(&self.out) {
            Ok(value) => value,
            Err(error) => panic!("{error}: {} {}", self.out, self.err),
        }
    }
}

/// A script of `tests/days`, as `--advisor` names it.
pub(crate) fn scenario(name: &str) -> String {
    let path = root().join("tests/days").join(format!("{name}.jsonl"));
    format!("script:{}", path.display())
}

/// The program beside this very test: `target/PROFILE/deps/whole-...` and `target/PROFILE/catalyst`.
pub(crate) fn binary() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let found = test
        .ancestors()
        .map(|folder| folder.join("catalyst"))
        .find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!(
            "catalyst is not built beside {}: run make test",
            test.display()
        )
    })
}
