//! Services and timers of systemd (systemd.service(5), systemd.timer(5), systemd.exec(5)).

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::line::{Launch, Minutes, words};
use super::touched::{Touch, failed};
use crate::commands::Failure;

/// First line of every file written here, by which it is known again.
const MARK: &str = "# Written by `catalyst install --systemd`, which also replaces it.";

/// Begins the names of the files.
const PREFIX: &str = "catalyst-";

/// What a service may not do. The program needs its state folder, the network and nothing else; the
/// address family netlink is how the resolver of the C library looks at the network.
const CONFINED: &str = "\
WorkingDirectory=/
UMask=0077
# Halted and busy are endings that need nobody.
SuccessExitStatus=3 7
KillMode=control-group
KillSignal=SIGTERM
TimeoutStopSec=90
MemoryMax=256M
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
";

/// A file: its name and what is in it.
pub(super) struct Unit {
    name: String,
    text: String,
}

/// A service and a timer for each job.
pub(super) fn units(launch: &Launch, days: &[Minutes], user: &str) -> Result<Vec<Unit>, Failure> {
    let mut units = Vec::new();
    for minutes in days {
        let job = minutes.job.name();
        units.push(Unit {
            name: format!("{PREFIX}{job}.service"),
            text: service(launch, minutes, user)?,
        });
        units.push(Unit {
            name: format!("{PREFIX}{job}.timer"),
            text: timer(minutes),
        });
    }
    Ok(units)
}

fn service(launch: &Launch, minutes: &Minutes, user: &str) -> Result<String, Failure> {
    let words = words(launch, minutes.job)?;
    let command: Vec<_> = words.iter().map(|word| quoted(word)).collect();
    let command = command.join(" ");
    let longest = launch.settings.longest_run().num_seconds();
    let state = quoted(super::text_of(&launch.state)?);
    let job = minutes.job.name();
    Ok(format!(
        "{MARK}\n[Unit]\nDescription=Catalyst International: {job}\nWants=network-online.target\n\
         After=network-online.target\n\n[Service]\nType=oneshot\nUser={user}\nExecStart={command}\n\
         TimeoutStartSec={longest}\nReadWritePaths={state}\n{CONFINED}"
    ))
}

/// The zone is in the times, so the machine's own does not matter.
fn timer(minutes: &Minutes) -> String {
    let job = minutes.job.name();
    let mut text =
        format!("{MARK}\n[Unit]\nDescription=Times of Catalyst International: {job}\n\n[Timer]\n");
    for (hour, minutes) in minutes.by_hour() {
        let listed: Vec<_> = minutes
            .iter()
            .map(|minute| format!("{minute:02}"))
            .collect();
        let listed = listed.join(",");
        // Writing to a text cannot end badly.
        if writeln!(
            text,
            "OnCalendar=Mon..Fri *-*-* {hour:02}:{listed}:00 Asia/Hong_Kong"
        )
        .is_err()
        {
            return text;
        }
    }
    text.push_str("AccuracySec=1s\nPersistent=false\n\n[Install]\nWantedBy=timers.target\n");
    text
}

/// A word as systemd takes it: quoted, with its own signs doubled.
fn quoted(word: &str) -> String {
    let word = word.replace('%', "%%").replace('$', "$$");
    if word.contains([' ', '\t', '"', '\'', '\\']) {
        format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        word
    }
}

/// Where units of this machine's owner lie, below a root.
pub(super) fn folder(root: Option<&Path>) -> PathBuf {
    root.unwrap_or(Path::new("/")).join("etc/systemd/system")
}

/// Writes all files, and takes away those of jobs that there are no more.
pub(super) fn write(folder: &Path, units: &[Unit]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(failed(folder, Touch::Written))?;
    remove(&written(folder)?)?;
    for unit in units {
        let path = folder.join(&unit.name);
        fs::write(&path, &unit.text).map_err(failed(&path, Touch::Written))?;
    }
    Ok(())
}

/// The files in the folder that were written here, in the order of their names.
pub(super) fn written(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    listed(folder).map_err(failed(folder, Touch::Read))
}

fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let named = path.file_name().and_then(|name| name.to_str());
        if named.is_some_and(|name| name.starts_with(PREFIX))
            && path.is_file()
            && fs::read_to_string(&path)?.starts_with(MARK)
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Deletes these files.
pub(super) fn remove(paths: &[PathBuf]) -> Result<(), Failure> {
    let gone = |path: &PathBuf| fs::remove_file(path).map_err(failed(path, Touch::Removed));
    paths.iter().try_for_each(gone)
}

/// What became of these files, and what is to be typed beside it: a timer that runs knows nothing of it.
pub(super) fn gone(done: &str, folder: &Path, paths: &[PathBuf]) -> String {
    let names = paths.iter().filter_map(|path| path.file_name()?.to_str());
    let (timers, others): (Vec<_>, Vec<_>) =
        names.partition(|name| name.strip_suffix(".timer").is_some());
    let (timers, others) = (timers.join(" "), others.join(" "));
    format!(
        "{done} {}: {others} {timers}\n\
         systemd: `systemctl disable --now {timers}` before, `systemctl daemon-reload` after\n",
        folder.display()
    )
}

/// All files as one text to read.
pub(super) fn printed(folder: &Path, units: &[Unit]) -> String {
    let one = |unit: &Unit| format!("# {}\n{}\n", folder.join(&unit.name).display(), unit.text);
    units.iter().map(one).collect()
}

/// What is to be typed after the files are there.
pub(super) fn next(units: &[Unit]) -> String {
    let names = units.iter().map(|unit| unit.name.as_str());
    let names: Vec<_> = names
        .filter(|name| name.strip_suffix(".timer").is_some())
        .collect();
    format!(
        "next: systemctl daemon-reload && systemctl enable --now {}\n",
        names.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_word_reaches_the_program_through_systemd_as_it_is() {
        assert_eq!(quoted("/opt/catalyst"), "/opt/catalyst");
        assert_eq!(quoted("/my files/50%"), "\"/my files/50%%\"");
        assert_eq!(quoted("a$b\\\"c"), "\"a$$b\\\\\\\"c\"");
    }
}
