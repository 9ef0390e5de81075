//! The web hook: an alert as a JSON document at an address of the owner's, for a pager or a chat room.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use catalyst_ports::notifier::{Alert, Notifier, Undelivered};
use reqwest::{Client, StatusCode, Url};
use secrecy::SecretString;
use serde::Serialize;
use thiserror::Error;

use crate::config::SetupError;
use crate::web::{address, client};
use crate::words::subject_of;

/// The owner's web hook. Its address is often the only secret it has.
pub struct Webhook {
    client: Client,
    url: Url,
}

/// Why the hook did not take an alert; without its address.
#[derive(Debug, Error)]
enum HookError {
    #[error("the web hook does not answer")]
    Silent(#[source] reqwest::Error),
    #[error("the web hook answered {0}")]
    Refused(StatusCode),
    #[error("the alert has no JSON form")]
    Unwritten(#[from] serde_json::Error),
}

/// What is posted.
#[derive(Debug, Serialize)]
struct Posted<'a> {
    /// All in one line, under the name that chat rooms read.
    text: String,
    severity: &'static str,
    subject: &'a str,
    message: &'a str,
    run: Option<String>,
    at: String,
}

impl Webhook {
    /// A hook at `url`: https, or http to this machine. `timeout` bounds one alert.
    ///
    /// # Errors
    ///
    /// Another address, or no client.
    pub fn new(url: &SecretString, timeout: Duration) -> Result<Self, SetupError> {
        Ok(Self {
            url: address(url)?,
            client: client(timeout)?,
        })
    }

    async fn post(&self, alert: &Alert) -> Result<(), HookError> {
        let posted = Posted {
            text: format!("{}: {}", subject_of(alert), alert.message),
            severity: alert.severity.as_str(),
            subject: &alert.subject,
            message: &alert.message,
            run: alert.run.map(|run| run.to_string()),
            at: alert.at.to_rfc3339(),
        };
        let asked = self
            .client
            .post(self.url.clone())
            .header("content-type", "application/json")
            .body(serde_json::to_vec(&posted)?);
        let answer = asked.send().await;
        let answer = answer.map_err(|error| HookError::Silent(error.without_url()))?;
        if answer.status().is_success() {
            Ok(())
        } else {
            Err(HookError::Refused(answer.status()))
        }
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}

#[async_trait]
impl Notifier for Webhook {
    async fn notify(&self, alert: &Alert) -> Result<(), Undelivered> {
        self.post(alert).await.map_err(|error| Undelivered {
            source: error.into(),
        })
    }
}
