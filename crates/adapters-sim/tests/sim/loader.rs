//! Bar files: each defect by file and line, and the real bars where they are at hand.

use std::path::{Path, PathBuf};

use catalyst_adapters_sim::bars::{LoadError, LoadedBars, load_daily, load_minutes};
use catalyst_adapters_sim::headlines::parse_headlines;

use catalyst_domain::news::NewsKind;

use crate::desk::RULES;

const HEADER: &str = "symbol,timestamp,open,high,low,close,volume";
const GOOD: &str = "00005,2020-11-02T09:30:00+08:00,32.15,32.45,32.15,32.4,128000";

struct Folder {
    place: tempfile::TempDir,
}

impl Folder {
    fn new() -> Self {
        Self {
            place: tempfile::tempdir().unwrap(),
        }
    }

    fn file(self, name: &str, lines: &[&str]) -> Self {
        std::fs::write(self.place.path().join(name), lines.join("\n")).unwrap();
        self
    }

    fn load(&self) -> Result<LoadedBars, LoadError> {
        load_minutes(self.place.path(), &RULES.calendar)
    }
}

/// What a file of 00700 is refused for, beside a good file that is not.
fn defect(lines: &[&str]) -> String {
    let folder = Folder::new()
        .file("00005_2020.csv", &[HEADER, GOOD])
        .file("00700.csv", lines);

    let loaded = folder.load().unwrap();

    assert_eq!(loaded.symbols().len(), 1, "the good file stays");
    assert_eq!(loaded.refused.len(), 1);
    let refusal = &loaded.refused[0];
    assert!(refusal.file.ends_with("00700.csv"));
    format!("{}: {}", refusal.line, refusal.defect)
}

fn row(time: &str, prices: &str, volume: &str) -> String {
    format!("00700,2020-11-02T{time}+08:00,{prices},{volume}")
}

#[test]
fn a_missing_column_is_named() {
    assert_eq!(
        defect(&["symbol,timestamp,open,high,low,close", GOOD]),
        "1: the header has no column `volume`"
    );
}

#[test]
fn columns_are_found_by_their_names() {
    let folder = Folder::new().file(
        "00005.csv",
        &[
            "volume,close,low,high,open,timestamp,symbol",
            "100,32.4,32.1,32.5,32.2,2020-11-02T09:30:00+08:00,00005",
        ],
    );

    let loaded = folder.load().unwrap();

    let bars = loaded
        .days
        .values()
        .next()
        .unwrap()
        .values()
        .next()
        .unwrap();
    assert_eq!(bars[0].close().to_string(), "32.4");
    assert_eq!(bars[0].volume().count(), 100);
}

#[test]
fn times_must_rise() {
    let (first, second) = (
        row("09:31:00", "1,1,1,1", "5"),
        row("09:30:00", "1,1,1,1", "5"),
    );

    assert_eq!(
        defect(&[HEADER, &first, &second]),
        "3: 2020-11-02 01:30:00 UTC does not come after 2020-11-02 01:31:00 UTC"
    );
    assert_eq!(
        defect(&[HEADER, &first, &first]),
        "3: 2020-11-02 01:31:00 UTC is there twice"
    );
}

#[test]
fn cells_must_read() {
    for (prices, volume, expected) in [
        (
            "NaN,1,1,1",
            "5",
            "open is `NaN`, allowed is a plain decimal number above 0 such as 512.5",
        ),
        (
            "1,-1,1,1",
            "5",
            "high is `-1`, allowed is a plain decimal number above 0 such as 512.5",
        ),
        (
            "1,1,0,1",
            "5",
            "low is `0`, allowed is a plain decimal number above 0 such as 512.5",
        ),
        (
            "1,1,1,1e3",
            "5",
            "close is `1e3`, allowed is a plain decimal number above 0 such as 512.5",
        ),
        (
            "1,1,1,1",
            "2.5",
            "volume is `2.5`, allowed is a whole number of shares from 0",
        ),
        ("1,1,2,1", "5", "high 1 is below open 1, close 1 or low 2"),
        ("1,1,1", "5", "the row has 6 fields, the header has 7"),
    ] {
        assert_eq!(
            defect(&[HEADER, &row("09:30:00", prices, volume)]),
            format!("2: {expected}")
        );
    }
    assert_eq!(
        defect(&[HEADER, "00700,yesterday,1,1,1,1,5"]),
        "2: timestamp is `yesterday`, allowed is a time such as 2020-11-02T09:30:00+08:00"
    );
}

#[test]
fn rows_lie_inside_a_trading_day() {
    let early = row("08:59:00", "1,1,1,1", "5");
    let late = row("16:11:00", "1,1,1,1", "5");
    let holiday = "00700,2020-12-25T10:00:00+08:00,1,1,1,1,5";

    for (line, found) in [
        (early.as_str(), "2020-11-02 08:59:00"),
        (late.as_str(), "2020-11-02 16:11:00"),
        (holiday, "2020-12-25 10:00:00"),
    ] {
        assert_eq!(
            defect(&[HEADER, line]),
            format!("2: {found} lies outside the trading day, 09:00 to 16:10:00 on trading days")
        );
    }
}

#[test]
fn a_file_holds_the_symbol_it_is_named_after() {
    assert_eq!(
        defect(&[HEADER, GOOD]),
        "2: symbol is 00005, the file is named after 00700"
    );
}

#[test]
fn a_file_without_rows_is_refused() {
    assert_eq!(defect(&[HEADER]), "1: there are no rows");
}

#[test]
fn a_day_may_come_twice_when_it_is_the_same() {
    let other = "00005,2020-11-02T09:30:00+08:00,32.15,32.45,32.15,32.35,128000";
    let folder = Folder::new()
        .file("00005_a.csv", &[HEADER, GOOD])
        .file("00005_b.csv", &[HEADER, GOOD])
        .file("00005_c.csv", &[HEADER, other]);

    let loaded = folder.load().unwrap();

    let refused: Vec<String> = loaded
        .refused
        .iter()
        .map(|file| file.defect.to_string())
        .collect();
    assert_eq!(
        refused,
        ["00005 has other bars for 2020-11-02 in another file"]
    );
}

#[test]
fn a_folder_without_a_usable_file_is_an_error_that_says_why() {
    let folder = Folder::new()
        .file("INDEX.csv", &[HEADER, GOOD])
        .file("00700.csv", &[HEADER]);

    let error = folder.load().unwrap_err().to_string();

    assert!(
        error.contains("1 refused") && error.ends_with("line 1: there are no rows"),
        "{error}"
    );
}

#[test]
fn headlines_read_line_by_line() {
    let good = r#"{"symbol":"700","published":"2026-09-14T08:00:00+08:00","headline":" Profit\u0007 alert ","kind":"positive_profit_alert","sentiment":"positive"}"#;

    let read = parse_headlines(&format!("\u{feff}{good}\n\n")).unwrap();

    assert_eq!(read[0].symbol.as_str(), "00700");
    assert_eq!(read[0].item.headline.as_str(), "Profit alert");
    assert_eq!(read[0].item.kind, NewsKind::PositiveProfitAlert);
    for (word, expected) in [
        (
            "splendid",
            "news line 2, sentiment: sentiment `splendid` is unknown, allowed are positive, negative, neutral, unknown",
        ),
        (
            "negative",
            "news line 2, sentiment: `negative` is not that of kind `positive_profit_alert`, which is positive",
        ),
    ] {
        let wrong = good.replace(r#""positive"}"#, &format!("\"{word}\"}}"));
        let error = parse_headlines(&format!("{good}\n{wrong}")).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_headline_without_kind_or_id_gets_both_by_rule_and_is_cleaned_like_any_other() {
    let line = |more: &str| {
        format!(
            r#"{{"symbol":"700","published":"2026-09-14T08:00:00+08:00","headline":"<b>盈利\u200b警告</b> https://a.example"{more}}}"#
        )
    };

    let found = parse_headlines(&line("")).unwrap().remove(0).item;

    assert_eq!(found.headline.as_str(), "盈利警告");
    assert_eq!(
        (found.kind, found.rule),
        (NewsKind::ProfitWarning, "profit_warning")
    );
    assert_eq!(found.id.to_string().len(), 10);
    assert_eq!(parse_headlines(&line("")).unwrap()[0].item.id, found.id);
    let given = parse_headlines(&line(r#","id":"w-1","kind":"other""#))
        .unwrap()
        .remove(0)
        .item;
    assert_eq!(given.id.to_string(), "w-1");
    assert_eq!((given.kind, given.rule), (NewsKind::Other, "given"));
    for (text, expected) in [
        (
            [line(r#","id":"a""#), line(r#","id":"a""#)].join("\n"),
            "news line 2, id: `a` stands in line 1 already",
        ),
        ([line(""), line("")].join("\n"), "stands in line 1 already"),
        (line(r#","id":"a b""#), "news id `a b` is not understood"),
        (
            line("").replace("盈利\\u200b警告", ""),
            "news line 1, headline: nothing is left of the headline",
        ),
    ] {
        let error = parse_headlines(&text).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_line_that_is_no_headline_is_refused_by_key_in_plain_words() {
    let line = |pairs: &str| format!("{{{pairs}}}");
    let (symbol, time) = (
        r#""symbol":"700""#,
        r#""published":"2026-09-14T08:00:00+08:00""#,
    );
    let title = r#""headline":"Profit alert""#;
    for (text, expected) in [
        (
            line(&[symbol, time].join(",")),
            "headline: is missing, a text is needed",
        ),
        (
            line(&[r#""symbol":700"#, time, title].join(",")),
            "symbol: found 700; allowed is a text in quotes",
        ),
        (
            line(&[symbol, r#""published":"2026-09-14 08:00""#, title].join(",")),
            "published: `2026-09-14 08:00` is no time; allowed is RFC 3339 such as \
             2026-11-23T08:30:00+08:00",
        ),
        (
            line(&[symbol, time, title, r#""mood":"good""#].join(",")),
            "mood: no such key; allowed are symbol, published, headline, id, source, kind, sentiment",
        ),
        (
            line(&[symbol, symbol, time, title].join(",")),
            "symbol: stands twice; allowed is each key once",
        ),
        (
            r#"{"symbol":"700""#.to_owned(),
            "line: found `{\"symbol\":\"700\"`; allowed is one whole JSON object, such as \
             {\"symbol\":\"700\",\"published\":\"2026-11-23T08:30:00+08:00\",\"headline\":\"Profit alert\"}",
        ),
    ] {
        let error = parse_headlines(&format!("\n{text}")).unwrap_err();
        assert_eq!(error.to_string(), format!("news line 2, {expected}"));
    }
}

#[test]
fn the_real_bars_load_without_a_refusal() {
    let Some(folder) = shared("hk/bars") else {
        return;
    };

    let minutes = load_minutes(&folder.join("1m"), &RULES.calendar).unwrap();
    let momentum = load_minutes(&folder.join("1m_momentum"), &RULES.calendar).unwrap();
    let daily = load_daily(&folder.join("daily"), &RULES.calendar).unwrap();

    let rows = |loaded: &LoadedBars| -> usize {
        loaded
            .days
            .values()
            .flat_map(|day| day.values())
            .map(Vec::len)
            .sum()
    };
    assert_eq!((minutes.refused.len(), rows(&minutes)), (0, 21_184));
    assert_eq!((momentum.refused.len(), rows(&momentum)), (0, 15_888));
    assert_eq!(daily.refused().len(), 0);
    let before = daily.before("00700".parse().unwrap(), "2020-11-02".parse().unwrap(), 20);
    assert_eq!(before.len(), 20);
}

/// A folder of the data beside the repository. Where it is absent the test says so, and fails where
/// it must not be.
fn shared(path: &str) -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "{} is missing",
        folder.display()
    );
    eprintln!(
        "NOT CHECKED against real bars: {} is missing",
        folder.display()
    );
    None
}
