//! The first reading and the last comparison of a day, found as such: without an index in the order in
//! which rows are kept, PostgreSQL walks through those of every day to find them.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    version: 3,
    name: "first_and_last",
    sql: include_str!("m0003_first_and_last.sql"),
    checksums: [
        "98040017475891715fb40211512ddc5a0452b2f3ed43d6c11ff1751255a7f133",
        "98040017475891715fb40211512ddc5a0452b2f3ed43d6c11ff1751255a7f133",
    ],
};
