//! Two commands of the README: a gateway in one terminal, the agent in another.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Stdio};

use crate::program::Program;
use crate::tree::root;

/// A gateway of the program, as its owner starts it, until it is dropped.
pub(crate) struct Served {
    process: Child,
    pub(crate) port: String,
    greeting: String,
}

impl Served {
    pub(crate) fn by(program: &Program, flags: &[&str]) -> Self {
        Self::at("127.0.0.1:0", program, flags)
    }

    /// The same at this address.
    pub(crate) fn at(address: &str, program: &Program, flags: &[&str]) -> Self {
        let mut arguments = vec!["gateway", "--listen", address];
        arguments.extend(flags);
        let mut command = program.command(&arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut greeting = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut greeting).unwrap();
        let address = greeting.split([' ', ',']).nth(3).unwrap();
        let port = address.rsplit(':').next().unwrap().to_owned();
        Self {
            process,
            port,
            greeting,
        }
    }

    /// A fresh home whose variables say how this gateway is reached.
    fn agent(&self) -> Program {
        Program::in_scratch_home()
            .with("IBKR_ACCOUNT", "DU1234567")
            .with("IBKR_PORT", &self.port)
            .with("CATALYST__CLOCK", "gateway")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn a_gateway_and_a_cycle_are_two_commands() {
    let owner = Program::in_scratch_home();
    let served = Served::by(&owner, &["--generated", "--seed", "3"]);
    assert!(
        served.greeting.ends_with(
            "account DU1234567, 2026-09-18 10:00, time stands until a client moves it\n"
        ),
        "{}",
        served.greeting
    );
    let agent = served.agent();

    let cycle = agent.catalyst(&["cycle", "--broker", "ibkr"]);
    let guard = agent.catalyst(&["guard", "--broker", "ibkr"]);
    let status = agent
        .with("CATALYST__BROKER__NAME", "ibkr")
        .catalyst(&["status"]);

    assert_eq!(cycle.code, Some(0), "{}", cycle.err);
    assert!(cycle.out.starts_with("cycle 20260918-1000.1: done, "));
    assert_eq!(guard.code, Some(0), "{}", guard.err);
    assert!(guard.out.starts_with("guard g20260918-1000.1: 0 positions"));
    assert_eq!(status.code, Some(0), "{}", status.err);
    assert!(
        status.out.starts_with("paper account at 2026-09-18 10:00"),
        "{}",
        status.out
    );
    assert!(status.out.contains("cash 1000000.00 HKD"), "{}", status.out);
}

#[test]
fn the_practice_session_of_the_readme_runs_as_it_is_written() {
    let owner = Program::in_scratch_home();
    let served = Served::by(&owner, &["--start", "10:30"]);
    let agent = served.agent().with("CATALYST__BROKER__NAME", "ibkr");
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("\ncatalyst gateway --start 10:30 "));
    let lines = readme
        .lines()
        .filter_map(|line| line.strip_prefix("catalyst "));
    let session = lines.filter(|line| line.contains("--state practice"));

    let told: Vec<String> = session
        .map(|line| {
            let words = line.split('#').next().unwrap();
            let arguments: Vec<&str> = words.split_whitespace().collect();
            let ended = agent.catalyst(&arguments);
            assert_eq!(ended.code, Some(0), "{line}: {}", ended.err);
            ended.out
        })
        .collect();

    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[1].contains(" 1 orders"), "{told:?}");
    assert!(told[2].contains("1 positions"), "{told:?}");
}

#[test]
fn time_runs_at_the_speed_that_was_asked_for() {
    let owner = Program::in_scratch_home();
    let served = Served::by(&owner, &["--speed", "600", "--start", "13:05"]);
    let agent = served.agent().with("CATALYST__BROKER__NAME", "ibkr");

    let first = agent.catalyst(&["status", "--json"]);
    let second = agent.catalyst(&["cycle"]);
    let third = agent.catalyst(&["status", "--json"]);

    assert!(first.json()["at"].is_null(), "{}", first.out);
    assert_eq!(second.code, Some(0), "{}", second.err);
    let later = third.json()["at"].as_str().unwrap().to_owned();
    assert!(later.as_str() > "2026-09-18T05:05:30", "{later}");
}

#[test]
fn the_doctor_looks_at_the_broker() {
    let owner = Program::in_scratch_home();
    let served = Served::by(&owner, &[]);
    let agent = served.agent();

    let ended = agent.catalyst(&["doctor", "--broker", "ibkr", "--json"]);

    assert_eq!(ended.code, Some(0), "{} {}", ended.out, ended.err);
    let checks = ended.json();
    let names: Vec<&str> = checks
        .as_array()
        .unwrap()
        .iter()
        .map(|check| check["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "calendar",
            "schedule",
            "state",
            "disk",
            "halt flag",
            "files",
            "journal",
            "gateway",
            "version",
            "account",
            "clock",
            "link",
            "quote",
            "quote",
            "quote",
            "lot",
            "lot",
            "lot",
            "orders",
            "positions",
            "other orders",
            "advisor",
            "mail"
        ]
    );
    let lines = checks.as_array().unwrap();
    let orders = lines.iter().find(|line| line["name"] == "orders").unwrap();
    assert_eq!(orders["mark"], "ok", "{orders}");
    assert!(
        orders["found"].as_str().unwrap().contains(" HKD"),
        "{orders}"
    );
}

#[test]
fn the_first_paper_session_is_a_list_of_questions() {
    let program = Program::in_scratch_home();

    let ended = program.catalyst(&["doctor", "--paper-check"]);

    assert_eq!(ended.code, Some(0));
    assert!(
        ended.out.contains("10. What does the scanner return"),
        "{}",
        ended.out
    );
}

#[test]
fn what_is_wrong_with_a_gateways_flags_is_named() {
    let program = Program::in_scratch_home();
    program.file(
        "faults.jsonl",
        "{\"request\":\"place_ordr\",\"do\":\"lose\"}\n",
    );
    for (flags, told) in [
        (
            vec!["--account", "U1234567"],
            "allowed are DU and 4 to 12 digits",
        ),
        (vec!["--base", "EUR"], "allowed are HKD, USD, AUD"),
        (vec!["--start", "25:00"], "allowed is a time HH:MM"),
        (vec!["--date", "2026-09-19"], "2026-09-19 is no trading day"),
        (vec!["--faults", "faults.jsonl"], "line 1"),
        (
            vec!["--faults", "missing.jsonl"],
            "missing.jsonl cannot be read",
        ),
    ] {
        let mut arguments = vec!["gateway", "--listen", "127.0.0.1:0"];
        arguments.extend(flags.iter().copied());
        let ended = program.catalyst(&arguments);
        assert_eq!(ended.code, Some(2), "{flags:?}: {}", ended.err);
        assert!(ended.err.contains(told), "{flags:?}: {}", ended.err);
    }
}

#[test]
fn an_address_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();

    let ended = Program::in_scratch_home().catalyst(&["gateway", "--listen", &address]);

    assert_eq!(ended.code, Some(2));
    let told = format!("the practice gateway cannot listen at {address}");
    assert!(ended.err.contains(&told), "{}", ended.err);
}
