//! Telemetry: log lines on standard error, and the same in one file for each day of the exchange.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use thiserror::Error;
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};

use crate::log_files::{self, Keep};
use crate::state::create_for_owner;

/// Begins the targets of this program's own crates; of others only warnings are of interest.
const OWN_TARGETS: &str = "catalyst";

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogLevel {
    /// Someone must act today.
    Error,
    /// It went on, but differently.
    Warn,
    /// One line for each decision.
    Info,
    /// For the developer.
    Debug,
    /// Everything.
    Trace,
}

/// How the daily file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// A line for the eye.
    Text,
    /// A JSON object a line.
    Json,
}

/// A word that is no level or no format.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{found}` is unknown, allowed is {allowed}")]
pub(crate) struct UnknownWord {
    /// The word as given.
    pub(crate) found: String,
    /// The words there are.
    pub(crate) allowed: &'static str,
}

/// Where log lines go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogPlan {
    /// Least weight of a line on standard error.
    pub(crate) stderr: LogLevel,
    /// The daily file, `None` when nothing is to be kept.
    pub(crate) file: Option<DailyFile>,
}

/// One day's file; several processes may append to it, a line is written in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DailyFile {
    /// Folder of the files, created when absent.
    pub(crate) folder: PathBuf,
    /// The day at the exchange.
    pub(crate) date: TradingDate,
    /// How lines are written.
    pub(crate) format: LogFormat,
    /// Least weight of a line.
    pub(crate) level: LogLevel,
    /// What may stay of the files of earlier days.
    pub(crate) keep: Keep,
}

/// Why logging cannot begin.
#[derive(Debug, Error)]
pub(crate) enum TelemetryError {
    /// The daily file cannot be opened.
    #[error("log file {} cannot be written", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Logging has begun already.
    #[error("logging was started twice")]
    Twice(#[from] TryInitError),
}

impl LogLevel {
    /// The level on standard error of a command whose own output is the news: errors only, unless
    /// the flags ask for more.
    pub(crate) fn quiet(asked: Option<Self>) -> Self {
        asked.unwrap_or(Self::Error)
    }

    /// The level on standard error of a command that says in a line what it came to: the one of the flags, else
    /// of the settings. At a terminal, where that line is read, the settings' info means warnings, and the
    /// daily file has the rest.
    pub(crate) fn beside_an_answer(
        asked: Option<Self>,
        settings: Self,
        stderr: &impl IsTerminal,
    ) -> Self {
        match (asked, settings) {
            (Some(asked), _) => asked,
            (None, Self::Info) if stderr.is_terminal() => Self::Warn,
            (None, settings) => settings,
        }
    }

    const fn filter(self) -> LevelFilter {
        match self {
            Self::Error => LevelFilter::ERROR,
            Self::Warn => LevelFilter::WARN,
            Self::Info => LevelFilter::INFO,
            Self::Debug => LevelFilter::DEBUG,
            Self::Trace => LevelFilter::TRACE,
        }
    }

    fn targets(self) -> Targets {
        Targets::new()
            .with_default(self.filter().min(LevelFilter::WARN))
            .with_target(OWN_TARGETS, self.filter())
    }
}

impl FromStr for LogLevel {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "error" => Ok(Self::Error),
            "warn" => Ok(Self::Warn),
            "info" => Ok(Self::Info),
            "debug" => Ok(Self::Debug),
            "trace" => Ok(Self::Trace),
            other => Err(UnknownWord {
                found: other.to_owned(),
                allowed: "error, warn, info, debug, trace",
            }),
        }
    }
}

impl FromStr for LogFormat {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            other => Err(UnknownWord {
                found: other.to_owned(),
                allowed: "text, json",
            }),
        }
    }
}

impl DailyFile {
    /// Where the lines go.
    pub(crate) fn path(&self) -> PathBuf {
        log_files::of_date(&self.folder, self.date)
    }

    fn open(&self) -> Result<File, TelemetryError> {
        let path = self.path();
        match open_for_append(&self.folder, &path) {
            Ok(file) => Ok(file),
            Err(source) => Err(TelemetryError::File { path, source }),
        }
    }

    fn layer<S>(&self) -> Result<Box<dyn Layer<S> + Send + Sync>, TelemetryError>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_writer(Arc::new(self.open()?));
        let targets = self.level.targets();
        Ok(match self.format {
            LogFormat::Text => lines.with_filter(targets).boxed(),
            LogFormat::Json => lines.json().with_filter(targets).boxed(),
        })
    }
}

/// Begins logging for the whole process, and makes room where files of earlier days are kept.
pub(crate) fn start(plan: &LogPlan) -> Result<(), TelemetryError> {
    subscriber(plan, io::stderr)?.try_init()?;
    if let Some(file) = &plan.file
        && let Err(error) = log_files::prune(&file.folder, file.date, file.keep)
    {
        tracing::warn!(%error, folder = %file.folder.display(), "old log files stay");
    }
    Ok(())
}

fn subscriber<W>(plan: &LogPlan, stderr: W) -> Result<impl Subscriber + Send + Sync, TelemetryError>
where
    W: for<'writer> tracing_subscriber::fmt::MakeWriter<'writer> + Send + Sync + 'static,
{
    let stderr = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(stderr)
        .with_filter(plan.stderr.targets());
    let file = match &plan.file {
        Some(file) => Some(file.layer()?),
        None => None,
    };
    Ok(tracing_subscriber::registry().with(file).with(stderr))
}

fn open_for_append(folder: &Path, path: &Path) -> io::Result<File> {
    create_for_owner(folder)?;
    OpenOptions::new().append(true).create(true).open(path)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::sync::Arc;

    use tracing::{debug, error, info};

    use super::{DailyFile, Keep, LogFormat, LogLevel, LogPlan, TelemetryError, subscriber};

    fn daily(folder: &std::path::Path, format: LogFormat) -> DailyFile {
        DailyFile {
            folder: folder.to_owned(),
            date: "2026-11-23".parse().unwrap(),
            format,
            level: LogLevel::Info,
            keep: Keep { days: 0, bytes: 0 },
        }
    }

    #[test]
    fn lines_go_to_both_places_by_their_own_levels() {
        let root = tempfile::tempdir().unwrap();
        let errors = root.path().join("stderr");
        let file = daily(&root.path().join("logs"), LogFormat::Json);
        let plan = LogPlan {
            stderr: LogLevel::quiet(None),
            file: Some(file.clone()),
        };
        let log = subscriber(&plan, Arc::new(File::create(&errors).unwrap())).unwrap();

        tracing::subscriber::with_default(log, || {
            debug!(target: "catalyst_app", "for the developer");
            info!(target: "catalyst_app", symbol = "700", "order working");
            info!(target: "sqlx", "a statement");
            error!(target: "catalyst_app", "not flat");
        });

        let kept = fs::read_to_string(file.path()).unwrap();
        let lines: Vec<serde_json::Value> = kept
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["fields"]["message"], "order working");
        assert_eq!(lines[0]["fields"]["symbol"], "700");
        assert_eq!(lines[1]["level"], "ERROR");
        let said = fs::read_to_string(errors).unwrap();
        assert!(
            said.contains("not flat") && !said.contains("order working"),
            "{said}"
        );
    }

    #[test]
    fn a_terminal_is_spared_the_lines_that_the_file_has_unless_they_are_asked_for() {
        let terminal = File::options().read(true).write(true).open("/dev/ptmx");
        let (terminal, file) = (terminal.unwrap(), tempfile::tempfile().unwrap());
        let (info, debug) = (LogLevel::Info, LogLevel::Debug);

        assert_eq!(
            LogLevel::beside_an_answer(None, info, &terminal),
            LogLevel::Warn
        );
        assert_eq!(LogLevel::beside_an_answer(None, info, &file), info);
        assert_eq!(
            LogLevel::beside_an_answer(Some(info), info, &terminal),
            info
        );
        assert_eq!(LogLevel::beside_an_answer(None, debug, &terminal), debug);
    }

    #[test]
    fn the_file_is_named_after_the_day_and_appended_to() {
        let root = tempfile::tempdir().unwrap();
        let file = daily(root.path(), LogFormat::Text);
        let plan = LogPlan {
            stderr: LogLevel::Error,
            file: Some(file.clone()),
        };

        for line in ["first", "second"] {
            let log = subscriber(&plan, std::io::sink).unwrap();
            tracing::subscriber::with_default(log, || info!(target: "catalyst_cli", "{line}"));
        }

        assert_eq!(file.path(), root.path().join("catalyst-2026-11-23.log"));
        let kept = fs::read_to_string(file.path()).unwrap();
        let ends: Vec<_> = kept
            .lines()
            .map(|line| line.rsplit(' ').next().unwrap())
            .collect();
        assert_eq!(ends, ["first", "second"]);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let root = tempfile::tempdir().unwrap();
        let blocked = root.path().join("logs");
        fs::write(&blocked, "").unwrap();

        let error = daily(&blocked, LogFormat::Text).open().unwrap_err();

        assert!(matches!(&error, TelemetryError::File { .. }));
        assert!(
            error.to_string().contains("catalyst-2026-11-23.log"),
            "{error}"
        );
    }
}
