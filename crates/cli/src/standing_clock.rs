//! A clock that stands at one moment: what time it is before a simulated world exists.

use async_trait::async_trait;
use catalyst_ports::clock::Clock;
use chrono::{DateTime, Utc};

/// Stands at the moment the run was started for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StandingClock(pub(crate) DateTime<Utc>);

#[async_trait]
impl Clock for StandingClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }

    async fn sleep_until(&self, _moment: DateTime<Utc>) {}
}
