//! The time of this machine: what a run on a real market lives by.

use async_trait::async_trait;
use catalyst_ports::clock::Clock;
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

use crate::commands::real_now;

/// The machine's clock. Waiting is sleeping.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        let now = real_now();
        now.duration_trunc(TimeDelta::microseconds(1))
            .unwrap_or(now)
    }

    async fn sleep_until(&self, moment: DateTime<Utc>) {
        let left = (moment - self.now()).to_std();
        // A moment that has passed is no negative time to sleep, but none.
        if let Ok(left) = left {
            tokio::time::sleep(left).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SystemClock;

    fn clock() -> (SystemClock, ()) {
        (SystemClock, ())
    }

    catalyst_testkit::clock_contract!(clock);
}
