//! `get_technicals` on a market made by hand: every figure, its size, what is missing and why, what is
//! doubted, and what the gate then takes for evidence.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::hand_made::{FULL, Market, Tape, Today, asking};

/// Waves around 500 dollars, a hundred shares a minute, three hundred today.
fn waves(day: i64, minute: i64) -> (i64, u64) {
    let turn = (day * FULL + minute) % 97;
    let cents = 50_000 + 20 * (turn - 48).abs() + 7 * (minute % 13);
    (cents, if day == 0 { 300 } else { 100 })
}

/// Half past ten on an ordinary Monday.
fn monday(tape: Tape) -> Market {
    Market::on("2026-09-14", "10:30", tape)
}

#[tokio::test]
async fn a_warm_name_has_every_figure_within_four_hundred_and_fifty_characters() {
    let mut market = monday(waves);
    market.daily = 30;
    let line = market.line().await;

    let text = line.to_string();
    assert!(text.len() <= 450, "{} {text}", text.len());
    assert!(!text.contains("null"), "{text}");
    assert_eq!(
        (line["symbol"].as_str(), &line["missing"]),
        (Some("00700"), &Value::Null)
    );
    assert_eq!(line["doubt"], Value::Null);
    // Seven whole days of 22 bars and four of today.
    assert_eq!(line["bars"], 7 * 22 + 4);
    for figure in ["close", "rsi", "sma20", "sma50", "ema9", "ema20", "atr"] {
        assert!(
            line[figure].as_str().is_some_and(|text| text.len() <= 6),
            "{figure} {text}"
        );
    }
    assert_eq!(line["bb"].as_array().map(Vec::len), Some(3));
    assert_eq!(line["vwap"].as_array().map(Vec::len), Some(3));
    assert!(line["macd"]["hist"].is_string(), "{text}");
    assert_eq!(line["rvol"], json!({"x": "3", "n": 20, "basis": "own"}));
    assert!(line["day"]["gap"].is_string(), "{text}");
    assert_eq!(line["day"]["or15"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn three_symbols_take_three_lines_and_the_unknown_are_listed() {
    let both = json!({"symbols": ["700", "5", "700"], "timeframe": "5m"});
    let alone = json!({"symbol": "5"});

    let answers = monday(waves)
        .answers(&[asking(&both), asking(&alone)])
        .await;

    assert_eq!(answers[0]["timeframe"], "5m");
    assert_eq!(answers[0]["technicals"].as_array().map(Vec::len), Some(1));
    assert_eq!(answers[0]["unknown"], json!(["00005"]));
    let told = answers[1].to_string();
    assert!(
        told.contains("00005") && !told.contains("technicals"),
        "{told}"
    );
}

#[tokio::test]
async fn neither_none_nor_twenty_one_symbols_may_be_asked_for() {
    let many: Vec<String> = (1..=21).map(|code| code.to_string()).collect();
    let calls = [json!({}), json!({"symbols": many})].map(|input| asking(&input));

    let answers = monday(waves).answers(&calls).await;

    for (answer, given) in answers.iter().zip(["0 given", "21 given"]) {
        let told = answer.to_string();
        assert!(
            told.contains(&format!("{given}, allowed are 1 to 20")),
            "{told}"
        );
    }
}

#[tokio::test]
async fn what_is_short_is_named_with_what_it_needs() {
    let mut market = Market::on("2026-09-14", "09:33", waves);
    market.past_days = 1;
    let line = market.line().await;

    assert_eq!(line["bars"], 22);
    assert_eq!(
        line["missing"],
        json!({"macd": "34 bars needed", "sma50": "50 bars needed", "rvol": "first 5 minutes",
               "gap": "no previous close", "or15": "first 15 minutes"})
    );
    assert!(
        line["rsi"].is_string() && line["sma20"].is_string(),
        "{line}"
    );
}

#[tokio::test]
async fn a_short_history_falls_back_on_the_markets_profile_and_says_so() {
    let mut market = monday(waves);
    (market.past_days, market.daily) = (12, 12);
    let own = market.line().await["rvol"].clone();
    let mut market = monday(|day, minute| waves(i64::from(day > 0), minute));
    (market.past_days, market.daily) = (12, 12);
    // Nine of the twelve days are of no trade at all by this time.
    market.tape = |day, minute| {
        let (cents, volume) = waves(day, minute);
        (cents, if day > 9 && minute < 200 { 0 } else { volume })
    };
    let by_market = market.line().await["rvol"].clone();
    let mut market = monday(waves);
    market.past_days = 9;
    let neither = market.line().await;

    assert_eq!((&own["basis"], &own["n"]), (&json!("own"), &json!(12)));
    assert_eq!(
        (&by_market["basis"], &by_market["n"]),
        (&json!("market"), &json!(12))
    );
    assert_eq!(neither["rvol"], Value::Null);
    assert_eq!(neither["missing"]["rvol"], "0 sessions of 10");
}

#[tokio::test]
async fn half_days_of_the_past_are_left_out_and_counted_and_a_half_day_uses_the_market() {
    // The day before the Lunar New Year of 2026, 16 February, ends at noon.
    let mut after = Market::on("2026-03-02", "10:30", waves);
    after.daily = 24;
    let full = after.line().await["rvol"].clone();
    let mut market = Market::on("2026-02-16", "10:30", waves);
    market.daily = 24;
    let half = market.line().await["rvol"].clone();

    assert_eq!((&full["basis"], &full["n"]), (&json!("own"), &json!(19)));
    assert_eq!(full["left_out"], 1);
    assert_eq!((&half["basis"], &half["n"]), (&json!("market"), &json!(20)));
}

#[tokio::test]
async fn a_flat_name_has_no_strength_index_and_says_why() {
    let line = monday(|_, _| (50_000, 100)).line().await;

    assert_eq!(line["rsi"], Value::Null);
    assert_eq!(line["missing"]["rsi"], "no price change");
    assert_eq!(
        (line["atr"].as_str(), line["bb"][0].as_str()),
        (Some("0"), Some("500"))
    );
}

#[tokio::test]
async fn an_idle_name_is_thin_and_its_strength_is_no_evidence() {
    /// Nothing trades in every second quarter of an hour.
    fn idle(day: i64, minute: i64) -> (i64, u64) {
        let (cents, volume) = waves(day, minute);
        (cents, if minute / 15 % 2 == 0 { volume } else { 0 })
    }
    let line = monday(idle).line().await;
    let (rsi, volume) = monday(idle).evidence(json!({"symbol": "700"})).await;

    assert_eq!(line["doubt"], json!(["thin"]));
    assert_eq!((&line["rsi"], &line["atr"]), (&Value::Null, &Value::Null));
    assert_eq!(
        line["missing"],
        json!({"rsi": "thin", "atr": "thin", "gap": "no previous close"})
    );
    assert!(line["sma20"].is_string(), "{line}");
    assert_eq!((rsi, volume), (json!("not known"), Value::Null));
}

#[tokio::test]
async fn volumes_across_a_split_compare_nothing_and_are_no_evidence() {
    /// Three shares for one, and the same money traded in them.
    fn split(day: i64, minute: i64) -> (i64, u64) {
        let (cents, _) = waves(0, minute);
        if day >= 3 {
            (3 * cents, 100)
        } else {
            (cents, 300)
        }
    }
    let line = monday(split).line().await;
    let (_, volume) = monday(split).evidence(json!({"symbol": "700"})).await;
    let mut with_days = monday(split);
    with_days.daily = 24;
    let with_days = with_days.line().await;

    assert_eq!(line["rvol"], Value::Null, "{line}");
    assert_eq!(volume, "not known");
    assert_eq!(with_days["missing"]["rvol"], "2 sessions of 10");
}

#[tokio::test]
async fn a_split_begins_the_series_anew_and_its_strength_is_evidence_once_settled() {
    fn split(ago: i64, day: i64, minute: i64) -> (i64, u64) {
        let (cents, volume) = waves(day, minute);
        (if day >= ago { 3 * cents } else { cents }, volume)
    }
    let mut yesterday = monday(|day, minute| split(2, day, minute));
    yesterday.daily = 24;
    let line = yesterday.line().await;
    let fresh = monday(|day, minute| split(2, day, minute));
    let (unsettled, _) = fresh.evidence(json!({"symbol": "700"})).await;
    let settled = monday(|day, minute| split(4, day, minute));
    let (settled, _) = settled.evidence(json!({"symbol": "700"})).await;
    let mut today = monday(|day, minute| split(1, day, minute));
    today.daily = 24;
    let today = today.line().await;

    assert_eq!(line["doubt"], json!(["split?"]));
    assert_eq!(line["bars"], 22 + 4);
    assert_eq!(
        line["missing"],
        json!({"macd": "34 bars needed", "sma50": "50 bars needed", "rvol": "1 sessions of 10"})
    );
    let average: Decimal = line["sma20"].as_str().unwrap().parse().unwrap();
    assert!(average < Decimal::from(600), "{average}");
    assert_eq!(unsettled, json!("not known"));
    assert_eq!(settled, Value::Null);
    assert_eq!(
        (&today["bars"], &today["missing"]["gap"]),
        (&json!(4), &json!("split?"))
    );
}

#[tokio::test]
async fn one_absurd_print_silences_the_series_and_is_no_evidence() {
    fn spiked(day: i64, minute: i64) -> (i64, u64) {
        let (cents, volume) = waves(day, minute);
        (
            if (day, minute) == (1, 100) {
                40 * cents
            } else {
                cents
            },
            volume,
        )
    }
    let line = monday(spiked).line().await;
    let (rsi, volume) = monday(spiked).evidence(json!({"symbol": "700"})).await;

    assert_eq!(line["doubt"], json!(["spike?"]));
    assert_eq!(line["missing"]["series"], "spike?");
    for figure in [
        "rsi", "atr", "macd", "sma20", "sma50", "ema9", "ema20", "bb",
    ] {
        assert_eq!(line[figure], Value::Null, "{figure}");
    }
    assert!(
        line["vwap"].is_array() && line["rvol"].is_object(),
        "{line}"
    );
    assert_eq!((rsi, volume), (json!("not known"), Value::Null));
}

#[tokio::test]
async fn bars_that_have_not_come_today_are_stale_and_no_evidence() {
    let silent = || {
        let mut market = monday(waves);
        market.today = Today::IsSilent;
        market
    };
    let line = silent().line().await;
    let (rsi, volume) = silent().evidence(json!({"symbol": "700"})).await;

    assert_eq!(line["doubt"], json!(["stale"]));
    assert_eq!(line["day"], Value::Null);
    assert_eq!(line["missing"]["vwap"], "no trade today");
    assert!(line["rsi"].is_string(), "{line}");
    assert_eq!((rsi, volume), (json!("not known"), json!("0")));
}

#[tokio::test]
async fn only_the_owners_span_makes_the_strength_index_evidence() {
    let quarter = monday(waves).evidence(json!({"symbol": "700"})).await;
    let hour = monday(waves)
        .evidence(json!({"symbol": "700", "timeframe": "1h"}))
        .await;

    assert_eq!(quarter, (Value::Null, Value::Null));
    assert_eq!(hour, (json!("not known"), Value::Null));
}

#[tokio::test]
async fn hours_and_days_are_counted_as_they_are() {
    let asked = |timeframe: &str| asking(&json!({"symbol": "700", "timeframe": timeframe}));
    let mut market = Market::on("2026-09-14", "12:30", waves);
    market.daily = 24;

    let answers = market
        .answers(&[asked("1h"), asked("1d"), asked("15m")])
        .await;
    let bars = |answer: &Value| answer["technicals"][0]["bars"].clone();

    // The last hour of the morning is half an hour long, and over at noon.
    assert_eq!(bars(&answers[0]), 24 * 6 + 3);
    assert_eq!(bars(&answers[1]), 24);
    assert_eq!(bars(&answers[2]), 7 * 22 + 10);
}
