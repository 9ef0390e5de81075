//! What the harness adds to a conversation: processor time and memory of twenty turns with a server on this
//! machine, read while the program waits for an answer. Printed; the bounds here only catch a blunder.

use std::fs;
use std::process::Stdio;
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::Value;

use super::scene::{Finds, Scene};
use super::server::Server;
use super::words::{ends, logs, look, uses};

const TURNS: usize = 20;
/// Ten times what a built release may take: 40 ms and 30 MiB.
const CPU_MAX_MS: u64 = 400;
const MEMORY_MAX_KIB: u64 = 300 * 1024;

/// What a process has taken so far.
#[derive(Debug, Clone, Copy)]
struct Taken {
    cpu_ns: u64,
    memory_kib: u64,
    peak_kib: u64,
}

impl Taken {
    fn by(process: u32) -> Self {
        let mut cpu_ns = 0;
        for thread in fs::read_dir(format!("/proc/{process}/task")).unwrap() {
            let path = thread.unwrap().path().join("schedstat");
            let text = fs::read_to_string(path).unwrap();
            cpu_ns += text.split(' ').next().unwrap().parse::<u64>().unwrap();
        }
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
        let kib = |key: &str| {
            let line = status.lines().find(|line| line.starts_with(key)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse().unwrap()
        };
        Self {
            cpu_ns,
            memory_kib: kib("VmRSS:"),
            peak_kib: kib("VmHWM:"),
        }
    }
}

#[test]
fn twenty_turns_take_little_time_and_little_memory() {
    let process: Arc<OnceLock<u32>> = Arc::default();
    let taken: Arc<Mutex<Vec<Taken>>> = Arc::default();
    let (watched, kept) = (Arc::clone(&process), Arc::clone(&taken));
    let server = Server::new(move |number, _| {
        kept.lock().unwrap().push(Taken::by(*watched.wait()));
        match number {
            0..TURNS => uses(&[look(number)]),
            TURNS => logs(),
            _ => ends("over"),
        }
    });
    let scene = Scene::new(Finds::Nothing, &server.address());
    let arguments = "cycle --advisor claude --at 2026-09-18T10:30:00+08:00";
    let arguments: Vec<&str> = arguments.split(' ').collect();

    let mut command = scene.program.command(&arguments);
    command.env("CATALYST__CLAUDE__MAX_ITERATIONS", "30");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut run = command.spawn().unwrap();
    process.set(run.id()).unwrap();
    let ended = run.wait().unwrap();

    assert!(ended.success(), "{ended}");
    let taken = taken.lock().unwrap();
    let (before, after) = (taken[0], taken[TURNS]);
    let cpu_us = (after.cpu_ns - before.cpu_ns) / 1_000;
    let memory_kib = after.peak_kib - before.memory_kib;
    eprintln!("{TURNS} turns: {cpu_us} microseconds of processor, {memory_kib} KiB of memory");
    assert!(cpu_us / 1_000 <= CPU_MAX_MS, "{cpu_us}");
    assert!(memory_kib <= MEMORY_MAX_KIB, "{memory_kib}");
}

#[test]
fn instructions_and_tools_are_at_most_fourteen_kilobytes() {
    let server = Server::new(|_, _| ends("over"));
    let scene = Scene::new(Finds::Nothing, &server.address());

    scene.cycle(&[]);

    let asked = server.asked();
    let body: Value = serde_json::from_str(&asked[0].body).unwrap();
    let bytes = body["system"].to_string().len() + body["tools"].to_string().len();
    eprintln!("instructions and tools: {bytes} bytes");
    assert!(bytes <= 14 * 1024, "{bytes}");
    assert!(body["tools"].as_array().unwrap().len() == 12, "{bytes}");
}
