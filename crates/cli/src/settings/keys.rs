//! Every key that a settings file may hold, and the search for the one that a typing error meant.

use super::environment::OVERRIDE_PREFIX;

/// Between section and key in the name of an overriding variable.
pub(super) const SEPARATOR: &str = "__";

/// How a variable begins whose writer took one underscore for enough.
const MISDIVIDED: &str = "CATALYST_";

/// Wrong letters in the name of a variable that is still taken for a setting's.
const SLIPS_MAX: usize = 2;

/// Letters that such a name needs for each of them.
const LETTERS_A_SLIP: usize = 6;

/// The keys by their full path. Each stands in `config/settings.yaml` too, with unit and bounds.
pub(super) const KEYS: &[&str] = &[
    "exchange.code",
    "exchange.currency",
    "exchange.timezone",
    "exchange.lot_size",
    "exchange.morning_open",
    "exchange.morning_close",
    "exchange.afternoon_open",
    "exchange.afternoon_close",
    "broker.name",
    "broker.host",
    "broker.port",
    "broker.client_id",
    "broker.account",
    "broker.mode",
    "broker.route",
    "broker.connect_timeout_seconds",
    "broker.answer_timeout_seconds",
    "broker.order_timeout_seconds",
    "broker.max_orders_per_run",
    "broker.paper_sessions",
    "clock",
    "risk.max_positions",
    "risk.max_position_pct",
    "risk.max_daily_loss_pct",
    "risk.loss_confirmations",
    "risk.warning_loss_pct",
    "risk.max_daily_trades",
    "risk.min_risk_reward",
    "risk.max_risk_per_trade_pct",
    "risk.max_stop_distance_pct",
    "risk.max_price_deviation_pct",
    "risk.max_quote_age_seconds",
    "risk.max_entries_per_symbol",
    "risk.cooldown_minutes",
    "risk.no_entry_after_open_minutes",
    "risk.no_entry_before_close_minutes",
    "risk.max_order_lots",
    "risk.max_equity_jump_pct",
    "risk.max_order_value",
    "risk.max_gross_value",
    "strategy.entry_criteria",
    "strategy.grounding",
    "strategy.min_relative_volume",
    "strategy.min_rsi",
    "strategy.max_rsi",
    "news.source",
    "news.feeds",
    "news.providers",
    "news.timeout_seconds",
    "news.max_age_hours",
    "news.names_file",
    "market_data.accept_delayed",
    "scan.universe",
    "scan.min_price",
    "scan.max_price",
    "scan.min_turnover",
    "scan.max_spread_ticks",
    "scan.max_spread_pct",
    "scan.max_lot_value_pct",
    "scan.only_rising",
    "scan.weight_change",
    "scan.weight_gap",
    "scan.weight_relative_volume",
    "scan.weight_below_high",
    "scan.weight_above_vwap",
    "orders.market_orders",
    "orders.market_slippage_ticks",
    "orders.fill_wait_seconds",
    "orders.time_stop_minutes",
    "orders.commission_plan",
    "orders.max_repairs",
    "schedule.slots",
    "schedule.lunch_exit",
    "schedule.lunch_exits",
    "schedule.eod_exit_from",
    "advisor.kind",
    "claude.model",
    "claude.effort",
    "claude.base_url",
    "claude.prices_file",
    "claude.instructions_file",
    "claude.max_tokens",
    "claude.max_iterations",
    "claude.max_calls",
    "claude.max_cost_per_cycle",
    "claude.max_cost_per_day",
    "claude.max_cost_per_month",
    "cycle.time_limit_seconds",
    "cycle.max_alerts",
    "alerts.email",
    "alerts.smtp_host",
    "alerts.smtp_port",
    "alerts.smtp_tls",
    "alerts.from",
    "alerts.ca_file",
    "alerts.webhook_url",
    "alerts.repeat_minutes",
    "alerts.max_per_hour",
    "reconcile.cash_tolerance",
    "reconcile.orphans",
    "watch.grace_minutes",
    "watch.idle_sessions",
    "watch.money_days",
    "watch.ping_url",
    "database.engine",
    "database.host",
    "database.port",
    "database.name",
    "database.user",
    "database.password",
    "database.schema",
    "database.tls",
    "database.ca_file",
    "database.securities_table",
    "database.compatibility_views",
    "sim.cash",
    "sim.seed",
    "sim.slippage_ticks",
    "sim.participation_pct",
    "sim.symbols",
    "sim.date",
    "logging.level",
    "logging.format",
    "logging.keep_days",
    "logging.max_mib",
    "state_dir",
];

/// The owner's variables of the same meaning, which count where no source gives the key.
pub(super) const SHORT: &[(&str, &str)] = &[
    ("broker.account", "IBKR_ACCOUNT"),
    ("broker.host", "IBKR_HOST"),
    ("broker.port", "IBKR_PORT"),
    ("broker.client_id", "IBKR_CLIENT_ID"),
    ("claude.base_url", "ANTHROPIC_BASE_URL"),
    ("alerts.email", "ALERT_EMAIL"),
    ("alerts.smtp_host", "SMTP_HOST"),
    ("alerts.smtp_port", "SMTP_PORT"),
    ("database.host", "DB_HOST"),
    ("database.user", "DB_USER"),
    ("database.password", "DB_PASSWORD"),
];

/// Letters that a typing error may change; beyond it a guess would mislead.
const DISTANCE_MAX: usize = 4;

pub(super) fn is_known(key: &str) -> bool {
    KEYS.contains(&key)
}

/// The variable that overrides a key: `CATALYST__RISK__MAX_POSITIONS`.
pub(super) fn override_of(key: &str) -> String {
    let path = key.replace('.', SEPARATOR).to_uppercase();
    format!("{OVERRIDE_PREFIX}{path}")
}

/// The key that an overriding variable speaks of, whether it is known or not.
pub(super) fn overridden_by(variable: &str) -> Option<String> {
    let path = variable.strip_prefix(OVERRIDE_PREFIX)?;
    Some(path.to_lowercase().replace(SEPARATOR, "."))
}

/// The owner's variable of the same meaning, where there is one.
pub(super) fn short_of(key: &str) -> Option<&'static str> {
    let found = SHORT.iter().find(|(known, _)| *known == key);
    found.map(|(_, variable)| *variable)
}

/// The key that a variable was meant for which begins like an overriding one, was divided otherwise,
/// and so would be ignored; a letter or two may be wrong.
pub(super) fn meant_by(variable: &str) -> Option<&'static str> {
    let path = variable.strip_prefix(MISDIVIDED)?;
    if variable.starts_with(OVERRIDE_PREFIX) {
        return None;
    }
    let words = |path: &str| path.replace('.', "_").to_lowercase();
    let path = words(&path.replace(SEPARATOR, "_"));
    let near = KEYS
        .iter()
        .map(|key| (distance(&words(key), &path), *key))
        .min();
    let (distance, key) = near?;
    (distance <= SLIPS_MAX && distance * LETTERS_A_SLIP <= path.len()).then_some(key)
}

/// A key of the section that a variable names alone, which so sets nothing: the first of it.
pub(super) fn section_meant_by(variable: &str) -> Option<&'static str> {
    let name = variable.strip_prefix(MISDIVIDED)?.trim_start_matches('_');
    let mut keys = KEYS.iter().copied();
    keys.find(|key| {
        let section = key.split_once('.');
        section.is_some_and(|(section, _)| section.eq_ignore_ascii_case(name))
    })
}

/// The keys of a section without its name, empty when there is no such section.
pub(super) fn keys_of(section: &str) -> Vec<&'static str> {
    KEYS.iter()
        .filter_map(|key| key.strip_prefix(section)?.strip_prefix('.'))
        .collect()
}

/// The known key that looks most like `key`: the same last word in another section, else the
/// fewest letters away.
pub(super) fn nearest(key: &str) -> Option<&'static str> {
    let key = key.to_lowercase();
    let last = |path: &str| path.rsplit('.').next().map(str::to_owned);
    if let Some(moved) = KEYS.iter().find(|known| last(known) == last(&key)) {
        return Some(moved);
    }
    let (distance, found) = KEYS
        .iter()
        .map(|known| (distance(known, &key), *known))
        .min()?;
    (distance <= DISTANCE_MAX).then_some(found)
}

/// Levenshtein's distance: letters to insert, delete or replace.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (above, one) in from.chars().enumerate() {
        let mut next = vec![above + 1];
        let mut left = above + 1;
        for ((other, diagonal), up) in to.chars().zip(&row).zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(one != other))
                .min(up + 1)
                .min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{
        distance, keys_of, meant_by, nearest, overridden_by, override_of, section_meant_by,
    };

    #[test]
    fn the_nearest_key_is_the_one_that_was_meant() {
        for (typed, meant) in [
            ("risk.max_position", Some("risk.max_positions")),
            ("risk.MAX_POSITIONS", Some("risk.max_positions")),
            ("max_daily_trades", Some("risk.max_daily_trades")),
            ("strategy.max_positions", Some("risk.max_positions")),
            ("rsik.max_order_lot", Some("risk.max_order_lots")),
            ("colour.of_the_sky", None),
        ] {
            assert_eq!(nearest(typed), meant, "{typed}");
        }
    }

    #[test]
    fn a_variable_divided_otherwise_is_known_for_what_was_meant_and_others_are_left_alone() {
        for (variable, meant) in [
            ("CATALYST_RISK_MAX_POSITIONS", Some("risk.max_positions")),
            ("CATALYST_RISK__MAX_POSITIONS", Some("risk.max_positions")),
            ("CATALYST_RISK_MAX_POSITION", Some("risk.max_positions")),
            ("CATALYST_CLOCK", Some("clock")),
            ("CATALYST__RISK__MAX_POSITIONS", None),
            ("CATALYST_LIVE_SMOKE", None),
            ("CATALYST_LOCK", None),
            ("RISK_MAX_POSITIONS", None),
        ] {
            assert_eq!(meant_by(variable), meant, "{variable}");
        }
        assert_eq!(override_of("clock"), "CATALYST__CLOCK");
        let back = overridden_by("CATALYST__RISK__MAX_POSITIONS");
        assert_eq!(back.as_deref(), Some("risk.max_positions"));
    }

    #[test]
    fn a_variable_that_names_a_section_alone_is_known_for_it() {
        for (variable, meant) in [
            ("CATALYST_BROKER", Some("broker.name")),
            ("CATALYST_MARKET_DATA", Some("market_data.accept_delayed")),
            ("CATALYST__RISK", Some("risk.max_positions")),
            ("CATALYST_CLOCK", None),
            ("CATALYST_RISK_MAX_POSITIONS", None),
            ("CATALYST_LIVE_SMOKE", None),
            ("CATALYST_", None),
            ("BROKER", None),
        ] {
            assert_eq!(section_meant_by(variable), meant, "{variable}");
        }
    }

    #[test]
    fn distance_counts_letters_to_change() {
        for (from, to, letters) in [
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("same", "same", 0),
        ] {
            assert_eq!(distance(from, to), letters, "{from} {to}");
            assert_eq!(distance(to, from), letters, "{to} {from}");
        }
    }

    #[test]
    fn a_section_has_its_own_keys_only() {
        assert_eq!(keys_of("advisor"), ["kind"]);
        assert_eq!(keys_of("log"), Vec::<&str>::new());
    }
}
