//! What became of alerts: rows are only added, so the end of a wait is a row of its own.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    version: 2,
    name: "alerts",
    sql: include_str!("m0002_alerts.sql"),
};
