//! Every golden file through the program: the same cells, present and absent, in CSV and in JSON.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::technicals;

const HEADER: &str = "timestamp,open,high,low,close,volume,sma20,sma50,sma200,ema9,ema20,ema21,rsi14,\
                      macd,macd_signal,macd_hist,tr,atr14,bb_upper,bb_middle,bb_lower,vol_sma20,rvol20";

/// The files with indicators, or one loud line and nothing where the folder is missing; under
/// continuous integration a missing folder fails the test.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/golden");
    if !folder.is_dir() {
        let missing = folder.display();
        assert!(
            std::env::var_os("CI").is_none(),
            "golden vectors are missing: {missing}"
        );
        eprintln!("SKIPPED: no golden vectors at {missing}");
        return Vec::new();
    }
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .filter(|path| std::fs::read_to_string(path).unwrap().starts_with(HEADER))
        .collect();
    files.sort();
    assert!(files.len() >= 15, "{files:?}");
    files
}

fn assert_same(column: usize, expected: &str, found: &str, close: f64, place: &str) {
    // The bar itself is echoed.
    if column < 6 || expected.is_empty() || found.is_empty() {
        assert_eq!(found, expected, "{place}");
        return;
    }
    let [expected, found] = [expected, found].map(|cell| cell.parse::<f64>().unwrap());
    let tolerance = match column {
        12 => 1e-7,
        21 | 22 => 1e-9 * expected,
        _ => 1e-9 * close,
    };
    assert!(
        (expected - found).abs() <= tolerance,
        "{place}: {found} for {expected}"
    );
}

#[test]
fn every_golden_file_gives_its_own_cells() {
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let ended = technicals(&["--bars", path.to_str().unwrap()], "");

        assert_eq!(ended.code, Some(0), "{}", ended.err);
        assert_eq!(ended.out.lines().next(), Some(HEADER));
        assert_eq!(ended.out.lines().count(), text.lines().count());
        for (line, (expected, found)) in text.lines().zip(ended.out.lines()).enumerate().skip(1) {
            let [expected, found] = [expected, found].map(|row| row.split(',').collect::<Vec<_>>());
            assert_eq!((expected.len(), found.len()), (23, 23));
            let close = expected[4].parse().unwrap();
            for (column, (expected, found)) in expected.iter().zip(&found).enumerate() {
                let place = format!("{} line {}, column {column}", path.display(), line + 1);
                assert_same(column, expected, found, close, &place);
            }
        }
    }
}

#[test]
fn json_says_the_same_and_leaves_out_what_is_missing() {
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let csv = technicals(&["--bars", "-", "--csv"], text.clone());
        let json = technicals(&["--bars", "-", "--json"], text);

        assert_eq!((csv.code, json.code), (Some(0), Some(0)), "{}", json.err);
        assert_eq!(csv.out.lines().count(), json.out.lines().count() + 1);
        for (row, object) in csv.out.lines().skip(1).zip(json.out.lines()) {
            let object: Value = serde_json::from_str(object).unwrap();
            let cells = HEADER.split(',').zip(row.split(','));
            let present: Vec<_> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
            assert_eq!(object.as_object().unwrap().len(), present.len());
            assert_eq!(object["timestamp"], present[0].1);
            for (name, cell) in &present[1..] {
                let (found, expected) = (object[*name].as_f64().unwrap(), cell.parse::<f64>());
                let expected = expected.unwrap();
                // The reader of JSON in this test is off by a bit where the program is not.
                let apart = (found - expected).abs();
                assert!(
                    apart <= 1e-15 * expected.abs(),
                    "{name}: {found} {expected}"
                );
            }
        }
    }
}
