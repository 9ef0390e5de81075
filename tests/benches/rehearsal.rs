//! Bars a second through the whole exchange: 20 generated days of 50 symbols with the gate, fees, the
//! full life of orders and the journal in memory. Runs the program as a user would; needs it built.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measurement for people"
)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const DAYS: u32 = 20;
const SYMBOLS: u32 = 50;
/// Rows of a full day: the auction print and 330 minutes.
const BARS_A_DAY: u32 = 331;
const RUNS: usize = 5;

fn main() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let program = format!("{root}/target/release/catalyst");
    let days = fastest(|| {
        let mut command = Command::new(&program);
        command
            .args(["rehearse", "--json", "--date", "2026-08-03", "--days"])
            .arg(DAYS.to_string());
        command.env("CATALYST__SIM__SYMBOLS", SYMBOLS.to_string());
        command
    });
    let start = fastest(|| {
        let mut command = Command::new(&program);
        command.arg("--version");
        command
    });
    let bars = f64::from(DAYS * SYMBOLS * BARS_A_DAY);
    println!(
        "rehearsal: {bars} bars in {} ms, {:.0} bars/s; start: {:.1} ms",
        days.as_millis(),
        bars / days.as_secs_f64(),
        start.as_secs_f64() * 1_000.0
    );
}

/// The fastest of some runs: the one that the machine disturbed least.
fn fastest(command: impl Fn() -> Command) -> Duration {
    let timed = (0..RUNS).map(|_| {
        let begun = Instant::now();
        let ended = command()
            .stdout(Stdio::null())
            .status()
            .expect("the program is built");
        assert!(ended.success(), "{ended}");
        begun.elapsed()
    });
    timed.min().expect("there are runs")
}
