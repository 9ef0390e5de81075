//! What the status is read from: the broker, the journal, the calendar, and the files beside them.

use std::path::Path;
use std::sync::Arc;

use catalyst_app::{CycleError, Look, Ports, look};
use catalyst_domain::calendar::SessionMoment;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{JournalError, Latest, Spending};
use chrono::{DateTime, Utc};

use super::document::Status;
use super::gone::Gone;
use super::switch::{Switch, flag_of, request_of};
use crate::commands::Failure;
use crate::compose::{self, Desk, JournalPlace, ReadBook};
use crate::policy::schedule;
use crate::settings::{Broker, Settings};
use crate::state::StateDir;

/// Under this name runs with Claude are kept.
const CLAUDE: &str = "claude";

/// Everything at one moment. What could not be found out is absent.
pub(super) struct Seen {
    pub(super) at: DateTime<Utc>,
    /// `None` where the calendar ends.
    pub(super) moment: Option<SessionMoment>,
    pub(super) look: Look,
    pub(super) switch: Switch,
    pub(super) latest: Option<Latest>,
    pub(super) spending: Option<Spending>,
    pub(super) alerts_waiting: Option<usize>,
    pub(super) next_run: Option<DateTime<Utc>>,
}

/// What there is to tell.
pub(super) enum Found {
    /// Nothing has run yet.
    Unbegun,
    /// Runs are in the journal, and the simulated account that they were made on is gone.
    Gone(Box<Gone>),
    /// How it stands.
    Whole(Box<Status>),
}

/// Looks at everything, and changes nothing.
pub(super) async fn status(
    settings: &Settings,
    state: &StateDir,
    rules: &Arc<Rulebook>,
) -> Result<Found, Failure> {
    let place = JournalPlace::of(&settings.database, None, state.path())?;
    // Without a file nothing has run; a simulated account whose journal is gone is another matter.
    if settings.broker.name == Broker::Ibkr && place.is_absent() {
        return Ok(Found::Unbegun);
    }
    let Some(desk) = Desk::to_look_at(settings, rules, state.path()).await? else {
        let gone = Gone::of(&place, state.path(), rules).await?;
        return Ok(gone.map_or(Found::Unbegun, |gone| Found::Gone(Box::new(gone))));
    };
    place.must_exist()?;
    let account = compose::account_name(&settings.broker, settings.broker.name)?;
    let Some(opened) = compose::read_standing(&place, rules, account).await? else {
        return Ok(Found::Unbegun);
    };
    let ports = desk.ports(Arc::clone(&opened.journal));
    let seen = seen(&ports, &opened, settings, state.path(), rules).await;
    desk.hang_up().await;
    let status = Status::of(&seen?, settings, &rules.calendar);
    Ok(Found::Whole(Box::new(status)))
}

async fn seen(
    ports: &Ports,
    opened: &ReadBook,
    settings: &Settings,
    state: &Path,
    rules: &Rulebook,
) -> Result<Seen, CycleError> {
    let calendar = &rules.calendar;
    let at = ports.clock.now();
    let date = calendar.date_of(at);
    let look = look(ports, rules.market.currency, date).await?;
    let latest = told("the last run", opened.standing.latest(date).await);
    let moves = latest.as_ref().map_or(&[][..], |latest| &latest.moves);
    let switch = Switch::of(
        &look,
        &settings.limits,
        moves,
        [flag_of(state), request_of(state)],
    );
    let alerts = told("alerts", opened.alerts.alerts(at).await);
    let waiting = |kept: &Vec<_>| {
        let waits = |one: &&catalyst_ports::journal::KeptAlert| one.ended.is_none();
        kept.iter().filter(waits).count()
    };
    Ok(Seen {
        at,
        moment: calendar.moment(at).ok(),
        switch,
        spending: told("spending", opened.journal.spending(date, CLAUDE).await),
        alerts_waiting: alerts.as_ref().map(waiting),
        next_run: schedule(settings).next_after(calendar, at).ok().flatten(),
        latest,
        look,
    })
}

/// The answer; where there is none it is logged and not known.
fn told<T>(what: &'static str, answer: Result<T, JournalError>) -> Option<T> {
    match answer {
        Ok(answer) => Some(answer),
        Err(error) => {
            tracing::warn!(%error, what, "not known");
            None
        }
    }
}
