//! A cluster in its folder: made, started, stopped. Who shares it and when it goes is decided in
//! `shared` and `own`.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::ClusterError;
use super::find::Programs;
use super::own::Own;
use super::port;
use super::run::run;
use super::server::{SUPERUSER, Server};
use super::shared::Shared;
use super::user::Account;

/// For the loopback alone, without a socket in the file system, whose path may not be long.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
timezone = 'UTC'
log_timezone = 'UTC'
";

/// Ports that are tried when a server is first started: another may have come first.
const STARTS_MAX: usize = 3;

/// Seconds that a server has to start or to stop.
const SECONDS_MAX: &str = "60";

/// How much of the log an error shows, in lines.
const LOG_LINES: usize = 20;

/// A cluster of PostgreSQL that only tests know.
#[derive(Debug)]
pub struct Cluster {
    account: Account,
    folder: PathBuf,
    pub(super) server: Server,
}

impl Cluster {
    /// The one cluster of this run, for tests that need a database.
    pub fn shared() -> Result<Shared, ClusterError> {
        Shared::join()
    }

    /// A cluster of its own, for tests that stop, restart or starve the server. Each setting is a
    /// line of `postgresql.conf`, such as `max_connections = 5` or `fsync = off`.
    pub fn own(settings: &[&str]) -> Result<Own, ClusterError> {
        Own::make(settings)
    }

    /// Makes and starts one in a folder that is there, empty, and the account's.
    pub(super) fn make(
        account: Account,
        folder: PathBuf,
        settings: &[&str],
    ) -> Result<Self, ClusterError> {
        let programs = Programs::find()?;
        let mut cluster = Self {
            account,
            folder,
            server: Server { programs, port: 0 },
        };
        let mut initdb = cluster.command("initdb");
        initdb.args(["--no-sync", "--auth=trust", "--username", SUPERUSER]);
        initdb.args(["--encoding=UTF8", "--locale=C.UTF-8"]);
        run(initdb)?;
        cluster.set(SETTINGS)?;
        for setting in settings {
            cluster.set(setting)?;
        }
        cluster.start_on_a_free_port()?;
        Ok(cluster)
    }

    /// The cluster whose server runs in this folder; `None` when none does, or none answers.
    pub(super) fn running(account: Account, folder: &Path) -> Result<Option<Self>, ClusterError> {
        let Some(port) = port_in(&data(folder)) else {
            return Ok(None);
        };
        let programs = Programs::find()?;
        let server = Server { programs, port };
        // Another server may have the port of a dead one.
        let answers = server
            .psql("postgres", "show data_directory")
            .is_ok_and(|shown| Path::new(&shown) == data(folder));
        Ok(answers.then(|| Self {
            account,
            folder: folder.to_owned(),
            server,
        }))
    }

    /// Adds a line to the settings; the next start reads it, and the last line on a name counts.
    pub(super) fn set(&self, line: &str) -> Result<(), ClusterError> {
        let path = data(&self.folder).join("postgresql.conf");
        let written = File::options()
            .append(true)
            .open(&path)
            .and_then(|mut file| writeln!(file, "{line}"));
        written.map_err(ClusterError::io(format!("writing {}", path.display())))
    }

    /// Starts the server and waits until it answers.
    pub(super) fn start(&self) -> Result<(), ClusterError> {
        let log = self.folder.join("log");
        let mut command = self.pg_ctl("start");
        command.arg("--log").arg(&log);
        match run(command) {
            Ok(_) => Ok(()),
            Err(ClusterError::Refused { program, said }) => Err(ClusterError::Refused {
                said: format!("{said}\n{}", end_of(&log)),
                program,
            }),
            Err(other) => Err(other),
        }
    }

    /// Stops the server in a mode of `pg_ctl` and waits until it is gone.
    pub(super) fn stop(&self, mode: &str) -> Result<(), ClusterError> {
        let mut command = self.pg_ctl("stop");
        command.args(["--mode", mode]);
        run(command).map(drop)
    }

    fn start_on_a_free_port(&mut self) -> Result<(), ClusterError> {
        let mut started = Err(ClusterError::Refused {
            program: "postgres".to_owned(),
            said: "no free port".to_owned(),
        });
        for port in (0..STARTS_MAX).filter_map(|_| port::free()) {
            self.set(&format!("port = {port}"))?;
            self.server.port = port;
            started = self.start();
            if started.is_ok() {
                break;
            }
        }
        started
    }

    fn pg_ctl(&self, action: &str) -> Command {
        let mut command = self.command("pg_ctl");
        command.args([action, "--silent", "--wait", "--timeout", SECONDS_MAX]);
        command
    }

    fn command(&self, program: &str) -> Command {
        let path = self.server.programs.path(program);
        let mut command = self.account.command(&path, &self.folder);
        command.arg("--pgdata").arg(data(&self.folder));
        command
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// The fourth line of the file that a server keeps while it runs, and leaves when it is killed.
/// <https://www.postgresql.org/docs/15/storage-file-layout.html>
fn port_in(data: &Path) -> Option<u16> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    text.lines().nth(3)?.trim().parse().ok()
}

fn end_of(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_else(|error| error.to_string());
    let lines: Vec<&str> = text.lines().collect();
    lines
        .get(lines.len().saturating_sub(LOG_LINES)..)
        .map_or_else(String::new, |lines| lines.join("\n"))
}
