//! How the owner is told: his mailbox, his web hook, and how often.

use std::path::PathBuf;

use secrecy::SecretString;

use super::database::Hidden;
use super::problem::SettingsError;
use super::raw::RawSettings;
use super::warning::IdleKey;

/// The port where a mail server takes mail from programs, and the one that is private at once.
const PORT: u16 = 587;
const PRIVATE_PORT: u16 = 465;

/// How the line to the mail server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MailPrivacy {
    /// Before anything is said.
    StartTls,
    /// From the first byte.
    Implicit,
    /// Not at all; only to this machine.
    None,
}

/// The owner's mailbox and the way to it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct MailSettings {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) privacy: MailPrivacy,
    pub(crate) login: Option<(String, Hidden)>,
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) ca_file: Option<PathBuf>,
}

/// No address of a person.
impl std::fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

/// Section `alerts`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AlertSettings {
    /// `None` where no mail is sent.
    pub(crate) mail: Option<MailSettings>,
    /// What is given for mail and has no effect, with what is missing to it.
    pub(crate) missing: Option<IdleKey>,
    /// The address of the web hook, which is a secret.
    pub(crate) webhook: Option<Hidden>,
    /// Minutes in which the same words are sent once.
    pub(crate) repeat_minutes: u32,
    /// Messages in an hour.
    pub(crate) max_per_hour: u32,
}

pub(super) fn read(raw: &RawSettings<'_>) -> Result<AlertSettings, SettingsError> {
    let to = raw.given("alerts.email")?;
    let host = raw.given("alerts.smtp_host")?;
    let privacy = privacy(raw)?;
    let port = port(raw)?;
    let login = login(raw)?;
    let from = raw.optional("alerts.from", "a mail address")?;
    let ca_file = raw.optional("alerts.ca_file", "a file")?.map(PathBuf::from);
    let is_near = host
        .as_deref()
        .is_some_and(|host| ["localhost", "127.0.0.1", "::1"].contains(&host));
    let idle = |key, instead| Some(IdleKey { key, instead });
    let (mail, missing) = match (to, host) {
        (Some(to), Some(host)) if login.is_some() || is_near => {
            let to = recipients(&to)?;
            let user = login.as_ref().map(|(user, _)| user.clone());
            let from = from.or(user.filter(|user| user.contains('@')));
            let first = to.first().cloned();
            let mail = MailSettings {
                from: from.or(first).unwrap_or_else(String::new),
                privacy: privacy.unwrap_or(if port == PRIVATE_PORT {
                    MailPrivacy::Implicit
                } else {
                    MailPrivacy::StartTls
                }),
                host,
                port,
                login,
                to,
                ca_file,
            };
            (Some(mail), None)
        }
        (Some(_), Some(_)) => {
            let needs = "mail needs SMTP_USER and SMTP_PASS";
            (None, idle("alerts.email", needs))
        }
        (Some(_), None) => {
            let needs = "mail needs alerts.smtp_host or SMTP_HOST";
            (None, idle("alerts.email", needs))
        }
        (None, Some(_)) => {
            let needs = "mail needs alerts.email or ALERT_EMAIL";
            (None, idle("alerts.smtp_host", needs))
        }
        (None, None) => (None, None),
    };
    let webhook = raw.optional("alerts.webhook_url", "a web address")?;
    Ok(AlertSettings {
        mail,
        missing,
        webhook: webhook.map(|url| Hidden(SecretString::from(url))),
        repeat_minutes: raw.whole("alerts.repeat_minutes", 1..=1_440)?,
        max_per_hour: raw.whole("alerts.max_per_hour", 1..=600)?,
    })
}

fn privacy(raw: &RawSettings<'_>) -> Result<Option<MailPrivacy>, SettingsError> {
    if !raw.has("alerts.smtp_tls") {
        return Ok(None);
    }
    let words = [
        ("starttls", MailPrivacy::StartTls),
        ("implicit", MailPrivacy::Implicit),
        ("none", MailPrivacy::None),
    ];
    raw.word("alerts.smtp_tls", &words).map(Some)
}

fn port(raw: &RawSettings<'_>) -> Result<u16, SettingsError> {
    let key = "alerts.smtp_port";
    let Some(text) = raw.given(key)? else {
        return Ok(PORT);
    };
    let port = text.trim().parse().ok().filter(|port| *port > 0);
    port.ok_or_else(|| SettingsError::value(key, &text, "a port 1 to 65535"))
}

/// Name and password, which are variables only.
fn login(raw: &RawSettings<'_>) -> Result<Option<(String, Hidden)>, SettingsError> {
    let given = |name| -> Result<Option<&str>, SettingsError> {
        Ok(raw.variable(name)?.filter(|text| !text.is_empty()))
    };
    let (user, password) = (given("SMTP_USER")?, given("SMTP_PASS")?);
    let both = user.zip(password);
    Ok(both.map(|(user, password)| (user.to_owned(), Hidden(SecretString::from(password)))))
}

/// One address or several with commas between.
fn recipients(text: &str) -> Result<Vec<String>, SettingsError> {
    let list: Vec<String> = text.split(',').map(|one| one.trim().to_owned()).collect();
    if list.iter().all(|one| one.contains('@')) {
        Ok(list)
    } else {
        let allowed = "a mail address, or several with commas between";
        Err(SettingsError::value("alerts.email", text, allowed))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use catalyst_domain::calendar::TradingCalendar;

    use super::MailPrivacy;
    use crate::settings::load::{merged, typed};
    use crate::settings::{Environment, Settings, SettingsError};

    const LOGIN: [(&str, &str); 2] = [("SMTP_USER", "me@example.com"), ("SMTP_PASS", "hunter2")];

    fn loaded(alerts: &str, variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let environment = Environment::of(variables);
        let file = Some((PathBuf::from("owner.yaml"), format!("alerts: {alerts}")));
        let calendar = TradingCalendar::hkex().unwrap();
        typed(&merged(file.as_ref(), &environment)?, &calendar)
    }

    #[test]
    fn the_owners_section_and_variables_make_a_mailbox() {
        let text = "{email: \"a@example.com, b@example.com\", smtp_host: smtp.example.com}";

        let settings = loaded(text, &LOGIN).unwrap();

        let mail = settings.alerts.mail.clone().unwrap();
        assert_eq!(mail.to, ["a@example.com", "b@example.com"]);
        assert_eq!(mail.from, "me@example.com");
        assert_eq!((mail.port, mail.privacy), (587, MailPrivacy::StartTls));
        assert_eq!(settings.idle, []);
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn variables_alone_are_enough_and_port_465_is_private_at_once() {
        let mut variables = LOGIN.to_vec();
        variables.extend([
            ("SMTP_HOST", "smtp.example.com"),
            ("SMTP_PORT", "465"),
            ("ALERT_EMAIL", "a@example.com"),
        ]);

        let mail = loaded("{}", &variables).unwrap().alerts.mail.unwrap();

        assert_eq!(mail.host, "smtp.example.com");
        assert_eq!((mail.port, mail.privacy), (465, MailPrivacy::Implicit));
    }

    #[test]
    fn half_a_mailbox_is_none_and_says_what_is_missing() {
        for (text, variables, missing) in [
            (
                "{email: a@example.com, smtp_host: h}",
                &[][..],
                "SMTP_USER and SMTP_PASS",
            ),
            (
                "{email: a@example.com, smtp_host: h}",
                &LOGIN[..1],
                "SMTP_USER and SMTP_PASS",
            ),
            (
                "{email: a@example.com}",
                &LOGIN[..],
                "alerts.smtp_host or SMTP_HOST",
            ),
            ("{smtp_host: h}", &LOGIN[..], "alerts.email or ALERT_EMAIL"),
        ] {
            let settings = loaded(text, variables).unwrap();

            assert_eq!(settings.alerts.mail, None);
            let idle = if text.contains("email") {
                "alerts.email"
            } else {
                "alerts.smtp_host"
            };
            let told = format!("{idle} has no effect: mail needs {missing}");
            assert_eq!(settings.idle[0].to_string(), told);
        }
        assert_eq!(loaded("{}", &LOGIN).unwrap().idle, []);
    }

    #[test]
    fn how_alerts_are_sent_decides_no_trade() {
        let other = loaded(
            "{repeat_minutes: 5, webhook_url: \"https://x.example/${K}\"}",
            &[("K", "hunter2")],
        );

        let other = other.unwrap();

        assert_eq!(other.hash(), loaded("{}", &[]).unwrap().hash());
        assert!(!format!("{other:?}").contains("hunter2"));
    }

    #[test]
    fn nonsense_is_told_by_its_key() {
        for (text, told) in [
            (
                "{email: nobody, smtp_host: localhost}",
                "alerts.email is `nobody`, allowed is a mail address, or several with commas between",
            ),
            (
                "{smtp_port: 0}",
                "alerts.smtp_port is `0`, allowed is a port 1 to 65535",
            ),
            (
                "{smtp_tls: maybe}",
                "alerts.smtp_tls is `maybe`, allowed is starttls, implicit, none",
            ),
            (
                "{repeat_minutes: 0}",
                "alerts.repeat_minutes is `0`, allowed is a whole number 1 to 1440",
            ),
            (
                "{max_per_hour: 601}",
                "alerts.max_per_hour is `601`, allowed is a whole number 1 to 600",
            ),
        ] {
            assert_eq!(loaded(text, &[]).unwrap_err().to_string(), told);
        }
    }
}
