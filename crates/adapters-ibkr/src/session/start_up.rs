//! Start-up: what has to be true of a gateway before anything is asked of it.

use std::sync::Once;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use ibapi::market_data::MarketDataType;
use ibapi::subscriptions::NoticeStream;
use ibapi::{Client, Error, RateLimiter};
use tokio::time::{sleep, timeout};
use tracing::warn;

use super::ask::within;
use super::facts::SessionFacts;
use super::line::Line;
use crate::config::IbkrConfig;
use crate::failure::IbkrError;
use crate::translate::{aliases, from_offset};

/// Messages to the gateway in one second; it hangs up on more than fifty.
const MESSAGES_PER_SECOND: u32 = 40;

/// More than any run sends.
const UNPACED: u32 = 1_000_000;

/// Frames of one question that may wait to be read; the client takes 120 bytes for each at every question,
/// whether they come or not. It reads at most 64 frames before others have their turn, as a task of tokio
/// ends its turn after 128 reads and a frame takes two; should frames be lost all the same, the question
/// fails and says so.
const FRAMES_WAITING: usize = 256;

/// A gateway may hold the id of a dead connection for a moment.
const ID_PAUSE: Duration = Duration::from_millis(500);

/// Versions of the protocol that the client reads.
const VERSIONS: std::ops::RangeInclusive<i32> = 213..=226;

static ALIASES_KNOWN: Once = Once::new();

/// Connects and checks version, account and clock, with the order updates open before anything is
/// sent.
pub(super) async fn connect(config: &IbkrConfig, now: DateTime<Utc>) -> Result<Line, IbkrError> {
    ALIASES_KNOWN.call_once(|| {
        for alias in aliases() {
            ibapi::register_timezone_alias(*alias, "Asia/Hong_Kong");
        }
    });
    let (client, notices) = dial_twice(config).await?;
    let checked = check(&client, config, now).await;
    let opened = match checked {
        Ok(facts) => within(
            "order updates",
            config.connect_timeout,
            client.order_update_stream(),
        )
        .await
        .map(|updates| (facts, updates)),
        Err(failure) => Err(failure),
    };
    match opened {
        Ok((facts, updates)) => Ok(Line::new(client, notices, updates, facts, config)),
        Err(failure) => {
            client.disconnect().await;
            Err(failure)
        }
    }
}

/// One more attempt, after a pause, where the client id is in use.
async fn dial_twice(config: &IbkrConfig) -> Result<(Client, NoticeStream), IbkrError> {
    match dial(config).await {
        Err(failure @ IbkrError::ClientIdInUse { .. }) => {
            warn!(error = %failure, "one more attempt");
            sleep(ID_PAUSE).await;
            dial(config).await
        }
        answer => answer,
    }
}

async fn dial(config: &IbkrConfig) -> Result<(Client, NoticeStream), IbkrError> {
    let address = config.address();
    let dialling = Client::builder()
        .address(address.as_str())
        .client_id(config.client_id)
        .tcp_no_delay(true)
        .max_reconnect_attempts(0)
        .channel_capacity(FRAMES_WAITING)
        .one_shot_timeout(config.call_timeout)
        .rate_limiter(RateLimiter::per_second(messages_per_second(config)))
        .connect_with_notice_stream();
    let not_reached = |text: String| IbkrError::NotReached {
        address: address.as_str().into(),
        text,
    };
    match timeout(config.connect_timeout, dialling).await {
        Ok(Ok(pair)) => Ok(pair),
        Ok(Err(error @ (Error::ClientIdInUse { .. } | Error::ServerVersion(..)))) => {
            Err(IbkrError::of("connecting", error))
        }
        Ok(Err(error)) => Err(not_reached(error.to_string())),
        Err(_elapsed) => Err(not_reached(format!(
            "it took the connection and did not answer within {:?}",
            config.connect_timeout
        ))),
    }
}

/// The broker cuts off who asks too fast; a practice gateway, which has no limit for bars either, does not.
const fn messages_per_second(config: &IbkrConfig) -> u32 {
    match config.bars_per_ten_minutes {
        Some(_) => MESSAGES_PER_SECOND,
        None => UNPACED,
    }
}

async fn check(
    client: &Client,
    config: &IbkrConfig,
    now: DateTime<Utc>,
) -> Result<SessionFacts, IbkrError> {
    let found = client.server_version();
    if !VERSIONS.contains(&found) {
        return Err(IbkrError::Version { found });
    }
    let accounts = client.handshake_managed_accounts();
    if !accounts.iter().any(|name| name == config.account.as_str()) {
        return Err(IbkrError::WrongAccount {
            count: accounts.len(),
        });
    }
    let asked = within("server time", config.connect_timeout, client.server_time()).await?;
    let server = from_offset(asked).ok_or_else(|| IbkrError::Garbled {
        what: "server time",
        text: asked.to_string(),
    })?;
    let skew = server - now;
    if skew.abs() > config.skew_max {
        return Err(IbkrError::Skewed {
            server,
            skew,
            allowed: config.skew_max,
        });
    }
    if config.delayed {
        let delayed = client.switch_market_data_type(MarketDataType::Delayed);
        within("delayed prices", config.connect_timeout, delayed).await?;
    }
    Ok(SessionFacts {
        server_version: found,
        server_time: server,
        skew,
        accounts: accounts.len(),
        utc_offset: client
            .connection_time()
            .map(|told| TimeDelta::seconds(i64::from(told.offset().whole_seconds()))),
        notices: Vec::new(),
        linked: true,
    })
}
