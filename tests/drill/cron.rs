//! What cron does: it reads the lines of a table and starts those of the minute in a bare environment.

use std::path::Path;
use std::process::Command;

/// A line of a crontab that starts something every hour of every day.
pub(super) struct Line {
    /// Minutes of an hour; `None` for all of them.
    minutes: Option<Vec<u32>>,
    command: String,
}

/// What became of a command.
#[derive(Debug)]
pub(super) struct Ran {
    /// The subcommand.
    pub(super) job: String,
    pub(super) code: Option<i32>,
    /// What cron would have mailed.
    pub(super) said: String,
}

/// The lines of the table that start something.
pub(super) fn lines(crontab: &str) -> Vec<Line> {
    let starts =
        |line: &&str| line.starts_with(|first: char| first == '*' || first.is_ascii_digit());
    let lines = crontab.lines().filter(starts).map(|line| {
        let fields: Vec<&str> = line.splitn(6, ' ').collect();
        assert_eq!(fields[1..5], ["*"; 4], "{line}");
        let minutes = fields[0].split(',').map(|minute| minute.parse().unwrap());
        Line {
            minutes: (fields[0] != "*").then(|| minutes.collect()),
            command: fields[5].replace("\\%", "%"),
        }
    });
    lines.collect()
}

impl Line {
    pub(super) fn is_due(&self, minute: u32) -> bool {
        let listed = self.minutes.as_ref();
        listed.is_none_or(|minutes| minutes.contains(&minute))
    }

    /// The subcommand that it starts.
    pub(super) fn job(&self) -> &str {
        self.command.split(' ').nth(1).unwrap()
    }

    /// Starts it as cron does, on a machine in New York.
    pub(super) fn run(&self, home: &Path) -> Ran {
        let home = format!("HOME={}", home.display());
        let output = Command::new("/usr/bin/env")
            .args(["-i", &home, "LOGNAME=owner", "PATH=/usr/bin:/bin"])
            .args(["SHELL=/bin/sh", "TZ=America/New_York", "/bin/sh", "-c"])
            .arg(&self.command)
            .current_dir("/")
            .output()
            .unwrap();
        Ran {
            job: self.job().to_owned(),
            code: output.status.code(),
            said: String::from_utf8(output.stdout).unwrap()
                + &String::from_utf8(output.stderr).unwrap(),
        }
    }
}
