//! Keys of the owner's file that decide nothing here: accepted, and told what decides instead.

use std::fmt;

use super::raw::RawSettings;

/// A key that has no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IdleKey {
    /// The full path.
    pub(crate) key: &'static str,
    /// What decides instead.
    pub(crate) instead: &'static str,
}

const LOTS: &str = "lots come from the dated lot table";
const HOURS: &str = "hours come from the dated calendar of the exchange";

const IDLE: &[(&str, &str)] = &[
    ("exchange.lot_size", LOTS),
    ("exchange.morning_open", HOURS),
    ("exchange.morning_close", HOURS),
    ("exchange.afternoon_open", HOURS),
    ("exchange.afternoon_close", HOURS),
];

impl fmt::Display for IdleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} has no effect: {}", self.key, self.instead)
    }
}

/// The idle keys that the sources give, in the order of the settings file.
pub(super) fn idle_keys(raw: &RawSettings<'_>) -> Vec<IdleKey> {
    IDLE.iter()
        .filter(|(key, _)| raw.has(key))
        .map(|(key, instead)| IdleKey { key, instead })
        .collect()
}
