//! One run at a time: the lock that keeps runs apart, and who keeps it too long.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalyst_adapters_postgres::{BothLocks, FileLock, SessionLock, overdue};
use catalyst_app::WatchAlarm;
use catalyst_domain::calendar::TradingCalendar;
use catalyst_ports::cycle_lock::CycleLock;
use chrono::{DateTime, TimeDelta, Utc};

use super::JournalPlace;
use crate::standing_clock::StandingClock;
use crate::state::LOCK;

/// The lock of the state folder, which a run takes at `now` and for `at_most`, before it reads anything
/// there, and of the schema.
pub(crate) fn run_lock(
    place: &JournalPlace,
    state: &Path,
    now: DateTime<Utc>,
    at_most: TimeDelta,
) -> Arc<dyn CycleLock> {
    let clock = Arc::new(StandingClock(now));
    let file = FileLock::new(lock_file(state), clock, at_most);
    let file: Arc<dyn CycleLock> = Arc::new(file);
    match place {
        JournalPlace::File(_) => file,
        JournalPlace::Postgres(config) => {
            let session = Arc::new(SessionLock::new(config.as_ref().clone()));
            Arc::new(BothLocks::new(file, session))
        }
    }
}

/// The alarm of a process of this machine that keeps the run lock longer than it may; `now` is a moment of
/// the machine.
pub(crate) fn hung_run(
    state: &Path,
    calendar: &TradingCalendar,
    now: DateTime<Utc>,
) -> io::Result<Option<WatchAlarm>> {
    let taker = overdue(&lock_file(state), now.into())?;
    Ok(taker.map(|taker| WatchAlarm::Hung {
        process: taker.process,
        since: calendar.local(taker.since),
        minutes: taker.at_most.num_minutes(),
    }))
}

fn lock_file(state: &Path) -> PathBuf {
    state.join(LOCK)
}
