//! What is wrong is named, with what is allowed; what is right beside it is still told.

use catalyst_domain::pattern::PatternKind;
use catalyst_testkit::charts::{Grade, sound};

use crate::program::{csv, patterns, written};

#[test]
fn a_bad_file_in_a_folder_is_named_and_the_others_are_read_and_other_tables_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut chart = sound(PatternKind::Abcd, Grade::Clear, 2);
    chart.bars.truncate(chart.decision.1);
    written(folder.path(), "good.csv", &chart);
    std::fs::write(folder.path().join("INDEX.csv"), "symbol,gap_pct\n1,2\n").unwrap();
    std::fs::write(
        folder.path().join("bad.csv"),
        "timestamp,open,high,low,close,volume\nt,1,1,1,x,1\n",
    )
    .unwrap();

    let ended = patterns(&["--bars", folder.path().to_str().unwrap(), "--jsonl"], "");

    assert_eq!(ended.code, Some(1));
    assert!(ended.out.contains("\"series\":\"good\""), "{}", ended.out);
    assert!(
        ended.err.contains("1 of 3 files were refused")
            && ended.err.contains("passed over: ")
            && ended.err.contains("line 2, close: found \"x\""),
        "{}",
        ended.err
    );
}

#[test]
fn a_file_in_a_folder_that_cannot_be_read_is_named_with_the_cause() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bytes.csv"), b"timestamp\xff").unwrap();
    std::fs::create_dir(folder.path().join("folder.csv")).unwrap();

    let ended = patterns(&["--bars", folder.path().to_str().unwrap()], "");

    assert_eq!(ended.code, Some(1));
    for cause in [
        "bytes.csv cannot be read: stream did not contain valid UTF-8",
        "folder.csv cannot be read: Is a directory",
    ] {
        assert!(ended.err.contains(cause), "{cause}: {}", ended.err);
    }
}

#[test]
fn wrong_flags_end_with_two_and_wrong_files_with_one() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().to_str().unwrap();
    let chart = csv(&sound(PatternKind::Abcd, Grade::Clear, 2).bars);
    for (arguments, code, told) in [
        (&[][..], 2, "--bars"),
        (
            &["--bars", "-", "--min-confidence", "1.5"],
            2,
            "above 0 and at most 1",
        ),
        (
            &["--bars", "-", "--sessions", "nyse"],
            2,
            "allowed are none, hkex",
        ),
        (&["--bars", "-", "--date", "2020-13-01"], 2, "2020-13-01"),
        (&["--bars", "-", "--date", "2001-01-02"], 1, "2001-01-02"),
        (&["--bars", "-", "--sessions", "hkex"], 1, "\"T0000\""),
        (
            &["--bars", "/nowhere/a.csv"],
            1,
            "/nowhere/a.csv cannot be read",
        ),
        (&["--bars", here], 1, "holds no .csv file with bars"),
        (
            &["--bars", here, "--svg", "x.svg"],
            1,
            "--svg draws one series",
        ),
        (
            &["--bars", "-", "--svg", "/nowhere/x.svg"],
            1,
            "/nowhere/x.svg cannot be written",
        ),
    ] {
        let ended = patterns(arguments, chart.clone());

        assert_eq!(ended.code, Some(code), "{arguments:?}: {}", ended.err);
        assert!(ended.err.contains(told), "{arguments:?}: {}", ended.err);
    }
}

#[test]
fn rows_out_of_order_are_refused_where_times_are_read() {
    let row = |time: &str| format!("2020-11-02T{time}:00+08:00,5,5,5,5,100\n");
    let header = "timestamp,open,high,low,close,volume\n";
    for rows in [["09:31", "09:30"], ["09:30", "09:30"]] {
        let text = header.to_owned() + &rows.map(row).concat();

        let read = patterns(&["--bars", "-", "--sessions", "hkex"], text.clone());
        let opaque = patterns(&["--bars", "-"], text);

        assert_eq!(read.code, Some(1), "{}", read.err);
        assert!(
            read.err.contains("does not come after the one before it"),
            "{}",
            read.err
        );
        assert_eq!(opaque.code, Some(0));
        assert_eq!(
            opaque.err,
            "warning: standard input line 3: timestamp does not come after the one before it; rows are taken as \
             they stand\n"
        );
    }
}

#[test]
fn prices_beyond_the_tick_table_have_no_legal_levels_and_are_no_error() {
    let text = "timestamp,open,high,low,close,volume\n".to_owned()
        + &"t,5245000.0,5290000.0,5200000.0,5245000.0,100\n".repeat(60);

    let ended = patterns(&["--bars", "-"], text);

    assert_eq!(
        (ended.code, ended.out.as_str()),
        (Some(0), "stdin: no pattern in 60 bars\n")
    );
}
