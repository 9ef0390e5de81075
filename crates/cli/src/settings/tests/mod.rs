//! Settings from every source: precedence, the shipped file, and each kind of bad input.

mod broker;
mod database;
mod secrets;
mod sources;
mod table;

use std::path::PathBuf;

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::grounding::GroundingRule;
use catalyst_domain::money::Currency;
use catalyst_domain::risk::{EntryCriteria, RawLimits, RiskLimits};
use chrono::NaiveTime;

use super::keys::KEYS;
use super::load::{DEFAULTS, merged, typed};
use super::{AdvisorChoice, Environment, Settings, SettingsError};

fn load_text(text: &str, variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    let environment = Environment::of(variables);
    let file = Some((PathBuf::from("owner.yaml"), text.to_owned()));
    typed(
        &merged(file.as_ref(), &environment)?,
        &TradingCalendar::hkex().unwrap(),
    )
}

fn message(text: &str) -> String {
    load_text(text, &[]).unwrap_err().to_string()
}

fn defaults() -> Settings {
    load_text("", &[]).unwrap()
}

#[test]
fn each_limit_that_the_journal_remembers_goes_by_its_key_and_reads_as_its_value() {
    for limit in defaults().limits.named() {
        let (section, key) = limit.name.split_once('.').unwrap();
        let file = format!("{section}: {{{key}: {}}}", limit.value);

        assert_eq!(load_text(&file, &[]).unwrap().limits, defaults().limits);
    }
}

#[test]
fn the_shipped_file_holds_the_limits_of_the_specification() {
    let settings = defaults();

    let owner = RiskLimits::new(RawLimits::owner(), Currency::Hkd).unwrap();
    assert_eq!(settings.limits, owner);
    assert_eq!(settings.schedule.slots.len(), 11);
    assert_eq!(settings.advisor, AdvisorChoice::Rules);
    assert_eq!(settings.cycle.time_limit.num_minutes(), 4);
    assert_eq!(settings.cycle.max_turns, 20);
    assert_eq!(settings.idle, []);
    assert_eq!(settings.state_dir, None);
}

#[test]
fn the_shipped_file_loads_to_exactly_the_defaults() {
    assert_eq!(load_text(DEFAULTS, &[]).unwrap(), defaults());
}

#[test]
fn the_shipped_file_explains_every_key() {
    for key in KEYS {
        let name = key.rsplit('.').next().unwrap();
        let line = format!("{name}:");
        assert!(
            DEFAULTS
                .lines()
                .any(|text| text.trim_start_matches(['#', ' ']).starts_with(&line)),
            "{key}"
        );
    }
}

#[test]
fn a_file_changes_what_it_names_and_a_variable_beats_the_file() {
    let text = "risk:\n  max_positions: 3\n  max_daily_trades: 7\nstrategy: {entry_criteria: report, grounding: require}";

    let settings = load_text(text, &[("CATALYST__RISK__MAX_POSITIONS", "4")]).unwrap();

    assert_eq!(settings.limits.max_positions(), 4);
    assert_eq!(settings.limits.max_daily_trades(), 7);
    assert_eq!(settings.limits.entry_criteria(), EntryCriteria::Report);
    assert_eq!(settings.cycle.grounding, GroundingRule::Require);
    assert_eq!(settings.limits.max_order_lots(), 3_000);
}

#[test]
fn daily_logs_stay_for_a_time_and_a_size_that_have_bounds() {
    let settings = load_text("logging: {keep_days: 7, max_mib: 2}", &[]).unwrap();

    assert_eq!(defaults().log_keep.days, 30);
    assert_eq!(settings.log_keep.days, 7);
    assert_eq!(settings.log_keep.bytes, 2 * 1_024 * 1_024);
    assert_eq!(settings.hash(), defaults().hash());
    assert_eq!(
        message("logging: {keep_days: 0}"),
        "logging.keep_days is `0`, allowed is a whole number 1 to 3650"
    );
    assert_eq!(
        message("logging: {max_mib: many}"),
        "logging.max_mib is `many`, allowed is a whole number 1 to 100000"
    );
}

#[test]
fn the_days_that_money_must_last_are_a_setting_that_decides_no_trade() {
    let settings = load_text("watch: {money_days: 0}", &[]).unwrap();

    assert_eq!(defaults().watch.money_days, 3);
    assert_eq!(settings.watch.money_days, 0);
    assert_eq!(settings.hash(), defaults().hash());
    assert_eq!(
        message("watch: {money_days: 24}"),
        "watch.money_days is `24`, allowed is a whole number 0 to 23"
    );
}

#[test]
fn numbers_may_be_texts_and_variables_may_hold_lists() {
    let settings = load_text(
        "risk: {max_position_pct: \"0.10\", max_order_value: 250000}",
        &[
            ("CATALYST__SCHEDULE__SLOTS", "14:00, 10:00 13:30"),
            ("CATALYST__STATE_DIR", "/srv/catalyst"),
        ],
    )
    .unwrap();

    assert_eq!(settings.limits.max_position().points(), 1_000);
    let fuse = settings.limits.max_order_value().unwrap();
    assert_eq!(fuse.amount(), 250_000.into());
    let time = |text: &str| text.parse::<NaiveTime>().unwrap();
    assert_eq!(
        settings.schedule.slots,
        ["10:00:00", "13:30:00", "14:00:00"].map(time)
    );
    assert_eq!(settings.state_dir, Some("/srv/catalyst".into()));
}

#[test]
fn each_bad_value_is_told_with_its_key_what_was_found_and_what_is_allowed() {
    for (text, told) in [
        (
            "risk: {max_positions: five}",
            "risk.max_positions is `five`, allowed is a whole number",
        ),
        (
            "risk: {max_positions: 0}",
            "risk.max_positions is `0`, allowed is 1 to 100",
        ),
        (
            "risk: {max_positions: -1}",
            "risk.max_positions is `-1`, allowed is a whole number",
        ),
        (
            "risk: {max_position_pct: 20}",
            "risk.max_position_pct is `20`, allowed is a fraction above 0 up to 1 in steps of \
             0.0001, so 0.2 for 20 %",
        ),
        (
            "risk: {max_position_pct: nan}",
            "risk.max_position_pct is `nan`, allowed is a number such as 0.2",
        ),
        (
            "risk: {max_daily_loss_pct: null}",
            "risk.max_daily_loss_pct is empty, allowed is a number such as 0.2",
        ),
        (
            "risk: {warning_loss_pct: 0.03}",
            "risk.warning_loss_pct is `0.03`, allowed is less than max_daily_loss_pct",
        ),
    ] {
        assert_eq!(message(text), told, "{text}");
    }
}

#[test]
fn a_bad_word_amount_or_shape_is_told_the_same_way() {
    for (text, told) in [
        (
            "strategy: {min_rsi: 80}",
            "strategy.min_rsi is `80`, allowed is 0 to less than max_rsi",
        ),
        (
            "strategy: {grounding: refuse}",
            "strategy.grounding is `refuse`, allowed is report, require",
        ),
        (
            "strategy: {entry_criteria: maybe}",
            "strategy.entry_criteria is `maybe`, allowed is require, report",
        ),
        (
            "market_data: {accept_delayed: sometimes}",
            "market_data.accept_delayed is `sometimes`, allowed is false, true",
        ),
        (
            "risk: {max_order_value: -5}",
            "risk.max_order_value is `-5`, allowed is an amount above 0",
        ),
        (
            "risk: {max_positions: [1, 2]}",
            "risk.max_positions is `a list`, allowed is a whole number",
        ),
        (
            "logging: loud",
            "logging is `loud`, allowed is a section with level, format, keep_days, max_mib",
        ),
        (
            "logging:\n",
            "logging is empty, allowed is a section with level, format, keep_days, max_mib",
        ),
        (
            "orders: {commission_plan: free}",
            "orders.commission_plan is `free`, allowed is none, ibkr-fixed, ibkr-tiered",
        ),
        (
            "orders: {fill_wait_seconds: 300}",
            "orders.fill_wait_seconds is `300`, allowed is less than cycle.time_limit_seconds",
        ),
        (
            "sim: {cash: 0}",
            "sim.cash is `0`, allowed is an amount above 0",
        ),
        (
            "sim: {date: tomorrow}",
            "sim.date is `tomorrow`, allowed is a date YYYY-MM-DD",
        ),
        (
            "exchange: {code: NYSE}",
            "exchange.code is `NYSE`, allowed is HKEX",
        ),
    ] {
        assert_eq!(message(text), told, "{text}");
    }
}

#[test]
fn an_advisor_that_is_none_is_told_with_those_that_are() {
    assert_eq!(
        message("advisor: {kind: gpt}"),
        "advisor.kind is `gpt`, allowed is rules, script:FILE, claude, cassette:FILE"
    );
}

#[test]
fn the_schedule_stays_inside_the_sessions() {
    for (text, told) in [
        (
            "slots: [\"09:29\"]",
            "schedule.slots is `09:29`, allowed is from 09:30 to before 12:00, or from 13:00 to \
             before 16:00",
        ),
        (
            "slots: [\"12:00\"]",
            "schedule.slots is `12:00`, allowed is from 09:30 to before 12:00, or from 13:00 to \
             before 16:00",
        ),
        (
            "slots: [\"10:00\", \"10:00\"]",
            "schedule.slots is `10:00 twice`, allowed is each time once",
        ),
        (
            "slots: []",
            "schedule.slots is empty, allowed is at least one time \"HH:MM\"",
        ),
        (
            "slots: [\"9:30\"]",
            "schedule.slots is `9:30`, allowed is a time \"HH:MM\" from 00:00 to 23:59",
        ),
        (
            "lunch_exit: \"12:00\"",
            "schedule.lunch_exit is `12:00`, allowed is from 09:30 to before 12:00",
        ),
    ] {
        assert_eq!(message(&format!("schedule: {{{text}}}")), told);
    }
}

#[test]
fn an_unknown_key_at_any_level_is_refused_with_the_nearest_one() {
    for (text, told) in [
        (
            "risk: {max_position: 5}",
            "unknown key `risk.max_position`, did you mean `risk.max_positions`?",
        ),
        (
            "max_positions: 5",
            "unknown key `max_positions`, did you mean `risk.max_positions`?",
        ),
        (
            "risk: {max_positions: {most: 5}}",
            "unknown key `risk.max_positions.most`",
        ),
        ("colours: {sky: blue}", "unknown key `colours.sky`"),
    ] {
        assert_eq!(message(text), told, "{text}");
    }
    let variable = [("CATALYST__RISK__MAX_POSITION", "4")];
    assert_eq!(
        load_text("", &variable).unwrap_err().to_string(),
        "unknown key `risk.max_position`, did you mean `risk.max_positions`?"
    );
}

#[test]
fn a_variable_in_a_value_is_replaced_and_an_unset_one_is_an_error_only_where_it_is_used() {
    let used = "sim: {seed: \"${SEED}\"}\ndatabase: {host: \"${DB_HOST}\"}";

    assert_eq!(load_text(used, &[("SEED", "42")]).unwrap().sim.seed, 42);
    assert_eq!(
        message(used),
        "sim.seed needs the variable SEED, which is not set"
    );
    assert_eq!(
        message("sim: {seed: \"${SEED\"}"),
        "sim.seed is `${SEED`, allowed is `${NAME}` with its brace"
    );
}

#[test]
fn keys_that_decide_nothing_are_accepted_with_what_decides_instead() {
    let text = "exchange: {lot_size: 100, morning_open: \"09:30\"}";

    let settings = load_text(text, &[]).unwrap();

    let told: Vec<_> = settings.idle.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "exchange.lot_size has no effect: lots come from the dated lot table",
            "exchange.morning_open has no effect: hours come from the dated calendar of the exchange",
        ]
    );
}

#[test]
fn what_is_no_yaml_is_named_by_its_file() {
    for text in [
        "risk: [",
        "risk: {max_positions: 1, max_positions: 2}",
        "just words",
        "risk: {max_position_pct: .nan}",
    ] {
        assert_eq!(
            message(text),
            "settings file owner.yaml cannot be understood",
            "{text}"
        );
    }
}

#[test]
fn the_hash_follows_decisions_and_not_spelling() {
    let hash = |text: &str| load_text(text, &[]).unwrap().hash();
    let standard = defaults().hash();

    assert_eq!(standard.len(), 64);
    assert_eq!(
        hash("risk: {max_position_pct: \"0.2000\", min_risk_reward: 2}"),
        standard
    );
    assert_eq!(
        hash("logging: {level: debug}\nstate_dir: /elsewhere"),
        standard
    );
    assert_ne!(hash("risk: {max_positions: 4}"), standard);
    assert_ne!(hash("schedule: {lunch_exits: none}"), standard);
    assert_ne!(hash("sim: {seed: 2}"), standard);
}
