//! Running one program to its end and keeping what it said.

use std::io::{self, Write as _};
use std::process::{Command, Output, Stdio};

use super::error::ClusterError;

/// Variables by which libpq and the server would be turned elsewhere than the arguments say.
const MISLEADING: [&str; 17] = [
    "PGAPPNAME",
    "PGCHANNELBINDING",
    "PGCLIENTENCODING",
    "PGDATA",
    "PGDATABASE",
    "PGDATESTYLE",
    "PGGSSENCMODE",
    "PGHOSTADDR",
    "PGOPTIONS",
    "PGPASSFILE",
    "PGPORT",
    "PGREQUIREAUTH",
    "PGSERVICE",
    "PGSSLMODE",
    "PGTARGETSESSIONATTRS",
    "PGTZ",
    "PGUSER",
];

/// Runs it and returns its standard output.
pub(super) fn run(mut command: Command) -> Result<String, ClusterError> {
    let output = plainly(&mut command).stdin(Stdio::null()).output();
    said(&command, output)
}

/// The same, with `input` on its standard input.
pub(super) fn run_reading(mut command: Command, input: &str) -> Result<String, ClusterError> {
    let output = plainly(&mut command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .and_then(|mut child| {
            let pipe = child.stdin.take();
            std::thread::scope(|scope| {
                let writing = scope.spawn(|| pipe.map(|mut pipe| pipe.write_all(input.as_bytes())));
                let output = child.wait_with_output();
                // A program that stops at the first error closes the pipe; its status tells that.
                match writing.join() {
                    Ok(_) => output,
                    Err(_) => Err(io::Error::other("the writer of the input panicked")),
                }
            })
        });
    said(&command, output)
}

fn plainly(command: &mut Command) -> &mut Command {
    for name in MISLEADING {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C")
}

fn said(command: &Command, output: io::Result<Output>) -> Result<String, ClusterError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = output.map_err(ClusterError::io(format!("starting {program}")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(ClusterError::Refused {
        program,
        said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}
