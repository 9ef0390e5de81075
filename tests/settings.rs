//! What a stranger does wrong first, with settings and with folders: each message names what was given, where
//! it came from and what to do.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{Program, binary};

const SLOT: &str = "2026-09-18T10:30:00+08:00";
const LATER: &str = "2026-09-18T10:35:00+08:00";

/// The number of a user who owns nothing.
const NOBODY: &str = "65534";

#[test]
fn a_wrong_setting_is_told_with_the_file_or_the_variable_that_gave_it() {
    let program = Program::in_scratch_home();
    program.file("config/settings.yaml", "risk: {max_positions: 0}\n");
    let short = Program::in_scratch_home().with("CATALYST_RISK_MAX_POSITIONS", "4");

    let file = program.catalyst(&["status"]);
    let short = short.catalyst(&["status"]);
    let section = Program::in_scratch_home().with("CATALYST_BROKER", "ibkr");
    let section = section.catalyst(&["status"]);

    let codes = (file.code, short.code, section.code);
    assert_eq!(codes, (Some(2), Some(2), Some(2)));
    let told =
        "risk.max_positions is `0`, allowed is 1 to 100 (settings file config/settings.yaml)";
    assert!(file.err.contains(told), "{}", file.err);
    let told = "CATALYST__RISK__MAX_POSITIONS would set risk.max_positions";
    assert!(short.err.contains(told), "{}", short.err);
    let told = "CATALYST__BROKER__NAME would set broker.name";
    assert!(section.err.contains(told), "{}", section.err);
}

#[test]
fn a_bad_address_is_refused_by_whoever_goes_there_and_keeps_nobody_from_protecting() {
    let feed = "news: {source: feeds, feeds: [{name: one, url: \"http://news.example/5ecret\"}]}\n";
    for (key, text) in [
        ("watch.ping_url", "watch: {ping_url: \"gopher://5ecret\"}\n"),
        ("news.feeds", feed),
    ] {
        let program = Program::in_scratch_home();
        program.file("config/settings.yaml", text);

        let says_it = |told: &str| told.contains(key) && told.contains("https address");

        for command in ["cycle", "watch", "doctor", "install"] {
            let refused = program.catalyst(&[command]);

            assert_eq!(refused.code, Some(2), "{command}: {}", refused.err);
            assert!(says_it(&refused.err), "{}", refused.err);
            assert!(!refused.err.contains("5ecret"), "{}", refused.err);
        }
        let swept = program.catalyst(&["guard", "--at", SLOT]);
        assert_eq!(swept.code, Some(0), "{}", swept.err);
        assert!(swept.out.starts_with("guard g20260918-1030.1: 0 positions"));
        assert!(swept.err.starts_with("warning: ") && says_it(&swept.err));
        assert!(!swept.err.contains("5ecret"), "{}", swept.err);
        for words in [
            &["status"][..],
            &["halt", "--reason", "x"],
            &["resume", "--reason", "x"],
            &["flatten", "--yes", "--reason", "x", "--at", LATER],
        ] {
            let done = program.catalyst(words);
            assert_eq!(done.code, Some(0), "{words:?}: {}", done.err);
        }
    }
}

#[test]
fn an_address_or_an_account_that_does_not_read_is_told_by_its_name() {
    let url = Program::in_scratch_home().with("DATABASE_URL", "5ecret");
    let account = Program::in_scratch_home().with("IBKR_ACCOUNT", "U12");

    let url = url.catalyst(&["cycle", "--at", SLOT]);
    let account = account.catalyst(&["cycle", "--broker", "ibkr"]);

    assert_eq!((url.code, account.code), (Some(2), Some(2)));
    let told = "variable DATABASE_URL: the database address does not read, allowed is postgres://";
    assert!(url.err.contains(told), "{}", url.err);
    assert!(!url.err.contains("5ecret"), "{}", url.err);
    let told = "broker.account, or the variable IBKR_ACCOUNT: the account is not understood, allowed are DU";
    assert!(account.err.contains(told), "{}", account.err);
}

#[test]
fn whoever_reads_only_the_beginning_is_told_of_no_error() {
    let home = Program::in_scratch_home();
    let (unread, closed) = std::io::pipe().unwrap();
    drop(unread);

    let mut rehearsal = Command::new(binary());
    rehearsal
        .arg("rehearse")
        .current_dir(home.home())
        .env_clear();
    let ended = rehearsal
        .env("HOME", home.home())
        .stdout(closed)
        .stderr(Stdio::piped());
    let ended = ended.output().unwrap();

    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
}

#[test]
fn half_a_moment_is_told_with_a_whole_one() {
    let program = Program::in_scratch_home();

    for command in ["cycle", "guard", "watch"] {
        let refused = program.catalyst(&[command, "--at", "2026-09-18"]);

        assert_eq!(refused.code, Some(2));
        for told in ["'2026-09-18'", "such as 2026-11-23T10:00:00+08:00"] {
            assert!(refused.err.contains(told), "{}", refused.err);
        }
    }
}

#[test]
fn whoever_only_reads_needs_no_folder_that_can_be_written() {
    let program = Program::in_scratch_home();

    let status = program.catalyst(&["status", "--state", "/proc"]);
    let doctor = program.catalyst(&["doctor", "--state", "/proc"]);
    let cycle = program.catalyst(&["cycle", "--state", "/proc", "--at", SLOT]);
    let nowhere = program.catalyst(&["status", "--state", "none"]);

    assert_eq!(status.code, Some(0), "{}", status.err);
    assert!(
        status.out.contains("no cycle has run yet in /proc"),
        "{}",
        status.out
    );
    assert_eq!(doctor.code, Some(6), "{}", doctor.err);
    assert!(
        doctor.out.contains("/proc cannot be written"),
        "{}",
        doctor.out
    );
    assert_eq!(cycle.code, Some(2));
    assert!(
        cycle.err.contains("run as the owner of the folder"),
        "{}",
        cycle.err
    );
    assert_eq!(nowhere.code, Some(0), "{}", nowhere.err);
    assert!(!program.home().join("none").exists());
}

#[test]
fn a_journal_in_a_folder_that_is_shut_is_told_with_what_it_needs() {
    let program = Program::in_scratch_home();
    let ran = program.catalyst(&["cycle", "--at", SLOT, "--state", "kept"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let folder = program.home().join("kept");
    let is_root = fs::metadata(&folder).unwrap().uid() == 0;
    let set = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    set(program.home(), 0o755);
    // Wherever it was built, here anybody can start it.
    let reachable = program.home().join("catalyst");
    fs::copy(binary(), &reachable).unwrap();
    set(&reachable, 0o755);
    for (mode, told) in [
        (
            0o555,
            "its folder cannot be written, and SQLite keeps files beside",
        ),
        (0o000, "its folder is closed to this user"),
    ] {
        set(&folder, mode);
        for words in [&["verify"][..], &["why", "2318"], &["db", "status"]] {
            let mut stranger = stranger(&reachable, is_root);
            let output = stranger.args(words).arg("--state").arg(&folder).output();
            let output = output.unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
            for told in ["journal.sqlite cannot be read", told, "copy the folder"] {
                assert!(said.contains(told), "{words:?}: {said}");
            }
        }
        let mut stranger = stranger(&reachable, is_root);
        let output = stranger.args(["cycle", "--state"]).arg(&folder).output();
        let output = output.unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        let told = format!("state folder {} cannot be written", folder.display());
        assert!(said.contains(&told), "{said}");
    }
    set(&folder, 0o755);
}

/// The program, started by somebody to whom a folder can be shut; nothing is shut to the superuser.
fn stranger(program: &Path, is_root: bool) -> Command {
    let mut command = if is_root {
        let mut other = Command::new("setpriv");
        other.args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]);
        other.arg(program);
        other
    } else {
        Command::new(program)
    };
    command
        .current_dir("/")
        .env_clear()
        .env("PATH", "/usr/bin:/bin");
    command
}

#[test]
fn a_flag_that_cannot_be_read_halts_and_is_complained_of_once() {
    let program = Program::in_scratch_home();
    program.catalyst(&["cycle", "--at", SLOT]);
    fs::create_dir(program.home().join("state/catalyst/halt")).unwrap();

    let guard = program.catalyst(&["guard", "--at", LATER]);

    assert_eq!(guard.code, Some(3), "{}", guard.err);
    let times = guard.err.matches("the halt flag cannot be read").count();
    assert_eq!(times, 1, "{}", guard.err);
}

#[test]
fn the_screen_says_what_entries_wait_for_though_nobody_halted() {
    let program = Program::in_scratch_home();
    program.catalyst(&["cycle", "--at", SLOT]);
    program.file("config/settings.yaml", "risk: {max_positions: 6}\n");

    let screen = program.catalyst(&["status"]).out;
    let document = program.catalyst(&["status", "--json"]).json();

    let line = "trading   EXITS ONLY, entries wait for the looser limits\n";
    assert!(screen.contains(line), "{screen}");
    assert!(screen.contains("HKD so far, "), "{screen}");
    let waits = serde_json::json!(["the looser limits"]);
    assert_eq!(document["entries_wait_for"], waits);
    assert_eq!(document["day"]["is_final"], false);
}

#[test]
fn a_report_without_a_date_is_of_the_last_day_that_the_simulated_account_ran() {
    let program = Program::in_scratch_home();
    program.catalyst(&["cycle", "--at", SLOT]);

    let report = program.catalyst(&["report"]);

    assert_eq!(report.code, Some(0), "{}", report.err);
    assert!(
        report.out.starts_with("report of 2026-09-18\n"),
        "{}",
        report.out
    );
    assert!(
        report.err.contains("the report is of 2026-09-18"),
        "{}",
        report.err
    );
}

#[test]
fn promotion_of_play_money_says_nothing_that_is_not_so() {
    let program = Program::in_scratch_home();
    program.file("paper.yaml", "state_dir: paper\n");

    let refused = program.catalyst(&["promote", "--paper-settings", "paper.yaml"]);

    assert_eq!(refused.code, Some(1), "{}", refused.err);
    for line in [
        "MISSING broker.mode is live: it is paper; set it to live once the rest holds",
        "MISSING account and port are those of real money: broker.name is sim, which has neither; set it to ibkr",
        "MISSING every run of the last 5 days on paper ended well: there was none",
        "MISSING every position on paper had its stop: no session shows it",
        "MISSING the journal is that of a paper account at the broker: there is none yet at paper/journal.sqlite; \
         a first `catalyst cycle` with those settings makes one",
    ] {
        assert!(
            refused.out.lines().any(|found| found == line),
            "{line}\n{}",
            refused.out
        );
    }
}

#[test]
fn the_result_of_a_day_is_realised_when_nothing_is_held_and_the_exchange_is_closed() {
    let program = Program::in_scratch_home();
    program.catalyst(&["guard", "--at", "2026-09-18T16:20:00+08:00"]);

    let screen = program.catalyst(&["status"]).out;

    assert!(screen.contains("session   closed"), "{screen}");
    assert!(screen.contains("day       +0.00 HKD realised"), "{screen}");
}

#[test]
fn resuming_says_what_stands_against_it_and_what_becomes_of_that() {
    let program = Program::in_scratch_home();
    program.catalyst(&["cycle", "--at", SLOT]);
    program.file("state/catalyst/flatten", "by me: going on holiday\n");
    let resume =
        |more: &[&str]| program.catalyst(&[&["resume", "--reason", "back"], more].concat());

    let refused = resume(&[]);
    let confirmed = resume(&["--confirm"]);
    let free = resume(&[]);

    assert_eq!(refused.code, Some(3), "{}", refused.err);
    let told = "a `catalyst guard` settles what can be settled; --confirm resumes all the same";
    assert!(refused.out.contains(told), "{}", refused.out);
    let told = "a request to leave everything is withdrawn";
    assert!(confirmed.out.contains(told), "{}", confirmed.out);
    assert!(!free.out.contains("withdrawn"), "{}", free.out);
}
