//! A hand on the tables past the journal, as whoever has the rights of its owner: no foreign key stops
//! it, and what it does need not last.

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbErr, Statement,
};

/// The engine under the hand, with its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// What a column holds, whatever the engine calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Number,
    Flag,
    Bytes,
}

/// One connection of its own.
#[derive(Debug)]
pub(crate) struct Hand {
    db: DatabaseConnection,
    pub(crate) engine: Engine,
}

impl Hand {
    /// On the database at `url`.
    pub(crate) async fn on(url: &str) -> Self {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await.unwrap();
        let (engine, freely) = if url.starts_with("postgres") {
            let freely = "SET search_path = catalyst_intl; SET synchronous_commit = off; \
                          SET session_replication_role = replica";
            (Engine::Postgres, freely)
        } else {
            let freely = "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF";
            (Engine::Sqlite, freely)
        };
        let hand = Self { db, engine };
        hand.run(freely).await.unwrap();
        hand
    }

    /// Runs `sql`.
    pub(crate) async fn run(&self, sql: &str) -> Result<(), DbErr> {
        self.db.execute_unprepared(sql).await.map(drop)
    }

    /// The rows of a question with one column of text.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<Option<String>> {
        let asked = Statement::from_string(self.db.get_database_backend(), sql);
        let rows = self.db.query_all_raw(asked).await.unwrap();
        rows.iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect()
    }

    /// How the engine would answer a question.
    pub(crate) async fn plan(&self, question: &str) -> String {
        let (explain, column) = match self.engine {
            Engine::Sqlite => ("EXPLAIN QUERY PLAN", 3),
            Engine::Postgres => ("EXPLAIN", 0),
        };
        let sql = format!("{explain} {question}");
        let asked = Statement::from_string(self.db.get_database_backend(), sql);
        let rows = self.db.query_all_raw(asked).await.unwrap();
        let lines = rows
            .iter()
            .map(|row| row.try_get_by_index::<String>(column));
        lines.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
    }

    /// Every table with rows that have a place in the chain.
    pub(crate) async fn tables(&self) -> Vec<String> {
        let sql = match self.engine {
            Engine::Sqlite => {
                "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND c.name = 'hash' AND m.name <> 'chain_heads' ORDER BY 1"
            }
            Engine::Postgres => {
                "SELECT CAST(table_name AS text) FROM information_schema.columns \
                 WHERE table_schema = 'catalyst_intl' AND column_name = 'hash' \
                 AND table_name <> 'chain_heads' ORDER BY 1"
            }
        };
        self.texts(sql).await.into_iter().flatten().collect()
    }

    /// The columns of `table` with what they hold.
    pub(crate) async fn columns(&self, table: &str) -> Vec<(String, Holds)> {
        let sql = match self.engine {
            Engine::Sqlite => {
                format!("SELECT name || ' ' || type FROM pragma_table_info('{table}')")
            }
            Engine::Postgres => format!(
                "SELECT column_name || ' ' || data_type FROM information_schema.columns \
                 WHERE table_schema = 'catalyst_intl' AND table_name = '{table}'"
            ),
        };
        let described = self.texts(&sql).await.into_iter().flatten();
        described
            .map(|described| {
                let (name, data_type) = described.split_once(' ').unwrap();
                let holds = match data_type {
                    _ if matches!(name, "flat" | "delivered") => Holds::Flag,
                    "TEXT" | "text" => Holds::Text,
                    "BLOB" | "bytea" => Holds::Bytes,
                    "INTEGER" | "bigint" | "integer" | "numeric" => Holds::Number,
                    other => panic!("{name} is {other}"),
                };
                (name.to_owned(), holds)
            })
            .collect()
    }

    /// The value of one cell as SQL that gives it back.
    pub(crate) async fn literal(
        &self,
        (table, id): (&str, i64),
        column: &str,
        holds: Holds,
    ) -> String {
        let seen = match (self.engine, holds) {
            (Engine::Sqlite, Holds::Bytes) => format!("hex({column})"),
            (Engine::Postgres, Holds::Bytes) => format!("encode({column}, 'hex')"),
            _ => format!("CAST({column} AS text)"),
        };
        let sql = format!("SELECT {seen} FROM {table} WHERE id = {id}");
        let value = self.texts(&sql).await.remove(0);
        value.map_or_else(|| "NULL".to_owned(), |value| self.spelled(&value, holds))
    }

    /// A value in SQL.
    pub(crate) fn spelled(&self, value: &str, holds: Holds) -> String {
        match (holds, self.engine) {
            (Holds::Text, _) => format!("'{}'", value.replace('\'', "''")),
            (Holds::Bytes, Engine::Sqlite) => format!("X'{value}'"),
            (Holds::Bytes, Engine::Postgres) => format!("'\\x{value}'"),
            (Holds::Number | Holds::Flag, _) => value.to_owned(),
        }
    }

    /// Puts `literal` into one cell.
    pub(crate) async fn set(
        &self,
        (table, id): (&str, i64),
        column: &str,
        literal: &str,
    ) -> Result<(), DbErr> {
        let sql = format!("UPDATE {table} SET {column} = {literal} WHERE id = {id}");
        self.run(&sql).await
    }
}
