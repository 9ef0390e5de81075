//! The house: rule data up to date, room on the disk, the halt switch, the next run.

use std::path::Path;

use catalyst_app::chain;
use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::halt_flag::HaltFlag as _;
use chrono::{DateTime, TimeDelta, Utc};

use super::check::Check;
use crate::compose;
use crate::policy::schedule;
use crate::settings::Settings;

/// Below this much the journal, its write-ahead file and the logs may not find room for a day.
const ROOM_NEEDED: u64 = 256 << 20;
/// Below this much the owner has time to make room.
const ROOM_WISHED: u64 = 2 << 30;

/// A calendar that ends sooner than this wants the next version of the program.
const DAYS_AHEAD: i64 = 60;

/// Everything of this machine at `now`.
pub(super) fn look(
    settings: &Settings,
    rules: &Rulebook,
    state: &Path,
    now: DateTime<Utc>,
) -> Vec<Check> {
    vec![
        calendar(rules, now),
        next_run(settings, rules, now),
        folder(state),
        room(state),
        halt(state),
    ]
}

fn calendar(rules: &Rulebook, now: DateTime<Utc>) -> Check {
    let name = "calendar";
    let remedy = "install a version of the program that knows the days to come";
    let covers = |days| rules.calendar.moment(now + TimeDelta::days(days));
    if let Err(error) = covers(0) {
        return Check::failure(name, chain(&error), remedy);
    }
    match covers(DAYS_AHEAD) {
        Ok(_) => Check::ok(name, format!("known for the next {DAYS_AHEAD} days")),
        Err(error) => Check::warning(name, chain(&error), remedy),
    }
}

fn next_run(settings: &Settings, rules: &Rulebook, now: DateTime<Utc>) -> Check {
    let name = "schedule";
    let remedy = "mend the section schedule of the settings";
    match schedule(settings).next_after(&rules.calendar, now) {
        Ok(Some(next)) => {
            let local = rules.calendar.local(next);
            let found = local.format("the next run is due at %Y-%m-%d %H:%M:%S");
            Check::ok(name, found.to_string())
        }
        Ok(None) => Check::failure(name, "no run is due on the next trading day", remedy),
        Err(error) => Check::failure(name, chain(&error), remedy),
    }
}

fn folder(state: &Path) -> Check {
    let name = "state";
    match crate::state::try_out(state) {
        Ok(()) => Check::ok(name, format!("{} can be written", state.display())),
        Err(error) => Check::failure(
            name,
            format!("{} cannot be written: {error}", state.display()),
            "run as its owner, or name another folder with --state DIR; every run writes there",
        ),
    }
}

fn room(state: &Path) -> Check {
    let name = "disk";
    let remedy = "make room, or name another folder with --state";
    let free = match rustix::fs::statvfs(state) {
        Ok(found) => found.f_bavail.saturating_mul(found.f_frsize),
        Err(error) => return Check::failure(name, chain(&error), remedy),
    };
    let found = format!("{} MiB free at {}", free >> 20, state.display());
    if free < ROOM_NEEDED {
        Check::failure(name, found, remedy)
    } else if free < ROOM_WISHED {
        Check::warning(name, found, remedy)
    } else {
        Check::ok(name, found)
    }
}

fn halt(state: &Path) -> Check {
    let name = "halt flag";
    let flag = compose::OwnerFiles::of(state).halt;
    match flag.state() {
        Ok(TradingState::Trading) => Check::ok(name, "not set"),
        Ok(halted @ (TradingState::ExitsOnly | TradingState::Halted)) => {
            let remedy = "`catalyst resume` when the reason is gone";
            let why = flag.words();
            let why = why.map_or_else(String::new, |words| format!(", {words}"));
            Check::warning(name, format!("says {}{why}", halted.as_str()), remedy)
        }
        Err(error) => {
            let remedy = "remove the file `halt` of the state folder, or write `halted` or `exits_only` into it";
            Check::failure(name, chain(&error), remedy)
        }
    }
}
