//! The day's schedule in exchange time, checked against the sessions of an ordinary full day.

use catalyst_domain::calendar::{DayKind, TradingCalendar};
use chrono::NaiveTime;

use super::problem::SettingsError;
use super::raw::RawSettings;

/// What happens before lunch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LunchExits {
    /// Positions that went nowhere are left: the owner's "close before lunch if flat".
    FlatOnly,
    /// Every position is left.
    All,
    /// Nothing is left.
    None,
}

/// When things happen on a full day. On shorter days the calendar decides which of it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// Continuous trading of a full day.
    pub(crate) sessions: Vec<(NaiveTime, NaiveTime)>,
    /// Starts of cycles: rising, none twice, each in continuous trading.
    pub(crate) slots: Vec<NaiveTime>,
    /// Exits before lunch, in the morning session.
    pub(crate) lunch_exit: NaiveTime,
    /// Which positions those are.
    pub(crate) lunch_exits: LunchExits,
    /// Exits before the close begin, in the afternoon session.
    pub(crate) eod_exit_from: NaiveTime,
}

/// The hours of a full day, as half-open spans.
struct FullDay {
    morning: (NaiveTime, NaiveTime),
    afternoon: (NaiveTime, NaiveTime),
}

pub(super) fn read(
    raw: &RawSettings<'_>,
    calendar: &TradingCalendar,
) -> Result<Schedule, SettingsError> {
    let day = full_day(calendar)?;
    let eod_exit_from = time_inside(raw, "schedule.eod_exit_from", day.afternoon)?;
    Ok(Schedule {
        sessions: vec![day.morning, day.afternoon],
        slots: read_slots(raw, &day)?,
        lunch_exit: time_inside(raw, "schedule.lunch_exit", day.morning)?,
        lunch_exits: raw.word(
            "schedule.lunch_exits",
            &[
                ("flat_only", LunchExits::FlatOnly),
                ("all", LunchExits::All),
                ("none", LunchExits::None),
            ],
        )?,
        eod_exit_from,
    })
}

fn read_slots(raw: &RawSettings<'_>, day: &FullDay) -> Result<Vec<NaiveTime>, SettingsError> {
    let key = "schedule.slots";
    let mut slots = raw.times(key)?;
    if slots.is_empty() {
        return Err(SettingsError::empty(key, "at least one time \"HH:MM\""));
    }
    slots.sort_unstable();
    for (slot, next) in slots.iter().zip(slots.iter().skip(1)) {
        if slot == next {
            let found = format!("{} twice", text_of(*slot));
            return Err(SettingsError::value(key, &found, "each time once"));
        }
    }
    let open = |slot: NaiveTime| is_inside(slot, day.morning) || is_inside(slot, day.afternoon);
    if let Some(outside) = slots.iter().find(|slot| !open(**slot)) {
        let allowed = format!(
            "{}, or {}",
            span_text(day.morning),
            span_text(day.afternoon)
        );
        return Err(SettingsError::value(key, &text_of(*outside), allowed));
    }
    Ok(slots)
}

fn time_inside(
    raw: &RawSettings<'_>,
    key: &str,
    span: (NaiveTime, NaiveTime),
) -> Result<NaiveTime, SettingsError> {
    let time = raw.time(key)?;
    if is_inside(time, span) {
        Ok(time)
    } else {
        Err(SettingsError::value(key, &text_of(time), span_text(span)))
    }
}

fn is_inside(time: NaiveTime, (start, end): (NaiveTime, NaiveTime)) -> bool {
    start <= time && time < end
}

/// The latest full day that the calendar covers.
fn full_day(calendar: &TradingCalendar) -> Result<FullDay, SettingsError> {
    let mut date = calendar.coverage().to();
    while let Ok(day) = calendar.day(date) {
        let hours: Vec<_> = day.continuous_hours().collect();
        if let (DayKind::Full, [morning, afternoon]) = (day.kind(), hours.as_slice()) {
            return Ok(FullDay {
                morning: *morning,
                afternoon: *afternoon,
            });
        }
        date = date.previous();
    }
    let allowed = "an exchange whose calendar has a day with two sessions";
    Err(SettingsError::value("exchange.code", "HKEX", allowed))
}

fn span_text((start, end): (NaiveTime, NaiveTime)) -> String {
    format!("from {} to before {}", text_of(start), text_of(end))
}

fn text_of(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
