//! Files that are no bar files, and flags that are none.

use crate::program::technicals;

const HEADER: &str = "timestamp,open,high,low,close,volume\n";

#[test]
fn a_bad_row_is_named_and_nothing_is_printed() {
    let file = format!("{HEADER}t0,1,1,1,1,1\nt1,1,1,1,x,1\n");

    let ended = technicals(&["--bars", "-"], file);

    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert_eq!(
        ended.err,
        "error: standard input line 3, close: found \"x\"; allowed is a number above 0 and at most 1e15\n"
    );
}

#[test]
fn a_file_that_is_not_there_and_one_that_is_empty_fail() {
    let missing = technicals(&["--bars", "no/such/file.csv"], "");
    let empty = technicals(&["--bars", "-"], "");

    assert_eq!((missing.code, missing.out.as_str()), (Some(1), ""));
    assert!(
        missing
            .err
            .starts_with("error: no/such/file.csv cannot be read\n  caused by: "),
        "{}",
        missing.err
    );
    assert_eq!((empty.code, empty.out.as_str()), (Some(1), ""));
    assert!(empty.err.contains("timestamp is missing"), "{}", empty.err);
}

#[test]
fn wrong_flags_are_usage() {
    for arguments in [
        &[][..],
        &["--bars", "-", "--csv", "--json"],
        &["--bars", "-", "--period", "14"],
    ] {
        let ended = technicals(arguments, HEADER);
        assert_eq!(
            (ended.code, ended.out.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn prices_off_the_tick_and_time_and_symbol_of_any_kind_are_taken() {
    let file = "symbol,timestamp,close,open,high,low,volume\n\
                any thing,yesterday,0.0100001,1e-2,0.0100002,0.00999,0.5\n";

    let ended = technicals(&["--bars", "-"], file);

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(
        ended.out.lines().nth(1),
        Some("yesterday,1e-2,0.0100002,0.00999,0.0100001,0.5,,,,,,,,,,,,,,,,,")
    );
}

#[test]
fn a_header_alone_gives_a_header_alone() {
    let csv = technicals(&["--bars", "-"], HEADER);
    let json = technicals(&["--bars", "-", "--json"], HEADER);

    assert_eq!((csv.code, csv.out.lines().count()), (Some(0), 1));
    assert_eq!((json.code, json.out.as_str()), (Some(0), ""));
}

#[test]
fn rows_in_the_wrong_place_are_worked_out_and_named_by_line() {
    let file =
        format!("{HEADER}2026-11-23,1,1,1,1,1\n2026-11-20,1,1,1,1,1\n2026-11-24,1,1,1,1,1\n");

    let ended = technicals(&["--bars", "-"], file);

    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 4));
    assert_eq!(
        ended.err,
        "warning: standard input line 3: timestamp does not come after the one before it; rows are \
         taken as they stand\n"
    );
}
