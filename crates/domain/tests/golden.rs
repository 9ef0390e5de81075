//! The indicators against vectors made with TA-Lib's C library: every file, every row, values and
//! absences alike. Tolerance: 1e-9 of the price, for the RSI 1e-9 of its scale.
#![expect(
    clippy::unwrap_used,
    reason = "a vector that cannot be read fails the test"
)]
#![expect(clippy::print_stdout, reason = "a skipped check is said aloud")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use catalyst_domain::indicator::{IndicatorRow, IndicatorSet, Ohlcv, SessionVwap};

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

/// Every column that the indicator files have beside their bars, and where the set keeps it.
type Column = (
    &'static str,
    fn(&Ohlcv, f64) -> f64,
    fn(&IndicatorRow) -> Option<f64>,
);

const COLUMNS: [Column; 17] = [
    ("sma20", of_price, |row| row.sma20),
    ("sma50", of_price, |row| row.sma50),
    ("sma200", of_price, |row| row.sma200),
    ("ema9", of_price, |row| row.ema9),
    ("ema20", of_price, |row| row.ema20),
    ("ema21", of_price, |row| row.ema21),
    ("rsi14", of_rsi_scale, |row| row.rsi14),
    ("macd", of_price, |row| row.macd.map(|macd| macd.line)),
    ("macd_signal", of_price, |row| {
        row.macd.map(|macd| macd.signal)
    }),
    ("macd_hist", of_price, |row| {
        row.macd.map(|macd| macd.histogram)
    }),
    ("tr", of_price, |row| row.true_range),
    ("atr14", of_price, |row| row.atr14),
    ("bb_upper", of_price, |row| {
        row.bands.map(|bands| bands.upper)
    }),
    ("bb_middle", of_price, |row| {
        row.bands.map(|bands| bands.middle)
    }),
    ("bb_lower", of_price, |row| {
        row.bands.map(|bands| bands.lower)
    }),
    ("vol_sma20", of_itself, |row| row.volume_sma20),
    ("rvol20", of_itself, |row| row.relative_volume20),
];

#[test]
fn every_column_of_every_indicator_file_equals_the_vectors() {
    for vector in vectors(is_indicator_file) {
        let columns: usize = vector.rows.iter().map(BTreeMap::len).max().unwrap();
        assert_eq!(columns, 5 + COLUMNS.len(), "{}", vector.name);
        for (column, tolerance, of) in COLUMNS {
            let mut set = IndicatorSet::new().unwrap();
            assert_column(&vector, column, tolerance, |bar| of(&set.next(bar)));
        }
    }
}

#[test]
fn session_vwap_and_its_deviation_equal_the_vectors() {
    for vector in vectors(|name| name.starts_with("vwap_")) {
        let (mut vwap, mut bands) = (SessionVwap::new(), SessionVwap::new());
        assert_column(&vector, "vwap_hlc3", of_price, |bar| vwap.next(bar));
        assert_column(&vector, "vwap_sd", of_price, |bar| {
            bands.next(bar);
            bands.bands().map(|bands| bands.deviation)
        });
    }
}

#[test]
fn the_conventions_of_talib_are_followed_and_not_those_of_other_tools() {
    for vector in vectors(|name| name.starts_with("conventions_")) {
        let columns: [Column; 5] = [
            ("talib_ema9", of_price, |row| row.ema9),
            ("talib_rsi14", of_rsi_scale, |row| row.rsi14),
            ("talib_atr14", of_price, |row| row.atr14),
            ("talib_macd", of_price, |row| row.macd.map(|macd| macd.line)),
            ("talib_macd_signal", of_price, |row| {
                row.macd.map(|macd| macd.signal)
            }),
        ];
        for (column, tolerance, of) in columns {
            let mut set = IndicatorSet::new().unwrap();
            assert_column(&vector, column, tolerance, |bar| of(&set.next(bar)));
        }

        let apart = |ours: &str, theirs: &str, by: f64| {
            vector.rows.iter().any(|row| {
                cell(row, ours).is_some_and(|value| {
                    cell(row, theirs).is_none_or(|other| (value - other).abs() > by)
                })
            })
        };
        assert!(apart("talib_rsi14", "ta_rs_rsi14_WRONG", 1.0));
        assert!(apart("talib_atr14", "ta_rs_atr14_WRONG", 1.0));
        assert!(apart("talib_ema9", "tv_ema9", 0.01));
        assert!(apart("talib_atr14", "tv_atr14", 0.01));
        assert!(apart("talib_macd", "tv_macd", 0.01));
    }
}

#[test]
fn the_strength_index_does_not_feel_the_scale_of_prices() {
    let scaled = |name: &str| -> Vec<Option<f64>> {
        let files = vectors(|name| name.starts_with("edge_scaled_"));
        let mut set = IndicatorSet::new().unwrap();
        files
            .iter()
            .filter(|vector| vector.name.contains(name))
            .flat_map(|vector| &vector.rows)
            .map(|row| set.next(&bar(row)).rsi14)
            .collect()
    };

    for (small, large) in scaled("1e-4").into_iter().zip(scaled("1e4")) {
        assert_eq!(small.is_some(), large.is_some());
        let apart = small.zip(large).map_or(0.0, |(a, b)| (a - b).abs());
        assert!(apart < 1e-7, "{small:?} {large:?}");
    }
}
