//! How the world's time follows real time, and moving the broker with it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;
use tracing::error;

use super::Broker;
use super::seen::seen;
use crate::config::TimeFlow;

/// A moment of the world beside the real instant at which it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    flow: TimeFlow,
    begun_at: DateTime<Utc>,
    begun: Instant,
}

impl Pace {
    pub(super) fn begin(flow: TimeFlow, now: DateTime<Utc>) -> Self {
        Self {
            flow,
            begun_at: now,
            begun: Instant::now(),
        }
    }

    /// Where running time has brought the world by now; `None` when it stands.
    fn due(self) -> Option<DateTime<Utc>> {
        let TimeFlow::Runs { speed } = self.flow else {
            return None;
        };
        let passed = self.begun.elapsed().saturating_mul(speed);
        let passed = TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX);
        self.begun_at.checked_add_signed(passed)
    }
}

impl Broker {
    /// Brings the world to where running time is, and tells every client what has happened since.
    pub(crate) fn catch_up(&mut self) {
        if let Some(due) = self.pace.due() {
            self.live_until(due);
        }
        self.tell_happenings();
    }

    /// Time has run on: what happened is told, and quotes that go on are sent again.
    pub(crate) fn beat(&mut self) {
        let before = self.now();
        self.catch_up();
        if self.now() > before {
            self.refresh_quotes();
        }
    }

    /// Moves the world to `moment`, or nowhere when it has passed, and tells what happened on the way.
    pub(crate) fn move_to(&mut self, moment: DateTime<Utc>) {
        self.live_until(moment);
        self.tell_happenings();
        self.refresh_quotes();
    }

    /// The world's moment and how many of its seconds pass in a real one.
    pub(crate) fn clock(&self) -> (DateTime<Utc>, u32) {
        let speed = match self.pace.flow {
            TimeFlow::Stands => 0,
            TimeFlow::Runs { speed } => speed,
        };
        (self.now(), speed)
    }

    /// How long running time needs until `moment`; `None` when time stands.
    pub(crate) fn real_time_until(&self, moment: DateTime<Utc>) -> Option<Duration> {
        let TimeFlow::Runs { speed } = self.pace.flow else {
            return None;
        };
        let now = self.pace.due().unwrap_or_else(|| self.now());
        let left = (moment - now).to_std().unwrap_or(Duration::ZERO);
        Some(left / speed.max(1))
    }

    /// One close of a day at a time, so that orders of the day end with theirs.
    fn live_until(&mut self, moment: DateTime<Utc>) {
        let calendar = &self.wire.rules().calendar;
        let days = seen(calendar.trading_dates(self.today(), calendar.date_of(moment)));
        let closes: Vec<_> = days
            .iter()
            .filter_map(|date| Some((*date, seen(calendar.close_of(*date))?)))
            .filter(|(_, close)| self.now() < *close && *close <= moment)
            .collect();
        for (date, close) in closes {
            self.step(close);
            self.end_day_orders(date);
        }
        self.step(moment);
    }

    fn step(&self, moment: DateTime<Utc>) {
        if let Err(reason) = self.wire.advance_to(moment) {
            error!(%reason, "the simulated world stopped");
        }
    }
}
