//! Moments of the wire. Without a zone there is no moment, since nobody may guess one.

use catalyst_domain::calendar::TradingDate;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use time::OffsetDateTime;

/// Names that gateways print and no zone table has.
const ALIASES: [&str; 4] = [
    "HKT",
    "Hong Kong Time",
    "Hong Kong Standard Time",
    "China Standard Time",
];

/// The moment of the time library's value, to the microsecond.
pub(crate) fn from_offset(moment: OffsetDateTime) -> Option<DateTime<Utc>> {
    let micros = i64::try_from(moment.unix_timestamp_nanos() / 1_000).ok()?;
    DateTime::from_timestamp_micros(micros)
}

/// The same the other way, to the second.
pub(crate) fn to_offset(moment: DateTime<Utc>) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(moment.timestamp()).ok()
}

/// Seconds since 1970 as text.
pub(crate) fn epoch(text: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(text.trim().parse().ok()?, 0)
}

/// The exchange date of the time library's value.
pub(crate) fn date_of(date: time::Date) -> Option<TradingDate> {
    let (month, day) = (u8::from(date.month()), date.day());
    NaiveDate::from_ymd_opt(date.year(), u32::from(month), u32::from(day)).map(TradingDate::new)
}

/// The time of an execution: UTC as `20260914-02:00:05`, or local with its zone as
/// `20260914 10:00:05 Asia/Hong_Kong`, by the settings of the gateway.
pub(crate) fn moment_of_execution(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(utc) = NaiveDateTime::parse_from_str(text, "%Y%m%d-%H:%M:%S") {
        return Some(utc.and_utc());
    }
    let mut words = text.split_whitespace();
    let (date, clock) = (words.next()?, words.next()?);
    let zone = words.collect::<Vec<_>>().join(" ");
    let local = NaiveDateTime::parse_from_str(&format!("{date} {clock}"), "%Y%m%d %H:%M:%S");
    let moment = zone_named(&zone)?.from_local_datetime(&local.ok()?);
    Some(moment.single()?.with_timezone(&Utc))
}

fn zone_named(name: &str) -> Option<Tz> {
    if ALIASES.contains(&name) {
        return Some(Tz::Asia__Hong_Kong);
    }
    name.parse().ok()
}

/// The aliases, for the client's own table.
pub(crate) const fn aliases() -> &'static [&'static str] {
    &ALIASES
}

#[cfg(test)]
mod tests {
    use super::moment_of_execution;

    #[test]
    fn an_execution_is_dated_in_each_of_the_shapes_and_never_without_a_zone() {
        let at = |text: &str| moment_of_execution(text).map(|at| at.to_rfc3339());
        let expected = Some("2026-09-14T02:00:05+00:00".to_owned());
        for text in [
            "20260914-02:00:05",
            "20260914 10:00:05 Asia/Hong_Kong",
            "20260914  10:00:05 Hongkong",
            "20260914 10:00:05 HKT",
            "20260914 10:00:05 Hong Kong Standard Time",
            "20260913 22:00:05 US/Eastern",
            "20260914 02:00:05 UTC",
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
        for text in [
            "",
            "20260914",
            "20260914 10:00:05",
            "20260914 10:00:05 Nowhere",
            "20261401-10:00:05",
            "20261101 01:30:00 US/Eastern",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
