//! The texts an exchange is read from, and its profile: time zone and coverage.

use chrono_tz::Tz;

use super::error::CalendarError;
use super::line::lines;
use crate::dated::DateSpan;

/// The texts an exchange's calendar is read from.
///
/// ```
/// use catalyst_domain::calendar::{CalendarSource, TradingCalendar};
/// let source = CalendarSource {
///     table: "test calendar",
///     exchange: "key,value\ntime_zone,Mars/Base\n",
///     phases: "shape,from,to,starts\n",
///     days: "date,status,open,lunch_start,lunch_end,close,note\n",
/// };
/// assert_eq!(
///     TradingCalendar::parse(&source).unwrap_err().to_string(),
///     "exchange line 2: found `Mars/Base`, expected an IANA time zone"
/// );
/// ```
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

/// What the profile says.
#[derive(Debug, Clone, Copy)]
pub(in crate::calendar) struct Profile {
    pub(in crate::calendar) zone: Tz,
    pub(in crate::calendar) coverage: DateSpan,
}

/// Reads `key,value` lines; all three keys are required.
pub(in crate::calendar) fn parse_profile(text: &str) -> Result<Profile, CalendarError> {
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
