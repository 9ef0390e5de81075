//! How the owner is told: his mailbox and his web hook where the settings have them, else standard
//! error, which cron mails; and the outbox beside the journal.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use catalyst_adapters_mail::channels::{Channel, Channels, PATIENCE};
use catalyst_adapters_mail::config::{Login, MailConfig, Privacy};
use catalyst_adapters_mail::outbox::FileOutbox;
use catalyst_adapters_mail::ping::Ping;
use catalyst_adapters_mail::webhook::Webhook;
use catalyst_app::chain;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::letter::Post;
use catalyst_ports::notifier::{Notifier, Outbox};
use tracing::error;

use super::ComposeError;
use crate::alarm::StandardError;
use crate::settings::{AlertSettings, Hidden, MailPrivacy, MailSettings};

pub(crate) use catalyst_adapters_mail::mail::Mail;

/// How long a letter may take: no position waits for it, and its page may be megabytes.
const LETTER_PATIENCE: Duration = Duration::from_mins(1);

/// The ways to the owner.
pub(crate) struct Telling {
    pub(crate) notifier: Arc<dyn Notifier>,
    pub(crate) outbox: Arc<dyn Outbox>,
    /// Whether there is a way that leaves this machine's terminal.
    pub(crate) has_channel: bool,
}

/// The ways that the settings describe, with the outbox in `state`. Nothing is connected yet. A way that
/// cannot be taken, because its certificate is missing for example, keeps no run from protecting.
pub(crate) fn telling(settings: &AlertSettings, rules: &Rulebook, state: &Path) -> Telling {
    let mut list = Vec::new();
    for (name, way) in [
        (
            "mail",
            mail(settings, rules).map(|mail| mail.map(as_notifier)),
        ),
        (
            "webhook",
            webhook(settings).map(|hook| hook.map(as_notifier)),
        ),
    ] {
        match way {
            Ok(Some(notifier)) => list.push(Channel { name, notifier }),
            Ok(None) => {}
            Err(error) => error!(name, cause = chain(&error), "alerts do not go this way"),
        }
    }
    let has_channel = !list.is_empty();
    let notifier: Arc<dyn Notifier> = if has_channel {
        Arc::new(Channels::new(list, PATIENCE))
    } else {
        Arc::new(StandardError)
    };
    Telling {
        notifier,
        outbox: Arc::new(FileOutbox::at(state.join("alerts.outbox.jsonl"))),
        has_channel,
    }
}

fn as_notifier<N: Notifier + 'static>(way: Arc<N>) -> Arc<dyn Notifier> {
    way
}

/// The owner's mailbox for alerts; `None` where the settings have none.
pub(crate) fn mail(
    settings: &AlertSettings,
    rules: &Rulebook,
) -> Result<Option<Arc<Mail>>, ComposeError> {
    let Some(mail) = &settings.mail else {
        return Ok(None);
    };
    let config = mail_config(mail, rules, PATIENCE.each)?;
    Ok(Some(Arc::new(Mail::new(config)?)))
}

/// The owner's mailbox for letters; `None` where the settings have none.
pub(crate) fn letters(
    settings: &AlertSettings,
    rules: &Rulebook,
) -> Result<Option<Arc<dyn Post>>, ComposeError> {
    let Some(mail) = &settings.mail else {
        return Ok(None);
    };
    let config = mail_config(mail, rules, LETTER_PATIENCE)?;
    Ok(Some(Arc::new(Mail::new(config)?)))
}

/// Who outside waits for a sign of life at this address.
pub(crate) fn ping(url: &Hidden) -> Result<Ping, ComposeError> {
    Ok(Ping::new(&url.0, PATIENCE.each)?)
}

/// The owner's web hook; `None` where the settings have none.
pub(crate) fn webhook(settings: &AlertSettings) -> Result<Option<Arc<Webhook>>, ComposeError> {
    let Some(url) = &settings.webhook else {
        return Ok(None);
    };
    Ok(Some(Arc::new(Webhook::new(&url.0, PATIENCE.each)?)))
}

fn mail_config(
    mail: &MailSettings,
    rules: &Rulebook,
    timeout: Duration,
) -> Result<MailConfig, ComposeError> {
    let authority = mail.ca_file.as_ref().map(|path| {
        std::fs::read(path).map_err(|source| ComposeError::File {
            path: path.clone(),
            source,
        })
    });
    Ok(MailConfig {
        host: mail.host.clone(),
        port: mail.port,
        privacy: match mail.privacy {
            MailPrivacy::StartTls => Privacy::StartTls,
            MailPrivacy::Implicit => Privacy::Implicit,
            MailPrivacy::None => Privacy::None,
        },
        login: mail.login.as_ref().map(|(user, password)| Login {
            user: user.clone(),
            password: password.0.clone(),
        }),
        from: mail.from.clone(),
        to: mail.to.clone(),
        authority: authority.transpose()?,
        timeout,
        calendar: Arc::new(rules.calendar.clone()),
    })
}
