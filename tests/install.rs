//! From nothing to a program that a timer starts: `init`, `install`, and the command lines that they
//! leave, run as cron runs them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::program::Program;

const SLOT: &str = "2026-09-18T10:30:00+08:00";

/// A home in which `init` and `install --write` were typed.
pub(crate) fn installed(program: &Program) -> String {
    let init = program.catalyst(&["init", "--yes", "--dir", "etc"]);
    assert_eq!(init.code, Some(0), "{}", init.err);
    let install = program.catalyst(&INSTALL);
    assert_eq!(install.code, Some(0), "{}", install.err);
    crontab(program)
}

/// Where the variables lie when everything goes below a root.
pub(crate) const VARIABLES: &str = "root/etc/catalyst/catalyst.env";

/// The words that install below a root.
pub(crate) const INSTALL: [&str; 8] = [
    "install",
    "--write",
    "--root",
    "root",
    "--settings",
    "etc/settings.yaml",
    "--state",
    "kept",
];

fn crontab(program: &Program) -> String {
    let folder = program.home().join("root/var/spool/cron/crontabs");
    let only = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    fs::read_to_string(only.path()).unwrap()
}

/// The command of the line for a job, without its five fields of time.
fn command_of<'text>(crontab: &'text str, job: &str) -> &'text str {
    let named = format!("catalyst {job} ");
    let line = crontab.lines().find(|line| line.contains(&named)).unwrap();
    line.splitn(6, ' ').last().unwrap()
}

/// Runs a command as cron does, from `/`, in a zone far from the exchange's.
fn as_cron(command: &str) -> Output {
    Command::new("/usr/bin/env")
        .args(["-i", "TZ=America/New_York", "/bin/sh", "-c", command])
        .current_dir("/")
        .output()
        .unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn init_writes_settings_that_load_and_never_over_those_that_are_there() {
    let program = Program::in_scratch_home();

    let first = program.catalyst(&["init", "--yes"]);
    let settings = program.home().join("config/catalyst/settings.yaml");
    let shipped = fs::read_to_string(&settings).unwrap();
    program.file(
        "config/catalyst/settings.yaml",
        "risk: {max_positions: 3}\n",
    );
    let second = program.catalyst(&["init", "--yes"]);
    let kept = fs::read_to_string(&settings).unwrap();
    let forced = program.catalyst(&["init", "--yes", "--force"]);

    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(
        first
            .out
            .contains("next:         catalyst doctor --settings /"),
        "{}",
        first.out
    );
    assert!(shipped.contains("max_positions: 5              # names held at once"));
    assert_eq!(mode(&settings), 0o600);
    assert_eq!(second.code, Some(2));
    assert!(
        second.err.contains("settings.yaml is there already"),
        "{}",
        second.err
    );
    assert!(second.err.contains("--force"), "{}", second.err);
    assert_eq!(kept, "risk: {max_positions: 3}\n");
    assert_eq!(forced.code, Some(0), "{}", forced.err);
    assert_eq!(fs::read_to_string(&settings).unwrap(), shipped);
    let bak = program.home().join("config/catalyst/settings.yaml.bak");
    assert_eq!(
        fs::read_to_string(bak).unwrap(),
        "risk: {max_positions: 3}\n"
    );
}

#[test]
fn init_puts_the_answers_in_the_file_and_points_at_its_own_instructions() {
    let program = Program::in_scratch_home();

    let answers = "ibkr\nDU7654321\n4002\nclaude\nsqlite\nme@example.com\n";
    let ended = program.catalyst_reading(&["init", "--dir", "etc"], answers);
    let unanswered = program.catalyst(&["init", "--dir", "other"]);

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let text = fs::read_to_string(program.home().join("etc/settings.yaml")).unwrap();
    for line in [
        "  name: \"ibkr\" ",
        "  account: \"DU7654321\" ",
        "  port: 4002 ",
        "  kind: \"claude\" ",
        "  email: \"me@example.com\"",
    ] {
        assert!(text.contains(&format!("\n{line}")), "{line} in {text}");
    }
    let own = program.home().join("etc/prompts/system.md");
    assert!(
        fs::read_to_string(&own)
            .unwrap()
            .starts_with("You are the trading agent")
    );
    assert!(
        text.contains(&format!("instructions_file: \"{}\"", own.display())),
        "{text}"
    );
    assert_eq!(unanswered.code, Some(2));
    assert!(
        unanswered.err.contains("--yes asks nothing"),
        "{}",
        unanswered.err
    );
    assert!(!program.home().join("other").exists());
}

#[test]
fn a_crontab_is_printed_before_it_is_written_and_written_twice_is_written_once() {
    let program = Program::in_scratch_home();
    let once = installed(&program);

    let mut words = INSTALL.to_vec();
    words.retain(|word| *word != "--write");
    let printed = program.catalyst(&words);
    let again = program.catalyst(&INSTALL);

    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert_eq!(printed.out, once);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert_eq!(crontab(&program), once);
    assert!(once.contains("\nCRON_TZ=Asia/Hong_Kong\n"), "{once}");
    assert!(once.contains("\n0,15,30,45 * * * * /"), "{once}");
    let home = fs::canonicalize(program.home()).unwrap();
    assert!(
        once.contains(&format!("--state {}/kept", home.display())),
        "{once}"
    );
    let variables = program.home().join(VARIABLES);
    assert_eq!(mode(&variables), 0o600);
    let names = fs::read_to_string(&variables).unwrap();
    assert!(names.contains("\nANTHROPIC_API_KEY=\n"), "{names}");
}

#[test]
fn an_installation_leaves_foreign_lines_and_filled_variables_alone() {
    let program = Program::in_scratch_home();
    let block = installed(&program);
    let folder = program.home().join("root/var/spool/cron/crontabs");
    let path = fs::read_dir(folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let foreign = "MAILTO=me\n5 4 * * * backup\n";
    fs::write(&path, foreign).unwrap();
    fs::write(program.home().join(VARIABLES), "DB_USER=me\n").unwrap();

    let install = program.catalyst(&INSTALL);
    let both = crontab(&program);
    let gone = program.catalyst(&["install", "--uninstall", "--write", "--root", "root"]);

    assert_eq!(install.code, Some(0), "{}", install.err);
    assert_eq!(both, format!("{foreign}{block}"));
    assert_eq!(gone.code, Some(0), "{}", gone.err);
    let below = path.strip_prefix(program.home()).unwrap().display();
    assert_eq!(gone.out, format!("removed from {below}:\n{block}"));
    assert_eq!(crontab(&program), foreign);
    let variables = fs::read_to_string(program.home().join(VARIABLES)).unwrap();
    assert_eq!(variables, "DB_USER=me\n");
}

#[test]
fn the_users_own_crontab_goes_through_its_command() {
    let program = Program::in_scratch_home();
    program.file(
        "bin/crontab",
        "#!/bin/sh\ncase $1 in\n-l) [ -f \"$HOME/tab\" ] && cat \"$HOME/tab\" || \
         { echo \"no crontab for me\" >&2; exit 1; } ;;\n-) cat > \"$HOME/tab\" ;;\nesac\n",
    );
    let fake = program.home().join("bin/crontab");
    fs::set_permissions(&fake, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", fake.parent().unwrap().display());
    let program = program.with("PATH", &path);
    program.catalyst(&["init", "--yes"]);

    let install = program.catalyst(&["install", "--write", "--mailto", "me@example.com"]);
    let tab = fs::read_to_string(program.home().join("tab")).unwrap();
    let gone = program.catalyst(&["install", "--write", "--uninstall"]);

    assert_eq!(install.code, Some(0), "{}", install.err);
    assert!(tab.contains("\nMAILTO=me@example.com\n"), "{tab}");
    assert_eq!(gone.code, Some(0), "{}", gone.err);
    assert_eq!(fs::read_to_string(program.home().join("tab")).unwrap(), "");
    program.file("bin/crontab", "#!/bin/sh\necho 'cannot open' >&2; exit 1\n");
    let refused = program.catalyst(&["install", "--write"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("cannot open"), "{}", refused.err);
}

#[test]
fn the_lines_of_the_crontab_run_in_a_bare_environment_and_only_in_their_minute() {
    let program = Program::in_scratch_home();
    let crontab = installed(&program);
    let cycle = command_of(&crontab, "cycle").trim_end_matches(" >/dev/null");

    let due = as_cron(&format!("{cycle} --at {SLOT}"));
    let late = as_cron(&format!("{cycle} --at 2026-09-18T10:31:00+08:00"));
    let guard = command_of(&crontab, "guard").trim_end_matches(" >/dev/null");
    let swept = as_cron(&format!("{guard} --at 2026-09-18T10:35:00+08:00"));
    let holiday = as_cron(&format!("{guard} --at 2026-12-25T10:35:00+08:00"));

    let said = |output: &Output| {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let (code, out, err) = said(&due);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("cycle 20260918-1030.1: done, "), "{out}");
    assert_eq!(said(&late), (Some(0), String::new(), String::new()));
    let (code, out, err) = said(&swept);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("guard g20260918-1035.1: "), "{out}");
    assert_eq!(said(&holiday), (Some(0), String::new(), String::new()));
    assert!(
        program
            .home()
            .join("kept/logs/catalyst-2026-09-18.log")
            .is_file()
    );
}

#[test]
fn variables_come_from_their_file_when_it_is_closed_to_others() {
    let program = Program::in_scratch_home();
    let crontab = installed(&program);
    let variables = program.home().join(VARIABLES);
    fs::write(&variables, "CATALYST__SCHEDULE__SLOTS=14:00\n").unwrap();
    let cycle = command_of(&crontab, "cycle").trim_end_matches(" >/dev/null");

    let other = as_cron(&format!("{cycle} --at {SLOT}"));
    let own = as_cron(&format!("{cycle} --at 2026-09-18T14:00:00+08:00"));
    fs::set_permissions(&variables, fs::Permissions::from_mode(0o644)).unwrap();
    let doctor = program.catalyst(&["doctor", "--env-file", VARIABLES]);

    assert_eq!(other.stdout, b"");
    assert!(own.stdout.starts_with(b"cycle 20260918-1400.1: done, "));
    assert_eq!(doctor.code, Some(2));
    assert!(
        doctor.err.contains("is open to others (mode 644)"),
        "{}",
        doctor.err
    );
}

#[test]
fn a_timer_cannot_start_what_is_no_job_and_install_needs_settings() {
    let program = Program::in_scratch_home();

    let status = program.catalyst(&["status", "--scheduled"]);
    let install = program.catalyst(&["install"]);
    let mail = program.catalyst(&["install", "--mailto", "me\nevil"]);

    assert_eq!(status.code, Some(2));
    assert!(
        status
            .err
            .contains("--scheduled is for the commands that a timer starts")
    );
    assert_eq!(install.code, Some(2));
    assert!(
        install.err.contains("catalyst init writes one"),
        "{}",
        install.err
    );
    assert_eq!(mail.code, Some(2));
}

#[test]
fn timers_of_systemd_stand_in_the_zone_of_the_exchange_and_are_taken_away_again() {
    let program = Program::in_scratch_home();
    program.catalyst(&["init", "--yes", "--dir", "etc"]);
    program.file("root/etc/systemd/system/catalyst-mine.service", "[Unit]\n");
    let mut words = INSTALL.to_vec();
    words.push("--systemd");

    let first = program.catalyst(&words);
    let folder = program.home().join("root/etc/systemd/system");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let (service, timer) = (read("catalyst-guard.service"), read("catalyst-cycle.timer"));
    let second = program.catalyst(&words);

    assert_eq!(
        (first.code, second.code),
        (Some(0), Some(0)),
        "{}",
        first.err
    );
    assert!(
        first
            .out
            .contains("systemctl enable --now catalyst-cycle.timer catalyst-guard.timer")
    );
    assert!(
        timer.contains("\nOnCalendar=Mon..Fri *-*-* 10:00,30:00 Asia/Hong_Kong\n"),
        "{timer}"
    );
    assert!(service.contains("\nProtectSystem=strict\n"), "{service}");
    assert_eq!(
        (service, timer),
        (read("catalyst-guard.service"), read("catalyst-cycle.timer"))
    );
    assert_verified(&folder);
    let gone = program.catalyst(&[
        "install",
        "--systemd",
        "--uninstall",
        "--write",
        "--root",
        "root",
    ]);
    assert_eq!(gone.code, Some(0), "{}", gone.err);
    let left: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|one| one.unwrap().file_name())
        .collect();
    assert_eq!(left, ["catalyst-mine.service"]);
}

/// What systemd itself says of the units, where it is installed.
fn assert_verified(folder: &Path) {
    let units = ["cycle", "guard"].map(|job| folder.join(format!("catalyst-{job}.timer")));
    let verify = Command::new("systemd-analyze")
        .arg("verify")
        .args(units)
        .output();
    if let Ok(verify) = verify {
        let said = String::from_utf8_lossy(&verify.stderr);
        assert!(!said.contains("catalyst-"), "{said}");
    }
}
