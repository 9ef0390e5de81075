//! Runs that the operating system asks to end: in the middle of a conversation, and while an order works.

use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use catalyst_adapters_sim::faces::SimGateway;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::order_gateway::OrderGateway as _;
use catalyst_tws_emulator::{EmulatorConfig, RequestKind, TimeFlow};

use crate::kill::journal::Engine;
use crate::kill::stand::Stand;

/// What systemd waits before it kills.
const BOUND: Duration = Duration::from_secs(90);

pub(super) fn end(run: Child) -> Output {
    let begun = Instant::now();
    let pid = run.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(sent.success());
    let ended = run.wait_with_output().unwrap();
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    ended
}

pub(super) fn piped(mut command: Command) -> Child {
    command.stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_whose_advisor_hangs_ends_safely_when_it_is_asked_to() {
    let stand = Stand::holding("2026-09-14").await;
    stand.later(2);
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    let mut command = stand.program.command(&["cycle", "--advisor", "claude"]);
    command
        .env("ANTHROPIC_BASE_URL", address)
        .env("ANTHROPIC_API_KEY", "a-key-for-the-test");
    let run = piped(command);
    let asked = silent.accept().unwrap();

    let ended = end(run);

    let out = String::from_utf8(ended.stdout).unwrap();
    let err = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(75), "{out} {err}");
    assert!(out.contains(": stopped, "), "{out}");
    assert!(out.contains("stopped by a signal"), "{out}");
    stand.assert_whole("asked to end in its conversation").await;
    assert_eq!(stand.held().await, 200);
    drop(asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_at_work_is_cancelled_when_its_run_is_asked_to_end() {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let config = EmulatorConfig {
        time: TimeFlow::Runs { speed: 1 },
        ..EmulatorConfig::paper(([127, 0, 0, 1], 0).into())
    };
    let stand = Stand::with(&rules, &Engine::Sqlite, 0, config).await;
    stand.write_patient_purchase("wait").await;
    let run = piped(
        stand
            .program
            .command(&["cycle", "--advisor", "script:wait.jsonl"]),
    );
    let begun = Instant::now();
    while !placed(&stand) {
        assert!(begun.elapsed() < BOUND, "no order was placed");
        std::thread::yield_now();
    }

    let ended = end(run);

    let out = String::from_utf8(ended.stdout).unwrap();
    let err = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(75), "{out} {err}");
    let working = SimGateway::new(Arc::clone(&stand.world)).working().await;
    assert_eq!(working.unwrap(), [], "{out}");
    stand
        .assert_whole("asked to end while an entry works")
        .await;
    stand.nothing_was_sent_twice("asked to end");
}

fn placed(stand: &Stand) -> bool {
    let mut log = stand.gateway.log().into_iter();
    log.any(|one| one.kind == RequestKind::PlaceOrder)
}
