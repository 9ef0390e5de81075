//! `detect_patterns` on a market made by hand: a flag that waits, its trigger, its failure, yesterday's
//! shapes, too few bars, and what an answer costs.

use serde_json::{Value, json};

use super::hand_made::{Market, Today};

/// Quiet days around 500 dollars; today a pole of half an hour from 09:45 on volume, then a shallow
/// drift on little, and from 10:30 on what `later` says.
fn flag(day: i64, minute: i64, later: fn(i64) -> i64) -> (i64, u64) {
    let noise = [0, 30, 60, 20, 50, 10, 40][usize::try_from((minute * 3 + day) % 7).unwrap()];
    if day > 0 || minute < 15 {
        return (50_000 + noise, 100);
    }
    match minute {
        15..45 => (50_000 + 40 * (minute - 14) + noise, 400),
        45..60 => (51_170 - 16 * (minute - 44) + noise / 2, 120),
        _ => (later(minute - 60), 300),
    }
}

fn waits(_: i64) -> i64 {
    51_000
}

fn breaks(minute: i64) -> i64 {
    51_000 + 130 * minute
}

fn fails(minute: i64) -> i64 {
    51_000 - 300 * minute
}

async fn asked(time: &str, tape: fn(i64, i64) -> (i64, u64), span: &str) -> Value {
    let call = json!({"tool": "detect_patterns", "input": {"symbol": "700", "timeframe": span}});
    Market::on("2026-09-14", time, tape).answers(&[call]).await[0].clone()
}

fn flag_in(answer: &Value) -> Option<&Value> {
    let found = answer["found"].as_array().unwrap();
    found.iter().find(|line| line["p"] == "bull_flag")
}

#[tokio::test]
async fn a_flag_that_waits_is_armed_with_legal_levels_and_its_weakest_measures() {
    let answer = asked("10:30", |day, minute| flag(day, minute, waits), "5m").await;

    let line = flag_in(&answer).unwrap_or_else(|| panic!("{answer}"));
    let text = line.to_string();
    assert!(text.len() <= 330, "{} {text}", text.len());
    assert!(!answer.to_string().contains("null"), "{answer}");
    assert_eq!((&line["st"], &line["hit"]), (&json!("armed"), &Value::Null));
    assert_eq!(line["to"], "09-14 10:25");
    let price = |key: &str| line[key].as_str().unwrap().parse::<f64>().unwrap();
    assert!(
        price("sl") < price("tr") && price("tr") < price("tp"),
        "{line}"
    );
    assert!(price("tp") - price("tr") >= 2.0 * (price("tr") - price("sl")) - 1e-9);
    assert_eq!(line["why"].as_object().unwrap().len(), 4);
}

#[tokio::test]
async fn a_minute_at_the_trigger_is_named_before_its_bar_has_closed() {
    let answer = asked("10:33", |day, minute| flag(day, minute, breaks), "5m").await;

    let line = flag_in(&answer).unwrap_or_else(|| panic!("{answer}"));
    assert_eq!(line["st"], "triggered");
    assert_eq!(line["hit"], "09-14 10:32");
}

#[tokio::test]
async fn a_minute_at_the_stop_ends_it_and_the_answer_says_that_nothing_stands() {
    let answer = asked("10:33", |day, minute| flag(day, minute, fails), "5m").await;

    assert_eq!(flag_in(&answer), None);
    assert_eq!(
        answer["none"],
        "none of the five patterns stands, and none was triggered lately"
    );
}

/// The flag, drawn at the end of yesterday; today is quiet where it stopped.
fn yesterdays(day: i64, minute: i64) -> (i64, u64) {
    match day {
        1 if minute >= 255 => flag(0, minute - 255, waits),
        0 => (51_000 + 10 * (minute % 3), 100),
        1 => flag(2, minute, waits),
        _ => flag(day, minute, waits),
    }
}

#[tokio::test]
async fn a_flag_that_waited_at_the_close_is_not_there_next_morning() {
    let at_the_close = asked("15:59", |day, minute| yesterdays(day + 1, minute), "5m").await;
    let next_morning = asked("09:50", yesterdays, "5m").await;

    assert!(flag_in(&at_the_close).is_some(), "{at_the_close}");
    assert_eq!(flag_in(&next_morning), None, "{next_morning}");
}

#[tokio::test]
async fn bars_that_stopped_coming_hold_no_pattern() {
    let call = json!({"tool": "detect_patterns", "input": {"symbol": "700", "timeframe": "5m"}});
    let mut market = Market::on("2026-09-14", "10:30", |day, minute| {
        flag(day, minute, waits)
    });
    market.today = Today::IsSilent;

    let answer = market.answers(&[call]).await[0].clone();

    assert_eq!(answer["found"], json!([]));
    assert_eq!(answer["none"], "stale: such bars show no shape");
}

#[tokio::test]
async fn an_hour_informs_and_too_few_bars_are_named() {
    let call = |span: &str| json!({"tool": "detect_patterns", "input": {"symbol": "700", "timeframe": span}});
    let mut market = Market::on("2026-09-14", "10:30", |day, minute| {
        flag(day, minute, waits)
    });
    market.past_days = 1;

    let answers = market.answers(&[call("15m"), call("1h")]).await;

    assert_eq!(answers[0]["bars"], 26);
    assert_eq!(answers[1]["bars"], 7);
    assert_eq!(
        answers[1]["none"],
        "7 closed bars are not enough, a pattern needs 20 or more"
    );
}

#[tokio::test]
async fn the_last_hour_of_the_morning_is_over_at_noon_for_patterns_as_for_technicals() {
    let call = |tool: &str| json!({"tool": tool, "input": {"symbol": "700", "timeframe": "1h"}});
    for (time, today) in [("11:59", 2), ("12:10", 3), ("15:59", 5)] {
        let market = Market::on("2026-09-14", time, |day, minute| flag(day, minute, waits));

        let answers = market
            .answers(&[call("detect_patterns"), call("get_technicals")])
            .await;

        assert_eq!(answers[0]["bars"], 24 * 6 + today, "{time}");
        assert_eq!(
            answers[1]["technicals"][0]["bars"],
            24 * 6 + today,
            "{time}"
        );
    }
}

/// A box of a dollar and a half; in the last minutes of the morning one bar climbs from its floor
/// through its top on volume and holds there.
fn breaks_out(day: i64, minute: i64) -> (i64, u64) {
    let floor = 30_000 + 40 * [0, 1, 2, 3, 2, 1][usize::try_from(minute / 5 % 6).unwrap()];
    let inside = [0, 20, 40, 20, 10][usize::try_from(minute % 5).unwrap()];
    match minute {
        140..145 if day == 0 => {
            let climb = [30_010, 30_080, 30_150, 30_190, 30_240];
            (climb[usize::try_from(minute - 140).unwrap()], 500)
        }
        145.. if day == 0 => (30_240, 100),
        _ => (floor + inside, 100),
    }
}

#[tokio::test]
async fn a_breakout_is_followed_from_its_close_and_not_through_the_bar_that_made_it() {
    let found_at = async |time: &str| {
        let answer = asked(time, breaks_out, "5m").await;
        let found = answer["found"].as_array().unwrap().iter();
        let mut breakouts = found.filter(|line| line["p"] == "breakout");
        let line = breakouts.next().unwrap_or_else(|| panic!("{answer}"));
        let stop: f64 = line["sl"].as_str().unwrap().parse().unwrap();
        assert!(stop > 300.10, "the bar began under its stop: {line}");
        (line["st"].clone(), line["hit"].clone())
    };

    let triggered = json!("triggered");
    assert_eq!(found_at("11:55").await, (triggered.clone(), Value::Null));
    assert_eq!(found_at("11:56").await, (triggered, json!("09-14 11:55")));
}

#[tokio::test]
async fn one_absurd_print_leaves_no_shape_and_says_so() {
    let spiked = |day, minute| {
        let (cents, volume) = flag(day, minute, waits);
        let times = if (day, minute) == (1, 100) { 40 } else { 1 };
        (times * cents, volume)
    };

    let answer = asked("10:30", spiked, "5m").await;

    assert_eq!(answer["found"], json!([]));
    assert_eq!(answer["none"], "spike?: such bars show no shape");
}

#[tokio::test]
async fn behind_a_split_the_bars_are_counted_anew() {
    fn split(ago: i64, day: i64, minute: i64) -> (i64, u64) {
        let (cents, volume) = flag(day, minute, waits);
        (if day >= ago { 3 * cents } else { cents }, volume)
    }

    let today = asked("10:30", |day, minute| split(1, day, minute), "5m").await;
    let yesterday = asked("10:30", |day, minute| split(2, day, minute), "5m").await;

    assert_eq!(
        (&today["bars"], &today["none"]),
        (
            &json!(12),
            &json!("12 closed bars are not enough, a pattern needs 20 or more")
        )
    );
    assert_eq!(yesterday["bars"], 66 + 12);
    assert!(flag_in(&yesterday).is_some(), "{yesterday}");
}

#[tokio::test]
async fn a_close_beyond_the_tick_table_is_the_reason_that_is_given() {
    let dear = |day, minute| {
        let (cents, volume) = flag(day, minute, waits);
        (20 * cents, volume)
    };

    let answer = asked("10:30", dear, "5m").await;

    assert_eq!(answer["found"], json!([]));
    let reason = answer["none"].as_str().unwrap();
    assert!(
        reason.starts_with("a close of 100")
            && reason
                .ends_with("is outside the tick table, which has 0.01 to 9995: no level is legal"),
        "{reason}"
    );
}
