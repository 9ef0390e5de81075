//! What the calendar's files may not say, and how that is told.

use chrono_tz::Tz;

use super::{parse_days, parse_profile, parse_shapes};
use crate::dated::DateSpan;

const PHASES: &str = "shape,from,to,starts\n\
    full,2026-01-01,2026-01-31,09:30=continuous_morning 16:00=closed\n\
    half,2026-01-01,2026-01-31,09:30=continuous_morning 13:00=closed\n";
const HEADER: &str = "date,status,open,lunch_start,lunch_end,close,note\n";

fn days(rows: &str) -> Result<usize, String> {
    let shapes = parse_shapes(PHASES).unwrap();
    let [from, to] = ["2026-01-01", "2026-01-31"].map(|date| date.parse().unwrap());
    let coverage = DateSpan::new(from, to).unwrap();
    parse_days(&format!("{HEADER}{rows}"), coverage, &shapes)
        .map(|days| days.len())
        .map_err(|error| error.to_string())
}

#[test]
fn comments_and_blank_lines_say_nothing_and_notes_keep_their_commas() {
    let rows = "# why\n\n2026-01-01,closed:holiday,,,,,New Year, first day\n\
        2026-01-02,half,09:30,,,13:00,eve\n";

    assert_eq!(days(rows), Ok(2));
}

#[test]
fn a_wrong_day_is_named_with_its_line_and_what_is_allowed() {
    for (row, message) in [
        (
            "2026-01-05,shut,,,,,x",
            "line 2: found `shut`, expected closed:holiday",
        ),
        (
            "2026-01-05,half",
            "line 2: found `2026-01-05,half`, expected as many fields",
        ),
        (
            "2026-1-05,half,,,,,x",
            "line 2: found `2026-1-05`, expected a date",
        ),
        (
            "2026-01-05,half,9:30,,,13:00,x",
            "line 2: found `9:30`, expected a time",
        ),
        (
            "2026-01-05,half,09:30,,,12:00,x",
            "expected the hours of a half day",
        ),
        (
            "2026-01-05,part,09:00,,,12:00,x",
            "expected hours inside the sessions",
        ),
        (
            "2026-01-05,part,12:00,,,12:00,x",
            "expected open, lunch and close in order",
        ),
        (
            "2026-01-05,closed:holiday,09:30,,,12:00,x",
            "expected no hours on a closed day",
        ),
        (
            "2026-01-03,closed:holiday,,,,,x",
            "expected a weekday that the calendar covers",
        ),
        (
            "2026-02-02,closed:holiday,,,,,x",
            "expected a weekday that the calendar covers",
        ),
        (
            "2026-01-06,closed:holiday,,,,,x\n2026-01-06,closed:holiday,,,,,y",
            "line 3: found `2026-01-06,closed:holiday,,,,,y`, expected a date after",
        ),
    ] {
        let error = days(row).unwrap_err();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn shapes_must_rise_and_end_closed_with_words_that_exist() {
    for (starts, expected) in [
        ("09:30=continuous_morning", "closed at the end"),
        (
            "09:30=continuous_morning 09:30=lunch 16:00=closed",
            "rising starts",
        ),
        ("09:30=lunch 16:00=closed", "a continuous phase"),
        (
            "09:30=trading 16:00=closed",
            "found `trading`, expected a phase",
        ),
        ("09:30 16:00=closed", "found `09:30`, expected HH:MM=phase"),
        (
            "09:30=continuous_morning~16:00 16:00=closed",
            "random ends inside",
        ),
        (
            "09:30=continuous_morning~09:29 16:00=closed",
            "random ends inside",
        ),
        (
            "09:30=continuous_morning 16:00=closed~17:00",
            "closed at the end",
        ),
        (
            "09:30=continuous_morning~9 16:00=closed",
            "found `9`, expected a time",
        ),
        ("24:00=closed", "found `24:00`, expected a time"),
    ] {
        let text = format!("shape,from,to,starts\nfull,2026-01-01,2026-12-31,{starts}\n");
        let error = parse_shapes(&text).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_profile_without_zone_or_coverage_is_refused() {
    let profile = |rows: &str| {
        let read = parse_profile(&format!("key,value\n{rows}"));
        read.map(|profile| profile.zone)
            .map_err(|error| error.to_string())
    };
    let covered = "covered_from,2026-01-01\ncovered_to,2026-12-31\n";

    assert_eq!(
        profile(&format!("time_zone,America/New_York\n{covered}")),
        Ok(Tz::America__New_York)
    );
    assert_eq!(
        profile(covered),
        Err("exchange file has no `time_zone`".to_owned())
    );
    assert_eq!(
        profile("time_zone,Mars/Base\n"),
        Err("exchange line 2: found `Mars/Base`, expected an IANA time zone".to_owned())
    );
    assert_eq!(
        profile("time_zone,UTC\ncovered_from,2026-02-01\ncovered_to,2026-01-01\n"),
        Err("coverage runs backwards, from 2026-02-01 to 2026-01-01".to_owned())
    );
}

#[test]
fn a_file_with_another_header_is_refused() {
    let error = parse_shapes("shape,starts\n").unwrap_err().to_string();

    assert_eq!(
        error,
        "phases line 1: found `shape,starts`, expected shape,from,to,starts"
    );
}
