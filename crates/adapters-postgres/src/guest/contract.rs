//! The contract on a neighbour's table: what of it is read, held against what is there.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use crate::connect::OpenError;

/// Columns that are read, with the types of `information_schema` that they may have.
const COLUMNS: &[(&str, &[&str])] = &[
    ("security_id", &["smallint", "integer", "bigint"]),
    ("symbol", &["text", "character varying", "character"]),
];

/// A neighbour's table of securities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Neighbour {
    pub(crate) schema: String,
    pub(crate) table: String,
}

/// A column that is read, as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnFound {
    /// Schema, table and column.
    pub name: String,
    /// Its type.
    pub data_type: String,
}

impl Neighbour {
    /// The table that `name` means, schema before it.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let (schema, table) = name.split_once('.')?;
        let is_name = |text: &str| !text.is_empty() && !text.contains(['.', '"', '\0']);
        (is_name(schema) && is_name(table)).then(|| Self {
            schema: schema.to_owned(),
            table: table.to_owned(),
        })
    }

    /// The table for people.
    pub(crate) fn name(&self) -> String {
        format!("{}.{}", self.schema, self.table)
    }

    /// Refuses a table whose columns are not as this program reads them. Nothing of it is read before.
    pub(crate) async fn check(
        &self,
        db: &impl ConnectionTrait,
        user: &str,
    ) -> Result<Vec<ColumnFound>, OpenError> {
        let unavailable = |error: DbErr| OpenError::unavailable(&self.name(), error);
        let mut found = Vec::new();
        for (column, allowed) in COLUMNS {
            let data_type = self.type_of(db, column).await.map_err(unavailable)?;
            let Some(data_type) = data_type else {
                return Err(self.refused(
                    column,
                    &format!("not there, or role {user} may not read it"),
                    allowed,
                ));
            };
            if !allowed.contains(&data_type.as_str()) {
                return Err(self.refused(column, &data_type, allowed));
            }
            found.push(ColumnFound {
                name: format!("{}.{column}", self.name()),
                data_type,
            });
        }
        Ok(found)
    }

    async fn type_of(
        &self,
        db: &impl ConnectionTrait,
        column: &str,
    ) -> Result<Option<String>, DbErr> {
        // The views of information_schema show only what the role may use.
        let sql = "SELECT CAST(data_type AS text) AS data_type FROM information_schema.columns \
                   WHERE table_schema = $1 AND table_name = $2 AND column_name = $3";
        let values = [
            self.schema.as_str().into(),
            self.table.as_str().into(),
            column.into(),
        ];
        let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        let row = db.query_one_raw(asked).await?;
        row.map(|row| row.try_get("", "data_type")).transpose()
    }

    fn refused(&self, column: &str, found: &str, allowed: &[&str]) -> OpenError {
        OpenError::Contract {
            table: self.name(),
            column: format!(".{column}"),
            found: found.to_owned(),
            allowed: allowed.join(", "),
        }
    }
}
