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
