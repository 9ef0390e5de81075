//! A clock that stands until a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use catalyst_ports::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};

/// Shows one moment, to the microsecond. Sleeping moves it there at once.
#[derive(Debug)]
pub struct ManualClock {
    micros: AtomicI64,
}

impl ManualClock {
    /// A clock that shows `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            micros: AtomicI64::new(now.timestamp_micros()),
        }
    }

    /// Shows `now` from here on, earlier or later.
    pub fn set(&self, now: DateTime<Utc>) {
        self.micros.store(now.timestamp_micros(), Ordering::SeqCst);
    }

    /// Shows a moment that is `span` later.
    pub fn advance(&self, span: TimeDelta) {
        self.set(self.now() + span);
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.micros.load(Ordering::SeqCst)).unwrap()
    }

    async fn sleep_until(&self, moment: DateTime<Utc>) {
        self.micros
            .fetch_max(moment.timestamp_micros(), Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_stands_until_it_is_moved() {
        let clock = ManualClock::at("2026-09-14T02:00:00.000001Z".parse().unwrap());

        clock.advance(TimeDelta::microseconds(5));

        assert_eq!(
            clock.now(),
            "2026-09-14T02:00:00.000006Z"
                .parse::<DateTime<Utc>>()
                .unwrap()
        );
    }
}
