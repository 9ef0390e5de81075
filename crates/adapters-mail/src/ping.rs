//! The ping: an address that is fetched while all is well, so that somebody outside hears the silence.

use std::fmt;
use std::time::Duration;

use reqwest::{Client, StatusCode, Url};
use secrecy::SecretString;
use thiserror::Error;

use crate::config::SetupError;
use crate::web::{address, client};

/// Somebody outside who waits for a sign of life. The address is often the only secret it has.
pub struct Ping {
    client: Client,
    url: Url,
}

/// Why nobody heard it; without the address.
#[derive(Debug, Error)]
pub enum PingError {
    /// No answer in time.
    #[error("the address of the ping does not answer")]
    Silent(#[source] reqwest::Error),
    /// An answer that is no yes.
    #[error("the address of the ping answered {0}")]
    Refused(StatusCode),
}

impl Ping {
    /// A ping at `url`: https, or http to this machine. `timeout` bounds one sign.
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

    /// Whether a ping can go to `url`, without going there.
    ///
    /// ```
    /// # use catalyst_adapters_mail::ping::Ping;
    /// assert!(Ping::is_address(&"https://ping.example/me".into()));
    /// assert!(!Ping::is_address(&"http://ping.example/me".into()));
    /// ```
    pub fn is_address(url: &SecretString) -> bool {
        address(url).is_ok()
    }

    /// Fetches the address once.
    ///
    /// # Errors
    ///
    /// It does not answer, or not with a success.
    pub async fn send(&self) -> Result<(), PingError> {
        let answer = self.client.get(self.url.clone()).send().await;
        let answer = answer.map_err(|error| PingError::Silent(error.without_url()))?;
        if answer.status().is_success() {
            Ok(())
        } else {
            Err(PingError::Refused(answer.status()))
        }
    }
}

impl fmt::Debug for Ping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ping").finish_non_exhaustive()
    }
}
