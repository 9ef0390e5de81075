//! The figures of a report, each from the least that makes it.

use std::collections::BTreeMap;

use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::market::{Bar, Ohlc};
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{Execution, FeesAre, Fill, Leg};
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use catalyst_ports::journal::{
    AskedPrices, Chronicle, Family, GoneShares, ModelCost, ProtectionCheck, Reading, RefusedEntry,
    RunLine, StoryEvent,
};
use catalyst_testkit::builders::{
    a_bracket_plan, a_cycle, a_fill, a_moment, an_intent_of, an_order, hkd, price, shares, symbol,
};
use chrono::{DateTime, TimeDelta, Utc};

use super::{DayBars, Ground, PeriodReport, TradeEnd, WouldHave, period_report};

const DAY: &str = "2026-09-14";
const OPEN: &str = "2026-09-14T02:00:00Z";

fn at(minutes: i64) -> DateTime<Utc> {
    a_moment(OPEN) + TimeDelta::minutes(minutes)
}

fn report_with(chronicle: &Chronicle, bars: Vec<Bar>) -> PeriodReport {
    let rules = Rulebook::of(Exchange::Hkex).unwrap();
    let day = DAY.parse().unwrap();
    let mut days = BTreeMap::new();
    if !bars.is_empty() {
        days.insert(day, BTreeMap::from([(symbol("700"), bars)]));
    }
    let ground = Ground {
        days: (day, day),
        now: at(600),
        chronicle,
        bars: DayBars(days),
        index: None,
        rules: &rules,
        plan: CommissionPlan::None,
    };
    period_report(ground).unwrap()
}

fn report(chronicle: &Chronicle) -> PeriodReport {
    report_with(chronicle, Vec::new())
}

fn told(fill: Fill) -> Execution {
    Execution {
        fill,
        fees: FeesAre::Reported,
        replaces: None,
    }
}

/// 200 shares bought at ten at 500 and, with `out`, sold that many minutes later at 490 by the stop.
fn a_trade(out: Option<i64>) -> Chronicle {
    let id = an_order(a_cycle("20260914-1000.1"), 1, Leg::Entry);
    let mut executions = vec![told(a_fill("in").order(id).shares(200).at(at(0)).build())];
    executions.extend(out.map(|minutes| {
        let stop = id.sibling(Leg::Stop);
        let sold = a_fill("out").order(stop).selling().shares(200).price("490");
        told(sold.at(at(minutes)).build())
    }));
    Chronicle {
        executions,
        families: vec![Family {
            intent: an_intent_of(a_bracket_plan(id), id, at(0)),
            ending: None,
        }],
        ..Chronicle::empty()
    }
}

#[test]
fn a_trade_is_told_with_its_plan_and_what_is_left_of_its_gain() {
    let report = report(&a_trade(Some(30)));

    let [trade] = report.trades.as_slice() else {
        panic!("one trade, found {}", report.trades.len())
    };
    assert_eq!(
        (trade.stop, trade.target),
        (Some(price("490")), Some(price("530")))
    );
    assert_eq!(trade.reason_in, "breakout with volume");
    assert_eq!(trade.reason_out.as_deref(), Some("stop"));
    let TradeEnd::Closed {
        gross, fees, net, ..
    } = trade.end
    else {
        panic!("{:?}", trade.end)
    };
    assert_eq!((gross, fees, net), (hkd("-2000"), hkd("160"), hkd("-2160")));
    assert_eq!(report.totals.net, Some(hkd("-2160")));
    assert_eq!((report.totals.won, report.totals.lost), (0, 1));
}

#[test]
fn a_result_that_nobody_knows_makes_the_sums_unknown_and_never_zero() {
    let mut chronicle = a_trade(None);
    // What is written off on a day was gone before the day began.
    for bought in &mut chronicle.executions {
        bought.fill.at -= TimeDelta::days(3);
    }
    chronicle.gone.push(GoneShares {
        at: at(60),
        symbol: symbol("700"),
        to: shares(0),
    });

    let report = report(&chronicle);

    assert_eq!(
        report.trades.first().map(|trade| trade.end),
        Some(TradeEnd::Unknown { at: Some(at(60)) })
    );
    assert_eq!((report.totals.gross, report.totals.net), (None, None));
    assert_eq!(report.totals.unknown, 1);
}

#[test]
fn what_is_still_held_is_open_and_in_no_sum() {
    let report = report(&a_trade(None));

    assert_eq!(
        report.trades.first().map(|trade| trade.end),
        Some(TradeEnd::Open)
    );
    assert_eq!(
        (report.totals.open, report.totals.gross),
        (1, Some(hkd("0")))
    );
}

#[test]
fn model_cost_is_shared_by_the_trades_of_its_day_and_counted_at_the_weak_side_of_the_peg() {
    let mut chronicle = a_trade(Some(30));
    let cost = |text, currency| ModelCost {
        date: DAY.parse().unwrap(),
        cost: Money::parse(text, currency).unwrap(),
        questions: 3,
    };
    chronicle.model.push(cost("2", Currency::Usd));

    let counted = report(&chronicle);
    chronicle.model.push(cost("1", Currency::Aud));
    let uncounted = report(&chronicle);

    assert_eq!(counted.totals.model, Some(hkd("15.70")));
    assert_eq!(counted.totals.net, Some(hkd("-2175.70")));
    assert_eq!(
        counted.trades.first().and_then(|trade| trade.model),
        Some(hkd("15.70"))
    );
    assert_eq!((uncounted.totals.model, uncounted.totals.net), (None, None));
}

fn look(minutes: i64, bare: &[&str]) -> ProtectionCheck {
    ProtectionCheck {
        at: at(minutes),
        bare: bare.iter().map(|name| symbol(name)).collect(),
    }
}

/// Minutes held and covered of a trade of an hour.
fn cover(checks: Vec<ProtectionCheck>, stop_gone: Option<i64>) -> (i64, i64) {
    let mut chronicle = a_trade(Some(60));
    chronicle.checks = checks;
    let id = an_order(a_cycle("20260914-1000.1"), 1, Leg::Stop);
    chronicle.stops.extend(stop_gone.map(|minutes| StoryEvent {
        order: id,
        side: Side::Sell,
        price: None,
        shares: shares(200),
        filled: shares(0),
        status: "cancelled".to_owned(),
        at: at(minutes),
    }));
    let cover = report(&chronicle).cover;
    (cover.held.num_minutes(), cover.covered.num_minutes())
}

#[test]
fn time_counts_as_covered_by_what_the_looks_at_the_broker_found() {
    assert_eq!(cover(vec![look(20, &[]), look(40, &[])], None), (60, 60));
    assert_eq!(
        cover(vec![look(20, &[]), look(40, &["700"])], None),
        (60, 20)
    );
    assert_eq!(
        cover(vec![look(20, &["700"]), look(40, &[])], None),
        (60, 20)
    );
    assert_eq!(cover(vec![look(20, &["5"])], None), (60, 60));
    assert_eq!(
        cover(vec![look(20, &[]), look(40, &[])], Some(50)),
        (60, 50)
    );
    assert_eq!(
        cover(vec![look(20, &[]), look(40, &[])], Some(30)),
        (60, 50)
    );
}

#[test]
fn the_deepest_fall_is_from_the_best_reading_before_it() {
    let equities = ["100", "120", "90", "130", "110"];
    let readings = (0..).zip(equities).map(|(minute, equity)| Reading {
        at: at(minute),
        equity: hkd(equity),
        cash: hkd("0"),
    });
    let chronicle = Chronicle {
        readings: readings.collect(),
        ..Chronicle::empty()
    };

    let fall = report(&chronicle).curve.deepest.unwrap();

    assert_eq!(
        (fall.amount, fall.fraction.to_string()),
        (hkd("30"), "0.25".to_owned())
    );
    assert_eq!((fall.peak_at, fall.low_at), (at(1), at(2)));
}

/// A bar of the `minute`th minute after the refusal.
fn bar(minute: i64, [open, high, low, close]: [&str; 4]) -> Bar {
    let prices = Ohlc {
        open: price(open),
        high: price(high),
        low: price(low),
        close: price(close),
    };
    Bar::new(at(minute), prices, shares(1_000)).unwrap()
}

/// How a refused purchase of 100 at 500 with a stop at 490 and a target at 530 leaves, and its gain.
fn refused(bars: Vec<Bar>) -> Option<(&'static str, Money)> {
    let chronicle = Chronicle {
        refused: vec![RefusedEntry {
            at: at(0),
            symbol: symbol("700"),
            shares: shares(100),
            rules: Vec::new(),
            prices: Some(AskedPrices {
                entry: price("500"),
                stop: price("490"),
                target: price("530"),
            }),
        }],
        ..Chronicle::empty()
    };
    match report_with(&chronicle, bars)
        .refusals
        .lines
        .first()?
        .would_have
    {
        WouldHave::Left { by, gross, .. } => Some((by, gross)),
        WouldHave::NoPrices | WouldHave::NoBars | WouldHave::NotFilled => None,
    }
}

#[test]
fn a_refused_trade_is_played_against_itself_where_a_bar_leaves_it_open() {
    let entry = bar(0, ["501", "502", "499", "500"]);
    let both = bar(1, ["500", "531", "489", "520"]);
    let gap = bar(1, ["480", "485", "479", "481"]);
    let target = bar(1, ["500", "531", "499", "520"]);

    assert_eq!(refused(vec![entry, both]), Some(("stop", hkd("-1000"))));
    assert_eq!(refused(vec![entry, gap]), Some(("stop", hkd("-2000"))));
    assert_eq!(refused(vec![entry, target]), Some(("target", hkd("3000"))));
    // A target in the bar of the entry may have come before it.
    assert_eq!(refused(vec![target]), Some(("close", hkd("2000"))));
    assert_eq!(refused(vec![bar(0, ["501", "540", "501", "520"])]), None);
    // What traded before the refusal decides nothing.
    assert_eq!(refused(vec![bar(-1, ["500", "500", "480", "500"])]), None);
    assert_eq!(refused(Vec::new()), None);
}

#[test]
fn a_trading_day_without_a_run_is_missing_once_it_has_begun() {
    let run = RunLine {
        id: a_cycle("20260914-1000.1"),
        at: at(0),
        ending: None,
    };
    let worked = Chronicle {
        runs: vec![run],
        ..Chronicle::empty()
    };
    let rules = Rulebook::of(Exchange::Hkex).unwrap();
    let missing = |chronicle: &Chronicle, from: &str, to: &str| {
        let ground = Ground {
            days: (from.parse().unwrap(), to.parse().unwrap()),
            now: at(600),
            chronicle,
            bars: DayBars::default(),
            index: None,
            rules: &rules,
            plan: CommissionPlan::None,
        };
        let missing = period_report(ground).unwrap().missing;
        missing.iter().map(ToString::to_string).collect::<Vec<_>>()
    };

    assert_eq!(missing(&worked, "2026-09-11", "2026-09-18"), ["2026-09-11"]);
    assert_eq!(missing(&Chronicle::empty(), DAY, DAY), [DAY]);
    assert_eq!(
        missing(&Chronicle::empty(), "2026-09-15", "2026-09-18"),
        Vec::<String>::new()
    );
}
