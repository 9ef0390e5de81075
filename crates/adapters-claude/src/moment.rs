//! Moment: the time of a conversation, from the moment it began at. A simulated clock stands still while
//! a model thinks; this one runs, so that a conversation has its bound on any exchange.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

/// A moment and how long ago it was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    at: DateTime<Utc>,
    began: Instant,
}

impl Moment {
    /// It is `at` now.
    pub(crate) fn new(at: DateTime<Utc>) -> Self {
        Self {
            at,
            began: Instant::now(),
        }
    }

    /// What time it is.
    pub(crate) fn now(self) -> DateTime<Utc> {
        let since = TimeDelta::from_std(self.began.elapsed()).unwrap_or(TimeDelta::MAX);
        self.at.checked_add_signed(since).unwrap_or(self.at)
    }

    /// When `then` will be; at once where it has passed.
    pub(crate) fn until(self, then: DateTime<Utc>) -> Instant {
        let left = (then - self.at).to_std().unwrap_or(Duration::ZERO);
        self.began.checked_add(left).unwrap_or(self.began)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, TimeDelta, Utc};
    use tokio::time::{Instant, advance};

    use super::Moment;

    #[tokio::test(start_paused = true)]
    async fn time_goes_on_from_the_moment_and_what_has_passed_is_now() {
        let at: DateTime<Utc> = "2026-09-14T02:00:00Z".parse().unwrap();
        let moment = Moment::new(at);

        advance(Duration::from_secs(30)).await;

        assert_eq!(moment.now(), at + TimeDelta::seconds(30));
        let left = moment.until(at + TimeDelta::minutes(1)) - Instant::now();
        assert_eq!(left, Duration::from_secs(30));
        assert!(moment.until(at - TimeDelta::minutes(1)) <= Instant::now());
    }
}
