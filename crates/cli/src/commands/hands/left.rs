//! What a flattening came to: flat, or what is left and when that can be sold. Where the broker did not answer,
//! what the journal knows of.

use std::io::{self, Write as _};
use std::time::Duration;

use catalyst_app::{CycleError, FlattenOutcome, Left};
use catalyst_domain::calendar::{Phase, TradingCalendar};
use catalyst_domain::rulebook::Rulebook;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;

use crate::commands::live::LiveArgs;
use crate::commands::{Failure, Home};
use crate::compose::{self, JournalPlace};

/// How long the journal may take to say what is held.
const PATIENCE: Duration = Duration::from_secs(5);

/// Prints the outcome as one JSON document.
pub(super) fn write_document(outcome: &FlattenOutcome) -> io::Result<()> {
    let left = |one: &Left| json!({"symbol": one.symbol, "shares": one.shares, "why": one.why});
    let next = outcome.next_exit_at;
    let document = json!({
        "flat": outcome.left.is_empty(), "run": outcome.id.to_string(),
        "left": outcome.left.iter().map(left).collect::<Vec<_>>(),
        "other_orders": outcome.foreign,
        "next_exit_at": next.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
    });
    writeln!(io::stdout().lock(), "{document}")
}

/// Prints the outcome in words.
pub(super) fn write_words(outcome: &FlattenOutcome, calendar: &TradingCalendar) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match outcome.foreign {
        Some(0) => {}
        Some(count) => writeln!(
            out,
            "{count} working orders are not the agent's and were left alone"
        )?,
        None => writeln!(
            out,
            "whether orders that are not the agent's are at work is not known"
        )?,
    }
    if outcome.left.is_empty() {
        return writeln!(
            out,
            "flat: nothing is held, nothing works; entries stay halted until `catalyst resume`"
        );
    }
    for one in &outcome.left {
        writeln!(out, "left: {one}")?;
    }
    let when = when(outcome.next_exit_at, calendar, outcome.at);
    writeln!(out, "{when}; every guard goes on")
}

/// When what is left can be sold.
fn when(next: Option<DateTime<Utc>>, calendar: &TradingCalendar, now: DateTime<Utc>) -> String {
    let Some(next) = next else {
        return "queued: the calendar knows no next session".to_owned();
    };
    if next > now {
        return format!(
            "queued: exits can be sent from {}",
            calendar.wall_clock(next)
        );
    }
    let is_continuous = calendar.phase_at(now).is_ok_and(Phase::is_continuous);
    let close = calendar.close_of(calendar.date_of(now)).ok().flatten();
    match close.filter(|_| !is_continuous) {
        Some(close) => {
            let close = calendar.wall_clock(close);
            format!("queued: the closing auction has matched by {close}")
        }
        None => "not done: the exchange takes exits now".to_owned(),
    }
}

/// What is left by the journal alone, one line each, where a run could not find it out at the broker. `at`
/// need not be exact: what is held is told from every fill that was kept.
pub(super) async fn by_journal(
    home: &Home,
    live: &LiveArgs,
    rules: &Rulebook,
    at: DateTime<Utc>,
) -> Vec<String> {
    let read = tokio::time::timeout(PATIENCE, read(home, live, rules, at)).await;
    match read {
        Ok(Ok(lines)) if lines.is_empty() => {
            vec!["left: nothing that the journal knows of".to_owned()]
        }
        Ok(Ok(lines)) => lines,
        Ok(Err(_)) | Err(_) => {
            vec!["left: not known, the journal cannot be read either".to_owned()]
        }
    }
}

async fn read(
    home: &Home,
    live: &LiveArgs,
    rules: &Rulebook,
    at: DateTime<Utc>,
) -> Result<Vec<String>, Failure> {
    let settings = &home.settings;
    let place = JournalPlace::of(&settings.database, None, home.state.path())?;
    if place.is_absent() {
        return Ok(vec!["left: not known, there is no journal yet".to_owned()]);
    }
    let broker = live.broker.unwrap_or(settings.broker.name);
    let account = compose::account_name(&settings.broker, broker)?;
    let Some(journal) = compose::read_journal(&place, rules, account).await? else {
        return Ok(Vec::new());
    };
    let day = journal.day(rules.calendar.date_of(at)).await;
    let day = day.map_err(CycleError::from)?;
    let held = day.holdings.positions().map(|one| {
        let (shares, symbol) = (one.shares, one.symbol);
        format!("left: {shares} shares of {symbol}: held, by the journal")
    });
    let mut lines: Vec<String> = held.collect();
    for family in journal.unsettled().await.map_err(CycleError::from)? {
        let (id, symbol) = (family.id, family.plan.symbol());
        lines.push(format!(
            "left: order {id} of {symbol}: still at work, or its end is not known"
        ));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(next: Option<&str>, now: &str) -> String {
        let calendar = TradingCalendar::hkex().unwrap();
        let moment = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        when(next.map(moment), &calendar, moment(now))
    }

    #[test]
    fn what_is_left_says_when_it_can_be_sold() {
        let lunch = "2026-09-18T12:10:00.123456789+08:00";
        let auction = "2026-09-18T16:02:00+08:00";
        let morning = "2026-09-18T10:00:00.5+08:00";

        assert_eq!(
            told(Some("2026-09-18T13:00:00+08:00"), lunch),
            "queued: exits can be sent from 2026-09-18 13:00 HKT"
        );
        assert_eq!(
            told(Some(auction), auction),
            "queued: the closing auction has matched by 2026-09-18 16:10 HKT"
        );
        assert_eq!(
            told(Some(morning), morning),
            "not done: the exchange takes exits now"
        );
        assert_eq!(
            told(None, lunch),
            "queued: the calendar knows no next session"
        );
    }
}
