//! `market calendar`: every day of both exchanges, and ranges that are not wholly covered.

use serde_json::{Value, json};

use crate::program::{answers, assert_usage, at_fault, market};
use crate::shared_data::shared_data;

const HEADER: &str = "date,status,open,lunch_start,lunch_end,close";

fn rows(exchange: &str, from: &str, to: &str) -> String {
    let ended = market(
        &format!("calendar --exchange {exchange} --from {from} --to {to}"),
        "",
    );
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    ended.out
}

/// The first six columns of a reference table; no cell of these holds a comma.
fn six_columns(text: &str) -> String {
    let mut columns = String::new();
    for line in text.lines() {
        let cells: Vec<_> = line.split(',').take(6).collect();
        columns.push_str(&cells.join(","));
        columns.push('\n');
    }
    columns
}

fn assert_equal_line_by_line(found: &str, expected: &str) {
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

#[test]
fn hong_kong_equals_the_reference_on_every_row() {
    let Some(reference) = shared_data("calendar/xhkg_sessions.csv") else {
        return;
    };

    let found = rows("HKEX", "2015-01-01", "2027-12-31");

    assert_equal_line_by_line(&found, &six_columns(&reference));
}

#[test]
fn new_york_equals_the_reference_on_every_row() {
    let Some(reference) = shared_data("calendar/xnys_sessions.csv") else {
        return;
    };

    let found = rows("NYSE", "2015-01-01", "2027-12-31");

    assert_equal_line_by_line(&found, &six_columns(&reference));
}

#[test]
fn a_range_has_one_row_a_weekday_and_a_day_cut_short_stands_as_scheduled() {
    assert_eq!(
        rows("HKEX", "2026-02-14", "2026-02-17"),
        format!(
            "{HEADER}\n2026-02-16,half,09:30,,,12:00\n\
             2026-02-17,closed:holiday:Chinese New Year,,,,\n"
        )
    );
    assert_eq!(
        rows("HKEX", "2020-08-19", "2020-08-19"),
        format!("{HEADER}\n2020-08-19,open,09:30,12:00,13:00,16:00\n")
    );
    assert_eq!(
        rows("NYSE", "2026-11-26", "2026-11-27"),
        format!(
            "{HEADER}\n2026-11-26,closed:holiday:Thanksgiving Day,,,,\n\
             2026-11-27,half,09:30,,,13:00\n"
        )
    );
    assert_eq!(
        rows("HKEX", "2026-02-14", "2026-02-15"),
        format!("{HEADER}\n")
    );
}

#[test]
fn json_has_the_columns_as_keys() {
    let half = json!({
        "date": "2026-02-16",
        "status": "half",
        "open": "09:30",
        "lunch_start": null,
        "lunch_end": null,
        "close": "12:00",
    });

    for flag in ["--format json", "--json"] {
        let ended = market(
            &format!("calendar --from 2026-02-16 --to 2026-02-16 {flag}"),
            "",
        );

        assert_eq!(ended.answers(), [json!([half])], "{flag}");
    }
    let line = r#"{"from":"2026-02-16","to":"2026-02-16","format":"json"}"#;
    assert_eq!(answers("calendar", &[line]), [json!({ "rows": [half] })]);
}

#[test]
fn a_range_that_is_not_wholly_covered_has_no_rows() {
    for exchange in ["HKEX", "NYSE"] {
        for (from, to, outside) in [
            ("2014-12-31", "2015-01-05", "2014-12-31"),
            ("2027-12-30", "2028-01-01", "2028-01-01"),
            ("1999-01-01", "2099-01-01", "1999-01-01"),
        ] {
            let ended = market(
                &format!("calendar --exchange {exchange} --from {from} --to {to}"),
                "",
            );

            assert_eq!(ended.code, Some(1), "{from} {to}");
            assert_eq!(ended.out, "", "{from} {to}");
            let reason = format!("not known for {outside}, it covers 2015-01-01 to 2027-12-31");
            assert!(ended.err.contains(&reason), "{}", ended.err);
        }
    }
}

#[test]
fn wrong_ranges_in_lines_are_answered_in_their_place() {
    let lines = [
        (
            r#"{"from":"2014-12-31","to":"2015-01-05"}"#,
            "from",
            "2014-12-31",
        ),
        (
            r#"{"from":"2027-12-31","to":"2028-01-03"}"#,
            "to",
            "2028-01-03",
        ),
        (
            r#"{"from":"2026-01-02","to":"2026-01-01"}"#,
            "from",
            "2026-01-02",
        ),
        (r#"{"from":"2026-01-02"}"#, "to", "nothing"),
        (
            r#"{"from":"2026-1-2","to":"2026-01-05"}"#,
            "from",
            "2026-1-2",
        ),
        (r#"{"from":20260102,"to":"2026-01-05"}"#, "from", "20260102"),
        (
            r#"{"from":"2026-01-02","to":"2026-01-05","format":"csv"}"#,
            "format",
            "csv",
        ),
        (
            r#"{"from":"2026-01-02","to":"2026-01-05","json":true}"#,
            "json",
            "an unknown key",
        ),
    ];

    let answers = answers("calendar", &lines.map(|(line, ..)| line));

    for (answer, (line, field, found)) in answers.iter().zip(lines) {
        assert_eq!(
            at_fault(answer),
            (field.to_owned(), found.to_owned()),
            "{line}"
        );
    }
}

#[test]
fn a_line_may_name_the_other_exchange() {
    let thanksgiving = r#"{"exchange":"NYSE","from":"2026-11-26","to":"2026-11-26"}"#;
    let same_day = r#"{"from":"2026-11-26","to":"2026-11-26"}"#;

    let statuses: Vec<Value> = answers("calendar", &[thanksgiving, same_day])
        .into_iter()
        .map(|answer| answer["rows"][0]["status"].clone())
        .collect();

    assert_eq!(statuses, ["closed:holiday:Thanksgiving Day", "open"]);
}

#[test]
fn flags_that_make_no_range_are_usage() {
    assert_usage(
        "calendar --from 2026-01-02 --to 2026-01-01",
        "a date not after 2026-01-01",
    );
    assert_usage("calendar --from 2026-01-02", "--to");
    assert_usage("calendar --format json", "--from");
    assert_usage("calendar --from 2026-02-30 --to 2026-03-01", "2026-02-30");
    assert_usage(
        "calendar --from 2026-01-02 --to 2026-01-05 --format xml",
        "csv or json",
    );
    assert_usage(
        "calendar --from 2026-01-02 --to 2026-01-05 --format csv --json",
        "--json",
    );
}
