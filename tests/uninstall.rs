//! What `install` takes away again, where it writes below a root, what it warns of, and how it names what it
//! cannot touch.

use crate::install::{INSTALL, VARIABLES, installed};
use crate::program::Program;

#[test]
fn what_is_taken_away_is_named_and_so_is_nothing() {
    let program = Program::in_scratch_home();
    installed(&program);
    let uninstall = |more: &[&str]| {
        let words = ["install", "--uninstall", "--root", "root"];
        let ended = program.catalyst(&[&words, more].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        ended.out
    };

    let would = uninstall(&[]);
    let done = uninstall(&["--write"]);
    let again = uninstall(&["--write"]);
    let timers = uninstall(&["--write", "--systemd"]);

    assert!(
        would.starts_with("--write would remove from root/var/spool/"),
        "{would}"
    );
    assert!(done.starts_with("removed from root/var/spool/"), "{done}");
    assert!(
        again.starts_with("nothing of catalyst is in root/var/spool/"),
        "{again}"
    );
    assert_eq!(
        timers,
        "nothing of catalyst is in root/etc/systemd/system\n"
    );
}

#[test]
fn below_a_root_nothing_is_written_beside_the_settings_and_a_bad_root_is_named() {
    let program = Program::in_scratch_home();
    program.file("file", "");
    installed(&program);

    let refused = |more: &[&str]| {
        let words = [
            "install",
            "--write",
            "--root",
            "file",
            "--settings",
            "etc/settings.yaml",
        ];
        let ended = program.catalyst(&[&words, more].concat());
        assert_eq!(ended.code, Some(1), "{}", ended.err);
        ended.err
    };
    let (cron, timers) = (refused(&[]), refused(&["--systemd"]));

    assert!(program.home().join(VARIABLES).is_file());
    assert!(!program.home().join("etc/catalyst.env").exists());
    for told in [cron, timers] {
        assert!(
            told.contains("file/etc/catalyst/catalyst.env cannot be written"),
            "{told}"
        );
    }
}

#[test]
fn either_way_to_start_runs_warns_of_the_other_and_names_what_takes_it_away() {
    let program = Program::in_scratch_home();
    installed(&program);
    let mut systemd = INSTALL.to_vec();
    systemd.push("--systemd");

    let timers = program.catalyst(&systemd);
    let lines = program.catalyst(&INSTALL);
    let gone = lines
        .err
        .split('`')
        .nth(1)
        .unwrap()
        .replace("catalyst ", "");
    let gone = program.catalyst(&gone.split(' ').collect::<Vec<_>>());
    let alone = program.catalyst(&INSTALL);

    let told = "too, and each run would be started twice; `catalyst install --root root --uninstall --write` takes";
    assert!(
        timers
            .err
            .starts_with("warning: lines of catalyst are in root/var/spool/"),
        "{timers:?}"
    );
    assert!(timers.err.contains(told), "{}", timers.err);
    assert!(
        lines
            .err
            .starts_with("warning: timers of catalyst are in root/etc/systemd/system too, "),
        "{lines:?}"
    );
    assert_eq!(
        (timers.code, lines.code, gone.code),
        (Some(0), Some(0), Some(0))
    );
    assert!(
        gone.out.starts_with("removed from root/etc/systemd"),
        "{gone:?}"
    );
    assert_eq!(alone.err, "");
}
