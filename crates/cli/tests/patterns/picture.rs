//! The picture: one self-contained file that holds every bar and each pattern with its levels.

use catalyst_domain::pattern::PatternKind;
use catalyst_testkit::charts::{Grade, sound};

use crate::program::{csv, patterns, written};

#[test]
fn a_picture_holds_every_bar_and_the_pattern_with_three_levels() {
    let chart = sound(PatternKind::Breakout, Grade::Clear, 4);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.svg");

    let ended = patterns(
        &["--bars", "-", "--svg", path.to_str().unwrap()],
        csv(&chart.bars),
    );

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let picture = std::fs::read_to_string(&path).unwrap();
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    assert_eq!(
        picture.matches("class=\"volume\"").count(),
        chart.bars.len()
    );
    let shapes = picture.matches("<g class=\"pattern\"").count();
    assert!(shapes >= 1);
    assert!(picture.contains("data-name=\"breakout\""));
    for level in ["trigger", "stop", "target"] {
        let marks = picture.matches(&format!("class=\"level {level}\"")).count();
        assert_eq!(marks, shapes, "{level}");
    }
    assert!(!picture.contains("href") && !picture.contains("<script"));
    assert!(!picture.contains("NaN") && !picture.contains("inf"));
}

#[test]
fn text_of_a_file_cannot_become_markup() {
    let chart = sound(PatternKind::BullFlag, Grade::Clear, 4);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.svg");
    let hostile = csv(&chart.bars).replace(",T0000,", ",\u{1}<script>alert(1)</script>,");

    patterns(&["--bars", "-", "--svg", path.to_str().unwrap()], hostile);

    let picture = std::fs::read_to_string(&path).unwrap();
    assert!(!picture.contains("<script"));
    assert!(picture.contains("&lt;script&gt;"));
    assert!(
        !picture.contains('\u{1}'),
        "no reader of XML takes a control character"
    );
}

#[test]
fn a_picture_never_replaces_the_bars_it_is_drawn_from() {
    let chart = sound(PatternKind::BullFlag, Grade::Clear, 4);
    let folder = tempfile::tempdir().unwrap();
    let bars = written(folder.path(), "own.csv", &chart);
    let same = folder.path().join(".").join("own.csv");

    let ended = patterns(
        &[
            "--bars",
            bars.to_str().unwrap(),
            "--svg",
            same.to_str().unwrap(),
        ],
        "",
    );

    assert_eq!(ended.code, Some(1));
    assert!(
        ended.err.contains("is the file of the bars"),
        "{}",
        ended.err
    );
    assert_eq!(std::fs::read_to_string(&bars).unwrap(), csv(&chart.bars));
}

/// Five days of hours around 18 dollars.
fn hour_bars() -> String {
    let days = (2..7).flat_map(|day| [9, 10, 11, 13, 14, 15].map(|hour| (day, hour)));
    let rows = days.map(|(day, hour)| {
        let close = 18.0 + 0.02 * f64::from(day * hour % 7);
        let high = close + 0.1;
        format!("2020-11-0{day}T{hour:02}:30:00+08:00,18,{high:.2},17.94,{close:.2},100\n")
    });
    "timestamp,open,high,low,close,volume\n".to_owned() + &rows.collect::<String>()
}

#[test]
fn lunch_and_night_are_marked_and_the_axis_has_legal_prices() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.svg");
    let drawn = |sessions: &str| {
        let path = path.to_str().unwrap();
        let arguments = ["--bars", "-", "--sessions", sessions, "--svg", path];
        let ended = patterns(
            &[&arguments[..], &["--date", "2020-11-06"]].concat(),
            hour_bars(),
        );
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        std::fs::read_to_string(path).unwrap()
    };

    let (read, opaque) = (drawn("hkex"), drawn("none"));

    let marks = |picture: &str, kind: &str| picture.matches(&format!("\"break {kind}\"")).count();
    assert_eq!((marks(&read, "lunch"), marks(&read, "night")), (5, 4));
    assert_eq!((marks(&opaque, "lunch"), marks(&opaque, "night")), (0, 0));
    // On 2020-11-06 the step at 18 dollars is 0.02: 17.95 and 18.05 are no prices.
    let axis: Vec<&str> = opaque
        .split("class=\"price\"")
        .skip(1)
        .map(|text| text.split(['>', '<']).nth(1).unwrap())
        .collect();
    assert_eq!(axis, ["17.96", "18.00", "18.06", "18.10", "18.16", "18.20"]);
}

#[test]
fn no_two_names_and_no_two_prices_of_levels_lie_on_each_other() {
    let chart = sound(PatternKind::BullFlag, Grade::Clear, 4);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.svg");
    let arguments = ["--bars", "-", "--svg", path.to_str().unwrap()];
    // Near misses as well, so that there are many.
    let many = [&arguments[..], &["--min-confidence", "0.01"]].concat();

    patterns(&many, csv(&chart.bars));

    let picture = std::fs::read_to_string(&path).unwrap();
    let mut labels: Vec<(f64, f64, f64)> = Vec::new();
    for text in picture.split("<text class=\"").skip(1) {
        if text.starts_with("price") {
            continue;
        }
        let part = |from: &str| text.split(from).nth(1).unwrap().split('"').next().unwrap();
        let (x, y): (f64, f64) = (part("x=\"").parse().unwrap(), part("y=\"").parse().unwrap());
        let letters = text.split(['>', '<']).nth(1).unwrap().chars().count();
        let width = 6.0 * f64::from(u32::try_from(letters).unwrap());
        if text.contains("text-anchor") {
            continue;
        }
        for (left, right, line) in &labels {
            let touches = x < *right && *left < x + width && (y - line).abs() < 9.0;
            assert!(!touches, "{text}");
        }
        labels.push((x, x + width, y));
    }
    assert!(labels.len() > 12, "{}", labels.len());
}
