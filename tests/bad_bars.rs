//! Bar files with defects: each is named with its line and left out, the others play.

use crate::program::Program;

const HEADER: &str = "symbol,timestamp,open,high,low,close,volume\n";

fn row(symbol: &str, time: &str, cells: &str) -> String {
    format!("{symbol},2026-09-14T{time}:00+08:00,{cells}\n")
}

/// A quiet symbol: the same price every minute of the morning.
fn good() -> String {
    let minutes =
        (30..60).map(|minute| row("00005", &format!("09:{minute}"), "100,100,100,100,4000"));
    HEADER.to_owned() + &minutes.collect::<String>()
}

/// Files of symbol 700 that are wrong, with the line and the words of the refusal.
fn defects() -> Vec<(String, &'static str)> {
    let first = row("00700", "09:30", "500,500,500,500,100");
    let second = |cells| HEADER.to_owned() + &first + &row("00700", "09:31", cells);
    let shortened = HEADER.replace(",volume", "") + "00700,2026-09-14T09:30:00+08:00,1,1,1,1\n";
    let unordered = HEADER.to_owned() + &row("00700", "09:32", "1,1,1,1,1") + &first;
    let doubled = HEADER.to_owned() + &first + &first;
    let night = HEADER.to_owned() + &first + &row("00700", "22:00", "1,1,1,1,1");
    vec![
        (shortened, "line 1: the header has no column `volume`"),
        (
            unordered,
            "line 3: 2026-09-14 01:30:00 UTC does not come after",
        ),
        (doubled, "line 3: 2026-09-14 01:30:00 UTC is there twice"),
        (second("NaN,500,500,500,1"), "line 3: open is `NaN`"),
        (second("500,500,-1,500,1"), "line 3: low is `-1`"),
        (second("500,490,495,500,1"), "line 3: "),
        (
            night,
            "line 3: 2026-09-14 22:00:00 lies outside the trading day",
        ),
    ]
}

#[test]
fn a_file_with_a_defect_is_named_twice_and_the_others_play() {
    for (text, wanted) in defects() {
        let program = Program::in_scratch_home();
        program.file("bars/00005.csv", &good());
        program.file("bars/00700.csv", &text);

        let ended = program.catalyst(&["rehearse", "--bars", "bars", "--json"]);

        assert_eq!(ended.code, Some(1), "{wanted}: {}", ended.err);
        let named = format!("bars/00700.csv, {wanted}");
        assert_eq!(
            ended.err.matches(&named).count(),
            2,
            "{named}: {}",
            ended.err
        );
        let document = ended.json();
        assert_eq!(document["days"][0]["cycles"].as_array().unwrap().len(), 11);
        let refused = document["refused_files"][0].as_str().unwrap();
        assert!(refused.starts_with(&named), "{refused}");
    }
}

#[test]
fn no_usable_file_is_an_error_at_once() {
    let program = Program::in_scratch_home();
    program.file("bars/00700.csv", "symbol,timestamp\n");
    program.file("bars/notes.txt", "not a bar file\n");

    let ended = program.catalyst(&["rehearse", "--bars", "bars"]);

    assert_eq!(ended.code, Some(1));
    assert!(
        ended.err.contains("no usable bar file in bars, 1 refused"),
        "{}",
        ended.err
    );
    assert!(
        ended.err.contains("bars/00700.csv, line 1"),
        "{}",
        ended.err
    );
    assert_eq!(ended.out, "");
}

#[test]
fn a_folder_that_is_none_of_bars_is_a_wrong_argument() {
    let program = Program::in_scratch_home();
    program.file("bars/00005.csv", &good());
    program.file("notes/notes.txt", "not a bar file\n");

    for (words, told) in [
        (
            ["--bars", "nope"].as_slice(),
            "bar folder nope cannot be read",
        ),
        (
            &["--bars", "notes"],
            "no usable bar file in notes, 0 refused",
        ),
        (
            &["--bars", "bars", "--history", "nope"],
            "bar folder nope cannot be read",
        ),
    ] {
        let ended = program.catalyst(&[&["rehearse"], words].concat());

        assert_eq!(ended.code, Some(2), "{words:?}: {}", ended.err);
        assert!(ended.err.contains(told), "{}", ended.err);
    }
}

#[test]
fn a_date_or_a_symbol_without_bars_is_refused() {
    let program = Program::in_scratch_home();
    program.file("bars/00005.csv", &good());

    let date = program.catalyst(&["rehearse", "--bars", "bars", "--date", "2026-09-15"]);
    let symbol = program.catalyst(&["rehearse", "--bars", "bars", "--symbols", "700"]);

    assert_eq!((date.code, symbol.code), (Some(2), Some(2)));
    assert!(date.err.contains("no bars for 2026-09-15"), "{}", date.err);
    assert!(
        symbol
            .err
            .contains("symbol 00700 has no bars; the files have 00005"),
        "{}",
        symbol.err
    );
}
