//! The rehearsals over real Hong Kong bars of 2018 to 2020: they trade, they are flat at every end
//! of a day, and their sums agree to the cent. The bars lie beside the repository, not in it.

use std::path::PathBuf;

use catalyst_domain::pattern::PatternKind;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::program::Program;
use crate::tree::root;

/// `../shared/data/hk`, or nothing where it is not at hand; continuous integration must have it.
pub(crate) fn data() -> Option<PathBuf> {
    let folder = root().join("../shared/data/hk");
    if folder.join("bars/1m_momentum").is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "{} is missing, and CI is set",
        folder.display()
    );
    eprintln!("NOT CHECKED, real bars are missing: {}", folder.display());
    None
}

/// The document of one folder of bars, as bytes.
fn rehearsed(data: &std::path::Path, bars: &str) -> String {
    let path = |name: &str| data.join(name).display().to_string();
    let ended = Program::in_scratch_home().catalyst(&[
        "rehearse",
        "--bars",
        &path(bars),
        "--history",
        &path("bars/daily"),
        "--lots",
        &path("lots_2018_2020.csv"),
        "--entry-criteria",
        "report",
        "--advisor",
        "rules",
        "--json",
    ]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    ended.out
}

fn amount(day: &Value, key: &str) -> Decimal {
    day[key].as_str().unwrap().parse().unwrap()
}

fn adds_up(day: &Value) {
    let date = &day["date"];
    let (gross, fees, net) = (
        amount(day, "gross"),
        amount(day, "fees"),
        amount(day, "net"),
    );
    assert_eq!(day["open_positions"], Value::Array(Vec::new()), "{date}");
    assert_eq!(gross - fees, net, "{date}");
    assert_eq!(
        amount(day, "cash_end") - amount(day, "cash_start"),
        net,
        "{date}"
    );
    let trades = day["trades"].as_array().unwrap();
    let of_trades: Decimal = trades.iter().map(|trade| amount(trade, "net")).sum();
    assert_eq!(of_trades, net, "{date}");
}

#[test]
fn real_days_trade_end_flat_and_add_up_to_the_cent() {
    let Some(data) = data() else { return };
    let mut entries = 0;
    let mut rules = 0;

    for bars in ["bars/1m_momentum", "bars/1m"] {
        let document: Value = serde_json::from_str(&rehearsed(&data, bars)).unwrap();
        assert_eq!(document["refused_files"], Value::Array(Vec::new()));
        for day in document["days"].as_array().unwrap() {
            adds_up(day);
            for cycle in day["cycles"].as_array().unwrap() {
                entries += cycle["approved"].as_u64().unwrap();
                rules += cycle["refused"].as_object().unwrap().len();
            }
        }
    }

    assert!(entries >= 20, "{entries} entries");
    assert!(rules >= 1, "refusals name their rules");
}

#[test]
fn trades_of_the_momentum_days_rest_on_patterns_and_relative_volume() {
    let Some(data) = data() else { return };
    let document: Value = serde_json::from_str(&rehearsed(&data, "bars/1m_momentum")).unwrap();
    let days = document["days"].as_array().unwrap().iter();
    let reasons: Vec<String> = days
        .flat_map(|day| day["trades"].as_array().unwrap())
        .map(|trade| trade["reason_in"].as_str().unwrap().to_owned())
        .collect();

    let named = |reason: &&String| {
        PatternKind::ALL
            .iter()
            .any(|kind| reason.starts_with(kind.as_str()))
    };
    assert!(reasons.iter().filter(named).count() >= 5, "{reasons:?}");
    for reason in &reasons {
        let volume = reason.split("relative volume ").nth(1).unwrap();
        let ratio: Decimal = volume.split(',').next().unwrap().parse().unwrap();
        assert!(ratio > Decimal::new(15, 1), "{reason}");
    }
}

#[test]
fn the_same_bars_give_the_same_bytes() {
    let Some(data) = data() else { return };

    for bars in ["bars/1m_momentum", "bars/1m"] {
        assert_eq!(rehearsed(&data, bars), rehearsed(&data, bars), "{bars}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_day() {
    let days = |seed: &str| {
        let arguments = ["rehearse", "--days", "3", "--seed", seed, "--json"];
        Program::in_scratch_home().catalyst(&arguments).out
    };

    let first = days("11");

    assert_eq!(first, days("11"));
    assert_ne!(first, days("12"));
}
