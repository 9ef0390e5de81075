//! One file or folder a subcommand: its flags and its body.

pub(crate) mod cycle;
pub(crate) mod db;
pub(crate) mod doctor;
pub(crate) mod gateway;
pub(crate) mod guard;
pub(crate) mod hands;
pub(crate) mod init;
pub(crate) mod inspect;
pub(crate) mod install;
pub(crate) mod live;
pub(crate) mod market;
pub(crate) mod pages;
pub(crate) mod patterns;
pub(crate) mod promote;
pub(crate) mod rehearse;
pub(crate) mod report;
pub(crate) mod risk;
pub(crate) mod status;
pub(crate) mod technicals;
pub(crate) mod verify;
pub(crate) mod watch;
pub(crate) mod why;

use std::error::Error;
use std::io;

use catalyst_app::CycleError;
use catalyst_domain::calendar::TradingCalendar;
use catalyst_ports::account::AccountError;
use catalyst_ports::market_data::MarketDataError;
use catalyst_ports::order_gateway::GatewayError;
use chrono::{DateTime, Utc};

use crate::args::GlobalArgs;
use crate::bar_file::BarFile;
use crate::compose::{ComposeError, NoJournal, is_damage, suits};
use crate::exit::ExitCode;
use crate::row_order::Disorder;
use crate::settings::{Environment, Settings, SettingsError, load};
use crate::state::{StateDir, StateError};
use crate::telemetry::TelemetryError;

/// What to do about a journal that is damaged.
pub(crate) const RESTORE: &str = "`catalyst halt`; move journal.sqlite of the state folder away with the files beside it \
                                  that begin alike, put a backup in their place; then `catalyst verify` and \
                                  `catalyst guard` (docs/journal.md, Backup)";

/// Why a command ended badly: what to print, what to do about it, and the exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: Box<dyn Error>,
    pub(crate) hint: Option<String>,
    pub(crate) code: ExitCode,
}

impl Failure {
    /// A failure with a code and a hint.
    pub(crate) fn new(error: impl Into<Box<dyn Error>>, code: ExitCode, hint: &str) -> Self {
        Self {
            error: error.into(),
            hint: Some(hint.to_owned()),
            code,
        }
    }

    /// It went wrong on the way.
    pub(crate) fn failed(error: impl Into<Box<dyn Error>>) -> Self {
        Self {
            error: error.into(),
            hint: None,
            code: ExitCode::Failed,
        }
    }

    /// Nobody reads what is printed any more, such as `head` that has its lines.
    pub(crate) fn is_unread(&self) -> bool {
        let printing = self.error.downcast_ref::<io::Error>();
        printing.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Something that was given is wrong; nothing was begun.
    pub(crate) fn usage(error: impl Into<Box<dyn Error>>) -> Self {
        Self {
            error: error.into(),
            hint: None,
            code: ExitCode::Usage,
        }
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::usage(error)
    }
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        let hint = match &error {
            StateError::Nowhere => "name a folder with --state DIR",
            StateError::NotWritable { .. } => {
                "run as the owner of the folder, or name one that can be written with --state DIR"
            }
        };
        Self::new(error, ExitCode::Usage, hint)
    }
}

impl From<TelemetryError> for Failure {
    fn from(error: TelemetryError) -> Self {
        Self {
            error: error.into(),
            hint: None,
            code: ExitCode::Failed,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self {
            error: error.into(),
            hint: None,
            code: ExitCode::Failed,
        }
    }
}

impl From<ComposeError> for Failure {
    fn from(error: ComposeError) -> Self {
        if error.is_damage() {
            return Self::new(error, ExitCode::OwnerNeeded, RESTORE);
        }
        let code = match &error {
            ComposeError::Journal(error) if error.is_outage() => ExitCode::TryLater,
            ComposeError::Account(NoJournal::Bind(error)) if error.is_outage() => {
                ExitCode::TryLater
            }
            ComposeError::Account(NoJournal::WriteAhead { .. } | NoJournal::Silent(_)) => {
                ExitCode::TryLater
            }
            ComposeError::GatewayClock { .. } => ExitCode::TryLater,
            ComposeError::Bars(_) if error.is_wrong_folder() => ExitCode::Usage,
            ComposeError::Rules(_) | ComposeError::Bars(_) => ExitCode::Failed,
            ComposeError::File { .. }
            | ComposeError::Lots { .. }
            | ComposeError::Names { .. }
            | ComposeError::Foreign { .. }
            | ComposeError::News { .. }
            | ComposeError::Feeds(_)
            | ComposeError::Script { .. }
            | ComposeError::Claude(_)
            | ComposeError::Telling(_)
            | ComposeError::Generator(_)
            | ComposeError::World(_)
            | ComposeError::Journal(_)
            | ComposeError::Account(
                NoJournal::Bind(_) | NoJournal::Missing { .. } | NoJournal::Shut { .. },
            )
            | ComposeError::Place(_)
            | ComposeError::Address(_)
            | ComposeError::AddressVariable(_)
            | ComposeError::SavedAccount { .. }
            | ComposeError::NoAccount
            | ComposeError::NoSuchAccount(_)
            | ComposeError::MomentAtBroker
            | ComposeError::ClockOfNobody
            | ComposeError::Ibkr(_)
            | ComposeError::Faults { .. }
            | ComposeError::Listen { .. } => ExitCode::Usage,
        };
        let hint = hint_of(&error).map(str::to_owned);
        Self {
            error: error.into(),
            hint,
            code,
        }
    }
}

/// What to do about parts that do not come together, where the error itself does not say it.
fn hint_of(error: &ComposeError) -> Option<&'static str> {
    let shut = matches!(error, ComposeError::Account(NoJournal::Shut { .. }));
    let owner =
        "run as the owner of the folder, or copy the folder and name the copy with --state DIR";
    shut.then_some(owner)
}

impl From<NoJournal> for Failure {
    fn from(error: NoJournal) -> Self {
        ComposeError::from(error).into()
    }
}

impl From<CycleError> for Failure {
    fn from(error: CycleError) -> Self {
        if is_damage(&error) {
            return Self::new(error, ExitCode::OwnerNeeded, RESTORE);
        }
        let code = match &error {
            CycleError::Busy => ExitCode::Busy,
            CycleError::NotNow { .. } => ExitCode::Done,
            CycleError::Account(AccountError::Malformed { .. })
            | CycleError::Gateway(GatewayError::Malformed { .. })
            | CycleError::Market(MarketDataError::Malformed { .. }) => ExitCode::OwnerNeeded,
            CycleError::Lock(_)
            | CycleError::Journal(_)
            | CycleError::Account(_)
            | CycleError::Gateway(_)
            | CycleError::Market(_) => ExitCode::TryLater,
            CycleError::NotCovered(_) | CycleError::Money(_) => ExitCode::Failed,
        };
        Self {
            error: error.into(),
            hint: None,
            code,
        }
    }
}

/// What a command that works on the owner's own state begins with.
pub(crate) struct Home {
    /// The variables of this process.
    pub(crate) environment: Environment,
    /// The settings.
    pub(crate) settings: Settings,
    /// The state folder.
    pub(crate) state: StateDir,
}

impl Home {
    /// Reads the settings, which `calendar` bounds, and opens the state folder that they or the flags name.
    pub(crate) fn open(global: &GlobalArgs, calendar: &TradingCalendar) -> Result<Self, Failure> {
        let home = Self::to_read(global, calendar)?;
        home.state.prepare()?;
        Ok(home)
    }

    /// The same for a command that only reads.
    pub(crate) fn to_read(
        global: &GlobalArgs,
        calendar: &TradingCalendar,
    ) -> Result<Self, Failure> {
        let environment = variables(global)?;
        let settings = settings(global, &environment, calendar)?;
        let state = StateDir::to_read(
            global.state.as_deref(),
            settings.state_dir.as_deref(),
            &environment,
        )?;
        Ok(Self {
            environment,
            settings,
            state,
        })
    }
}

/// The variables of this process and of the file that `--env-file` names.
pub(crate) fn variables(global: &GlobalArgs) -> Result<Environment, Failure> {
    let read = Environment::read(global.env_file.as_deref(), global.settings.as_deref());
    read.map_err(|error| SettingsError::from(error).into())
}

/// The settings, with a warning on standard error for each key that decides nothing; a run that a
/// schedule started keeps it to itself, or it would be mailed with every run.
pub(crate) fn settings(
    global: &GlobalArgs,
    environment: &Environment,
    calendar: &TradingCalendar,
) -> Result<Settings, Failure> {
    let settings = load(global.settings.as_deref(), environment, calendar, suits)?;
    for idle in settings.idle.iter().filter(|_| !global.scheduled) {
        tell(&format!("warning: {idle}"))?;
    }
    Ok(settings)
}

/// One line on standard error.
pub(crate) fn tell(line: &str) -> io::Result<()> {
    use std::io::Write as _;
    writeln!(io::stderr().lock(), "{line}")
}

/// Warns on standard error of rows that stand in the wrong place.
pub(crate) fn tell_disorder(file: &BarFile) -> io::Result<()> {
    match Disorder::of(&file.rows) {
        Some(disorder) => tell(&format!("warning: {} {disorder}", file.name)),
        None => Ok(()),
    }
}

/// A runtime that drives one run at a time.
pub(crate) fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

/// What time it is.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the program learns the time"
)]
pub(crate) fn real_now() -> DateTime<Utc> {
    Utc::now()
}
