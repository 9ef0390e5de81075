//! `catalyst market phase`: which phase a moment falls in, what it permits, and what comes next.

use catalyst_domain::calendar::{Phase, TradingCalendar};
use catalyst_domain::exchange::Exchange;
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::asking::Question;
use super::rules::Rules;
use crate::commands::inspect::{Asked, BadQuestion, needed};

/// Flags of `catalyst market phase`, and keys of its lines.
#[derive(Debug, Clone, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhaseQuestion {
    /// Which exchange: HKEX or NYSE [default: HKEX]
    #[arg(long, value_name = "EXCHANGE")]
    exchange: Option<Asked<Exchange>>,
    /// The moment with its offset, such as 2026-11-23T10:00:00+08:00
    #[arg(long, value_name = "RFC3339")]
    at: Option<Asked<DateTime<FixedOffset>>>,
}

/// A moment at an exchange.
#[derive(Debug)]
pub(crate) struct MomentAsked {
    exchange: Exchange,
    at: DateTime<FixedOffset>,
}

/// Times are RFC 3339 with the exchange's offset, `null` when the calendar does not reach so far.
#[derive(Debug, Serialize)]
pub(crate) struct PhaseAnswer {
    exchange: &'static str,
    local: Option<String>,
    phase: Phase,
    accepts_entries: bool,
    accepts_exits: bool,
    next_change: Option<String>,
    next_phase: Option<Phase>,
}

impl Question for PhaseQuestion {
    type Complete = MomentAsked;
    type Answer = PhaseAnswer;

    fn exchange(&self) -> Option<Asked<Exchange>> {
        self.exchange
    }

    fn is_asked(&self) -> bool {
        self.at.is_some()
    }

    fn complete(self, exchange: Exchange) -> Result<MomentAsked, BadQuestion> {
        let at = needed("at", self.at)?;
        Ok(MomentAsked { exchange, at })
    }

    fn answer(question: &MomentAsked, rules: &Rules) -> Result<PhaseAnswer, BadQuestion> {
        let calendar = &rules.of(question.exchange).calendar;
        let moment = calendar.moment(question.at.to_utc()).map_err(|outside| {
            BadQuestion::new(
                "at",
                &question.at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
                &format!("an exchange date from {} to {}", outside.from, outside.to),
            )
        })?;
        let next = moment.next_change;
        Ok(PhaseAnswer {
            exchange: question.exchange.as_str(),
            local: local_text(calendar, moment.now),
            phase: moment.phase,
            accepts_entries: moment.phase.accepts_entries(),
            accepts_exits: moment.phase.accepts_exits(),
            next_change: next.and_then(|change| local_text(calendar, change.at)),
            next_phase: next.map(|change| change.phase),
        })
    }
}

/// The wall clock at the exchange with the offset that holds there at that moment.
fn local_text(calendar: &TradingCalendar, at: DateTime<Utc>) -> Option<String> {
    let ahead = calendar.local(at) - at.naive_utc();
    let offset = FixedOffset::east_opt(i32::try_from(ahead.num_seconds()).ok()?)?;
    let local = at.with_timezone(&offset);
    Some(local.to_rfc3339_opts(SecondsFormat::AutoSi, false))
}
