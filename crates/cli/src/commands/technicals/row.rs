//! One row of the answer: the bar as it came, then a cell for each indicator. Numbers are the shortest
//! text that reads back as the same number.

use catalyst_domain::indicator::IndicatorRow;
use serde_json::value::RawValue;

use crate::bar_file::BarRow;

const BAR: [&str; 6] = ["timestamp", "open", "high", "low", "close", "volume"];

type Column = (&'static str, fn(&IndicatorRow) -> Option<f64>);

const COLUMNS: [Column; 17] = [
    ("sma20", |row| row.sma20),
    ("sma50", |row| row.sma50),
    ("sma200", |row| row.sma200),
    ("ema9", |row| row.ema9),
    ("ema20", |row| row.ema20),
    ("ema21", |row| row.ema21),
    ("rsi14", |row| row.rsi14),
    ("macd", |row| row.macd.map(|macd| macd.line)),
    ("macd_signal", |row| row.macd.map(|macd| macd.signal)),
    ("macd_hist", |row| row.macd.map(|macd| macd.histogram)),
    ("tr", |row| row.true_range),
    ("atr14", |row| row.atr14),
    ("bb_upper", |row| row.bands.map(|bands| bands.upper)),
    ("bb_middle", |row| row.bands.map(|bands| bands.middle)),
    ("bb_lower", |row| row.bands.map(|bands| bands.lower)),
    ("vol_sma20", |row| row.volume_sma20),
    ("rvol20", |row| row.relative_volume20),
];

/// The names of all columns, as one line.
pub(super) fn header() -> String {
    let names = BAR.into_iter().chain(COLUMNS.map(|(name, _)| name));
    names.collect::<Vec<_>>().join(",") + "\n"
}

/// The row as cells; an empty one where there is no value.
pub(super) fn csv(bar: &BarRow, row: &IndicatorRow) -> String {
    let mut line = bar.timestamp.clone();
    for cell in &bar.cells {
        line.push(',');
        line.push_str(cell);
    }
    for (_, value) in COLUMNS {
        line.push(',');
        if let Some(value) = value(row) {
            line.push_str(&shortest(value));
        }
    }
    line
}

/// The row as a JSON object, without a key where there is no value.
pub(super) fn json(bar: &BarRow, row: &IndicatorRow) -> Result<String, serde_json::Error> {
    let mut line = format!("{{\"timestamp\":{}", serde_json::to_string(&bar.timestamp)?);
    let figures = [
        bar.bar.open(),
        bar.bar.high(),
        bar.bar.low(),
        bar.bar.close(),
        bar.bar.volume(),
    ];
    let [_, names @ ..] = BAR;
    for ((name, cell), figure) in names.into_iter().zip(&bar.cells).zip(figures) {
        push(&mut line, name, &as_json(cell, figure));
    }
    for (name, value) in COLUMNS {
        if let Some(value) = value(row) {
            push(&mut line, name, &shortest(value));
        }
    }
    line.push('}');
    Ok(line)
}

fn push(line: &mut String, name: &str, value: &str) {
    line.push_str(",\"");
    line.push_str(name);
    line.push_str("\":");
    line.push_str(value);
}

/// The cell as it came where JSON can say it so: it knows no `+5` and no `.5`.
fn as_json(cell: &str, figure: f64) -> String {
    match serde_json::from_str::<&RawValue>(cell) {
        Ok(number) => number.get().to_owned(),
        Err(_) => shortest(figure),
    }
}

fn shortest(value: f64) -> String {
    format!("{value:?}")
}

#[cfg(test)]
mod tests {
    use super::{as_json, header, shortest};

    #[test]
    fn the_columns_have_the_names_of_the_vectors() {
        assert_eq!(
            header(),
            "timestamp,open,high,low,close,volume,sma20,sma50,sma200,ema9,ema20,ema21,rsi14,macd,\
             macd_signal,macd_hist,tr,atr14,bb_upper,bb_middle,bb_lower,vol_sma20,rvol20\n"
        );
    }

    #[test]
    fn numbers_read_back_as_what_they_were() {
        for value in [0.1 + 0.2, 1.0 / 3.0, 5_343_750.0, 1e-17, 1.5e300] {
            let text = shortest(value);
            assert_eq!(
                text.parse::<f64>().map(f64::to_bits),
                Ok(value.to_bits()),
                "{text}"
            );
        }
        assert_eq!(shortest(10.0), "10.0");
    }

    #[test]
    fn a_cell_stays_as_it_came_where_json_can_say_it() {
        assert_eq!(as_json("10.50", 10.5), "10.50");
        assert_eq!(as_json("+10", 10.0), "10.0");
        assert_eq!(as_json(".5", 0.5), "0.5");
    }
}
