//! The owner's hands: halt, resume and flatten. What they do first needs no database.

pub(crate) mod flatten;
pub(crate) mod halt;
mod left;
pub(crate) mod resume;

use std::os::unix::fs::MetadataExt as _;
use std::sync::Arc;
use std::time::Duration;

use catalyst_app::CycleError;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::cycle_lock::{CycleGuard, CycleLock};
use catalyst_ports::journal::{Journal, Provenance};
use chrono::{DateTime, Utc};

use crate::commands::live::LiveArgs;
use crate::commands::{Failure, Home};
use crate::compose::{self, ComposeError, Connection, JournalPlace, NoJournal};
use crate::exit::ExitCode;
use crate::provenance::provenance;
use crate::settings::Environment;

/// How long a journal may take to say whose it is before a hand goes on without its word.
const WHOSE_PATIENCE: Duration = Duration::from_secs(2);
/// Between two tries of a lock that another run holds.
const TRY_AGAIN: Duration = Duration::from_millis(200);

/// What every hand of the owner's is told.
#[derive(Debug, clap::Args)]
pub(crate) struct HandArgs {
    #[command(flatten)]
    pub(crate) live: LiveArgs,
    /// Who does it, for the record [default: the variable USER, else LOGNAME, else the number of the user]
    #[arg(long, value_name = "NAME", value_parser = words)]
    by: Option<String>,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
}

impl HandArgs {
    /// The moment and broker of the run. A hand moves what stands, so on the simulated exchange it acts at the
    /// moment where the account stands, unless another one is named.
    fn placed(&self, home: &Home) -> LiveArgs {
        let mut live = self.live.clone();
        let stands = account_moment(&live, home);
        live.at = live.at.or(stands.map(|at| at.fixed_offset()));
        live
    }
}

/// Where the simulated account stands, if it is the one that is meant.
fn account_moment(live: &LiveArgs, home: &Home) -> Option<DateTime<Utc>> {
    let broker = live.broker.unwrap_or(home.settings.broker.name);
    compose::account_moment(broker, home.state.path())
}

/// Words for the record: not blank, and nothing in them that moves a terminal.
pub(crate) fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err("allowed is a text that is not blank, without control characters".to_owned());
    }
    Ok(text.to_owned())
}

/// Refuses settings of another account than the one whose journal this is: what a hand leaves in the state
/// folder is done by the next run there, to that account. A journal that says nothing stops no hand.
async fn must_be_its_account(
    home: &Home,
    args: &LiveArgs,
    rules: &Rulebook,
) -> Result<(), Failure> {
    let (settings, state) = (&home.settings, home.state.path());
    let broker = args.broker.unwrap_or(settings.broker.name);
    let place = JournalPlace::of(&settings.database, None, state);
    let account = compose::account_name(&settings.broker, broker);
    let (Ok(place), Ok(account)) = (place, account) else {
        return Ok(());
    };
    if place.is_absent() {
        return Ok(());
    }
    let read = compose::read_journal(&place, rules, account);
    match tokio::time::timeout(WHOSE_PATIENCE, read).await {
        Ok(Err(ComposeError::Account(NoJournal::Bind(error)))) if !error.is_outage() => {
            Err(Failure::new(
                error,
                ExitCode::Usage,
                "nothing was halted, and nothing is asked of a later run",
            ))
        }
        Ok(Ok(_) | Err(_)) | Err(_) => Ok(()),
    }
}

/// The journal, ours alone while this lives.
struct Book {
    journal: Arc<dyn Journal>,
    provenance: Provenance,
    at: DateTime<Utc>,
    connection: Connection,
    _held: Box<dyn CycleGuard>,
}

impl Book {
    /// Closes it before somebody else may have it.
    async fn leave(self) {
        self.connection.close().await;
    }
}

/// The name for the record; there is always one.
fn who(given: Option<&str>, environment: &Environment) -> String {
    let variable = |name| environment.text(name).ok().flatten();
    let told = [given, variable("USER"), variable("LOGNAME")];
    let mut told = told.into_iter().flatten().map(str::trim);
    if let Some(name) = told.find(|name| !name.is_empty()) {
        return name.to_owned();
    }
    std::fs::metadata("/proc/self").map_or_else(
        |_unknown| "an unknown user".to_owned(),
        |process| format!("user {}", process.uid()),
    )
}

/// Opens the journal once no other run writes it; busy after `patience`.
async fn open_book(
    home: &Home,
    args: &LiveArgs,
    rules: &Rulebook,
    patience: Duration,
) -> Result<Book, Failure> {
    let (settings, state) = (&home.settings, home.state.path());
    let broker = args.broker.unwrap_or(settings.broker.name);
    let at = compose::run_clock(settings, broker, args.at).await?.now();
    let place = JournalPlace::of(&settings.database, None, state)?;
    let lock = compose::run_lock(&place, state, at, settings.longest_run());
    let held = take(lock.as_ref(), patience).await?;
    let account = compose::account_name(&settings.broker, broker)?;
    let opened = compose::account_journal(&place, state, rules, account, at).await?;
    Ok(Book {
        journal: opened.journal,
        provenance: provenance(settings, &settings.advisor, None)?,
        at,
        connection: opened.connection,
        _held: held,
    })
}

async fn take(lock: &dyn CycleLock, patience: Duration) -> Result<Box<dyn CycleGuard>, CycleError> {
    let over = tokio::time::Instant::now() + patience;
    loop {
        if let Some(held) = lock.acquire().await? {
            return Ok(held);
        }
        if tokio::time::Instant::now() >= over {
            return Err(CycleError::Busy);
        }
        tokio::time::sleep(TRY_AGAIN).await;
    }
}
