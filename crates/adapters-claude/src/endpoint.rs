//! Endpoint: one request over HTTP and its whole answer, within bounds of time and length.
//!
//! The key is in one header that prints nothing. No redirect is followed, since it would carry the
//! key along, and no proxy of the environment is used.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, Response, redirect};
use secrecy::{ExposeSecret as _, SecretString};

use crate::answer::{Again, Answer, NoAnswer};
use crate::config::{AccessConfig, ApiAddress};
use crate::outside::{one_line, without_key};
use crate::setup::SetupError;

/// The interface's version that the shapes in `wire` are of.
const VERSION: HeaderValue = HeaderValue::from_static("2026-10-21");
const VERSION_HEADER: HeaderName = HeaderName::from_static("anthropic-version");
const KEY_HEADER: HeaderName = HeaderName::from_static("x-api-key");
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
const SHOULD_RETRY: HeaderName = HeaderName::from_static("x-should-retry");
const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

const AGENT: &str = concat!("catalyst/", env!("CARGO_PKG_VERSION"));

/// Bytes of one answer. Sixteen thousand tokens are a fortieth of it.
const BODY_MAX: usize = 4 * 1024 * 1024;
const REQUEST_ID_MAX: usize = 80;
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// The provider's door.
#[derive(Debug)]
pub(crate) struct Endpoint {
    client: Client,
    address: ApiAddress,
    key: SecretString,
    key_header: HeaderValue,
}

impl Endpoint {
    pub(crate) fn new(access: &AccessConfig) -> Result<Self, SetupError> {
        let key = access.key.expose_secret();
        if key.is_empty() {
            return Err(SetupError::NoKey);
        }
        let Ok(mut key_header) = HeaderValue::from_str(key) else {
            return Err(SetupError::Key);
        };
        key_header.set_sensitive(true);
        let client = Client::builder()
            .user_agent(AGENT)
            .connect_timeout(access.pace.connect)
            .tcp_keepalive(KEEP_ALIVE)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .build()?;
        Ok(Self {
            client,
            address: access.address.clone(),
            key: access.key.clone(),
            key_header,
        })
    }

    /// The whole answer to `body`, within `bound`. `now` turns a date to wait for into a wait.
    pub(crate) async fn post(
        &self,
        body: &str,
        bound: Duration,
        now: DateTime<Utc>,
    ) -> Result<Answer, NoAnswer> {
        let request = self.client.post(self.address.messages());
        let request = request.header(CONTENT_TYPE, JSON).body(body.to_owned());
        self.send(request, bound, now).await
    }

    /// The whole list of models, within `bound`.
    pub(crate) async fn models(
        &self,
        bound: Duration,
        now: DateTime<Utc>,
    ) -> Result<Answer, NoAnswer> {
        let request = self.client.get(self.address.models());
        self.send(request, bound, now).await
    }

    async fn send(
        &self,
        request: RequestBuilder,
        bound: Duration,
        now: DateTime<Utc>,
    ) -> Result<Answer, NoAnswer> {
        let request = request
            .header(VERSION_HEADER, VERSION)
            .header(KEY_HEADER, self.key_header.clone())
            .timeout(bound);
        let sent = request.send().await;
        let answer = sent.map_err(|error| cause(&error, bound, NoAnswer::Unreachable))?;
        let status = answer.status().as_u16();
        let (request_id, again) = read_headers(answer.headers(), now);
        let request_id = request_id.map(|id| without_key(&id, &self.key));
        let body = whole_body(answer, bound).await?;
        Ok(Answer {
            status,
            request_id,
            again,
            body: without_key(&body, &self.key),
        })
    }
}

async fn whole_body(mut answer: Response, bound: Duration) -> Result<String, NoAnswer> {
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= BODY_MAX => {
                body.extend_from_slice(&chunk);
            }
            Ok(Some(_)) => return Err(NoAnswer::TooLong { most: BODY_MAX }),
            Ok(None) => return Ok(String::from_utf8_lossy(&body).into_owned()),
            Err(error) => return Err(cause(&error, bound, NoAnswer::BrokenOff)),
        }
    }
}

/// The error without its own words: they may hold the address.
fn cause(error: &reqwest::Error, bound: Duration, otherwise: NoAnswer) -> NoAnswer {
    if error.is_timeout() && !error.is_connect() {
        let seconds = bound.as_secs();
        NoAnswer::TooSlow { seconds }
    } else {
        otherwise
    }
}

fn read_headers(headers: &HeaderMap, now: DateTime<Utc>) -> (Option<String>, Again) {
    let text = |name: &HeaderName| match headers.get(name)?.to_str() {
        Ok(text) => Some(text.trim()),
        Err(_) => None,
    };
    let should = match text(&SHOULD_RETRY) {
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) | None => None,
    };
    let millis = text(&RETRY_AFTER_MS).and_then(|text| seconds_of(text, 1_000.0));
    let after = millis.or_else(|| text(&RETRY_AFTER).and_then(|text| wait_of(text, now)));
    let request_id = text(&REQUEST_ID).map(|id| one_line(id, REQUEST_ID_MAX));
    (request_id, Again { should, after })
}

/// Seconds, fractions allowed, or a date of HTTP.
fn wait_of(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    seconds_of(text, 1.0).or_else(|| {
        let date = DateTime::parse_from_rfc2822(text).ok()?;
        let wait = date.with_timezone(&Utc) - now;
        Some(wait.to_std().unwrap_or(Duration::ZERO))
    })
}

fn seconds_of(text: &str, in_a_second: f64) -> Option<Duration> {
    let number: f64 = text.parse().ok()?;
    Duration::try_from_secs_f64(number / in_a_second).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::header::{HeaderMap, HeaderValue};

    use super::{read_headers, wait_of};

    #[test]
    fn a_wait_is_seconds_or_a_date() {
        let now = "2026-11-27T02:00:00Z".parse().unwrap();

        for (text, wait) in [
            ("3", Some(Duration::from_secs(3))),
            ("0.25", Some(Duration::from_millis(250))),
            (
                "Fri, 27 Nov 2026 02:00:30 GMT",
                Some(Duration::from_secs(30)),
            ),
            ("Fri, 27 Nov 2026 01:00:00 GMT", Some(Duration::ZERO)),
            ("-1", None),
            ("NaN", None),
            ("1e999", None),
            ("soon", None),
        ] {
            assert_eq!(wait_of(text, now), wait, "{text}");
        }
    }

    #[test]
    fn milliseconds_beat_seconds_and_a_word_beats_the_status() {
        let now = "2026-11-27T02:00:00Z".parse().unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("retry-after-ms", "40"),
            ("retry-after", "9"),
            ("x-should-retry", "false"),
            ("request-id", "req_1"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }

        let (id, again) = read_headers(&headers, now);

        assert_eq!(id.as_deref(), Some("req_1"));
        assert_eq!(again.after, Some(Duration::from_millis(40)));
        assert_eq!(again.should, Some(false));
    }
}
