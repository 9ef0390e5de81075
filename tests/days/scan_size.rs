//! How many characters the advisor pays for a scan and for a quote, with figures as wide as they get.

use std::collections::BTreeMap;

use catalyst_domain::calendar::Phase;
use catalyst_domain::market::Feed;
use catalyst_domain::quantity::LotSize;
use catalyst_domain::scan::{FeedSentinel, Filter, Sentinel};
use catalyst_ports::tool::{Candidate, QuoteLine, QuoteReport, ScanReport, ToolReply};
use catalyst_testkit::builders::{hkd, price, shares, symbol};
use chrono::NaiveTime;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Every figure is there and as wide as the rounding of the tool leaves it on a wild day.
fn candidate(code: usize) -> Candidate {
    Candidate {
        symbol: symbol(&code.to_string()),
        last: price("99.95"),
        change_pct: Decimal::new(99, 1),
        gap_pct: Some(Decimal::new(-99, 1)),
        relative_volume: Some(Decimal::new(128, 1)),
        turnover_millions: Some(Decimal::from(12_345)),
        below_high_pct: Some(Decimal::new(98, 1)),
        above_vwap: Some(true),
        spread_ticks: 9,
    }
}

fn names(count: usize) -> Vec<catalyst_domain::symbol::Symbol> {
    (1..=count).map(|code| symbol(&code.to_string())).collect()
}

fn report() -> ScanReport {
    ScanReport {
        at: NaiveTime::from_hms_opt(10, 30, 0).unwrap(),
        phase: None,
        looked_at: 93,
        passed: 17,
        filtered: BTreeMap::from([
            (Filter::NotRising, names(31)),
            (Filter::Turnover, names(40)),
            (Filter::LotValue, names(3)),
        ]),
        quarantined: vec![
            (symbol("5"), Sentinel::Crossed),
            (symbol("388"), Sentinel::NoClose),
        ],
        feed: Vec::new(),
        reason: None,
        candidates: (81..=90).map(|code| candidate(code * 100)).collect(),
    }
}

fn text(reply: &ToolReply) -> String {
    serde_json::to_string(reply).unwrap()
}

fn value(reply: &ToolReply) -> Value {
    serde_json::to_value(reply).unwrap()
}

#[test]
fn a_scan_of_ten_names_with_every_figure_is_under_1200_characters() {
    let text = text(&ToolReply::Scan(report()));

    assert!(text.len() < 1_200, "{} characters: {text}", text.len());
    assert!(!text.contains("null"));
}

#[test]
fn a_scan_has_the_documented_keys_and_leaves_out_what_is_not_known() {
    let mut scan = report();
    let bare = Candidate {
        gap_pct: None,
        relative_volume: None,
        turnover_millions: None,
        below_high_pct: None,
        above_vwap: None,
        ..candidate(700)
    };
    scan.candidates = vec![candidate(9_988), bare];

    assert_eq!(
        value(&ToolReply::Scan(scan)),
        json!({
            "at": "10:30", "n": 93, "ok": 17,
            "filtered": {"not_rising": 31, "turnover": 40,
                "lot_value": ["00001", "00002", "00003"]},
            "quarantined": {"00005": "crossed", "00388": "no_close"},
            "c": [
                {"s": "09988", "px": "99.95", "chg": "9.9", "gap": "-9.9", "rv": "12.8",
                    "to": "12345", "hi": "9.8", "vw": 1, "sp": 9},
                {"s": "00700", "px": "99.95", "chg": "9.9", "sp": 9},
            ],
        })
    );
}

#[test]
fn long_lists_are_cut_to_their_counts_and_an_empty_scan_stays_small() {
    let doubted = |name| (name, Sentinel::Feed);
    let empty = ScanReport {
        phase: Some(Phase::Lunch),
        passed: 0,
        filtered: BTreeMap::new(),
        quarantined: names(93).into_iter().map(doubted).collect(),
        feed: vec![FeedSentinel::Stopped, FeedSentinel::NoVolume],
        reason: Some("of 93 names, 93 quarantined (93 feed)".to_owned()),
        candidates: Vec::new(),
        ..report()
    };

    assert_eq!(
        value(&ToolReply::Scan(empty)),
        json!({
            "at": "10:30", "phase": "lunch", "n": 93, "ok": 0,
            "quarantined": {"feed": 93},
            "feed": ["feed_stopped", "feed_no_volume"],
            "why": "of 93 names, 93 quarantined (93 feed)",
            "c": [],
        })
    );
}

fn line() -> QuoteLine {
    QuoteLine {
        symbol: symbol("700"),
        last: price("1012.5"),
        bid: price("1012"),
        ask: price("1012.5"),
        volume: shares(123_456_700),
        age_seconds: 12,
        feed: Feed::Live,
        lot: Some(LotSize::new(100).unwrap()),
        tick: Some(Decimal::new(5, 1)),
        lot_value: Some(hkd("101250")),
        doubt: None,
    }
}

#[test]
fn a_quote_is_under_150_characters_a_symbol() {
    let of = |count| {
        let quotes = vec![line(); count];
        let report = QuoteReport {
            phase: Phase::ContinuousAfternoon,
            quotes,
            missing: Vec::new(),
        };
        text(&ToolReply::Quotes(report)).len()
    };

    assert!(of(2) - of(1) <= 150, "{} characters", of(2) - of(1));
    assert!(of(20) <= 20 * 150, "{} characters", of(20));
}

#[test]
fn a_quote_has_the_documented_keys_and_its_doubt() {
    let doubted = QuoteLine {
        lot: None,
        tick: None,
        lot_value: None,
        doubt: Some(Sentinel::Future),
        ..line()
    };
    let report = QuoteReport {
        phase: Phase::ContinuousMorning,
        quotes: vec![line(), doubted],
        missing: vec![(symbol("5"), Sentinel::Malformed)],
    };

    assert_eq!(
        value(&ToolReply::Quotes(report)),
        json!({
            "phase": "continuous_morning",
            "q": [
                {"s": "00700", "px": "1012.5", "b": "1012", "a": "1012.5", "v": 123_456_700,
                    "age": 12, "feed": "live", "lot": 100, "tick": "0.5", "lv": "101250.00"},
                {"s": "00700", "px": "1012.5", "b": "1012", "a": "1012.5", "v": 123_456_700,
                    "age": 12, "feed": "live", "doubt": "future"},
            ],
            "none": {"00005": "malformed"},
        })
    );
}
