//! The first schema: every table the journal port needs, so that whatever a run records has a row.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    version: 1,
    name: "begin",
    sql: include_str!("m0001_begin.sql"),
};
