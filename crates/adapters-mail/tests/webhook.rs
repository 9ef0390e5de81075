//! The web hook, at a stand-in on this machine.
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made has to stop the test"
)]

use std::time::Duration;

use catalyst_adapters_mail::webhook::Webhook;
use catalyst_ports::notifier::{Alert, Notifier as _};
use catalyst_ports::tool::Severity;
use wiremock::matchers::{body_string_contains, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn alert() -> Alert {
    Alert {
        severity: Severity::Warning,
        subject: "feed doubted".to_owned(),
        message: "quotes stand still".to_owned(),
        run: Some("20260914-1030.1".parse().unwrap()),
        at: "2026-09-14T02:31:05Z".parse().unwrap(),
    }
}

fn hook(url: &str) -> Webhook {
    Webhook::new(&url.into(), Duration::from_secs(1)).unwrap()
}

#[tokio::test]
async fn an_alert_is_posted_as_json() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/hook"))
        .and(header("content-type", "application/json"))
        .and(body_string_contains(
            r#""severity":"warning","subject":"feed doubted","message":"quotes stand still","run":"20260914-1030.1""#,
        ))
        .respond_with(ResponseTemplate::new(204))
        .expect(1)
        .mount(&server)
        .await;

    let told = hook(&format!("{}/hook", server.uri()))
        .notify(&alert())
        .await;

    assert!(told.is_ok(), "{told:?}");
}

#[tokio::test]
async fn a_refusal_a_redirect_and_a_silence_are_told_without_the_address() {
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(30));
    let away = ResponseTemplate::new(302).insert_header("location", "https://evil.example/");
    for (answer, words) in [
        (ResponseTemplate::new(500), "the web hook answered 500"),
        (away, "the web hook answered 302"),
        (slow, "the web hook does not answer"),
    ] {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .respond_with(answer)
            .mount(&server)
            .await;

        let failure = hook(&format!("{}/secret-path", server.uri()))
            .notify(&alert())
            .await;

        let failure = failure.unwrap_err();
        assert!(failure.source.to_string().starts_with(words), "{failure:?}");
        assert!(
            !format!("{failure:?}").contains("secret-path"),
            "{failure:?}"
        );
    }
}

#[test]
fn only_https_or_this_machine_will_do() {
    for url in [
        "http://example.com/x",
        "ftp://localhost/",
        "no address",
        "https://",
    ] {
        let refused = Webhook::new(&url.into(), Duration::from_secs(1));
        assert!(refused.is_err(), "{url}");
    }
    let shown = format!("{:?}", hook("https://example.com/secret-path"));
    assert!(!shown.contains("secret"), "{shown}");
}
