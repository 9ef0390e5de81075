//! The other way to start runs, where it is installed beside the one that is asked for: a warning, with the
//! command that takes it away.

use std::io;
use std::path::Path;

use super::crontab::Crontab;
use super::{cron, systemd};
use crate::commands::tell;

/// Warns of timers, for whoever installs the lines of a crontab.
pub(super) fn warn_of_timers(root: Option<&Path>) -> io::Result<()> {
    let folder = systemd::folder(root);
    match systemd::written(&folder) {
        Ok(found) if !found.is_empty() => {
            let place = folder.display().to_string();
            tell(&twice("timers", &place, "install --systemd", root))
        }
        // What cannot be looked at keeps nobody from installing.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Warns of lines in the crontab of `user`, for whoever installs timers.
pub(super) fn warn_of_lines(root: Option<&Path>, user: &str) -> io::Result<()> {
    let crontab = Crontab::of(root, user);
    match crontab.read() {
        Ok(text) if !cron::own(&text).is_empty() => {
            tell(&twice("lines", &crontab.to_string(), "install", root))
        }
        // A machine without cron has none.
        Ok(_) | Err(_) => Ok(()),
    }
}

fn twice(what: &str, place: &str, install: &str, root: Option<&Path>) -> String {
    let root = root.map_or_else(String::new, |root| format!(" --root {}", root.display()));
    format!(
        "warning: {what} of catalyst are in {place} too, and each run would be started twice; \
         `catalyst {install}{root} --uninstall --write` takes them away"
    )
}
