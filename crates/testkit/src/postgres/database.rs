//! One database of a test, empty when it is made.

use std::path::Path;

use super::error::ClusterError;
use super::port::unique;
use super::server::{SUPERUSER, Server};

/// An own database with a name that no other test has. It goes when its cluster goes; dropping it
/// earlier would cost a checkpoint.
#[derive(Debug)]
pub struct Database {
    server: Server,
    name: String,
}

impl Database {
    pub(super) fn make(server: Server) -> Result<Self, ClusterError> {
        let name = format!("test_{:016x}", unique());
        server.psql(
            "postgres",
            &format!("create database {name} template template0"),
        )?;
        Ok(Self { server, name })
    }

    /// Its name on the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The port of the server on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.server.port
    }

    /// How the superuser connects: `postgres://postgres@127.0.0.1:PORT/NAME`.
    pub fn url(&self) -> String {
        self.url_as(SUPERUSER)
    }

    /// How a role connects whose name needs no escaping. No password is asked for; the role must
    /// be there by then and may log in. Roles belong to the whole cluster.
    pub fn url_as(&self, role: &str) -> String {
        format!(
            "postgres://{role}@127.0.0.1:{}/{}",
            self.server.port, self.name
        )
    }

    /// Runs statements as the superuser, one by one, and returns the rows: one a line, columns
    /// parted by `|`, nothing for null. It ends at the first error.
    pub fn psql(&self, sql: &str) -> Result<String, ClusterError> {
        self.server.psql(&self.name, sql)
    }

    /// Runs a file of statements in the same way; errors name its line.
    pub fn load(&self, file: &Path) -> Result<String, ClusterError> {
        self.server.psql_file(&self.name, file)
    }

    /// What `pg_dump` prints with these further arguments, such as `--schema=public` or
    /// `--data-only`. Equal databases give equal texts: the two lines with a random key, by which
    /// `psql` refuses its own commands inside a dump (CVE-2025-8714), are left out.
    pub fn dump(&self, arguments: &[&str]) -> Result<String, ClusterError> {
        let dump = self.server.dump(&self.name, arguments)?;
        Ok(without_keys(&dump))
    }
}

/// Rows cannot begin like these lines: a backslash in a value is written twice.
fn without_keys(dump: &str) -> String {
    dump.split_inclusive('\n')
        .filter(|line| !line.starts_with(r"\restrict ") && !line.starts_with(r"\unrestrict "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::without_keys;

    #[test]
    fn only_the_lines_with_the_random_key_are_left_out() {
        let dump = "--\n\n\\restrict a1B2\n\nCOPY t FROM stdin;\n\\\\restrict x\n\\.\n\
                    \\unrestrict a1B2\n";

        assert_eq!(
            without_keys(dump),
            "--\n\n\nCOPY t FROM stdin;\n\\\\restrict x\n\\.\n"
        );
    }
}
