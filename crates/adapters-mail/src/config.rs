//! What the adapters are told: servers, addresses, secrets, bounds.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use catalyst_domain::calendar::TradingCalendar;
use lettre::address::AddressError;
use secrecy::SecretString;
use thiserror::Error;

/// How the connection to a mail server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Begun in the clear and made private before anything is said; without it nothing is sent.
    StartTls,
    /// Private from the first byte, as on port 465.
    Implicit,
    /// In the clear: for a server on this machine only.
    None,
}

/// A mailbox and the way to it.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is kept private.
    pub privacy: Privacy,
    /// Name and password; `None` for a server that asks for none.
    pub login: Option<Login>,
    /// Whom a message is from, such as `Catalyst <agent@example.com>`.
    pub from: String,
    /// Whom it is for; at least one.
    pub to: Vec<String>,
    /// Certificates in PEM form of an authority beside those of the machine.
    pub authority: Option<Vec<u8>>,
    /// How long the whole of one message may take.
    pub timeout: Duration,
    /// Tells the local time of a moment.
    pub calendar: Arc<TradingCalendar>,
}

/// Name and password at a mail server.
#[derive(Clone)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

/// Neither of the two: a name there is often an address.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").finish_non_exhaustive()
    }
}

/// Why a channel cannot be set up. Nothing was sent.
#[derive(Debug, Error)]
pub enum SetupError {
    /// Not an address.
    #[error("`{found}` is no mail address")]
    Address {
        /// The text as given.
        found: String,
        /// What is wrong with it.
        source: AddressError,
    },
    /// Nobody to write to.
    #[error("a message needs somebody it is for")]
    Nobody,
    /// In the clear to another machine.
    #[error("{host} is not this machine, and only to it may mail go in the clear")]
    InTheClear {
        /// The server.
        host: String,
    },
    /// The certificates do not read, or the machine has none.
    #[error("the certificates for the mail server do not read")]
    Certificates(#[source] lettre::transport::smtp::Error),
    /// Not an address of the web, or one in the clear to another machine.
    #[error("a web hook or ping needs an https address, or http to this machine")]
    Hook,
    /// The client for the web could not be made.
    #[error("no connection to a web hook can be made")]
    Client(#[source] reqwest::Error),
}

/// True for a name that can only mean this machine.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machine_is_this_machine() {
        for host in [
            "localhost",
            "LOCALHOST",
            "127.0.0.1",
            "127.9.9.9",
            "::1",
            "[::1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "localhost.example.com",
            "128.0.0.1",
            "0.0.0.0",
            "127.0.0.1.example",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
