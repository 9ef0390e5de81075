//! The dead-man's check as cron runs it: content, or ending with 6 and words.

use std::fs::File;
use std::time::Duration;

use crate::claude::server::{Reply, Server};
use crate::program::{Ended, Program};

fn watch(program: &Program, time: &str) -> Ended {
    let at = format!("2026-09-18T{time}:00+08:00");
    program.catalyst(&["watch", "--at", &at])
}

fn cycle(program: &Program, time: &str) {
    let at = format!("2026-09-18T{time}:00+08:00");
    let ended = program.catalyst(&["cycle", "--at", &at]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

#[test]
fn an_agent_that_never_ran_is_an_alarm_and_no_journal_is_made() {
    let program = Program::in_scratch_home();

    let found = watch(&program, "10:00");

    assert_eq!(found.code, Some(6), "{}", found.err);
    assert!(found.out.starts_with("ALARM never_ran: "), "{}", found.out);
    assert!(
        !program
            .home()
            .join("state/catalyst/journal.sqlite")
            .exists()
    );
}

#[test]
fn a_run_in_time_is_well_and_silence_after_it_is_an_alarm() {
    let program = Program::in_scratch_home();
    cycle(&program, "10:00");

    let well = watch(&program, "10:10");
    assert_eq!(well.code, Some(0), "{}", well.out);
    let words = "all is well: the last run ended at 2026-09-18 10:00:00, \
                 the next is due at 2026-09-18 10:05:00\n";
    assert_eq!(well.out, words);

    let late = watch(&program, "10:16");
    assert_eq!(late.code, Some(6));
    assert!(late.out.starts_with("ALARM overdue: "), "{}", late.out);

    let at = "2026-09-18T10:41:00+08:00";
    let missed = program.catalyst(&["watch", "--at", at, "--json"]);
    assert_eq!(missed.code, Some(6));
    let alarms = missed.json()["alarms"].clone();
    assert_eq!(alarms[0]["kind"], "overdue");
    let slot = "no cycle ended well in the slot of 10:30";
    assert_eq!(alarms[1]["text"], slot, "{}", missed.out);
}

#[test]
fn a_journal_that_does_not_answer_is_an_alarm() {
    let broken = Program::in_scratch_home();
    broken.file(
        "state/catalyst/journal.sqlite",
        "this is no database, whoever says so",
    );
    let away =
        Program::in_scratch_home().with("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");

    for program in [broken, away] {
        let found = watch(&program, "10:00");

        assert_eq!(found.code, Some(6), "{}", found.err);
        assert!(found.out.starts_with("ALARM journal: "), "{}", found.out);
    }
}

#[test]
fn somebody_outside_is_pinged_while_all_is_well_and_only_then() {
    let outside = Server::new(|number, _| match number {
        0 => Reply::ok(""),
        _ => Reply::status(500, ""),
    });
    let url = format!("{}/alive/hunter2", outside.address());
    let program = Program::in_scratch_home().with("CATALYST__WATCH__PING_URL", &url);
    cycle(&program, "10:00");

    let well = watch(&program, "10:10");
    let unheard = watch(&program, "10:11");
    let late = watch(&program, "10:16");

    assert_eq!(well.code, Some(0), "{}", well.err);
    assert_eq!(unheard.code, Some(75), "{}", unheard.err);
    assert!(unheard.err.contains("watch.ping_url"), "{}", unheard.err);
    assert!(!unheard.err.contains("hunter2"), "{}", unheard.err);
    assert_eq!(late.code, Some(6));
    let asked: Vec<String> = outside.asked().into_iter().map(|one| one.path).collect();
    assert_eq!(asked, ["/alive/hunter2", "/alive/hunter2"]);
}

#[test]
fn a_run_that_keeps_the_lock_past_its_end_is_an_alarm_of_the_watch_and_of_every_run_it_keeps_out() {
    let outside = Server::new(|_, _| Reply::ok(""));
    let hook = format!("{}/hook", outside.address());
    let program = Program::in_scratch_home().with("CATALYST__ALERTS__WEBHOOK_URL", &hook);
    cycle(&program, "10:00");
    let path = program.home().join("state/catalyst/catalyst.lock");
    let words = "last taken by process 4711 at 2026-09-18T02:00:00Z for 1080 seconds\n";
    std::fs::write(&path, words).unwrap();
    let holder = File::options().append(true).open(&path).unwrap();
    holder.lock().unwrap();

    let busy = program.catalyst(&["guard", "--at", "2026-09-18T10:05:00+08:00"]);
    let well = watch(&program, "10:06");
    let taken = holder.metadata().unwrap().modified().unwrap() - Duration::from_secs(1081);
    holder.set_modified(taken).unwrap();
    let hung = watch(&program, "10:07");
    let kept_out = program.catalyst(&["guard", "--scheduled", "--at", "2026-09-18T10:10:00+08:00"]);

    assert_eq!(
        (busy.code, well.code),
        (Some(7), Some(0)),
        "{busy:?} {well:?}"
    );
    assert_eq!(
        (hung.code, kept_out.code),
        (Some(6), Some(6)),
        "{kept_out:?}"
    );
    let told = "process 4711 keeps the run lock since 2026-09-18 10:00:00, \
                and a run may for 18 minutes: it hangs";
    assert!(
        hung.out.starts_with(&format!("ALARM hung: {told}\n")),
        "{}",
        hung.out
    );
    assert!(kept_out.err.contains(told), "{}", kept_out.err);
    let sent: Vec<String> = outside.asked().into_iter().map(|one| one.body).collect();
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(sent.iter().all(|body| body.contains(told)), "{sent:?}");
    drop(holder);
    assert_eq!(watch(&program, "10:08").code, Some(0));
}

#[test]
fn the_bounds_of_its_settings_are_told() {
    let program = Program::in_scratch_home().with("CATALYST__WATCH__IDLE_SESSIONS", "0");

    let refused = watch(&program, "10:00");

    assert_eq!(refused.code, Some(2));
    assert!(
        refused.err.contains("watch.idle_sessions"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("1 to 60"), "{}", refused.err);
}

#[test]
fn the_days_that_money_must_last_have_bounds() {
    let program = Program::in_scratch_home().with("CATALYST__WATCH__MONEY_DAYS", "24");

    let refused = watch(&program, "10:00");

    assert_eq!(refused.code, Some(2));
    let told = "watch.money_days is `24`, allowed is a whole number 0 to 23";
    assert!(refused.err.contains(told), "{}", refused.err);
}

#[test]
fn the_doctor_looks_at_calendar_disk_journal_and_the_last_runs() {
    let program = Program::in_scratch_home();
    let doctor = || program.catalyst(&["doctor", "--json"]).json();
    let line = |found: &serde_json::Value, name: &str| -> Vec<String> {
        let lines = found.as_array().unwrap().iter();
        let named = lines.filter(|line| line["name"] == name);
        named
            .map(|line| line["mark"].as_str().unwrap().to_owned())
            .collect()
    };

    let fresh = doctor();
    for name in ["calendar", "schedule", "disk", "halt flag", "journal"] {
        assert_ne!(line(&fresh, name), ["failure"], "{name}: {fresh}");
    }
    cycle(&program, "10:00");
    let later = doctor();
    assert_eq!(line(&later, "journal"), ["ok"], "{later}");
    assert_eq!(line(&later, "last runs")[0], "warning", "{later}");

    program.file("state/catalyst/halt", "nonsense");
    assert_eq!(line(&doctor(), "halt flag"), ["failure"]);
    program.file("state/catalyst/sim-account.json", "garbage");
    assert_eq!(line(&doctor(), "files"), ["failure"]);
    program.file(
        "config/settings.yaml",
        "scan: {universe: nope.csv}\nadvisor: {kind: script:nope}\n",
    );
    assert_eq!(line(&doctor(), "files"), ["failure"; 3]);
    program.file("state/catalyst/journal.sqlite", "no database");
    let broken = program.catalyst(&["doctor"]);
    assert_eq!(broken.code, Some(6));
    assert!(broken.out.contains("FAILURE journal"), "{}", broken.out);
}
