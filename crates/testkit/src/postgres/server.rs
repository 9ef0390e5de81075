//! One server's address, and the two client programs that ask it.

use std::path::Path;
use std::process::Command;

use super::error::ClusterError;
use super::find::Programs;
use super::run::{run, run_reading};

/// The superuser of every cluster.
pub(super) const SUPERUSER: &str = "postgres";

/// Where a server listens, and the programs of its version.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) programs: Programs,
    pub(super) port: u16,
}

impl Server {
    /// What `psql` prints for these statements, one row a line, columns parted by `|`, without the
    /// last line end. Statements run one by one, as in a file, and end at the first error.
    pub(super) fn psql(&self, database: &str, sql: &str) -> Result<String, ClusterError> {
        let mut command = self.psql_command(database);
        command.args(["-f", "-"]);
        let mut said = run_reading(command, sql)?;
        if said.ends_with('\n') {
            said.pop();
        }
        Ok(said)
    }

    /// The same for a file, whose name then stands in errors.
    pub(super) fn psql_file(&self, database: &str, file: &Path) -> Result<String, ClusterError> {
        let mut command = self.psql_command(database);
        command.arg("-f").arg(file);
        run(command)
    }

    /// What `pg_dump` prints.
    pub(super) fn dump(&self, database: &str, arguments: &[&str]) -> Result<String, ClusterError> {
        let mut command = self.client("pg_dump", database);
        command.args(arguments);
        run(command)
    }

    fn psql_command(&self, database: &str) -> Command {
        let mut command = self.client("psql", database);
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]);
        command
    }

    fn client(&self, program: &str, database: &str) -> Command {
        let port = self.port.to_string();
        let mut command = Command::new(self.programs.path(program));
        command.args(["-h", "127.0.0.1", "-p", &port, "-U", SUPERUSER]);
        command.args(["-d", database]);
        command
    }
}
