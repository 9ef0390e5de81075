//! The ways to the owner: configured, reachable, private, login accepted; and a mail to see it arrive.

use catalyst_app::chain;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::notifier::{Alert, Notifier};
use catalyst_ports::tool::Severity;

use super::check::Check;
use crate::commands::real_now;
use crate::compose;
use crate::settings::AlertSettings;

/// Whether a message is sent, or the way only tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trial {
    /// Up to the login.
    Look,
    /// One message.
    Send,
}

/// Lines `mail` and `webhook`.
pub(super) async fn look(settings: &AlertSettings, rules: &Rulebook, trial: Trial) -> Vec<Check> {
    let mut checks = vec![mail(settings, rules, trial).await];
    checks.extend(webhook(settings, trial).await);
    checks
}

async fn mail(settings: &AlertSettings, rules: &Rulebook, trial: Trial) -> Check {
    let (mail, address) = match (compose::mail(settings, rules), &settings.mail) {
        (Err(error), _) => {
            return Check::failure(
                "mail",
                chain(&error),
                "mend the section alerts of the settings",
            );
        }
        (Ok(Some(mail)), Some(place)) => (mail, format!("{}:{}", place.host, place.port)),
        (Ok(_), _) => return unconfigured(settings),
    };
    match trial {
        Trial::Look => match mail.check().await {
            Ok(()) => Check::ok("mail", format!("{address}, the login is accepted")),
            Err(error) => Check::failure("mail", format!("{address}: {}", chain(&error)), REMEDY),
        },
        Trial::Send => sent("mail", &address, mail.as_ref()).await,
    }
}

const REMEDY: &str =
    "compare SMTP_HOST, SMTP_PORT, SMTP_USER and SMTP_PASS with what the mail provider says";

fn unconfigured(settings: &AlertSettings) -> Check {
    let found = settings.missing.map_or(
        "none is set up: alerts go to standard error, which cron mails",
        |idle| idle.instead,
    );
    let remedy = "set ALERT_EMAIL, SMTP_HOST, SMTP_USER and SMTP_PASS, see docs/alerts.md";
    Check::warning("mail", found, remedy)
}

/// A hook can be tried only by using it.
async fn webhook(settings: &AlertSettings, trial: Trial) -> Option<Check> {
    match compose::webhook(settings) {
        Err(error) => {
            let remedy = "mend alerts.webhook_url";
            Some(Check::failure("webhook", chain(&error), remedy))
        }
        Ok(None) => None,
        Ok(Some(hook)) => Some(match trial {
            Trial::Look => Check::ok("webhook", "set up; --send-test-mail tries it"),
            Trial::Send => sent("webhook", "the hook", hook.as_ref()).await,
        }),
    }
}

async fn sent(name: &'static str, address: &str, way: &dyn Notifier) -> Check {
    let alert = Alert {
        severity: Severity::Info,
        subject: "a test of this channel".to_owned(),
        message: "`catalyst doctor --send-test-mail` sent this; alerts will arrive the same way"
            .to_owned(),
        run: None,
        at: real_now(),
    };
    match way.notify(&alert).await {
        Ok(()) => Check::ok(
            name,
            format!("{address} took a test message: look whether it arrives"),
        ),
        Err(failure) => Check::failure(name, format!("{address}: {}", chain(&failure)), REMEDY),
    }
}
