//! Mail over a real server on this machine, behaving and misbehaving.
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made has to stop the test"
)]

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use catalyst_adapters_mail::config::{Login, MailConfig, Privacy, SetupError};
use catalyst_adapters_mail::mail::Mail;
use catalyst_domain::calendar::TradingCalendar;
use catalyst_ports::letter::{Letter, Post as _};
use catalyst_ports::notifier::{Alert, Notifier as _, Undelivered};
use catalyst_ports::tool::Severity;
use catalyst_testkit::smtp::{MailServer, Mood};

fn config(server: &MailServer) -> MailConfig {
    MailConfig {
        host: "127.0.0.1".to_owned(),
        port: server.address().port(),
        privacy: Privacy::StartTls,
        login: Some(Login {
            user: "user".to_owned(),
            password: "secret".into(),
        }),
        from: "Catalyst <agent@example.com>".to_owned(),
        to: vec![
            "owner@example.com".to_owned(),
            "deputy@example.com".to_owned(),
        ],
        authority: Some(server.certificate().into()),
        timeout: Duration::from_millis(1_500),
        calendar: Arc::new(TradingCalendar::hkex().unwrap()),
    }
}

fn alert() -> Alert {
    Alert {
        severity: Severity::Critical,
        subject: "stop lost\r\nBcc: thief@evil.example".to_owned(),
        message: "300 shares of 00700 have no stop, naïve 停牌".to_owned(),
        run: Some("g20260914-1031.1".parse().unwrap()),
        at: "2026-09-14T02:31:05Z".parse().unwrap(),
    }
}

async fn told(server: &MailServer) -> Result<(), Undelivered> {
    Mail::new(config(server)).unwrap().notify(&alert()).await
}

fn causes(failure: &Undelivered) -> String {
    let mut text = String::new();
    let mut behind: Option<&(dyn Error + 'static)> = Some(failure.source.as_ref());
    while let Some(cause) = behind {
        text = format!("{text}: {cause}");
        behind = cause.source();
    }
    text
}

#[tokio::test]
async fn an_alert_arrives_over_a_private_line_with_its_severity_in_the_subject() {
    let server = MailServer::start(Mood::Takes);

    told(&server).await.unwrap();

    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].private);
    assert_eq!(mails[0].login.as_deref(), Some("AHVzZXIAc2VjcmV0"));
    assert_eq!(mails[0].to, ["owner@example.com", "deputy@example.com"]);
    let (header, body) = mails[0].text.split_once("\n\n").unwrap();
    assert!(
        header.contains("Subject: [CRITICAL] Catalyst HKEX: stop lost"),
        "{header}"
    );
    assert!(!header.contains("\nBcc:"), "{header}");
    assert!(header.contains("charset=utf-8"), "{header}");
    assert!(!body.is_empty());
}

#[tokio::test]
async fn a_letter_has_a_text_that_stands_alone_beside_its_page() {
    let server = MailServer::start(Mood::Takes);
    let letter = Letter {
        subject: "the day".to_owned(),
        text: "flat".to_owned(),
        html: Some("<p>flat</p>".to_owned()),
    };

    Mail::new(config(&server))
        .unwrap()
        .send(&letter)
        .await
        .unwrap();

    let text = &server.mails()[0].text;
    assert!(text.contains("multipart/mixed"), "{text}");
    let attached = "Content-Disposition: attachment; filename=\"report.html\"";
    assert!(text.contains(attached), "{text}");
    assert!(
        text.contains("\nflat\n") && text.contains("<p>flat</p>"),
        "{text}"
    );
}

#[tokio::test]
async fn each_way_to_fail_is_told_in_time_and_nothing_is_taken() {
    for (mood, words) in [
        (Mood::RefusesRecipient, "no such mailbox"),
        (Mood::RefusesLogin, "no such login"),
        (Mood::Greylists, "come back later"),
        (Mood::HangsAtOnce, "did not answer within 1.5 seconds"),
        (Mood::HangsAfterData, "did not answer within 1.5 seconds"),
        (Mood::HangsUp, "did not take it"),
        (Mood::Slow(700), "did not answer within 1.5 seconds"),
        (Mood::OffersNoPrivacy, "STARTTLS"),
    ] {
        let server = MailServer::start(mood);

        let failure = tokio::time::timeout(Duration::from_secs(4), told(&server))
            .await
            .unwrap()
            .unwrap_err();

        assert!(
            causes(&failure).contains(words),
            "{mood:?}: {}",
            causes(&failure)
        );
        assert_eq!(server.mails(), [], "{mood:?}");
    }
}

#[tokio::test]
async fn a_greylisting_server_takes_it_the_second_time() {
    let server = MailServer::start(Mood::Greylists);
    let mail = Mail::new(MailConfig {
        to: vec!["owner@example.com".to_owned()],
        ..config(&server)
    });
    let mail = mail.unwrap();

    let first = mail.notify(&alert()).await;
    let second = mail.notify(&alert()).await;

    assert!(first.is_err() && second.is_ok(), "{first:?} {second:?}");
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_gets_neither_login_nor_mail() {
    let (server, other) = (
        MailServer::start(Mood::Takes),
        MailServer::start(Mood::Takes),
    );
    let mail = Mail::new(MailConfig {
        authority: Some(other.certificate().into()),
        ..config(&server)
    });

    let failure = mail.unwrap().notify(&alert()).await.unwrap_err();

    let causes = causes(&failure).to_lowercase();
    assert!(causes.contains("certificate"), "{causes}");
    assert_eq!(server.mails(), []);
}

#[tokio::test]
async fn a_check_logs_in_and_sends_nothing() {
    let server = MailServer::start(Mood::Takes);
    let mail = Mail::new(config(&server)).unwrap();

    mail.check().await.unwrap();
    assert_eq!(server.mails(), []);

    server.turn(Mood::RefusesLogin);
    let failure = mail.check().await.unwrap_err();
    assert!(
        failure
            .source()
            .unwrap()
            .to_string()
            .contains("no such login"),
        "{failure:?}"
    );
}

#[test]
fn nothing_goes_in_the_clear_to_another_machine_and_nothing_secret_is_printed() {
    let server = MailServer::start(Mood::Takes);
    let clear = |host: &str| MailConfig {
        host: host.to_owned(),
        privacy: Privacy::None,
        ..config(&server)
    };

    let refused = Mail::new(clear("mail.example.com"));
    assert!(
        matches!(refused, Err(SetupError::InTheClear { .. })),
        "{refused:?}"
    );
    Mail::new(clear("127.0.0.1")).unwrap();

    let shown = format!("{:?} {:?}", config(&server), Mail::new(config(&server)));
    assert!(!shown.contains("secret"), "{shown}");
}
