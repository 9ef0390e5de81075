//! The session: at most one connection at a time, made at the first question, made anew only after
//! it was lost and only so often in one run.

mod ask;
mod facts;
mod line;
mod start_up;
mod weather;

use std::fmt;
use std::sync::Arc;

use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::clock::Clock;
use chrono::{DateTime, Utc};
use tokio::sync::Mutex;
use tracing::{info, warn};

pub(crate) use ask::within;
pub use facts::{NoticeSeen, SessionFacts};
pub(crate) use line::{Desk, Line};

use crate::config::{ConfigRefused, IbkrConfig};
use crate::failure::IbkrError;
use crate::market::Cache;
use crate::orders::Sent;

/// Connections that may be made in one run after one was lost.
const FRESH_MAX: u32 = 2;

/// One run's dealings with one gateway.
pub struct IbkrSession {
    pub(crate) config: IbkrConfig,
    pub(crate) rules: Arc<Rulebook>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) cache: Cache,
    pub(crate) sent: Sent,
    /// Held while a connection is made, so that two questions make one.
    link: Mutex<Link>,
}

/// What has become of the connection.
#[derive(Debug)]
struct Link {
    line: Option<Arc<Line>>,
    /// A first connection that failed is not tried again: the run ends with what it says.
    failure: Option<IbkrError>,
    lost: u32,
}

impl IbkrSession {
    /// A session that connects at the first question. Contradicting settings are refused here.
    pub fn new(
        config: IbkrConfig,
        rules: Arc<Rulebook>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConfigRefused> {
        config.check()?;
        if rules.exchange != Exchange::Hkex {
            return Err(ConfigRefused::Exchange {
                found: rules.exchange,
            });
        }
        Ok(Self {
            cache: Cache::new(config.bars_per_ten_minutes),
            sent: Sent::new(config.orders_max, config.repairs_max),
            config,
            rules,
            clock,
            link: Mutex::new(Link {
                line: None,
                failure: None,
                lost: 0,
            }),
        })
    }

    /// What the gateway says about itself, for the doctor. Connects where nothing is connected yet.
    pub async fn facts(&self) -> Result<SessionFacts, IbkrError> {
        let line = self.line().await?;
        line.watch();
        Ok(line.facts())
    }

    /// Hangs up, subscriptions first; every later question fails.
    pub async fn close(&self) {
        let mut link = self.link.lock().await;
        link.failure = Some(IbkrError::Closed);
        if let Some(line) = link.line.take() {
            line.hang_up().await;
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The connection, made if there is none.
    pub(crate) async fn line(&self) -> Result<Arc<Line>, IbkrError> {
        let mut link = self.link.lock().await;
        if let Some(line) = &link.line {
            if line.is_up() {
                return Ok(Arc::clone(line));
            }
            line.hang_up().await;
            link.line = None;
            link.lost += 1;
            warn!(lost = link.lost, "the connection to the gateway was lost");
            if link.lost > FRESH_MAX {
                link.failure = Some(IbkrError::LostTooOften { times: link.lost });
            }
        }
        if let Some(failure) = &link.failure {
            return Err(failure.clone());
        }
        match start_up::connect(&self.config, self.now()).await {
            Ok(made) => {
                info!(gateway.version = made.facts().server_version, "connected");
                let made = Arc::new(made);
                link.line = Some(Arc::clone(&made));
                Ok(made)
            }
            Err(failure) => {
                link.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }
}

impl fmt::Debug for IbkrSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IbkrSession")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}
