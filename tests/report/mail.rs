//! The report by mail, over a server that takes it and one that does not.

use catalyst_testkit::smtp::{MailServer, Mood};

use super::day::played;
use crate::program::Program;

const MAIL: [&str; 6] = ["report", "--journal", "j", "--date", "2026-09-14", "--mail"];

/// The variables of a mailbox at `server`.
fn at(server: &MailServer, program: Program) -> Program {
    program.file("ca.pem", server.certificate());
    program.file("config/settings.yaml", "alerts: {ca_file: ca.pem}\n");
    program
        .with("SMTP_HOST", "127.0.0.1")
        .with("SMTP_PORT", &server.address().port().to_string())
        .with("SMTP_USER", "agent@example.com")
        .with("SMTP_PASS", "hunter2")
        .with("ALERT_EMAIL", "owner@example.com")
}

#[test]
fn a_report_goes_out_as_text_with_its_page_as_a_file_once_for_each_command() {
    let server = MailServer::start(Mood::Takes);
    let program = at(&server, played());

    let sent = program.catalyst(&MAIL);

    assert_eq!(sent.code, Some(0), "{}", sent.err);
    let mails = server.mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    let text = &mails[0].text;
    let first = sent.out.lines().next().unwrap();
    for part in [
        "Subject: Catalyst HKEX: report of 2026-09-14",
        "filename=\"report.html\"",
        first,
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(mails[0].private);
}

#[test]
fn a_server_that_takes_nothing_is_try_later_and_the_report_is_printed() {
    let server = MailServer::start(Mood::RefusesRecipient);
    let program = at(&server, played());

    let failed = program.catalyst(&MAIL);

    assert_eq!(failed.code, Some(75), "{}", failed.err);
    assert!(failed.err.contains("no such mailbox"), "{}", failed.err);
    assert!(
        failed.out.contains("report of 2026-09-14"),
        "{}",
        failed.out
    );
}

#[test]
fn without_a_mailbox_what_is_missing_is_told_and_nothing_is_printed() {
    let program = Program::in_scratch_home();

    let bare = program.catalyst(&["report", "--mail"]);
    let half = program
        .with("ALERT_EMAIL", "owner@example.com")
        .catalyst(&["report", "--mail"]);

    assert_eq!(
        (bare.code, bare.out.as_str()),
        (Some(2), ""),
        "{}",
        bare.err
    );
    assert!(bare.err.contains("no mail is set up"), "{}", bare.err);
    assert!(bare.err.contains("SMTP_PASS"), "{}", bare.err);
    assert_eq!(half.code, Some(2), "{}", half.err);
    assert!(
        half.err.contains("mail needs alerts.smtp_host"),
        "{}",
        half.err
    );
}
