//! The indicators against vectors made with TA-Lib's C library: every file, every row, values and
//! absences alike. Tolerance: 1e-9 of the price, for the RSI 1e-9 of its scale.
#![expect(
    clippy::unwrap_used,
    reason = "a vector that cannot be read fails the test"
)]
#![expect(clippy::print_stdout, reason = "a skipped check is said aloud")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use catalyst_domain::indicator::{Atr, BarRelativeVolume, Ohlcv, Rsi, SessionVwap, TrueRange};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/golden");

/// One row of a vector file by column name; an empty cell is no value.
type Row = BTreeMap<String, Option<f64>>;

struct Vector {
    name: String,
    rows: Vec<Row>,
}

/// The vectors whose name passes, or nothing where the data folder is not at hand.
fn vectors(wanted: fn(&str) -> bool) -> Vec<Vector> {
    let folder = Path::new(FOLDER);
    if !folder.is_dir() {
        assert!(
            std::env::var_os("CI").is_none(),
            "golden vectors are missing: {FOLDER}"
        );
        println!("SKIPPED: golden vectors are missing: {FOLDER}");
        return Vec::new();
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let found: Vec<Vector> = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .filter_map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            wanted(&name).then(|| Vector {
                rows: read_rows(path),
                name,
            })
        })
        .collect();
    assert!(
        !found.is_empty(),
        "no vector of the wanted name in {FOLDER}"
    );
    found
}

fn read_rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| {
            let cells = line
                .split(',')
                .zip(&columns)
                .filter(|(_, column)| **column != "timestamp");
            cells
                .map(|(cell, column)| {
                    let value = (!cell.is_empty()).then(|| cell.parse().unwrap());
                    ((*column).to_owned(), value)
                })
                .collect()
        })
        .collect()
}

fn cell(row: &Row, column: &str) -> Option<f64> {
    row.get(column).copied().unwrap()
}

/// The bar of a row; where a file leaves out open or volume, neither matters to what it tests.
fn bar(row: &Row) -> Ohlcv {
    let close = cell(row, "close").unwrap();
    Ohlcv::new(
        row.get("open").copied().flatten().unwrap_or(close),
        cell(row, "high").unwrap(),
        cell(row, "low").unwrap(),
        close,
        row.get("volume").copied().flatten().unwrap_or(0.0),
    )
    .unwrap()
}

/// Compares one stream with one column.
fn assert_column(
    vector: &Vector,
    column: &str,
    tolerance: impl Fn(&Ohlcv, f64) -> f64,
    mut next: impl FnMut(&Ohlcv) -> Option<f64>,
) {
    for (index, row) in vector.rows.iter().enumerate() {
        let bar = bar(row);
        let (found, expected) = (next(&bar), cell(row, column));
        let agree = match (found, expected) {
            (None, None) => true,
            (Some(found), Some(expected)) => (found - expected).abs() <= tolerance(&bar, expected),
            (Some(_), None) | (None, Some(_)) => false,
        };
        let name = &vector.name;
        assert!(
            agree,
            "{name} {column} row {index}: found {found:?}, expected {expected:?}"
        );
    }
}

fn of_price(bar: &Ohlcv, _expected: f64) -> f64 {
    1e-9 * bar.close()
}

fn of_rsi_scale(_bar: &Ohlcv, _expected: f64) -> f64 {
    1e-7
}

fn of_itself(_bar: &Ohlcv, expected: f64) -> f64 {
    1e-9 * expected
}

fn is_indicator_file(name: &str) -> bool {
    !name.starts_with("vwap_") && !name.starts_with("conventions_")
}

#[test]
fn rsi_equals_the_vectors() {
    for vector in vectors(is_indicator_file) {
        let mut rsi = Rsi::new(14).unwrap();
        assert_column(&vector, "rsi14", of_rsi_scale, |bar| rsi.next(bar));
    }
}

#[test]
fn true_range_and_its_average_equal_the_vectors() {
    for vector in vectors(is_indicator_file) {
        let mut range = TrueRange::new();
        let mut average = Atr::new(14).unwrap();
        assert_column(&vector, "tr", of_price, |bar| range.next(bar));
        assert_column(&vector, "atr14", of_price, |bar| average.next(bar));
    }
}

#[test]
fn relative_volume_of_bars_equals_the_vectors() {
    for vector in vectors(is_indicator_file) {
        let mut relative = BarRelativeVolume::new(20).unwrap();
        assert_column(&vector, "rvol20", of_itself, |bar| relative.next(bar));
    }
}

#[test]
fn session_vwap_equals_the_vectors() {
    for vector in vectors(|name| name.starts_with("vwap_")) {
        let mut vwap = SessionVwap::new();
        assert_column(&vector, "vwap_hlc3", of_price, |bar| vwap.next(bar));
    }
}

#[test]
fn wilders_convention_is_followed_and_not_the_ta_crates() {
    for vector in vectors(|name| name.starts_with("conventions_")) {
        let mut rsi = Rsi::new(14).unwrap();
        let mut atr = Atr::new(14).unwrap();
        assert_column(&vector, "talib_rsi14", of_rsi_scale, |bar| rsi.next(bar));
        assert_column(&vector, "talib_atr14", of_price, |bar| atr.next(bar));

        let apart = |ours: &str, theirs: &str| {
            vector.rows.iter().any(|row| {
                cell(row, ours)
                    .is_some_and(|value| (value - cell(row, theirs).unwrap()).abs() > 1.0)
            })
        };
        assert!(apart("talib_rsi14", "ta_rs_rsi14_WRONG"));
        assert!(apart("talib_atr14", "ta_rs_atr14_WRONG"));
    }
}
