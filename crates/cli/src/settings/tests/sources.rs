//! From where settings came, as errors tell it, and variables that would be ignored.

use std::fs;

use catalyst_domain::calendar::TradingCalendar;

use super::defaults;
use crate::settings::load::load;
use crate::settings::{Environment, Settings, SettingsError};

/// Takes every address.
#[expect(clippy::unnecessary_wraps, reason = "the type of a judgement")]
fn any(_settings: &Settings) -> Result<(), SettingsError> {
    Ok(())
}

fn loaded(text: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("owner.yaml");
    fs::write(&file, text).unwrap();
    let calendar = TradingCalendar::hkex().unwrap();
    let loaded = load(Some(&file), &Environment::of(variables), &calendar, any);
    loaded.map_err(|error| error.to_string().replace(root.path().to_str().unwrap(), ""))
}

#[test]
fn an_error_names_the_file_or_the_variable_that_gave_the_value() {
    let positions = ("CATALYST__RISK__MAX_POSITIONS", "0");
    for (text, variables, told) in [
        (
            "risk: {max_positions: 0}",
            &[][..],
            "risk.max_positions is `0`, allowed is 1 to 100 (settings file /owner.yaml)",
        ),
        (
            "risk: {max_positions: 4}",
            &[positions],
            "risk.max_positions is `0`, allowed is 1 to 100 (variable CATALYST__RISK__MAX_POSITIONS)",
        ),
        (
            "",
            &[("IBKR_PORT", "none")],
            "broker.port is `none`, allowed is a port 1 to 65535 (variable IBKR_PORT)",
        ),
        (
            "alerts: {smtp_port: null}",
            &[("SMTP_PORT", "abc")],
            "alerts.smtp_port is `abc`, allowed is a port 1 to 65535 (variable SMTP_PORT)",
        ),
        (
            "logging: {format: null}",
            &[],
            "logging.format is empty, allowed is text, json (settings file /owner.yaml)",
        ),
        (
            "risk: {max_position: 4}",
            &[],
            "unknown key `risk.max_position`, did you mean `risk.max_positions`? (settings file \
             /owner.yaml)",
        ),
        (
            "sim: {seed: \"${SEED}\"}",
            &[],
            "sim.seed needs the variable SEED, which is not set (settings file /owner.yaml)",
        ),
        (
            "risk: {max_daily_loss_pct: 0.01}",
            &[],
            "risk.warning_loss_pct is `0.015`, allowed is less than max_daily_loss_pct (a default, which \
             what the settings say otherwise does not fit)",
        ),
    ] {
        assert_eq!(loaded(text, variables).unwrap_err(), told);
    }
}

#[test]
fn what_is_wrong_with_a_database_waits_for_whoever_goes_there_and_names_its_source_too() {
    let text = "database: {port: 0}";

    let settings = loaded(text, &[("DB_HOST", "h"), ("DB_USER", "u")]).unwrap();

    let told = settings.database.postgres.unwrap_err().to_string();
    let expected = "database.port is `0`, allowed is a port 1 to 65535 (settings file ";
    assert!(told.starts_with(expected), "{told}");
    assert!(told.ends_with("owner.yaml)"), "{told}");
}

#[test]
fn a_variable_that_looks_like_a_settings_and_would_be_ignored_is_refused() {
    let one = [("CATALYST_RISK_MAX_POSITIONS", "4")];

    assert_eq!(
        loaded("", &one).unwrap_err(),
        "variable CATALYST_RISK_MAX_POSITIONS sets nothing; CATALYST__RISK__MAX_POSITIONS would set \
         risk.max_positions, with two underscores before each part"
    );
    for variable in ["CATALYST_BROKER", "CATALYST__BROKER"] {
        assert_eq!(
            loaded("", &[(variable, "ibkr")]).unwrap_err(),
            format!(
                "variable {variable} sets nothing, since a section is no setting; CATALYST__BROKER__NAME \
                 would set broker.name"
            )
        );
    }
    let other = loaded("", &[("CATALYST_LIVE_SMOKE", "1")]).unwrap();
    assert_eq!(other, loaded("", &[]).unwrap());
}

#[test]
fn a_variable_says_null_in_letters() {
    let nothing = ("CATALYST__RISK__MAX_ORDER_VALUE", "null");

    let settings = loaded("risk: {max_order_value: 5000}", &[nothing]).unwrap();

    assert_eq!(settings, loaded("", &[]).unwrap());
}

#[test]
fn what_only_another_part_can_judge_is_read_and_refused_with_its_source_by_whoever_needs_it() {
    let environment = Environment::of(&[("CATALYST__WATCH__PING_URL", "gopher://x")]);
    let calendar = TradingCalendar::hkex().unwrap();
    let suits = |_: &Settings| Err(SettingsError::unshown("watch.ping_url", "another"));

    let settings = load(None, &environment, &calendar, suits).unwrap();
    let told = settings.fit().unwrap_err();

    assert_eq!(
        told.to_string(),
        "watch.ping_url is something else (not shown, it may hold a key), allowed is another (variable \
         CATALYST__WATCH__PING_URL)"
    );
}

#[test]
fn a_named_file_must_exist_and_the_usual_one_need_not() {
    let root = tempfile::tempdir().unwrap();
    let calendar = TradingCalendar::hkex().unwrap();
    let environment = Environment::of(&[("XDG_CONFIG_HOME", root.path().to_str().unwrap())]);
    let missing = root.path().join("none.yaml");

    let named = load(Some(&missing), &environment, &calendar, any).unwrap_err();
    assert_eq!(
        named.to_string(),
        format!("settings file {} cannot be read", missing.display())
    );
    assert_eq!(
        load(None, &environment, &calendar, any).unwrap(),
        defaults()
    );

    fs::create_dir(root.path().join("catalyst")).unwrap();
    fs::write(
        root.path().join("catalyst/settings.yaml"),
        "risk: {max_positions: 2}",
    )
    .unwrap();
    let settings = load(None, &environment, &calendar, any).unwrap();
    assert_eq!(settings.limits.max_positions(), 2);
}
