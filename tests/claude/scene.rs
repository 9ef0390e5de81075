//! A home of the program before a cycle with Claude: empty, or with a position whose stop somebody has
//! cancelled, so that protecting it is work that has to be seen.

use std::path::Path;
use std::sync::OnceLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::server::KEY;
use crate::program::{Ended, Program};

/// A moment at which the purchase of `words` passes the gate.
const BUYING: &str = "2026-09-18T10:30:00+08:00";
/// A moment later in the same slot.
const LATER: &str = "2026-09-18T10:35:00+08:00";

/// Shares that are held where something is.
pub(super) const HELD: u64 = 3_000;

/// The state folder of a home.
pub(super) const STATE: &str = "state/catalyst";

/// What a cycle finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finds {
    /// Cash alone.
    Nothing,
    /// Three thousand shares and no order at work.
    APositionWithoutStop,
}

impl Finds {
    /// When the cycle runs, and what it is called.
    const fn run(self) -> (&'static str, &'static str) {
        match self {
            Self::Nothing => (BUYING, "20260918-1030.1"),
            Self::APositionWithoutStop => (LATER, "20260918-1030.2"),
        }
    }
}

/// The program with its home.
pub(super) struct Scene {
    pub(super) program: Program,
    finds: Finds,
}

impl Scene {
    pub(super) fn new(finds: Finds, address: &str) -> Self {
        let program = Program::in_scratch_home()
            .with("ANTHROPIC_API_KEY", KEY)
            .with("ANTHROPIC_BASE_URL", address);
        Self::of(finds, program)
    }

    /// The same in an environment of its own.
    pub(super) fn of(finds: Finds, program: Program) -> Self {
        let program = match finds {
            // Criteria would want a whole morning's evidence.
            Finds::Nothing => program.with("CATALYST__STRATEGY__ENTRY_CRITERIA", "report"),
            Finds::APositionWithoutStop => {
                copy(&held().path().join(STATE), &program.home().join(STATE));
                // Ten seconds are the shortest cycle.
                program
                    .with("CATALYST__CYCLE__TIME_LIMIT_SECONDS", "10")
                    .with("CATALYST__ORDERS__FILL_WAIT_SECONDS", "5")
            }
        };
        Self { program, finds }
    }

    /// The cycle, to its end.
    pub(super) fn cycle(&self, more: &[&str]) -> Ended {
        let (at, _) = self.finds.run();
        let arguments = ["cycle", "--advisor", "claude", "--at", at];
        self.program.catalyst(&[&arguments, more].concat())
    }

    /// What the journal keeps of the cycle.
    pub(super) fn story(&self) -> Value {
        let (_, name) = self.finds.run();
        self.program.catalyst(&["why", name, "--json"]).json()
    }

    /// Rows of a table of the journal.
    pub(super) fn rows(&self, table: &str) -> u64 {
        let status = self.program.catalyst(&["db", "status", "--json"]).json();
        status["rows"][table].as_u64().unwrap()
    }

    /// Shares held, and shares of them under a working stop.
    pub(super) fn held_and_guarded(&self) -> (u64, u64) {
        let status = self.program.catalyst(&["status", "--json"]).json();
        let position = &status["positions"][0];
        let count = |key: &str| position[key].as_u64().unwrap_or(0);
        (count("shares"), count("protected_shares"))
    }
}

/// A home in which rules have bought and a hand has cancelled what protected it; made once.
fn held() -> &'static TempDir {
    static HELD_HOME: OnceLock<TempDir> = OnceLock::new();
    HELD_HOME.get_or_init(|| {
        let program = Program::in_scratch_home();
        let bought = program.catalyst(&["cycle", "--at", BUYING]);
        assert_eq!(bought.code, Some(0), "{}", bought.err);
        let account = program.home().join(STATE).join("sim-account.json");
        let text = std::fs::read_to_string(&account).unwrap();
        let last = text.lines().last().unwrap();
        let mut kept: Value = serde_json::from_str(last).unwrap();
        for order in kept["orders"].as_array_mut().unwrap() {
            if order["standing"] == "working" {
                order["standing"] = json!("cancelled");
            }
        }
        kept["alive"] = json!([]);
        std::fs::write(&account, kept.to_string()).unwrap();
        let home = tempfile::tempdir().unwrap();
        copy(&program.home().join(STATE), &home.path().join(STATE));
        home
    })
}

/// Copies the files of a folder.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}
