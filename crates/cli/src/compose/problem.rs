//! Why the parts of the program do not come together.

use std::net::SocketAddr;
use std::path::PathBuf;

use catalyst_adapters_ibkr::ConfigRefused;
use catalyst_adapters_news::SetupError;
use catalyst_adapters_postgres::{AddressError, OpenError, is_damage};
use catalyst_adapters_sim::advisor::ScriptError;
use catalyst_adapters_sim::bars::LoadError;
use catalyst_adapters_sim::generator::GeneratorError;
use catalyst_adapters_sim::headlines::HeadlineError;
use catalyst_adapters_sim::world::WorldError;
use catalyst_domain::csv::CsvError;
use catalyst_domain::rulebook::RulebookError;
use catalyst_domain::scan::ListError;
use catalyst_domain::symbol::Symbol;
use catalyst_tws_emulator::ScriptError as FaultError;
use thiserror::Error;

use super::{NoClaude, NoJournal};
use crate::settings::NoPlace;

/// Why the parts do not come together. Every variant is about what the user gave.
#[derive(Debug, Error)]
pub(crate) enum ComposeError {
    /// A table that ships with the program does not read.
    #[error(transparent)]
    Rules(#[from] RulebookError),
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A way to the owner is not as it should be.
    #[error("section alerts")]
    Telling(#[from] catalyst_adapters_mail::config::SetupError),
    /// The bars cannot be loaded.
    #[error(transparent)]
    Bars(#[from] LoadError),
    /// A lots file does not read.
    #[error("lots file {}", path.display())]
    Lots {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: CsvError,
    },
    /// The list of names to scan does not read.
    #[error("scan list {}", path.display())]
    Names {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: ListError,
    },
    /// A name to scan that no Hong Kong listing has.
    #[error("scan list {}: {symbol} is no Hong Kong code, allowed are codes such as 00700", path.display())]
    Foreign {
        /// Which list.
        path: PathBuf,
        /// The name.
        symbol: Symbol,
    },
    /// A news file does not read.
    #[error("news file {}", path.display())]
    News {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: HeadlineError,
    },
    /// The feeds of headlines cannot be asked.
    #[error(transparent)]
    Feeds(#[from] SetupError),
    /// A script does not read.
    #[error("script {}", path.display())]
    Script {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: ScriptError,
    },
    /// Claude cannot be asked.
    #[error(transparent)]
    Claude(#[from] NoClaude),
    /// The generator refuses.
    #[error(transparent)]
    Generator(#[from] GeneratorError),
    /// No account is named for Interactive Brokers.
    #[error(
        "broker.account is empty, allowed is the account that is traded, such as DU1234567; the variable \
         IBKR_ACCOUNT counts too"
    )]
    NoAccount,
    /// The account that is named cannot be one.
    #[error("broker.account, or the variable IBKR_ACCOUNT: {0}")]
    NoSuchAccount(ConfigRefused),
    /// A moment was given for a market that has its own.
    #[error("--at is for the broker sim; the market of broker ibkr has its own time")]
    MomentAtBroker,
    /// Nobody is there whose clock could count.
    #[error(
        "clock is `gateway`, allowed with broker sim is real; only a practice gateway has a clock"
    )]
    ClockOfNobody,
    /// The settings of Interactive Brokers contradict each other.
    #[error(transparent)]
    Ibkr(#[from] ConfigRefused),
    /// The practice gateway does not tell the time.
    #[error("the practice gateway at {address} does not tell its time")]
    GatewayClock {
        /// Host and port.
        address: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file of faults does not read.
    #[error("faults file {}", path.display())]
    Faults {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: FaultError,
    },
    /// Nobody can be served at the address.
    #[error("the practice gateway cannot listen at {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The simulated world cannot begin.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The journal cannot be opened.
    #[error(transparent)]
    Journal(#[from] OpenError),
    /// It cannot be written for this account.
    #[error(transparent)]
    Account(#[from] NoJournal),
    /// No database is named.
    #[error(transparent)]
    Place(#[from] NoPlace),
    /// The database's address cannot be used.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The same, where it stands in the variable.
    #[error("variable DATABASE_URL: {0}")]
    AddressVariable(AddressError),
    /// The saved account does not read.
    #[error("the simulated account {} does not read", path.display())]
    SavedAccount {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl ComposeError {
    /// True when a folder of bars is not there, or holds no file that is named as one of bars; a folder of
    /// bars whose every file was refused is another matter.
    pub(crate) const fn is_wrong_folder(&self) -> bool {
        let Self::Bars(error) = self else {
            return false;
        };
        match error {
            LoadError::Folder { .. } => true,
            LoadError::NothingUsable { refused, .. } => refused.is_empty(),
        }
    }

    /// True when what is kept of the journal cannot be read as such any more; only a backup helps.
    pub(crate) fn is_damage(&self) -> bool {
        if let Self::Journal(error) = self {
            return error.is_damage();
        }
        is_damage(self)
    }
}
