//! What a run of the optimised program costs: its own processor time, its peak memory and its whole
//! length, beside the most that is allowed. Needs the program built, as `make bench` does.
//!
//! A cycle is measured twice: with the built-in exchange inside it, and with the practice gateway in a
//! process of its own, where the market's work is not the cycle's.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measurement for people"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use tempfile::TempDir;

const RUNS: usize = 15;
/// Asks this very program to run one command and to tell its cost.
const MEASURE: &str = "--measure";

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/catalyst");

/// Twenty calls and three purchases that pass in the market of the shipped settings.
const CALLS: &str = include_str!("twenty_calls.jsonl");

/// The same in a market of 64 names: over the wire fewer would be taken for a feed without data.
const CALLS_WIDE: &str = include_str!("twenty_calls_wide.jsonl");

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((first, command)) if first == MEASURE => measure(command),
        Some(_) | None => tell_all(),
    }
}

/// One run of `command`, told in microseconds, KiB and microseconds.
fn measure(command: &[String]) {
    let (program, arguments) = command.split_first().expect("a command");
    let begun = Instant::now();
    let ended = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .status()
        .expect("the program is built");
    let whole = begun.elapsed();
    assert!(ended.success(), "{arguments:?}: {ended}");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts");
    let cpu = usage.user_time() + usage.system_time();
    println!(
        "{} {} {}",
        cpu.num_microseconds(),
        usage.max_rss(),
        whole.as_micros()
    );
}

fn tell_all() {
    println!(
        "{:<24} {:>7} {:>7} {:>9} {:>7} {:>9}",
        "", "CPU ms", "at most", "peak MiB", "at most", "whole ms"
    );
    let bench = Bench::new();
    tell("--version", &bench.costs(&["--version"]), 10, Some(16));
    bench.run(&["guard", "--at", "2026-09-18T09:35:00+08:00"]);
    let guard = ["guard", "--at", "2026-09-18T09:40:00+08:00"];
    tell("guard, nothing to do", &bench.costs(&guard), 25, Some(30));
    let cycle = ["cycle", "--at", "2026-09-18T10:00:00+08:00"];
    tell("cycle, exchange within", &bench.costs(&cycle), 20, None);
    bench.run(&cycle);
    tell("status", &bench.costs(&["status"]), 15, None);

    let bench = Bench::new().at_a_gateway();
    bench.run(&["guard"]);
    tell(
        "guard, exchange apart",
        &bench.costs(&["guard"]),
        25,
        Some(30),
    );
    tell("cycle, exchange apart", &bench.costs(&["cycle"]), 20, None);
}

fn tell(what: &str, costs: &[Cost], cpu_max: u64, peak_max: Option<u64>) {
    let median = |of: fn(&Cost) -> u64| {
        let mut figures: Vec<u64> = costs.iter().map(of).collect();
        figures.sort_unstable();
        figures
            .get(figures.len() / 2)
            .copied()
            .expect("there are runs")
    };
    let (cpu, peak) = (median(|cost| cost.cpu_us), median(|cost| cost.peak_kib));
    let whole = median(|cost| cost.whole_us);
    let peak_max = peak_max.map(|most| most.to_string()).unwrap_or_default();
    println!(
        "{what:<24} {:>7} {cpu_max:>7} {:>9} {peak_max:>7} {:>9}",
        tenths(cpu, 1_000),
        tenths(peak, 1_024),
        tenths(whole, 1_000),
    );
}

/// `figure` in units of `unit`, with one decimal.
fn tenths(figure: u64, unit: u64) -> String {
    let tenths = figure * 10 / unit;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What one run took.
#[derive(Debug)]
struct Cost {
    cpu_us: u64,
    peak_kib: u64,
    whole_us: u64,
}

/// A scratch home whose journal every measured run finds as the runs before the measurement left it.
#[derive(Debug)]
struct Bench {
    home: TempDir,
    at_a_gateway: bool,
}

impl Bench {
    fn new() -> Self {
        Self {
            home: tempfile::tempdir().expect("a scratch folder"),
            at_a_gateway: false,
        }
    }

    fn at_a_gateway(self) -> Self {
        Self {
            at_a_gateway: true,
            ..self
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(arguments.first().expect("a program"));
        let script = self.home.path().join("calls.jsonl");
        let calls = if self.at_a_gateway { CALLS_WIDE } else { CALLS };
        fs::write(&script, calls).expect("it can be written");
        command
            .args(arguments.iter().skip(1))
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("XDG_STATE_HOME", self.home.path().join("state"))
            .env("CATALYST__LOGGING__LEVEL", "error")
            .env("CATALYST__STRATEGY__ENTRY_CRITERIA", "report")
            .env(
                "CATALYST__ADVISOR__KIND",
                format!("script:{}", script.display()),
            );
        if self.at_a_gateway {
            command
                .env("CATALYST__SIM__SYMBOLS", "64")
                .env("CATALYST__SIM__SEED", "3");
        }
        command
    }

    /// One run, whose traces stay.
    fn run(&self, arguments: &[&str]) -> Cost {
        let gateway = self.at_a_gateway.then(|| Gateway::beside(self));
        let this = std::env::current_exe().expect("a bench has a file");
        let measuring = this.to_str().expect("a path in UTF-8");
        let mut command = self.command(&[&[measuring, MEASURE, PROGRAM], arguments].concat());
        if let Some(gateway) = &gateway {
            command
                .env("CATALYST__BROKER__NAME", "ibkr")
                .env("CATALYST__CLOCK", "gateway")
                .env("IBKR_ACCOUNT", "DU1234567")
                .env("IBKR_PORT", &gateway.port);
        }
        let output = command.stderr(Stdio::inherit()).output().expect("it runs");
        let told = String::from_utf8(output.stdout).expect("figures");
        let mut figures = told.split_whitespace().map(|figure| figure.parse().ok());
        let mut figure = || figures.next().flatten().expect("three figures");
        Cost {
            cpu_us: figure(),
            peak_kib: figure(),
            whole_us: figure(),
        }
    }

    /// Some runs, each after what `run` has left.
    fn costs(&self, arguments: &[&str]) -> Vec<Cost> {
        let state = self.home.path().join("state");
        let kept = self.home.path().join("kept");
        copy(&state, &kept);
        let cost = |_| {
            let cost = self.run(arguments);
            copy(&kept, &state);
            cost
        };
        (0..RUNS).map(cost).collect()
    }
}

/// Makes `to` what `from` is.
fn copy(from: &Path, to: &Path) {
    let _nothing_to_remove = fs::remove_dir_all(to);
    if !from.exists() {
        return;
    }
    fs::create_dir_all(to).expect("it can be made");
    for entry in fs::read_dir(from).expect("it can be read") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("it can be copied");
        }
    }
}

/// A practice gateway of the same program.
#[derive(Debug)]
struct Gateway {
    process: Child,
    port: String,
}

impl Gateway {
    fn beside(bench: &Bench) -> Self {
        let serve = [
            "gateway",
            "--generated",
            "--listen",
            "127.0.0.1:0",
            "--date",
            "2026-09-18",
        ];
        let mut command = bench.command(&[&[PROGRAM], serve.as_slice()].concat());
        let process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut process = process.expect("the program is built");
        let mut greeting = String::new();
        let out = process.stdout.take().expect("a pipe");
        BufReader::new(out)
            .read_line(&mut greeting)
            .expect("it greets");
        let address = greeting.split([' ', ',']).nth(3).expect("its address");
        let port = address.rsplit(':').next().expect("its port").to_owned();
        Self { process, port }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _reaped = self.process.wait();
    }
}
