//! The days that are not an ordinary full weekday.

use super::error::CalendarError;
use super::line::{Line, lines};
use super::shapes::Shapes;
use crate::calendar::date::TradingDate;
use crate::calendar::day::{Closure, DayKind, DayLayout};
use crate::calendar::plan::{HeldHours, PhasePlan};
use crate::dated::DateSpan;

/// A day that is not an ordinary one.
#[derive(Debug)]
pub(in crate::calendar) struct OddDay {
    pub(in crate::calendar) date: TradingDate,
    pub(in crate::calendar) layout: DayLayout,
}

/// The odd days in rising order of date.
pub(in crate::calendar) fn parse_days(
    text: &str,
    coverage: DateSpan,
    shapes: &Shapes,
) -> Result<Vec<OddDay>, CalendarError> {
    const HEADER: &str = "date,status,open,lunch_start,lunch_end,close,note";
    let lines = lines("days", text, HEADER)?;
    let mut days: Vec<OddDay> = Vec::with_capacity(lines.len());
    for line in lines {
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
    let mut scheduled = None;
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
            let full = shapes.full.on(date)?;
            let plan = full.cut_to(&parse_hours(line, hours)?);
            scheduled = Some(full.clone());
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
    let layout = DayLayout {
        kind,
        plan,
        scheduled,
    };
    Ok(OddDay { date, layout })
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
