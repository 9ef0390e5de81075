//! Reading an exchange's calendar files: the profile, the phase shapes, the days out of the ordinary.
//!
//! Files are comma-separated; lines that begin with `#` and empty lines are comments.

use chrono::NaiveTime;
use chrono_tz::Tz;
use thiserror::Error;

use super::date::TradingDate;
use super::day::{Closure, DayKind};
use super::phase::Phase;
use super::plan::{HeldHours, PhasePlan};
use crate::dated::{DateSpan, Dated, DatedError, NotCovered};

/// The texts an exchange's calendar is read from.
#[derive(Debug, Clone, Copy)]
pub struct CalendarSource<'a> {
    /// What refusals call the calendar, such as `HKEX calendar`.
    pub table: &'static str,
    /// `key,value`: `time_zone`, `covered_from`, `covered_to`.
    pub exchange: &'a str,
    /// `shape,from,to,starts`: phases of a `full` and a `half` day by trade date.
    pub phases: &'a str,
    /// `date,status,open,lunch_start,lunch_end,close,note`: every weekday that is not a full day.
    pub days: &'a str,
}

/// Why files make no calendar.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// A line that cannot be read or contradicts another.
    #[error("{file} line {line}: found `{found}`, expected {expected}")]
    Line {
        /// Which of the files: exchange, phases or days.
        file: &'static str,
        /// Line number, counted from 1 with the comments.
        line: usize,
        /// The line or the part of it that is wrong.
        found: String,
        /// What would have been right.
        expected: &'static str,
    },
    /// The profile does not name a required key.
    #[error("exchange file has no `{key}`")]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// The coverage ends before it begins.
    #[error("coverage runs backwards, from {from} to {to}")]
    Backwards {
        /// First date.
        from: TradingDate,
        /// Last date.
        to: TradingDate,
    },
    /// Phase shapes that overlap or are absent.
    #[error(transparent)]
    Shapes(#[from] DatedError),
    /// A trading day for which no phase shape holds.
    #[error(transparent)]
    NoShape(#[from] NotCovered),
}

/// What the profile says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Profile {
    pub(super) zone: Tz,
    pub(super) coverage: DateSpan,
}

/// The phases of an ordinary and of a shortened day, by trade date.
#[derive(Debug)]
pub(super) struct Shapes {
    pub(super) full: Dated<PhasePlan>,
    half: Dated<PhasePlan>,
}

/// One data line of a file with what is needed to complain about it.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    file: &'static str,
    number: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn wrong(self, found: &str, expected: &'static str) -> CalendarError {
        CalendarError::Line {
            file: self.file,
            line: self.number,
            found: found.chars().take(80).collect(),
            expected,
        }
    }

    /// Exactly `N` fields; the last one keeps its commas.
    fn fields<const N: usize>(self) -> Result<[&'a str; N], CalendarError> {
        let fields: Vec<_> = self.text.splitn(N, ',').map(str::trim).collect();
        <[&str; N]>::try_from(fields)
            .map_err(|fields| self.wrong(&fields.join(","), "as many fields as the header has"))
    }

    fn date(self, text: &str) -> Result<TradingDate, CalendarError> {
        text.parse()
            .map_err(|_found: super::DateError| self.wrong(text, "a date as YYYY-MM-DD"))
    }

    fn time(self, text: &str) -> Result<NaiveTime, CalendarError> {
        let read = |text: &str| {
            let (hour, minute) = text.split_once(':')?;
            let two_digits = [hour, minute]
                .iter()
                .all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
            let (Ok(hour), Ok(minute)) = (hour.parse(), minute.parse()) else {
                return None;
            };
            NaiveTime::from_hms_opt(hour, minute, 0).filter(|_| two_digits)
        };
        read(text).ok_or_else(|| self.wrong(text, "a time as HH:MM"))
    }
}

/// Data lines below a header that must be as given.
fn lines<'a>(
    file: &'static str,
    text: &'a str,
    header: &'static str,
) -> Result<Vec<Line<'a>>, CalendarError> {
    let mut rows = text.lines().zip(1..).filter_map(|(text, number)| {
        let data = !text.trim().is_empty() && !text.starts_with('#');
        data.then_some(Line { file, number, text })
    });
    match rows.next() {
        Some(line) if line.text == header => Ok(rows.collect()),
        Some(line) => Err(line.wrong(line.text, header)),
        None => {
            let end = Line {
                file,
                number: 1,
                text,
            };
            Err(end.wrong("", header))
        }
    }
}

pub(super) fn parse_profile(text: &str) -> Result<Profile, CalendarError> {
    let (mut zone, mut from, mut to) = (None, None, None);
    for line in lines("exchange", text, "key,value")? {
        match line.fields::<2>()? {
            ["time_zone", value] => {
                let known = value.parse::<Tz>();
                zone = Some(known.map_err(|_unknown| line.wrong(value, "an IANA time zone"))?);
            }
            ["covered_from", value] => from = Some(line.date(value)?),
            ["covered_to", value] => to = Some(line.date(value)?),
            [key, _] => {
                return Err(line.wrong(key, "time_zone, covered_from or covered_to"));
            }
        }
    }
    let missing = |key| CalendarError::MissingKey { key };
    let from = from.ok_or_else(|| missing("covered_from"))?;
    let to = to.ok_or_else(|| missing("covered_to"))?;
    Ok(Profile {
        zone: zone.ok_or_else(|| missing("time_zone"))?,
        coverage: DateSpan::new(from, to).ok_or(CalendarError::Backwards { from, to })?,
    })
}

pub(super) fn parse_shapes(text: &str) -> Result<Shapes, CalendarError> {
    let (mut full, mut half) = (Vec::new(), Vec::new());
    for line in lines("phases", text, "shape,from,to,starts")? {
        let [shape, from, to, starts] = line.fields()?;
        let span = DateSpan::new(line.date(from)?, line.date(to)?)
            .ok_or_else(|| line.wrong(to, "a last date not before the first"))?;
        let starts: Vec<_> = starts
            .split_ascii_whitespace()
            .map(|start| parse_start(line, start))
            .collect::<Result<_, _>>()?;
        let plan = PhasePlan::new(&starts).ok_or_else(|| {
            line.wrong(
                line.text,
                "rising starts, a continuous phase, and closed at the end",
            )
        })?;
        match shape {
            "full" => full.push((span, plan)),
            "half" => half.push((span, plan)),
            other => return Err(line.wrong(other, "full or half")),
        }
    }
    Ok(Shapes {
        full: Dated::new("phases of a full day", full)?,
        half: Dated::new("phases of a half day", half)?,
    })
}

fn parse_start(line: Line<'_>, start: &str) -> Result<(NaiveTime, Phase), CalendarError> {
    let Some((time, word)) = start.split_once('=') else {
        return Err(line.wrong(start, "HH:MM=phase"));
    };
    let phase = word
        .parse()
        .map_err(|_unknown: super::UnknownPhase| line.wrong(word, "a phase"))?;
    Ok((line.time(time)?, phase))
}

/// A day that is not an ordinary one.
#[derive(Debug)]
pub(super) struct OddDay {
    pub(super) date: TradingDate,
    pub(super) kind: DayKind,
    pub(super) plan: PhasePlan,
}

/// The odd days in rising order of date.
pub(super) fn parse_days(
    text: &str,
    coverage: DateSpan,
    shapes: &Shapes,
) -> Result<Vec<OddDay>, CalendarError> {
    const HEADER: &str = "date,status,open,lunch_start,lunch_end,close,note";
    let mut days: Vec<OddDay> = Vec::new();
    for line in lines("days", text, HEADER)? {
        let day = parse_day(line, shapes)?;
        if days.last().is_some_and(|before| before.date >= day.date) {
            return Err(line.wrong(line.text, "a date after that of the line before"));
        }
        if !coverage.contains(day.date) || day.date.is_weekend() {
            return Err(line.wrong(line.text, "a weekday that the calendar covers"));
        }
        days.push(day);
    }
    Ok(days)
}

fn parse_day(line: Line<'_>, shapes: &Shapes) -> Result<OddDay, CalendarError> {
    let [date, status, open, lunch_start, lunch_end, close, note] = line.fields()?;
    let date = line.date(date)?;
    let name = || Box::from(note);
    let closed = |why| (DayKind::Closed(why), PhasePlan::closed());
    let hours = [open, lunch_start, lunch_end, close];
    let (kind, plan) = match status {
        "closed:holiday" => closed(Closure::Holiday(name())),
        "closed:weather" => closed(Closure::Weather(name())),
        "closed:special" => closed(Closure::Special(name())),
        "half" => {
            let plan = shapes.half.on(date)?.clone();
            if !plan.has_sessions(&parse_hours(line, hours)?) {
                return Err(line.wrong(line.text, "the hours of a half day on this date"));
            }
            (DayKind::Half, plan)
        }
        "part" => {
            let plan = shapes.full.on(date)?.cut_to(&parse_hours(line, hours)?);
            let kind = DayKind::Part {
                open: line.time(open)?,
                close: line.time(close)?,
                note: name(),
            };
            let within = "hours inside the sessions of a full day on this date";
            (kind, plan.ok_or_else(|| line.wrong(line.text, within))?)
        }
        other => {
            let statuses = "closed:holiday, closed:weather, closed:special, half or part";
            return Err(line.wrong(other, statuses));
        }
    };
    let hourless = hours.iter().all(|hour| hour.is_empty());
    if matches!(kind, DayKind::Closed(_)) && !hourless {
        return Err(line.wrong(line.text, "no hours on a closed day"));
    }
    Ok(OddDay { date, kind, plan })
}

fn parse_hours(line: Line<'_>, hours: [&str; 4]) -> Result<HeldHours, CalendarError> {
    let [open, lunch_start, lunch_end, close] = hours;
    let (open, close) = (line.time(open)?, line.time(close)?);
    let held = if lunch_start.is_empty() && lunch_end.is_empty() {
        HeldHours::new(&[(open, close)])
    } else {
        let (lunch_start, lunch_end) = (line.time(lunch_start)?, line.time(lunch_end)?);
        HeldHours::new(&[(open, lunch_start), (lunch_end, close)])
    };
    held.ok_or_else(|| line.wrong(line.text, "open, lunch and close in order of time"))
}

#[cfg(test)]
mod tests;
