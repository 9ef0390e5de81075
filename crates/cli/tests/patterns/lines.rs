//! The lines for programs: their keys, their bars, and that the future changes none of them.

use std::fmt::Write as _;
use std::path::Path;

use catalyst_domain::pattern::PatternKind;
use catalyst_testkit::charts::{Grade, sound};
use serde_json::Value;

use crate::program::{csv, patterns, written};

const KEYS: [&str; 9] = [
    "series",
    "name",
    "start",
    "end",
    "asof",
    "confidence",
    "trigger",
    "stop",
    "target",
];

fn lines(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_bar_tells_what_was_seen_when_it_was_the_last_one() {
    let chart = sound(PatternKind::CupHandle, Grade::Clear, 5);
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "cup.csv", &chart);

    let ended = patterns(
        &["--bars", path.to_str().unwrap(), "--every-bar", "--jsonl"],
        "",
    );

    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let found = lines(&ended.out);
    let cup = found
        .iter()
        .find(|line| {
            line["name"] == "cup_handle"
                && line["asof"].as_u64().unwrap() >= u64::try_from(chart.decision.0).unwrap()
        })
        .unwrap();
    let keys: Vec<&str> = cup
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut wanted = KEYS.to_vec();
    wanted.sort_unstable();
    assert_eq!(keys, wanted);
    assert!(
        ended.out.starts_with("{\"series\":\"cup\",\"name\":"),
        "{}",
        ended.out
    );
    for line in &found {
        let number = |key: &str| line[key].as_f64().unwrap();
        assert!(number("start") < number("end") && number("end") <= number("asof"));
        assert!(number("stop") < number("trigger") && number("trigger") < number("target"));
        assert!(number("confidence") >= 0.6);
    }
}

#[test]
fn rows_that_come_later_change_no_earlier_line() {
    for kind in PatternKind::ALL {
        let chart = sound(kind, Grade::Usual, 11);
        let kept = chart.decision.1;
        let flags = ["--bars", "-", "--every-bar", "--jsonl"];

        let all = lines(&patterns(&flags, csv(&chart.bars)).out);
        let past = lines(&patterns(&flags, csv(&chart.bars[..kept])).out);

        let known = all
            .into_iter()
            .filter(|line| line["asof"].as_u64().unwrap() < u64::try_from(kept).unwrap());
        assert_eq!(known.collect::<Vec<_>>(), past, "{kind}");
    }
}

#[test]
fn without_every_bar_only_the_end_is_told_and_a_folder_is_read_by_name() {
    let folder = tempfile::tempdir().unwrap();
    for (name, kind) in [
        ("b.csv", PatternKind::BullFlag),
        ("a.csv", PatternKind::Abcd),
    ] {
        let mut chart = sound(kind, Grade::Clear, 2);
        chart.bars.truncate(chart.decision.1);
        written(folder.path(), name, &chart);
    }
    std::fs::write(folder.path().join("notes.txt"), "no bars").unwrap();

    let ended = patterns(&["--bars", folder.path().to_str().unwrap(), "--json"], "");

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let series: Vec<String> = lines(&ended.out)
        .iter()
        .map(|line| line["series"].as_str().unwrap().to_owned())
        .collect();
    assert!(series.is_sorted(), "{series:?}");
    assert!(
        series.contains(&"a".to_owned()) && series.contains(&"b".to_owned()),
        "{series:?}"
    );
}

#[test]
fn words_say_the_state_the_levels_and_the_weakest_measures_or_that_there_is_nothing() {
    let mut chart = sound(PatternKind::BullFlag, Grade::Clear, 2);
    chart.bars.truncate(chart.decision.1);

    let told = patterns(&["--bars", "-"], csv(&chart.bars)).out;
    let short = patterns(&["--bars", "-"], csv(&chart.bars[..15])).out;

    assert!(told.contains(": bull_flag 0."), "{told}");
    assert!(
        told.contains("; trigger ") && told.contains("; weakest: "),
        "{told}"
    );
    assert_eq!(short, "stdin: no pattern in 15 bars\n");
    let whole = sound(PatternKind::BullFlag, Grade::Clear, 2);
    let over = patterns(&["--bars", "-"], csv(&whole.bars)).out;
    assert!(
        over.contains("no pattern at the last of ") && over.contains("--every-bar tells them"),
        "{over}"
    );
}

#[test]
fn sessions_of_the_exchange_part_the_bars_of_a_real_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/hk/bars/1m");
    if !folder.is_dir() {
        let missing = folder.display();
        assert!(
            std::env::var_os("CI").is_none(),
            "bars are missing: {missing}"
        );
        eprintln!("SKIPPED: no bars at {missing}");
        return;
    }
    let file = folder.join("00175_2020-11-02_2020-11-11.csv");
    let run = |sessions: &str| {
        let file = file.to_str().unwrap();
        let flags = [
            "--bars",
            file,
            "--every-bar",
            "--jsonl",
            "--date",
            "2020-11-02",
        ];
        let ended = patterns(&[&flags[..], &["--sessions", sessions]].concat(), "");
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        lines(&ended.out)
    };
    let opening =
        |line: &&Value| line["name"] == "breakout" && line["asof"].as_u64().unwrap() % 331 <= 1;

    let (opaque, placed) = (run("none"), run("hkex"));

    assert!(placed.len() > 20, "{}", placed.len());
    assert_ne!(opaque, placed);
    assert_eq!(
        placed.iter().filter(opening).count(),
        0,
        "a gap is no breakout"
    );
}

/// The chart as minutes of one afternoon from 13:01 on, after `first` rows of the morning.
fn afternoon(chart: &catalyst_testkit::charts::Drawn, first: &[&str]) -> String {
    let opaque = csv(&chart.bars);
    let mut rows = opaque.lines();
    let mut text = format!("{}\n", rows.next().unwrap());
    let open = chart.bars.first().unwrap().ohlcv.open();
    for time in first {
        writeln!(
            text,
            "drawn,2020-11-02T{time}:00+08:00,{open},{open},{open},{open},100"
        )
        .unwrap();
    }
    for (row, minute) in rows.zip(1_usize..) {
        let time = format!(
            "2020-11-02T{:02}:{:02}:00+08:00",
            13 + minute / 60,
            minute % 60
        );
        let cells: Vec<&str> = row.split(',').collect();
        let numbers: Vec<&str> = cells.into_iter().skip(2).collect();
        writeln!(text, "drawn,{time},{}", numbers.join(",")).unwrap();
    }
    text
}

#[test]
fn a_breakout_of_the_last_row_is_seen_and_a_file_may_begin_at_the_end_of_a_morning() {
    let flags = [
        "--bars",
        "-",
        "--sessions",
        "hkex",
        "--every-bar",
        "--jsonl",
    ];
    let mut chart = sound(PatternKind::Breakout, Grade::Clear, 4);
    let event = chart.shape.1 + 1;
    chart.bars.truncate(event + 1);
    for (first, at) in [(&[][..], event), (&["11:59", "13:00"][..], event + 2)] {
        let found = lines(&patterns(&flags, afternoon(&chart, first)).out);

        let at = u64::try_from(at).unwrap();
        let seen = found
            .iter()
            .any(|line| line["name"] == "breakout" && line["asof"].as_u64() == Some(at));
        assert!(seen, "{first:?} {found:?}");
    }
}

#[test]
fn a_gap_of_the_next_morning_triggers_no_pattern_of_the_day_before() {
    let flags = [
        "--bars",
        "-",
        "--sessions",
        "hkex",
        "--every-bar",
        "--jsonl",
    ];
    let mut chart = sound(PatternKind::BullFlag, Grade::Clear, 2);
    chart.bars.truncate(chart.decision.1);
    let today = afternoon(&chart, &[]);
    let high = chart
        .bars
        .iter()
        .fold(0.0_f64, |high, bar| high.max(bar.ohlcv.high()));
    let gap = high * 1.02;
    let morning = format!("drawn,2020-11-03T09:30:00+08:00,{gap},{gap},{gap},{gap},900\n");

    let before = lines(&patterns(&flags, today.clone()).out);
    let after = lines(&patterns(&flags, today + &morning).out);

    let last = u64::try_from(chart.bars.len() - 1).unwrap();
    assert!(
        before
            .iter()
            .any(|line| line["name"] == "bull_flag" && line["asof"] == last)
    );
    assert_eq!(after, before);
}
