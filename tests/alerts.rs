//! The owner's mailbox, as the built program fills it: at once, with a later run, and exactly once,
//! whatever the mail server does in between.

use std::time::{Duration, Instant};

use catalyst_testkit::smtp::{MailServer, Mood};

use crate::program::{Ended, Program};

/// What a run may lose to a mail server, and what the run itself takes on a busy machine.
const BOUND: Duration = Duration::from_secs(10 + 15);

/// A home whose mail goes to `server`.
fn home(server: &MailServer) -> Program {
    let program = Program::in_scratch_home()
        .with("SMTP_HOST", "127.0.0.1")
        .with("SMTP_PORT", &server.address().port().to_string())
        .with("SMTP_USER", "user")
        .with("SMTP_PASS", "hunter2")
        .with("ALERT_EMAIL", "owner@example.com");
    program.file("ca.pem", server.certificate());
    settings(&program, 5);
    program
}

/// A looser limit than before is something the owner is told about.
fn settings(program: &Program, positions: u32) {
    let text = format!(
        "alerts: {{ca_file: ca.pem, from: agent@example.com}}\nrisk: {{max_positions: {positions}}}\n"
    );
    program.file("config/settings.yaml", &text);
}

fn cycle(program: &Program, time: &str) -> Ended {
    program.catalyst(&["cycle", "--at", &format!("2026-09-18T{time}:00+08:00")])
}

fn guard(program: &Program, time: &str) -> Ended {
    program.catalyst(&["guard", "--at", &format!("2026-09-18T{time}:00+08:00")])
}

/// A first run, and one that has something to tell.
fn told_of_a_looser_limit(program: &Program) -> Ended {
    let first = cycle(program, "10:00");
    assert_eq!(first.code, Some(0), "{}", first.err);
    settings(program, 8);
    let told = cycle(program, "10:30");
    assert_eq!(told.code, Some(0), "{}", told.err);
    told
}

#[test]
fn an_alert_arrives_once_with_severity_cause_run_and_what_to_do() {
    let server = MailServer::start(Mood::Takes);
    let program = home(&server);

    let told = told_of_a_looser_limit(&program);
    guard(&program, "10:31");

    let mails = server.mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    let text = &mails[0].text;
    for part in [
        "Subject: [WARNING] Catalyst HKEX: ",
        "max_positions from 5 to 8",
        "run     20260918-1030.1",
        "2026-09-18 10:30:00, by the clock of the exchange",
        "catalyst status",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(mails[0].private);
    assert!(!format!("{text}{}{}", told.out, told.err).contains("hunter2"));
}

#[test]
fn what_a_server_does_not_take_arrives_with_a_later_run_exactly_once() {
    for mood in [
        Mood::RefusesRecipient,
        Mood::Greylists,
        Mood::HangsAtOnce,
        Mood::HangsAfterData,
        Mood::HangsUp,
        Mood::OffersNoPrivacy,
        Mood::Slow(2_000),
    ] {
        let server = MailServer::start(mood);
        let program = home(&server);

        let begin = Instant::now();
        told_of_a_looser_limit(&program);

        assert!(begin.elapsed() < BOUND, "{mood:?}: {:?}", begin.elapsed());
        assert_eq!(server.mails().len(), 0, "{mood:?}");
        if mood != Mood::Greylists {
            server.turn(Mood::Takes);
        }
        assert_eq!(guard(&program, "10:31").code, Some(0), "{mood:?}");
        assert_eq!(guard(&program, "10:32").code, Some(0), "{mood:?}");
        assert_eq!(server.mails().len(), 1, "{mood:?}");
    }
}

#[test]
fn a_server_that_nobody_vouches_for_gets_nothing() {
    let (server, other) = (
        MailServer::start(Mood::Takes),
        MailServer::start(Mood::Takes),
    );
    let program = home(&server);
    program.file("ca.pem", other.certificate());

    told_of_a_looser_limit(&program);
    assert_eq!(server.mails(), []);

    program.file("ca.pem", server.certificate());
    guard(&program, "10:31");
    assert_eq!(server.mails().len(), 1);
}

#[test]
fn a_server_that_was_down_gets_it_when_it_is_up_again() {
    let server = MailServer::start(Mood::Takes);
    let (address, program) = (server.address(), home(&server));
    drop(server);

    told_of_a_looser_limit(&program);

    let server = MailServer::start_at(address, Mood::Takes);
    program.file("ca.pem", server.certificate());
    guard(&program, "10:31");
    guard(&program, "10:32");
    assert_eq!(server.mails().len(), 1);
}

#[test]
fn the_head_of_the_journal_is_mailed_once_when_the_day_is_over() {
    let server = MailServer::start(Mood::Takes);
    let program = home(&server);
    assert_eq!(cycle(&program, "10:00").code, Some(0));

    for time in ["16:10", "16:15", "16:20"] {
        let ended = guard(&program, time);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
    }

    let mails = server.mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    let text = &mails[0].text;
    assert!(text.contains("day closed 2026-09-18"), "{text}");
    let (_, rest) = text.split_once("verify --head ").unwrap();
    let head: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    let verified = program.catalyst(&["verify", "--head", &head]);
    assert_eq!(verified.code, Some(0), "{} {}", head, verified.err);
}

#[test]
fn without_a_journal_the_owner_hears_once_that_no_run_could_begin() {
    let server = MailServer::start(Mood::Takes);
    let program = home(&server).with(
        "DATABASE_URL",
        "postgres://agent:hunter2@127.0.0.1:1/catalyst",
    );

    for time in ["10:00", "10:01"] {
        let ended = guard(&program, time);
        assert_eq!(ended.code, Some(75), "{}", ended.err);
    }

    let mails = server.mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    let text = &mails[0].text;
    assert!(
        text.contains("[CRITICAL] Catalyst HKEX: no run could begin"),
        "{text}"
    );
    assert!(
        text.contains("unavailable") && !text.contains("hunter2"),
        "{text}"
    );
}

#[test]
fn the_doctor_tries_the_way_and_sends_only_when_asked() {
    let server = MailServer::start(Mood::Takes);
    let program = home(&server);

    let looked = program.catalyst(&["doctor"]);
    assert!(
        looked.out.contains("the login is accepted"),
        "{}",
        looked.out
    );
    assert_eq!(server.mails(), []);

    let sent = program.catalyst(&["doctor", "--send-test-mail"]);
    assert_eq!(sent.code, Some(0), "{}", sent.out);
    assert!(server.mails()[0].text.contains("a test of this channel"));

    server.turn(Mood::RefusesLogin);
    let refused = program.catalyst(&["doctor"]);
    assert_eq!(refused.code, Some(6), "{}", refused.out);
    assert!(refused.out.contains("no such login"), "{}", refused.out);

    let bare = Program::in_scratch_home().catalyst(&["doctor"]);
    assert!(
        bare.out.contains("alerts go to standard error"),
        "{}",
        bare.out
    );
}
