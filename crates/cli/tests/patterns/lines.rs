//! The lines for programs: their keys, their bars, and that the future changes none of them.

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
