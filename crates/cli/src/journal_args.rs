//! Which journal a command reads: flags that `verify`, `why` and `db` share.

use std::path::PathBuf;

use catalyst_domain::calendar::TradingCalendar;

use crate::args::GlobalArgs;
use crate::commands::{Failure, Home};
use crate::compose::JournalPlace;
use crate::settings::Engine;

/// Flags that choose the journal.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct JournalArgs {
    /// The engine of the journal [default: `database.engine` of the settings]
    #[arg(long, value_enum)]
    pub(crate) store: Option<StoreArg>,
    /// An SQLite journal of its own, such as a rehearsal's or a backup's
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    pub(crate) journal: Option<PathBuf>,
}

/// An engine by its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum StoreArg {
    /// The file in the state folder.
    Sqlite,
    /// The database of `DATABASE_URL` or the settings.
    Postgres,
}

impl From<StoreArg> for Engine {
    fn from(store: StoreArg) -> Self {
        match store {
            StoreArg::Sqlite => Self::Sqlite,
            StoreArg::Postgres => Self::Postgres,
        }
    }
}

impl JournalArgs {
    /// The place that the flags and the settings mean, in a state folder that is there.
    pub(crate) fn place(
        &self,
        global: &GlobalArgs,
        calendar: &TradingCalendar,
    ) -> Result<JournalPlace, Failure> {
        self.in_home(|| Home::open(global, calendar))
    }

    /// The same, for a command that only reads: a file that is missing is not made.
    pub(crate) fn existing(
        &self,
        global: &GlobalArgs,
        calendar: &TradingCalendar,
    ) -> Result<JournalPlace, Failure> {
        let place = self.in_home(|| Home::to_read(global, calendar))?;
        place.must_exist()?;
        Ok(place)
    }

    fn in_home(
        &self,
        home: impl FnOnce() -> Result<Home, Failure>,
    ) -> Result<JournalPlace, Failure> {
        if let Some(path) = &self.journal {
            return Ok(JournalPlace::File(path.clone()));
        }
        let Home {
            settings, state, ..
        } = home()?;
        let engine = self.store.map(Engine::from);
        Ok(JournalPlace::of(&settings.database, engine, state.path())?)
    }
}
