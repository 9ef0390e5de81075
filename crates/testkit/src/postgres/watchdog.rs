//! Who cleans up: a small shell that outlives the test, in a process group of its own, so that the
//! runner neither waits for its output nor ends it with the test.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::error::ClusterError;

/// Ends the server whose folder is `$1` with the signal of `pg_ctl stop -m immediate`, if the number
/// is still the server's, then removes all that it was given. That the server is gone shows by its
/// file, because the number stays until somebody has collected the process. Where there is no `/proc`
/// the server ends by itself, within a minute after its folder is gone.
const CLEAN: &str = r#"
if read -r server <"$1/data/postmaster.pid" && [ "/proc/$server/cwd" -ef "$1/data" ]; then
    kill -QUIT "$server"
    tries=100
    while [ -e "$1/data/postmaster.pid" ] && [ $((tries -= 1)) -gt 0 ]; do sleep 0.1; done
fi
rm -rf "$@"
"#;

/// Lasts while the runner `$1` is there, four hours at most. A runner that is ended by a signal to
/// its group or by its terminal takes nothing of this with it.
const WAIT_FOR_RUNNER: &str = r#"
trap '' HUP INT
trap 'left=0' TERM
left=14400
while kill -0 "$1" && [ $((left -= 1)) -gt 0 ]; do sleep 1; done
shift
"#;

/// Lasts until the test closes the other end, or is no more.
const WAIT_FOR_TEST: &str = "
trap '' HUP INT
read -r line
";

/// Cleans `folder` and removes `lock` when the process of this number is gone.
pub(super) fn watch_for(runner: u32, folder: &Path, lock: &Path) -> Result<(), ClusterError> {
    let script = format!("({WAIT_FOR_RUNNER}{CLEAN}) &");
    let runner = runner.to_string();
    let started = shell(&script)
        .arg(runner)
        .args([folder, lock])
        .stdin(Stdio::null())
        .status();
    started
        .map(drop)
        .map_err(ClusterError::io("starting the shell that cleans up"))
}

/// Cleans a folder when it is dropped, or when this process is gone.
#[derive(Debug)]
pub(super) struct Watch {
    shell: Child,
}

impl Watch {
    /// Begins to watch.
    pub(super) fn over(folder: &Path) -> Result<Self, ClusterError> {
        let shell = shell(&format!("{WAIT_FOR_TEST}{CLEAN}"))
            .arg(folder)
            .stdin(Stdio::piped())
            .spawn();
        shell
            .map(|shell| Self { shell })
            .map_err(ClusterError::io("starting the shell that cleans up"))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // Waiting closes the pipe. The shell cleans whether or not anybody can wait for it.
        match self.shell.wait() {
            Ok(_) | Err(_) => {}
        }
    }
}

/// Whatever it or its server might write would keep a pipe of the runner open.
fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", script, "watchdog"])
        .current_dir("/")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    command
}
