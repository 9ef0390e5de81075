//! The status for a person: one line an idea, times of the exchange, and what is wrong in capitals.

use std::io::{self, Write};

use catalyst_domain::calendar::TradingCalendar;
use chrono::{DateTime, Utc};

use super::document::{Run, Session, Status};
use super::words::{NO_END, NOT_KNOWN};

/// Letters of the advisor's last words that are shown; the document has all.
const DECISION_SHOWN: usize = 160;

/// Writes all of it.
pub(super) fn write(
    out: &mut impl Write,
    status: &Status,
    calendar: &TradingCalendar,
) -> io::Result<()> {
    let times = Times {
        calendar,
        now: status.at,
    };
    let mut page = Page { out };
    let at = times.whole(status.at);
    writeln!(page.out, "{} account at {at} exchange time", status.mode)?;
    page.line("trading", &trading(status))?;
    for why in &status.why {
        page.line("", &format!("because {why}"))?;
    }
    page.line("session", &session(status.session.as_ref(), &times))?;
    let (equity, cash) = (status.equity, status.cash);
    page.line("account", &format!("equity {equity}, cash {cash}"))?;
    page.line("day", &status.day.words())?;
    page.line("limits", &status.limits.words())?;
    if status.positions.is_empty() {
        page.line("held", "nothing")?;
    }
    for held in &status.positions {
        page.line("held", &held.words())?;
    }
    page.line(
        "orders",
        &format!("{} at work", status.working_orders.len()),
    )?;
    let model = status.claude.as_ref();
    let model = model.map_or_else(|| NOT_KNOWN.to_owned(), super::money::ModelLine::words);
    page.line("Claude", &model)?;
    page.line("last run", &last_run(status.last_run.as_ref(), &times))?;
    let next = status.next_run.map(|at| times.short(at));
    page.line("next run", &next.unwrap_or_else(|| NOT_KNOWN.to_owned()))?;
    page.open_matters(status)
}

/// The page as it is written.
struct Page<'a, W> {
    out: &'a mut W,
}

impl<W: Write> Page<'_, W> {
    fn line(&mut self, name: &str, words: &str) -> io::Result<()> {
        writeln!(self.out, "{name:<9} {words}")
    }

    /// What waits for the owner, and the last words.
    fn open_matters(&mut self, status: &Status) -> io::Result<()> {
        if status.findings.is_empty() {
            self.line("findings", "none open")?;
        }
        for finding in &status.findings {
            self.line("FINDING", finding)?;
        }
        for change in &status.looser_limits {
            self.line(
                "LOOSER",
                &format!("no entry until `catalyst risk accept`: {change}"),
            )?;
        }
        match status.alerts_waiting {
            Some(0) => {}
            Some(waiting) => self.line("ALERTS", &format!("{waiting} not delivered yet"))?,
            None => self.line("alerts", NOT_KNOWN)?,
        }
        match &status.last_decision {
            Some(decision) => self.line("decided", &shortened(decision)),
            None => Ok(()),
        }
    }
}

/// Times of the exchange: the day is named where it is another.
struct Times<'a> {
    calendar: &'a TradingCalendar,
    now: DateTime<Utc>,
}

impl Times<'_> {
    fn whole(&self, at: DateTime<Utc>) -> String {
        let local = self.calendar.local(at);
        local.format("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn short(&self, at: DateTime<Utc>) -> String {
        let local = self.calendar.local(at);
        if local.date() == self.calendar.local(self.now).date() {
            local.format("%H:%M").to_string()
        } else {
            local.format("%a %Y-%m-%d %H:%M").to_string()
        }
    }
}

fn trading(status: &Status) -> String {
    match status.state {
        "trading" if status.entries_wait_for.is_empty() => "entries and exits".to_owned(),
        "trading" => format!(
            "EXITS ONLY, entries wait for {}",
            status.entries_wait_for.join(" and ")
        ),
        "exits_only" => "EXITS ONLY".to_owned(),
        state => state.to_uppercase(),
    }
}

fn session(session: Option<&Session>, times: &Times<'_>) -> String {
    let Some(session) = session else {
        return NOT_KNOWN.to_owned();
    };
    match session.next_phase.zip(session.next_at) {
        Some((phase, at)) => format!("{}, {phase} from {}", session.phase, times.short(at)),
        None => format!("{}, {NOT_KNOWN} until when", session.phase),
    }
}

fn last_run(run: Option<&Run>, times: &Times<'_>) -> String {
    let Some(run) = run else {
        return NOT_KNOWN.to_owned();
    };
    let ending = run.ending.as_deref().unwrap_or(NO_END);
    format!("{} at {}: {ending}", run.name, times.short(run.begun))
}

fn shortened(words: &str) -> String {
    let mut shown: String = words.chars().take(DECISION_SHOWN).collect();
    if shown.len() < words.len() {
        shown.push_str(" ..");
    }
    shown
}
