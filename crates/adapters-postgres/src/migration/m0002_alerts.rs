//! What became of alerts: rows are only added, so the end of a wait is a row of its own.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    version: 2,
    name: "alerts",
    sql: include_str!("m0002_alerts.sql"),
    checksums: [
        "30ccc80b955cc55bb0d3d2332cfd6a3f3609fc0ea51ad6e08ef3a154b3fb54df",
        "07b6606ecec606236f9317583ceee97428be76338be7fc35a78f1aa66d5bb448",
    ],
};
