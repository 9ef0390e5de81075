//! `market tick`: legal prices by date and kind, at band edges and beyond the table.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::program::{answer, answers, assert_usage, at_fault, refused};
use crate::shared_data::shared_data;

/// The last days of the three tables of equities and the first of the next.
const REGIMES: [&str; 4] = ["2025-08-01", "2025-08-04", "2026-07-31", "2026-08-03"];

fn tick(date: &str, price: &str) -> Value {
    answer(&format!("tick --date {date} --price {price}"))
}

/// Tick, up, down, buy, sell; "" for null.
fn around(answer: &Value) -> [&str; 5] {
    ["tick", "up", "down", "buy", "sell"].map(|key| answer[key].as_str().unwrap_or(""))
}

#[test]
fn one_question_in_flags_gets_the_one_object() {
    assert_eq!(
        tick("2026-08-03", "49.95"),
        json!({
            "price": "49.95",
            "legal": false,
            "tick": "0.02",
            "up": "49.96",
            "down": "49.94",
            "buy": "49.94",
            "sell": "49.96",
        })
    );
}

#[test]
fn a_price_is_legal_by_its_trade_date() {
    for (price, legal) in [
        ("9.985", [false, false, false, true]),
        ("15.01", [false, true, true, true]),
        ("49.95", [true, false, false, false]),
        ("49.98", [false, true, true, true]),
        ("49.99", [false, false, false, false]),
    ] {
        let found = REGIMES.map(|date| tick(date, price)["legal"] == true);

        assert_eq!(found, legal, "{price}");
    }
}

#[test]
fn at_an_edge_the_way_up_and_the_way_down_differ() {
    for (price, up, down) in [
        ("0.25", "0.255", "0.249"),
        ("10.00", "10.01", "9.995"),
        ("20", "20.02", "19.99"),
        ("50", "50.05", "49.98"),
        ("100", "100.10", "99.95"),
        ("500", "500.50", "499.80"),
        ("1000", "1001.00", "999.50"),
    ] {
        let answer = tick("2026-08-03", price);

        assert_eq!(answer["legal"], true, "{price}");
        assert_eq!((&answer["up"], &answer["down"]), (&up.into(), &down.into()));
        assert_eq!(answer["buy"], answer["sell"], "{price}");
    }
}

#[test]
fn the_ends_of_the_table_have_one_neighbour_and_beyond_them_there_is_none() {
    assert_eq!(
        around(&tick("2026-08-03", "9995")),
        ["5", "", "9990.00", "9995.00", "9995.00"]
    );
    assert_eq!(
        around(&tick("2026-08-03", "0.01")),
        ["0.001", "0.011", "", "0.010", "0.010"]
    );
    for price in [
        "9996",
        "9995.000000001",
        "0.009",
        "0.0099999",
        "20000000",
        "0",
        "-5",
    ] {
        let answer = tick("2026-08-03", price);

        assert_eq!(answer["price"], price);
        assert_eq!(answer["legal"], false, "{price}");
        assert_eq!(around(&answer), [""; 5], "{price}");
    }
}

#[test]
fn the_dust_of_a_float_is_no_price_and_its_neighbours_are_right() {
    for (price, expected) in [
        (
            "512.500000001",
            ["0.5", "513.00", "512.50", "512.50", "513.00"],
        ),
        (
            "512.499999999",
            ["0.5", "512.50", "512.00", "512.00", "512.50"],
        ),
        (
            "10.0000000001",
            ["0.01", "10.01", "10.000", "10.000", "10.01"],
        ),
    ] {
        let answer = tick("2026-08-03", price);

        assert_eq!(answer["legal"], false, "{price}");
        assert_eq!(around(&answer), expected, "{price}");
    }
}

#[test]
fn funds_have_their_own_table_and_no_other_before_it_is_known() {
    let fund = answer("tick --date 2026-08-03 --kind etf --price 27.22");
    let share = answer("tick --date 2026-08-03 --kind equity --price 27.23");
    let unit = answer("tick --date 2026-08-03 --kind reit --price 27.23");

    assert_eq!(
        (&fund["legal"], &fund["up"]),
        (&true.into(), &"27.24".into())
    );
    assert_eq!(share["legal"], false);
    assert_eq!(unit["legal"], false);
    assert_eq!(
        refused("tick --date 2026-08-02 --kind etf --price 27.22"),
        ("date".to_owned(), "2026-08-02".to_owned())
    );
}

#[test]
fn new_york_has_the_one_dollar_rule() {
    for (price, legal, up, down) in [
        ("1", true, "1.01", "0.9999"),
        ("0.9999", true, "1.00", "0.9998"),
        ("150.005", false, "150.01", "150.00"),
    ] {
        let answer = answer(&format!(
            "tick --exchange NYSE --date 2026-11-23 --price {price}"
        ));

        assert_eq!(answer["legal"], legal, "{price}");
        assert_eq!((&answer["up"], &answer["down"]), (&up.into(), &down.into()));
    }
    let half_pennies = "tick --exchange NYSE --date 2027-11-01 --price 150";
    assert_eq!(refused(half_pennies).0, "date");
}

#[test]
fn without_a_price_the_answer_is_the_table() {
    let Some(reference) = shared_data("hk/spread_table.csv") else {
        return;
    };
    for (part, kind, date) in [
        ("A", "equity", "2025-08-03"),
        ("A", "reit", "2026-08-02"),
        ("A", "equity", "2026-08-03"),
        ("D", "etf", "2026-08-03"),
    ] {
        let answer = answer(&format!("tick --date {date} --kind {kind}"));

        let bands = answer["bands"].as_array().unwrap();
        let number = |value: &Value| value.as_str().unwrap().parse::<Decimal>().unwrap();
        let found: Vec<_> = bands
            .iter()
            .map(|band| ["over", "up_to", "tick"].map(|key| number(&band[key])))
            .collect();
        assert_eq!(found, bands_of(&reference, part, date), "{part} {date}");
        assert_eq!(number(&answer["lowest"]), Decimal::new(1, 2));
        assert_eq!(number(&answer["highest"]), found.last().unwrap()[1]);
    }
}

/// Bands of the reference table; neighbours with one tick are one band.
fn bands_of(reference: &str, part: &str, date: &str) -> Vec<[Decimal; 3]> {
    let mut bands: Vec<[Decimal; 3]> = Vec::new();
    for line in reference.lines().skip(1) {
        let cells: Vec<_> = line.split(',').collect();
        let holds =
            (cells[1].is_empty() || cells[1] <= date) && (cells[2].is_empty() || date <= cells[2]);
        if cells[0] != part || !holds {
            continue;
        }
        let band = [3, 4, 5].map(|column: usize| cells[column].parse::<Decimal>().unwrap());
        match bands.last_mut() {
            Some(last) if last[2] == band[2] => last[1] = band[1],
            Some(_) | None => bands.push(band),
        }
    }
    bands
}

#[test]
fn every_spelling_that_is_no_plain_number_is_refused() {
    for price in [
        "\"1e3\"",
        "1e3",
        "1e309",
        "\"1,000\"",
        "\"+5\"",
        "\" 5\"",
        "\".5\"",
        "\"5.\"",
        "\"\u{ff15}\"",
        "\"0x10\"",
        "\"NaN\"",
        "NaN",
        "-Infinity",
        "true",
        "[5]",
        "\"\"",
    ] {
        let line = format!(r#"{{"date":"2026-11-23","price":{price}}}"#);

        let answer = answers("tick", &[&line]).remove(0);

        let found = price.trim_matches('"').to_owned();
        assert_eq!(at_fault(&answer), ("price".to_owned(), found), "{line}");
    }
    let number = answers("tick", &[r#"{"date":"2026-11-23","price":512.50}"#]);
    assert_eq!(
        (&number[0]["price"], &number[0]["legal"]),
        (&"512.50".into(), &true.into())
    );
}

#[test]
fn dates_outside_the_tables_are_refused() {
    for date in ["1999-11-23", "2014-12-31", "2028-01-03", "2099-11-23"] {
        let refused = refused(&format!("tick --date {date} --price 5"));

        assert_eq!(refused, ("date".to_owned(), date.to_owned()));
    }
}

#[test]
fn wrong_flags_are_usage_and_name_what_is_allowed() {
    assert_usage("tick --price 5", "--date: found nothing");
    assert_usage("tick --date 2026-11-23 --price 1e3", "plain digits");
    assert_usage(
        "tick --date 2026-11-23 --kind warrant",
        "equity, etf or reit",
    );
    assert_usage("tick --date 23.11.2026", "a date such as 2026-11-23");
}
