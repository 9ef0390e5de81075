//! One small question to the real provider, for whoever has a key and wants to see it:
//! `CATALYST_LIVE_SMOKE=1 ANTHROPIC_API_KEY=... cargo test -p catalyst-tests claude::live`. It costs less
//! than a cent. Without both variables nothing is sent.

use std::env::var_os;

use crate::program::Program;

/// The cheapest model, few turns, short answers.
const SMALL: [(&str, &str); 3] = [
    ("CATALYST__CLAUDE__MODEL", "claude-haiku-5-5"),
    ("CATALYST__CLAUDE__MAX_ITERATIONS", "4"),
    ("CATALYST__CLAUDE__MAX_TOKENS", "2000"),
];

#[test]
fn the_provider_answers_a_cycle_of_the_built_program() {
    let (Some(_), Some(key)) = (var_os("CATALYST_LIVE_SMOKE"), var_os("ANTHROPIC_API_KEY")) else {
        eprintln!("NOT CHECKED, nothing is sent: set CATALYST_LIVE_SMOKE=1 and ANTHROPIC_API_KEY");
        return;
    };
    let mut program = Program::in_scratch_home().with("ANTHROPIC_API_KEY", key.to_str().unwrap());
    for (name, value) in SMALL {
        program = program.with(name, value);
    }
    let at = "2026-09-18T10:30:00+08:00";

    let ended = program.catalyst(&["cycle", "--advisor", "claude", "--at", at]);

    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    let counted = program.catalyst(&["db", "status", "--json"]).json();
    assert!(
        counted["rows"]["model_usages"].as_u64() >= Some(1),
        "{counted}"
    );
    eprintln!("{}", ended.out);
}
