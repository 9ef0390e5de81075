//! Days made by hand, each with one thing wrong.

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::order::{CycleId, RunKind};
use catalyst_ports::journal::{CycleEnding, DayPulse, ProofOfLife, Pulse, RunPulse, Spread};
use catalyst_testkit::builders::symbol;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::{WatchAlarm, WatchPolicy, watch, watched_since};
use crate::Schedule;

const POLICY: WatchPolicy = WatchPolicy {
    grace: TimeDelta::minutes(10),
    idle_sessions: 2,
    money_days: 3,
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn slot(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn schedule() -> Schedule {
    Schedule {
        slots: ["09:30", "10:00", "13:00"].map(slot).to_vec(),
        exit_before_lunch: TimeDelta::minutes(10),
        exit_before_close: TimeDelta::minutes(10),
    }
}

fn ran(kind: RunKind, day: &str, time: &str, ending: CycleEnding, summary: &str) -> RunPulse {
    RunPulse {
        id: CycleId::new(kind, date(day), slot(time), 1),
        advisor: "rules".to_owned(),
        at: at(&format!("{day}T{time}:00+08:00")),
        ending: Some(ending),
        summary: Some(summary.to_owned()),
    }
}

/// A day on which everything was seen that should be.
fn lively(day: &str) -> DayPulse {
    let mut pulse = DayPulse::new(date(day));
    pulse.runs = ["09:30", "10:00", "13:00"]
        .map(|time| ran(RunKind::Cycle, day, time, CycleEnding::Done, "done"))
        .to_vec();
    (pulse.scans, pulse.candidates, pulse.quotes, pulse.orders) = (3, 9, 12, 1);
    let moving = Spread {
        seen: 30,
        first: "1.2".to_owned(),
        varies: true,
    };
    pulse
        .inputs
        .insert(("relative volume", symbol("700")), moving);
    pulse
}

/// Two good days, and a third on which the two first slots ran; it is 10:20.
fn well() -> Pulse {
    let mut today = lively("2026-09-16");
    today.runs.pop();
    Pulse {
        first_run: Some(at("2026-09-14T09:30:00+08:00")),
        proof: Some(ProofOfLife {
            at: at("2026-09-16T10:15:10+08:00"),
            next_at: Some(at("2026-09-16T10:20:00+08:00")),
        }),
        days: vec![lively("2026-09-14"), lively("2026-09-15"), today],
    }
}

fn alarms(pulse: &Pulse, now: &str) -> Vec<WatchAlarm> {
    let calendar = TradingCalendar::hkex().unwrap();
    watch(pulse, POLICY, &schedule(), &calendar, at(now)).unwrap()
}

fn kinds(pulse: &Pulse, now: &str) -> Vec<&'static str> {
    alarms(pulse, now).iter().map(WatchAlarm::as_str).collect()
}

const NOW: &str = "2026-09-16T10:20:00+08:00";

#[test]
fn a_day_on_which_everything_ran_is_silent() {
    assert_eq!(alarms(&well(), NOW), []);
}

#[test]
fn a_journal_without_a_run_is_an_alarm() {
    assert_eq!(kinds(&Pulse::empty(), NOW), ["never_ran"]);
}

#[test]
fn a_run_that_is_late_beyond_grace_is_missed_and_one_within_is_not() {
    assert_eq!(alarms(&well(), "2026-09-16T10:30:00+08:00"), []);
    assert_eq!(kinds(&well(), "2026-09-16T10:30:01+08:00"), ["overdue"]);
}

#[test]
fn a_slot_whose_cycle_failed_or_never_came_is_named() {
    let mut pulse = well();
    pulse.days[2].runs[0].ending = Some(CycleEnding::Failed);
    pulse.days[2].runs[1] = ran(
        RunKind::Guard,
        "2026-09-16",
        "10:00",
        CycleEnding::Protective,
        "guard",
    );

    let found = alarms(&pulse, NOW);

    let slots = vec!["09:30".to_owned(), "10:00".to_owned()];
    assert_eq!(found, [WatchAlarm::Missed { slots }]);
}

#[test]
fn slots_before_the_first_run_of_all_were_not_missed() {
    let mut pulse = well();
    pulse.first_run = Some(at("2026-09-16T09:45:00+08:00"));
    pulse.days[2].runs.remove(0);

    assert_eq!(alarms(&pulse, NOW), []);
}

#[test]
fn a_weekend_is_no_silence() {
    let mut pulse = well();
    pulse.proof = Some(ProofOfLife {
        at: at("2026-09-18T16:15:10+08:00"),
        next_at: Some(at("2026-09-21T09:30:00+08:00")),
    });

    assert_eq!(alarms(&pulse, "2026-09-20T12:00:00+08:00"), []);
    assert_eq!(
        kinds(&pulse, "2026-09-21T09:45:00+08:00"),
        ["overdue", "missed"]
    );
}

#[test]
fn zero_candidates_for_days() {
    let mut pulse = well();
    for day in &mut pulse.days {
        (day.candidates, day.orders) = (0, 0);
    }

    let found = alarms(&pulse, NOW);

    let nothing = |what| WatchAlarm::Nothing { what, sessions: 2 };
    assert_eq!(found, [nothing("candidates"), nothing("orders")]);
    pulse.days[1].candidates = 1;
    assert_eq!(alarms(&pulse, NOW), [nothing("orders")]);
}

#[test]
fn an_input_with_one_value_for_days_is_an_alarm_and_a_rare_one_is_not() {
    let still = |seen| Spread {
        seen,
        first: "1".to_owned(),
        varies: false,
    };
    let mut pulse = well();
    for day in &mut pulse.days {
        day.inputs
            .insert(("relative volume", symbol("700")), still(20));
        day.inputs
            .insert(("relative volume", symbol("5")), still(10));
        day.inputs.insert(("rsi", symbol("700")), still(9));
    }

    let found = alarms(&pulse, NOW);

    let constant = WatchAlarm::Constant {
        input: "relative volume",
        value: "1".to_owned(),
        seen: 60,
    };
    assert_eq!(found, [constant]);
    pulse.days[0]
        .inputs
        .get_mut(&("relative volume", symbol("5")))
        .unwrap()
        .first = "2".to_owned();
    assert_eq!(alarms(&pulse, NOW), []);
}

#[test]
fn an_input_of_one_symbol_with_one_value_for_days_is_an_alarm_where_others_of_it_move() {
    let spread = |seen, varies| Spread {
        seen,
        first: "1".to_owned(),
        varies,
    };
    let mut pulse = well();
    for day in &mut pulse.days {
        for (input, code, varies) in [
            ("price", "388", true),
            ("rsi", "388", false),
            ("price", "1", false),
            ("rsi", "1", false),
            ("rsi", "700", true),
        ] {
            let seen = spread(10, varies);
            day.inputs.insert((input, symbol(code)), seen);
        }
    }

    let found = alarms(&pulse, NOW);

    let of_one = WatchAlarm::ConstantOf {
        input: "rsi",
        symbols: vec![symbol("388")],
        sessions: 2,
    };
    assert_eq!(found, [of_one]);
    assert_eq!(
        found[0].to_string(),
        "rsi of 00388 had one value on the last 2 trading days, while other figures of the same name moved"
    );
    pulse.days[0].inputs.remove(&("rsi", symbol("388")));
    assert_eq!(alarms(&pulse, NOW), []);
}

#[test]
fn two_cycles_without_advice_are_an_alarm_and_one_is_not() {
    let mut pulse = well();
    let silent = |time| {
        let words = "the advisor is not accepted: no credit";
        ran(
            RunKind::Cycle,
            "2026-09-16",
            time,
            CycleEnding::Protective,
            words,
        )
    };
    pulse.days[2].runs[1] = silent("10:00");
    assert_eq!(alarms(&pulse, NOW), []);

    pulse.days[2].runs[0] = silent("09:30");
    assert_eq!(kinds(&pulse, NOW), ["no_advice"]);

    for run in &mut pulse.days[2].runs {
        run.summary = Some("trading is halted".to_owned());
    }
    assert_eq!(alarms(&pulse, NOW), []);
}

#[test]
fn a_position_that_was_without_its_stop_today_comes_first() {
    let mut pulse = well();
    let seen = (
        at("2026-09-16T09:31:00+08:00"),
        "missing_protection 700".to_owned(),
    );
    pulse.days[2].unprotected.push(seen);
    pulse.days[2].runs.clear();

    assert_eq!(kinds(&pulse, NOW), ["unprotected", "missed"]);
}

#[test]
fn as_many_trading_days_are_looked_at_as_the_policy_says() {
    let calendar = TradingCalendar::hkex().unwrap();

    let since = watched_since(POLICY, &calendar, date("2026-09-14")).unwrap();

    assert_eq!(since, date("2026-09-10"));
}
