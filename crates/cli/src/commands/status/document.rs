//! The status as one document; the screen is written from it. What is absent is not known.

use catalyst_domain::calendar::{PhaseChange, SessionMoment, TradingCalendar, TradingDate};
use catalyst_domain::money::Money;
use catalyst_domain::order::ClientOrderId;
use catalyst_domain::reconcile::Discrepancy;
use catalyst_ports::journal::{DayJournal, DecisionNote, LastRun};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::money::{DayLine, Limits, ModelLine};
use super::position::Holding;
use super::read::Seen;
use crate::settings::{Broker, Settings, TradingMode};

/// Where things stand.
#[derive(Debug, Serialize)]
pub(super) struct Status {
    pub(super) at: DateTime<Utc>,
    pub(super) broker: &'static str,
    pub(super) mode: &'static str,
    pub(super) state: &'static str,
    pub(super) why: Vec<String>,
    pub(super) flatten_request: Option<String>,
    pub(super) session: Option<Session>,
    pub(super) cash: Money,
    pub(super) equity: Money,
    pub(super) day: DayLine,
    pub(super) limits: Limits,
    pub(super) positions: Vec<Holding>,
    pub(super) working_orders: Vec<ClientOrderId>,
    pub(super) claude: Option<ModelLine>,
    pub(super) last_run: Option<Run>,
    pub(super) next_run: Option<DateTime<Utc>>,
    pub(super) findings: Vec<String>,
    pub(super) looser_limits: Vec<String>,
    /// What forbids entries though the switch does not.
    pub(super) entries_wait_for: Vec<&'static str>,
    pub(super) alerts_waiting: Option<usize>,
    pub(super) last_decision: Option<String>,
}

/// What the exchange is doing.
#[derive(Debug, Serialize)]
pub(super) struct Session {
    pub(super) date: String,
    pub(super) phase: &'static str,
    pub(super) next_phase: Option<&'static str>,
    pub(super) next_at: Option<DateTime<Utc>>,
}

/// The last run that began.
#[derive(Debug, Serialize)]
pub(super) struct Run {
    pub(super) name: String,
    pub(super) begun: DateTime<Utc>,
    /// `null` while it runs, and when it was killed.
    pub(super) ending: Option<String>,
}

impl Status {
    pub(super) fn of(seen: &Seen, settings: &Settings, calendar: &TradingCalendar) -> Self {
        let (look, limits) = (&seen.look, &settings.limits);
        let today: TradingDate = calendar.date_of(seen.at);
        let model = |spending| ModelLine::of(spending, &settings.cycle.budget, calendar, today);
        let looser_limits = looser_limits(settings, &look.day);
        let run = seen.latest.as_ref().and_then(|latest| latest.run.as_ref());
        Self {
            at: seen.at,
            broker: match settings.broker.name {
                Broker::Sim => "sim",
                Broker::Ibkr => "ibkr",
            },
            mode: mode(settings),
            state: seen.switch.state.as_str(),
            why: seen.switch.why.clone(),
            flatten_request: seen.switch.flatten.clone(),
            session: seen.moment.as_ref().map(Session::of),
            cash: look.account.cash,
            equity: look.account.equity,
            day: DayLine::of(look, limits, seen.moment.as_ref()),
            limits: Limits::of(look, limits),
            positions: look.held.iter().map(Holding::of).collect(),
            working_orders: look.working.iter().map(|ticket| ticket.id).collect(),
            claude: seen.spending.as_ref().map(model),
            last_run: run.map(Run::of),
            next_run: seen.next_run,
            findings: look.day.findings_open().map(finding).collect(),
            entries_wait_for: entries_wait_for(&look.day, &looser_limits),
            looser_limits,
            alerts_waiting: seen.alerts_waiting,
            last_decision: look.day.decisions.last().map(decision),
        }
    }
}

/// Whose money it is.
const fn mode(settings: &Settings) -> &'static str {
    match (settings.broker.name, settings.broker.mode) {
        (Broker::Sim, _) => "simulated",
        (Broker::Ibkr, TradingMode::Paper) => "paper",
        (Broker::Ibkr, TradingMode::Live) => "live",
    }
}

impl Session {
    fn of(moment: &SessionMoment) -> Self {
        Self {
            date: moment.date.to_string(),
            phase: moment.phase.as_str(),
            next_phase: moment.next_change.map(|change| change.phase.as_str()),
            next_at: moment.next_change.map(|PhaseChange { at, .. }| at),
        }
    }
}

impl Run {
    fn of(run: &LastRun) -> Self {
        Self {
            name: run.name.clone(),
            begun: run.begun,
            ending: run.ending.clone(),
        }
    }
}

/// What the settings loosen and the owner has not accepted yet.
fn looser_limits(settings: &Settings, day: &DayJournal) -> Vec<String> {
    let weighed = day.limits.weigh(&settings.limits);
    weighed.looser.iter().map(ToString::to_string).collect()
}

/// An open finding and a looser limit refuse every entry, whatever the switch says.
fn entries_wait_for(day: &DayJournal, looser_limits: &[String]) -> Vec<&'static str> {
    let bars = [
        (day.findings_open().next().is_some(), "the open findings"),
        (!looser_limits.is_empty(), "the looser limits"),
    ];
    let standing = bars.into_iter().filter(|(stands, _)| *stands);
    standing.map(|(_, what)| what).collect()
}

fn finding(found: &Discrepancy) -> String {
    let (finding, remedy, evidence) = (found.finding, found.remedy.as_str(), &found.evidence);
    format!("{finding} ({remedy}): {evidence}")
}

fn decision(note: &DecisionNote) -> String {
    format!(
        "{} {}: {}",
        note.cycle,
        note.decision.as_str(),
        note.reasoning
    )
}
