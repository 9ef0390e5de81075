//! One run of `catalyst patterns`, and drawn charts written as bar files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use catalyst_domain::pattern::PatternBar;
use catalyst_testkit::charts::Drawn;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `catalyst patterns` with `arguments` and `input` on its standard input.
pub(crate) fn patterns(arguments: &[&str], input: impl Into<Vec<u8>>) -> Ended {
    let output = Command::cargo_bin("catalyst")
        .unwrap()
        .env_clear()
        .arg("patterns")
        .args(arguments)
        .write_stdin(input)
        .output()
        .unwrap();
    Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The bars as a file has them, with times that are any text.
pub(crate) fn csv(bars: &[PatternBar]) -> String {
    let mut text = "symbol,timestamp,open,high,low,close,volume\n".to_owned();
    for (bar, number) in bars.iter().zip(0..) {
        let ohlcv = &bar.ohlcv;
        writeln!(
            text,
            "drawn,T{number:04},{},{},{},{},{}",
            ohlcv.open(),
            ohlcv.high(),
            ohlcv.low(),
            ohlcv.close(),
            ohlcv.volume()
        )
        .unwrap();
    }
    text
}

/// The chart as a file in `folder`.
pub(crate) fn written(folder: &Path, name: &str, chart: &Drawn) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, csv(&chart.bars)).unwrap();
    path
}
