//! Every channel of the owner's together, with a bound on the time that a run gives to alerts.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use catalyst_ports::notifier::{Alert, Notifier, Undelivered};
use futures_util::future::join_all;
use thiserror::Error;
use tokio::time::{Instant, timeout};
use tracing::warn;

/// How long a run may spend on alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// On one alert.
    pub each: Duration,
    /// On all of them; afterwards every further one waits for the next run.
    pub in_all: Duration,
}

/// What a run allows: a position may be without its stop while a mail server says nothing.
pub const PATIENCE: Patience = Patience {
    each: Duration::from_secs(5),
    in_all: Duration::from_secs(10),
};

/// One way to the owner.
pub struct Channel {
    /// What it is called in the log.
    pub name: &'static str,
    /// The way.
    pub notifier: Arc<dyn Notifier>,
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Channel").field(&self.name).finish()
    }
}

/// All ways, asked side by side: an alert is delivered when one of them took it.
pub struct Channels {
    list: Vec<Channel>,
    each: Duration,
    /// What is left of the time for all; held for a look at it, never while waiting.
    left: Mutex<Duration>,
}

/// Why no channel took an alert.
#[derive(Debug, Error)]
enum NoChannel {
    #[error("the time of this run for alerts is spent")]
    Spent,
    #[error("the channel did not answer in time")]
    Silent,
    #[error("no channel is set up")]
    None,
}

impl Channels {
    /// These channels, with `patience` for one run.
    pub fn new(list: Vec<Channel>, patience: Patience) -> Self {
        Self {
            list,
            each: patience.each,
            left: Mutex::new(patience.in_all),
        }
    }

    fn left(&self) -> Duration {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spend(&self, spent: Duration) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = left.saturating_sub(spent);
    }
}

impl fmt::Debug for Channels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Channels").field(&self.list).finish()
    }
}

fn undelivered(why: NoChannel) -> Undelivered {
    Undelivered { source: why.into() }
}

#[async_trait]
impl Notifier for Channels {
    async fn notify(&self, alert: &Alert) -> Result<(), Undelivered> {
        let bound = self.left().min(self.each);
        if bound.is_zero() {
            return Err(undelivered(NoChannel::Spent));
        }
        let begin = Instant::now();
        let asked = self.list.iter().map(|channel| async move {
            match timeout(bound, channel.notifier.notify(alert)).await {
                Ok(told) => told,
                Err(_elapsed) => Err(undelivered(NoChannel::Silent)),
            }
        });
        let told = join_all(asked).await;
        self.spend(begin.elapsed());
        let mut outcome = Err(undelivered(NoChannel::None));
        for (channel, told) in self.list.iter().zip(told) {
            if let Err(failure) = &told {
                warn!(channel = channel.name, cause = %failure.source, "a channel did not take an alert");
            }
            if outcome.is_err() {
                outcome = told;
            }
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use catalyst_ports::tool::Severity;

    use super::*;

    struct Fake(Option<Duration>);

    #[async_trait]
    impl Notifier for Fake {
        async fn notify(&self, _alert: &Alert) -> Result<(), Undelivered> {
            match self.0 {
                None => Err(undelivered(NoChannel::None)),
                Some(takes) => timeout(takes, std::future::pending::<()>())
                    .await
                    .or(Ok(())),
            }
        }
    }

    fn channels(takes: &[Option<Duration>]) -> Channels {
        let list = takes.iter().map(|takes| Channel {
            name: "fake",
            notifier: Arc::new(Fake(*takes)),
        });
        Channels::new(list.collect(), PATIENCE)
    }

    fn alert() -> Alert {
        Alert {
            severity: Severity::Warning,
            subject: "s".to_owned(),
            message: "m".to_owned(),
            run: None,
            at: "2026-09-14T02:31:05Z".parse().unwrap(),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_channel_that_takes_it_is_enough() {
        let quick = Some(Duration::from_secs(1));

        channels(&[None, quick]).notify(&alert()).await.unwrap();
        let failure = channels(&[None, None]).notify(&alert()).await.unwrap_err();
        assert_eq!(failure.source.to_string(), "no channel is set up");
    }

    #[tokio::test(start_paused = true)]
    async fn a_channel_that_hangs_costs_a_run_ten_seconds_and_no_more() {
        let channels = channels(&[Some(Duration::from_hours(1))]);
        let begin = Instant::now();

        for told in ["in time", "in time", "spent", "spent"] {
            let failure = channels.notify(&alert()).await.unwrap_err();
            assert!(failure.source.to_string().contains(told), "{failure:?}");
        }

        assert_eq!(begin.elapsed().as_secs(), 10);
    }
}
