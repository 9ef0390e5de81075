//! What `install` takes away again, where it writes below a root, and how it names what it cannot touch.

use crate::install::{VARIABLES, installed};
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
