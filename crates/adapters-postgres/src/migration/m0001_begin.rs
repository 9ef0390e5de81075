//! The first schema: every table the journal port needs, so that whatever a cycle records has a row.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    version: 1,
    name: "begin",
    sqlite: include_str!("m0001_begin.sqlite.sql"),
};
