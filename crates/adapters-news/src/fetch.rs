//! Fetching: one answer of one feed, within bounds of time, length and redirects.
//!
//! No proxy of the environment is used, no cookie kept, no compression asked for: a small answer can
//! then not unpack into a large one.

use std::time::Duration;

use reqwest::Client;
use reqwest::header::{ACCEPT, HeaderValue};
use reqwest::redirect::{Action, Attempt, Policy};

use crate::config::{FeedUrl, is_allowed, is_this_machine};
use crate::failure::FeedFailure;

/// Bytes of one answer. Feeds of a hundred headlines have a twentieth of it.
pub(crate) const BODY_MAX: usize = 2 * 1024 * 1024;

const REDIRECTS_MAX: usize = 4;

const AGENT: &str = concat!("catalyst/", env!("CARGO_PKG_VERSION"));

const FEEDS: HeaderValue = HeaderValue::from_static(
    "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8",
);

/// A client with its bound of time.
#[derive(Debug)]
pub(crate) struct Fetcher {
    client: Client,
    timeout: Duration,
}

impl Fetcher {
    pub(crate) fn new(timeout: Duration) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .user_agent(AGENT)
            .timeout(timeout)
            .redirect(Policy::custom(follow))
            .referer(false)
            .no_proxy()
            .build()?;
        Ok(Self { client, timeout })
    }

    /// The whole answer.
    pub(crate) async fn fetch(&self, url: &FeedUrl) -> Result<Vec<u8>, FeedFailure> {
        let request = self.client.get(url.as_url()).header(ACCEPT, FEEDS);
        let sent = request.send().await;
        let mut answer = sent.map_err(|error| self.cause(&error))?;
        if !answer.status().is_success() {
            let code = answer.status().as_u16();
            return Err(FeedFailure::Status { code });
        }
        let mut body = Vec::new();
        loop {
            match answer.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= BODY_MAX => {
                    body.extend_from_slice(&chunk);
                }
                Ok(Some(_)) => return Err(FeedFailure::TooLong { most: BODY_MAX }),
                Ok(None) => return Ok(body),
                Err(error) if error.is_timeout() => return Err(self.cause(&error)),
                Err(_) => return Err(FeedFailure::BrokenOff),
            }
        }
    }

    fn cause(&self, error: &reqwest::Error) -> FeedFailure {
        if error.is_timeout() {
            let seconds = self.timeout.as_secs();
            FeedFailure::TooSlow { seconds }
        } else if error.is_redirect() {
            FeedFailure::Redirects
        } else {
            FeedFailure::Unreachable
        }
    }
}

/// Follows to where a feed may be; from elsewhere never into this machine.
fn follow(attempt: Attempt<'_>) -> Action {
    let from_here = attempt.previous().first().is_some_and(is_this_machine);
    let may = is_allowed(attempt.url()) && (from_here || !is_this_machine(attempt.url()));
    if may && attempt.previous().len() <= REDIRECTS_MAX {
        attempt.follow()
    } else {
        attempt.error("redirect not followed")
    }
}
