//! What the engines say differently. One text of the schema serves both.

use sea_orm::DbBackend;

/// Words of the schema with what SQLite and PostgreSQL call them.
const WORDS: &[(&str, &str, &str)] = &[
    ("COUNT", "INTEGER", "BIGINT"),
    ("SMALL", "INTEGER", "INTEGER"),
    ("EXACT", "TEXT", "NUMERIC"),
    ("FLAG", "INTEGER", "BOOLEAN"),
    ("BYTES", "BLOB", "BYTEA"),
    (") STRICT;", ") STRICT;", ");"),
];

/// The schema in the words of `engine`.
pub(super) fn in_words_of(engine: DbBackend, sql: &str) -> String {
    let mut text: String = sql
        .lines()
        .filter(|line| !line.starts_with("--"))
        .collect::<Vec<_>>()
        .join("\n");
    for (word, sqlite, postgres) in WORDS {
        let theirs = if engine == DbBackend::Sqlite {
            sqlite
        } else {
            postgres
        };
        text = text.replace(word, theirs);
    }
    text
}
