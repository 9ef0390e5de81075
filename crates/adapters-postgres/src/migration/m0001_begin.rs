//! The first schema: every table the journal port needs, so that whatever a run records has a row.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    version: 1,
    name: "begin",
    sql: include_str!("m0001_begin.sql"),
    checksums: [
        "41cb605ed780b2630d5dc6ffe830d00430ee4b9a98ae2b3637fc079e5eb7a72b",
        "e41215334c96cbf2992f52420081165e7c3952716c4d62cc7a6577b5eb242789",
    ],
};
