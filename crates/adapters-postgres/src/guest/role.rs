//! The script of a role that can do what the journal needs and nothing else.

use crate::connect::PostgresConfig;
use crate::migration::quoted;

/// Connections that the role may have: two of a run, and the owner looking on.
const CONNECTIONS: u32 = 4;

/// SQL for a person with more rights, to be run once with psql. It makes a role and a schema, and
/// touches nothing that is there.
pub fn role_script(config: &PostgresConfig, role: &str) -> String {
    let (name, schema, database) = (
        quoted(role),
        quoted(config.schema()),
        quoted(config.database()),
    );
    let reads = config.neighbour().map_or_else(String::new, |neighbour| {
        let (of, table) = (quoted(&neighbour.schema), quoted(&neighbour.table));
        format!(
            "GRANT USAGE ON SCHEMA {of} TO {name};\n\
             GRANT SELECT (security_id, symbol) ON {of}.{table} TO {name};\n"
        )
    });
    format!(
        "-- Run once by a superuser or the owner of the database, for example:\n\
         --   catalyst db role | psql -v ON_ERROR_STOP=1 -v password=SECRET DATABASE_URL_OF_THE_OWNER\n\
         -- Makes one role and one schema. Nothing that is there is changed.\n\
         BEGIN;\n\
         CREATE ROLE {name} LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE\n\
         \x20   NOREPLICATION NOBYPASSRLS NOINHERIT CONNECTION LIMIT {CONNECTIONS};\n\
         GRANT CONNECT ON DATABASE {database} TO {name};\n\
         CREATE SCHEMA {schema} AUTHORIZATION {name};\n\
         ALTER ROLE {name} IN DATABASE {database} SET search_path = {schema};\n\
         {reads}COMMIT;\n"
    )
}
