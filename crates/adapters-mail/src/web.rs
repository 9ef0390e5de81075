//! An address of the owner's on the web, and the client for it.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use secrecy::{ExposeSecret as _, SecretString};

use crate::config::{SetupError, is_loopback};

/// The address: https, or http to this machine.
pub(crate) fn address(url: &SecretString) -> Result<Url, SetupError> {
    let url: Url = url
        .expose_secret()
        .parse()
        .map_err(|_unshown| SetupError::Hook)?;
    let host = url.host_str().unwrap_or("");
    match url.scheme() {
        "https" if !host.is_empty() => Ok(url),
        "http" if is_loopback(host) => Ok(url),
        _ => Err(SetupError::Hook),
    }
}

/// A client that goes where it is sent and nowhere else.
pub(crate) fn client(timeout: Duration) -> Result<Client, SetupError> {
    let client = Client::builder()
        .timeout(timeout)
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .build();
    client.map_err(SetupError::Client)
}
